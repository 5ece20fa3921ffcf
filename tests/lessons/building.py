"""The statements of a notebook that its models need, and no training."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = {path.stem[:2]: path for path in ROOT.glob("notebooks/*.ipynb")}
BUILDERS = ("keras.Sequential", "keras.Model")


def statements(number: str) -> list[ast.stmt]:
    """Return the statements of a notebook, in order."""
    cells = json.loads(NOTEBOOKS[number].read_text("utf-8"))["cells"]
    sources = ["".join(c["source"]) for c in cells if c["cell_type"] == "code"]
    return [each for source in sources for each in ast.parse(source).body]


def builds(node: ast.AST) -> bool:
    """Say whether code builds a model."""
    return any(
        isinstance(each, ast.Call) and ast.unparse(each.func) in BUILDERS
        for each in ast.walk(node)
    )


def building_functions(number: str) -> set[str]:
    """Return the names of the functions of a notebook that build a model."""
    every = statements(number)
    functions = (each for each in every if isinstance(each, ast.FunctionDef))
    return {function.name for function in functions if builds(function)}


def needed(number: str, calls: Sequence[str]) -> list[ast.stmt]:
    """Return what has to run for all models of a notebook to be built.

    Args:
        number: Of the notebook.
        calls: Of its functions that build a model; each stands behind its
            function.
    """
    every = list(_with_calls(statements(number), calls))
    chosen = set()
    for place, statement in enumerate(every):
        is_function = isinstance(statement, ast.FunctionDef)
        if builds(statement) and not is_function:
            chosen |= {*_growing(every, place)}
        elif isinstance(statement, ast.Expr) and any(
            ast.unparse(statement) == ast.unparse(ast.parse(call).body[0])
            for call in calls
        ):
            chosen.add(place)
    for place in sorted(chosen, reverse=True):
        chosen |= _before(every, place)
    return [every[place] for place in sorted(chosen)]


def _with_calls(
    every: list[ast.stmt], calls: Sequence[str]
) -> Iterator[ast.stmt]:
    """Yield statements, and each call behind the function it calls."""
    for statement in every:
        yield statement
        if isinstance(statement, ast.FunctionDef):
            for call in calls:
                if call.startswith(f"{statement.name}("):
                    yield ast.parse(call).body[0]


def _growing(every: list[ast.stmt], place: int) -> Iterator[int]:
    """Yield where a model is built, and where layers are added to it."""
    yield place
    names = _given(every[place])
    for later in range(place + 1, len(every)):
        if _given(every[later]) & names:
            return
        if _added_to(every[later]) & names:
            yield later


def _before(every: list[ast.stmt], place: int) -> set[int]:
    """Return which earlier statements one needs, and those need."""
    wanted, found = _used(every[place]), set()
    for earlier in range(place - 1, -1, -1):
        statement = every[earlier]
        if (_given(statement) | _added_to(statement)) & wanted:
            found.add(earlier)
            if isinstance(statement, ast.Assign | ast.FunctionDef):
                wanted -= _given(statement)
            wanted |= _used(statement)
    return found


def _given(statement: ast.stmt) -> set[str]:
    """Return the names that a statement gives a value."""
    if isinstance(statement, ast.FunctionDef):
        return {statement.name}
    named = {
        (each.asname or each.name).split(".")[0]
        for each in ast.walk(statement)
        if isinstance(each, ast.alias)
    }
    return named | _names(statement, ast.Store) - _inside(statement)


def _added_to(statement: ast.stmt) -> set[str]:
    """Return the name of the model that gets one more layer."""
    called = getattr(getattr(statement, "value", None), "func", None)
    is_add = isinstance(called, ast.Attribute) and called.attr == "add"
    return {ast.unparse(called.value)} if is_add else set()


def _used(node: ast.AST) -> set[str]:
    """Return the names that code reads and does not give itself."""
    own = _inside(node)
    if isinstance(node, ast.FunctionDef):
        own |= _names(node, ast.Store)
        own |= {e.arg for e in ast.walk(node) if isinstance(e, ast.arg)}
    return _names(node, ast.Load) - own


def _names(node: ast.AST, context: type) -> set[str]:
    """Return the names that stand in code to be read, or to be given."""
    every = (each for each in ast.walk(node) if isinstance(each, ast.Name))
    return {each.id for each in every if isinstance(each.ctx, context)}


def _inside(node: ast.AST) -> set[str]:
    """Return the names that comprehensions keep to themselves."""
    every = ast.walk(node)
    found = (e.target for e in every if isinstance(e, ast.comprehension))
    return set().union(*(_names(target, ast.Store) for target in found))
