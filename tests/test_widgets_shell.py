"""The shell of the widgets, and what readers type into them."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from utils import theme
from utils.widgets import shell
from utils.widgets.typed import drawable, numbers_in, shortened, words_in
from utils.widgets.view import InputError, View, answers_mistakes

calls = []


@answers_mistakes
def view(number: int = 0, text: str = "", pressed: int = 0) -> View:
    """Show the state itself; a text of x is refused."""
    calls.append((number, text, pressed))
    if text == "x":
        raise InputError("No <x> & please.")
    figure = Figure(figsize=(2, 1))
    figure.text(0.5, 0.5, str(number))
    return View(f"{number} {text} {pressed}", figure, "a <number>")


@pytest.fixture
def made():
    calls.clear()
    controls = {
        "number": shell.slider("number", 1, 0, 9),
        "text": shell.line("text", "a"),
        "pressed": shell.button("press"),
    }
    box = shell.panel(
        view,
        controls,
        examples={"both": {"number": 7, "text": "b"}},
        play="number",
    )
    return box, controls


def shown(box) -> str:
    """Return all that the widget shows."""
    return "".join(part.value for part in box.children[2:])


def test_shows_the_first_state_at_once(made):
    box, _ = made
    assert calls == [(1, "a", 0)]
    assert "1 a 0" in shown(box)
    assert 'alt="a &lt;number&gt;"' in shown(box)


def test_a_moved_control_is_drawn(made):
    box, controls = made
    before = shown(box)
    controls["number"].value = 2
    assert calls[-1] == (2, "a", 0)
    assert "2 a 0" in shown(box)
    pictures = [re.search('base64,[^"]+', s)[0] for s in (before, shown(box))]
    assert pictures[0] != pictures[1]


def test_presses_are_counted(made):
    _, controls = made
    controls["pressed"].click()
    controls["pressed"].click()
    assert calls[-1] == (1, "a", 2)


def test_an_example_sets_all_and_draws_once(made):
    box, _ = made
    before = len(calls)
    box.children[1].children[0].click()
    assert calls[before:] == [(7, "b", 0)]


def test_play_moves_its_slider(made):
    box, controls = made
    play = box.children[0].children[-1]
    play.value = 5
    assert controls["number"].value == 5
    assert calls[-1] == (5, "a", 0)


def test_a_mistake_is_a_sentence_and_the_page_keeps_its_height(made):
    box, controls = made
    controls["text"].value = "x"
    assert "No &lt;x&gt; &amp; please." in shown(box)
    assert f"height:{shell.SHOWN}px" in shown(box)
    controls["text"].value = "y"
    assert "<img" in shown(box)


@given(st.text(max_size=40))
def test_typed_text_is_escaped(text):
    box = shell.panel(View, {"sentence": shell.line("t", "")})
    box.children[0].children[0].value = text
    sentence = re.search(r"<p[^>]*>(.*)</p>", shown(box), re.DOTALL)[1]
    assert "<" not in sentence
    assert html.unescape(sentence) == text


def test_every_control_has_a_label(made):
    _, controls = made
    assert all(control.description for control in controls.values())


@pytest.mark.parametrize("step", [1, 0.5])
def test_a_slider_is_whole_where_its_numbers_are(step):
    made = shell.slider("s", 1, 0, 2, step)
    assert type(made).__name__ == ("IntSlider" if step == 1 else "FloatSlider")


def test_without_a_kernel_the_view_is_shown(capsys, monkeypatch):
    pictures = []
    monkeypatch.setattr(theme, "show", lambda *a: pictures.append(a))
    view(3).show()
    view(text="x").show()
    assert [words for _, words in pictures] == ["a <number>"]
    assert capsys.readouterr().out == "3  0\nNo <x> & please.\n"


def test_only_mistakes_of_readers_are_answered():
    @answers_mistakes
    def broken() -> View:
        raise ValueError("a mistake of ours")

    with pytest.raises(ValueError, match="ours"):
        broken()


@given(st.lists(st.floats(-100, 100).map(lambda x: round(x, 3)), min_size=1))
def test_numbers_are_read_as_typed(numbers):
    text = ", ".join(str(number) for number in numbers)
    if len(numbers) > 8:
        with pytest.raises(InputError, match="has room for 8"):
            numbers_in(text, most=8)
    else:
        assert numbers_in(text, most=8) == numbers


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Nothing to read"),
        ("1, b", "“b” is not a number"),
        ("1 nan", "too large"),
        ("1e9", "from -100 to 100"),
        ("한국어", "not a number"),
    ],
)
def test_other_than_numbers_is_a_sentence(text, said):
    with pytest.raises(InputError, match=said):
        numbers_in(text, most=8)


def test_the_mathematical_minus_is_a_minus():
    assert numbers_in("−1 ; 2", most=8) == [-1, 2]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (" ", "Nothing to read"),
        ("a", "At least 2 words"),
        ("a " * 10_000, "10,000 words"),
    ],
)
def test_too_few_or_too_many_words_are_a_sentence(text, said):
    with pytest.raises(InputError, match=said):
        words_in(text, most=8, least=2)


@given(st.text(max_size=80))
def test_any_text_can_be_drawn(text):
    figure = Figure(figsize=(6, 1))
    shown_text = drawable(text.replace("\n", " "), 20)
    figure.text(0, 0.5, shown_text)
    theme.png(figure, dpi=30)
    assert len(shown_text.replace(r"\$", "$")) <= 20


def test_a_long_word_is_cut_in_messages():
    assert shortened("a\nb") == "a b"
    assert shortened("x" * 99).endswith("x…")
    assert len(shortened("x" * 99)) == 60
