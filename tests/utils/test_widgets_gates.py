"""The gates widget: the equations hold, by hand and in a trained cell."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from utils import classify, theme
from utils.classify.text import without_tags, words_of
from utils.plots.unit_steps import HEIGHT
from utils.widgets import gates
from utils.widgets.gates import GATES, by_hand, view

pytestmark = pytest.mark.slow  # takes seconds

SHARE = st.floats(0, 1)
NUMBER = st.integers(-100, 100) | st.floats(-100, 100)
NUMBERS = st.lists(NUMBER.map(str), min_size=1, max_size=12).map(", ".join)
WORD = st.sampled_from(["good", "not", "zzyzx", "별로", "😀", "<b>", "$x$"])
WORDS = st.lists(WORD, max_size=14).map(" ".join)
SLIDERS = ["forget", "input_gate", "output", "update", "reset"]
CHOSEN = st.fixed_dictionaries(dict.fromkeys(SLIDERS, SHARE))


@settings(max_examples=60)
@given(st.sampled_from([*GATES]), NUMBERS, CHOSEN, st.integers(1, 12))
def test_any_gates_by_hand(cell, sequence, chosen, start):
    shown = view(cell, "hand", sequence, **chosen, start=start)
    assert shown.sentence.startswith("Last step: ")
    assert tuple(shown.figure.get_size_inches()) == (7, HEIGHT / 72)
    assert "nan" not in shown.sentence + shown.description
    assert "-0.00" not in shown.sentence


@settings(max_examples=40)
@given(st.sampled_from([*GATES]), WORDS | st.text(), st.integers(1, 16))
def test_any_review_for_the_trained_cell(cell, review, unit):
    shown = view(cell, "trained", review=review, unit=unit)
    words = words_of(without_tags(review))
    if not 1 <= len(words) <= gates.MOST:
        assert shown.figure is None and shown.sentence
        return
    assert tuple(shown.figure.get_size_inches()) == (7, HEIGHT / 72)
    assert theme.png(shown.figure, dpi=40)
    assert shown.sentence.startswith(f"Unit {unit} of 16: ")


@pytest.mark.parametrize("typed", ["", "a b", "<b>1</b>", "1e9", "1 " * 13])
def test_what_are_no_numbers_gets_a_sentence(typed):
    shown = view(sequence=typed)
    assert "number" in shown.sentence and shown.figure is None


@st.composite
def driven(draw, gates):
    """Draw values, and that many numbers for each of the gates."""
    values = draw(st.lists(st.floats(-3, 3), min_size=1, max_size=12))
    share = st.one_of(SHARE, st.sampled_from([0.0, 1.0]))
    series = st.lists(share, min_size=len(values), max_size=len(values))
    return values, [np.array(draw(series)) for _ in range(gates)]


@settings(max_examples=50)
@given(driven(gates=3))
def test_lstm_by_hand_follows_its_equations(steps):
    values, (f, i, o) = steps
    trace = by_hand("lstm", values, {"forget": f, "input": i, "output": o})
    c = 0.0
    for step, x in enumerate(values):
        c = f[step] * c + i[step] * np.tanh(x)
        assert trace.c[0, step, 0] == pytest.approx(c, abs=1e-12)
        h = o[step] * np.tanh(c)
        assert trace.h[0, step, 0] == pytest.approx(h, abs=1e-12)
    kept = np.array([trace.f, trace.i, trace.o])[:, 0, :, 0]
    assert np.allclose(kept, [f, i, o], atol=1e-12)


@settings(max_examples=50)
@given(driven(gates=2))
def test_gru_by_hand_follows_its_equations(steps):
    values, (z, r) = steps
    trace = by_hand("gru", values, {"update": z, "reset": r})
    h = 0.0
    for step, x in enumerate(values):
        candidate = np.tanh(x + r[step] * h)
        h = z[step] * h + (1 - z[step]) * candidate
        assert trace.h[0, step, 0] == pytest.approx(h, abs=1e-12)
        assert trace.candidate[0, step, 0] == pytest.approx(candidate)


def numbers_drawn(shown, count):
    """Return the first numbers that stand in the columns, row by row."""
    texts = [
        text.get_text()
        for text in shown.figure.plane.texts
        if text.get_color() != theme.COLORS["muted"]  # of an axis
    ]
    return [float(t) for t in texts if re.fullmatch(r"-?\d\.\d\d", t)][:count]


def test_the_sliders_stand_in_the_picture():
    chosen = {"forget": 0.25, "input_gate": 0.5, "output": 0.75}
    shown = view(sequence="1, 2, 3", **chosen, start=2)
    drawn = numbers_drawn(shown, 9)
    assert drawn == [1, 0.25, 0.25, 1, 0.5, 0.5, 1, 0.75, 0.75]
    assert "Before step 2, all gates are open." in shown.sentence
    shown = view("gru", sequence="1, 2, 3", update=0.25, reset=0.5, start=3)
    assert numbers_drawn(shown, 6) == [0, 0, 0.25, 1, 1, 0.5]
    assert "Before step 3, the update gate is 0" in shown.sentence


def test_sentences_tell_the_last_step_and_what_is_left():
    said = view(sequence="1, 0, 0", forget=0.5).sentence
    first = np.tanh(1)
    c = 0.25 * first
    assert f"c = 0.50 · {first / 2:.2f} + 1.00 · tanh(0) = {c:.2f}" in said
    assert f"= {np.tanh(c):.2f}. Of what step 1 wrote, 0.25 is kept" in said
    assert "is kept" not in view(sequence="1").sentence
    said = view("gru", sequence="1, 0", update=0.5, reset=0).sentence
    h = 0.5 * first
    assert f"h = 0.50 · {h:.2f} + 0.50 · tanh(0 + 0.00 · {h:.2f})" in said
    assert f"= {h / 2:.2f}. Of the state of step 1, 0.50 is kept" in said
    assert "behind the end" in view(sequence="1", start=5).sentence


@pytest.mark.parametrize("cell", GATES)
def test_the_trained_cell_is_the_classifier(cell):
    shown = view(cell, "trained", unit=4)
    trace = classify.load(cell).read(gates.REVIEW).trace
    letters = [*GATES[cell].values(), "c" if cell == "lstm" else "candidate"]
    wanted = [getattr(trace, letter)[0, :, 3] for letter in (*letters, "h")]
    wanted = np.concatenate(wanted)
    drawn = numbers_drawn(shown, len(wanted))
    assert np.allclose(drawn, wanted, atol=0.00501)
    answer = classify.load(cell).read(gates.REVIEW).probabilities[-1]
    assert f"give {answer:.2f} that" in shown.sentence


def test_the_sentence_names_where_the_gates_are_extreme():
    trace = classify.load("lstm").read(gates.REVIEW).trace
    words = words_of(gates.REVIEW)
    i, f = trace.i[0, :, 5], trace.f[0, :, 5]
    said = view("lstm", "trained", unit=6).sentence
    assert f"widest at “{words[i.argmax()]}” ({i.max():.2f})" in said
    assert f"lowest at “{words[f.argmin()]}” ({f.min():.2f})" in said
    said = view("gru", "trained", review="zzyzx").sentence
    assert "does not know: 1" in said


WRONG = {"cell": "simple_rnn", "driver": "nobody", "forget": 1.5, "start": 0}


def test_what_no_control_can_ask_is_refused():
    for name, value in (WRONG | {"unit": 17}).items():
        driver = "trained" if name == "unit" else "hand"
        with pytest.raises(ValueError, match=name):
            view(**{"driver": driver, name: value})


@pytest.mark.parametrize("cell", GATES)
def test_panel_has_the_gates_of_its_cell_and_greys_the_others(cell):
    used, picture = gates.panel(cell).children
    column, _, sentence, _, _ = used.children
    by_label = {control.description: control for control in column.children}

    def greyed() -> set[str]:
        return {name for name, each in by_label.items() if each.disabled}

    sliders = {f"{gate} gate" for gate in GATES[cell]}
    assert all(by_label) and sliders < {*by_label}
    assert greyed() == {"trained: words", "trained: unit"}
    before = picture.value
    by_label["gates"].value = "trained"
    assert greyed() == {*sliders, "by hand: numbers", "from step"}
    assert "Unit 13 of 16" in sentence.value and picture.value != before
    assert cell.upper() in picture.value
