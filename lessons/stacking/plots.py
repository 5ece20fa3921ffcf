"""Plots of lesson 05: the wave of rounds, the task of signs, comparisons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon, Rectangle

from utils import theme
from utils.drawing.lettering import minus
from utils.drawing.shades import tint
from utils.intervals import Interval

CENTRED = {"ha": "center", "va": "center"}


def wave(rounds: Any) -> tuple[Figure, str]:
    """Draw the round in which each cell of a stack can be computed.

    Args:
        rounds: Round of each cell, from 1, (layers, timesteps); the lowest
            layer first.
    """
    rounds = np.asarray(rounds)
    depth, timesteps = rounds.shape
    figure, axes = theme.subplots(height=0.8 + 0.5 * depth)
    last = rounds.max()
    for (layer, step), number in np.ndenumerate(rounds):
        strength = 0.1 + 0.75 * number / last
        color = tint(theme.COLORS["hidden_state"], strength)
        axes.add_patch(Rectangle((step + 0.54, layer - 0.44), 0.92, 0.88))
        axes.patches[-1].set(facecolor=color, edgecolor="white")
        ink = "white" if strength > 0.7 else theme.COLORS["text"]
        ground = {"facecolor": color, "edgecolor": "none", "pad": 2}
        axes.text(
            step + 1, layer, str(number), color=ink, bbox=ground, **CENTRED
        )
    for number in range(2, last):
        low = max(0, number - timesteps)
        ends = np.array([low, min(depth, number) - 1])
        axes.plot(number - ends, ends, color=theme.COLORS["text"], lw=0.8)
    axes.set_yticks(range(depth), [f"layer {n + 1}" for n in range(depth)])
    axes.set_xticks(range(1, timesteps + 1))
    axes.set(xlabel="time step", ylim=(-0.5, depth - 0.5))
    axes.set_xlim(0.5, timesteps + 0.5)
    _without_frame(axes)
    return figure, (
        f"A grid of {depth} layers and {timesteps} time steps; each cell "
        "bears the round in which it can be computed, and later ones are "
        "darker. A thin line joins the cells of each round, which lie on a "
        f"diagonal; the last cell has round {last}."
    )


def sign_task(
    signs: Sequence[float], flipped: int, window: int = 5
) -> tuple[Figure, str]:
    """Draw a row of signs and its targets, and both with one sign flipped.

    Args:
        signs: +1 or -1 at each step.
        flipped: Step whose sign is turned over, from 1.
        window: How many signs are multiplied.
    """
    given = np.asarray(signs, dtype=float)
    other = given.copy()
    other[flipped - 1] *= -1
    figure, panels = theme.subplots(2, 1, height=3.3, sharex=True)
    first, second = _targets(given, window), _targets(other, window)
    for axes, row, targets, changed, title in (
        (panels[0], given, first, [], "a row"),
        (panels[1], other, second, first != second, "one sign flipped"),
    ):
        _sign_rows(axes, row, targets, changed)
        axes.set_title(title)
    steps = len(given)
    panels[0].add_patch(_frame(steps, window))
    panels[1].set_xlabel("time step")
    places = np.flatnonzero(first != second) + 1
    return figure, (
        f"Twice a row of {steps} signs and below it the target of each step: "
        f"is the product of the last {window} signs positive? A frame goes "
        "round the last target and the signs that it belongs to. In the "
        f"second row the sign of step {flipped} is flipped, and the targets "
        f"of steps {', '.join(map(str, places))} change; they are marked."
    )


def _frame(steps: int, window: int) -> Polygon:
    """Return a line round the last target and the signs it belongs to."""
    left, last, right = steps - window + 0.52, steps - 0.52, steps + 0.52
    corners = [(left, 1.47), (right, 1.47), (right, -0.47), (last, -0.47)]
    corners += [(last, 0.53), (left, 0.53)]
    ink = theme.COLORS["text"]
    return Polygon(corners, fill=False, edgecolor=ink, linewidth=1.8)


def _targets(signs: np.ndarray, window: int) -> np.ndarray:
    """Return whether each product is positive, yes before it is whole."""
    products = np.lib.stride_tricks.sliding_window_view(signs, window)
    early = np.ones(window - 1, dtype=bool)
    return np.concatenate([early, products.prod(axis=-1) > 0])


def _sign_rows(
    axes: Axes, signs: np.ndarray, targets: np.ndarray, changed: Any
) -> None:
    """Draw the signs above and their targets below."""
    for step, (sign, target) in enumerate(zip(signs, targets, strict=True), 1):
        marked = bool(len(changed)) and changed[step - 1]
        for y, text, meaning, strength in (
            (1, "+" if sign > 0 else "−", "input", 0.15),
            (0, "yes" if target else "no", "output", 0.6 if marked else 0.15),
        ):
            color = theme.COLORS[meaning]
            box = Rectangle((step - 0.46, y - 0.4), 0.92, 0.8)
            box.set(facecolor=tint(color, strength), edgecolor=color)
            axes.add_patch(box)
            size = 12 if y else 9
            axes.text(step, y, text, fontsize=size, **CENTRED)
    axes.set_yticks([0, 1], ["target", "input"])
    axes.set_xticks(range(1, len(signs) + 1))
    axes.set(xlim=(0.4, len(signs) + 0.6), ylim=(-0.5, 1.55))
    _without_frame(axes)


def _without_frame(axes: Axes) -> None:
    """Take away what a table of boxes does not need."""
    axes.grid(visible=False)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)


Intervals = Mapping[str, Interval]
"""What is compared -> a ratio or a difference, with its 95% interval."""


def ratios(
    rows: Intervals, apart: Intervals, *, xlabels: tuple[str, str]
) -> tuple[Figure, str]:
    """Draw ratios with their intervals on two logarithmic axes.

    Args:
        rows: The ratios of the upper panel.
        apart: Those of the lower panel.
        xlabels: What is divided by what, in each of them.
    """
    heights = [1.4 + len(rows), 1.4 + len(apart)]
    figure, panels = theme.subplots(
        2,
        1,
        height=0.44 * sum(heights),
        sharex=True,
        gridspec_kw={"height_ratios": heights},
    )
    for axes, drawn, label in zip(panels, (rows, apart), xlabels, strict=True):
        _bars(axes, drawn, level=1, shown="ratio")
        axes.set_xlabel(label)
        axes.tick_params(labelbottom=True)
    _logarithmic(panels[0], [0.2, 0.5, 1, 2, 5, 10, 20, 50])
    sentences = [
        f"{label}: {_said(drawn, 'ratio')}."
        for drawn, label in zip((rows, apart), xlabels, strict=True)
    ]
    return figure, (
        "Two panels with a logarithmic axis, a dot on a bar that spans its "
        f"95% interval. {' '.join(sentences)} A dashed line marks equality, 1."
    )


def ratio_panels(
    panels: Mapping[str, Intervals], *, xlabel: str
) -> tuple[Figure, str]:
    """Draw the same ratios for several networks, a panel each.

    Args:
        panels: Name of the network -> setting -> ratio, the same settings
            in each.
        xlabel: What is divided by what.
    """
    settings = list(next(iter(panels.values())))
    figure, drawn = theme.subplots(
        1,
        len(panels),
        height=1.2 + 0.42 * len(settings),
        sharex=True,
        sharey=True,
    )
    for axes, (name, rows) in zip(drawn, panels.items(), strict=True):
        _bars(axes, rows, level=1, shown="ratio")
        axes.set_title(name.replace(" + ", " +\n"))
    _logarithmic(drawn[0], [0.1, 1, 10, 100, 1000])
    drawn[0].set_xlim(0.06, 2500)
    figure.supxlabel(xlabel, fontsize=10)
    said = [
        f"{name}: {_said(rows, 'ratio')}." for name, rows in panels.items()
    ]
    return figure, (
        f"{xlabel}, on a logarithmic axis, a panel for each network and a dot "
        f"on a bar that spans its 95% interval for each setting. "
        f"{' '.join(said)} Where no bar is seen, it is shorter than the dot. "
        "A dashed line marks equality, 1."
    )


def differences(rows: Intervals, *, xlabel: str) -> tuple[Figure, str]:
    """Draw differences with their intervals, and a line at none.

    Args:
        rows: The differences.
        xlabel: What is taken from what.
    """
    figure, axes = theme.subplots(height=1.0 + 0.42 * len(rows))
    _bars(axes, rows, level=0, shown="difference")
    axes.set_xlabel(xlabel)
    return figure, (
        f"{xlabel}, a dot on a bar that spans its 95% interval. "
        f"{_said(rows, 'difference')}. A dashed line marks no difference, 0."
    )


def _bars(axes: Axes, rows: Intervals, *, level: float, shown: str) -> None:
    """Draw a bar for each row and a dashed line at ``level``."""
    color = theme.COLORS["weight"]
    for place, (value, low, high) in enumerate(rows.values()):
        axes.plot([low, high], [place, place], color=color, linewidth=2)
        axes.plot(value, place, "o", color=color, markersize=5)
        axes.annotate(
            _number(shown, value),
            (value, place),
            xytext=(0, 8),
            textcoords="offset points",
            ha="center",
            fontsize=9,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5},
        )
    axes.axvline(level, color=theme.COLORS["muted"], linestyle="--", zorder=1)
    axes.set_yticks(range(len(rows)), list(rows))
    axes.set_ylim(len(rows) - 0.5, -0.7)
    axes.grid(axis="y", visible=False)


def _logarithmic(axes: Axes, ticks: Sequence[float]) -> None:
    """Make an axis logarithmic, with plain numbers on it."""
    axes.set_xscale("log")
    axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.minorticks_off()


def _number(shown: str, value: float) -> str:
    """Return a ratio in two digits or a difference in three decimals."""
    if shown == "ratio":
        return f"{float(f'{value:.2g}'):,g}"
    return minus(f"{value:+.3f}")


def _said(rows: Intervals, shown: str) -> str:
    """Return the rows in words."""
    return ", ".join(
        f"{name} {_number(shown, value)} "
        f"[{_number(shown, low)}, {_number(shown, high)}]"
        for name, (value, low, high) in rows.items()
    )


def final_losses(
    runs: Any, *, stuck: float, guessing: float
) -> tuple[Figure, str]:
    """Draw the last loss of every seed as a dot: networks by learning rates.

    At the left of each row stands how many of its seeds are stuck.

    Args:
        runs: A table with the columns network, rate and loss, a row for each
            seed.
        stuck: A seed with a larger loss has learned nothing.
        guessing: The loss of a network that guesses.
    """
    names, rates = list(runs.network.unique()), sorted(runs.rate.unique())
    figure, panels = theme.subplots(
        1, len(rates), height=1.1 + 0.4 * len(names), sharex=True, sharey=True
    )
    stuck_seeds = runs.assign(count=runs.loss > stuck).pivot_table(
        "count", "network", "rate", aggfunc="sum"
    )
    for axes, rate in zip(panels, rates, strict=True):
        for place, name in enumerate(names):
            chosen = (runs.network == name) & (runs.rate == rate)
            losses = runs.loss[chosen].to_numpy()
            apart = place + np.linspace(-0.25, 0.25, len(losses))
            color = theme.COLORS["weight"]
            axes.plot(losses, apart, "o", color=color, ms=4, alpha=0.6)
            axes.text(
                0.03,
                place,
                f"{stuck_seeds.loc[name, rate]:g}/{len(losses)}",
                transform=axes.get_yaxis_transform(),
                color=theme.COLORS["muted"],
                va="center",
                fontsize=9,
            )
        axes.axvline(guessing, color=theme.COLORS["muted"], linestyle="--")
        axes.set_title(f"rate {rate:g}")
        axes.grid(axis="y", visible=False)
    panels[0].set_yticks(range(len(names)), names)
    panels[0].set_ylim(len(names) - 0.5, -1)
    _logarithmic(panels[0], [0.001, 0.1])
    panels[0].set_xlim(1e-6, 1)
    panels[0].text(0.3, -0.72, "guessing", ha="right", va="center", fontsize=9)
    panels[0].texts[-1].set_color(theme.COLORS["muted"])
    figure.supxlabel(
        f"loss in the last epoch; on the left, seeds above {stuck:g}",
        fontsize=10,
    )
    counts = stuck_seeds.loc[names].astype(int).astype(str)
    said = [f"{name} {', '.join(counts.loc[name])}" for name in names]
    return figure, (
        "The loss of every seed in its last epoch, a dot on a logarithmic "
        "axis; a panel for each learning rate, from the smallest, a row for "
        "each network. A dashed line marks guessing. At the left of each row "
        f"stands how many seeds are stuck there: {'; '.join(said)}."
    )


MARKERS = "os^Dv"
"""Of the seeds, from 0."""

Runs = Mapping[str, Sequence[Sequence[float]]]
"""Name of a network -> one curve a seed, one value an epoch."""


def curves_by_seed(
    runs: Runs, *, ylabel: str, reference: tuple[str, float] | None = None
) -> tuple[Figure, str]:
    """Draw every seed's curve as a line, a panel a network.

    A mean would hide it when some seeds learn and others do not. A seed has
    the same marker in each panel.

    Args:
        runs: Name of the network -> its curves.
        ylabel: What the curves show.
        reference: Name and value of a horizontal line to compare with.
    """
    figure, panels = theme.subplots(
        1, len(runs), height=3.0, squeeze=False, sharey=True
    )
    colour = theme.COLORS["weight"]
    for axes, (name, curves) in zip(panels[0], runs.items(), strict=True):
        for seed, values in enumerate(curves):
            epochs = np.arange(1, len(values) + 1)
            marker, name_of = MARKERS[seed % len(MARKERS)], f"seed {seed}"
            look = {"color": colour, "alpha": 0.7, "lw": 1.5, "ms": 7}
            axes.plot(epochs, values, marker=marker, label=name_of, **look)
            axes.set_xticks(epochs)
        if reference is not None:
            axes.axhline(
                reference[1], color=theme.COLORS["muted"], linestyle="--"
            )
        axes.set(xlabel="epoch", title=name)
    panels[0][0].set(ylabel=ylabel, ylim=(0, None))
    panels[0][0].legend(loc="lower left")
    sentence = ""
    if reference is not None:
        panels[0][0].annotate(
            reference[0],
            (1, reference[1]),
            xycoords=("axes fraction", "data"),
            xytext=(-2, 6),
            textcoords="offset points",
            ha="right",
            color=theme.COLORS["muted"],
            fontsize=9,
        )
        sentence = f" A dashed line marks {reference[0]}."
    counts = [str(len(curves)) for curves in runs.values()]
    seeds = (
        f"{counts[0]} in each"
        if len({*counts}) == 1
        else (" and ".join(counts))
    )
    return figure, (
        f"The {ylabel} of {' and '.join(runs)} against the epoch, a panel "
        f"each, one line a seed, {seeds}, with the same marker in each panel."
        f"{sentence}"
    )
