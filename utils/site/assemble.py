"""Lay out what Sphinx reads: lessons, solutions, figures and documents.

Sphinx takes one folder. It gets a copy of the parts of the project that
become pages, at the places that they have in the project, so that a link
from one to another holds in both.
"""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbformat.v4 import new_markdown_cell

from utils.notebooks.course_map import heading

GROUPS = (
    ("Foundations", 5),
    ("Memory", 10),
    ("Tasks", 15),
    ("Reviews", 99),
)
"""The parts of the course, each with the number of its last lesson."""

LESSONS_MARK = "<!-- lessons -->"
FOLDED = "hide-input"
"""The tag of a cell whose code MyST-NB folds."""

DOCUMENTS = ("docs/teaching.md", "CONTRIBUTING.md")
"""Pages that the site shows where they exist, with their place in it."""

LINK = re.compile(r"(?<!!)\[([^\]]+)\]\(([^)\s#]+)(#[^)\s]*)?\)")
DRAWING = re.compile(r"^## (\S+)\n\n!\[(.+)\]\((\S+)\)$", re.MULTILINE)


def assemble(root: Path, source: Path) -> None:
    """Write everything that Sphinx reads.

    Args:
        root: The project's folder.
        source: An empty or new folder.

    Raises:
        ValueError: The project has no lesson, or docs/index.md has no
            place for the lessons.
    """
    # What else lies there, such as a file half written, is no lesson.
    lessons = sorted((root / "notebooks").glob("[0-9][0-9]_*.ipynb"))
    if not lessons:
        raise ValueError(f"root takes a project with lessons, got {root}")
    for lesson in lessons:
        _notebook(lesson, root, source)
        if _solution(lesson).exists():
            _notebook(_solution(lesson), root, source)
    documents = [name for name in DOCUMENTS if (root / name).exists()]
    for name in documents:
        _write(source / name, _page(root / name, root))
    _figures(root / "figures", source / "figures", lessons)
    _write(source / "index.md", _index(root, lessons, documents))


def groups(lessons: list[Path]) -> Iterator[tuple[str, list[Path]]]:
    """Yield the parts of the course that have lessons, with their lessons."""
    first = 1
    for name, last in GROUPS:
        part = [path for path in lessons if first <= _number(path) <= last]
        if part:
            yield name, part
        first = last + 1


def without_dead_links(text: str, page: Path, root: Path) -> str:
    """Return Markdown in which links to what is no page are plain words.

    Args:
        text: The Markdown.
        page: The file it comes from; its links start there.
        root: The project's folder.
    """

    def link(found: re.Match[str]) -> str:
        target = found[2]
        if re.match(r"[a-z]+:", target):
            return found[0]
        path = (page.parent / target).resolve()
        return found[0] if _becomes_page(path, root) else found[1]

    return LINK.sub(link, text)


def gallery(readme: str, lessons: list[Path]) -> str:
    """Return the page of all drawings, ordered by lesson.

    Args:
        readme: The text of figures/README.md.
        lessons: The lessons' files, for their titles.
    """
    drawings = defaultdict(list)
    for stem, words, file in DRAWING.findall(readme):
        drawings[stem[:2]].append((stem, words, file))
    lines = [
        "# Figures",
        "",
        "Every drawing of the course, for use in your own slides and pages "
        "(CC BY 4.0). They are drawn by code, with `make figures`.",
    ]
    for lesson in lessons:
        number = lesson.stem[:2]
        if number in drawings:
            title = f"{number} {heading(lesson)[0]}"
            lines += ["", f"## [{title}](../notebooks/{lesson.name})"]
        for drawing in drawings[number]:
            lines += _drawing(*drawing)
    return "\n".join(lines) + "\n"


def _drawing(stem: str, words: str, file: str) -> list[str]:
    """Return the lines of one drawing: its name, itself, its files."""
    name = stem[3:].replace("_", " ")
    kinds = ("svg", "png") if file.endswith("svg") else ("svg", "png", "gif")
    links = " · ".join(f"[{kind.upper()}]({stem}.{kind})" for kind in kinds)
    return [
        "",
        f"### {name[0].upper()}{name[1:]}",
        "",
        f"![{words}]({file})",
        "",
        "<details><summary>The picture in words</summary>"
        f"<p>{words}</p></details>",
        "",
        f"Files: {links}",
    ]


