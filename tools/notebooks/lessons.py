"""Where the lessons lie and how they are named on a command line."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The project's folder."""

KERNEL_VARIABLES = {
    "IPYTHONDIR": str(ROOT / ".jupyter" / "ipython"),
    "PYTHONSTARTUP": "",
    "PYTHONUTF8": "1",
    "PYTHONWARNINGS": "",
}
"""What keeps a reader's start-up files, filters and letters out of lessons:
in the locale C a folder with Korean letters has no name otherwise."""

LESSONS = ROOT / "notebooks"
SOLUTIONS = LESSONS / "solutions"
NAME = re.compile(r"\d\d_\w+")
"""A lesson's name; a copy, ``02_lstm-Copy1``, and a checkpoint have others."""


def lessons() -> list[Path]:
    """Return every lesson, in order."""
    return notebooks_in(LESSONS)


def solutions() -> list[Path]:
    """Return every notebook of worked solutions, in order."""
    return notebooks_in(SOLUTIONS)


def notebooks_in(folder: Path) -> list[Path]:
    """Return the course's notebooks in a folder, in order.

    Copies, checkpoints and a reader's own notebooks are not among them.
    """
    found = sorted(folder.glob("*.ipynb"))
    return [path for path in found if NAME.fullmatch(path.stem)]


def solution_of(lesson: Path) -> Path:
    """Return the notebook of a lesson's worked solutions, present or not.

    Its name begins otherwise: a tab of JupyterLab shows the first letters.
    """
    return (
        lesson.parent / SOLUTIONS.name / f"{lesson.stem[:2]}_solutions.ipynb"
    )


def folder(path: Path) -> Path:
    """Return the folder of what one lesson alone needs, present or not."""
    return ROOT / "lessons" / path.stem.partition("_")[2]


def choose(names: list[str], among: list[Path]) -> list[Path]:
    """Return the notebooks that ``names`` stand for, in order.

    Args:
        names: Numbers (``"17"``, ``"2"``), names
            (``"17_imdb_classifier"``) or paths; none of them means all.
        among: The notebooks to choose from.

    Raises:
        ValueError: A name stands for no notebook, or there is none at all.
    """
    if not among:
        raise ValueError("there is no notebook in notebooks/ yet")
    chosen: set[Path] = set()
    for name in names:
        found = {path for path in among if _is_called(path, name)}
        if not found:
            known = ", ".join(dict.fromkeys(path.stem for path in among))
            raise ValueError(
                f"no lesson is called {name!r}; there are {known}"
            )
        chosen |= found
    return [path for path in among if path in chosen] if names else among


def _is_called(path: Path, name: str) -> bool:
    """Tell whether ``name`` is the path, the name or the number of it."""
    if name.endswith(".ipynb"):
        return Path(name).resolve() == path
    if name.isdecimal():
        return path.stem.split("_")[0] == f"{int(name):02}"
    return path.stem == name or (
        path.parent.name == SOLUTIONS.name and path.stem[:2] == name[:2]
    )
