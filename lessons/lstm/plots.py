"""Plots of lesson 07: gates over words, gradients, states, trainings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.image import AxesImage

from lessons.lstm.results import LEARNED
from utils import theme
from utils.plots.results import direction

KINDS = {
    "as Keras starts it": ("hidden_state", "o"),
    "input spread": ("gate", "o"),
    "small candidate": ("gate", "s"),
    "forget spread": ("output", "o"),
    "forget 4.6": ("output", "s"),
    "both spread": ("weight", "o"),
    "forget spread, small candidate": ("weight", "s"),
    "GRU": ("cell_state", "^"),
    "SimpleRNN": ("input", "v"),
}
"""What is trained -> colour and mark, the same in every plot here.

One colour for what keeps long, one for what writes little, one for both.
"""

DASHES = (":", "--", "-")
"""Of the LSTM's lines in turn."""

STEPS_OF_COLOR = 21
"""Of a heat map: so few that all survive in a stored picture."""

FLAT = 2.0
"""Size of a cell state from which on tanh has a slope below 0.08."""


def _diverging(meaning: str) -> LinearSegmentedColormap:
    """Return colours from grey over white to that of a meaning."""
    ends = [theme.COLORS[name] for name in ("muted", "background", meaning)]
    return LinearSegmentedColormap.from_list(meaning, ends, N=STEPS_OF_COLOR)


def gates_by_word(
    texts: Sequence[tuple[Sequence[str], Mapping[str, np.ndarray]]],
    probabilities: Sequence[np.ndarray],
) -> tuple[Figure, str]:
    """Draw gates and cell state over the words of texts, side by side.

    Args:
        texts: For each text its words and its panels: name -> one row per
            word, (words, units). The last panel is the cell state, all
            others are gates, as differences from what is usual.
        probabilities: For each text the answer after each word, 0 to 1.

    Raises:
        ValueError: A panel or an answer has not one row per word.
    """
    names = list(texts[0][1])
    figure, grid = theme.subplots(
        len(names) + 1,
        len(texts),
        height=1.1 + 1.02 * (len(names) + 1),
        sharex="col",
        sharey="row",
        squeeze=False,
    )
    largest = max(np.abs(panels[names[-1]]).max() for _, panels in texts)
    limits = [0.5] * (len(names) - 1) + [largest]
    for column, (words, panels) in enumerate(texts):
        answers = probabilities[column]
        _check_rows(words, {**panels, "probability": answers})
        for axes, name, limit in zip(
            grid[:-1, column], names, limits, strict=True
        ):
            meaning = "cell_state" if name == names[-1] else "gate"
            picture = _heat_map(axes, panels[name], meaning, limit)
            axes.set_title(name if column == 0 else "")
            axes.set_ylabel("units" if column == 0 else "")
            if column == len(texts) - 1 and name in names[-2:]:
                of_gates = name != names[-1]
                figure.colorbar(
                    picture,
                    ax=list(grid[:-2, -1]) if of_gates else axes,
                    label="difference from usual" if of_gates else "c",
                )
        _answers(grid[-1][column], words, answers, column == 0)
    said = " And: ".join(" ".join(words) for words, _ in texts)
    return figure, (
        f"{', '.join(names)}: heat maps, a row per unit and a column per "
        f"word of {len(texts)} texts, side by side: {said}. Brown is a gate "
        "more open than usual, grey one more shut; green is a cell state "
        "that speaks for a positive review, grey one against. Below them "
        "stands what the network answers after each word, from 0, negative, "
        "to 1, positive."
    )


def _check_rows(words: Sequence[str], panels: Mapping[str, Any]) -> None:
    """Raise a ``ValueError`` if a panel has not one row per word."""
    for name, values in panels.items():
        if len(values) != len(words):
            raise ValueError(
                f"{name} takes {len(words)} rows, one per word, got "
                f"{len(values)}"
            )


def _heat_map(
    axes: Axes, values: np.ndarray, meaning: str, limit: float
) -> AxesImage:
    """Draw one panel, white at 0 and full at the limit."""
    units = np.arange(0, values.shape[1], 3)
    axes.set_yticks(units, units + 1)
    axes.grid(visible=False)
    return axes.imshow(
        np.asarray(values).T,
        cmap=_diverging(meaning),
        vmin=-limit,
        vmax=limit,
        aspect="auto",
    )