def _figures(folder: Path, target: Path, lessons: list[Path]) -> None:
    """Copy the drawings and write the page that shows them all."""
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(folder.iterdir()):
        if path.suffix in (".svg", ".png", ".gif"):
            shutil.copyfile(path, target / path.name)
    readme = (folder / "README.md").read_text(encoding="utf-8")
    _write(target / "index.md", gallery(readme, lessons))


def _index(root: Path, lessons: list[Path], documents: list[str]) -> str:
    """Return the first page: its words, the lessons, the order of pages."""
    page = root / "docs" / "index.md"
    words = page.read_text(encoding="utf-8")
    if LESSONS_MARK not in words:
        raise ValueError(f"docs/index.md takes a line {LESSONS_MARK}")
    parts, order = [], []
    for name, part in groups(lessons):
        parts += ["", f"### {name}", ""]
        parts += [line for lesson in part for line in _entry(lesson)]
        order += _toctree(name, [f"notebooks/{path.stem}" for path in part])
    others = ["figures/index"]
    others += [name.removesuffix(".md") for name in documents]
    order += _toctree("More", others)
    # The page stands one folder higher in the site than in the project.
    words = without_dead_links(words, page, root).replace("](../", "](")
    words = words.replace(LESSONS_MARK, "\n".join(parts).strip())
    return "\n".join([words.rstrip(), "", *order])


def _entry(lesson: Path) -> list[str]:
    """Return the lines of a lesson in the list on the first page."""
    title, promise, minutes = heading(lesson)
    link = f"[{lesson.stem[:2]} {title}](notebooks/{lesson.name})"
    return [f"- **{link}**, {minutes} minutes  ", f"  {promise}"]


def _toctree(caption: str, pages: list[str]) -> list[str]:
    """Return the lines that put pages into the sidebar, in this order."""
    options = [f":caption: {caption}", ":hidden:", ":titlesonly:", ""]
    return ["```{toctree}", *options, *pages, "```", ""]


def _notebook(path: Path, root: Path, source: Path) -> None:
    """Copy a notebook with the links that only the site has."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = without_dead_links(cell.source, path, root)
    _fold_setup(notebook)
    if path.parent.name == "solutions":
        # It hangs on its lesson and has no place in the order of pages.
        notebook.metadata["orphan"] = True
    elif _solution(path).exists():
        words = (
            f"**[Worked solutions](solutions/{path.name})** of the "
            "exercises, folded: each opens when you ask for it."
        )
        place = _end_of_exercises(notebook)
        notebook.cells.insert(place, new_markdown_cell(words))
    _write(source / path.relative_to(root), nbformat.writes(notebook))


def _fold_setup(notebook: nbformat.NotebookNode) -> None:
    """Fold the first code cell, which only imports."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.metadata["tags"] = [*cell.metadata.get("tags", []), FOLDED]
            return


def _end_of_exercises(notebook: nbformat.NotebookNode) -> int:
    """Return the number of the first cell behind the exercises."""
    place = None
    for number, cell in enumerate(notebook.cells):
        parts = re.findall(r"^## .+", cell.source, re.MULTILINE)
        if cell.cell_type != "markdown" or not parts:
            continue
        if place is not None:
            return number
        if parts[-1].startswith("## Exercises"):
            place = number
    return len(notebook.cells)


def _becomes_page(path: Path, root: Path) -> bool:
    """Tell whether a file of the project is in the site."""
    if not path.is_file() or not path.is_relative_to(root.resolve()):
        return False
    place = path.relative_to(root.resolve()).as_posix()
    return place in DOCUMENTS or bool(
        re.fullmatch(
            r"notebooks/(solutions/)?\d\d_\w+\.ipynb"
            r"|figures/\w+\.(svg|png|gif)",
            place,
        )
    )


def _page(path: Path, root: Path) -> str:
    """Return a document of the project as a page of the site."""
    return without_dead_links(path.read_text(encoding="utf-8"), path, root)


def _solution(lesson: Path) -> Path:
    """Return where a lesson's worked solutions are, if there are any."""
    return lesson.parent / "solutions" / lesson.name


def _number(lesson: Path) -> int:
    """Return the number that a lesson's name begins with."""
    return int(lesson.stem.split("_")[0])


def _write(path: Path, text: str) -> None:
    """Write text to a file in a folder that may not exist yet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
