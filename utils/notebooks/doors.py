"""Where else a lesson opens: the links, and the guard of its first cell.

The repository's name stands in ``pyproject.toml``, at ``[tool.course]``;
everything here is derived from it. ``python -m utils.notebooks doors`` writes
the links into the lessons and the README and the guard into the lessons.
With ``OWNER/NAME`` behind it, it changes the repository's name first.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from urllib.parse import quote

import nbformat
from nbformat import NotebookNode

from utils.notebooks.lessons import LESSONS, ROOT, lessons
from utils.notebooks.normalise import save

PROJECT = ROOT / "pyproject.toml"
README = ROOT / "README.md"
BRANCH = "main"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100}")
"""An owner and a name, as GitHub allows them."""

LINE = re.compile(r"^Open in: \[Colab\].*$", re.MULTILINE)
GUARD = re.compile(
    r"\Atry:\n    from utils import runtime\nexcept ImportError:\n"
    r".*?from None\n+",
    re.DOTALL,
)


def repository() -> str:
    """Return the repository's owner and name, from ``pyproject.toml``."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))
    return project["tool"]["course"]["repository"]


def links(name: str) -> str:
    """Return the line of links that open one lesson elsewhere.

    Args:
        name: The lesson's file, such as ``"02_recurrent_cell.ipynb"``.
    """
    project, path = repository(), f"{LESSONS.name}/{name}"
    tree = quote(f"lab/tree/{path}", safe="")
    colab = f"https://colab.research.google.com/github/{project}/blob"
    doors = {
        "Colab": f"{colab}/{BRANCH}/{path}",
        "Binder": f"https://mybinder.org/v2/gh/{project}/{BRANCH}"
        f"?urlpath={tree}",
        "Codespaces": f"https://codespaces.new/{project}?quickstart=1",
    }
    return "Open in: " + " · ".join(
        f"[{door}]({address})" for door, address in doors.items()
    )


def guard() -> str:
    """Return the code that says what to run where the course is missing.

    Any other package called ``utils`` lacks ``runtime``, so it does not pass
    for ours. ``SystemExit`` shows its words without a traceback.
    """
    owner, name = repository().split("/")
    return f'''\
try:
    from utils import runtime
except ImportError:
    raise SystemExit(
        "The course is not installed here. On your machine use make lab; on\\n"
        "Colab run these two lines in a new cell, then restart the session:\\n"
        "!git clone https://github.com/{owner}/"
        "{name} course\\n"
        "!pip install -q -e course[colab]"
    ) from None
'''


def open_doors(notebook: NotebookNode, name: str) -> None:
    """Put the links into a lesson's title cell, the guard into its first code.

    Args:
        notebook: The lesson; it is changed. What is there already is
            replaced, so that a second time changes nothing.
        name: The lesson's file.

    Raises:
        ValueError: The lesson does not begin with Markdown, or has no code.
    """
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    if not code or notebook.cells[0].cell_type != "markdown":
        raise ValueError(
            f"{name} takes a title in Markdown and a code cell, to open doors"
        )
    title = notebook.cells[0]
    words = LINE.sub("", title.source).rstrip()
    title.source = f"{words}\n\n{links(name)}"
    code[0].source = f"{guard()}\n{GUARD.sub('', code[0].source)}"


def write(new_repository: str | None = None) -> list[Path]:
    """Write every door; return the files that changed.

    Args:
        new_repository: The repository from now on, as ``"OWNER/NAME"``; the
            one of ``pyproject.toml`` stays if this is left out.

    Raises:
        ValueError: It is no repository's name, or a file has no place for
            its doors.
    """
    changed = []
    if new_repository is not None:
        changed += _replace(PROJECT, *_renamed(new_repository))
    changed += _replace(README, LINE, links(lessons()[0].name))
    for path in lessons():
        notebook = nbformat.read(path, as_version=4)
        before = [cell.source for cell in notebook.cells]
        open_doors(notebook, path.name)
        if [cell.source for cell in notebook.cells] != before:
            save(notebook, path)
            changed.append(path)
    return changed


def _renamed(new_repository: str) -> tuple[re.Pattern[str], str]:
    """Return the line of ``pyproject.toml`` to look for and its new words."""
    if not NAME.fullmatch(new_repository):
        raise ValueError(
            "repository takes an owner and a name, such as "
            f"jane/rnn-course, got {new_repository!r}"
        )
    line = re.compile(r'^repository = "[^"]*"$', re.MULTILINE)
    return line, f'repository = "{new_repository}"'


def _replace(path: Path, line: re.Pattern[str], words: str) -> list[Path]:
    """Put words in the place of a line; return the file if it changed."""
    before = path.read_text(encoding="utf-8")
    after, count = line.subn(lambda _: words, before)
    if count != 1:
        raise ValueError(
            f"{path.name} takes one line like {words[:24]!r}, got {count}"
        )
    if after == before:
        return []
    path.write_text(after, encoding="utf-8", newline="\n")
    return [path]
