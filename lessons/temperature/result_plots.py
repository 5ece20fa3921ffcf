"""Plots of what the models make of the temperatures.

A model has its colour in all of them: the GRU orange, the forest on features
green, the forest on sorted readings brown, any other dark grey; a forecast
without a model is a lighter grey.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from lessons.temperature import readings
from lessons.temperature.plots import below
from utils import theme
from utils.intervals import Interval

READ, OTHER, FAINT = (theme.COLORS[c] for c in ("input", "muted", "line"))

MODELS = {
    "GRU": theme.COLORS["hidden_state"],
    "features": theme.COLORS["cell_state"],
    "sorted readings": theme.COLORS["gate"],
}
"""First words of a model's name -> its colour; all others are dark grey."""

TRAINED = readings.MONTHS["train"]
"""Numbers of the months that the detectors were trained on."""

MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
"""Names, in the order of the year."""


def _colour(model: str) -> str:
    """Return the colour of a model."""
    for name, colour in MODELS.items():
        if model.startswith(name):
            return colour
    return theme.COLORS["weight"]


def compared(
    results: Mapping[str, Interval],
    xlabel: str,
    *,
    reference: float | None = None,
) -> tuple[Figure, str]:
    """Draw each result as a dot with its 95% interval, one below another.

    Args:
        results: Name of a model -> value with its bounds.
        xlabel: What is measured.
        reference: Where a dashed line stands.
    """
    figure, axes = theme.subplots(height=0.8 + 0.3 * len(results))
    for row, (name, (value, low, high)) in enumerate(results.items()):
        colour = _colour(name)
        axes.plot([low, high], [row, row], color=colour, linewidth=3)
        axes.plot(value, row, "o", color=colour, markersize=7)
    axes.set_yticks(range(len(results)), list(results))
    axes.set_ylim(len(results) - 0.5, -0.5)
    axes.grid(axis="y", visible=False)
    axes.set_xlabel(xlabel)
    line = ""
    if reference is not None:
        axes.axvline(reference, color=OTHER, linestyle="--", lw=1.2)
        line = f" A dashed line stands at {reference:g}."
    return figure, (
        f"{xlabel[:1].upper()}{xlabel[1:]} of {', '.join(results)}, each a "
        "dot on a bar that spans its 95% interval over seeds and days." + line
    )


def found_by_size(
    table: pd.DataFrame, units: Mapping[str, str]
) -> tuple[Figure, str]:
    """Draw the share of faults found against their size, a line a seed.

    Args:
        table: Columns ``model``, ``seed``, ``kind``, ``size``, ``found``.
        units: Fault -> what its size is measured in.
    """
    figure, panels = theme.subplots(1, len(units), height=2.6, sharey=True)
    models = [*dict.fromkeys(table.model)]
    for axes, (fault, unit) in zip(panels, units.items(), strict=True):
        for mark, model in zip("os^D", models, strict=False):
            rows = table[(table.kind == fault) & (table.model == model)]
            for _, line in rows.groupby("seed"):
                axes.plot(
                    line["size"],
                    line.found,
                    f"{mark}-",
                    ms=3.5,
                    lw=1,
                    color=_colour(model),
                    label=model,
                )
        axes.set(title=fault, xlabel=unit, ylim=(-0.04, 1.04))
    panels[0].set_ylabel("share found")
    below(figure, panels[0])
    return figure, (
        f"The share of faults found by {' and '.join(models)}, a line for "
        "each seed, against the size of the fault, a panel each for "
        f"{', '.join(units)}; every dot is a quarter of the faults."
    )


def alarms_by_rise(table: pd.DataFrame, rises: Any) -> tuple[Figure, str]:
    """Draw how often normal hours are called faulty, against their rise.

    A month is a dot, the mean of the seeds.

    Args:
        table: Columns ``seed``, ``month``, ``rise``, ``called``; month 0
            stands for made-up hours.
        rises: °C, of the mornings of the training part.
    """
    figure, (axes, lower) = theme.subplots(
        2, 1, height=3.6, sharex=True, height_ratios=(3, 1)
    )
    for _, line in table[table.month == 0].groupby("seed"):
        axes.plot(
            line.rise, line.called, lw=1, color=_colour("GRU"),
            label="made-up hours, a line a seed",
        )  # fmt: skip
    months = table[table.month > 0].groupby("month")[["rise", "called"]].mean()
    trained = months.index.isin(TRAINED)
    for chosen, fill, name in (
        (trained, READ, "month trained on"),
        (~trained, "white", "month not trained on"),
    ):
        axes.plot(
            months.rise[chosen], months.called[chosen], "o", ms=4.5,
            color=READ, mfc=fill, label=name,
        )  # fmt: skip
    if 6 in months.index:
        axes.annotate(
            "Jun", tuple(months.loc[6]), xytext=(0, 22),
            textcoords="offset points", ha="center", fontsize=9,
            arrowprops={"arrowstyle": "-", "color": OTHER, "lw": 0.8},
        )  # fmt: skip
    outer = months[(months.rise < 0.9) | (months.rise > 1.1)]
    gaps = np.diff(outer.rise.sort_values(), append=np.inf)
    for gap, (number, (rise, called)) in zip(
        gaps, outer.sort_values("rise").iterrows(), strict=True
    ):
        side = -1 if gap < 0.05 else 1  # away from a near neighbour
        axes.annotate(
            MONTHS[int(number) - 1],
            (rise, called),
            xytext=(6 * side, -4),
            textcoords="offset points",
            ha="left" if side > 0 else "right",
            fontsize=9,
            bbox={"fc": "white", "ec": "none", "pad": 0.5, "alpha": 0.8},
        )
    ticks = (0.01, 0.03, 0.1, 0.3, 1)
    axes.set(ylabel="called faulty", yscale="log", ylim=(0.005, 1.1))
    axes.set_yticks(ticks, [f"{tick:.0%}" for tick in ticks])
    axes.minorticks_off()
    below(figure, axes)
    lower.hist(rises, bins=np.arange(0.15, 1.66, 0.1), color=READ)
    lower.set(
        ylabel="mornings\nin training", xlabel="rise from 09:00 to 10:00, °C"
    )
    return figure, (
        "The share of normal hours called faulty, on a logarithmic axis, "
        "against how far they rise from nine to ten: a U. The twelve months, "
        "each the mean of the seeds, lie along it, the four not "
        "trained on as hollow dots: June at the bottom, December beside "
        "January, highest, on the left arm. Below, "
        "how many training mornings rise so far: from 0.5 to 1.3 °C, few at "
        "either end; beyond the last bars the U climbs steeply."
    )


