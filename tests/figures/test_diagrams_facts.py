"""What the drawings claim is so."""

from __future__ import annotations

import re

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import PathPatch

from figures.draw import (
    answering,
    examples,
    fading,
    moving,
    networks,
    text,
)
from utils import imdb, theme
from utils.drawing.card import Drawing


def test_every_weight_is_one_line():
    drawing, description = networks.weights()
    counts = 4 * 3, 3 * 3, 3
    leading_out = 3
    lines = [
        to_hex(p.get_edgecolor())
        for p in drawing.plane.patches
        if isinstance(p, PathPatch)
    ]
    for meaning, count in zip(
        ("input", "hidden_state", "weight"), counts, strict=True
    ):
        more = leading_out if meaning == "hidden_state" else 0
        assert lines.count(theme.COLORS[meaning].lower()) == count + more
    assert sum(counts) + leading_out == len(lines)
    assert f"{sum(counts)} numbers" in description


def test_the_score_is_that_of_the_answer_that_was_read():
    drawing, _ = answering.two_encoders()
    # Wrong before: the arrow ended at another candidate.
    texts = {label.get_text(): box for label, box in drawing.inscribed}
    score, read = texts["$10 m·a$"], texts[" ".join(answering.REPLY)]
    tips = [tip for tip in drawing.tips if tip[0] > score.right[0]]
    assert tips == [read.left]


def numbers_of(drawing: Drawing) -> list[float]:
    """Return all numbers with two decimals, in the order they were drawn."""
    texts = [text.get_text().replace("−", "-") for text in drawing.plane.texts]
    return [float(text) for text in texts if re.fullmatch(r"-?\d\.\d\d", text)]


@pytest.mark.parametrize("step", [1, 2, 3, 4])
def test_the_moving_cell_shows_what_the_equation_gives(step):
    h = np.zeros(3)
    for x_t in moving.X[:step]:
        before, h = (
            h,
            np.tanh(
                x_t @ np.array(moving.W_X)
                + h @ np.array(moving.W_H)
                + moving.B
            ),
        )
    shown = numbers_of(moving.sequence_through_cell(step=step)[0])
    state_rows = np.array(shown[8 : 8 + 3 * (step + 1)]).reshape(-1, 3)
    np.testing.assert_allclose(state_rows[-1], h, atol=0.006)
    np.testing.assert_allclose(state_rows[-2], before, atol=0.006)
    rows = np.array(shown[8 + 3 * (step + 1) :]).reshape(-1, 3)
    np.testing.assert_allclose(rows[:3].sum(axis=0), rows[3], atol=0.02)
    np.testing.assert_allclose(np.tanh(rows[3]), rows[4], atol=0.01)


def test_the_fading_gradient_is_the_chain_of_slopes():
    sizes = fading.gradient_sizes()
    assert all(values[-1] == 1 for values in sizes.values())
    simple, start, keep = sizes.values()
    assert (np.diff(simple) > 0).all() and simple[0] < 1e-3
    assert simple[0] < start[0] < 0.05 < 1 < keep[0]


def test_the_digit_is_the_one_it_names():
    from sklearn.datasets import load_digits

    digits = load_digits()
    np.testing.assert_array_equal(digits.images[7], examples.SEVEN)
    assert digits.target[7] == 7


def test_the_ids_are_those_of_the_lesson():
    assert imdb.encode(text.REVIEW, num_words=500) == [1, *text.IDS]
