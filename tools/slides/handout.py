"""A handout of a deck: four slides a page, with lines to write on."""

from __future__ import annotations

import base64
import shutil
from pathlib import Path
from typing import Any

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update"),
    "--disable-sync",
)
PAGE = """<!doctype html><meta charset="utf-8"><style>
@page { size: A4; margin: 12mm }
div { display: flex; gap: 6mm; height: 66mm; break-inside: avoid }
img { width: 105mm; height: 59mm; outline: 1px solid #999 }
span { flex: 1; height: 59mm; background: repeating-linear-gradient(
  transparent 0 9mm, #999 9mm 9.3mm) }
</style>"""
ROW = '<div><img alt="" src="data:image/png;base64,{}"><span></span></div>'


def browser_path() -> str | None:
    """Return where the browser is, if there is one."""
    found = (shutil.which(name) for name in BROWSERS)
    return next(filter(None, found), None)


def write_handout(deck: Path) -> Path:
    """Write the handout of a deck that is built; return where it is.

    Raises:
        ValueError: There is no browser to draw the slides.
    """
    if browser_path() is None:
        raise ValueError(f"a handout takes one of {', '.join(BROWSERS)}")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path(), args=list(FLAGS)
        )
        page = browser.new_page(
            viewport={"width": 1280, "height": 720}, device_scale_factor=2
        )
        slides = map(base64.b64encode, pictures(page, deck))
        rows = [ROW.format(slide.decode()) for slide in slides]
        page.set_content(PAGE + "".join(rows))
        page.pdf(path=deck.with_suffix(".pdf"), prefer_css_page_size=True)
        browser.close()
    return deck.with_suffix(".pdf")


def pictures(page: Any, deck: Path) -> list[bytes]:
    """Return each slide of a deck, all that appears shown, as a PNG."""
    page.goto(deck.as_uri())
    page.wait_for_function("window.Reveal && Reveal.isReady()")
    shown = []
    for number in range(page.evaluate("Reveal.getTotalSlides()")):
        page.evaluate(f"Reveal.slide({number}, 0, 99)")
        shown.append(page.screenshot())
    return shown
