"""Rows that have labels: read, cleaned, counted, and split.

A file may have millions of rows; what is kept of them is a sample of at most
`MOST_ROWS`, drawn on the way with a fixed seed.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from reviews.labels import opened
from reviews.layout import FileError, Layout, Wishes, column_of
from reviews.tokens import prepared
from utils.errors import reason

MOST_ROWS = 200_000
"""Rows that are used; of a larger file, as many drawn by chance."""

LEAST_ROWS = 200
"""Different texts with a label that a training takes."""

LEAST_OF_A_CLASS = 10
"""Different texts that each class takes."""

MOST_CLASSES = 50
"""Labels that a column may have; with more it is text, or a number a row."""

RARE = 0.1
"""Share below which a class is rare."""

SHARES = (0.15, 0.15)
"""Of the texts: to choose by, to measure on. The rest is to learn from."""

NO_LABEL = ("", "nan", "null", "n/a", "#n/a")
"""What stands in a column of labels where there is none."""

_WHOLE = re.compile(r"([+-]?\d+)\.0+")
_TOLD_EVERY = 1_000


@dataclass
class Examples:
    """Texts and their labels, the same text only once in `texts`.

    Attributes:
        source: Name of the file.
        label: Name of its column of labels.
        layout: How it was read.
        classes: The labels, in order.
        texts: Different texts, prepared.
        counts: How often each has each label, (texts, classes) int32.
        rows: Rows of the file.
        labelled: Those that have a text and a label.
        left_out: Why others were left out -> how many.
        spellings: Rows whose label was written in a rarer way.
    """

    source: str
    label: str
    layout: str
    classes: list[str]
    texts: list[str]
    counts: np.ndarray
    rows: int
    labelled: int
    left_out: Counter[str]
    spellings: int

    @property
    def used(self) -> int:
        """Rows that were drawn."""
        return int(self.counts.sum())

    @property
    def repeats(self) -> int:
        """Rows that repeat the text of another one."""
        return self.used - len(self.texts)

    @property
    def disputed(self) -> int:
        """Texts that have more than one label."""
        return int(((self.counts > 0).sum(axis=1) > 1).sum())

    @property
    def majority(self) -> np.ndarray:
        """The label that each text has most often, (texts,)."""
        return self.counts.argmax(axis=1)

    @property
    def shares(self) -> np.ndarray:
        """Share of the rows that each class has, (classes,)."""
        return self.counts.sum(axis=0) / self.used

    @property
    def even(self) -> bool:
        """Whether no class is rare, for as many classes as there are."""
        return self.shares.min() >= min(RARE, 0.5 / len(self.classes))


def read_examples(
    source: str | Path,
    label: str,
    wishes: Wishes | None = None,
    *,
    seed: int = 1,
    told: Callable[[Layout], Any] = lambda _: None,
    progress: Callable[[int], Any] = lambda _: None,
) -> Examples:
    """Read the rows of a file that have a text and a label.

    Args:
        source: The file, or "-".
        label: Name (or number) of the column with labels.
        wishes: What the user has said about the file.
        seed: Of the sample, where there are more than `MOST_ROWS`.
        told: Is told how the file is laid out, before the work.
        progress: Is told how many bytes have been read.

    Raises:
        FileError: The file cannot be read, or nothing can be learned from
            it; the message is one sentence.
    """
    try:
        with ExitStack() as open_files:
            rows, layout, stream, name = opened(
                source, wishes or Wishes(), open_files
            )
            place = column_of(layout.names, label, name)
            if place == layout.column:
                raise FileError(
                    f"{name}: column {layout.names[place]!r} cannot hold both "
                    "the reviews and the labels: give --column and --label"
                )
            told(layout)
            sample = _Sample(f"{name}: column {layout.names[place]!r}", seed)
            for row in rows:
                sample.take(row.cells, row.trouble, layout.column, place)
                if sample.rows % _TOLD_EVERY == 0 and stream.seekable():
                    progress(stream.tell())
    except OSError as error:
        raise FileError(reason(error)) from None
    examples = sample.examples(name, layout, layout.names[place])
    _check(examples)
    return examples


def label_of(cell: str) -> str:
    """Return a label as labels are compared: " 5 " and "5.0" are "5"."""
    label = " ".join(unicodedata.normalize("NFC", cell).split())
    label = label.strip("\ufeff")
    if whole := _WHOLE.fullmatch(label):
        return whole[1]
    return "" if label.casefold() in NO_LABEL else label


@dataclass
class _Sample:
    """A reservoir of rows, and what is counted on the way."""

    where: str
    seed: int
    rows: int = 0
    labelled: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    kept: list[tuple[str, str]] = field(default_factory=list)
    names: defaultdict[str, Counter[str]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    """Label without case -> its spellings."""

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)

    def take(
        self, cells: Sequence[str], trouble: str | None, text: int, label: int
    ) -> None:
        """Take a row, or count why it is left out."""
        self.rows += 1
        # A missing label is the reason even where the text is missing, too.
        whole = trouble is None or trouble.startswith("no word")
        name = label_of(cells[label]) if whole else ""
        if whole and not name:
            trouble = "without a label"
        if trouble:
            self.left_out[trouble] += 1
            return
        self.labelled += 1
        key = name.casefold()
        self.names[key][cells[label].strip() or name] += 1
        self._look_at_labels()
        if len(self.kept) < MOST_ROWS:
            self.kept.append((prepared(cells[text]), key))
            return
        place = self._random.randrange(self.labelled)
        if place < MOST_ROWS:
            self.kept[place] = (prepared(cells[text]), key)

    def _look_at_labels(self) -> None:
        """Refuse a column that holds no labels, as soon as it is seen."""
        if len(self.names) > MOST_CLASSES:
            some = ", ".join(repr(n[:30]) for n in list(self.names)[:3])
            raise FileError(
                f"{self.where} has more than {MOST_CLASSES} different values "
                f"in its first {self.rows:,} rows, such as {some}: that is "
                "text or a number for each row, no label"
            )

    def examples(self, source: str, layout: Layout, label: str) -> Examples:
        """Return what was kept, equal texts together."""
        spelled = {
            key: min(names, key=lambda name: (-names[name], name))
            for key, names in self.names.items()
        }
        shown = {key: label_of(name) for key, name in spelled.items()}
        order = sorted(shown, key=lambda key: _in_order(shown[key]))
        number = {key: i for i, key in enumerate(order)}
        of_text: dict[str, int] = {}
        texts = [of_text.setdefault(t, len(of_text)) for t, _ in self.kept]
        counts = np.zeros((len(of_text), len(order)), np.int32)
        np.add.at(counts, (texts, [number[key] for _, key in self.kept]), 1)
        rarer = self.labelled - sum(
            self.names[key][name] for key, name in spelled.items()
        )
        return Examples(
            source=source,
            label=label,
            layout=str(layout),
            classes=[shown[key] for key in order],
            texts=list(of_text),
            counts=counts,
            rows=self.rows,
            labelled=self.labelled,
            left_out=self.left_out,
            spellings=rarer,
        )


def _in_order(label: str) -> tuple[int, float, str]:
    """Return a key that sorts numbers by size, and all else behind them."""
    try:
        return 0, float(label), label
    except ValueError:
        return 1, 0.0, label


def _check(examples: Examples) -> None:
    """Refuse rows from which nothing can be learned.

    Raises:
        FileError: The message says what is missing.
    """
    where = f"{examples.source}: column {examples.label!r}"
    left = ", ".join(f"{n:,} {w}" for w, n in examples.left_out.most_common(3))
    out = f"; of {examples.rows:,} rows were left out: {left}" if left else ""
    if not examples.texts:
        raise FileError(f"{where} has no label beside a text{out}")
    texts, classes = len(examples.texts), len(examples.classes)
    if texts >= 20 and classes > texts / 2:
        raise FileError(
            f"{where} has {classes} different values in {texts} rows: that "
            "is text or a number for each row, no label"
        )
    if classes == 1:
        raise FileError(
            f"{where} has only one label, {examples.classes[0]!r}: a model "
            f"takes two or more{out}"
        )
    if texts < LEAST_ROWS:
        repeats = f" ({examples.used:,} rows)" if examples.repeats else ""
        raise FileError(
            f"{where}: a model takes {LEAST_ROWS} different texts with a "
            f"label or more, here are {texts}{repeats}{out}"
        )
    of_class = np.bincount(examples.majority, minlength=classes)
    rarest = int(of_class.argmin())
    if of_class[rarest] < LEAST_OF_A_CLASS:
        raise FileError(
            f"{where}: each label takes {LEAST_OF_A_CLASS} different texts "
            f"or more, {examples.classes[rarest]!r} has {of_class[rarest]}: "
            "leave its rows out, or give them the label nearest to it"
        )


class Part(NamedTuple):
    """Texts of one side of the split.

    Attributes:
        texts: Prepared.
        labels: Classes, from 0.
    """

    texts: list[str]
    labels: np.ndarray


def split(examples: Examples, seed: int) -> tuple[Part, Part, Part]:
    """Return the parts to learn from, to choose by and to measure on.

    A text is on one side only, however often it occurs, and each class has
    the same share of the texts on each. Repeats count where a model learns;
    where it is measured, each text counts once, with its most frequent label.
    """
    shuffled = np.random.default_rng(seed)
    sides: tuple[list[int], list[int], list[int]] = ([], [], [])
    for number in range(len(examples.classes)):
        own = shuffled.permutation(np.flatnonzero(examples.majority == number))
        choose, measure = (max(round(s * len(own)), 1) for s in SHARES)
        sides[1].extend(own[:choose])
        sides[2].extend(own[choose : choose + measure])
        sides[0].extend(own[choose + measure :])
    learn, choose, measure = (shuffled.permutation(side) for side in sides)
    texts, labels, majority = examples.texts, [], examples.majority
    repeated: list[str] = []
    for place in learn:
        for number in np.flatnonzero(examples.counts[place]):
            count = int(examples.counts[place, number])
            repeated += [texts[place]] * count
            labels += [number] * count
    # Repeats side by side would fill whole batches.
    order = shuffled.permutation(len(labels))
    return (
        Part([repeated[i] for i in order], np.array(labels)[order]),
        Part([texts[i] for i in choose], majority[choose]),
        Part([texts[i] for i in measure], majority[measure]),
    )
