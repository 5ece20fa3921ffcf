"""The pages of `make run`, in a browser: read by axe, walked by keyboard."""

import nbformat
import pytest
from lab_in_browser import serious_violations

from tools.notebooks.lessons import choose, lessons
from tools.notebooks.page import write_page

READ_CLOSELY = ("00", "02", "12", "17")
"""A first lesson, formulas and a widget, sound, tables."""


@pytest.fixture(params=READ_CLOSELY)
def page(request, browser, tmp_path):
    """The page of a lesson as it is stored, open."""
    [lesson] = choose([request.param], lessons())
    target = tmp_path / "page.html"
    write_page(nbformat.read(lesson, as_version=4), lesson, target)
    new = browser.new_page()
    new.goto(target.as_uri())
    yield new
    new.close()


def test_axe_finds_nothing_serious(page):
    page.evaluate(
        "document.querySelectorAll('details')"
        ".forEach(fold => { fold.open = true; })"
    )
    assert serious_violations(page, preload=False) == set()


STOPS = "[...document.querySelectorAll('a[href], summary, audio')]"


def test_tab_reaches_every_link_and_every_fold(page):
    stops = page.locator("a[href], summary, [tabindex='0']").count()
    audio = 12 * page.locator("audio").count()  # its own buttons are stops
    reached = page.evaluate_handle("new Set()")
    for _ in range(stops + audio):
        page.keyboard.press("Tab")
        page.evaluate("all => all.add(document.activeElement)", reached)
    missed = page.evaluate(
        f"all => {STOPS}.filter(node => node.checkVisibility() &&"
        " !all.has(node)).map(node => node.outerHTML.slice(0, 80))",
        reached,
    )
    assert missed == []
