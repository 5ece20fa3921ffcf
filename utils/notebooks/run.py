"""Execute the lessons, publish them under build/, say what they cost."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import nbformat

from utils.notebooks.execute import LessonError, execute
from utils.notebooks.lessons import ROOT
from utils.notebooks.normalise import normalise, save
from utils.notebooks.page import write_page
from utils.notebooks.report import (
    RESULTS_VARIABLE,
    Row,
    read_results,
    table,
    write_json,
)

BUILD = ROOT / "build"
FIGURES = ROOT / "figures"


class Progress:
    """One line for each notebook; its epochs below while it trains."""

    def __init__(self, lesson: str) -> None:
        self._epochs = False
        print(f"{lesson:32}", end=" ", flush=True)

    def line(self, text: str) -> None:
        """Show a line the notebook printed, if it reports an epoch."""
        if not text.strip().lower().startswith("epoch"):
            return
        if not self._epochs:
            print(flush=True)
        self._epochs = True
        print(f"    {text.strip()}", flush=True)

    def done(self, row: Row) -> None:
        """Finish the notebook's line, or write a new one below its epochs."""
        if row.seconds is None:
            words = "failed"
        else:
            words = f"{row.seconds:8.1f} s {row.peak_megabytes:7.0f} MB"
            words = f"{words}  {row.mark}".rstrip()
        print(f"{row.lesson:32} {words}" if self._epochs else words)
        if row.error:
            print(f"    {row.error}", flush=True)


def run(paths: list[Path]) -> list[Row]:
    """Execute notebooks; leave copies, pages and figures under ``build/``.

    A lesson that fails is reported, and the others still run. Ctrl-C ends
    the run; what was measured until then is still written down.

    Args:
        paths: The lessons' files.

    Returns:
        One row a lesson, in the order in which they ran.
    """
    for folder in ("notebooks", "html"):
        (BUILD / folder).mkdir(parents=True, exist_ok=True)
    # The copies refer to pictures as the originals do: ../figures/….
    if FIGURES.exists():
        shutil.copytree(FIGURES, BUILD / "figures", dirs_exist_ok=True)
    rows: list[Row] = []
    try:
        for path in paths:
            progress = Progress(path.stem)
            row = _run_one(path, progress)
            progress.done(row)
            rows.append(row)
    finally:
        write_json(rows, BUILD / "run.json")
        print(f"\n{table(rows)}", flush=True)
    return rows


def _run_one(path: Path, progress: Progress) -> Row:
    """Execute one notebook and publish it; a failure becomes its row."""
    copy = BUILD / "notebooks" / path.name
    page = BUILD / "html" / f"{path.stem}.html"
    for stale in (copy, page):
        stale.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        recorded = Path(folder, "results.jsonl")
        try:
            execution = execute(
                path,
                on_line=progress.line,
                environment={RESULTS_VARIABLE: str(recorded)},
            )
            results = read_results(recorded)
        except (LessonError, ValueError) as error:
            return Row(path.stem, error=str(error))
    save(execution.notebook, copy)
    write_page(normalise(execution.notebook), path, page)
    _publish_solutions(path)
    return Row(
        path.stem,
        seconds=round(execution.seconds, 1),
        peak_megabytes=round(execution.peak_megabytes),
        results=results,
    )


def _publish_solutions(path: Path) -> None:
    """Write the page of a lesson's solutions, as they are stored."""
    stored = path.parent / "solutions" / path.name
    if not stored.exists():
        return
    page = BUILD / "html" / "solutions" / f"{path.stem}.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    write_page(nbformat.read(stored, as_version=4), stored, page)
