"""Live widgets and quizzes for everybody: keys, names, widths, restarts."""

import json

import nbformat
import pytest
from lab_in_browser import (
    notebook_of,
    serious_violations,
    widget_cells,
    with_import,
)
from nbconvert import HTMLExporter

from utils.widgets import NOTE

PANEL = ".course-panel"
QUIZ = 'from utils import quiz\n\nquiz.show("lstm")'
REVIEW = "from lessons.imdb_classifier import widget\n\nwidget.panel()"
NAMED = ("slider", "textbox", "combobox", "checkbox", "radio", "button")

LOST = """box => {
  const edge = box.getBoundingClientRect().right;
  return [...box.querySelectorAll('*')]
    .filter(e => e.getBoundingClientRect().right > edge + 1)
    .map(e => e.outerHTML.slice(0, 120));
}"""
"""What sticks out of a panel, or is cut by it, at the right."""


def show(tab, *sources: str, name: str = "panels.ipynb"):
    """Open a notebook of these cells, run it, and return its panels."""
    tab.lab.write(name, notebook_of(*sources))
    tab.open(name)
    tab.run_all(60_000)
    panels = tab.page.locator(PANEL)
    panels.nth(len(sources) - 1).wait_for()
    tab.idle()
    return panels


@pytest.fixture
def panels(tab):
    """Show every widget of the lessons, and a quiz."""
    made = show(tab, *map(with_import, widget_cells()), QUIZ)
    yield made
    assert tab.tracebacks() == []
    assert tab.complaints == []


@pytest.fixture
def review(tab):
    """Show the live demo of lesson 17."""
    yield show(tab, REVIEW).first
    assert tab.tracebacks() == []


@pytest.fixture
def dark(tab):
    """Return what makes JupyterLab dark; it is light again afterwards."""
    yield lambda: tab.do("apputils:change-theme", theme="JupyterLab Dark")
    tab.do("apputils:change-theme", theme="JupyterLab Light")


def test_axe_finds_nothing_serious_in_the_light_and_in_the_dark(
    tab, panels, dark
):
    for change in (lambda: None, dark):
        change()
        tab.page.wait_for_timeout(1_000)
        for panel in panels.all():
            ground = "e => getComputedStyle(e).backgroundColor"
            assert panel.evaluate(ground) == "rgb(255, 255, 255)"
        serious = serious_violations(tab.page, PANEL)
        assert not serious, "\n".join(sorted(serious))


def test_every_control_has_a_name_and_answers_belong_to_a_question(panels):
    for panel in panels.all():
        lines = [
            line.strip("- ") for line in panel.aria_snapshot().split("\n")
        ]
        controls = [line for line in lines if line.startswith(NAMED)]
        assert controls
        for line in controls:
            assert ' "' in line and '"null"' not in line, line
    groups = panels.last.get_by_role("radiogroup")
    assert groups.count() == 5
    for number, group in enumerate(groups.all(), start=1):
        assert group.get_attribute("aria-label").startswith(f"{number}. ")


def test_keys_stay_in_the_panel(tab, panels):
    cells = tab.page.locator(".jp-Notebook .jp-Cell")
    count = cells.count()
    for panel in panels.all():
        controls = panel.locator("[role=slider], select, input, button")
        alive = "nodes => nodes.map(n => !n.closest('[disabled]'))"
        for number, is_alive in enumerate(controls.evaluate_all(alive)):
            if not is_alive:
                continue
            control = controls.nth(number)
            control.focus()
            for key in ("ArrowDown", "ArrowUp", "b", "d", "d", "ArrowDown"):
                control.page.keyboard.press(key)
            inside = "e => e.contains(document.activeElement)"
            assert panel.evaluate(inside), control.evaluate("e => e.outerHTML")
    assert cells.count() == count


def test_arrows_move_answers_choices_and_sliders(tab, panels):
    first = panels.last.get_by_role("radiogroup").first
    answers = first.get_by_role("radio")
    answers.first.focus()
    tab.page.keyboard.press("ArrowDown")
    assert answers.nth(1).is_checked()
    status = panels.last.get_by_role("status").first
    status.get_by_text("Right.").or_(status.get_by_text("No.")).wait_for()
    assert status.inner_text()[0] in "✓✗"
    weight = "e => getComputedStyle(e.querySelector('b')).fontWeight"
    assert int(status.evaluate(weight)) >= 600
    choice = panels.get_by_role("combobox").first
    before = choice.input_value()
    choice.focus()
    tab.page.keyboard.press("ArrowDown")
    assert choice.input_value() != before


def test_a_decimal_comma_is_a_point(tab, panels):
    # Lesson 02 has a slider of decimals.
    shown = panels.locator(".widget-readout").filter(has_text="0.80").first
    readout = shown.element_handle()
    readout.click()
    tab.page.keyboard.press("Control+A")
    tab.page.keyboard.type("0,3")
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_function(
        "e => e.innerText.trim() === '0.30'", arg=readout
    )


