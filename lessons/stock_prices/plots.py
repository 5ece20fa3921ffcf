"""Plots of prices, of their forecasts, and of how far the days swing.

Blue is what was measured, orange a recurrent network; grey is what they are
compared with, and green what is linear. A pair has the colour of its first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from utils import theme
from utils.intervals import Interval

READ, OTHER, FAINT = (theme.COLORS[c] for c in ("input", "muted", "line"))
NETWORK, LINEAR = (theme.COLORS[c] for c in ("hidden_state", "cell_state"))


def colour(model: str) -> str:
    """Return the colour of a model by what its name begins with."""
    kinds = {"GRU": NETWORK, "LSTM": NETWORK, "HAR": LINEAR, "linear": LINEAR}
    return next((kinds[k] for k in kinds if model.startswith(k)), OTHER)


def below(figure: Figure, axes: Axes) -> None:
    """Name each label of some axes once, below the panels."""
    handles, labels = axes.get_legend_handles_labels()
    once = dict(zip(labels, handles, strict=True))
    figure.legend(
        once.values(), once, loc="outside lower center", ncols=len(once)
    )


def famous(
    close: pd.Series, said: pd.Series, weeks: slice
) -> tuple[Figure, str]:
    """Draw a forecast over the price: all years, and some weeks.

    Args:
        close: In points, indexed by day.
        said: What was forecast for the same days.
        weeks: The days of the right panel.
    """
    figure, (years, zoom) = theme.subplots(
        1, 2, height=2.7, width_ratios=(3, 2)
    )
    for axes, days, size in ((years, slice(None), 0), (zoom, weeks, 3)):
        axes.plot(
            close[days], "o-", ms=size, lw=1.4, color=READ, label="price"
        )
        axes.plot(
            said[days], "o-", ms=size, lw=1.2, color=NETWORK, label="LSTM"
        )
    years.set(ylabel="S&P 500, points")
    years.set_title(f"{close.index[0].year} to {close.index[-1].year}")
    shown = close[weeks].index
    ticks = shown[[0, len(shown) // 2, -3]]
    zoom.set_xticks(ticks, [f"{day:%d %b}" for day in ticks])
    zoom.set_title(f"some weeks of {shown[0].year}")
    below(figure, years)
    return figure, (
        f"Left, the price from {close.index[0].year} to "
        f"{close.index[-1].year} and over it the forecast of the LSTM: the "
        "two lines are hardly told apart. Right, some weeks day by day: the "
        "forecast makes most turns about a day after the price."
    )


def moved(errors: pd.Series, correlation: pd.Series) -> tuple[Figure, str]:
    """Draw how well a forecast fits when it is moved by some days.

    Args:
        errors: Mean absolute error in points, indexed by days moved.
        correlation: Of the changes of forecast and price, by the same.
    """
    figure, (left, right) = theme.subplots(1, 2, height=2.5)
    best = errors.idxmin()
    shades = [NETWORK if days == best else FAINT for days in errors.index]
    left.bar(errors.index, errors, color=shades)
    left.set(title="error, points", xlabel="forecast moved back by, days")
    shades = [NETWORK if d == best else FAINT for d in correlation.index]
    right.bar(correlation.index, correlation, color=shades)
    right.set(
        title="correlation of daily changes",
        xlabel="forecast moved back by, days",
    )
    for axes in (left, right):
        axes.set_xticks(errors.index)
    return figure, (
        "Two bar charts against the days by which the forecast is moved "
        f"back. The error is smallest at {best} and the correlation of the "
        f"daily changes largest at {correlation.idxmax()}; as it is, not "
        f"moved, the correlation is {correlation[0]:.1f}."
    )


def beyond(
    close: pd.Series, said: pd.DataFrame, highest: float
) -> tuple[Figure, str]:
    """Draw forecasts of prices that are higher than any seen in training.

    Args:
        close: In points, indexed by day.
        said: What was forecast for the same days, a column a seed.
        highest: The highest price of the training years.
    """
    figure, axes = theme.subplots(height=2.6)
    axes.plot(close, color=READ, lw=1.6, label="price")
    for _, line in said.items():
        axes.plot(line, color=NETWORK, lw=1, label="LSTM, a line a seed")
    axes.axhline(
        highest, color=OTHER, ls="--", lw=1.2, label="highest in training"
    )
    axes.set(ylabel="S&P 500, points")
    below(figure, axes)
    return figure, (
        "The price from 2008 to 2018 and the forecasts: up to the dashed "
        "line of the highest price in training they lie on it, above that "
        "line they stay more and more behind, each seed in its own way."
    )


LEAK_TICKS = (1, 3, 10, 30, 100, 300)
"""Points of error that the axis names."""


def leak_errors(runs: pd.DataFrame) -> tuple[Figure, str]:
    """Draw the error of every seed of every recipe, a panel for some years.

    Args:
        runs: ``leaks.csv``: columns ``recipe``, ``years``, ``leak`` (the
            error of the recipe) and ``yesterday``, in points.
    """
    names = list(runs.recipe.unique())
    panels = runs.groupby("years")
    figure, drawn = theme.subplots(1, len(panels), height=2.9, sharey=True)
    words = []
    for axes, (years, rows) in zip(drawn, panels, strict=True):
        place = [-names.index(name) for name in rows.recipe]
        axes.plot(
            rows.leak, place, "o", ms=4, alpha=0.6, color=NETWORK,
            label="LSTM, a dot a seed",
        )  # fmt: skip
        axes.axvline(
            rows.yesterday.mean(), color=OTHER, ls="--", lw=1.2,
            label="as yesterday",
        )  # fmt: skip
        axes.set(title=years, xscale="log", xlabel="error, points")
        axes.set_xlim(1, 400)
        axes.set_xticks(LEAK_TICKS, list(map(str, LEAK_TICKS)))
        axes.minorticks_off()
        spread = rows.groupby("recipe", sort=False).leak.agg(["min", "max"])
        said = [f"{n} {a:.0f} to {b:.0f}" for n, a, b in spread.itertuples()]
        words.append(f"{years}: {', '.join(said)}")
    drawn[0].set_yticks(range(0, -len(names), -1), names)
    below(figure, drawn[0])
    return figure, (
        "Eight dots for each recipe, on a logarithmic scale, and a dashed "
        f"line for as yesterday at 12 points. {'. '.join(words)}."
    )


def memory(series: Mapping[str, pd.Series], lags: int) -> tuple[Figure, str]:
    """Draw the autocorrelation of several series, a line each.

    Args:
        series: Name -> one value a day.
        lags: Days up to which it is drawn.
    """
    figure, axes = theme.subplots(height=2.5)
    days = np.arange(1, lags + 1)
    styles = ("o:", "s--", "^-")
    first = {}
    for (name, values), style in zip(series.items(), styles, strict=False):
        found = [values.autocorr(int(lag)) for lag in days]
        first[name] = found[0]
        axes.plot(days, found, style, ms=3, lw=1.3, color=READ, label=name)
    axes.axhline(0, color=FAINT, lw=0.8)
    axes.set(xlabel="days later", ylabel="autocorrelation")
    below(figure, axes)
    return figure, (
        f"The autocorrelation after 1 to {lags} days. "
        + "; ".join(f"{name} starts at {v:.1f}" for name, v in first.items())
        + ". The changes stay near 0 throughout, the others fall slowly and "
        "are above 0 to the end."
    )


def by_year(
    panels: Mapping[str, Mapping[str, Mapping[Any, Interval]]],
) -> tuple[Figure, str]:
    """Draw differences year by year, with their intervals.

    Args:
        panels: Title -> model -> year -> the difference.
    """
    figure, drawn = theme.subplots(1, len(panels), height=2.8, squeeze=False)
    for axes, (title, models) in zip(drawn[0], panels.items(), strict=True):
        for place, (model, years) in enumerate(models.items()):
            shift = 0.3 * (place - (len(models) - 1) / 2)
            for number, value in enumerate(years.values()):
                axes.plot(
                    [number + shift] * 2, value[1:], color=colour(model), lw=1
                )
                axes.plot(
                    number + shift, value.value, "o", ms=4,
                    color=colour(model), label=model,
                )  # fmt: skip
        axes.axhline(0, color=OTHER, lw=1)
        axes.set_xticks(
            range(len(years)), [str(y)[-2:] if y else "" for y in years]
        )
        axes.set(title=title, xlabel="year")
    below(figure, drawn[0, 0])
    said = [
        f"{title}: of {len(years)} intervals of the {model} "
        f"{sum(v.low > 0 or v.high < 0 for v in years.values())} exclude zero"
        for title, models in panels.items()
        for model, years in models.items()
    ]
    return figure, (
        "Differences by year, 2008 to 2018, with their intervals, around a "
        f"line at zero. {'; '.join(said)}."
    )


def swings(
    measured: pd.Series,
    forecasts: Mapping[str, pd.Series],
    years: Sequence[int],
) -> tuple[Figure, str]:
    """Draw the range of each day and what was forecast, a panel a year.

    Args:
        measured: Range in per cent, indexed by day.
        forecasts: Model -> range in per cent, indexed by day.
        years: One for each panel.
    """
    figure, panels = theme.subplots(1, len(years), height=2.7)
    for axes, year in zip(panels, years, strict=True):
        axes.plot(
            measured[f"{year}"], ".", ms=3.5, color=READ, label="measured"
        )
        for model, values in forecasts.items():
            axes.plot(
                values[f"{year}"], lw=1.4, color=colour(model), label=model
            )
        months = pd.to_datetime([f"{year}-{m:02d}-01" for m in (1, 5, 9)])
        axes.set_xticks(months, [f"{day:%b}" for day in months])
        axes.set(title=str(year), ylim=(0, None))
    panels[0].set_ylabel("range of the day, %")
    below(figure, panels[0])
    tops = " and ".join(
        f"up to {measured[f'{year}'].max():.0f}% in {year}" for year in years
    )
    return figure, (
        f"The range of each day, {tops}, as dots, and the forecasts "
        f"{' and '.join(forecasts)} as lines through them: the lines follow "
        "the level, and miss the single days."
    )


def against(
    differences: Mapping[str, Mapping[str, Interval]], measure: str
) -> tuple[Figure, str]:
    """Draw differences between pairs of models, with their intervals.

    Args:
        differences: Years -> pair of models -> the difference.
        measure: What it is a difference of.
    """
    figure, panels = theme.subplots(
        1, len(differences), height=2.5, sharey=True, squeeze=False
    )
    names: list[str] = []
    for axes, (title, pairs) in zip(
        panels[0], differences.items(), strict=True
    ):
        names = list(pairs)
        for place, (name, value) in enumerate(pairs.items()):
            shade = colour(name)
            axes.plot(value[1:], [-place] * 2, color=shade, lw=1.6)
            axes.plot(value.value, -place, "o", ms=5, color=shade)
        axes.axvline(0, color=OTHER, lw=1)
        axes.set(title=title, xlabel=f"{measure} difference")
    panels[0, 0].set_yticks(range(0, -len(names), -1), names)
    words = [
        f"{title}: "
        + ", ".join(f"{name} {value.value:+.2f}" for name, value in d.items())
        for title, d in differences.items()
    ]
    return figure, (
        "Differences with intervals, each panel with its own scale. "
        f"{'. '.join(words)}."
    )
