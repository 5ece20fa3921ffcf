"""Build the slides, once or whenever a deck changes, and their handouts."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tools.notebooks.korean import mark_pages
from tools.notebooks.lessons import ROOT, choose, folder, lessons

SLIDES = ROOT / "build" / "slides"
SETTINGS = ROOT / "docs" / "slides"
INDEX = "# Slides\n\n```{toctree}\n:glob:\n:titlesonly:\n\n*\n```\n"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
HANDOUT = """
@page { size: A4; margin: 12mm } body { width: auto !important }
.pdf-page { width: 1280px; zoom: 0.31; margin-bottom: 32px; border: 4px solid;
  break-after: auto !important; overflow: visible !important }
.pdf-page::after { content: ""; position: absolute; left: 1320px; width: 920px;
  height: 720px; background: repeating-linear-gradient(
    transparent 0 98px, #999 98px 102px) }
"""
"""Four slides a page, with lines to write on."""


def deck(lesson: Path) -> Path:
    """Return where the slides of a lesson are written."""
    return folder(lesson) / "slides.md"


def slides_command(names: list[str], *, watch: bool, handout: bool) -> int:
    """Build decks, go on while they change if asked; return the status."""
    chosen = choose(names, lessons())
    read = [*SETTINGS.rglob("*.*"), *chosen, *map(deck, chosen)]
    built: list[int] = []
    while True:
        saved = [path.stat().st_mtime_ns for path in read]
        if saved != built:
            built, status = saved, build(chosen)
            if handout and not status:
                for lesson in chosen:
                    write_handout(SLIDES / f"{lesson.stem}.pdf")
        if not watch:
            return status
        time.sleep(0.5)


def build(chosen: list[Path], target: Path = SLIDES) -> int:
    """Write the slides of lessons into a folder; return the exit status.

    Sphinx finds decks, lessons and drawings side by side, and stops at any
    warning, such as a tag that no cell has.
    """
    with tempfile.TemporaryDirectory() as work:
        shutil.copytree(ROOT / "figures", Path(work, "figures"))
        Path(work, "index.md").write_text(INDEX, encoding="utf-8")
        for lesson in chosen:
            shutil.copy(deck(lesson), Path(work, f"{lesson.stem}.md"))
            shutil.copy(lesson, work)
        command = [
            *(sys.executable, "-m", "sphinx", "--quiet", "--fail-on-warning"),
            *("--builder", "revealjs", "--conf-dir", str(SETTINGS)),
            *("--doctree-dir", f"{work}/doctrees", work, str(target)),
        ]
        status = subprocess.run(command, cwd=ROOT, check=False).returncode
    if not status:
        mark_pages(target)
        print(f"{len(chosen)} decks in {target.name}/; S shows the notes")
    return status


def browser_path() -> str:
    """Return where the browser is, or raise a ``ValueError``."""
    for path in filter(None, map(shutil.which, BROWSERS)):
        return path
    raise ValueError(f"a handout takes one of {', '.join(BROWSERS)}")


def write_handout(target: Path) -> None:
    """Write the handout of the deck that lies beside it, and say where."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path())
        slides = target.with_suffix(".html")
        target.write_bytes(handout(browser.new_page(), slides))
    print(f"{target.parent.name}/{target.name}")


def handout(page: Any, slides: Path) -> bytes:
    """Return a deck as reveal.js prints it, but small, as a PDF."""
    page.goto(f"{slides.as_uri()}?print-pdf")
    page.wait_for_selector(".pdf-page")
    page.add_style_tag(content=HANDOUT)
    return page.pdf(prefer_css_page_size=True)