def test_the_demo_answers_while_one_types(review):
    field, status = review.locator("textarea"), review.get_by_role("status")
    field.fill("")
    status.get_by_text("no word to read").wait_for()
    field.press_sequentially("This film was a waste of my ti", delay=20)
    dim = "e => getComputedStyle(e).opacity"
    assert float(review.locator(".course-words").evaluate(dim)) < 0.5
    assert "no word" not in status.inner_text()
    field.press("m")
    field.press("e")
    field.press("Enter")
    status.get_by_text("Negative, say all three").wait_for()
    words = review.locator(".course-words p").first
    assert words.inner_text() == "this film was a waste of my time"
    assert float(review.locator(".course-words").evaluate(dim)) == 1


def test_an_old_answer_is_pale_while_the_kernel_is_busy(tab, review):
    kernel = "jupyterapp.shell.currentWidget.sessionContext.session.kernel"
    code = "{code: 'import time; time.sleep(4)'}"
    tab.page.evaluate(f"() => {{ {kernel}.requestExecute({code}); }}")
    said = review.locator(".course-said")
    assert "Positive" in said.inner_text()
    review.locator("textarea").press_sequentially(" x")
    opacity = "e => getComputedStyle(e).opacity"
    assert float(said.evaluate(opacity)) < 0.5
    review.locator("[data-stale]").wait_for(state="detached")
    tab.page.wait_for_function(
        f"!document.querySelector('{PANEL}').hasAttribute('data-stale')"
    )
    assert float(said.evaluate(opacity)) == 1


@pytest.mark.parametrize("width", [640, 853, 1280, 2560])
def test_panels_take_the_width_there_is(tab, panels, width):
    tab.page.set_viewport_size({"width": width, "height": width * 9 // 16})
    tab.page.wait_for_timeout(500)
    for panel in panels.all():
        assert panel.evaluate(LOST) == []
        room = panel.evaluate("e => e.parentElement.clientWidth")
        assert panel.bounding_box()["width"] <= room + 1


def test_the_demo_fits_a_projector(tab, review):
    tab.page.set_viewport_size({"width": 1280, "height": 720})
    tab.page.wait_for_timeout(500)
    notebook = tab.page.locator(".jp-Notebook").first
    assert review.bounding_box()["height"] <= notebook.bounding_box()["height"]
    picture = review.locator("img").bounding_box()
    assert picture["x"] > review.locator("textarea").bounding_box()["x"] + 200


DEAD = """() => {
  const output = [...document.querySelectorAll('.jp-OutputArea-output')]
    .find(e => e.textContent.includes('model not found'));
  const style = getComputedStyle(output, '::after');
  return [getComputedStyle(output).fontSize, style.content, style.fontSize];
}"""


def test_no_dead_control_is_shown_and_the_cell_alone_brings_it_back(tab):
    panel = show(tab, QUIZ, name="again.ipynb").first
    tab.do("docmanager:save")
    session = "jupyterapp.shell.currentWidget.sessionContext"
    tab.page.evaluate(f"() => {session}.session.kernel.restart()")
    tab.idle(60_000)
    tab.page.locator(".course-panel.jupyter-widgets-disconnected").wait_for()
    assert not panel.locator("input").first.is_visible()
    said = "e => getComputedStyle(e, '::before').content"
    assert "run this cell again" in panel.evaluate(said)

    tab.page.evaluate(f"() => {session}.shutdown()")
    tab.open("again.ipynb")
    tab.page.get_by_text("model not found").wait_for(state="attached")
    size, content, visible = tab.page.evaluate(DEAD)
    assert (size, json.loads(content)) == ("0px", NOTE)
    assert float(visible.removesuffix("px")) >= 12

    tab.run_all(60_000)
    tab.page.locator(f"{PANEL} input").first.wait_for()


def test_a_saved_notebook_says_what_it_is_wherever_it_is_opened(tab):
    show(tab, REVIEW, name="saved.ipynb")
    tab.do("docmanager:save")
    saved = nbformat.read(tab.lab.work / "notebooks" / "saved.ipynb", 4)
    page, _ = HTMLExporter().from_notebook_node(saved)
    assert NOTE in page
    assert "Box(children" not in page and "Textarea(" not in page
    # As mailed by somebody else: JupyterLab trusts none of its outputs.
    saved.cells[0].source += "  # mine"
    tab.lab.write("mailed.ipynb", saved)
    tab.open("mailed.ipynb")
    output = tab.page.locator(".jp-OutputArea").first
    output.get_by_text(NOTE).wait_for()
    assert "model not found" not in output.inner_text()
