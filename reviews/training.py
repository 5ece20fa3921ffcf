"""Train a model on rows that have labels, and say how good it is.

Two models learn from the same rows: lesson 17's GRU, and counts of words
with a logistic regression. Both are measured on rows that nothing was chosen
by. The better one is kept, and the simpler where they cannot be told apart.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from reviews.comparison import score
from reviews.examples import Examples, Part, read_examples, split
from reviews.findings import Findings, about_models, about_rows, compared
from reviews.layout import FileError, Wishes
from reviews.linear import Linear, train_linear
from reviews.network import size_for, train_network
from reviews.output import STANDARD
from reviews.own import OwnModel, model_place
from reviews.tokens import Pieces, Tokens, Words, said, wants_pieces
from utils.errors import check_integer

STEPS = {"reading": 10, "words": 15, "TF-IDF": 40, "GRU": 100}
"""What is done -> how far the bar is at its end, in percent."""

Progress = Callable[[str, float], Any]
"""Is told a step of `STEPS` and the share of it that is done."""


class Chosen(NamedTuple):
    """How texts are cut, and the baseline that was trained on it.

    Attributes:
        tokens: The vocabulary.
        linear: The baseline.
        strength: Its C.
        score: On the validation.
    """

    tokens: Tokens
    linear: Linear
    strength: float
    score: float


def train_command(options: argparse.Namespace, wishes: Wishes) -> int:
    """Do what ``python -m reviews train`` says; return 0.

    Raises:
        FileError: The rows teach nothing, or the folder is not free.
    """
    began = time.perf_counter()
    seed = check_integer("seed", options.seed, minimum=0, maximum=2**32 - 1)
    model_place(options.out)  # what does not fit is said at once
    size = _size(options.file)
    name = Path(options.file).name
    with _bar() as progress:
        examples = read_examples(
            options.file,
            options.label,
            wishes,
            seed=seed,
            told=lambda layout: print(f"{name}: {layout}", file=sys.stderr),
            progress=lambda done: progress("reading", done / max(size, done)),
        )
        for line in about_rows(examples):
            _say(line)
        model, findings = train(examples, seed, progress)
        model.save(options.out)
    for line in about_models(findings):
        print(line)
    print(f"{options.out} in {time.perf_counter() - began:.0f} s")
    return 0


def train(
    examples: Examples,
    seed: int = 1,
    progress: Progress = lambda _step, _share: None,
) -> tuple[OwnModel, Findings]:
    """Train both models; return the one to keep, and what was found.

    The same rows and the same seed give the same model.

    Args:
        examples: From `read_examples`.
        seed: Of the split, the network and the intervals.
        progress: Is told how far it is.
    """
    parts = learn, choose, last = split(examples, seed)
    chosen, sentence = choose_tokens(examples, learn, choose, progress)
    tokens, linear = chosen.tokens, chosen.linear
    flats = [tokens.ids(part.texts) for part in parts]
    size = size_for(len(learn.texts), tokens.size, flats[0].lengths)
    rows_of_class = np.bincount(learn.labels, minlength=len(examples.classes))
    weight_of = np.ones(len(examples.classes))
    if not examples.even:
        weight_of = len(learn.labels) / (len(weight_of) * rows_of_class)
    network, epochs = train_network(
        (flats[0], learn.labels),
        (flats[1], choose.labels),
        size,
        weight_of,
        seed,
        lambda share: progress("GRU", share),
    )
    findings = compared(
        last.labels,
        said(linear.probabilities(flats[2]), flats[2]),
        said(network.probabilities(flats[2]), flats[2], size.vocabulary),
        int(rows_of_class.argmax()),
        examples,
        rows=(len(learn.texts), len(choose.texts), len(last.texts)),
        tokens=sentence,
        sizes={
            "linear": f"{len(linear.keys):,} counts, C {chosen.strength:g}",
            "gru": f"{size.units} units, {size.timesteps} steps, "
            f"{size.vocabulary:,} {tokens.kind}, {epochs} epochs",
        },
        seed=seed,
    )
    results = findings.numbers()
    if findings.keeps_network:
        model = OwnModel(
            examples.classes, tokens.limited(size.vocabulary), network, results
        )
    else:
        model = OwnModel(examples.classes, tokens, linear, results)
    return model, findings


def choose_tokens(
    examples: Examples, learn: Part, choose: Part, progress: Progress
) -> tuple[Chosen, str]:
    """Return the way to cut texts that serves the baseline best.

    Returns:
        The way, and a sentence on it.
    """
    kinds: list[type[Words] | type[Pieces]] = [Words]
    if wants_pieces(learn.texts):
        kinds.append(Pieces)
    measure = "accuracy" if examples.even else "macro_f1"
    count = len(examples.classes)
    tried = []
    for number, kind in enumerate(kinds):
        tokens = kind.learn(learn.texts)
        flats = [tokens.ids(part.texts) for part in (learn, choose)]
        progress("words", 1.0)
        if not (flats[0].ids > 1).any():
            continue
        linear = train_linear(
            (flats[0], learn.labels),
            (flats[1], choose.labels),
            lambda y, answers: score(y, answers, count, measure),
            even=examples.even,
            done=lambda share, number=number: progress(
                "TF-IDF", (number + share) / len(kinds)
            ),
        )
        tried.append(Chosen(tokens, *linear))
    if not tried:
        raise FileError(
            f"{examples.source}: no word is in two of the texts, so there "
            "is nothing to learn"
        )
    best = max(tried, key=lambda one: one.score)  # words, if as good
    return best, _about_tokens(
        best, tried, measure.replace("macro_f1", "macro-F1")
    )


def _about_tokens(best: Chosen, tried: list[Chosen], measure: str) -> str:
    """Say how texts are cut, and why."""
    known = f"{best.tokens.size - 2:,} {best.tokens.kind}"
    if len(tried) == 1:
        return f"texts are cut into words: {known} in two texts or more"
    of = {one.tokens.kind: one.score for one in tried}
    return (
        f"texts are cut into {best.tokens.kind}: {measure} of TF-IDF on the "
        f"validation is {of['words']:.3f} with words, {of['pieces']:.3f} "
        f"with pieces of words learned from the file; {known}"
    )


def _size(source: str) -> int:
    """Return the bytes of a file, 0 for what has no size."""
    path = Path(source).expanduser()
    is_file = source != STANDARD and path.is_file()
    return path.stat().st_size if is_file else 0


@contextmanager
def _bar() -> Iterator[Progress]:
    """Show how far the training is, where somebody looks."""
    from tqdm import tqdm

    starts = dict(zip(STEPS, [0, *STEPS.values()], strict=False))
    with tqdm(
        total=100,
        bar_format="{desc:<8}{percentage:3.0f}% |{bar}| "
        "{elapsed}, {remaining} left",
        disable=None,
        file=sys.stderr,
    ) as bar:

        def progress(step: str, share: float) -> None:
            start = starts[step]
            now = start + share * (STEPS[step] - start)
            bar.set_description_str(step, refresh=False)
            bar.update(max(now - bar.n, 0))

        yield progress


def _say(line: str) -> None:
    """Print a line; a bar that is shown stays below it."""
    from tqdm import tqdm

    tqdm.write(line, file=sys.stdout)
