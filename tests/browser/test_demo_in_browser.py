"""`make demo` on a projector and on a phone: every widget, by keyboard."""

import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from lab_in_browser import ROOT, SCREENS, free_port, serious_violations

from tools.demo import PANELS

PATIENCE = 120_000


@pytest.fixture(scope="module", params=["localhost", "0.0.0.0"])
def served(request, browser):
    """Serve the page; return its address, with the token if there is one."""
    assert browser.is_connected()
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "tools", "demo", "--no-browser",
         "--host", request.param, "--port", str(port)],
        cwd=ROOT,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )  # fmt: skip
    query = ""
    if request.param != "localhost":
        query = re.search(r"\?token=\S+", server.stdout.readline())[0]
    address = f"http://localhost:{port}/"
    for _ in range(300):
        try:
            with urllib.request.urlopen(address + query):
                break
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    yield address, query
    server.terminate()
    server.wait(30)
    server.stdout.close()


def test_every_widget_answers_without_code_and_by_keyboard(browser, served):
    address, query = served
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.set_default_timeout(PATIENCE)
    if query:
        page.goto(address)
        assert not page.query_selector(".course-panel"), "nobody asked"
    page.goto(address + query)
    panels = page.locator(".course-panel")
    page.wait_for_function(
        f"document.querySelectorAll('.course-panel img').length"
        f" >= {len(PANELS)}"
    )
    assert panels.count() == len(PANELS)
    assert "import lessons" not in page.inner_text("body")
    SCREENS.mkdir(parents=True, exist_ok=True)
    if not query:
        page.screenshot(path=SCREENS / "demo.png")
    step = panels.nth(1).locator(".noUi-handle").first
    said = panels.nth(1).locator(".course-said")
    before = said.inner_text()
    step.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "before => document.querySelectorAll('.course-panel')[1]"
        ".querySelector('.course-said').innerText !== before",
        arg=before,
    )
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 1280
    assert not serious_violations(page)
    page.close()


def test_it_fits_a_phone(browser, served):
    address, query = served
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.set_default_timeout(PATIENCE)
    page.goto(address + query)
    page.wait_for_function(
        f"document.querySelectorAll('.course-panel img').length"
        f" >= {len(PANELS)}"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    if not query:
        page.screenshot(path=SCREENS / "demo_phone.png")
    page.close()
