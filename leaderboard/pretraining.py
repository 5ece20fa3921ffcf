"""The training of the language model, pass by pass, and what is kept of it.

    python -m leaderboard.pretraining forward 1
    python -m leaderboard.pretraining backward 1

The number is the seed. Each command takes one core, so both may run side by
side. What a pass has taught is on file when it ends, and a command that is
started again goes on from there, to the same weights. With ``--keep`` they
replace those that come with the course.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from collections.abc import Callable
from dataclasses import astuple, dataclass, replace
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np

from leaderboard import cache, language_model_files
from leaderboard.cache import Cached, cached, spent
from leaderboard.language_model import (
    DIRECTIONS,
    Pretraining,
    network,
    perplexity,
    read_pass,
    stream,
    training_step,
)
from leaderboard.unlabelled import unlabelled
from utils import runtime
from utils.classify.padding import START_ID, Flat, flat
from utils.classify.protocol import Reviews, reviews
from utils.errors import check_choice
from utils.files import atomic_write
from utils.imdb import SourceError

WEIGHTS = (
    "table",
    "kernel",
    "recurrent_kernel",
    "bias",
    "projection_kernel",
    "projection_bias",
)
"""Names of the network's weights, in its order."""


@dataclass(frozen=True)
class Pass:
    """What one pass over the reviews brought.

    Attributes:
        loss: Mean sampled loss of a word, in nats.
        perplexity: On held-out reviews, among all words.
        seconds: It took.
    """

    loss: float
    perplexity: float
    seconds: float


@dataclass(frozen=True)
class Pretrained:
    """A trained language model.

    Attributes:
        weights: Name -> array: "table" (vocabulary, width); "kernel"
            (width, 3 units), "recurrent_kernel" (units, 3 units) and "bias"
            (2, 3 units) as in Keras's GRU; "projection_kernel" (units,
            width), "projection_bias" (width,).
        passes: What each brought.
        seconds: Spent before, on the passes that were on file.
    """

    weights: dict[str, np.ndarray]
    passes: tuple[Pass, ...]
    seconds: float


def texts(data: Reviews) -> list[list[int]]:
    """Return what is read: training and unlabelled reviews, as word ids.

    Some reviews are in the data set twice. One with the words of a
    validation or a test review is left out, so that none of these is read.
    """
    held_out = {
        tuple(_words(review))
        for part in (data.x_validation, data.x_test)
        for review in part
    }
    parts = (data.x_train, unlabelled())
    every = [_words(review) for part in parts for review in part]
    return [words for words in every if words and tuple(words) not in held_out]


def _words(review: list[int]) -> list[int]:
    """Return the ids of a review without the start id."""
    return review[1:] if review and review[0] == START_ID else review


def pretrained(
    data: Reviews, recipe: Pretraining, direction: str, seed: int
) -> Cached:
    """Return a trained language model with its cost.

    Args:
        data: Whose training part is read, with the unlabelled reviews.
        recipe: Of the network and its training.
        direction: "forward" or "backward".
        seed: Of everything random.

    Returns:
        `Pretrained`, from the cache if it was trained before; passes that
        are on file are not done again.
    """
    check_choice("direction", direction, DIRECTIONS)
    words = flat(texts(data))
    held_out = flat(list(data.x_validation[: recipe.held_out]))
    known = f"{direction} {seed} of {_digest(words.ids.tobytes())}"
    files = pass_files(recipe, known)
    return cached(
        f"language model {known} {recipe}",
        lambda: _trained(words, held_out, recipe, direction, seed, files),
    )


def _trained(
    words: Flat,
    held_out: Flat,
    recipe: Pretraining,
    direction: str,
    seed: int,
    files: list[Path],
) -> Pretrained:
    """Do the passes that are not on file."""
    runtime.start(seed=seed)
    import keras

    model = network(recipe)
    optimizer = keras.optimizers.Adam(global_clipnorm=1.0)
    optimizer.build(model.trainable_variables)
    done = max((n for n, f in enumerate(files, 1) if f.is_file()), default=0)
    passes = _restore(files[done - 1], model, optimizer) if done else ()
    before = sum(one.seconds for one in passes)
    if done:
        spent(f"passes in {files[done - 1].name}", before)
    step = training_step(model, optimizer)
    every = np.arange(len(held_out.lengths))
    measured = stream(held_out, every, direction, recipe.vocabulary)
    for number in range(done, len(files)):
        began = time.perf_counter()
        optimizer.learning_rate = recipe.learning_rates[number]
        rng = np.random.default_rng([seed, number])
        order = rng.permutation(len(words.lengths))
        ids = stream(words, order, direction, recipe.vocabulary)
        title = f"{direction}, pass {number + 1}/{len(files)}"
        loss = read_pass(step, ids, recipe, rng, _progress(title))
        reached = perplexity(model, measured, recipe.window)
        passes += (Pass(loss, reached, time.perf_counter() - began),)
        _keep(files[number], model, optimizer, passes)
        _say(f"{title}: perplexity of held-out reviews {reached:.1f}")
    return Pretrained(_weights(model), passes, before)


