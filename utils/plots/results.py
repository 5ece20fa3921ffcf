"""Plots of results: learning curves, comparisons with their intervals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure

from utils import theme
from utils.intervals import Interval

Curves = Mapping[str, Sequence[float]]
"""Metric name -> one value an epoch, as in ``History.curves``."""

LEVEL = 1000
"""From first to last, the factor up to which a curve counts as level."""


def learning_curves(
    runs: Mapping[str, Curves],
    *,
    metrics: Sequence[str] = (),
    colours: Mapping[str, str] | None = None,
) -> tuple[Figure, str]:
    """Draw training and validation curves side by side, a colour a run.

    Args:
        runs: Name of the run -> its curves.
        metrics: Which metrics get a panel; by default ``loss`` and, where
            it was measured, ``accuracy``.
        colours: Name of the run -> its colour, where it has one of its own.
    """
    first = next(iter(runs.values()))
    shown = list(metrics) or [m for m in ("loss", "accuracy") if m in first]
    figure, panels = theme.subplots(1, len(shown), height=3.0, squeeze=False)
    for panel, metric in zip(panels[0], shown, strict=True):
        for colour, (name, curves) in zip(
            _colours(runs, colours), runs.items(), strict=True
        ):
            _curve_pair(panel, curves, metric, colour, name)
        panel.set(xlabel="epoch", title=metric)
        panel.xaxis.get_major_locator().set_params(integer=True)
    handles, labels = panels[0][0].get_legend_handles_labels()
    if len(handles) > 1:
        figure.legend(
            handles,
            labels,
            loc="outside lower center",
            ncols=min(4, len(runs)),
        )
    names = ", ".join(name for name in runs if name) or "one run"
    lines = "a line for the training data"
    if any(f"val_{metric}" in first for metric in shown):
        lines = "dashed for the training data, solid for the validation data"
    return figure, (
        f"Learning curves of {names}: {' and '.join(shown)} against the "
        f"epoch, {lines}."
    )


def _colours(names: Iterable[str], own: Mapping[str, str] | None) -> list[str]:
    """Return a colour for each name: its own, or that of its place."""
    return [
        (own or {}).get(name, theme.SERIES[place % len(theme.SERIES)])
        for place, name in enumerate(names)
    ]


def _curve_pair(
    panel: object, curves: Curves, metric: str, colour: str, name: str
) -> None:
    """Draw one metric: training dashed, validation solid."""
    draw = panel.plot  # type: ignore[attr-defined]
    marker = "o" if len(curves[metric]) == 1 else None
    epochs = np.arange(1, len(curves[metric]) + 1)
    validation = curves.get(f"val_{metric}")
    dashed = "--" if validation is not None else "-"
    label = "training" if not name else None
    draw(
        epochs,
        curves[metric],
        dashed,
        color=colour,
        marker=marker,
        linewidth=1.4,
        label=label if validation is not None or not name else name,
    )
    if validation is not None:
        draw(
            epochs,
            validation,
            color=colour,
            marker=marker,
            label=name or "validation",
        )


def interval_comparison(
    results: Mapping[str, Interval],
    *,
    xlabel: str = "accuracy",
    reference: tuple[str, float] | None = None,
    colours: Mapping[str, str] | None = None,
) -> tuple[Figure, str]:
    """Draw each result as a dot with its 95% interval, one below another.

    Args:
        results: Name -> value with its bounds.
        xlabel: What is measured.
        reference: Name and value of a vertical line to compare with.
        colours: Name -> its colour, and that of the line; else blue and
            orange.
    """
    figure, axes = theme.subplots(height=0.9 + 0.38 * len(results))
    own = colours or {}
    for row, (name, (value, low, high)) in enumerate(results.items()):
        colour = own.get(name, theme.COLORS["input"])
        axes.plot([low, high], [row, row], color=colour, linewidth=3)
        axes.plot(value, row, "o", color=colour, markersize=8)
        axes.annotate(
            f"{value:.3f}",
            (value, row),
            xytext=(0, 7),
            textcoords="offset points",
            ha="center",
            fontsize=9,
            # No line of reference runs through the digits.
            bbox={
                "facecolor": theme.COLORS["background"],
                "edgecolor": "none",
                "pad": 1,
            },
        )
    axes.set_yticks(range(len(results)), list(results))
    axes.set_ylim(len(results) - 0.5, -0.6)
    axes.grid(axis="y", visible=False)
    axes.set_xlabel(xlabel)
    if reference is not None:
        axes.axvline(
            reference[1],
            color=own.get(reference[0], theme.COLORS["hidden_state"]),
            linestyle="--",
            label=reference[0],
        )
        axes.legend(loc="best")
    return figure, (
        f"The {xlabel} of {', '.join(results)}, each a dot on a bar that "
        "spans its 95% interval; whether two that overlap differ, it does not "
        "say."
    )


def shares_by_group(
    groups: Sequence[str],
    results: Mapping[str, Sequence[Interval]],
    *,
    xlabel: str,
    ylabel: str = "accuracy",
    colours: Mapping[str, str] | None = None,
) -> tuple[Figure, str]:
    """Draw a share for each group of samples, a colour a model.

    Args:
        groups: Names of the groups, in the order of the axis.
        results: Model -> one interval a group.
        xlabel: What the groups are groups of.
        ylabel: What the share is a share of.
        colours: Model -> its colour, where it has one of its own.
    """
    figure, axes = theme.subplots(height=3.2)
    places = np.arange(len(groups))
    shift = 0.6 / max(1, len(results))
    series = _colours(results, colours)
    for index, (name, intervals) in enumerate(results.items()):
        where = places + (index - (len(results) - 1) / 2) * shift
        values = np.array([interval.value for interval in intervals])
        low = values - np.array([interval.low for interval in intervals])
        high = np.array([interval.high for interval in intervals]) - values
        axes.errorbar(
            where,
            values,
            yerr=[low, high],
            fmt="o",
            color=series[index],
            label=name,
        )
    axes.set_xticks(places, groups)
    axes.set(xlabel=xlabel, ylabel=ylabel)
    axes.grid(axis="x", visible=False)
    figure.legend(loc="outside lower center", ncols=min(5, len(results)))
    return figure, (
        f"The {ylabel} of {', '.join(results)} for each group of {xlabel} "
        f"({', '.join(groups)}), every dot with its 95% interval."
    )


def direction(values: Sequence[float] | np.ndarray) -> str:
    """Say in words where a curve ends, compared with where it begins.

    Args:
        values: One norm a step, not negative, the first above zero.
    """
    values = np.asarray(values, dtype=float)
    if values[-1] == 0:
        return "falls to exactly zero"
    change = values[-1] / values[0]
    if change < 1 / LEVEL:
        return "falls"
    return "rises" if change > LEVEL else "stays within a factor of 1,000"
