"""Build the slides, once or whenever a deck changes, and their handouts."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

from tools.notebooks.korean import marked
from tools.notebooks.lessons import ROOT, choose, folder, lessons

SLIDES = ROOT / "build" / "slides"
SETTINGS = ROOT / "docs" / "slides"
INDEX = """# Slides

{decks}
"""


def deck(lesson: Path) -> Path:
    """Return where the slides of a lesson are written."""
    return folder(lesson) / "slides.md"


def slides_command(
    names: list[str], *, watch: bool = False, handout: bool = False
) -> int:
    """Build decks, go on while they change if asked; return the status."""
    chosen = choose(names, lessons())
    built = ""
    while True:
        state = _state(chosen)
        if state != built:
            built, status = state, build(chosen)
        if not watch:
            break
        time.sleep(0.5)
    if handout and not status:
        from tools.slides.handout import write_handout

        for lesson in chosen:
            print(write_handout(SLIDES / f"{lesson.stem}.html"))
    return status


def build(chosen: list[Path], target: Path = SLIDES) -> int:
    """Write the slides of lessons into a folder; return the exit status.

    Sphinx stops at any warning, such as a tag that no cell has.
    """
    work = target.with_name(f"{target.name}-work")
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(
        ROOT / "figures",
        work / "source" / "figures",
        ignore=shutil.ignore_patterns("draw", "*.md"),
    )
    for lesson in chosen:
        shutil.copy(deck(lesson), work / "source" / f"{lesson.stem}.md")
    decks = "\n".join(f"- [{each.stem}]({each.stem}.md)" for each in chosen)
    index = work / "source" / "index.md"
    index.write_text(INDEX.format(decks=decks), encoding="utf-8")
    command = [
        *(sys.executable, "-m", "sphinx", "--quiet", "--fail-on-warning"),
        *("--builder", "revealjs", "--conf-dir", str(SETTINGS)),
        *("--doctree-dir", str(work / "doctrees")),
        *(str(work / "source"), str(target)),
    ]
    if done := subprocess.run(command, cwd=ROOT, check=False).returncode:
        return done
    for page in target.glob("*.html"):
        text = marked(page.read_text(encoding="utf-8"))
        page.write_text(text, encoding="utf-8", newline="\n")
    print(f"open {target.relative_to(ROOT)}/index.html; S shows the notes")
    return 0


def _state(chosen: list[Path]) -> str:
    """Return what changes when a deck, its lesson or the style does."""
    read = [*SETTINGS.rglob("*.*"), *chosen, *map(deck, chosen)]
    return " ".join(str(path.stat().st_mtime_ns) for path in read)
