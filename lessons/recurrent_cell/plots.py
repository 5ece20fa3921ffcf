"""Plots of hidden states: what a memory keeps, what a network holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from utils import theme
from utils.drawing.lettering import minus
from utils.errors import check_length

SIGNED = LinearSegmentedColormap.from_list(
    "signed",
    [
        theme.COLORS["input"],
        theme.COLORS["background"],
        theme.COLORS["hidden_state"],
    ],
)
"""Blue for -1, white for 0, vermilion for 1: the range of tanh."""

DARK_FROM = 0.85
"""Size of a value from which white letters read better on its colour."""


def memory_of_the_first_input(
    gaps: Mapping[float, Any],
) -> tuple[Figure, str]:
    """Draw how far apart two states stay that saw different first inputs.

    The axis of distances is logarithmic: a constant factor for each step is a
    straight line. Where the recurrent weight w_h is below 1, a dotted line
    shows the bound w_h^k times the first distance.

    Args:
        gaps: Recurrent weight w_h -> the distance between the two hidden
            states after the first step, the second, and so on, (steps,).
    """
    figure, axes = theme.subplots(height=3.6)
    axes.set_yscale("log")
    rows = {weight: np.asarray(gap) for weight, gap in gaps.items()}
    color = theme.COLORS["hidden_state"]
    for weight, gap in rows.items():
        steps = np.arange(len(gap))
        if weight < 1:
            bound = gap[0] * weight**steps
            axes.plot(steps, bound, ":", color=color, linewidth=1.2)
        axes.plot(steps, gap, "-", color=color, linewidth=1.6)
        shown = int(np.flatnonzero(gap > 4e-6)[-1])
        axes.annotate(
            f"$w_h$ = {weight:g}",
            (steps[shown], gap[shown]),
            xytext=(10, 3),
            textcoords="offset points",
            color=color,
            va="center",
            fontsize=9,
        )
    dotted = Line2D([], [], ls=":", lw=1.2, color=theme.COLORS["text"])
    axes.legend(
        [dotted],
        ["dotted: $w_h^k$ times the first distance, after $k$ steps"],
        loc="center right",
        bbox_to_anchor=(1, 0.52),
    )
    longest = max(len(gap) for gap in gaps.values())
    axes.set(
        xlabel="steps since the first input",
        ylabel="distance (logarithmic)",
        ylim=(1e-6, 4),
        xlim=(-0.5, longest + 3),
    )
    fading = [f"{weight:g}" for weight, gap in gaps.items() if _fades(gap)]
    lasting = [f"{w:g}" for w, gap in gaps.items() if not _fades(gap)]
    sentences = [
        "The distance between the two states against the steps, on a "
        "logarithmic axis."
    ]
    if fading:
        sentences.append(
            f"For w_h = {', '.join(fading)} it falls towards zero nearly "
            "along a straight line, the faster the smaller w_h is, and never "
            "above its dotted line, w_h^k times the first distance."
        )
    if lasting:
        sentences.append(f"For w_h = {', '.join(lasting)} it does not fade.")
    return figure, " ".join(sentences)


def _fades(gap: Any) -> bool:
    """Tell whether less than a quarter of the first distance is left."""
    return bool(gap[-1] < 0.25 * gap[0])


def silent_steps(
    starts: Mapping[float, Sequence[float]], steps: int = 12
) -> tuple[Figure, str]:
    """Draw the map of one silent step, and the way a state takes over it.

    Each panel has the curve tanh(w_h h), the diagonal, and a staircase from
    each start: up or down to the curve, which gives the next state, then
    across to the diagonal, where it is the state before. With a negative
    weight it is a spiral.

    Args:
        starts: Recurrent weight w_h, a panel each -> states in [-1, 1] from
            which the silence begins.
        steps: Steps of each staircase.
    """
    figure, panels = theme.subplots(
        1, len(starts), height=2.9, sharey=True, squeeze=False
    )
    states, ways = np.linspace(-1, 1, 201), []
    for axes, weight in zip(panels[0], starts, strict=True):
        axes.plot(states, states, "--", color=theme.COLORS["line"], lw=1.2)
        curve = np.tanh(weight * states)
        axes.plot(states, curve, color=theme.COLORS["weight"], lw=1.6)
        for start in starts[weight]:
            way = [start]
            for _ in range(steps):
                way.append(float(np.tanh(weight * way[-1])))
            x, y = np.repeat(way, 2)[:-1], np.r_[start, np.repeat(way[1:], 2)]
            axes.plot(x, y, color=theme.COLORS["hidden_state"], lw=1.2)
            axes.plot(start, start, "o", color=theme.COLORS["hidden_state"])
            said = f"for w_h = {weight:g} from {start:g} to {way[-1]:.2f}"
            ways.append(minus(said))
        title = minus(f"$w_h$ = {weight:g}")
        axes.set(title=title, xlabel="state $h$", aspect=1)
        axes.set(xlim=(-1, 1), ylim=(-1, 1))
        axes.set_xticks([-1, 0, 1], ["−1", "0", "1"])
    panels[0][0].set_yticks([-1, 0, 1], ["−1", "0", "1"])
    panels[0][0].set_ylabel("one silent step later")
    return figure, (
        "The state one silent step later against the state, tanh(w_h h), and "
        "the dashed diagonal on which a state comes out as it went in. "
        "Stairs between the two, a dot at the start of each, show "
        f"{steps} steps: {'; '.join(ways)}."
    )


def two_runs(runs: Mapping[str, tuple[Any, Any, Any]]) -> tuple[Figure, str]:
    """Draw two runs that differ in their first input, and the later inputs.

    Args:
        runs: What follows the first input -> these later inputs, (steps,),
            and the states after +1 and after -1, (steps + 1,) each.
    """
    figure, (upper, lower) = theme.subplots(
        2,
        len(runs),
        height=3.8,
        sharex=True,
        sharey="row",
        squeeze=False,
        height_ratios=(2, 1),
    )
    state = theme.COLORS["hidden_state"]
    for axes, below, (name, (later, after_plus, after_minus)) in zip(
        upper, lower, runs.items(), strict=True
    ):
        axes.plot(after_plus, "-", color=state, lw=1.6, label="after A = +1")
        axes.plot(after_minus, "--", color=state, lw=1.6, label="after A = −1")
        axes.set_title(name)
        steps = np.arange(1, len(later) + 1)
        below.bar(steps, later, color=theme.COLORS["input"], width=0.7)
        below.set_xlabel("steps since the first input")
    upper[0].set(ylabel="hidden state", ylim=(-1.05, 1.05))
    lower[0].set_ylabel("input")
    figure.align_ylabels()
    figure.legend(
        *upper[0].get_legend_handles_labels(),
        loc="outside lower center",
        ncols=2,
    )
    return figure, (
        "The hidden state of one neuron in two runs, solid after A = +1, "
        f"dashed after A = −1, a panel each for {' and '.join(runs)} after "
        "it, and below each the inputs as bars. In silence the two runs stay "
        "apart; with other inputs they soon lie on one another."
    )


def accuracy_by_activation(
    results: Mapping[str, Mapping[float, Sequence[float]]],
) -> tuple[Figure, str]:
    """Draw the accuracy for each activation function and step size.

    The marks of a step size stand a little below one another, in the order
    of their seeds, so that equal ones stay apart.

    Args:
        results: Activation function -> step size -> an accuracy per seed.
    """
    figure, axes = theme.subplots(height=0.9 + 0.62 * len(results))
    markers = ("v", "o", "^", "s")
    for row, by_rate in enumerate(results.values()):
        for place, (marker, (rate, values)) in enumerate(
            zip(markers, by_rate.items(), strict=False)
        ):
            aside = np.linspace(-0.06, 0.06, len(values))
            axes.plot(
                values,
                row + 0.23 * (place - 1.5) + aside,
                marker,
                color=theme.COLORS["weight"],
                markerfacecolor="none",
                ms=4.5,
                label=None if row else f"step size {rate:g}",
            )
        if row:
            axes.axhline(row - 0.5, color=theme.COLORS["line"], lw=0.3)
    axes.axvline(0.5, color=theme.COLORS["line"], linestyle="--", lw=1)
    names = [name.replace(", ", ",\n") for name in results]
    axes.set_yticks(range(len(results)), names)
    axes.set(xlim=(0.4, 1.02), ylim=(len(results) - 0.5, -0.5))
    axes.set_xlabel("accuracy, one mark per seed")
    axes.grid(axis="y", visible=False)
    figure.legend(loc="outside lower center", ncols=len(markers))
    return figure, (
        f"The accuracy with {'; '.join(results)}: a row each, four step "
        "sizes with a mark per seed. A dashed line marks one half."
    )


def hidden_states(sentences: Sequence[str], states: Any) -> tuple[Figure, str]:
    """Draw the hidden states of a layer as a grid, a panel per sentence.

    Args:
        sentences: Each with blanks between its words, equally many.
        states: In [-1, 1], (sentences, timesteps, units).

    Raises:
        ValueError: ``states`` has not one row per word.
    """
    states = np.asarray(states, dtype=float)
    check_length("states", states, "sentences", sentences)
    _, timesteps, units = states.shape
    figure, panels = theme.subplots(
        1,
        len(sentences),
        height=1.2 + 0.5 * units,
        squeeze=False,
        sharey=True,
    )
    for axes, text, grid in zip(panels[0], sentences, states, strict=True):
        words = text.split()
        check_length("states", grid, "words", words)
        colored = _draw_grid(axes, grid.T)
        names = [f"unit {n + 1}" for n in range(units)]
        axes.set_xticks(range(timesteps), words)
        axes.set_yticks(range(units), names)
        axes.set(xlabel="time step →", title=f"“{text}”")
    figure.colorbar(colored, ax=panels, ticks=[-1, 0, 1], label="state")
    quoted = " and ".join(f'"{sentence}"' for sentence in sentences)
    return figure, (
        f"The hidden state after each word of {quoted}: a column per word, "
        f"{units} units below one another, blue for values towards −1 and "
        "vermilion for values towards 1."
    )


def verdict_over_time(pair: Sequence[str], answers: Any) -> tuple[Figure, str]:
    """Draw what the last layer makes of each state of two comments.

    Args:
        pair: Two comments, equally many words each.
        answers: The probability of praise after each word, (2, words).

    Raises:
        ValueError: ``answers`` has not one number per word.
    """
    figure, axes = theme.subplots(height=3.2)
    look = {"color": theme.COLORS["output"], "ms": 5, "lw": 1.6}
    for comment, row, line in zip(pair, answers, ("o-", "s--"), strict=True):
        check_length("answers", row, "words", comment.split())
        axes.plot(row, line, label=f"“{comment}”", **look)
    columns = zip(*(comment.split() for comment in pair), strict=True)
    names = [one if one == two else f"{one}\n{two}" for one, two in columns]
    axes.axhline(0.5, color=theme.COLORS["line"], linestyle="--", lw=1)
    axes.set_xticks(range(len(names)), names)
    axes.set(ylim=(-0.05, 1.05), ylabel="answer, read after this word")
    figure.legend(loc="outside lower center", ncols=1)
    alike = next((n for n, name in enumerate(names) if "\n" in name), 0)
    ends = " and ".join(f"{row[-1]:.1f}" for row in answers)
    quoted = " and ".join(f'"{comment}"' for comment in pair)
    return figure, (
        "What the last layer answers if it reads the state after each word "
        f"of {quoted}, a curve each. Equal over the first {alike} words, "
        f"which are the same, the curves part and end at {ends}. A dashed "
        "line marks one half."
    )


def right_by_word(
    table: Any, places: tuple[int, int], words: int
) -> tuple[Figure, str]:
    """Draw after which word the verdict can be read, a panel per network.

    Args:
        table: From ``verdicts.read_timing``.
        places: An early and a late place of the conjunction, from 1.
        words: In each comment; a line marks the last.
    """
    seeds = sorted(set(table.seed))
    figure, panels = theme.subplots(
        1, len(seeds), height=3.2, sharey=True, squeeze=False
    )
    for axes, seed in zip(panels[0], seeds, strict=True):
        for place, mark in zip(places, "os", strict=True):
            rows = table[(table.seed == seed) & (table.conjunction == place)]
            rows = rows[rows.word >= place]
            for way, line, filled in (
                ("as written", "-", theme.COLORS["output"]),
                ("silence", ":", "none"),
            ):
                axes.plot(
                    rows.word,
                    rows[way],
                    mark + line,
                    color=theme.COLORS["output"],
                    markerfacecolor=filled,
                    ms=4.5,
                    lw=1.3,
                    label=f"conjunction is word {place}, {way}",
                )
        axes.axhline(0.5, color=theme.COLORS["line"], linestyle="--", lw=1)
        axes.axvline(words, color=theme.COLORS["line"], lw=1)
        axes.set(title=f"seed {seed}", ylim=(-0.04, 1.04))
        axes.set_xticks([1, 4, 7, 10])
    panels[0][0].set_ylabel("share of right answers")
    panels[0][len(seeds) // 2].set_xlabel("read after this word or step")
    figure.legend(
        *panels[0][0].get_legend_handles_labels(),
        loc="outside lower center",
        ncols=2,
    )
    return figure, (
        "The share of right answers, read after each word from the "
        f"conjunction on, a panel for each of {len(seeds)} networks: circles "
        f"where the conjunction is word {places[0]}, squares where it is word "
        f"{places[1]}; solid as written, dotted with silence after the "
        f"conjunction, which goes on beyond word {words}. A dashed line marks "
        f"one half, an upright one word {words}."
    )


def _draw_grid(axes: Axes, grid: np.ndarray) -> Any:
    """Colour a grid of values in [-1, 1], and write them in."""
    colored = axes.imshow(grid, cmap=SIGNED, vmin=-1, vmax=1, aspect="auto")
    axes.grid(visible=False)
    for (row, column), value in np.ndenumerate(grid):
        dark = abs(value) >= DARK_FROM
        text = f"{round(value, 2) + 0.0:.2f}"  # no "-0.00"
        axes.text(
            column,
            row,
            minus(text),
            ha="center",
            va="center",
            color=theme.COLORS["background" if dark else "text"],
        )
    return colored
