"""Plots of temperatures: the year, hours with faults, answers, forecasts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from utils import theme
from utils.arguments import check_length
from utils.intervals import share_interval

MINUTE_TICKS = {0: "09:00", 20: "09:20", 40: "09:40", 59: "09:59"}
"""Minute -> its name below an hour of readings."""


def year_and_day(
    times: Any, celsius: Any, shaded: Mapping[str, Sequence[int]]
) -> tuple[Figure, str]:
    """Draw the range of each day of the year, and two days hour by hour.

    Args:
        times: datetime64, one an hour of a whole year, (hours,).
        celsius: °C, (hours,).
        shaded: Name -> months, from 1 to 12, that are marked in the year.

    Raises:
        ValueError: There are not as many temperatures as times.
    """
    times, celsius = np.asarray(times), np.asarray(celsius)
    check_length("celsius", celsius, "times", times)
    figure, (year, day) = theme.subplots(1, 2, height=3.2, sharey=True)
    days, first = np.unique(times.astype("datetime64[D]"), return_index=True)
    low = np.minimum.reduceat(celsius, first)
    high = np.maximum.reduceat(celsius, first)
    year.fill_between(days, low, high, color=theme.COLORS["input"])
    months = times.astype("datetime64[M]").astype(int) % 12 + 1
    for colour, (name, chosen) in zip(
        (theme.COLORS["line"], theme.COLORS["hidden_state"]),
        shaded.items(),
        strict=False,
    ):
        for place, number in enumerate(chosen):
            inside = times[months == number]
            label = name if place == 0 else None
            year.axvspan(
                inside[0],
                inside[-1],
                color=colour,
                alpha=0.3,
                label=label,
                zorder=0.5,
            )
    ticks = [np.datetime64(f"{days[0]!s:.4}-{m:02d}") for m in (1, 4, 7, 10)]
    year.set_xticks(ticks, ["Jan", "Apr", "Jul", "Oct"])
    year.set(title="coldest to warmest hour", ylabel="°C")
    year.legend(loc="upper left")
    year.set_ylim(0, 30)
    for number, name in ((6, "15 June"), (12, "15 December")):
        chosen = times.astype("datetime64[D]") == (
            times[months == number][0].astype("datetime64[D]") + 14
        )
        day.plot(np.arange(chosen.sum()), celsius[chosen], "o-", ms=3)
        day.annotate(
            name,
            (0, celsius[chosen][0]),
            xytext=(0, 8),
            textcoords="offset points",
        )
    day.axvspan(9, 10, color=theme.COLORS["line"], alpha=0.3)
    day.set_xticks([0, 6, 9, 12, 18, 23])
    day.set(title="two days", xlabel="hour (shaded: 09 to 10)")
    return figure, (
        "Left, for every day of the year a bar from the coldest to the "
        "warmest hour: one smooth hill from winter to summer and back, "
        f"with the months of {' and '.join(shaded)} shaded. Right, 15 June "
        "and 15 December hour by hour: both rise through the shaded hour "
        "from nine to ten, June more steeply."
    )


def faults(
    normal: Any, damaged: Mapping[str, np.ndarray]
) -> tuple[Figure, str]:
    """Draw one hour four times, each time with another fault.

    Args:
        normal: °C, as it was before each fault, (faults, 60).
        damaged: Fault -> °C, (60,).

    Raises:
        ValueError: There are not as many normal hours as faults.
    """
    normal = np.atleast_2d(normal)
    check_length("normal", normal, "damaged", damaged)
    rows = -(-len(damaged) // 2)
    figure, panels = theme.subplots(
        rows, 2, height=1.9 * rows, sharex=True, squeeze=False
    )
    for axes, was, (name, now) in zip(
        panels.flat, normal, damaged.items(), strict=False
    ):
        _hour(axes, was, theme.COLORS["line"], size=9, name="as measured")
        moved = np.flatnonzero(was != now)
        _hour(axes, now, theme.COLORS["input"], size=9, name="unchanged")
        axes.scatter(
            moved,
            np.asarray(now)[moved],
            s=14,
            color=theme.COLORS["hidden_state"],
            label="changed by the fault",
            zorder=3,
        )
        axes.set_title(name)
    handles, labels = panels.flat[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=3)
    return figure, (
        "The same morning with one fault a panel, the readings it changed "
        f"in colour: {', '.join(damaged)}. Grey dots show what was measured."
    )


def _hour(
    axes: Axes, readings: Any, colour: str, *, size: float, name: str
) -> None:
    """Draw the readings of an hour as dots."""
    minutes = np.arange(len(readings))
    axes.scatter(minutes, readings, s=size, color=colour, label=name)
    axes.set_xticks(list(MINUTE_TICKS), list(MINUTE_TICKS.values()))
    axes.set_ylabel("°C")


def same_values(one: Any, other: Any) -> tuple[Figure, str]:
    """Draw two hours as they were read, and both sorted.

    Args:
        one: °C, a normal hour, (60,).
        other: The same values in another order, (60,).

    Raises:
        ValueError: The two do not hold the same values.
    """
    one, other = np.asarray(one), np.asarray(other)
    if not np.array_equal(np.sort(one), np.sort(other)):
        raise ValueError(
            "other takes the values of one in another order, got other values"
        )
    figure, (left, right) = theme.subplots(1, 2, height=2.9, sharey=True)
    colours = theme.COLORS["input"], theme.COLORS["hidden_state"]
    names = "normal", "swapped"
    for hour, colour, name in zip((one, other), colours, names, strict=True):
        left.plot(hour, "o", ms=3.5, color=colour, label=name)
    left.set_xticks(list(MINUTE_TICKS), list(MINUTE_TICKS.values()))
    left.set(title="in the order of the minutes", ylabel="°C")
    figure.legend(loc="outside lower center", ncols=2)
    right.plot(np.sort(one), "o", ms=7, color=colours[0])
    right.plot(np.sort(other), "o", ms=3, color=colours[1])
    right.set(title="sorted", xlabel="rank")
    return figure, (
        "Left, a normal hour rises while in the swapped one two blocks of "
        "readings have changed places. Right, both sorted: every dot of one "
        "lies on a dot of the other."
    )


def found_by_size(
    sizes: Mapping[str, Any],
    found: Mapping[str, Mapping[str, Any]],
    *,
    units: Mapping[str, str],
    bins: int = 4,
) -> tuple[Figure, str]:
    """Draw the share of faults found against their size, a panel a fault.

    Args:
        sizes: Fault -> the size of each, (samples,).
        found: Model -> fault -> whether it was found, (samples,).
        units: Fault -> what its size is measured in.
        bins: Groups of equally many faults that a share is taken of.

    Raises:
        ValueError: An answer is missing, or there are fewer faults than
            bins.
    """
    figure, panels = theme.subplots(
        1, len(sizes), height=3.0, sharey=True, squeeze=False
    )
    for axes, (fault, size) in zip(panels[0], sizes.items(), strict=True):
        for colour, mark, (model, answers) in zip(
            theme.SERIES, "os^D", found.items(), strict=False
        ):
            check_length("found", answers[fault], "sizes", size)
            middles, shares = _shares(size, answers[fault], bins)
            axes.errorbar(
                middles,
                shares[:, 0],
                yerr=np.abs(shares[:, 1:] - shares[:, :1]).T,
                fmt=f"{mark}-",
                markersize=5,
                linewidth=1.4,
                color=colour,
                label=model,
            )
        axes.set(title=fault, xlabel=units[fault], ylim=(-0.04, 1.08))
    panels[0][0].set_ylabel("share found")
    handles, labels = panels[0][0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=4)
    return figure, (
        f"The share of faults that {' and '.join(found)} find against the "
        f"size of the fault, a panel each for {', '.join(sizes)}, every dot "
        "with its 95% interval."
    )


def _shares(
    size: Any, found: Any, bins: int
) -> tuple[list[float], np.ndarray]:
    """Return the mean size of each group, and its share with bounds.

    Raises:
        ValueError: There are fewer faults than bins.
    """
    size, found = np.asarray(size), np.asarray(found)
    if len(size) < bins:
        raise ValueError(
            f"sizes takes at least {bins} of each fault, got {len(size)}"
        )
    groups = np.array_split(np.argsort(size, kind="stable"), bins)
    shares = [share_interval(int(found[g].sum()), len(g)) for g in groups]
    return [float(size[g].mean()) for g in groups], np.array(shares)


def forecast(
    times: Any, celsius: Any, forecasts: Mapping[str, Any]
) -> tuple[Figure, str]:
    """Draw some hours and what was forecast for each, and the errors.

    Args:
        times: datetime64, (hours,).
        celsius: °C, as it was, (hours,).
        forecasts: Name -> °C, (hours,).

    Raises:
        ValueError: A forecast has not one value an hour.
    """
    figure, (above, below) = theme.subplots(2, 1, height=4.4, sharex=True)
    hours = np.arange(len(times))
    above.plot(
        hours,
        celsius,
        "o",
        ms=5,
        color=theme.COLORS["text"],
        label="as it was",
    )
    for colour, style, (name, values) in zip(
        theme.SERIES, ("-", "--", ":", "-."), forecasts.items(), strict=False
    ):
        check_length("forecasts", values, "times", times)
        above.plot(hours, values, style, color=colour, lw=1.5, label=name)
        below.plot(
            hours, np.abs(values - celsius), style, color=colour, lw=1.5
        )
    clock = times.astype("datetime64[h]").astype(int) % 24
    ticks = np.flatnonzero(clock % 6 == 0)
    below.set_xticks(ticks, [f"{clock[tick]:02d}:00" for tick in ticks])
    above.set(ylabel="°C")
    below.set(ylabel="error, °C", ylim=(0, None))
    figure.legend(loc="outside lower center", ncols=3)
    return figure, (
        f"{len(hours)} hours as they were and as forecast by "
        f"{', '.join(forecasts)}; below, the size of each error."
    )
