"""Where the lessons lie and how they are named on a command line."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The project's folder."""

LESSONS = ROOT / "notebooks"
SOLUTIONS = LESSONS / "solutions"


def lessons() -> list[Path]:
    """Return every lesson, in order."""
    return sorted(LESSONS.glob("*.ipynb"))


def solutions() -> list[Path]:
    """Return every notebook of worked solutions, in order."""
    return sorted(SOLUTIONS.glob("*.ipynb"))


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
        return path.stem.split("_")[0] == name.zfill(2)
    return path.stem == name