def _answers(
    axes: Axes, words: Sequence[str], probability: Any, is_first: bool
) -> None:
    """Draw the network's answer after each word."""
    places = np.arange(len(words))
    axes.plot(places, probability, "o-", color=theme.COLORS["output"])
    axes.axhline(0.5, color=theme.COLORS["line"], linestyle=":")
    axes.set_ylim(-0.05, 1.05)
    if is_first:
        axes.set(title="answer so far", ylabel="P(positive)")
    axes.set_xticks(
        places, words, rotation=45, ha="right", rotation_mode="anchor"
    )


def staircase(
    x: np.ndarray, input_gate: np.ndarray, cell_state: np.ndarray
) -> tuple[Figure, str]:
    """Draw a sample of the adding problem and what one unit does with it.

    Args:
        x: The sample's values and markers, (timesteps, 2).
        input_gate: After every step, (timesteps,).
        cell_state: The same.
    """
    figure, grid = theme.subplots(
        3, height=4.2, sharex=True, height_ratios=(1.5, 1, 1)
    )
    times, marked = np.arange(1, len(x) + 1), x[:, 1] > 0
    for chosen, meaning in ((~marked, "line"), (marked, "input")):
        grid[0].bar(times[chosen], x[chosen, 0], color=theme.COLORS[meaning])
    for time, value in zip(times[marked], x[marked, 0], strict=True):
        grid[0].text(
            time, value + 0.04, f"{value:.2f}", ha="center", fontsize=9
        ).set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 1})
    grid[0].set(title="values; the marked ones are blue", ylim=(0, 1.3))
    for axes, values, name, meaning in (
        (grid[1], input_gate, "input gate", "gate"),
        (grid[2], cell_state, "cell state", "cell_state"),
    ):
        axes.step(times, values, where="mid", color=theme.COLORS[meaning])
        axes.set(title=name, ylim=(0, 1.15 * values.max()))
    grid[2].set_xlabel("time step")
    steps = " and ".join(str(step) for step in times[marked])
    opened = " and ".join(str(step) for step in times[input_gate > 0.5])
    heights = " and ".join(f"{state:.2f}" for state in cell_state[marked])
    return figure, (
        f"One sample of the adding problem: {len(x)} bars, the values; two "
        f"are marked, at steps {steps}. Below it the input gate, open at "
        f"steps {opened} and shut at all others, and the cell state, a "
        f"staircase: it rises at the marked steps, to {heights}, and stays "
        "level between them."
    )


def against_lag(
    simple: np.ndarray, lstms: Mapping[float, np.ndarray]
) -> tuple[Figure, str]:
    """Draw what is left of a gradient against the lag, beside f^lag.

    Args:
        simple: Of the SimpleRNN, from lag 0.
        lstms: Forget bias -> the same of an LSTM.
    """
    figure, axes = theme.subplots(height=3.6)
    lags = np.arange(len(simple))
    axes.plot(lags, simple, color=theme.COLORS["input"], label="SimpleRNN, h")
    words = [f"SimpleRNN {direction(simple)}"]
    for place, (bias, values) in enumerate(lstms.items()):
        dashes = DASHES[place % len(DASHES)]
        name = f"LSTM, forget bias {bias}"
        color = theme.COLORS["cell_state"]
        axes.plot(lags, values, dashes, color=color, label=f"{name}, c")
        gate = 1 / (1 + np.exp(-bias))
        axes.plot(
            lags, gate**lags, dashes, color=theme.COLORS["line"], linewidth=1.2
        )
        words.append(f"{name} {direction(values)}")
    axes.lines[-1].set_label("thin: f to the power of the lag")
    axes.set_yscale("log")
    axes.set_yticks(10.0 ** np.arange(-30, 1, 5))
    axes.minorticks_off()
    axes.set(xlabel="lag: steps before the end", ylabel="gradient, 1 at lag 0")
    axes.legend(loc="lower left", handlelength=2.6)
    return figure, (
        "What is left of the gradient on a logarithmic axis against the "
        f"lag, the number of steps before the end. {'; '.join(words)}. Thin "
        "grey lines are the forget gate to the power of the lag; each lies "
        "below the line of its LSTM at the end."
    )


def sizes_by_step(sizes: Mapping[str, np.ndarray]) -> tuple[Figure, str]:
    """Draw the size of the cell state after every step.

    Args:
        sizes: A key of ``KINDS`` -> one size per step.
    """
    figure, axes = theme.subplots(height=3.2)
    ends = []
    for name, values in sizes.items():
        meaning, mark = KINDS[name]
        steps = np.arange(1, len(values) + 1)
        axes.plot(
            steps,
            values,
            "-" if mark == "o" else "--",
            color=theme.COLORS[meaning],
            label=name,
        )
        where = "above" if values[-1] > FLAT / 2 else "far below"
        ends.append(f"{name} ends {where} it")
    axes.axhspan(FLAT, 10, color=theme.COLORS["panel"], zorder=0)
    axes.text(2, 2.4, "tanh is nearly flat here", fontsize=9)
    axes.set_yscale("log")
    axes.set(xlabel="time step", ylabel="median |c|", ylim=(5e-4, 10))
    axes.minorticks_off()
    axes.legend(loc="center left", bbox_to_anchor=(1, 0.5))
    return figure, (
        "The median size of the cell state on a logarithmic axis against "
        "the time step, before training. A band from 2 on shows where tanh "
        f"is nearly flat. Compared with 1: {'; '.join(ends)}."
    )


