"""The widgets of the lessons: controls draw, mistakes in code are named."""

import ast
from importlib import import_module
from pathlib import Path

import nbformat
import pytest

NOTEBOOKS = sorted(Path(__file__).parents[2].glob("notebooks/*.ipynb"))

MOVES = {
    "bidirectional": {"word": (5, "Word 5, ")},
    "long_term_dependencies": {
        "recurrent weights times": (0.5, "At lag 99"),
        "activation": ("relu", "ReLU stops"),
        "length": (60, "At lag 59"),
        "cell": ("lstm_5", "σ(5)"),
    },
    "padding_and_masking": {"mask": (True, "to the last bit")},
    "recurrent_cell": {"step": (3, "Step 3 of 3")},
}
"""Lesson: the control's label, its new value, and what is then said."""

MISTAKES = {
    "bidirectional": {"word": [9], "opening": ["she sang"], "name": ["sheep"]},
    "counting_parameters": {
        "cell": ["RNN"],
        "inputs": [0, 10_001],
        "units": [2.5],
        "layers": [4],
        "bidirectional": ["yes"],
        "ask_keras": [None],
    },
    "imdb_classifier": {"cell": ["rnn"]},
    "long_term_dependencies": {"scale": [3.1], "cell": ["rnn"]},
    "padding_and_masking": {
        "side": ["left"], "cell": ["gru"], "padding": [31], "masked": [2]
    },
    "start_here": {"start": [0.5], "factor": ["x"], "steps": [11]},
    "sequential_data": {
        "source": ["x"], "shuffle": [-1], "in_order": [2], "text": [3]
    },
}  # fmt: skip


@pytest.mark.parametrize("lesson", MOVES)
def test_a_moved_control_draws_and_every_control_has_a_label(lesson):
    panel = import_module(f"lessons.{lesson}.widget").panel()
    used, picture = panel.children
    column, _, sentence, _, _ = used.children
    controls = {c.description: c for c in column.children}
    assert all(controls)
    for label, (value, said) in MOVES[lesson].items():
        before = picture.value
        controls[label].value = value
        assert said in sentence.value
        assert picture.value != before


@pytest.mark.parametrize("lesson", MISTAKES)
def test_a_mistake_in_code_is_named(lesson):
    view = import_module(f"lessons.{lesson}.widget").view
    for name, values in MISTAKES[lesson].items():
        for got in values:
            said = f"{name} takes.*{got}"
            with pytest.raises((TypeError, ValueError), match=said):
                view(**{name: got})


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_live_cell_imports_what_it_needs_and_the_live_quiz_is_first(path):
    sources = [
        cell.source
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "code"
    ]
    live = [s for s in sources if ".panel(" in s or "quiz.show(" in s]
    assert live
    for source in live:
        tree = ast.parse(source)
        names = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
        bound = {
            alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        assert names <= bound, "after a restart this cell has to be enough"
    asked = [s.startswith("quiz.ask(") for s in sources].index(True)
    assert "quiz.show(" in sources[asked - 1]
