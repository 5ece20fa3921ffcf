"""Every model that a lesson builds survives its file: who saves it has it."""

from __future__ import annotations

import ast
import contextlib
import importlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from building import (
    BUILDERS,
    NOTEBOOKS,
    ROOT,
    building_functions,
    builds,
    needed,
    statements,
)

from lessons.gru import experiments, variants

pytestmark = pytest.mark.filterwarnings(
    "ignore:__array__:DeprecationWarning",  # Keras's
)

EACH = "return_sequences=True"
CALLS = {
    "01": ["print_shapes(keras.Input((60, 1)), layers.SimpleRNN(16))"],
    "04": ["classifier('sigmoid', 1)", "classifier('tanh', 1)"],
    "06": ["linear_network(None)", "adding_network(layers.SimpleRNN, 7)"],
    "07": ["adding_network(1, 0)"],
    "08": ["classifier(layers.GRU(19), 0.01)"],
    "09": [
        f"tagger(layers.Bidirectional(layers.GRU(3, {EACH})))",
        "forecaster(True)",
        "forecaster(False)",
    ],
    "10": ["fate(layers.Dropout(0.1))", "classifier(True)"],
    "13": ["encoder(9)", "decoder(9)", "mlp(8, 9)"],
    "14": ["build(to_state)"],
    "15": [f"tagger(layers.LSTM(3, {EACH}))", "tagger(layers.Conv1D(3, 5))"],
    "17": ["classifier(layers.LSTM(8), 0.01)"],
    "20": ["chooser(9)", "writer(9)"],
}
"""Notebook -> calls of its functions that build a model."""

ROWS = "Rows(*[np.zeros((2, 5), int)] * 4)"
BOTH = "keras.layers.Bidirectional(keras.layers.GRU(8))"
MODULES = {
    "beyond.experiments": ["network()"],
    "beyond.mood": ["untaught(np.ones((9, 3), 'float32'), 4)"],
    "bidirectional.experiments": [
        "_tagger(LATER, 9)",
        "forecaster('both', each_step=True)",
    ],
    "bidirectional.teddy": ["tagger('teddy_both', 9)"],
    "captioning.models": [
        "uncut(2, 96)",
        "captioner(encoder(2, 96))",
        "classifiers(encoder(3, 96, is_split=True), [4, 4, 4], is_split=True)",
    ],
    "captioning.experiments": [
        "next(one_word('classifier', *digits.load()[:2], [1]))",
    ],
    "chatbot.networks": [
        "[chooser(9, reader).network for reader in READERS]",
        "[writer(9), writer(9, hears=False)]",
    ],
    "gru.experiments": [
        "[network(kind, 'adding') for kind in KINDS['adding'][2:]]",
    ],
    "gru.reviews": ["classifier('GRU', 19)"],
    "imdb_classifier.experiments": [
        f"_fitted({ROWS}, keras.layers.LSTM(8), 'adam', {{'epochs': 1}})",
        f"_fitted({ROWS}, {BOTH}, 'adam', {{'epochs': 1}})",
    ],
    "long_term_dependencies.experiments": ["network(1, 7)"],
    "lstm.experiments": ["network('LSTM', 0.01)"],
    "lstm.readings": ["network()"],
    "music.experiments": ["network('notes')", "network('and left')"],
    "music.models": [
        "other_input(9, 9, 4)",
        "beside_lstm(9, 9, 4)",
        "reads_pitch_only(9, 9, 4)",
    ],
    "padding_and_masking.experiments": [
        "[network(Run(r)) for r in ('GRU', 'LSTM, max', 'mean')]",
        "network(Run(mask=True))",
    ],
    "person_names.taggers": [
        "tagger('two readers', 9, 0.01)",
        "tagger('window up to the word', 9, 0.01)",
    ],
    "recurrent_cell.activations": ["[reader(a) for a in ACTIVATIONS]"],
    "return_sequences.experiments": ["network(1, every=True)"],
    "sequential_data.seeds": ["networks()"],
    "stacking.experiments": ["[network(name, 0.01) for name in NETWORKS]"],
    "stock_prices.experiments": ["recurrent(2, 'mae', 'linear')"],
    "stock_prices.leaks": ["network()"],
    "temperature.experiments": [
        "[detector(name) for name in ('GRU', 'GRU with change', 'Dense')]",
        "days()",
    ],
    "translation.experiments": [
        "AllAtOnce(Run('LSTM, both ends'), load(1)).model",
        "AllAtOnce(Run('MLP'), load(1)).model",
        "WordByWord(Run('LSTM'), load(1)).model",
        "WordByWord(Run(NO_MASK), load(1)).writer",
    ],
}
"""Module of a lesson -> calls of its functions that build models."""


class Trained(Exception):  # noqa: N818 - the end of a building, no mistake
    """A model is about to be trained; it is the first argument."""