def pass_files(recipe: Pretraining, known: str) -> list[Path]:
    """Return where each pass is kept; later passes do not change its name.

    Args:
        recipe: Of the network and its training.
        known: All else that the weights depend on.
    """
    rates, files = recipe.learning_rates, []
    for number in range(1, len(rates) + 1):
        so_far = replace(recipe, learning_rates=rates[:number])
        name = f"pass-{number}-{_digest(f'{so_far} {known}'.encode())}.npz"
        files.append(cache.FOLDER / "language_model" / name)
    return files


def _digest(content: bytes) -> str:
    """Return a short name of some content."""
    return hashlib.sha256(content).hexdigest()[:16]


def _keep(
    path: Path, model: Any, optimizer: Any, passes: tuple[Pass, ...]
) -> None:
    """Store weights, the optimizer's state and the passes, or nothing."""
    variables = [*model.variables, *optimizer.variables]
    arrays = {f"{i}": v.numpy() for i, v in enumerate(variables)}
    arrays["passes"] = np.array([astuple(one) for one in passes])
    with atomic_write(path) as file:
        np.savez(file, **arrays)


def _restore(path: Path, model: Any, optimizer: Any) -> tuple[Pass, ...]:
    """Bring model and optimizer to the end of a pass; return the passes."""
    with np.load(path, allow_pickle=False) as arrays:
        for i, v in enumerate([*model.variables, *optimizer.variables]):
            v.assign(arrays[f"{i}"])
        return tuple(Pass(*row) for row in arrays["passes"].tolist())


def _weights(model: Any) -> dict[str, np.ndarray]:
    """Return the weights by name."""
    return dict(zip(WEIGHTS, model.get_weights(), strict=True))


def _keep_with_the_course(direction: str, model: Pretrained) -> None:
    """Store a language model's weights, and facts on its training."""
    facts = {
        "layer": "GRU",
        "units": len(model.weights["recurrent_kernel"]),
        "passes": len(model.passes),
        "perplexity": round(model.passes[-1].perplexity, 1),
        "seconds": round(sum(one.seconds for one in model.passes)),
        "keras": metadata.version("keras"),
    }
    path = language_model_files.keep(direction, model.weights, facts)
    _say(f"stored: {path.name}")


def _progress(title: str) -> Callable[[int, int, float], None]:
    """Return what says how far a pass is, and how long the rest will take."""
    began = time.perf_counter()

    def told(done: int, steps: int, loss: float) -> None:
        left = (time.perf_counter() - began) * (steps - done) / done
        _say(
            f"{title}: {done / steps:.0%}, loss {loss:.3f}, {left:.0f} s left"
        )

    return told


def _say(line: str) -> None:
    """Print a line beside the result, which is on standard output."""
    print(line, file=sys.stderr, flush=True)


def main(arguments: list[str] | None = None) -> int:
    """Train a language model, print what each pass brought; return 0."""
    parser = argparse.ArgumentParser(prog="python -m leaderboard.pretraining")
    parser.add_argument("direction", choices=DIRECTIONS)
    parser.add_argument("seed", type=int)
    parser.add_argument(
        "--keep", action="store_true", help="as those that come with us"
    )
    options = parser.parse_args(arguments)
    try:
        made = pretrained(
            reviews(), Pretraining(), options.direction, options.seed
        )
    except SourceError as error:
        print(f"{error}.", file=sys.stderr)
        return 1
    for number, one in enumerate(made.value.passes, start=1):
        print(
            f"pass {number}: loss {one.loss:.3f}, perplexity of held-out "
            f"reviews {one.perplexity:.1f}, {one.seconds:.0f} s"
        )
    if options.keep:
        _keep_with_the_course(options.direction, made.value)
    return 0


if __name__ == "__main__":
    runtime.run_command(main)