def two_by_two(
    curves: Mapping[str, Mapping[float, np.ndarray]],
    live: Mapping[str, Sequence[float] | np.ndarray],
    *,
    baseline: float,
) -> tuple[Figure, str]:
    """Draw the errors of four starts, a panel each, a line per seed.

    Args:
        curves: A key of ``KINDS`` -> learning rate -> errors, (seeds,
            rounds of 100 batches); four of them.
        live: A key of ``KINDS`` -> errors of a training that was run now,
            drawn as dots.
        baseline: The error of an answer that needs no network.
    """
    figure, grid = theme.subplots(2, 2, height=4.4, sharex=True, sharey=True)
    ends = []
    for axes, (name, rates) in zip(grid.flat, curves.items(), strict=True):
        axes.axhline(baseline, color=theme.COLORS["text"], linestyle=":")
        for dashes, (rate, errors) in zip(
            ("-", "--"), rates.items(), strict=True
        ):
            batches = 100 * np.arange(1, errors.shape[1] + 1)
            lines = axes.plot(
                batches,
                errors.T,
                dashes,
                color=theme.COLORS[KINDS[name][0]],
                linewidth=1.3,
            )
            lines[0].set_label(f"rate {rate}")
            low = int((errors.min(axis=1) < LEARNED).sum())
            ends.append(
                f"{name}, rate {rate}: {low} of {len(errors)} fall below "
                f"{LEARNED}"
            )
        now = live.get(name, [])
        batches = 100 * np.arange(1, len(now) + 1)
        axes.plot(batches, now, "o", markersize=5, color=theme.COLORS["text"])
        axes.set_title(name)
    grid[0][0].legend(loc="lower left")
    grid[0][0].set_ylim(0, 1.5 * baseline)
    for axes in grid[1]:
        axes.set_xlabel("batches")
    for axes in grid[:, 0]:
        axes.set_ylabel("mean squared error")
    return figure, (
        "Four panels: the mean squared error against the batches, a line "
        "per seed, beside the level of always answering 1. Values above "
        f"{1.5 * baseline:.2f} are cut off. {'; '.join(ends)}."
    )


def gradient_and_error(
    points: Mapping[str, tuple[np.ndarray, np.ndarray]], *, baseline: float
) -> tuple[Figure, str]:
    """Draw the error of training against the gradient before it.

    Args:
        points: A key of ``KINDS`` -> share of the gradient at the first
            step and lowest error of a round, one per training.
        baseline: The error of an answer that needs no network.
    """
    figure, axes = theme.subplots(height=3.6)
    axes.axhline(baseline, color=theme.COLORS["text"], linestyle=":")
    words = []
    for name, (shares, errors) in points.items():
        meaning, mark = KINDS[name]
        axes.plot(
            shares,
            errors,
            mark,
            color=theme.COLORS[meaning],
            label=name,
            fillstyle="none",
        )
        powers = np.log10(shares)
        words.append(
            f"{name}: {'above' if powers.mean() > -2 else 'below'} 10^-2, "
            f"{int((errors < LEARNED).sum())} of {len(errors)} learn"
        )
    axes.axhline(LEARNED, color=theme.COLORS["line"], linestyle="--")
    for x, y, corner in (
        (0.98, 0.92, "arrives, not learned"),
        (0.02, 0.15, "does not arrive, learned"),
    ):
        side = "left" if x < 0.5 else "right"
        axes.text(x, y, corner, ha=side, fontsize=9, transform=axes.transAxes)
    axes.set_xscale("log")
    axes.set(
        xlabel="before training: gradient at lag 99, 1 at lag 0",
        ylabel="lowest error of a round",
        ylim=(0, 1.2 * baseline),
    )
    axes.minorticks_off()
    axes.legend(loc="center left", bbox_to_anchor=(1, 0.5))
    return figure, (
        "The lowest error of a round of training against the share of the "
        "gradient that reached the first step before training, a mark per "
        "training; dotted the level of always answering 1, dashed the error "
        f"below which a task counts as learned. {'; '.join(words)}."
    )
