"""Every drawing, measured where it is rendered."""

from __future__ import annotations

from functools import partial
from itertools import combinations

import diagram_checks as checks
import numpy as np
import pytest

from figures.draw import FIGURES, MOVING, fading, moving
from utils import theme

through_cell = partial(partial, moving.sequence_through_cell)
MOMENTS = {
    "before it flows": partial(fading.gradient_fading, 0),
    "halfway": partial(fading.gradient_fading, 13),
    "step 1, read": through_cell(1, "read"),
    "step 2, remember": through_cell(2, "remember"),
    "step 4, add": through_cell(4, "add"),
    "on its way 0.25": through_cell(2, slide=0.25),
    "on its way 0.75": through_cell(2, slide=0.75),
}
"""Moments of the moving figures."""

ALL = {**FIGURES, **MOMENTS}


@pytest.fixture(scope="module", params=ALL)
def drawn(request: pytest.FixtureRequest) -> tuple[checks.Measured, str]:
    drawing, description = ALL[request.param]()
    return checks.measure(drawing), description


def test_nothing_is_wrong_with_the_drawing(drawn):
    assert checks.faults(drawn[0]) == {}
    assert drawn[0].drawing.width <= 504


def test_description_says_something(drawn):
    assert len(drawn[1]) >= 40
    assert drawn[1].endswith(".")
    assert "$" not in drawn[1]


def test_there_are_enough_figures():
    assert len(FIGURES) >= 30
    assert len(MOVING) >= 2
    assert {*MOVING} <= {*FIGURES}


MEANINGS = (*theme.SERIES, theme.COLORS["gradient"], theme.COLORS["text"])


@pytest.mark.parametrize("pair", list(combinations(MEANINGS, 2)), ids=" ".join)
def test_colours_stay_apart_without_green_cones(pair):
    assert checks.seen_distance(*pair) >= 12


@pytest.mark.parametrize(
    "meaning", sorted({*theme.COLORS} - {"line", "panel", "background"})
)
def test_colours_read_as_text_on_white(meaning):
    assert checks.contrast(theme.COLORS[meaning], "white") >= 4.5


def test_measures_agree_with_published_values():
    assert checks.contrast("black", "white") == pytest.approx(21)
    assert checks.contrast("#777777", "white") == pytest.approx(4.48, abs=0.01)
    red, green = checks.lab(checks.linear("#ff0000")), (53.24, 80.09, 67.20)
    np.testing.assert_allclose(red, green, atol=0.05)
    # Red and green of the same lightness are the pair deuteranopes confuse.
    assert checks.seen_distance("#c0561e", "#6f7c20") < 12
