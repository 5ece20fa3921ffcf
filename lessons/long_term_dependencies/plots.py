"""Plots of lesson 06: gradients step by step and by the lag."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lessons.long_term_dependencies.norm_plots import (
    Norms,
    gradient_by_lag,
    state_by_step,
)
from utils import theme

CLIPPED = (theme.SERIES[0], theme.COLORS["gradient"])
"""The colours of a clipped gradient and of one that is not."""


def share_of_steps(norms: Sequence[float]) -> tuple[Figure, str]:
    """Draw how much each step gives to the gradient of the weights.

    Args:
        norms: Size of the term of each step, the first step first.
    """
    steps = np.arange(1, len(norms) + 1)
    figure, axes = theme.subplots(height=2.5)
    bars = axes.bar(steps, norms, 0.6, color=theme.COLORS["gradient"])
    axes.bar_label(bars, [f"{norm:.3f}" for norm in norms], fontsize=9)
    axes.set_xticks(steps)
    axes.set(xlabel="time step t", ylabel="size of the term")
    axes.grid(axis="x", visible=False)
    return figure, (
        f"A bar for each of {len(steps)} time steps: the size of its term in "
        "the gradient of the recurrent weights. The last step gives the "
        "largest, and the bars fall towards the first."
    )


def by_lag(
    curves: Norms, *, fit: bool = False, ylabel: str = "‖∂L/∂hₜ‖"
) -> tuple[Figure, str]:
    """Draw norms of a gradient against the lag, with a line at 1.

    Args:
        curves: Name -> one norm per lag, from lag 0.
        fit: Lay a dotted straight line over every curve.
        ylabel: Which norm it is.
    """
    figure, words = gradient_by_lag({"": curves}, fit=fit, ylabel=ylabel)
    figure.set_figheight(2.7)
    axes = figure.axes[0]
    if fit:
        for curve, line in zip(axes.lines[::2], axes.lines[1::2], strict=True):
            curve.set(linestyle="-", linewidth=3)
            line.set(linestyle=":", linewidth=1)
        line.set_label("straight line fitted")
        axes.legend(loc="best", handlelength=2.6)
        words += " A dotted straight line is laid over each."
    axes.axhline(1, color=theme.COLORS["line"], linewidth=1, zorder=1)
    low, high = np.log10(axes.get_ylim())
    pace = next(n for n in (1, 2, 5, 10, 20) if (high - low) / n <= 7)
    powers = np.arange(np.ceil(low / pace), high / pace) * pace
    axes.set_yticks(10.0**powers)
    axes.minorticks_off()
    return figure, words


def ledge(panels: Mapping[str, Norms]) -> tuple[Figure, str]:
    """Draw what is left of gradients against the lag, from 1 at lag 0.

    Args:
        panels: Title -> its curves, one share per lag, from lag 0. A curve
            ends where nothing is left.
    """
    figure, words = gradient_by_lag(panels, ylabel="share left")
    figure.set_figheight(2.7)
    for axes in figure.axes:
        axes.axhline(1, color=theme.COLORS["line"], linewidth=1, zorder=1)
        axes.set_ylim(1e-3, 1e4)
        axes.set_yticks(10.0 ** np.arange(-2, 5, 2))
        axes.minorticks_off()
        axes.legend(loc="upper left", handlelength=2.6)
    return figure, f"{words} A curve ends where it is 0."


def stretched(matrix: np.ndarray, powers: Sequence[int]) -> tuple[Figure, str]:
    """Draw what becomes of all vectors of length 1 under a matrix.

    Args:
        matrix: (2, 2).
        powers: How many times it is applied, one closed curve for each.
    """
    angles = np.linspace(0, 2 * np.pi, 361)
    circle = np.stack([np.cos(angles), np.sin(angles)])
    figure, axes = theme.subplots(height=3.1)
    axes.plot(*circle, "--", color=theme.COLORS["muted"])
    axes.text(0, 0.84, "lag 0", ha="center", color=theme.COLORS["muted"])
    longest = []
    for place, power in enumerate(powers):
        image = np.linalg.matrix_power(matrix, power) @ circle
        color = theme.SERIES[place]
        axes.plot(*image, color=color, linewidth=2)
        sizes = np.linalg.norm(image, axis=0)
        tip = image[:, sizes.argmax()]
        tip = tip if tip[0] > 0 else -tip
        # The short ones are named from below, where no ellipse passes.
        below = (0.05 + 0.5 * tip[0], -0.5) if place > 1 else None
        axes.annotate(
            f"lag {power}",
            tip,
            xytext=below or (tip[0] + 0.06, tip[1]),
            va="center",
            color=color,
            arrowprops={"arrowstyle": "-", "color": color} if below else None,
        )
        longest.append(sizes.max())
    axes.set_aspect("equal")
    axes.grid(visible=False)
    axes.set(
        xlim=(-2.3, 2.6),
        ylim=(-1.1, 1.1),
        yticks=(-1, -0.5, 0, 0.5, 1),
        xlabel="gradient of unit 1",
        ylabel="gradient of unit 2",
    )
    reach = ", ".join(
        f"{length:.2g} at lag {power}"
        for power, length in zip(powers, longest, strict=True)
    )
    return figure, (
        "Every gradient of length 1 at the end, a dashed circle, and what it "
        "has become some steps back: long and flat ellipses. The first is "
        "longer than the circle, the last a short stroke. Length of the "
        f"longest vector: {reach}."
    )


def states(panels: Mapping[str, Norms], longest: float) -> tuple[Figure, str]:
    """Draw the size of states by step, cut to what the eye can use.

    Args:
        panels: Activation -> its curves, one norm per step from step 1.
        longest: Length that no state of tanh units can pass.
    """
    figure, words = state_by_step(panels)
    figure.set_figheight(2.8)
    for axes in figure.axes:
        for line in axes.lines:
            line.set_xdata(line.get_xdata() + 1)
        axes.axhline(longest, color=theme.COLORS["muted"], linestyle=":")
        axes.set_ylim(1e-8, 1e8)
        axes.set_xticks([1, *range(20, len(line.get_xdata()) + 1, 20)])
        axes.minorticks_off()
    return figure, (
        f"{words} A dotted line marks {longest:.1f}; what lies below 10^-8 "
        "is cut off."
    )


def sample(x: np.ndarray, y: float) -> tuple[Figure, str]:
    """Draw one sequence of the adding problem, the marked two in colour.

    Args:
        x: One sequence, (timesteps, 2): a value and a marker at each step.
        y: The target.

    Raises:
        ValueError: ``x`` has not two columns.
    """
    x = np.asarray(x)
    if x.ndim != 2 or x.shape[1] != 2:
        raise ValueError(f"x takes shape (timesteps, 2), got {x.shape}")
    values, marked = x[:, 0], x[:, 1] > 0
    colours = np.where(
        marked, theme.COLORS["hidden_state"], theme.COLORS["line"]
    )
    figure, axes = theme.subplots(height=2.4)
    steps = np.arange(1, len(x) + 1)
    axes.bar(steps, values, color=colours)
    for step, value in zip(steps[marked], values[marked], strict=True):
        axes.annotate(
            f"{value:.2f}",
            (step, value),
            xytext=(step, 1.07),
            ha="center",
            va="bottom",
            color=theme.COLORS["hidden_state"],
            arrowprops={
                "arrowstyle": "-",
                "color": theme.COLORS["hidden_state"],
            },
        )
    axes.axvline(len(x) // 2 + 0.5, color=theme.COLORS["line"], linestyle=":")
    axes.set(xlabel="time step", ylabel="value", ylim=(0, 1.22))
    axes.set_xticks([1, *range(20, len(x) + 1, 20)])
    axes.set_title(f"target {float(y):.2f}")
    axes.grid(axis="x", visible=False)
    places = " and ".join(str(step) for step in steps[marked])
    return figure, (
        f"One sample of the adding problem: {len(x)} bars, the values. Two "
        f"are marked, at steps {places}, one in each half; the target is "
        f"their sum, {float(y):.2f}."
    )


def explosion(
    losses: Mapping[str, Sequence[float]], constant: float
) -> tuple[Figure, str]:
    """Draw losses on a logarithmic axis, with a cross where one is lost.

    Args:
        losses: Name of a training -> its loss on every batch, nan from
            where it is lost; the clipped one first.
        constant: The loss of the best constant answer.
    """
    figure, axes = theme.subplots(height=3.0)
    axes.axhline(
        constant, color=theme.COLORS["text"], ls=":", label="best constant"
    )
    said = []
    for color, (name, values) in zip(CLIPPED, losses.items(), strict=True):
        steps = np.arange(1, len(values) + 1)
        alive = np.flatnonzero(np.isfinite(values))
        marker = "o" if len(alive) < 5 else ""
        axes.plot(steps, values, marker=marker, color=color, label=name)
        fate = "falls below the best constant"
        if len(alive) < len(values):
            last = alive[-1]
            axes.plot(steps[last + 1], values[last], "X", ms=9, color=color)
            axes.annotate(
                f"nan from batch {steps[last + 1]} on",
                (steps[last + 1], values[last]),
                xytext=(0, 7),
                textcoords="offset points",
                color=color,
            )
            fate = f"is nan from batch {steps[last + 1]} on"
        said.append(f"{name}: it {fate}")
    axes.set(xscale="log", yscale="log", xlabel="batches", ylabel="loss")
    axes.minorticks_off()
    longest = max(map(len, losses.values()))
    ticks = [n for n in (1, 2, 5, 10, 20, 40, 100, 200, 400) if n <= longest]
    axes.set_xticks(ticks, [str(tick) for tick in ticks])
    axes.set_ylim(top=10 * axes.get_ylim()[1])
    axes.legend(loc="lower left")
    return figure, (
        "The loss against the batches, both axes logarithmic, beside "
        f"the loss of the best constant. {'; '.join(said)}."
    )


def clipping(
    power: int = 50, start: float = 1.05, rate: float = 0.01
) -> tuple[Figure, str]:
    """Draw what clipping does to a direction, and to a step at a cliff.

    On the right the loss is that of one weight, used ``power`` times:
    (w^power - 0.5)² / 2. After Pascanu, Mikolov & Bengio (2013), figure 6.

    Args:
        power: How often the weight is multiplied.
        start: The weight before the step.
        rate: The learning rate; the clipped gradient has length 1.
    """
    figure, (left, right) = theme.subplots(1, 2, height=2.8)
    _directions(left, np.array([2.6, 1.1]))

    weights = np.linspace(0.9, 1.06, 400)
    right.plot(
        weights, (weights**power - 0.5) ** 2 / 2, color=theme.COLORS["muted"]
    )
    height = (start**power - 0.5) ** 2 / 2
    gradient = (start**power - 0.5) * power * start ** (power - 1)
    right.plot(start, height, "o", color=theme.COLORS["text"])
    far = start - rate * gradient
    power_of_ten = 2 * power * np.log10(-far) - np.log10(2)
    below = (start - rate) ** power
    arrows = (
        ((start - rate, (below - 0.5) ** 2 / 2), (-5, 7), "right"),
        ((0.9, height), (4, 9), "left"),
    )
    words = (
        f"clipped:\nto {start - rate:.2f}",
        f"not clipped: to w = −{-far:.0f},\n"
        f"where the loss is 10$^{{{power_of_ten:.0f}}}$",
    )
    for color, (end, offset, side), text in zip(
        CLIPPED, arrows, words, strict=True
    ):
        look = {"arrowstyle": "-|>", "color": color, "lw": 2}
        right.annotate("", end, (start, height), arrowprops=look)
        right.annotate(
            text,
            end,
            offset,
            textcoords="offset points",
            color=color,
            fontsize=9.5,
            ha=side,
        )
    # Two strokes break the arrow: its end lies far outside the picture.
    right.plot([0.911, 0.915], [height, height], "w", linewidth=4, zorder=4)
    for left_out in (0.909, 0.913):
        right.plot(
            [left_out, left_out + 0.004],
            [height - 3, height + 3],
            color=CLIPPED[1],
            linewidth=1.5,
            zorder=5,
        )
    right.grid(visible=False)
    right.set(
        xticks=(0.9, 0.95, 1, 1.05),
        title="A step at a cliff",
        xlabel="w, used 50 times",
        ylabel="loss",
        xlim=(0.9, 1.062),
        ylim=(-3, 95),
    )
    return figure, (
        "Left: a gradient of two variables as a long arrow, and a circle of "
        "radius 1. Clipped by global_clipnorm it ends on the circle and "
        "points the same way; clipped by clipnorm it is (1, 1) and points "
        "elsewhere. Right: the loss of one weight used 50 times is flat and "
        "then rises like a wall. On the wall, the arrow of a step without "
        "clipping is broken off: it ends far outside the picture. The "
        "clipped step moves the weight by 0.01."
    )


def _directions(axes: Axes, gradient: np.ndarray) -> None:
    """Draw a gradient, and what two kinds of clipping leave of it."""
    angles = np.linspace(0, np.pi / 2, 91)
    axes.plot(np.cos(angles), np.sin(angles), ":", color=theme.COLORS["muted"])
    arrows = (
        ("gradient", gradient, theme.COLORS["gradient"]),
        (
            "global_clipnorm=1",
            gradient / np.linalg.norm(gradient),
            theme.SERIES[0],
        ),
        ("clipnorm=1", np.minimum(gradient, 1), theme.SERIES[1]),
    )
    for width, (name, (x, y), color) in zip((1.5, 3, 3), arrows, strict=True):
        look = {"arrowstyle": "-|>", "color": color, "lw": width}
        look |= {"shrinkA": 0, "shrinkB": 0}
        axes.annotate("", (x, y), (0, 0), arrowprops=look)
        axes.plot([], [], color=color, linewidth=width, label=name)
    axes.legend(loc="upper left", handlelength=1.4)
    axes.set_aspect("equal")
    axes.grid(visible=False)
    axes.set(
        title="The direction",
        xlim=(0, 2.8),
        ylim=(0, 2.3),
        xlabel="first variable",
        ylabel="second variable",
    )
