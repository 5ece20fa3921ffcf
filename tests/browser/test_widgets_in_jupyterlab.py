"""Every widget, live: JupyterLab in a browser, controls moved for real."""

import json
import random
import re
import statistics

import numpy as np
import pytest
from lab_in_browser import SCREENS, widget_cells

from lessons.imdb_classifier.widget import EXAMPLES

WATCH = """() => {
  window.began = null; window.times = [];
  const start = () => { window.began ??= performance.now(); };
  for (const name of ['keydown', 'mousedown', 'change'])
    document.addEventListener(name, start, true);
  for (const box of document.querySelectorAll('.course-widget'))
    new MutationObserver(() => {
      if (window.began === null) return;
      window.times.push(performance.now() - window.began);
      window.began = null;
    }).observe(box, {subtree: true, childList: true});
}"""
"""Notes the milliseconds from a touch to the first change in a widget."""

NASTY = (
    "", "   ", "word " * 10_000, "🎬 😀 🎉", "별로지만 추천해요", "a b c d",
    "zzyzx qwrtp", "<b>bold</b><script>document.title='hit'</script>",
    "1, 2, three", "$x_1$ \\\\alpha % & {", "1e999 nan -inf",
    "\"quotes\" and 'more'",
)  # fmt: skip
"""What somebody may type anywhere."""

TOUCHES = 200


@pytest.fixture
def live(tab):
    """Run the tour through all widgets and return its page."""
    tab.open("tour.ipynb")
    tab.run_all(120_000)
    count = len(widget_cells())
    tab.page.wait_for_function(
        f"document.querySelectorAll('.course-widget').length == {count}"
    )
    tab.page.wait_for_function(
        "[...document.querySelectorAll('.course-widget')].every(box =>"
        " [...box.querySelectorAll('img')].every(i => i.naturalWidth > 0))"
    )
    tab.idle()
    yield tab
    assert tab.tracebacks() == []
    assert tab.complaints == []
    assert faults(tab.lab.log.read_text("utf-8", errors="replace")) == []


def faults(log: str) -> list[str]:
    """Return the tracebacks in what the server wrote, as it wrote them.

    A page that is left while a message is on its way to it ends in a
    `WebSocketClosedError`: no fault of anybody's.
    """
    found = re.findall(
        r"(?m)^.*(?:Traceback \(most recent|Exception ignored).*\n"
        r"(?:^(?!\[).*\n?)*",
        log,
    )
    return [text for text in found if "WebSocketClosedError" not in text]


def test_what_the_server_says_of_faults_is_found():
    gone = (
        "<bound method dError()>\nTraceback (most recent call last):\n"
        "    await fut\ntornado.iostream.StreamClosedError: closed\n\n"
        "During handling of the above exception, another occurred:\n\n"
        "Traceback (most recent call last):\n    raise X\n"
        "tornado.websocket.WebSocketClosedError\n"
    )
    own = "    Traceback (most recent call last):\n      x\n    KeyError: 1\n"
    good = "[I 2026 LabApp] Build is up to date\n"
    assert faults(good + gone + good) == []
    assert faults(good + gone + good + own + good) == [own]


def wait_for_status(tab, words: str) -> None:
    """Wait until a widget's sentence has these words."""
    tab.page.wait_for_function(
        "words => [...document.querySelectorAll('[role=status]')]"
        ".some(p => p.innerText.includes(words))",
        arg=words,
    )


def widgets(tab):
    """Return a locator for each widget."""
    return tab.page.locator(".course-widget").all()


def what_it_shows(widget) -> str:
    """Return picture and sentence of a widget."""
    return widget.evaluate(
        "box => [...box.querySelectorAll('img')].map(i => i.src).join()"
        " + box.querySelector('[role=status]').innerText"
    )


def touch(widget, rng: random.Random) -> None:
    """Use one control of a widget as a reader would; not a greyed one."""
    handles = widget.locator(
        "[role=slider], select, input[type=checkbox], button, "
        "input[type=text], textarea"
    )
    alive = handles.evaluate_all(
        "nodes => nodes.map(node => !node.closest('[disabled]'))"
    )
    control = handles.nth(rng.choice(np.flatnonzero(alive).tolist()))
    tag = control.evaluate("node => node.tagName + (node.type ?? '')")
    if tag in ("INPUTtext", "TEXTAREA"):
        control.fill(rng.choice(NASTY))
        control.blur()
    elif tag.startswith("SELECT"):
        options = control.locator("option").count()
        control.select_option(index=rng.randrange(options))
    elif tag == "INPUTcheckbox" or tag.startswith("BUTTON"):
        control.click()
    else:
        control.focus()
        keys = ("ArrowRight", "ArrowLeft", "PageUp", "Home", "End")
        control.press(rng.choice(keys))


def test_every_widget_answers_to_its_controls(live):
    live.page.evaluate(WATCH)
    for number, widget in enumerate(widgets(live)):
        widget.scroll_into_view_if_needed()
        assert widget.locator("img").get_attribute("alt")
        before = what_it_shows(widget)
        rng = random.Random(number)
        for _ in range(20):
            touch(widget, rng)
            live.idle()
            if what_it_shows(widget) != before:
                break
        else:
            raise AssertionError(f"widget {number} does not change")
        live.screenshot(f"widget_{number:02d}", widget)


def test_two_hundred_touches_without_an_error(live):
    live.page.evaluate(WATCH)
    rng = random.Random(0)
    boxes = widgets(live)
    heights = [box.bounding_box()["height"] for box in boxes]
    for _ in range(TOUCHES):
        number = rng.randrange(len(boxes))
        touch(boxes[number], rng)
        live.idle(120_000)  # one of them may start Keras
        sentence = boxes[number].locator("[role=status]").inner_text()
        assert sentence.strip()
    assert live.page.title() != "hit"
    times = live.page.evaluate("window.times")
    SCREENS.mkdir(parents=True, exist_ok=True)
    measured = {"touches": TOUCHES, "redraws": len(times), "heights": heights}
    measured["median_ms"] = round(statistics.median(times))
    measured["slowest_ms"] = round(max(times))
    (SCREENS / "redraw.json").write_text(json.dumps(measured))
    assert len(times) > TOUCHES / 4


def test_the_live_demo_reads_what_is_typed(live):
    area = live.page.locator("textarea")
    demo = live.page.locator(".course-widget", has=area)
    field = demo.locator("textarea")
    status = demo.locator("[role=status]")
    field.fill("A wonderful film <b>saved</b> by its zzyzx cast")
    wait_for_status(live, "does not know: 1")
    assert "Positive, say all three" in status.inner_text()
    assert demo.locator("span", has_text="zzyzx").count() == 1
    assert demo.get_by_text("b", exact=True).count() == 0
    live.screenshot("live_demo", demo)
    demo.get_by_role("button", name=EXAMPLES[1]).click()
    wait_for_status(live, "terrible")
    assert field.input_value() == EXAMPLES[1]
    field.fill("   ")
    wait_for_status(live, "no word to read")


def test_a_whole_lesson_runs_in_jupyterlab(tab):
    tab.open("02_recurrent_cell.ipynb")
    tab.run_all(120_000)
    tab.page.wait_for_selector(".course-widget img")
    tab.idle(120_000)
    assert tab.tracebacks() == []
    assert tab.complaints == []
    tab.page.locator(".course-widget").scroll_into_view_if_needed()
    tab.screenshot("lesson_02")
