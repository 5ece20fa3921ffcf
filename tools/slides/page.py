"""The slides of a lesson as one HTML page on reveal.js."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters import SlidesExporter
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook

from tools.notebooks.korean import marked
from tools.notebooks.page import LessonExporter
from tools.notebooks.slide_types import GOES_ON
from tools.slides.layout import Slide, stage
from tools.slides.notes import NOTHING, Notes, Part

HERE = Path(__file__).parent
TEMPLATE = HERE / "page.html.j2"
STYLE = HERE / "slides.css"
RULE = "\n\n---\n\n"


class StageExporter(LessonExporter, SlidesExporter):
    """nbconvert's slides, with our template and our rendering of Markdown."""


def write_slides(
    notebook: NotebookNode, notes: Notes | None, source: Path, target: Path
) -> int:
    """Write the slides of a lesson; return how many there are.

    Args:
        notebook: The lesson with its outputs.
        notes: What the instructor says; None if it is still to be written.
        source: The lesson's file; its pictures lie relative to it.
        target: The page to write.
    """
    slides = stage(notebook)
    shown = new_notebook(cells=_cells(slides, notes))
    shown.metadata["title"] = slides[0].title
    exporter = StageExporter(raw_template=TEMPLATE.read_text("utf-8"))
    resources = {"metadata": {"name": source.stem, "path": source.parent}}
    page, _ = exporter.from_notebook_node(shown, resources=resources)
    target.write_text(marked(page), encoding="utf-8", newline="\n")
    return len(slides)


def _cells(slides: list[Slide], notes: Notes | None) -> list[NotebookNode]:
    """Return the slides as a notebook's cells with slide types."""
    parts = {part.title: part for part in notes.parts} if notes else {}
    cells = []
    for number, slide in enumerate(slides):
        mark = "##" if number else "#"
        data = {}
        part = parts.get(slide.part)
        if part:
            same = sum(other.part == slide.part for other in slides)
            data["timing"] = round(60 * part.minutes / same)
        kind = "slide" if slide.opens else "subslide"
        title = _cell(f"{mark} {slide.title}", kind)
        title.metadata.slideshow["data"] = data
        words = speaker_notes(slide, part, notes)
        cells += [title, _cell(words, "notes")]
        for item in slide.items:
            kind = "fragment" if item.appears else GOES_ON
            item.cell.metadata["slideshow"] = {"slide_type": kind}
            cells.append(item.cell)
    return cells


def _cell(words: str, kind: str) -> NotebookNode:
    """Return a Markdown cell of a slide type."""
    metadata: dict[str, Any] = {"slideshow": {"slide_type": kind}}
    return new_markdown_cell(words, metadata=metadata)


def speaker_notes(slide: Slide, part: Part | None, notes: Notes | None) -> str:
    """Return the Markdown of the notes window for a slide.

    The instructor's own words come first: all of a part's where it begins,
    and what to run again on the slide that shows the cell. The lesson's
    prose follows, for whoever wants the exact words.
    """
    own = []
    if notes and part:
        if slide.opens:
            own.append(_clock(notes, part))
            own += _paragraphs(part, *part.paragraphs)
        elif any(code.split("\n")[0] == part.run_live for code in slide.code):
            own += _paragraphs(part, "Run live", "If it fails")
    prose = "\n\n".join(slide.prose)
    blocks = ["\n\n".join(own), prose and f"*The lesson says:*\n\n{prose}"]
    return RULE.join(block for block in blocks if block) or "No notes."


def _paragraphs(part: Part, *labels: str) -> list[str]:
    """Return labelled paragraphs of a part; not what there is to run not."""
    return [
        f"**{label}.** {part.paragraphs[label]}"
        for label in labels
        if part.paragraphs[label] != NOTHING
    ]


def _clock(notes: Notes, part: Part) -> str:
    """Return when a part begins and ends, counted from the lesson's start."""
    before = notes.parts[: notes.parts.index(part)]
    start = sum(earlier.minutes for earlier in before)
    return (
        f"*Part {len(before) + 1} of {len(notes.parts)}, {part.minutes} "
        f"minutes: from minute {start} to minute {start + part.minutes}*"
    )
