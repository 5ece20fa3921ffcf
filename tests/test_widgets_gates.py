"""The gates widget: the equations hold, by hand and in a trained cell."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from utils import classify, theme
from utils.imdb import tokens
from utils.plots.unit_steps import HEIGHT
from utils.widgets import gates
from utils.widgets.gates import GATES, by_hand, view

SHARE = st.floats(0, 1)
NUMBERS = st.lists(
    st.one_of(st.integers(-100, 100), st.floats(-100, 100)),
    min_size=1,
    max_size=12,
).map(lambda values: ", ".join(map(str, values)))
WORDS = st.lists(
    st.sampled_from(["good", "not", "zzyzx", "별로", "😀", "<b>", "$x$"]),
    max_size=14,
).map(" ".join)


@settings(max_examples=60)
@given(
    cell=st.sampled_from([*GATES]),
    sequence=NUMBERS,
    chosen=st.fixed_dictionaries(
        dict.fromkeys(
            ["forget", "input_gate", "output", "update", "reset"], SHARE
        )
    ),
    start=st.integers(1, 12),
)
def test_any_gates_by_hand(cell, sequence, chosen, start):
    shown = view(cell, "hand", sequence, **chosen, start=start)
    assert shown.sentence.startswith("Last step: ")
    assert tuple(shown.figure.get_size_inches()) == (7, HEIGHT / 72)
    assert "nan" not in shown.sentence + shown.description
    assert "-0.00" not in shown.sentence


@settings(max_examples=40)
@given(
    cell=st.sampled_from([*GATES]),
    review=st.one_of(WORDS, st.text()),
    unit=st.integers(1, 16),
)
def test_any_review_for_the_trained_cell(cell, review, unit):
    shown = view(cell, "trained", review=review, unit=unit)
    words = tokens(review)
    if not 1 <= len(words) <= gates.MOST:
        assert shown.figure is None and shown.sentence
        return
    assert tuple(shown.figure.get_size_inches()) == (7, HEIGHT / 72)
    assert theme.png(shown.figure, dpi=40)
    assert shown.sentence.startswith(f"Unit {unit} of 16: ")


@pytest.mark.parametrize("driver", ["hand", "trained"])
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Nothing to read yet"),
        ("   ", "Nothing to read yet"),
        ("1 " * 10_000, "10,000"),
    ],
)
def test_what_cannot_be_read_gets_a_sentence(driver, typed, said):
    shown = view("lstm", driver, sequence=typed, review=typed)
    assert said in shown.sentence and shown.figure is None


@pytest.mark.parametrize("typed", ["a b", "별로", "<b>1</b>", "1e9", "😀"])
def test_numbers_are_asked_for_where_letters_stand(typed):
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
    for kept, set_to in zip(
        (trace.f, trace.i, trace.o), (f, i, o), strict=True
    ):
        assert np.allclose(kept[0, :, 0], set_to, atol=1e-12)


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


def numbers_drawn(shown, first, count):
    """Return the numbers that stand in the columns, row by row."""
    texts = [t for t in shown.figure.plane.texts if _is_decimal(t.get_text())]
    return [float(t.get_text()) for t in texts][first : first + count]


def _is_decimal(text):
    return text.lstrip("-")[1:2] == "." and len(text.split(".")[1]) == 2


def test_the_sliders_stand_in_the_picture():
    shown = view(
        sequence="1, 2, 3", forget=0.25, input_gate=0.5, output=0.75, start=2
    )
    drawn = numbers_drawn(shown, 0, 9)
    assert drawn == [1, 0.25, 0.25, 1, 0.5, 0.5, 1, 0.75, 0.75]
    assert "Before step 2, all gates are open." in shown.sentence
    shown = view("gru", sequence="1, 2, 3", update=0.25, reset=0.5, start=3)
    assert numbers_drawn(shown, 0, 6) == [0, 0, 0.25, 1, 1, 0.5]
    assert "Before step 3, the update gate is 0" in shown.sentence


def test_a_shut_input_gate_keeps_the_cell_state():
    shown = view(sequence="1 2 2 2", forget=1, input_gate=0, start=2)
    assert numbers_drawn(shown, 12, 4) == [0.76] * 4
    assert "1.00 is kept to the end" in shown.sentence


def test_a_shut_output_gate_hides_what_is_kept():
    shown = view(sequence="1 0", forget=1, output=0, start=2)
    assert numbers_drawn(shown, 6, 4) == [0.76, 0.76, 0.64, 0]


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
    drawn = numbers_drawn(shown, 0, len(wanted))
    assert np.allclose(drawn, wanted, atol=0.00501)
    answer = classify.load(cell).read(gates.REVIEW).probabilities[-1]
    assert f"give {answer:.2f} that" in shown.sentence


def test_the_sentence_names_where_the_gates_are_extreme():
    trace = classify.load("lstm").read(gates.REVIEW).trace
    words = tokens(gates.REVIEW)
    i, f = trace.i[0, :, 5], trace.f[0, :, 5]
    said = view("lstm", "trained", unit=6).sentence
    assert f"widest at “{words[i.argmax()]}” ({i.max():.2f})" in said
    assert f"lowest at “{words[f.argmin()]}” ({f.min():.2f})" in said
    assert (
        "does not know: 1" in view("gru", "trained", review="zzyzx").sentence
    )


@pytest.mark.parametrize(
    "mistake",
    [
        {"cell": "simple_rnn"},
        {"driver": "nobody"},
        {"forget": 1.5},
        {"start": 0},
        {"driver": "trained", "unit": 17},
    ],
)
def test_what_no_control_can_ask_is_refused(mistake):
    with pytest.raises(ValueError, match=[*mistake][-1]):
        view(**mistake)


@pytest.mark.parametrize("cell", GATES)
def test_panel_has_the_gates_of_its_cell(cell):
    panel = gates.panel(cell)
    row, _, sentence, picture, _ = panel.children
    labels = [control.description for control in row.children]
    assert all(f"{gate} gate" in labels for gate in GATES[cell])
    assert all(labels)
    before = picture.value
    row.children[0].value = "trained"
    assert "Unit 13 of 16" in sentence.value and picture.value != before
    assert cell.upper() in picture.value


def test_controls_without_effect_are_greyed():
    row, *_ = gates.panel("gru").children
    by_label = {c.description: c for c in row.children}

    def greyed() -> set[str]:
        return {name for name, c in by_label.items() if c.disabled}

    assert greyed() == {"trained: words", "trained: unit"}
    by_label["gates"].value = "trained"
    assert greyed() == {
        "by hand: numbers",
        "update gate",
        "reset gate",
        "from step",
    }
