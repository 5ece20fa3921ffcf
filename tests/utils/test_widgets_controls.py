"""The panel of the widgets, and what readers type into them."""

import asyncio
import html
import re
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from utils import theme
from utils.widgets import LOOK, NOTE, controls
from utils.widgets.parsing import drawable, numbers_in, shortened, words_in
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
    made_of = {
        "number": controls.slider("number", 1, 0, 9),
        "text": controls.line("text", "a"),
        "pressed": controls.button("press"),
    }
    examples = {"both": {"number": 7, "text": "b"}}
    box = controls.panel(view, made_of, examples=examples, steps="number")
    return box, made_of


def shown(box) -> str:
    """Return all that the widget shows."""
    used, picture = box.children
    return "".join(part.value for part in (*used.children[2:4], picture))


def test_the_first_state_is_drawn_at_once_and_a_moved_control_is(made):
    box, parts = made
    before = shown(box)
    assert calls == [(1, "a", 0)]
    assert "1 a 0" in before
    assert 'alt="a &lt;number&gt;"' in before
    parts["number"].value = 2
    assert calls[-1] == (2, "a", 0)
    assert "2 a 0" in shown(box)
    pictures = [re.search('base64,[^"]+', s)[0] for s in (before, shown(box))]
    assert pictures[0] != pictures[1]


def test_the_reader_predicts_first_and_again_after_each_change():
    def asks(number: int, hidden: bool = False) -> View:
        return View("what?" if hidden else f"it is {number}")

    number = controls.slider("number", 1, 0, 9)
    box = controls.panel(asks, {"number": number}, predict=True)
    answer, first = box.children[0].children[1].children
    seen = [shown(box)]
    for act in (answer.click, answer.click, answer.click):
        act()
        seen.append(shown(box))
    assert ["it is 1" in text for text in seen] == [False, True, False, True]
    assert answer.description == "Hide the answer"
    number.value = 2
    assert "what?" in shown(box) and answer.description == "Show the answer"
    first.value = False
    number.value = 3
    assert "it is 3" in shown(box) and answer.disabled


def test_presses_are_counted_and_buttons_set_all_or_move_a_slider(made):
    box, parts = made
    parts["pressed"].click()
    parts["pressed"].click()
    _, stepper, *_, examples = box.children[0].children
    examples.children[0].click()
    back, on = stepper.children
    for _ in range(3):
        on.click()
    back.click()
    assert (back.description, on.description) == (
        "previous number",
        "next number",
    )
    numbers = [number for number, _, _ in calls[1:]]
    assert numbers == [1, 1, 7, 8, 9, 8], "the slider ends at 9"
    assert calls[3] == (7, "b", 2)


def test_a_panel_says_what_it_is_where_it_cannot_live(made, monkeypatch):
    box, _ = made
    assert repr(box) == NOTE
    bundles = []
    monkeypatch.setattr(
        "utils.widgets.panel.display", lambda data, **_: bundles.append(data)
    )
    box._ipython_display_()
    style, panel = bundles
    assert style["text/plain"] == LOOK and "<style>" in style["text/html"]
    assert (panel["text/plain"], panel["text/html"]) == (
        NOTE,
        f"<p>{NOTE}</p>",
    )
    assert "application/vnd.jupyter.widget-view+json" in panel
    assert NOTE in style["text/html"], "what is shown when the kernel is gone"


def test_a_hasty_reader_is_answered_once(made):
    box, parts = made

    async def type_on() -> list[str]:
        seen = []
        for text in ("b", "bc", "bcd"):
            parts["text"].value = text
            await asyncio.sleep(0)
            seen.append(shown(box))
        await asyncio.sleep(2 * controls.PAUSE)
        return seen

    for between in asyncio.run(type_on()):
        assert 'aria-busy="true">Reading …<' in between
    assert calls == [(1, "a", 0), (1, "bcd", 0)]
    assert 'aria-busy="false">1 bcd 0<' in shown(box)


def test_a_mistake_is_a_sentence_and_the_page_keeps_its_height(made):
    box, parts = made
    parts["text"].value = "x"
    assert "No &lt;x&gt; &amp; please." in shown(box)
    width = 2 * controls.SHOWN
    assert f"max-width:{width}px;aspect-ratio:2.0" in shown(box)
    parts["text"].value = "y"
    assert "<img" in shown(box)


@given(st.text(max_size=40))
def test_typed_text_is_escaped(text):
    box = controls.panel(View, {"sentence": controls.line("t", "")})
    box.children[0].children[0].children[0].value = text
    sentence = re.search(r"<p[^>]*>(.*)</p>", shown(box), re.DOTALL)[1]
    assert "<" not in sentence
    assert html.unescape(sentence) == text


@pytest.mark.parametrize("step", [1, 0.5])
def test_a_slider_is_whole_where_its_numbers_are(step):
    made = controls.slider("s", 1, 0, 2, step)
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
        return
    for typed in (text, text.replace("-", "−"), text.replace(",", ";")):
        assert numbers_in(typed, most=8) == numbers


@pytest.mark.parametrize(
    "typed",
    ["1,-0.5", "１，－０．５", "1، –0.5", "1；—0.5;", "\u200b1\u3000-.5\ufeff",
     "1、−0.5", "+1\n‑0.5"],
)  # fmt: skip
def test_numbers_of_any_keyboard_are_read(typed):
    assert numbers_in(typed, most=8) == [1, -0.5]


UNREADABLE = [
    (numbers_in, "", "Nothing to read"),
    (numbers_in, "1, 한국어", "“한국어” is not a number"),
    (numbers_in, "1 nan", "“nan” is not a number"),
    (numbers_in, "1 inf", "too large"),
    (numbers_in, "½", "is not a number"),
    (numbers_in, "1.2.3", "“1.2.3” is not a number"),
    (numbers_in, "①一", "is not a number"),
    (numbers_in, " ，; ", "Nothing to read"),
    (numbers_in, "1e9", "from -100 to 100"),
    (numbers_in, "-1e9", "from -100 to 100"),
    (words_in, " ", "Nothing to read"),
    (partial(words_in, least=2), "a", "At least 2 words"),
    (words_in, "a " * 10_000, "10,000 words"),
]


@pytest.mark.parametrize(("read", "text", "said"), UNREADABLE)
def test_what_cannot_be_read_is_a_sentence(read, text, said):
    with pytest.raises(InputError, match=said):
        read(text, most=8)


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
