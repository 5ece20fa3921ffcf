"""What the site adds to a page before Sphinx reads it.

Sphinx reads the project's own files in place. The first page lists the
lessons, a lesson links to its worked solutions, and the list of drawings
becomes a gallery; none of this is stored twice.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from tools.notebooks.course_map import heading
from tools.notebooks.lessons import notebooks_in, solution_of
from tools.notebooks.markdown import headings

if TYPE_CHECKING:
    from sphinx.application import Sphinx

LESSONS = re.compile(r"^<!-- lessons (\d\d) to (\d\d) -->$", re.MULTILINE)
DRAWING = re.compile(r"^## (\S+)\n\n!\[(.+)\]\((\S+)\)$", re.MULTILINE)
FOLDED = "hide-input"
"""The tag of a cell whose code MyST-NB folds."""


def complete(app: Sphinx, page: str, source: list[str]) -> None:
    """Add to a page what it has on the site only.

    Args:
        app: Sphinx on the project's folder.
        page: The page's name: its file's, without the ending.
        source: The page's text; changed in place.
    """
    folder = Path(app.srcdir) / "notebooks"
    # The first page of the folder is the README, that of the site index.md.
    source[0] = source[0].replace("](../README.md", "](../index.md")
    if page == "index":
        source[0] = with_lessons(source[0], notebooks_in(folder))
    elif page == "figures/README":
        source[0] = gallery(source[0], notebooks_in(folder))
    elif page.startswith("notebooks/"):
        notebook = nbformat.reads(source[0], as_version=4)
        _fold_setup(notebook)
        solutions = solution_of(folder / f"{Path(page).name}.ipynb")
        if page.startswith("notebooks/solutions/"):
            # It hangs on its lesson and has no place in the order of pages.
            notebook.metadata["orphan"] = True
        elif solutions.exists():
            _link_solutions(notebook, f"solutions/{solutions.name}")
        source[0] = nbformat.writes(notebook)


def with_lessons(words: str, lessons: list[Path]) -> str:
    """Return the first page with the lessons at the marks for them."""

    def entries(found: re.Match[str]) -> str:
        lines = []
        for lesson in lessons:
            if found[1] <= lesson.stem[:2] <= found[2]:
                title, promise, minutes = heading(lesson)
                name = f"{lesson.stem[:2]} {title}"
                link = f"[{name}](notebooks/{lesson.name})"
                lines += [f"- **{link}**, {minutes} minutes  \n  {promise}"]
        return "\n".join(lines)

    return LESSONS.sub(entries, words)


def gallery(readme: str, lessons: list[Path]) -> str:
    """Return the page of all drawings, ordered by lesson.

    Args:
        readme: The text of figures/README.md.
        lessons: The lessons' files, for their titles.
    """
    drawings = defaultdict(list)
    for drawing in DRAWING.findall(readme):
        drawings[drawing[0][:2]].append(_drawing(*drawing))
    parts = [
        "# Figures\n\nEvery drawing of the course, for use in your own "
        "slides and pages\n(CC BY 4.0). They are drawn by code, with "
        "`make figures`."
    ]
    for lesson in lessons:
        number = lesson.stem[:2]
        if number in drawings:
            title = f"{number} {heading(lesson)[0]}"
            parts.append(f"## [{title}](../notebooks/{lesson.name})")
        parts += drawings[number]
    return "\n\n".join(parts) + "\n"


def _drawing(stem: str, words: str, file: str) -> str:
    """Return the Markdown of one drawing: its name, itself, its files."""
    name = stem[3:].replace("_", " ")
    kinds = ("svg", "png") if file.endswith("svg") else ("svg", "png", "gif")
    links = " · ".join(f"[{kind.upper()}]({stem}.{kind})" for kind in kinds)
    return (
        f"### {name[0].upper()}{name[1:]}\n\n![{words}]({file})\n\n"
        "<details><summary>The picture in words</summary>"
        f"<p>{html.escape(words, quote=False)}</p></details>\n\nFiles: {links}"
    )


def _fold_setup(notebook: NotebookNode) -> None:
    """Fold the first code cell, if it is there to import."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            if not cell.source.startswith(("import ", "from ")):
                return
            cell.metadata["tags"] = [*cell.metadata.get("tags", []), FOLDED]
            return


def _link_solutions(notebook: NotebookNode, address: str) -> None:
    """Put a link to the worked solutions behind a lesson's exercises."""
    words = (
        f"**[Worked solutions]({address})** of the exercises, folded: each "
        "opens when you ask for it."
    )
    parts = [
        (number, headings(cell.source, 2)[-1])
        for number, cell in enumerate(notebook.cells)
        if cell.cell_type == "markdown" and headings(cell.source, 2)
    ]
    behind = [
        number
        for (_, title), (number, _) in pairwise(parts)
        if title.startswith("Exercises")
    ]
    place = [*behind, len(notebook.cells)][0]
    notebook.cells.insert(place, new_markdown_cell(words))
