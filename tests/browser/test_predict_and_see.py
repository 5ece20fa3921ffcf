"""Readers predict before a widget answers, and see what a control does."""

import pytest
from lab_in_browser import notebook_of, widget_cells, with_import

ASKING = ("01", "02", "03", "04", "05")
"""Lessons whose widget asks the reader first."""

ZOOMS = {
    "1280 × 720": (1280, 720),
    "1280 × 720 at 150%": (853, 480),
    "1280 × 720 at 200%": (640, 360),
    "1440 × 900": (1440, 900),
}
"""What a page has room for, in pixels of the page."""

TOGETHER = """panel => {
  const page = panel.closest('.jp-WindowedPanel-outer');
  const edges = page.getBoundingClientRect();
  const picture = panel.querySelector('img').getBoundingClientRect();
  const used = document.activeElement.getBoundingClientRect();
  const inside = r => r.top >= edges.top - 1 && r.bottom <= edges.bottom + 1;
  const apart = used.top >= picture.bottom || used.bottom <= picture.top
    || used.left >= picture.right || used.right <= picture.left;
  return inside(picture) && inside(used) && apart;
}"""
"""Whether picture and the control that is used now are seen whole."""


def show(tab, lessons=None):
    """Run the widgets of some lessons and return their panels."""
    cells = [c for c in widget_cells() if not lessons or c[0][:2] in lessons]
    name = f"seen_{len(cells)}.ipynb"
    tab.lab.write(name, notebook_of(*map(with_import, cells)))
    tab.open(name)
    tab.run_all(60_000)
    panels = tab.page.locator(".course-widget")
    panels.nth(len(cells) - 1).locator("img").wait_for()
    tab.idle()
    return panels


def press(tab, panel, name: str, key: str) -> None:
    """Use a button or a switch without a mouse."""
    control = panel.get_by_label(name).or_(
        panel.get_by_role("button", name=name)
    )
    control.focus()
    tab.page.keyboard.press(key)


def test_the_reader_predicts_before_the_answer_is_shown(tab):
    for panel in show(tab, ASKING).all():
        said, picture = panel.get_by_role("status"), panel.locator("img")
        panel.locator("[role=slider], button").first.focus()
        is_shuffle = panel.get_by_role("button", name="shuffle").count()
        tab.page.keyboard.press("Enter" if is_shuffle else "ArrowRight")
        said.get_by_text("you look").wait_for()
        question = picture.get_attribute("alt")
        # Space asks, Enter hides, Tab leads on, and no key leaves the panel.
        press(tab, panel, "Show the answer", "Space")
        panel.get_by_role("button", name="Hide the answer").wait_for()
        said.get_by_text("you look").wait_for(state="detached")
        assert picture.get_attribute("alt") != question
        inside = "e => e.contains(document.activeElement)"
        assert panel.evaluate(inside)
        tab.page.keyboard.press("Enter")
        said.get_by_text("you look").wait_for()
        press(tab, panel, "Show the answer", "Enter")
        said.get_by_text("you look").wait_for(state="detached")
        # A change asks again, unless the reader wants no questions.
        panel.locator("[role=slider], button").first.focus()
        tab.page.keyboard.press("Enter" if is_shuffle else "ArrowRight")
        said.get_by_text("you look").wait_for()
        press(tab, panel, "predict first", "Space")
        said.get_by_text("you look").wait_for(state="detached")
    assert tab.tracebacks() == []
    assert tab.complaints == []


def used_one_by_one(panel):
    """Yield a panel's controls, down and up again, each with the focus."""
    panel.evaluate("e => e.scrollIntoView()")
    controls = panel.locator(
        ".course-controls :is([role=slider], select, input, textarea), button"
    )
    alive = controls.evaluate_all(
        "all => all.flatMap((e, n) => e.closest('[disabled]') ? [] : [n])"
    )
    for number in [*alive, *reversed(alive)]:
        controls.nth(number).focus()
        yield controls.nth(number)


def test_a_control_and_its_picture_are_seen_together(tab):
    panels = show(tab).all()
    for zoom, (width, height) in ZOOMS.items():
        tab.page.set_viewport_size({"width": width, "height": height})
        tab.page.wait_for_timeout(500)
        for number, panel in enumerate(panels):
            for control in used_one_by_one(panel):
                if not panel.evaluate(TOGETHER):
                    name = control.evaluate("e => e.outerHTML.slice(0, 200)")
                    pytest.fail(f"{zoom}, widget {number}: {name}")


def test_in_the_dark_no_control_shines_through_the_picture(tab):
    tab.page.set_viewport_size({"width": 853, "height": 480})
    panel = show(tab, ["04"]).first
    tab.do("apputils:change-theme", theme="JupyterLab Dark")
    picture = panel.locator(".course-picture")
    ground = "e => getComputedStyle(e).backgroundColor"
    on_top = (  # measured and asked at once: the page may be scrolling
        "e => { const at = e.querySelector('img').getBoundingClientRect();"
        " return document.elementFromPoint(at.x + 99, at.y + 9).tagName; }"
    )
    try:
        for _ in used_one_by_one(panel):
            assert picture.evaluate(ground) == "rgb(255, 255, 255)"
            for _ in range(50):
                if (found := picture.evaluate(on_top)) == "IMG":
                    break
                tab.page.wait_for_timeout(200)
            assert found == "IMG"
    finally:
        tab.do("apputils:change-theme", theme="JupyterLab Light")