def forecast_weeks(
    first: Any,
    measured: Any,
    forecasts: Mapping[str, Any],
    rows: Sequence[int],
) -> tuple[Figure, str]:
    """Draw what was seen, what came, and what was forecast.

    Args:
        first: datetime64[D], (samples,): the first day of each sample.
        measured: °C, (samples, past and following days).
        forecasts: Model -> °C, (samples, following days).
        rows: The samples that are drawn, a panel each.
    """
    styles = {"as today": "--", "season": ":"}
    figure, panels = theme.subplots(1, len(rows), height=2.6, sharey=True)
    dates = []
    for axes, row in zip(panels, rows, strict=True):
        ahead = np.shape(next(iter(forecasts.values())))[1]
        past = len(measured[row]) - ahead
        day = np.arange(1 - past, 1 + ahead)
        axes.axvspan(day[0] - 0.5, 0.5, color=FAINT, alpha=0.3, lw=0)
        axes.plot(
            day, measured[row], "o-", color=READ, ms=4, lw=1, label="measured"
        )
        for model, values in forecasts.items():
            colour = OTHER if model in styles else _colour(model)
            axes.plot(
                day[past:], values[row], styles.get(model, "-"), lw=2,
                color=colour, label=model,
            )  # fmt: skip
        last = first[row] + np.timedelta64(past - 1, "D")
        dates.append(f"{last.item():%d %B}".lstrip("0"))
        axes.set(title=f"day 0 is {dates[-1]}", xlabel="day (shaded: seen)")
        axes.set_xticks([-6, -3, 0, 3, 7])
    panels[0].set_ylabel("warmest, °C")
    below(figure, panels[0])
    return figure, (
        f"Two weeks each around {' and '.join(dates)}: the week that was "
        "seen, and the measured week after it with the forecasts "
        f"{', '.join(forecasts)}. As today stays at the height of the last "
        "day; the network starts between it and the season and ends near "
        "the season, while the measured days go up and down."
    )


def by_lead(errors: Mapping[str, Any]) -> tuple[Figure, str]:
    """Draw the error of forecasts against how far ahead they look.

    Several seeds are thin lines, and their mean is a thick one.

    Args:
        errors: Model -> °C, (seeds, days ahead).
    """
    styles = {"as today": "--", "season": ":"}
    figure, axes = theme.subplots(height=2.6)
    for model, values in errors.items():
        seeds = np.atleast_2d(values)
        ahead = np.arange(1, seeds.shape[1] + 1)
        colour = OTHER if model in styles else _colour(model)
        for line in seeds[: len(seeds) if len(seeds) > 1 else 0]:
            axes.plot(ahead, line, color=colour, lw=0.7, alpha=0.7)
        axes.plot(
            ahead, seeds.mean(axis=0), styles.get(model, "-"), color=colour,
            lw=2.2, marker="o", ms=4, label=model,
        )  # fmt: skip
    lowest = min(np.min(values) for values in errors.values())
    bottom = np.floor(2 * lowest) / 2
    axes.set(
        xlabel="days ahead",
        ylabel="mean absolute error, °C",
        ylim=(bottom, None),
        title=f"error by days ahead (axis from {bottom:g} °C)",
    )
    below(figure, axes)
    means = {m: np.atleast_2d(v).mean(axis=0) for m, v in errors.items()}
    first, last = (
        ", ".join(sorted(means, key=lambda model: means[model][lead]))
        for lead in (0, -1)
    )
    return figure, (
        f"The mean absolute error against the days ahead, 1 to {len(ahead)}. "
        f"One day ahead, from low to high: {first}; at the end: {last}."
    )
