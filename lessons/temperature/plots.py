"""Plots of temperatures and of hours with faults.

Blue is what was read, orange what the network answers; grey is what they
are compared with.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from utils import theme
from utils.errors import check_length

MINUTE_TICKS = {0: "09:00", 20: "09:20", 40: "09:40", 59: "09:59"}
"""Minute -> its name below an hour of readings."""

READ, OTHER, FAINT = (theme.COLORS[c] for c in ("input", "muted", "line"))

ANSWER = theme.COLORS["hidden_state"]


def below(figure: Figure, axes: Axes) -> None:
    """Name each label of some axes once, below the panels."""
    handles, labels = axes.get_legend_handles_labels()
    once = dict(zip(labels, handles, strict=True))
    figure.legend(
        once.values(), once, loc="outside lower center", ncols=len(once)
    )


def _minutes(axes: Axes) -> None:
    """Name the minutes below an hour of readings."""
    axes.set_xticks(list(MINUTE_TICKS), list(MINUTE_TICKS.values()))


def year_and_day(
    times: Any, celsius: Any, shaded: Mapping[str, Sequence[int]]
) -> tuple[Figure, str]:
    """Draw the range of each day of the year, and two days hour by hour.

    Args:
        times: datetime64, one an hour of a whole year, (hours,).
        celsius: °C, (hours,).
        shaded: Name -> months, from 1 to 12, that are marked in the year;
            two names at most.

    Raises:
        ValueError: There are not as many temperatures as times.
    """
    times, celsius = np.asarray(times), np.asarray(celsius)
    check_length("celsius", celsius, "times", times)
    figure, (year, day) = theme.subplots(1, 2, height=2.8, sharey=True)
    days, first = np.unique(times.astype("datetime64[D]"), return_index=True)
    low = np.minimum.reduceat(celsius, first)
    high = np.maximum.reduceat(celsius, first)
    year.fill_between(days, low, high, color=READ)
    months = times.astype("datetime64[M]").astype(int) % 12 + 1
    for shade, (name, chosen) in zip(
        (0.25, 0.6), shaded.items(), strict=False
    ):
        for place, number in enumerate(chosen):
            inside = times[months == number]
            year.axvspan(
                inside[0],
                inside[-1],
                color=FAINT,
                alpha=shade,
                linewidth=0,
                label=name if place == 0 else None,
                zorder=0.5,
            )
    ticks = [np.datetime64(f"{days[0]!s:.4}-{m:02d}") for m in (1, 4, 7, 10)]
    year.set_xticks(ticks, ["Jan", "Apr", "Jul", "Oct"])
    year.set(title="coldest to warmest hour", ylabel="°C", ylim=(0, 30))
    year.legend(loc="upper left")
    for number, name, style in ((6, "15 June", "-"), (12, "15 December", ":")):
        start = times[months == number][0].astype("datetime64[D]") + 14
        chosen = times.astype("datetime64[D]") == start
        hours = celsius[chosen]
        day.plot(np.arange(len(hours)), hours, style, marker="o", ms=3, c=READ)
        day.annotate(
            name, (0, hours[0] + 1.5), bbox={"fc": "white", "ec": "none"}
        )
    day.axvspan(9, 10, color=FAINT, alpha=0.5)
    day.set_xticks([0, 6, 9, 12, 18, 23])
    day.set(title="two days", xlabel="hour (shaded: 09 to 10)")
    return figure, (
        "Left, for every day of the year a bar from the coldest to the "
        "warmest hour: one smooth hill from winter to summer and back, "
        f"with the months of {' and '.join(shaded)} shaded. Right, 15 June "
        "and, dotted, 15 December hour by hour: both rise through the shaded "
        "hour from nine to ten, June more steeply."
    )


def faults(
    normal: Any, damaged: Mapping[str, np.ndarray]
) -> tuple[Figure, str]:
    """Draw one hour four times, each time with another fault.

    Args:
        normal: °C, as it is without each fault, (faults, 60).
        damaged: Fault -> °C, (60,).

    Raises:
        ValueError: There are not as many normal hours as faults.
    """
    normal = np.atleast_2d(normal)
    check_length("normal", normal, "damaged", damaged)
    rows = -(-len(damaged) // 2)
    figure, panels = theme.subplots(
        rows,
        2,
        height=1.75 * rows,
        sharex=True,
        sharey=True,
        squeeze=False,
    )
    for axes, was, (name, now) in zip(
        panels.flat, normal, damaged.items(), strict=False
    ):
        _band([axes], was, now)
        _with_and_without(axes, was, now)
        axes.set_title(name)
    for axes in panels[:, 0]:
        axes.set_ylabel("°C")
    handles, labels = panels.flat[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=3)
    return figure, (
        "The same morning with one fault a panel, from the first to the last "
        f"reading that it changed a grey band: {', '.join(damaged)}. Hollow "
        "dots show what is read without the fault."
    )


def _band(
    panels: Sequence[Axes], was: Any, now: Any, length: int | None = None
) -> None:
    """Shade what a fault changed; two blocks where their length is known."""
    moved = np.flatnonzero(was != now)
    spans = [(block[0], block[-1]) for block in _blocks(moved)]
    if length is not None:
        first, last = moved[0], moved[-1]
        spans = [(first, first + length - 1), (last + 1 - length, last)]
    for axes in panels:
        for first, last in spans:
            axes.axvspan(first - 0.5, last + 0.5, color=FAINT, alpha=0.3, lw=0)


def _with_and_without(axes: Axes, was: Any, now: Any) -> None:
    """Draw an hour with a fault over the hour without it."""
    moved = np.flatnonzero(was != now)
    axes.scatter(
        moved,
        np.asarray(was)[moved],
        s=13,
        facecolors="none",
        edgecolors=OTHER,
        linewidths=0.8,
        label="without the fault",
    )
    axes.scatter(np.arange(len(now)), now, s=9, color=READ, label="with it")
    _minutes(axes)


def _blocks(minutes: np.ndarray) -> list[np.ndarray]:
    """Part minutes wherever more than eight are missing between two."""
    if not len(minutes):
        return []
    return np.split(minutes, np.flatnonzero(np.diff(minutes) > 8) + 1)


def same_values(one: Any, other: Any, length: int) -> tuple[Figure, str]:
    """Draw two hours as they were read, and both sorted.

    Args:
        one: °C, a normal hour, (60,).
        other: The same values with two blocks exchanged, (60,).
        length: Minutes in each block.

    Raises:
        ValueError: The two do not hold the same values.
    """
    one, other = np.asarray(one), np.asarray(other)
    if not np.array_equal(np.sort(one), np.sort(other)):
        raise ValueError(
            "other takes the values of one in another order, got other values"
        )
    figure, (left, right) = theme.subplots(1, 2, height=2.9, sharey=True)
    for axes, before, after in (
        (left, one, other),
        (right, np.sort(one), np.sort(other)),
    ):
        axes.plot(before, "o", ms=6, mfc="none", c=OTHER, label="normal")
        axes.plot(after, "o", ms=3, color=READ, label="swapped")
    moved = np.flatnonzero(one != other)
    for start in (moved[0], moved[-1] + 1 - length):
        left.axvspan(
            start - 0.3, start + length - 0.7, color=FAINT, alpha=0.3, lw=0
        )
    _minutes(left)
    left.set(title="in the order of the minutes", ylabel="°C")
    right.set(title="sorted", xlabel="rank")
    figure.legend(
        *left.get_legend_handles_labels(), loc="outside lower center", ncols=2
    )
    return figure, (
        "Left, a normal hour rises, and in the swapped one the two banded "
        "blocks of readings have changed places. Right, both sorted: every "
        "dot of one lies on a dot of the other."
    )


def running(
    hours: Mapping[str, Sequence[Any]],
    probabilities: Mapping[str, Sequence[Any]],
    lengths: Mapping[str, int],
) -> tuple[Figure, str]:
    """Draw hours with a fault, and below what a detector says so far.

    Args:
        hours: Fault -> °C without it and with it, (2, 60).
        probabilities: Fault -> of a fault, after each reading, without it
            and with it, (2, 60).
        lengths: Fault that exchanges two blocks -> minutes in each.
    """
    figure, panels = theme.subplots(
        2, len(hours), height=3.2, sharex=True, sharey="row"
    )
    for (above, answer), (fault, (was, now)) in zip(
        panels.T, hours.items(), strict=True
    ):
        _band([above, answer], was, now, lengths.get(fault))
        _with_and_without(above, was - was[0], now - was[0])
        above.set_title(fault)
        without, with_fault = probabilities[fault]
        answer.plot(
            without, "--", color=OTHER, lw=1.2, label="without the fault"
        )
        answer.plot(with_fault, color=ANSWER, lw=1.6, label="with it")
        answer.set_ylim(-0.03, 1.03)
        answer.set_xticks([0, 30, 59], ["09:00", "09:30", "09:59"], fontsize=8)
    panels[0, 0].set_ylabel("°C above 09:00")
    panels[1, 0].set_ylabel("probability\nof a fault")
    below(figure, panels[1, 0])
    return figure, (
        f"Above, an hour each with the fault {', '.join(hours)}, its span "
        "banded. Below, the probability of a fault after each reading, for "
        "this hour and, dashed, for the same hour without the fault: the two "
        "lines are one up to the fault and part within some minutes of it."
    )


def real_weather(
    days: Any, celsius: Any, season: Any, shaded: Mapping[str, int]
) -> tuple[Figure, str]:
    """Draw real days over the season that was fitted to some of them.

    Args:
        days: datetime64[D], (days,).
        celsius: The warmest temperature of each, °C, (days,).
        season: °C, (days,).
        shaded: Name -> year that is shaded; two at most.

    Raises:
        ValueError: There are not as many temperatures as days.
    """
    check_length("celsius", celsius, "days", days)
    figure, axes = theme.subplots(height=1.9)
    axes.plot(days, celsius, color=READ, lw=0.7, label="measured")
    axes.plot(days, season, color=OTHER, lw=1.6, label="season")
    for shade, (name, year) in zip((0.2, 0.45), shaded.items(), strict=False):
        first, last = (np.datetime64(f"{y}-01-01") for y in (year, year + 1))
        axes.axvspan(
            first, last, color=FAINT, alpha=shade, lw=0, label=name, zorder=0.5
        )
    axes.set(ylabel="warmest, °C", xlim=(days[0], days[-1]))
    below(figure, axes)
    return figure, (
        "The warmest temperature of each day over four years: a jagged line "
        "around the smooth curve of the season, often five degrees off it; "
        f"the years of {' and '.join(shaded)} are shaded."
    )
