"""Plots of lesson 19: what they draw, and what their words say."""

import numpy as np
import pandas as pd

from lessons.stock_prices import plots
from utils import theme
from utils.intervals import Interval

DAYS = pd.date_range("2008-01-01", "2009-12-31", freq="B")
PRICE = pd.Series(np.linspace(1000, 900, len(DAYS)), DAYS)
LATE = PRICE.shift(1, fill_value=1000.0)


def test_the_famous_picture_has_all_years_and_some_weeks():
    figure, words = plots.famous(
        PRICE, LATE, slice("2009-03-02", "2009-03-20")
    )
    years, zoom = figure.axes
    for axes, length in ((years, len(DAYS)), (zoom, 15)):
        price, said = (line.get_ydata() for line in axes.lines)
        assert len(price) == len(said) == length
    assert years.lines[1].get_color() == theme.COLORS["hidden_state"]
    assert "from 2008 to 2009" in words


def test_the_best_move_stands_out():
    errors = pd.Series({-1: 3.0, 0: 2.0, 1: 0.5})
    alike = pd.Series({-1: 0.0, 0: -0.1, 1: 0.9})
    figure, words = plots.moved(errors, alike)
    for axes in figure.axes:
        shades = [bar.get_facecolor() for bar in axes.patches]
        assert shades[0] == shades[1] != shades[2]
    assert "smallest at 1" in words and "the correlation is -0.1" in words


def test_every_seed_is_a_line_and_the_highest_price_a_dashed_one():
    said = pd.DataFrame({"1": LATE, "2": LATE - 5})
    figure, _ = plots.beyond(PRICE, said, highest=950)
    price, one, two, highest = figure.axes[0].lines
    assert len(price.get_ydata()) == len(DAYS)
    assert one.get_color() == two.get_color() != price.get_color()
    assert highest.get_linestyle() == "--"
    assert {*highest.get_ydata()} == {950}


def test_each_run_of_a_recipe_is_a_dot():
    runs = pd.DataFrame(
        [
            {"recipe": name, "years": years, "leak": error, "yesterday": 12}
            for years in ("2008", "2013")
            for name, error in (("honest", 13), ("leak", 4), ("leak", 5))
        ]
    )
    figure, words = plots.leak_errors(runs)
    for axes in figure.axes:
        dots, line = axes.lines
        assert dots.get_xdata().tolist() == [13, 4, 5]
        assert [*dots.get_ydata()] == [0, -1, -1]
        assert {*line.get_xdata()} == {12}
    assert "2013: honest 13 to 13, leak 4 to 5" in words


def test_memory_draws_the_autocorrelation_of_each_series():
    wave = pd.Series(np.sin(np.arange(500) * 2 * np.pi / 10))
    figure, words = plots.memory({"wave": wave}, lags=10)
    line = figure.axes[0].lines[0].get_ydata()
    assert line[4] < -0.9 and line[9] > 0.9
    assert "wave starts at 0.8" in words


def test_differences_by_year_are_counted_in_words():
    years = {2008: Interval(1, 0.5, 2), 2009: Interval(0, -1, 1)}
    figure, words = plots.by_year({"error": {"GRU": years, "linear": years}})
    assert "of 2 intervals of the GRU 1 exclude zero" in words
    colours = {line.get_color() for line in figure.axes[0].lines}
    assert {plots.NETWORK, plots.LINEAR} <= colours
    labels = [t.get_text() for t in figure.axes[0].get_xticklabels()]
    assert labels == ["08", "09"]


def test_swings_have_a_panel_a_year():
    figure, words = plots.swings(
        PRICE / 100, {"HAR": LATE / 100}, (2008, 2009)
    )
    first, second = figure.axes
    assert (first.get_title(loc="left"), second.get_title(loc="left")) == (
        "2008",
        "2009",
    )
    dots, line = first.lines
    assert len(dots.get_ydata()) == (DAYS.year == 2008).sum()
    assert line.get_color() == plots.LINEAR
    assert "up to 10% in 2008" in words


def test_pairs_are_drawn_with_their_intervals():
    pairs = {"GRU - HAR": Interval(-0.02, -0.03, -0.01)}
    figure, words = plots.against({"2008": pairs, "2017": pairs}, "QLIKE")
    for axes in figure.axes:
        np.testing.assert_allclose(axes.lines[0].get_xdata(), [-0.03, -0.01])
        assert axes.lines[0].get_color() == plots.NETWORK
    assert "2008: GRU - HAR -0.02" in words


def test_a_colour_is_that_of_the_kind():
    assert plots.colour("GRU with VIX") == plots.NETWORK
    assert plots.colour("HAR") == plots.colour("linear") == plots.LINEAR
    assert plots.colour("as today") == plots.OTHER
