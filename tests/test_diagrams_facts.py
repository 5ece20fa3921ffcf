"""What the drawings claim is so, and their words come from one table."""

from __future__ import annotations

import re
from functools import partial

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import PathPatch

from utils import imdb, theme
from utils.diagrams import (
    FIGURES,
    examples,
    fading,
    moving,
    networks,
    stacks,
    text,
    words,
)
from utils.diagrams.vocabulary import Drawing


@pytest.mark.parametrize(
    ("inputs", "units", "counts"),
    [(4, 3, (12, 9, 3)), (5, 2, (10, 4, 2))],
)
def test_every_weight_is_one_line(inputs, units, counts):
    drawing, description = networks.weights(inputs, units)
    lines = [
        to_hex(p.get_edgecolor())
        for p in drawing.plane.patches
        if isinstance(p, PathPatch)
    ]
    for meaning, count in zip(
        ("input", "hidden_state", "weight"), counts, strict=True
    ):
        assert lines.count(theme.COLORS[meaning].lower()) == count
    assert sum(counts) == len(lines)
    assert f"{sum(counts)} numbers" in description


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
    review = words.say("short_review")
    assert imdb.encode(review, num_words=500) == [1, *text.IDS]


OTHER_LETTERS = str.maketrans(
    {chr(ord("a") + k): chr(ord("а") + k) for k in range(26)}
    | {chr(ord("A") + k): chr(ord("А") + k) for k in range(26)}
)
"""Latin to Cyrillic: a language nobody speaks, but nothing stays English."""

PYTHON = re.compile(
    r"SimpleRNN|LSTM|Dense|True|False|None|out\[|return_s|tanh|ndim|layer_\d"
)

DRAWINGS = {
    **FIGURES,
    "stack with states": partial(
        stacks.stack_shapes,
        [(None, 2, 10), (None, 3)],
        ["LSTM(3,\n  return_sequences=False,\n  return_state=True)"],
        [(None, 3), (None, 3)],
    ),
    "stack of a wrong input": partial(
        stacks.stack_shapes,
        [(2, 10)],
        ["LSTM(3,\n  return_sequences=True)"],
    ),
    "stack that forgets": partial(
        stacks.stack_shapes,
        [(8, 2, 10), (8, 3)],
        ["LSTM(3,\n  return_sequences=False)"] * 2,
    ),
}
"""What the figures show, and what only widgets draw."""


def foreign(words_: str) -> str:
    """Return words in other letters, formulas and places as they were."""
    parts = re.split(r"(\$.*?\$|\{\w+\})", words_)
    return "".join(
        part if part[:1] in ("$", "{") else part.translate(OTHER_LETTERS)
        for part in parts
    )


@pytest.mark.parametrize("stem", DRAWINGS)
def test_every_word_comes_from_the_table(stem, monkeypatch):
    table = {key: foreign(value) for key, value in words.ENGLISH.items()}
    monkeypatch.setitem(words.TABLES, "xx", table)
    with words.speaking("xx"):
        drawing, _ = DRAWINGS[stem]()
    for text_ in drawing.plane.texts:
        plain = re.sub(r"\$.*?\$", "", text_.get_text())
        english = re.search(r"[A-Za-z]{2,}", plain)
        assert not english or PYTHON.search(plain), plain


def test_a_language_without_a_table_is_refused():
    refused = pytest.raises(ValueError, match="language takes one of 'en'")
    with refused, words.speaking("tlh"):
        pass
    assert words.say("input") == "input"


class Listening(dict):
    """A table that remembers which of its words were asked for."""

    def __init__(self, table):
        super().__init__(table)
        self.heard = set()

    def __getitem__(self, key):
        self.heard.add(key)
        return super().__getitem__(key)


def test_every_word_of_the_table_is_used(monkeypatch):
    table = Listening(words.ENGLISH)
    monkeypatch.setitem(words.TABLES, "en", table)
    for draw in DRAWINGS.values():
        draw()
    assert {*words.ENGLISH} - table.heard == set()
