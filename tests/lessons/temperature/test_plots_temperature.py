"""Plots of the temperature task: what they draw and what they refuse."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from lessons.temperature import plots, result_plots
from utils import theme
from utils.intervals import Interval

TIMES = np.datetime64("2010-01-01T00") + np.arange(365 * 24)
CELSIUS = 10 - 8 * np.cos(2 * np.pi * np.arange(365 * 24) / (365 * 24))
HOUR = np.linspace(15, 16, 60).round(1)
SWAPPED = np.r_[HOUR[30:], HOUR[:30]]
SPIKE = HOUR + 2 * (np.arange(60) == 7)


def dots(axes):
    return [marks.get_offsets()[:, 1].tolist() for marks in axes.collections]


def bands(axes):
    return [
        (patch.get_x(), patch.get_x() + patch.get_width())
        for patch in axes.patches
    ]


def test_the_year_is_drawn_by_day_and_the_held_out_months_are_shaded():
    figure, words = plots.year_and_day(TIMES, CELSIUS, {"held out": (6, 12)})
    year, day = figure.axes
    (label,) = [t.get_text() for t in year.get_legend().get_texts()]
    assert label == "held out"
    assert len(year.patches) == 2 and "held out shaded" in words
    june, december = (line.get_ydata() for line in day.lines)
    start = np.searchsorted(TIMES, np.datetime64("2010-06-15T00"))
    np.testing.assert_array_equal(june, CELSIUS[start : start + 24])
    assert len(december) == 24 and december[0] < june[0]


def test_a_fault_is_banded_and_what_it_replaced_is_hollow():
    figure, words = plots.faults([HOUR, HOUR], {"spike": SPIKE, "none": HOUR})
    first, second = figure.axes[:2]
    hollow, read = dots(first)
    assert hollow == [HOUR[7]] and read == SPIKE.tolist()
    assert bands(first) == [(6.5, 7.5)]
    assert dots(second)[0] == [] and bands(second) == []
    assert first.get_ylim() == second.get_ylim()
    assert first.get_title(loc="left") == "spike" and "spike, none" in words


def test_two_orders_of_the_same_values_fall_together_when_sorted():
    figure, _ = plots.same_values(HOUR, SWAPPED, 30)
    left, right = figure.axes
    one, other = (line.get_ydata() for line in left.lines)
    assert not np.array_equal(one, other)
    one, other = (line.get_ydata() for line in right.lines)
    np.testing.assert_array_equal(one, other)
    assert [end - start for start, end in bands(left)] == pytest.approx(
        [29.6, 29.6]
    )


def test_a_running_answer_stands_below_its_hour():
    answers = np.zeros(60), np.linspace(0, 1, 60)
    figure, words = plots.running(
        {"spike": (HOUR, SPIKE), "swapped": (HOUR, SWAPPED)},
        {"spike": answers, "swapped": answers},
        {"swapped": 20},
    )
    above, other, below, _ = figure.axes
    assert bands(other) == [(-0.5, 19.5), (39.5, 59.5)]
    assert dots(above)[1] == pytest.approx((SPIKE - SPIKE[0]).tolist())
    assert bands(above) == bands(below) == [(6.5, 7.5)]
    without, with_fault = (line.get_ydata() for line in below.lines)
    assert without.max() == 0 and with_fault[-1] == 1
    assert above.get_ylim() == other.get_ylim()
    assert "spike, swapped" in words


def test_real_days_are_drawn_over_their_season():
    days = np.datetime64("2014-01-01") + np.arange(730)
    season = np.zeros(730)
    figure, words = plots.real_weather(
        days, season + 1, season, {"held out": 2015}
    )
    (axes,) = figure.axes
    measured, curve = axes.lines
    assert set(measured.get_ydata()) == {1} and set(curve.get_ydata()) == {0}
    assert len(axes.patches) == 1 and "held out" in words


def test_a_model_keeps_its_colour_and_its_interval():
    results = {
        "features": Interval(0.9, 0.8, 0.95),
        "GRU with change": Interval(0.8, 0.7, 0.9),
        "Dense": Interval(0.7, 0.6, 0.8),
    }
    figure, words = result_plots.compared(results, "accuracy", reference=0.5)
    (axes,) = figure.axes
    *drawn, reference = axes.lines
    spans = [tuple(line.get_xdata()) for line in drawn[::2]]
    assert spans == [(0.8, 0.95), (0.7, 0.9), (0.6, 0.8)]
    colours = [to_hex(line.get_color()).upper() for line in drawn[1::2]]
    names = ("cell_state", "hidden_state", "weight")
    assert colours == [theme.COLORS[name] for name in names]
    assert set(reference.get_xdata()) == {0.5}
    assert words.startswith("Accuracy of features, GRU with change, Dense")


def test_every_seed_has_a_line_of_shares_found():
    rows = [
        (model, seed, "stuck", size, size / 30)
        for model in ("features", "GRU")
        for seed in (1, 2, 3)
        for size in (10, 20)
    ]
    names = ["model", "seed", "kind", "size", "found"]
    table = pd.DataFrame(rows, columns=names)
    figure, words = result_plots.found_by_size(
        table, {"stuck": "minutes", "none": "°C"}
    )
    stuck, none = figure.axes
    assert len(stuck.lines) == 6 and not none.lines
    assert stuck.get_xlabel() == "minutes"
    assert [t.get_text() for t in figure.legends[0].get_texts()] == [
        "features",
        "GRU",
    ]
    assert "features and GRU" in words


def test_alarms_have_a_line_a_seed_and_a_dot_a_month():
    rows = [
        (seed, month, rise, rise / 10)
        for seed in (1, 2)
        for month, rise in ((0, 0.5), (0, 1.0), (6, 1.0), (12, 0.6))
    ]
    table = pd.DataFrame(rows, columns=["seed", "month", "rise", "called"])
    figure, _ = result_plots.alarms_by_rise(table, [0.6, 1.0, 1.0])
    axes, lower = figure.axes
    *seeds, trained, others = axes.lines
    assert len(seeds) == 2 and not len(trained.get_xdata())
    np.testing.assert_allclose(others.get_xdata(), [1.0, 0.6])
    assert others.get_markerfacecolor() == "white"
    assert [text.get_text() for text in axes.texts] == ["Jun", "Dec"]
    assert sum(bar.get_height() for bar in lower.patches) == 3


def test_a_forecast_stands_after_the_week_that_was_seen():
    measured = np.arange(28.0).reshape(2, 14)
    first = np.array(["2015-01-01", "2015-06-01"], dtype="datetime64[D]")
    figure, words = result_plots.forecast_weeks(
        first, measured, {"season": measured[:, 7:] + 1}, (1, 0)
    )
    june, january = figure.axes
    seen, season = june.lines
    np.testing.assert_array_equal(seen.get_ydata(), measured[1])
    np.testing.assert_array_equal(season.get_xdata(), np.arange(1, 8))
    assert bands(january) == [(-6.5, 0.5)]
    assert "7 June and 7 January" in words


def test_errors_are_drawn_by_days_ahead():
    figure, words = result_plots.by_lead(
        {"season": [3, 3, 3], "GRU": np.ones((2, 3))}
    )
    (axes,) = figure.axes
    season, one, two, mean = axes.lines
    assert season.get_linestyle() == ":" and one.get_linestyle() == "-"
    np.testing.assert_array_equal(two.get_xdata(), [1, 2, 3])
    assert mean.get_linewidth() > one.get_linewidth()
    assert "from low to high: GRU, season; at the end: GRU, season" in words


MISTAKES = {
    "celsius takes 8760 entries":
        lambda: plots.year_and_day(TIMES, CELSIUS[1:], {}),
    "normal takes 2 entries":
        lambda: plots.faults([HOUR], {"spike": HOUR, "drift": HOUR}),
    "other takes the values of one":
        lambda: plots.same_values(HOUR, HOUR + 1, 5),
    "celsius takes 3 entries":
        lambda: plots.real_weather(np.arange(3), [1, 2], [1, 2, 3], {}),
}  # fmt: skip


@pytest.mark.parametrize("message", MISTAKES)
def test_what_does_not_fit_is_refused(message):
    with pytest.raises(ValueError, match=message):
        MISTAKES[message]()
