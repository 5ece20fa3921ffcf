"""The exercises of lesson 16: what a review loses on its way to a row."""

from __future__ import annotations

from random import Random

import numpy as np

from utils.exercises import (
    Array,
    Function,
    Number,
    Question,
    Sheet,
    SingleChoice,
    Words,
)

SHEET = Sheet(16)

SENTENCES = (
    "good music but bad acting",
    "a dull film with great music",
    "one good plot and no story",
    "bad plot but great acting",
    "the story with no music",
)
"""What customers of a small shop write."""

SHIFT = 3
"""What Keras adds to a rank."""


@SHEET.exercise
def keyhole(draw: Random) -> Question:
    """Recall: which ranks a limit on the ids leaves."""
    limit = draw.randrange(300, 9_000, 100)
    return Number(
        text=(
            f"You call load_data(num_words={limit}). Which rank has the "
            "rarest word that is still known?"
        ),
        answer=limit - 1 - SHIFT,
        mistakes={
            limit: "this is the first id that is cut off, and no rank yet.",
            limit - 1: "this is the largest id; its rank is another number.",
            limit - SHIFT: (
                f"ids are counted from 0, so the id {limit} itself is already "
                "cut off."
            ),
            limit - 1 - SHIFT - 1: (
                "four ids are no words, but they are 0 to 3: the first word "
                "has the id 4."
            ),
            limit - 1 + SHIFT: (
                "you went from rank to id; here it is from id to rank."
            ),
        },
        because="the largest id that stays, moved down by three.",
        hint="which is the largest id that stays, and which rank has the id "
        "4?",
    )


@SHEET.exercise
def encode(draw: Random) -> Question:
    """Use: from words to ids, with a limit."""
    words = draw.choice(SENTENCES).split()
    vocabulary = _vocabulary()
    draw.shuffle(vocabulary)
    ranks = [vocabulary.index(word) + 1 for word in words]
    shifted = [rank + SHIFT for rank in ranks]
    limit = sorted(shifted)[-2]  # two words are unknown
    row = [number if number < limit else 2 for number in shifted]
    by_rank = [r + SHIFT if r < limit else 2 for r in ranks]
    return Array(
        text=(
            f"{_listed(vocabulary)}\nWhich ids does the rule of the lesson "
            f'give for "{" ".join(words)}" with num_words={limit}?'
        ),
        answer=np.array([1, *row]),
        mistakes=[
            (np.array(row), "the id that stands before every review is gone."),
            (
                np.array([1, *ranks]),
                "these are ranks: neither the shift nor the limit is in "
                "there.",
            ),
            (
                np.array([1, *shifted]),
                "the shift is right; the limit makes some words unknown.",
            ),
            (
                np.array([1, *by_rank]),
                "you compared the rank with the limit; it is the id that has "
                "to stay below.",
            ),
            (
                np.array([1, *(n if n <= limit else 2 for n in shifted)]),
                "the limit itself is no id any more: the ids stay below it.",
            ),
            (
                np.array([1, *(i for i in row if i != 2)]),
                "unknown words are not left out: each keeps its place.",
            ),
            (
                np.array([1, *(0 if i == 2 else i for i in row)]),
                "0 is for padding; an unknown word has another id.",
            ),
        ],
        because="a start, then each rank moved up, and 2 where that reaches "
        "the limit.",
        hint="write the ids over the words of the vocabulary, 4 over the "
        "first.",
    )


@SHEET.exercise
def nonsense(draw: Random) -> Question:
    """Turned round: from a wrong decoding back to the words."""
    words = draw.choice(SENTENCES).split()
    others = [word for word in _vocabulary() if word not in words]
    draw.shuffle(others)
    ranks = draw.sample(range(2, 2 + 2 * len(words)), len(words))
    at = dict(zip(ranks, words, strict=True))
    vocabulary = [at[r] if r in at else others.pop() for r in range(1, 17)]
    printed = [vocabulary[rank + SHIFT - 1] for rank in ranks]
    mistakes = {
        vocabulary[0]: (
            f"{vocabulary[0]!r} stands where the review starts: there a sign "
            "was decoded as a word."
        )
    }
    for rank in ranks:
        below = vocabulary[min(rank + 2 * SHIFT, len(vocabulary)) - 1]
        if below not in words:
            mistakes[below] = (
                f"{below!r}: you moved down the list, away from the word that "
                "was written."
            )
    for word in printed:
        if word not in words:
            mistakes.setdefault(
                word, f"{word!r} is what was printed, three ranks off."
            )
    return Words(
        text=(
            f"{_listed(vocabulary)}\nSomebody decoded a review with "
            "index_from=0 and got\n"
            f"    {' '.join([vocabulary[0], *printed])}\n"
            "What had the customer written? Give the words in order, as a "
            "list."
        ),
        answer=words,
        mistakes=mistakes,
        because="each word stands three places higher up in the list, and "
        "the first one is the start.",
        hint="the printed word has the id as its rank; its true rank is "
        "smaller.",
    )


