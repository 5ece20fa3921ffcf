"""Rows with labels, for the tests of models of one's own."""

import csv
import random
from pathlib import Path

from reviews.examples import read_examples
from reviews.tokens import prepared

KOREAN = Path("lessons/imdb_classifier/shop_comments.csv")
THINGS = [f"thing{n}" for n in range(40)]


def sentence(rng, *words, length=8) -> str:
    """Return words among others that say nothing."""
    text = [*words, *rng.choices(THINGS, k=length - len(words))]
    rng.shuffle(text)
    return " ".join(text)


def written(folder, rows, names=("id", "comment", "stars")) -> Path:
    """Write (text, label) rows with a number before each."""
    path = folder / "rows.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        writer.writerows((n, *row) for n, row in enumerate(rows))
    return path


def two_classes(rows=300, rare=0.5, seed=3):
    """Return rows of which a share is spam, as one of five words tells."""
    rng = random.Random(seed)
    signs = ["prize", "casino", "click", "winner", "loan"]
    result = []
    for n in range(rows):
        spam = n < rare * rows
        text = sentence(rng, *rng.choices(signs, k=2 * spam))
        result.append((text, "spam" if spam else "ok"))
    rng.shuffle(result)
    return result


def read(path, **how):
    return read_examples(path, "stars", **how)


def korean_texts() -> list[str]:
    with KOREAN.open(encoding="utf-8", newline="") as file:
        return [prepared(row["댓글"]) for row in csv.DictReader(file)]
