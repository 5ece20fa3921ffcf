"""Build the slides, once or whenever a deck changes."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tools.notebooks.korean import marked
from tools.notebooks.lessons import ROOT, choose, folder, lessons

SLIDES = ROOT / "build" / "slides"
SETTINGS = ROOT / "docs" / "slides"


def deck(lesson: Path) -> Path:
    """Return where the slides of a lesson are written."""
    return folder(lesson) / "slides.md"


def slides_command(
    names: list[str], *, watch: bool = False, handout: bool = False
) -> int:
    """Build decks, go on while they change if asked; return the status."""
    chosen = choose(names, lessons())
    read = [*SETTINGS.rglob("*.*"), *chosen, *map(deck, chosen)]

    def saved() -> list[int]:
        return [path.stat().st_mtime_ns for path in read]

    state, status = saved(), build(chosen)
    if handout and not status:
        from tools.slides.handout import write_handout

        for lesson in chosen:
            made = write_handout(SLIDES / f"{lesson.stem}.html")
            print(made.relative_to(ROOT))
    while watch:
        time.sleep(0.5)
        if (now := saved()) != state:
            state, status = now, build(chosen)
    return status


def build(chosen: list[Path], target: Path = SLIDES) -> int:
    """Write the slides of lessons into a folder; return the exit status.

    Sphinx stops at any warning, such as a tag that no cell has.
    """
    with tempfile.TemporaryDirectory() as work:
        return _build(chosen, Path(work), target)


def _build(chosen: list[Path], work: Path, target: Path) -> int:
    """Lay decks, lessons and drawings into a folder, and build them there."""
    drawings = shutil.ignore_patterns("draw", "*.md")
    shutil.copytree(ROOT / "figures", work / "figures", ignore=drawings)
    for lesson in chosen:
        shutil.copy(deck(lesson), work / f"{lesson.stem}.md")
        shutil.copy(lesson, work)  # for what the deck takes from it
    links = [f"- [{lesson.stem}]({lesson.stem}.md)" for lesson in chosen]
    index = "\n".join(["# Slides", "", *links, ""])
    (work / "index.md").write_text(index, encoding="utf-8")
    command = [
        *(sys.executable, "-m", "sphinx", "--quiet", "--fail-on-warning"),
        *("--builder", "revealjs", "--conf-dir", str(SETTINGS)),
        *("--doctree-dir", str(work / "doctrees"), str(work), str(target)),
    ]
    if done := subprocess.run(command, cwd=ROOT, check=False).returncode:
        return done
    for name in ["index", *(lesson.stem for lesson in chosen)]:
        page = target / f"{name}.html"
        text = marked(page.read_text(encoding="utf-8"))
        page.write_text(text, encoding="utf-8", newline="\n")
    print(f"{len(chosen)} decks in {target.name}/; S shows the notes")
    return 0
