"""`make check` in a minute, `make test` the whole: what is checked and how."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence

from tools.notebooks.lessons import (
    KERNEL_VARIABLES,
    ROOT,
    choose,
    folder,
    lessons,
    solutions,
)

SECONDS = 75.0
"""What `make check` may take: a minute, and a quarter more for the first run,
in which Python compiles all it imports. CHECK_SECONDS allows other machines
more."""

PROFILES = ("fixed", "random")
"""The examples of property tests that HYPOTHESIS chooses from."""

LINT_IMPORTS = (
    "from importlinter.cli import lint_imports_command as lint; lint()"
)
"""The command ``lint-imports``: the package has none for ``python -m``."""

PYTEST = ["-m", "pytest", "--durations=15", "--dist=loadscope"]
NOTEBOOKS = [
    *("--nbval", "--nbval-current-env"),
    *("--nbval-sanitize-with", "tests/nbval_sanitize.cfg"),
    "--nbval-cell-timeout=600",
]


def check_command(names: Sequence[str]) -> int:
    """Check what a minute is enough for, or all of some lessons.

    Without names: ruff, the imports, and every test without Keras, kernel
    or browser, among them the lint of the notebooks; longer than
    CHECK_SECONDS fails. With names: the tests of these lessons, the lint of
    their notebooks, and every stored output of lesson and solution.

    Raises:
        ValueError: CHECK_SECONDS is no number, or a name stands for no
            lesson.
    """
    if not names:
        fast = [*PYTEST, "--numprocesses=logical", "-m", "not slow", "tests"]
        return run_steps([*_style(), fast], _seconds())
    notebooks = choose(list(names), lessons() + solutions())
    rooms = [
        str(room)
        for path in choose(list(names), lessons())
        for room in (folder(path), ROOT / "tests/lessons" / folder(path).name)
        if room.exists()
    ]
    tests = [room for room in rooms if "tests" in room]
    files = [str(path) for path in notebooks]
    return run_steps(
        [
            ["-m", "ruff", "check", *rooms, *files],
            ["-m", "tools", "lint", *files],
            [*PYTEST, "--numprocesses=2", *NOTEBOOKS, *tests, *files],
        ]
    )


def test_command() -> int:
    """Check everything.

    Raises:
        ValueError: HYPOTHESIS is no profile.
    """
    profile = os.environ.get("HYPOTHESIS") or "fixed"
    if profile not in PROFILES:
        known = " or ".join(PROFILES)
        raise ValueError(f"HYPOTHESIS takes {known}, got {profile!r}")
    # The longest come first, as tests/conftest.py sorts them.
    whole = [*PYTEST, "--no-loadscope-reorder", "--numprocesses=2", *NOTEBOOKS]
    # By name: pytest would take the copies in notebooks/ as well.
    notebooks = [str(path) for path in lessons() + solutions()]
    return run_steps([*_style(), [*whole, "tests", *notebooks]])


def run_steps(
    steps: Sequence[Sequence[str]], seconds: float | None = None
) -> int:
    """Run Python several times, one after another, until one fails.

    Args:
        steps: What Python gets to do each.
        seconds: What they may take together; no limit if None.

    Returns:
        The exit status of the first that fails, 1 if they take too long.
    """
    started = time.monotonic()
    variables = {**os.environ, **KERNEL_VARIABLES}
    # Else every worker of every run compiles all tests and libraries anew.
    variables.pop("PYTHONDONTWRITEBYTECODE", None)
    for step in steps:
        left = seconds and max(seconds - (time.monotonic() - started), 0)
        command = [sys.executable, *step]
        try:
            done = subprocess.run(
                command,
                cwd=ROOT,
                timeout=left,
                check=False,
                env=variables,
            )
        except subprocess.TimeoutExpired:
            print(
                f"the check takes longer than {seconds:g} s, {step[1]} was "
                "not over: mark what is slow in the list of a run with "
                "CHECK_SECONDS=600, or allow a slow machine more",
                file=sys.stderr,
            )
            return 1
        if done.returncode:
            return done.returncode
    print(f"all well after {time.monotonic() - started:.0f} s")
    return 0


def _style() -> list[list[str]]:
    """Return what looks at the files without running them."""
    steps = [
        ["-m", "ruff", "check", "."],
        ["-m", "ruff", "format", "--check", "."],
    ]
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    if "[tool.importlinter]" in project:
        steps.append(["-c", LINT_IMPORTS])
    return steps


def _seconds() -> float:
    """Return what the check may take."""
    given = os.environ.get("CHECK_SECONDS") or SECONDS
    try:
        return float(given)
    except ValueError:
        raise ValueError(
            f"CHECK_SECONDS takes a number of seconds, got {given!r}"
        ) from None