def _vocabulary() -> list[str]:
    """Return the 16 words that occur in the sentences, by the alphabet."""
    return sorted({word for line in SENTENCES for word in line.split()})


def _listed(vocabulary: list[str]) -> str:
    """Return a vocabulary as the lines that a question begins with."""
    return (
        "The vocabulary of a shop, by rank from 1 on:\n"
        f"    {' '.join(vocabulary[:8])}\n"
        f"    {' '.join(vocabulary[8:])}"
    )


@SHEET.exercise
def kept(_: Random) -> Question:
    """Use: what a cut keeps, as a function."""

    def inputs(generator: np.random.Generator) -> tuple[np.ndarray, int]:
        return generator.integers(20, 400, size=12), 100

    return Function(
        text=(
            "Write a function share_kept(lengths, cut). It takes the lengths "
            "of some reviews, a NumPy array, and the number of tokens to "
            "which longer reviews are cut, and returns the share of all "
            "tokens that is kept."
        ),
        reference=lambda lengths, cut: (
            np.minimum(lengths, cut).sum() / lengths.sum()
        ),
        inputs=inputs,
        mistakes=[
            (
                lambda lengths, cut: np.mean(lengths <= cut),
                "your function returns the share of reviews that stay whole; "
                "tokens are asked for.",
            ),
            (
                lambda lengths, cut: np.mean(lengths > cut),
                "your function returns the share of reviews that are cut.",
            ),
            (
                lambda lengths, cut: (
                    lengths[lengths <= cut].sum() / lengths.sum()
                ),
                "your function drops the long reviews: a cut leaves a piece "
                "of them.",
            ),
            (
                lambda lengths, cut: np.mean(
                    np.minimum(lengths, cut) / lengths
                ),
                "your function takes the share of each review and then the "
                "mean, so that a short review counts as much as a long one.",
            ),
            (
                lambda lengths, cut: (
                    1 - np.minimum(lengths, cut).sum() / lengths.sum()
                ),
                "your function returns the share that is lost.",
            ),
            (
                lambda lengths, cut: (
                    100 * np.minimum(lengths, cut).sum() / lengths.sum()
                ),
                "your function returns per cent; a share lies between 0 and "
                "1.",
            ),
            (
                lambda lengths, cut: np.minimum(lengths, cut).sum(),
                "your function returns a number of tokens: a share is "
                "divided by all of them.",
            ),
        ],
        because="the tokens after the cut, divided by those before it.",
        hint="np.minimum(lengths, cut) gives the lengths after the cut.",
    )


SIDES = {
    (zeros, cut): f'padding="{zeros}", truncating="{cut}"'
    for zeros in ("pre", "post")
    for cut in ("pre", "post")
}
"""The arguments of pad_sequences, by the side of the zeros and the cut."""


@SHEET.exercise
def sides(draw: Random) -> Question:
    """Design: the call of pad_sequences that a task needs."""
    length = draw.randrange(40, 200, 20)
    zeros, cut = draw.choice([("post", "post"), ("post", "pre")])
    part = {"post": "first", "pre": "last"}[cut]
    other = {"post": "pre", "pre": "post"}
    lost = (
        f"with it a long review loses its {part} words, and those hold the "
        "verdict."
    )
    before = "with it the zeros come before the words and not after them."
    mistakes = {
        SIDES[zeros, other[cut]]: lost,
        SIDES[other[zeros], cut]: before,
        SIDES[other[zeros], other[cut]]: (
            "with it the zeros come before the words, and the words that "
            "hold the verdict are cut off as well."
        ),
    }
    return SingleChoice(
        text=(
            f"In a shop people write their verdict in the {part} words. A "
            f"network is to read {length} ids a review, and any zeros after "
            f"the words. Which arguments belong in pad_sequences(ids, "
            f"maxlen={length}, ...)?"
        ),
        right=SIDES[zeros, cut],
        mistakes=mistakes,
        draw=draw,
        because="post stands for after: one argument places the zeros, the "
        "other says which end is cut off.",
        hint="pre and post name the side where something is put, or taken "
        "away.",
    )
