"""Plots of the temperature task: what they draw and what they refuse."""

import numpy as np
import pytest

from utils.plots import temperature as plots

TIMES = np.datetime64("2010-01-01T00") + np.arange(365 * 24)
CELSIUS = 10 - 8 * np.cos(2 * np.pi * np.arange(365 * 24) / (365 * 24))
HOUR = np.linspace(15, 16, 60).round(1)


def axes_of(figure):
    return figure.get_axes()


def dots(axes):
    return [marks.get_offsets()[:, 1].tolist() for marks in axes.collections]


def test_the_year_is_drawn_by_day_and_the_held_out_months_are_shaded():
    figure, words = plots.year_and_day(TIMES, CELSIUS, {"held out": (6, 12)})
    year, day = axes_of(figure)
    (label,) = [t.get_text() for t in year.get_legend().get_texts()]
    assert label == "held out"
    assert len(year.patches) == 2 and "held out shaded" in words
    june, december = (line.get_ydata() for line in day.lines)
    start = np.searchsorted(TIMES, np.datetime64("2010-06-15T00"))
    np.testing.assert_array_equal(june, CELSIUS[start : start + 24])
    assert len(december) == 24 and december[0] < june[0]


def test_a_year_with_an_hour_too_few_is_refused():
    with pytest.raises(ValueError, match="celsius takes 8760 entries"):
        plots.year_and_day(TIMES, CELSIUS[1:], {})


def test_only_the_readings_a_fault_changed_are_coloured():
    spike = HOUR.copy()
    spike[7] += 2
    figure, words = plots.faults([HOUR, HOUR], {"spike": spike, "none": HOUR})
    first, second = axes_of(figure)[:2]
    assert dots(first)[-1] == [pytest.approx(HOUR[7] + 2)]
    assert dots(second)[-1] == []
    assert first.get_title(loc="left") == "spike" and "spike, none" in words


def test_every_fault_needs_its_normal_hour():
    with pytest.raises(ValueError, match="normal takes 2 entries"):
        plots.faults([HOUR], {"spike": HOUR, "drift": HOUR})


def test_two_orders_of_the_same_values_fall_together_when_sorted():
    figure, _ = plots.same_values(HOUR, HOUR[::-1])
    left, right = axes_of(figure)
    one, other = (line.get_ydata() for line in left.lines)
    assert not np.array_equal(one, other)
    one, other = (line.get_ydata() for line in right.lines)
    np.testing.assert_array_equal(one, other)


def test_other_values_are_not_the_same_values():
    with pytest.raises(ValueError, match="other takes the values of one"):
        plots.same_values(HOUR, HOUR + 1)


def test_shares_are_taken_of_faults_of_equal_size():
    size = np.array([8, 1, 3, 2, 4, 5, 7, 6])
    found = {"GRU": {"stuck": size > 4}}
    figure, words = plots.found_by_size(
        {"stuck": size}, found, units={"stuck": "minutes"}, bins=2
    )
    (axes,) = axes_of(figure)
    line = axes.containers[0].lines[0]
    places = np.array(line.get_xdata(), dtype=float)
    np.testing.assert_allclose(places, [2.5, 6.5])
    np.testing.assert_allclose(line.get_ydata().astype(float), [0, 1])
    assert axes.get_xlabel() == "minutes" and "GRU" in words


@pytest.mark.parametrize(
    ("size", "answers", "message"),
    [
        ([1, 2, 3], [True] * 3, "sizes takes at least 4 of each fault, got 3"),
        ([1, 2, 3, 4], [True] * 3, "found takes 4 entries"),
    ],
)
def test_too_few_faults_or_answers_are_refused(size, answers, message):
    with pytest.raises(ValueError, match=message):
        plots.found_by_size(
            {"stuck": size}, {"GRU": {"stuck": answers}}, units={"stuck": "x"}
        )


def test_a_forecast_is_drawn_with_the_size_of_its_errors():
    figure, words = plots.forecast(
        TIMES[:12], CELSIUS[:12], {"naive": CELSIUS[:12] - 0.5}
    )
    above, below = axes_of(figure)
    assert len(above.lines) == 2
    np.testing.assert_allclose(below.lines[0].get_ydata(), 0.5)
    names = [tick.get_text() for tick in below.get_xticklabels()]
    assert names == ["00:00", "06:00"]
    assert words.startswith("12 hours") and "naive" in words


def test_a_forecast_of_another_length_is_refused():
    with pytest.raises(ValueError, match="forecasts takes 12 entries"):
        plots.forecast(TIMES[:12], CELSIUS[:12], {"naive": CELSIUS[:11]})
