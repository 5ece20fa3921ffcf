"""The rooms hold: who imports whom, and what is shared is shared."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("utils", "lessons", "figures", "reviews", "leaderboard", "tools")
HEAVY = (
    "tensorflow",
    "keras",
    "sklearn",
    "pandas",
    "scipy",
    "gensim",
    "pooch",
)

MOST_LINES, MOST_ENTRIES = 9_000, 16
"""Lines of Python in utils, and files and folders beside its own page."""

SHARED_BY_NATURE = {
    "utils.imdb.__main__": "a command: `python -m utils.imdb`",
    "utils.imdb.download": "what that command alone does",
    "utils.imdb.keras_files": "read where that command put them",
}
"""Modules of utils that need no second lesson, and why."""

GUESTS = {
    "imdb_classifier": {"reviews"},  # a shop reads and labels its own files
    "beyond": {"reviews"},  # until lesson 17 shows it all
}
"""Lesson -> rooms that its notebook may import beside its own and utils."""


# Contracts


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run `lint-imports` in a folder."""
    program = "from importlinter.cli import lint_imports_command as c; c()"
    return subprocess.run(
        [sys.executable, "-c", program, "--no-cache"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_the_contracts_are_kept():
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory) -> Path:
    """All rooms' modules, to be spoilt."""
    folder = tmp_path_factory.mktemp("rooms")
    shutil.copy(ROOT / "pyproject.toml", folder)
    for room in ROOMS:
        for file in (ROOT / room).rglob("*.py"):
            place = folder / file.relative_to(ROOT)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, place)
    return folder


WRONG = (
    ("utils.theme", "lessons.gru.exercises"),
    ("lessons.gru.exercises", "tools.lab"),
    ("figures.draw.gru", "lessons.gru"),
    ("reviews.labels", "leaderboard.results"),
    ("tools.lab", "reviews.labels"),
    ("lessons.gru.exercises", "lessons.lstm"),
)
"""Imports that no room may have."""


def test_wrong_imports_break_the_contracts(spoilt):
    files = [spoilt / f"{name.replace('.', '/')}.py" for name, _ in WRONG]
    before = {file: file.read_bytes() for file in files}
    circle = spoilt / "utils" / "errors.py"
    before[circle] = circle.read_bytes()
    for file, (_, other) in zip(files, WRONG, strict=True):
        file.write_text(
            f"{file.read_text('utf-8')}\nimport {other}\n", "utf-8"
        )
    circle.write_bytes(before[circle] + b"\nimport utils.training\n")
    try:
        done = lint(spoilt)
    finally:
        for file, content in before.items():
            file.write_bytes(content)
    assert done.returncode == 1
    assert "0 kept, 4 broken" in done.stdout
    for importer, other in WRONG:
        assert f"{importer} -> {other}" in done.stdout, done.stdout