@pytest.fixture
def no_training(keras, monkeypatch):
    """Let no model train: what is to be trained is built."""

    def stop(model, *_: object, **__: object) -> None:
        raise Trained(model)

    for name in ("fit", "train_on_batch"):
        monkeypatch.setattr(keras.Model, name, stop)
    return keras


class _Keep(ast.NodeTransformer):
    """Let each model that is built be kept: ``_keep(keras.Model(...))``."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if ast.unparse(node.func) not in BUILDERS:
            return node
        return ast.Call(ast.Name("_keep", ast.Load()), [node], [])


def models_of_notebook(number: str) -> list[Any]:
    """Run what builds the models of a notebook; return them."""
    kept: list[Any] = []

    def keep(model: Any) -> Any:
        kept.append(model)
        return model

    names: dict[str, Any] = {"_keep": keep}
    for statement in needed(number, CALLS.get(number, [])):
        tree = ast.Module([_Keep().visit(statement)], [])
        with contextlib.suppress(Trained):
            exec(
                compile(ast.fix_missing_locations(tree), number, "exec"), names
            )
    return kept


def models_of_module(name: str) -> list[Any]:
    """Return what the calls of a module build."""
    module = importlib.import_module(f"lessons.{name}")
    import keras

    kept = []
    for call in MODULES[name]:
        try:
            made = eval(
                call,
                {
                    **vars(module),
                    "keras": keras,
                    "np": np,
                    "EPOCH": {"epochs": 1},
                },
            )
        except Trained as end:
            made = end.args[0]
        several = made.values() if isinstance(made, dict) else made
        kept += several if not hasattr(made, "save") else [made]
    return [each for each in kept if hasattr(each, "save")]


def asked(model: Any) -> list[np.ndarray]:
    """Return inputs for a model: ids where ids are, and any numbers."""
    dice = np.random.default_rng(0)
    return [
        dice.integers(0, 3, (2, *(size or 5 for size in each.shape[1:])))
        for each in model.inputs
    ]


def answers(model: Any, x: list[np.ndarray]) -> list[np.ndarray]:
    """Return all outputs of a model."""
    said = model(x if len(x) > 1 else x[0])
    every = said if isinstance(said, list | tuple) else [said]
    return [np.asarray(each) for each in every]


def check(models: list[Any], folder: Path, keras: Any) -> None:
    """Save models, load them, and compare all they say."""
    assert models
    for model in models:
        if not model.built:  # it takes any length
            model.build((None, 5))
        for variable in model.weights:  # of what loads none, all are other
            variable.assign(variable + 0.01)
        if getattr(model, "optimizer", None):  # as after a training
            model.optimizer.build(model.trainable_variables)
        x = asked(model)
        model.save(folder / "kept.keras")
        loaded = keras.models.load_model(folder / "kept.keras")
        for said, again in zip(
            answers(model, x), answers(loaded, x), strict=True
        ):
            np.testing.assert_allclose(again, said, atol=1e-6)


def that_build() -> list[str]:
    """Return the notebooks that build a model."""
    return [
        number
        for number in sorted(NOTEBOOKS)
        if any(map(builds, statements(number)))
    ]


@pytest.mark.slow
@pytest.mark.parametrize("number", that_build())
def test_the_models_of_a_notebook_survive_their_file(
    no_training, tmp_path, number
):
    check(models_of_notebook(number), tmp_path, no_training)


@pytest.mark.slow
@pytest.mark.parametrize("name", MODULES)
def test_the_models_of_a_module_survive_their_file(
    no_training, tmp_path, name
):
    check(models_of_module(name), tmp_path, no_training)


LOADED = """
import sys
import numpy as np
from utils import runtime
runtime.start()
import keras
import lessons.gru.gated_cell
for name in sys.argv[1:]:
    model = keras.models.load_model(name)
    print(*model(np.ones((2, 100, 2))).numpy().ravel().tolist())
"""


@pytest.mark.slow
@pytest.mark.usefixtures("keras")
def test_cells_of_a_lesson_are_found_by_another_process(tmp_path):
    said, files = [], []
    for place, kind in enumerate(variants.KINDS):
        model = experiments.network(kind, "adding")
        files.append(str(tmp_path / f"{place}.keras"))
        model.save(files[-1])
        said.append(np.asarray(model(np.ones((2, 100, 2)))).ravel())
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *files],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    again = [line.split() for line in done.stdout.splitlines()]
    np.testing.assert_allclose(np.array(again, float), said, atol=1e-6)


def test_no_model_is_forgotten():
    for number in NOTEBOOKS:
        called = {call.split("(")[0] for call in CALLS.get(number, [])}
        assert called == building_functions(number), number
    found = {
        ".".join(path.relative_to(ROOT / "lessons").with_suffix("").parts)
        for path in ROOT.glob("lessons/*/*.py")
        if builds(ast.parse(path.read_text("utf-8")))
        # These ask a model of somebody's: nobody keeps them.
        and path.stem not in ("exercises", "answers")
    }
    assert found == {*MODULES}
