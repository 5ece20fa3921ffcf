"""What word order, words and length are worth: the controls of lesson 18.

``python -m lessons.beyond.experiments`` trains models that get no evidence
on reviews as they were written and on reviews with their words shuffled, lets
each read both, and writes ``orders.csv`` beside this file; and it trains a bag
of words on few and on all words of short and of whole reviews and writes
``bags.csv``. A bidirectional GRU takes two to four minutes on one core, all
together twenty. Rows that are in the files are kept, so a run that was stopped
can be taken up again; delete the files to begin anew. The names of models
after the command run these alone.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from lessons.beyond.order import as_text, in_blocks
from utils import runtime, training
from utils.classify import padding, protocol
from utils.classify.pooling import in_chunks, mean_and_max
from utils.files import append_row

ORDERS = Path(__file__).with_name("orders.csv")
BAGS = Path(__file__).with_name("bags.csv")

IN_ORDER, SHUFFLED = "in order", "shuffled"

READER, PAIRS = "BiGRU", "words and pairs"
"""A recurrent network without evidence, and its rival."""

SEEDS = (1, 2, 3)

TOKENS = 200
"""The last so many words of a review are read."""

STRENGTHS = (0.01, 0.03, 0.1)
"""``C`` of the bags of words; half of the validation reviews choose."""

LESSON_STRENGTH = 0.03
"""``C`` of words and pairs, as in the lesson."""

FEW_WORDS, FEW_TOKENS = 500, 100
"""Ids below the first are words to lesson 17, and so many it reads."""

CHOOSE = protocol.VALIDATION_REVIEWS // 2
"""So many validation reviews choose in ``bags.csv``; the others judge."""

ORDER_COLUMNS = ("model", "seed", "learned", "read", "chosen", "right")
BAG_COLUMNS = ("longest", "words", "tokens", "strength", "chose", "judged")


def packed(right: np.ndarray) -> str:
    """Return which answers are right, a bit for each, as hexadecimals."""
    return np.packbits(np.asarray(right, bool)).tobytes().hex()


def unpacked(text: str, count: int) -> np.ndarray:
    """Return which of ``count`` answers are right, from `packed`."""
    bits = np.frombuffer(bytes.fromhex(text), np.uint8)
    return np.unpackbits(bits, count=count).astype(bool)


def texts(learned: str, seed: int) -> tuple[Any, dict[str, Any]]:
    """Return reviews to learn from, and the validation reviews both ways.

    Args:
        learned: `IN_ORDER` or `SHUFFLED`.
        seed: Of the shuffling.
    """
    data = protocol.reviews()
    sizes = {IN_ORDER: TOKENS, SHUFFLED: 1}
    train = in_blocks(data.x_train, sizes[learned], most=TOKENS, seed=seed)
    read = {
        name: in_blocks(data.x_validation, size, most=TOKENS, seed=100 + seed)
        for name, size in sizes.items()
    }
    return train, read


def network() -> Any:
    """Return the ladder's BiGRU in pieces, on half as many words."""
    import keras
    from keras import layers, ops

    words = keras.Input((TOKENS,), dtype="int32")
    mask = ops.not_equal(words, 0)
    x = layers.SpatialDropout1D(0.3)(layers.Embedding(20_000, 64)(words))
    reader = layers.Bidirectional(layers.GRU(32, return_sequences=True))
    pooled = mean_and_max(in_chunks(reader, x, mask, 50), mask)
    answer = layers.Dense(1, activation="sigmoid")
    model = keras.Model(words, answer(layers.Dropout(0.3)(pooled)))
    adam = keras.optimizers.Adam(0.002, clipnorm=1.0)
    model.compile(adam, "binary_crossentropy", metrics=["accuracy"])
    return model


def padded(reviews: Sequence[Sequence[int]]) -> np.ndarray:
    """Return the rows that the network reads, (reviews, 200)."""
    text = padding.flat(list(reviews))
    where = padding.token_positions(text.lengths, TOKENS)
    return padding.pad_ids(text, where, vocabulary=20_000)


def train_reader(seed: int, learned: str) -> tuple[Any, dict[str, Any]]:
    """Return the epochs of a network, and its answers to both readings."""
    data = protocol.reviews()
    train, read = texts(learned, seed)
    rows = {name: padded(reviews) for name, reviews in read.items()}
    runtime.set_seed(seed)
    model = network()
    fitted = training.fit(
        model,
        padded(train),
        data.y_train.astype("float32"),
        epochs=4,
        batch_size=64,
        validation_data=(rows[learned], data.y_validation),
        patience=1,
        quiet=True,
    )
    said = {name: training.predict(model, x) for name, x in rows.items()}
    return fitted.epochs, said


