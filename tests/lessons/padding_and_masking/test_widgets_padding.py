"""The padding widget: a mask leaves nothing of the padding, no mask some."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from lessons.padding_and_masking import widget
from utils import theme
from utils.classify.text import without_tags, words_of

WORDS = ["this", "film", "was", "not", "great"]
WORD = st.sampled_from(["good", "zzyzx", "별로", "😀", "<b>", "$x$", "é"])
KNOWN = st.sampled_from(["good", "worst", "bad", "a", "7", "excellent", "x"])
STATES = {
    "side": st.sampled_from(["post", "pre"]),
    "masked": st.booleans(),
    "padding": st.integers(0, widget.MOST_PADDING),
    "cell": st.sampled_from([*widget.CELLS]),
}
SENTENCES = st.one_of(st.lists(WORD, max_size=12).map(" ".join), st.text())


@pytest.mark.slow
@settings(max_examples=60)
@given(sentence=SENTENCES, **STATES)
def test_any_sentence_is_answered(sentence, **state):
    view = widget.view(sentence, **state)
    words = words_of(without_tags(sentence))
    if not 1 <= len(words) <= widget.MOST_WORDS:
        assert view.figure is None
        assert "Nothing to read" in view.sentence or "room" in view.sentence
        return
    assert tuple(view.figure.get_size_inches()) == widget.SIZE
    assert theme.png(view.figure, dpi=40)
    same = state["masked"] or not state["padding"]
    assert same <= ("to the last bit" in view.sentence)


@pytest.mark.parametrize("cell", widget.CELLS)
@pytest.mark.parametrize("side", ["post", "pre"])
@pytest.mark.parametrize("masked", [False, True])
def test_states_are_those_of_keras(keras, cell, side, masked):
    reading = widget.read(WORDS, side, masked, 9, cell)
    kind = "SimpleRNN" if cell == "simple_rnn" else "LSTM"
    kernel, *others = widget._weights(cell)
    vectors = "_trained_vectors" if cell == "trained" else "_random_vectors"
    spoken, silent = getattr(widget, vectors)(WORDS)
    rows = [np.tile(silent, (9, 1)), spoken][:: 1 if side == "pre" else -1]
    x = np.concatenate(rows)[None].astype("float32")
    layer = getattr(keras.layers, kind)(reading.h.shape[1])
    layer.build(x.shape)
    layer.set_weights([kernel, *others])
    mask = reading.is_word[None] if masked else None
    places = np.arange(14) >= 9 if side == "pre" else np.arange(14) < 5
    assert np.array_equal(reading.is_word, places)
    assert np.allclose(layer(x, mask=mask)[0], reading.h[-1], atol=1e-5)
    short = layer(spoken[None].astype("float32"))[0]
    assert np.allclose(short, reading.alone, atol=1e-5)


@pytest.mark.parametrize("cell", widget.CELLS)
@pytest.mark.parametrize("side", ["post", "pre"])
def test_a_mask_leaves_nothing_of_the_padding(cell, side):
    masked = widget.read(WORDS, side, True, 20, cell)
    unmasked = widget.read(WORDS, side, False, 20, cell)
    assert masked.distances[-1] == 0 < unmasked.distances[-1]
    assert np.array_equal(masked.alone, widget.read(WORDS, cell=cell).h[-1])


def test_a_masked_state_stands_still():
    behind = widget.read(WORDS, "post", True, 6)
    assert (behind.h[4:] == behind.h[4]).all()
    before = widget.read(WORDS, "pre", True, 6)
    assert (before.h[:6] == 0).all()


def test_a_word_has_one_vector_and_no_two_words_share_it():
    x, silent = widget._random_vectors(["good", "bad", "good"])
    assert (x[0] == x[2]).all()
    assert (x[0] != x[1]).all() and (x[0] != silent).all()


def test_words_the_trained_cell_does_not_know_are_counted():
    view = widget.view("zzyzx film qqqq", cell="trained")
    assert "2 share one vector" in view.sentence
    assert "share" not in widget.view("good film", cell="trained").sentence
    assert "share" not in widget.view("zzyzx qqqq").sentence


@pytest.mark.parametrize(("side", "start"), [("post", 5.5), ("pre", 0.5)])
def test_the_picture_shows_the_states(side, start):
    figure = widget.view(" ".join(WORDS), side, padding=7).figure
    reading = widget.read(WORDS, side, False, 7)
    curves = (reading.norms, reading.distances)
    for axes, values in zip(figure.axes, curves, strict=True):
        curve = axes.lines[0]
        assert np.array_equal(curve.get_ydata(), values)
        assert curve.get_xdata().tolist() == [*range(1, 13)]
        (span,) = (p for p in axes.patches if isinstance(p, Rectangle))
        assert (span.get_x(), span.get_width()) == (start, 7)
        assert axes.texts[0].get_text() == f"{values[-1]:.2f}"
    labels = [label.get_text() for label in figure.axes[1].get_xticklabels()]
    assert labels == WORDS


def test_the_axes_do_not_move_with_the_sentence():
    limits = {
        (axes.get_xlim(), axes.get_ylim())
        for sentence, steps in (("good", 0), ("a b c d e f g h", 30))
        for axes in widget.view(sentence, padding=steps).figure.axes
    }
    assert len(limits) == 1


@settings(max_examples=150)
@given(words=st.lists(KNOWN, min_size=1, max_size=8), **STATES)
def test_no_curve_leaves_its_axes(words, **state):
    reading = widget.read(words, **state)
    norm, distance = widget.HIGHEST[state["cell"]]
    assert reading.norms.max() < 0.95 * norm
    assert reading.distances.max() < distance


@pytest.mark.parametrize("side", ["post", "pre"])
def test_no_text_leaves_the_picture(side):
    text = " ".join(letter * 30 for letter in "WMQOmwgj")
    state = {"padding": widget.MOST_PADDING, "cell": "simple_rnn"}
    figure = widget.view(text, side, **state).figure
    figure.draw_without_rendering()
    for text in figure.findobj(Text):
        if text.get_visible() and text.get_text():
            bounds, whole = text.get_window_extent(), figure.bbox
            assert bounds.x0 >= 0 and bounds.x1 <= whole.x1, text
            assert bounds.y0 >= 0 and bounds.y1 <= whole.y1, text


def test_sentences_tell_the_numbers():
    reading = widget.read(WORDS, "post", False, 24)
    said = widget.view(" ".join(WORDS)).sentence
    start = np.linalg.norm(reading.alone)
    assert f"from {start:.2f} to {reading.norms[-1]:.2f}" in said
    assert f"lies {reading.distances[-1]:.2f} from" in said
    reading = widget.read(WORDS, "pre", False, 24)
    said = widget.view(" ".join(WORDS), "pre").sentence
    assert f"a state of norm {reading.norms[23]:.2f}" in said
    assert "start state" in widget.view("good", "pre", True).sentence
    assert "copy the state" in widget.view("good", "post", True).sentence
    assert "Nothing is padded" in widget.view("good", padding=0).sentence


def test_the_printed_picture_shows_the_same_states_on_fitted_axes():
    printed, live = widget.printed(), widget.view()
    assert printed.sentence == live.sentence
    for one, other in zip(printed.figure.axes, live.figure.axes, strict=True):
        drawn = one.lines[0].get_ydata()
        assert np.array_equal(drawn, other.lines[0].get_ydata())
        assert one.get_xlim()[1] == len(drawn) + 0.5
        assert drawn.max() < one.get_ylim()[1] < 1.5 * drawn.max()


def test_the_table_holds_the_distances_of_the_view():
    table = widget.distances(9)
    said = widget.view(side="pre", padding=9, cell="trained").sentence
    value = table.loc["padding before, no mask", "trained LSTM"]
    assert f"lies {value:.2f} from" in said
    assert (
        table.loc[[row for row in table.index if "a mask" in row]] == 0
    ).all(axis=None)


def test_a_word_can_stand_where_the_padding_stood():
    filled = widget.read(WORDS, "pre", False, 3, "trained", "was")
    spelled = widget.read(["was"] * 3 + WORDS, cell="trained")
    assert np.array_equal(filled.h, spelled.h)
