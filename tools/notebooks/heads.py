"""The end of a lesson's first cell: times, neighbours, where else it opens.

``python -m tools links`` writes it into every lesson; ``python -m tools map``
does so with the seconds of the last run. The repository's name stands in
``pyproject.toml``, at ``[tool.course]``. While it is empty, nothing leads to
a repository: a name that is not ours may be registered by anybody. With
``OWNER/NAME`` behind ``links`` the name is changed first.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from urllib.parse import quote

import nbformat

from tools.notebooks.course_map import heading, readme_seconds
from tools.notebooks.lessons import LESSONS, ROOT, lessons, solution_of
from tools.notebooks.stored_form import save
from utils.files import between_marks

PROJECT = ROOT / "pyproject.toml"
README = ROOT / "README.md"
DOORS, END_OF_DOORS = "<!-- doors:", "<!-- end of doors -->"
BRANCH = "main"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100}")
"""An owner and a name, as GitHub allows them."""

FOOT = re.compile(r"^\*Reading: (\d+) minutes\..*", re.MULTILINE | re.DOTALL)
"""What `foot` has written, with the minutes that only an author knows."""


def repository() -> str:
    """Return owner and name from ``pyproject.toml``; "" if none is set."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))
    return project["tool"]["course"]["repository"]


def doors(name: str) -> str:
    """Return the lines that open one lesson elsewhere, or "".

    Args:
        name: The lesson's file, such as ``"02_recurrent_cell.ipynb"``.
    """
    project, path = repository(), f"{LESSONS.name}/{name}"
    if not project:
        return ""
    tree = quote(f"lab/tree/{path}", safe="")
    colab = f"https://colab.research.google.com/github/{project}/blob"
    addresses = {
        "Colab": f"{colab}/{BRANCH}/{path}",
        "Binder": f"https://mybinder.org/v2/gh/{project}/{BRANCH}"
        f"?urlpath={tree}",
        "Codespaces": f"https://codespaces.new/{project}?quickstart=1",
    }
    line = " · ".join(f"[{door}]({url})" for door, url in addresses.items())
    return (
        f"Open in: {line}. On Colab, first run these two lines in a new cell, "
        "and restart the session:\n\n"
        f"    !git clone https://github.com/{project} course\n"
        "    !pip install -q -e course[colab]"
    )


def foot(path: Path, minutes: str, seconds: float | None) -> str:
    """Return how the first cell of a lesson ends.

    Args:
        path: The lesson.
        minutes: To read.
        seconds: To run, as measured; None if nobody has.
    """
    running = "" if seconds is None else f" Running: {rounded(seconds)}."
    around = [other for other in lessons() if other.name != path.name]
    before = [other for other in around if other.name < path.name][-1:]
    after = [other for other in around if other.name > path.name][:1]
    ways = [f"[← {_called(other)}]({other.name})" for other in before]
    ways += [f"[{_called(other)} →]({other.name})" for other in after]
    ways += [f"[solutions](solutions/{solution_of(path).name})"]
    parts = [f"*Reading: {minutes} minutes.{running}*", " · ".join(ways)]
    return "\n\n".join(filter(None, [*parts, doors(path.name)]))


def rounded(seconds: float) -> str:
    """Return about how long something takes, in words."""
    if seconds >= 150:
        return f"about {seconds / 60:.0f} minutes"
    step = 5 if seconds < 60 else 10
    return f"about {max(round(seconds / step), 1) * step} seconds"


def _called(path: Path) -> str:
    """Return the number and title of a lesson."""
    return f"{path.stem[:2]} {heading(path)[0]}"


def with_foot(source: str, path: Path) -> str:
    """Return the first cell of a lesson, with the right end.

    Raises:
        ValueError: It does not say how long reading takes.
    """
    found = FOOT.search(source)
    if not found:
        raise ValueError(
            f"{path.name} takes a first cell that ends with *Reading: 20 "
            "minutes.*"
        )
    # A reader's own run of a lesson changes no stored file.
    seconds = readme_seconds().get(path.stem)
    words = source[: found.start()].rstrip()
    return f"{words}\n\n{foot(path, found[1], seconds)}"


def write(new_repository: str | None = None) -> list[Path]:
    """Write every head and the README's doors; return the files that changed.

    Args:
        new_repository: The repository from now on, as ``"OWNER/NAME"``; the
            one of ``pyproject.toml`` stays if this is left out.

    Raises:
        ValueError: It is no repository's name, or a file has no place for
            what is written.
    """
    changed = []
    if new_repository is not None:
        changed += _rename(new_repository)
    text = README.read_text(encoding="utf-8")
    inside = doors(lessons()[0].name)
    body = f"{inside}\n" if inside else ""
    changed += _put(README, between_marks(text, DOORS, END_OF_DOORS, body))
    for path in lessons():
        notebook = nbformat.read(path, as_version=4)
        title = notebook.cells[0]
        before = title.source
        title.source = with_foot(before, path)
        if title.source != before:
            save(notebook, path)
            changed.append(path)
    return changed


def _rename(new_repository: str) -> list[Path]:
    """Write another repository's name into ``pyproject.toml``."""
    if not NAME.fullmatch(new_repository):
        raise ValueError(
            "repository takes an owner and a name, such as "
            f"jane/rnn-course, got {new_repository!r}"
        )
    line = re.compile(r'^repository = "[^"]*"$', re.MULTILINE)
    text = PROJECT.read_text(encoding="utf-8")
    return _put(PROJECT, line.sub(f'repository = "{new_repository}"', text))


def _put(path: Path, text: str) -> list[Path]:
    """Write a file anew; return it if it changed."""
    if path.read_text(encoding="utf-8") == text:
        return []
    path.write_text(text, encoding="utf-8", newline="\n")
    return [path]
