"""Plots of lesson 04: states handed on, a window of hours, curves, hours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from utils import theme
from utils.drawing.card import Drawing
from utils.drawing.lettering import minus
from utils.drawing.shades import tint
from utils.widgets.view import View


def last_or_all(states: Any, words: Sequence[str] = ()) -> tuple[Figure, str]:
    """Draw the states of one sequence, without and with return_sequences.

    The titles give the shapes of a batch of one, as the layer returns them.

    Args:
        states: The hidden state after each step, (timesteps, units), from
            -1 to 1.
        words: What is read at each step; by default the number of the step.

    Raises:
        ValueError: ``states`` has not two dimensions, or there are not as
            many words as steps.
    """
    states = np.asarray(states)
    if states.ndim != 2:
        raise ValueError(
            "states takes an array (timesteps, units), got the shape "
            f"{states.shape}"
        )
    timesteps, units = states.shape
    words = list(words) or [f"step {t}" for t in range(1, timesteps + 1)]
    if len(words) != timesteps:
        raise ValueError(
            f"words takes one word for each of {timesteps} steps, got "
            f"{len(words)}"
        )
    figure, panels = theme.subplots(1, 2, height=0.9 + 0.36 * timesteps)
    for axes, every in zip(panels, (False, True), strict=True):
        _draw_states(axes, states, every=every)
        axes.set_yticks(range(timesteps), words)
        shape = f"(1, {timesteps}, {units})" if every else f"(1, {units})"
        axes.set_title(f"return_sequences={every}: {shape}")
    return figure, (
        f"Twice the same {timesteps} steps ({', '.join(words)}) with "
        f"{units} numbers each. On the left only the last row is filled: "
        f"the output has the shape (1, {units}). On the right every row is "
        f"filled: (1, {timesteps}, {units}). The last rows are the same."
    )


def _draw_states(axes: Axes, states: np.ndarray, *, every: bool) -> None:
    """Draw a row a step, dark where far from 0; rows kept back are empty."""
    timesteps, units = states.shape
    letters = {"ha": "center", "va": "center", "fontsize": 8.5}
    colour = theme.COLORS["hidden_state"]
    for t in range(timesteps):
        handed_on = every or t == timesteps - 1
        for unit in range(units):
            value = states[t, unit]
            look = {
                "facecolor": tint(colour, abs(value)) if handed_on else "none",
                "edgecolor": theme.COLORS["line"],
                "linestyle": "-" if handed_on else ":",
            }
            place = (unit - 0.5, t - 0.44)
            axes.add_patch(Rectangle(place, 1, 0.88, **look))
            if handed_on:
                text = minus(f"{value:+.2f}")
                ink = "white" if abs(value) > 0.75 else "black"
                axes.text(unit, t, text, color=ink, **letters)
    axes.set(xlim=(-0.5, units - 0.5), ylim=(timesteps - 0.5, -0.5))
    axes.set_xticks(range(units), [f"unit {u + 1}" for u in range(units)])
    axes.grid(visible=False)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)


def cropped(view: View) -> View:
    """Cut the paper above and below what a widget's picture shows.

    Raises:
        TypeError: The picture is no drawing, or there is none.
    """
    drawing = view.figure
    if not isinstance(drawing, Drawing):
        raise TypeError(
            "cropped takes a view with a drawing, got "
            f"{type(drawing).__name__}"
        )
    low = min(box.bottom[1] for box in drawing.boxes) - 8
    high = max(box.top[1] for box in drawing.boxes) + 8
    drawing.plane.set_ylim(low, high)
    drawing.height = high - low
    drawing.set_figheight(drawing.height / 72)
    return view


def window(
    temperatures: Any, start: int, *, read: int = 12, ahead: int = 6
) -> tuple[Figure, str]:
    """Draw three days of hourly readings and one window in them.

    Args:
        temperatures: One reading an hour, three days of them or more.
        start: The first hour of the window.
        read: Hours that are read.
        ahead: From the last hour read to the hour that is asked for.
    """
    days = np.asarray(temperatures, dtype=float)[: 3 * 24]
    figure, axes = theme.subplots(height=2.7)
    axes.plot(days, color=theme.COLORS["line"], linewidth=1.5)
    hours = np.arange(start, start + read)
    last, asked = hours[-1], hours[-1] + ahead
    axes.plot(hours, days[hours], "o", color=theme.COLORS["input"], ms=5)
    axes.plot(asked, days[asked], "s", color=theme.COLORS["output"], ms=7)
    axes.hlines(days[last], last, asked, theme.COLORS["muted"], ":")
    fraction = axes.get_xaxis_transform()
    for x, text, meaning in (
        (hours.mean(), f"{read} hours are read", "input"),
        (asked + 1, f"warmer, {ahead} hours later?", "output"),
    ):
        align = "center" if meaning == "input" else "left"
        axes.text(
            x,
            1.03,
            text,
            color=theme.COLORS[meaning],
            transform=fraction,
            ha=align,
            fontsize=9,
        )
    axes.set_xticks(range(0, 3 * 24 + 1, 12))
    axes.set(xlabel="hour", ylabel="°F", xlim=(0, 3 * 24))
    answer = "warmer" if days[asked] > days[last] else "not warmer"
    return figure, (
        "Three days of hourly temperatures, a wave each day. Blue dots mark "
        f"a window of {read} hours that are read; a square marks the hour "
        f"{ahead} later, which is {answer} than the last of them."
    )


def accuracy_by_hour(
    seeds: Any,
    others: Mapping[str, Any],
    never: Any,
    at_the_end: Sequence[float],
) -> tuple[Figure, str]:
    """Draw how often an answer after each hour is right.

    Args:
        seeds: Accuracy of a network after each hour, (seeds, hours).
        others: Name -> accuracy of what learns each hour by itself,
            (hours,); two of them.
        never: Accuracy of always answering no, (hours,).
        at_the_end: Accuracy of the networks that answer at the last hour
            only, one for each seed.
    """
    seeds = np.asarray(seeds, dtype=float)
    hours = np.arange(1, seeds.shape[1] + 1)
    figure, axes = theme.subplots(height=3.8)
    _draw_networks(axes, seeds, at_the_end)
    for (name, values), (style, fill) in zip(
        others.items(), (("s--", "full"), ("D-.", "none")), strict=True
    ):
        look = {"color": theme.COLORS["weight"], "fillstyle": fill}
        axes.plot(hours, values, style, ms=5, label=name, **look)
    muted = theme.COLORS["muted"]
    axes.plot(hours, never, ":", color=muted, label="always no")
    axes.set(xlabel="hours read", ylabel="accuracy")
    figure.legend(loc="outside lower center", ncols=2)
    lines = {"The networks with a head at every hour": seeds}
    lines |= {f"The {name}": [values] for name, values in others.items()}
    lines |= {"Always answering no": [never]}
    return figure, (
        f"Accuracy after each of {len(hours)} hours, {len(seeds)} seeds of a "
        "SimpleRNN and what it is compared with. "
        + " ".join(
            f"{name}: {_span(values, 0)} after hour 1, {_span(values, 2)} "
            f"after hour 3, {_span(values, -1)} after hour {hours[-1]}."
            for name, values in lines.items()
        )
        + " Networks of the same seeds that answer there only: "
        f"{_span(np.reshape(at_the_end, (-1, 1)), 0)}."
    )


def _draw_networks(
    axes: Axes, seeds: np.ndarray, at_the_end: Sequence[float]
) -> None:
    """Draw a line a seed and, aside, the network for the last hour only."""
    hours = np.arange(1, seeds.shape[1] + 1)
    last, aside = hours[-1], hours[-1] + 1.3
    look = {"color": theme.COLORS["hidden_state"], "linewidth": 1.3}
    every = "SimpleRNN, one head at every hour"
    alone = f"the same seed, hour {last} only"
    for values, only in zip(seeds, at_the_end, strict=True):
        axes.plot(hours, values, "o-", ms=3, label=every, **look)
        ends = (last, aside), (values[-1], only)
        ring = {"ms": 8, "fillstyle": "none", "markevery": [1]}
        axes.plot(*ends, "o:", label=alone, **ring, **look)
        every = alone = None  # The legend names them once.
    axes.set_xticks([*hours, aside], [*hours, f"{last}\nonly"])


def _span(lines: Any, place: int) -> str:
    """Return the lowest and the highest of some lines at a place."""
    there = [values[place] for values in lines]
    low, high = (f"{edge:.2f}" for edge in (min(there), max(there)))
    return low if low == high else f"{low} to {high}"


def answers_in_turn(
    window: Any, probabilities: Any, answers: Any
) -> tuple[Figure, str]:
    """Draw one window and, below it, an answer after each of its hours.

    Args:
        window: Its temperatures, the hours read and those after, (hours,).
        probabilities: What networks say after each hour read: how probable
            it is that the right answer is yes, (seeds, hours read).
        answers: Whether it is, (hours read,).
    """
    answers = np.asarray(answers, dtype=bool)
    read = np.arange(1, len(answers) + 1)
    figure, (above, below) = theme.subplots(2, 1, height=3.9, sharex=True)
    hours = np.arange(1, len(window) + 1)
    above.plot(hours, window, color=theme.COLORS["line"], linewidth=1.5)
    blue = theme.COLORS["input"]
    above.plot(read, window[: len(read)], "o", color=blue, label="read")
    above.set(ylabel="°F")
    look = {"color": theme.COLORS["output"], "linewidth": 1.3}
    for place, values in enumerate(probabilities):
        label = "probability of “warmer”, a line for each seed"
        below.plot(read, values, label=None if place else label, **look)
    for warmer, fill, text in (
        (True, theme.COLORS["text"], "it was warmer"),
        (False, "none", "it was not"),
    ):
        below.plot(
            read[answers == warmer],
            answers[answers == warmer],
            "s",
            ms=6,
            color=theme.COLORS["text"],
            mfc=fill,
            label=text,
        )
    below.axhline(0.5, color=theme.COLORS["muted"], linestyle=":")
    below.set(xlabel="hour of the window", ylim=(-0.1, 1.1))
    below.set_xticks(hours)
    figure.legend(loc="outside lower center", ncols=4)
    right = (np.asarray(probabilities) > 0.5) == answers
    yes = ", ".join(str(hour) for hour in read[answers])
    return figure, (
        f"Above, {len(window)} hours of temperature, of which the first "
        f"{len(read)} are read. Below, how probable each of "
        f"{len(probabilities)} seeds calls it, after each hour read, that "
        f"it is warmer {len(window) - len(read)} hours later. It is after "
        f"the hours {yes}. The answers of the seeds that are right, from "
        f"the first hour to the last: {right.sum(axis=0).tolist()}."
    )


def overlaid_curves(
    runs: Mapping[str, Mapping[str, Sequence[float]]], metrics: Sequence[str]
) -> tuple[Figure, str]:
    """Draw training curves that may hide one another, a panel a metric.

    Each run is drawn thinner than the one before it, so that curves which
    lie on one another both show.

    Args:
        runs: Name of the run -> metric -> one value an epoch; two runs, a
            head that serves and one that does not.
        metrics: Which of them get a panel.
    """
    figure, panels = theme.subplots(1, len(metrics), squeeze=False, height=3)
    for axes, metric in zip(panels[0], metrics, strict=True):
        for index, (name, curves) in enumerate(runs.items()):
            values = curves[metric]
            axes.plot(
                range(1, len(values) + 1),
                values,
                color=theme.COLORS[("output", "weight")[index]],
                linewidth=7 / 3**index,
                alpha=0.45 if index == 0 else 1,
                label=name,
            )
        axes.set(xlabel="epoch", title=f"training {metric}")
    handles, labels = panels[0][0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=len(runs))
    return figure, (
        f"Training {' and '.join(metrics)} against the epoch, a panel each. "
        + " ".join(
            f"{metric} of {name}: from {curves[metric][0]:.1f} to "
            f"{curves[metric][-1]:.1f}."
            for metric in metrics
            for name, curves in runs.items()
        )
        + " A later run is drawn thinner, so that equal curves both show."
    )