def train_pairs(seed: int, learned: str) -> tuple[Any, dict[str, Any]]:
    """Return the strength of the counts, and their answers both ways."""
    train, read = texts(learned, seed)
    counter, fit = _counted(train, 2)
    fitted = fit(LESSON_STRENGTH)
    said = {
        name: fitted.predict_proba(counter.transform(as_text(reviews)))[:, 1]
        for name, reviews in read.items()
    }
    return LESSON_STRENGTH, said


def _counted(
    reviews: Sequence[Sequence[int]], longest: int
) -> tuple[Any, Callable[[float], Any]]:
    """Return what counts reviews, and what weighs them at a strength."""
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression

    labels = protocol.reviews().y_train
    counter = CountVectorizer(
        token_pattern=r"\d+", ngram_range=(1, longest), min_df=3, binary=True
    )
    columns = counter.fit_transform(as_text(reviews))

    def fit(strength: float) -> Any:
        weigh = LogisticRegression(C=strength, solver="liblinear")
        return weigh.fit(columns, labels)

    return counter, fit


def train_bag(
    longest: int, words: int | None, tokens: int | None
) -> dict[float, tuple[int, int]]:
    """Return strength -> reviews right in the half that chooses and after.

    Args:
        longest: Words in the longest run that is counted.
        words: Ids from here on are all the same; None keeps all words.
        tokens: The last so many ids are read; None reads all.
    """
    data = protocol.reviews()

    def cut(reviews: Iterable[Sequence[int]]) -> list[list[int]]:
        kept = ([1, *row[1:][-(tokens or len(row)) :]] for row in reviews)
        most = words or np.inf
        unknown = padding.UNKNOWN_ID
        return [[n if n < most else unknown for n in row] for row in kept]

    counter, fit = _counted(cut(data.x_train), longest)
    columns = counter.transform(as_text(cut(data.x_validation)))
    found = {}
    for strength in STRENGTHS:
        right = fit(strength).predict(columns) == data.y_validation
        found[strength] = int(right[:CHOOSE].sum()), int(right[CHOOSE:].sum())
    return found


def order_runs() -> list[tuple[str, int, str]]:
    """Return model, seed and learned order of each training."""
    return [
        (model, seed, learned)
        for model in (PAIRS, READER)
        for seed in (SEEDS if model == READER else SEEDS[:1])
        for learned in (IN_ORDER, SHUFFLED)
    ]


def bag_runs() -> list[tuple[int, int | None, int | None]]:
    """Return longest run, words and tokens of each bag."""
    cuts = [(w, t) for w in (FEW_WORDS, None) for t in (FEW_TOKENS, None)]
    return [(1, *cut) for cut in cuts]


def main(only: Sequence[str] = ()) -> None:
    """Train what is not in the files yet."""
    runtime.start(42)
    labels = protocol.reviews().y_validation
    done = {row[:3] for row in _rows(ORDERS)}
    train = {READER: train_reader, PAIRS: train_pairs}
    for model, seed, learned in order_runs():
        key = (model, str(seed), learned)
        if key in done or (only and model not in only):
            continue
        chosen, said = train[model](seed, learned)
        for read, p in said.items():
            right = (p > 0.5) == labels
            row = (*key, read, chosen, packed(right))
            append_row(ORDERS, dict(zip(ORDER_COLUMNS, row, strict=True)))
            print(*key, read, chosen, right.mean(), flush=True)
    bags = {row[:3] for row in _rows(BAGS)}
    for bag in bag_runs():
        name = tuple("all" if part is None else str(part) for part in bag)
        if name in bags or (only and "bags" not in only):
            continue
        for strength, right in train_bag(*bag).items():
            row = (*name, strength, *right)
            append_row(BAGS, dict(zip(BAG_COLUMNS, row, strict=True)))
            print(*name, strength, *right, flush=True)


def _rows(path: Path) -> list[tuple[str, ...]]:
    """Return the rows of a file, none where it is not there."""
    if not path.exists():
        return []
    with path.open(newline="", encoding="utf-8") as file:
        return [tuple(row) for row in csv.reader(file)][1:]


if __name__ == "__main__":
    main(sys.argv[1:])
