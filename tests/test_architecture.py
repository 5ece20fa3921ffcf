"""The package keeps its floors, and importing it stays cheap."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import utils

PACKAGE = Path(utils.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))
HEAVY = ("tensorflow", "keras", "sklearn", "pandas")
NUMPY_ONLY = ("cells", "parameters", "diagrams", "theme")
NAME = re.compile(r"``(\w+)``")

_floors, _tools = (utils.__doc__ or "").split("Beside the floors")
FLOOR = {
    name: -depth
    for depth, names in enumerate(_floors.split("→"))
    for name in NAME.findall(names)
}
"""The height of every module, as the package's docstring states it."""
TOOLS = set(NAME.findall(_tools))


def part_of(file: Path) -> str:
    """Return the module right below ``utils`` that a file belongs to."""
    return file.relative_to(PACKAGE).with_suffix("").parts[0]


def imported(file: Path) -> set[str]:
    """Return what a file imports, at its head and within functions."""
    names = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            if node.module == "utils":
                names |= {f"utils.{alias.name}" for alias in node.names}
    return names


def parts_imported(file: Path) -> set[str]:
    """Return the other modules below ``utils`` that a file imports."""
    names = {name.split(".")[1] for name in imported(file) if "utils." in name}
    return names - {part_of(file)}


ARROWS: dict[str, set[str]] = {}
for _file in FILES:
    ARROWS.setdefault(part_of(_file), set()).update(parts_imported(_file))


def test_docstring_states_the_floors():
    assert FLOOR["widgets"] > FLOOR["tasks"] > FLOOR["plots"] > FLOOR["cells"]
    assert "notebooks" in TOOLS
    assert not TOOLS & {*FLOOR}


@pytest.mark.parametrize("part", sorted({*ARROWS} - {"__init__"}))
def test_every_module_has_its_place(part):
    assert part in FLOOR or part in TOOLS, (
        f"utils.{part} stands on no floor: name it in utils/__init__.py"
    )


@pytest.mark.parametrize("part", sorted({*ARROWS} & {*FLOOR}))
def test_imports_never_point_up(part):
    reached = ARROWS[part]
    assert not reached & TOOLS, "a tool is imported from a floor"
    higher = {name for name in reached if FLOOR[name] > FLOOR[part]}
    assert not higher


def test_imports_form_no_circle():
    remaining = {part: set(reached) for part, reached in ARROWS.items()}
    while remaining:
        free = {part for part in remaining if not remaining[part]}
        assert free, f"a circle of imports among {sorted(remaining)}"
        remaining = {
            part: reached - free
            for part, reached in remaining.items()
            if part not in free
        }


@pytest.mark.parametrize("part", NUMPY_ONLY)
def test_needs_numpy_and_matplotlib_only(part):
    allowed = {*sys.stdlib_module_names, "utils", "numpy", "matplotlib"}
    allowed.add("PIL")  # matplotlib cannot do without it
    if part == "theme":
        allowed |= {"IPython"}
    roots = {
        name.split(".")[0]
        for file in FILES
        if part_of(file) == part
        for name in imported(file)
    }
    assert roots
    assert roots <= allowed


def test_importing_everything_imports_nothing_heavy():
    modules = [
        ".".join(file.relative_to(PACKAGE.parent).with_suffix("").parts)
        for file in FILES
        if file.name != "__main__.py"
    ]
    program = (
        "import importlib, sys\n"
        f"for name in {modules!r}:\n"
        "    importlib.import_module(name.removesuffix('.__init__'))\n"
        f"print(*[name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=PACKAGE.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.split() == []
