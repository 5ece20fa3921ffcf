"""The checks of drawings see the mistakes they are there for."""

from __future__ import annotations

import diagram_checks as checks
import pytest
from matplotlib.patches import Rectangle

from utils.diagrams.arrays import matrix, sheet, vector
from utils.diagrams.geometry import Box, rounded
from utils.diagrams.lettering import text_width
from utils.diagrams.vocabulary import Drawing


@pytest.fixture
def drawing():
    """A card without a mistake."""
    card = Drawing(200, 100)
    box = card.box(60, 50, 60, 24, "right", "input")
    card.label(160, 50, "fine")
    card.arrow(box.right, (144, 50))
    return card


def found(drawing):
    """Return everything the checks find."""
    measured = checks.measure(drawing)
    return {
        "outside": checks.outside(measured, margin=3),
        "wide": checks.too_wide(measured, padding=1.5),
        "overlap": checks.overlaps(measured),
        "small": checks.small(measured, size=9),
        "crossed": checks.crossed(measured),
        "faint": checks.faint(measured, ratio=4.5),
        "loose": checks.loose_tips(measured, reach=9),
    }


def test_a_good_drawing_passes(drawing):
    assert not any(found(drawing).values())


def test_text_over_the_edge_of_the_card(drawing):
    drawing.label(1, 20, "cut")
    assert found(drawing)["outside"] == ["cut"]


def test_text_wider_than_its_box(drawing):
    drawing.box(60, 20, 30, 20, "too wide")
    assert found(drawing)["wide"] == ["too wide"]


def test_texts_that_cover_each_other(drawing):
    drawing.label(165, 54, "again")
    assert found(drawing)["overlap"] == [("fine", "again")]


def test_small_text(drawing):
    drawing.label(60, 20, "small", size=8.9)
    assert found(drawing)["small"] == ["small"]


def test_text_that_shrinks_with_its_card():
    wide = Drawing(600, 50)
    wide.label(300, 25, "shrinks", size=10)
    assert found(wide)["small"] == ["shrinks"]


def test_a_line_through_a_text(drawing):
    drawing.line((100, 20), (190, 20), width=0.5, meaning="muted")
    drawing.label(160, 20, "struck")
    assert found(drawing)["crossed"] == ["struck"]


def test_text_that_hardly_shows(drawing):
    drawing.label(60, 20, "pale", "line")
    assert found(drawing)["faint"] == ["pale"]


def test_text_that_shows_on_white_but_not_on_its_box(drawing):
    drawing.box(60, 20, 50, 20, "", "input", strength=1)
    drawing.label(60, 20, "dark", "text")
    assert found(drawing)["faint"] == ["dark"]


def test_an_arrow_into_nowhere(drawing):
    drawing.arrow((60, 38), (60, 12))
    assert found(drawing)["loose"] == [(60, 12)]


def test_an_arrow_that_stops_before_its_box(drawing):
    drawing.arrow((60, 90), (60, 63))
    assert found(drawing)["loose"] == [(60, 63)]


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
    assert [tuple(v) for v in path.vertices] == [
        (0, 0),
        (6, 0),
        (10, 0),
        (10, 4),
        (10, 10),
    ]
