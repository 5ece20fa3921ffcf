"""The checks of drawings see the mistakes they are there for."""

from __future__ import annotations

import diagram_checks as checks
import pytest
from matplotlib.patches import Rectangle

from figures.draw.arrays import matrix, sheet, vector
from utils.drawing.card import Drawing
from utils.drawing.geometry import Box, rounded
from utils.drawing.lettering import text_width


@pytest.fixture
def drawing():
    """A card without a mistake."""
    card = Drawing(200, 100)
    box = card.box(60, 50, 60, 24, "right", "input")
    card.label(160, 50, "fine")
    card.arrow(box.right, (144, 50))
    return card


def struck(card):
    card.line((100, 20), (190, 20), width=0.5, meaning="muted")
    card.label(160, 20, "struck")


def dark_on_dark(card):
    card.box(60, 20, 50, 20, "", "input", strength=1)
    card.label(60, 20, "dark", "text")


MISTAKES = [
    ("outside", ["cut"], lambda card: card.label(1, 20, "cut")),
    ("wide", ["too wide"], lambda card: card.box(60, 20, 30, 20, "too wide")),
    (
        "overlap",
        [("fine", "again")],
        lambda card: card.label(165, 54, "again"),
    ),
    ("small", ["tiny"], lambda card: card.label(60, 20, "tiny", size=8.9)),
    ("crossed", ["struck"], struck),
    ("faint", ["pale"], lambda card: card.label(60, 20, "pale", "line")),
    ("faint", ["dark"], dark_on_dark),
    ("loose", [(60, 12)], lambda card: card.arrow((60, 38), (60, 12))),
    ("loose", [(60, 63)], lambda card: card.arrow((60, 90), (60, 63))),
]


@pytest.mark.parametrize(("check", "wrong", "spoil"), MISTAKES)
def test_a_mistake_is_seen(drawing, check, wrong, spoil):
    assert checks.faults(checks.measure(drawing)) == {}
    spoil(drawing)
    assert checks.faults(checks.measure(drawing))[check] == wrong


def test_text_that_shrinks_with_its_card():
    wide = Drawing(600, 50)
    wide.label(300, 25, "shrinks", size=10)
    assert checks.faults(checks.measure(wide)) == {"small": ["shrinks"]}


def test_the_tip_of_an_arrow_is_where_it_points():
    card = Drawing(100, 40)
    card.arrow((10, 20), (80, 20))
    head = card.plane.patches[0].get_xy()
    assert max(head[:, 0]) == 80
    assert card.plane.patches[-1].get_path().vertices[-1, 0] < 80


def test_an_equation_is_centred_and_its_parts_do_not_touch():
    card = Drawing(200, 40)
    card.equation(100, 20, [("$h_t$", "hidden_state"), ("$=$", "text")])
    first, last = (label.bounds for label in checks.measure(card).labels)
    assert 2 < last.x0 - first.x1 < 7
    assert (first.x0 + last.x1) / 2 == pytest.approx(100, abs=1.5)


def test_text_takes_the_width_it_says():
    card = Drawing(300, 40)
    for face in ("plain", "bold", "code"):
        label = card.label(150, 20, "recommend", size=20, face=face)
        width = label.get_window_extent().width
        assert text_width("recommend", 20, face) == pytest.approx(width, 0.05)


def test_a_matrix_has_the_cells_it_says():
    card = Drawing(200, 100)
    grid = matrix(card, 100, 50, 3, 4, "input", cell=(10, 20))
    cells = [p for p in card.plane.patches if isinstance(p, Rectangle)]
    assert len(cells) == 12
    assert grid == Box(100, 50, 40, 60)
    column = vector(card, 20, 50, ["1", "2"], "input")
    assert (column.width, column.height) == (20, 40)


def test_a_sheet_is_ruled_into_rows_and_columns():
    card = Drawing(200, 100)
    sheet(card, Box(100, 50, 80, 40), 20, 100, "input")
    assert len(card.plane.patches) == 19 + 99


def test_a_corner_on_the_way_is_round_and_a_repeated_point_harmless():
    path = rounded([(0, 0), (10, 0), (10, 0), (10, 10)], radius=4)
    corner = [[0, 0], [6, 0], [10, 0], [10, 4], [10, 10]]
    assert path.vertices.tolist() == corner