@pytest.mark.slow
def test_importing_utils_imports_nothing_heavy():
    modules = [name for name in modules_of(ROOT) if name.startswith("utils")]
    program = (
        "import importlib, sys\n"
        f"for name in {modules!r}:\n"
        "    if not name.endswith(('__main__', 'lookup_classes')):\n"
        "        importlib.import_module(name)\n"
        f"print(*[name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stderr, done.stdout.split()) == ("", [])


# What is imported

parse = cache(ast.parse)
"""Text -> its tree; most tests look at the same files."""


HOLDS_STATEMENTS = (ast.stmt, ast.ExceptHandler, ast.match_case)
"""What an import may stand in."""


def modules_of(root: Path) -> dict[str, ast.Module]:
    """Return dotted name -> parsed module of every room."""
    return {
        ".".join(file.relative_to(root).with_suffix("").parts).removesuffix(
            ".__init__"
        ): parse(file.read_text(encoding="utf-8"))
        for room in ROOMS
        for file in sorted((root / room).rglob("*.py"))
    }


def notebooks(root: Path) -> Iterable[tuple[str, ast.Module]]:
    """Yield the lesson and the parsed code of every notebook."""
    names = {
        path.stem[:2]: path.stem[3:]
        for path in (root / "notebooks").glob("*.ipynb")
    }
    for path in sorted((root / "notebooks").rglob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        code = "\n".join(
            "".join(cell["source"])
            for cell in cells
            if cell["cell_type"] == "code"
        )
        # A notebook of solutions is called 05_solutions.
        lesson = names[path.stem[:2]]
        yield lesson, parse(re.sub(r"(?m)^\s*[%!].*", "", code))


def imported(tree: ast.Module, known: dict[str, ast.Module]) -> set[str]:
    """Return the modules of ours that code imports, wherever it does.

    A name that a package passes on, as `plots.learning_curves`, counts for
    the module it is from, and not for the whole package.
    """
    found, packages = set(), {}
    for node in imports_in(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                if name in known:
                    packages[alias.asname or alias.name] = name
                    found.add(name)
                else:
                    found.add(passed_on(node.module, alias.name, known))
    if packages:
        for word, name in taken_out(tree):
            if word in packages:
                found.add(passed_on(packages[word], name, known))
    return found & {*known}


@cache
def imports_in(tree: ast.Module) -> list[ast.Import | ast.ImportFrom]:
    """Return the imports of a module, those within functions as well."""
    found, ahead = [], [tree]
    while ahead:
        for node in ast.iter_child_nodes(ahead.pop()):
            if isinstance(node, ast.Import | ast.ImportFrom):
                found.append(node)
            elif isinstance(node, HOLDS_STATEMENTS):
                ahead.append(node)
    return found


@cache
def taken_out(tree: ast.Module) -> set[tuple[str, str]]:
    """Return each name of a module with what it takes out of it."""
    return {
        (node.value.id, node.attr)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }


def passed_on(module: str, name: str, known: dict[str, ast.Module]) -> str:
    """Return the module that a name of another module is from."""
    for node in known[module].body if module in known else ():
        if isinstance(node, ast.ImportFrom) and node.module in known:
            for alias in node.names:
                if name == (alias.asname or alias.name):
                    return node.module
    return module


def users_of_utils(root: Path) -> dict[str, set[str]]:
    """Return module of utils -> lessons and other rooms that need it."""
    known = modules_of(root)
    needs = {name: imported(tree, known) for name, tree in known.items()}
    readers = [
        (f"lesson {x}", imported(tree, known)) for x, tree in notebooks(root)
    ]
    for name, found in needs.items():
        room, *rest = name.split(".")
        if room != "utils" and rest:
            who = f"lesson {rest[0]}" if room == "lessons" else room
            readers.append((who, found))
    users = defaultdict(set)
    for who, found in readers:
        reached, ahead = set(), {*found}
        while ahead:
            module = ahead.pop()
            reached.add(module)
            if not is_door(known[module]):
                ahead |= needs[module] - reached
        for module in reached:
            users[module].add(who)
    return {
        name: users[name]
        for name, tree in known.items()
        if name.startswith("utils.") and not is_door(tree)
    }


def is_door(tree: ast.Module) -> bool:
    """Whether a module only passes on what others define."""
    _, *rest = tree.body
    return all(
        isinstance(node, ast.ImportFrom)
        or (
            isinstance(node, ast.Assign)
            and ast.unparse(node.targets[0]) == "__all__"
        )
        for node in rest
    )


def size_of_utils(root: Path) -> tuple[int, int]:
    """Return how many lines of Python utils has, and how many entries."""
    files = (root / "utils").rglob("*.py")
    lines = sum(file.read_bytes().count(b"\n") for file in files)
    entries = {path.name for path in (root / "utils").iterdir()}
    return lines, len(entries - {"__init__.py", "__pycache__"})


def lonely(root: Path) -> dict[str, set[str]]:
    """Return modules of utils that one lesson, or nobody, needs."""
    return {
        name: who
        for name, who in users_of_utils(root).items()
        if name not in SHARED_BY_NATURE
        and len(who) < 2
        and all(one.startswith("lesson") for one in who)
    }


def test_utils_stays_small():
    lines, entries = size_of_utils(ROOT)
    assert lines <= MOST_LINES, "move what one room or lesson needs there"
    assert entries <= MOST_ENTRIES


def test_what_is_in_utils_is_shared():
    assert lonely(ROOT) == {}, "one lesson needs it: move it to its folder"


def test_every_exception_is_there_and_needs_to_be():
    users = users_of_utils(ROOT)
    assert all(len(users[name]) < 2 for name in SHARED_BY_NATURE)


def test_a_module_of_one_lesson_in_utils_is_found(spoilt):
    (spoilt / "notebooks").mkdir(exist_ok=True)
    file = spoilt / "lessons" / "gru" / "exercises.py"
    before = file.read_text(encoding="utf-8")
    module = spoilt / "utils" / "only_here.py"
    lines, entries = size_of_utils(spoilt)
    module.write_text('"""For one lesson."""\nVALUE = 1\n')
    assert size_of_utils(spoilt) == (lines + 2, entries + 1)
    assert lonely(spoilt)["utils.only_here"] == set()
    file.write_text(before + "\nfrom utils.only_here import VALUE\n")
    assert lonely(spoilt)["utils.only_here"] == {"lesson gru"}
    file.write_text(before, encoding="utf-8")


def strangers(root: Path) -> dict[str, set[str]]:
    """Return lesson -> rooms that its notebooks should not know."""
    known, strange = modules_of(root), defaultdict(set)
    for lesson, tree in notebooks(root):
        allowed = {"utils", f"lessons.{lesson}", *GUESTS.get(lesson, ())}
        for name in imported(tree, known):
            room, *rest = name.split(".")
            room = f"{room}.{rest[0]}" if room == "lessons" else room
            strange[lesson] |= {room} - allowed
    return {lesson: rooms for lesson, rooms in strange.items() if rooms}


def test_a_notebook_imports_utils_and_its_own_lesson():
    assert strangers(ROOT) == {}


def test_a_notebook_that_looks_into_another_room_is_found(spoilt):
    cells = [
        {"cell_type": "code", "source": [f"from {room} import {name}\n"]}
        for room, name in (
            ("lessons.lstm", "exercises"),
            ("tools", "lab"),
            ("utils", "theme"),
            ("lessons.gru", "exercises"),
        )
    ]
    (spoilt / "notebooks").mkdir(exist_ok=True)
    page = spoilt / "notebooks" / "08_gru.ipynb"
    page.write_text(json.dumps({"cells": cells}))
    assert strangers(spoilt) == {"gru": {"lessons.lstm", "tools"}}
    page.unlink()
