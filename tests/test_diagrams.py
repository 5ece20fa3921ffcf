"""Every drawing, measured where it is rendered."""

from __future__ import annotations

from functools import partial
from itertools import combinations

import diagram_checks as checks
import numpy as np
import pytest

from utils import theme
from utils.diagrams import (
    FIGURES,
    MOVING,
    examples,
    fading,
    gradients,
    gru,
    layers,
    moving,
    networks,
    recurrent,
    series,
    shapes,
    tasks,
    text,
)

OTHER_NUMBERS = {
    "task of 6 steps": partial(tasks.task_shape, "sequence_to_vector", 6),
    "delay of 4": partial(tasks.task_shape, "delayed_sequence_to_sequence", 4),
    "short review": partial(
        examples.sentiment, ("boring", "but", "short"), "negative"
    ),
    "long caption": partial(examples.captioning, caption="eight"),
    "other names": partial(
        examples.names_in_sentence, ("may", "may", "come"), (True, False, 0)
    ),
    "short tune": partial(series.music, (0, 2, 4, 2, 0, 1)),
    "small vocabulary": partial(
        text.vocabulary_one_hot, ("b", "a"), {"a": 0, "b": 1, "z": 99}
    ),
    "5 words": partial(
        shapes.input_output_shapes, tuple("abcde"), features=5, units=6
    ),
    "5 inputs, 4 neurons": partial(networks.weights, 5, 4),
    "2 inputs, 2 neurons": partial(networks.weights, 2, 2),
    "4 neurons of each": partial(networks.feedforward_and_recurrent, 2, 3),
    "layer of 2": partial(recurrent.recurrent_layer, 3, 2),
    "unrolled 2": partial(recurrent.unrolled, 2),
    "unrolled 4": partial(recurrent.unrolled, 4),
    "A, B": partial(recurrent.abc_memory, "AB"),
    "2 states": partial(shapes.return_sequences, 2, 8),
    "4 units": partial(shapes.output_layers, 5, 8, 4),
    "stacked 2": partial(layers.stacked_layers, 2),
    "both ways 4": partial(layers.bidirectional, tuple("abcd")),
    "states of 5": partial(layers.bidirectional_states, tuple("abcde")),
    "gradient of 2": partial(gradients.gradient_through_time, 2),
    "reset before": partial(gru.gru_cell, reset_after=False),
    "no padding": partial(
        text.padding_and_mask, ((1, 2, 3), (4, 5, 6), (7, 8, 9))
    ),
    "padded to 5": partial(text.text_to_ids, maxlen=5),
    "before it flows": partial(fading.gradient_fading, 0),
    "halfway": partial(fading.gradient_fading, 13),
    **{
        f"step {step}, {stage}": partial(
            moving.sequence_through_cell, step=step, stage=stage
        )
        for step, stage in ((1, "read"), (2, "remember"), (4, "add"))
    },
    **{
        f"on its way {slide}": partial(
            moving.sequence_through_cell, step=2, slide=slide
        )
        for slide in (0.25, 0.75)
    },
}
"""The same drawings as widgets and notebooks may ask for them."""

ALL = {**FIGURES, **OTHER_NUMBERS}


@pytest.fixture(scope="module", params=ALL)
def drawn(request: pytest.FixtureRequest) -> tuple[checks.Measured, str]:
    drawing, description = ALL[request.param]()
    return checks.measure(drawing), description


def test_text_stays_on_the_card(drawn):
    assert checks.outside(drawn[0], margin=3) == []


def test_text_stays_in_its_box(drawn):
    assert checks.too_wide(drawn[0], padding=1.5) == []


def test_no_two_texts_overlap(drawn):
    assert checks.overlaps(drawn[0]) == []


def test_letters_are_large_enough(drawn):
    assert drawn[0].drawing.width <= 504
    assert checks.small(drawn[0], size=9) == []


def test_no_line_runs_through_a_text(drawn):
    assert checks.crossed(drawn[0]) == []


def test_text_stands_out_from_its_ground(drawn):
    assert checks.faint(drawn[0], ratio=4.5) == []


def test_arrows_end_on_something(drawn):
    assert checks.loose_tips(drawn[0], reach=9) == []


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
