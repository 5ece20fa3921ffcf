"""The counts that the drawings of lesson 03 claim are those of Keras."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from matplotlib.patches import FancyBboxPatch, Rectangle

from figures.draw import counting
from utils.drawing.card import Drawing
from utils.parameters import count_parameters


def texts_of(draw: Callable[[], tuple[Drawing, str]]) -> list[str]:
    """Return all that is written in a drawing."""
    return [text.get_text() for text in draw()[0].plane.texts]


def number(text: str) -> int:
    """Return the last number in a text."""
    return int(re.findall(r"[\d,]+", text)[-1].replace(",", ""))


def test_the_steps_side_by_side_are_counted():
    drawing, description = counting.side_by_side_or_recurrent()
    dense = [count_parameters("dense", 10 * T, 3).total for T in (2, 3)]
    recurrent = count_parameters("simple_rnn", 10, 3).total
    squares = [p for p in drawing.plane.patches if isinstance(p, Rectangle)]
    assert len(squares) == sum(dense) + 2 * recurrent
    totals = [
        number(text.get_text())
        for text in drawing.plane.texts
        if " = " in text.get_text() and "T" not in text.get_text()
    ]
    long = count_parameters("dense", 3_000, 3).total
    assert sorted(totals) == sorted([*dense, long, *[recurrent] * 3])
    assert f"{long:,} against {recurrent}" in description


@pytest.mark.parametrize(("cell", "columns", "size"), counting.PRODUCTS)
def test_the_product_has_the_counts_it_says(cell, columns, size):
    name = {"SimpleRNN(32)": "simple_rnn", "LSTM(32)": "lstm"}[cell]
    one_hot = count_parameters(name, 10_000, 32).kernel
    table = count_parameters("embedding", 10_000, size).total
    small = count_parameters(name, size, 32).kernel
    assert one_hot == 10_000 * columns
    drawing, description = counting.embedding_product()
    change = table + small - one_hot
    verdict = f"{abs(change):,} {'more' if change > 0 else 'fewer'}"
    assert f"together {table + small:,}, {verdict}" in description
    texts = [text.get_text() for text in drawing.plane.texts]
    for count in (one_hot, table, small):
        assert any(text.endswith(f"= {count:,}") for text in texts)
    assert verdict in texts


def test_the_arrays_of_the_product_have_one_scale():
    drawing, _ = counting.embedding_product()
    drawn = [
        (patch.get_width(), patch.get_height())
        for patch in drawing.plane.patches
        if isinstance(patch, FancyBboxPatch)
    ]
    widths = [
        width
        for _, columns, size in counting.PRODUCTS
        for width in (columns, size, columns)
    ]
    heights = [counting.TALL, counting.TALL, counting.THINNEST]
    assert drawn == list(zip(widths, heights * 3, strict=True))


def test_the_row_that_is_picked_is_the_one_of_the_id():
    texts = texts_of(counting.one_hot_picks_a_row)
    one_hot = texts[:5]
    assert one_hot.index("1") == 3 and one_hot.count("0") == 4
    assert texts[texts.index("id") - 1] == "3"
    assert texts.count("−0.7") == 4


def test_the_row_looked_up_is_the_row_of_the_kernel_and_passes_unchanged():
    texts = texts_of(counting.look_up_and_identity)
    assert texts.count("−0.7") == 5
    assert texts.count("identity,\nfrozen") == 1
