"""The exercises of lesson 13: a reader, a writer, and a state between."""

from __future__ import annotations

from random import Random

import numpy as np

from utils.exercises import (
    Expression,
    Function,
    MultipleChoice,
    Question,
    Sheet,
    Words,
)

SHEET = Sheet(13)

ENTRIES = (
    "un -> one, deux -> two, trois -> three, quatre -> four, sept -> seven, "
    "neuf -> nine, dix -> ten, onze -> eleven, vingt -> twenty, soixante -> "
    "sixty, et -> (nothing), cent -> hundred and, cents -> hundred, mille -> "
    "thousand"
)
SERVED = [
    "deux cent trois",
    "trois cent vingt",
    "trois mille neuf cents",
    "neuf mille deux cent sept",
    "vingt et un",
    "soixante-sept",
]
FAILED = {
    "cent trois": (
        "one of yours begins with cent alone: English says one hundred, and "
        "no word of the input says one."
    ),
    "quatre-vingt-deux": (
        "one of yours counts in twenties: word for word it begins with four."
    ),
    "soixante et onze": (
        "one of yours counts on from sixty: word for word it is sixty eleven."
    ),
    "deux mille trois": (
        "one of yours needs an and that no word brings: two thousand and "
        "three."
    ),
    "mille neuf cents": (
        "one of yours begins with mille alone: English says one thousand."
    ),
    "dix-sept": "one of yours is a teen: word for word it is ten seven.",
}


@SHEET.exercise
def given(draw: Random) -> Question:
    """Recall: what the teacher dictates."""
    french, english = draw.choice(
        [
            ("soixante-quatorze", "seventy four"),
            ("quatre-vingt-douze", "ninety two"),
            ("deux cent six", "two hundred and six"),
            ("trois mille neuf", "three thousand and nine"),
            ("soixante-dix-huit", "seventy eight"),
        ]
    )
    first = french.replace("-", " ").split()[0]
    return Words(
        text=(
            f'A training pair is "{french}" and "{english}". Which tokens is '
            "the decoder given with teacher forcing, in order, at the places "
            "where something is wanted of it? The marks are <start> and <end>."
        ),
        answer=["<start>", *english.split()],
        mistakes={
            "<end>": (
                "the end mark is wanted at the last of these places. It may "
                "be given at the next one, but there padding is wanted."
            ),
            first: (
                "the decoder is given no French: what it knows of it is in "
                "the state."
            ),
        },
        because="the answer with a mark in front, without its end mark.",
        hint="what is wanted at the first place, and what can the decoder "
        "have been told before it?",
    )


@SHEET.exercise
def weights(draw: Random) -> Question:
    """Use: the weights of a decoder, as a formula."""
    words, size, units = draw.choice(["V", "W", "N"]), draw.choice("de"), "u"
    has_bias = draw.choice([True, False])
    table, lstm = f"{words}*{size}", f"4*u*({size}+u+1)"
    with_bias, without = f"{words}*(u+1)", f"{words}*u"
    head, other = (with_bias, without) if has_bias else (without, with_bias)
    example = 34 * 32 + 4 * 64 * (32 + 64 + 1) + 34 * (64 + has_bias)
    return Expression(
        text=(
            f"A decoder has an Embedding of {words} words and {size} numbers, "
            "an LSTM with u units that begins with the states of an encoder, "
            f"and a Dense that scores {words} words, "
            f"use_bias={has_bias}. How many weights has it? Give a formula "
            f"with {words}, {size} and u, as text."
        ),
        names=[words, size, units],
        answer=f"{table} + {lstm} + {head}",
        mistakes={
            f"{table} + 4*u*({size}+2*u+1) + {head}": (
                "the encoder's state is no further input: it stands where "
                "the zeros would, and needs no weights of its own."
            ),
            f"{lstm} + {head}": "the table of the Embedding is missing.",
            f"{table} + {lstm}": "the Dense is missing.",
            f"{table} + {lstm} + {other}": (
                "look at use_bias: has each of the scores a bias or not?"
            ),
            f"{table} + u*({size}+u+1) + {head}": (
                "this is a SimpleRNN: count the gates of an LSTM."
            ),
            f"{table} + 3*u*({size}+u+1) + {head}": (
                "three gates and the candidate: an LSTM has one group of "
                "weights more."
            ),
            f"{table} + {lstm} + 2*({head})": (
                "only h goes into the Dense; c stays inside the LSTM."
            ),
            f"{table} + 4*u*({words}+u+1) + {head}": (
                "the LSTM reads the vectors of the Embedding, not one-hot "
                "words."
            ),
        },
        because="a table, four groups of weights, and a head.",
        hint="three layers, three terms; for 34 words, 32 numbers and 64 "
        f"units, as in the lesson, the sum is {example:,}.",
    )


@SHEET.exercise
def word_for_word(draw: Random) -> Question:
    """Use: what a dictionary can do."""
    wrong = draw.sample(sorted(FAILED), 3)
    return MultipleChoice(
        text=(
            f"A dictionary has the entries {ENTRIES}. It "
            "translates word for word. Which of these numbers does "
            "it get right in every word?"
        ),
        right=draw.sample(SERVED, 2),
        mistakes={number: FAILED[number] for number in wrong},
        draw=draw,
        because="there each word means what its entry says.",
        hint="put the entries in a row for each, and say the number in "
        "English beside it, with its and.",
    )


@SHEET.exercise
def impossible(draw: Random) -> Question:
    """Turned round: which pairs of rows no network can give."""
    right, wrong = [], {}
    for first in draw.sample(range(1, 4), 2):
        until = [1] * first + [0]
        rest = 4 - first
        with_teacher = until + [1] * rest
        alone = until + [0] * rest
        wrong[_pair(with_teacher, alone)] = (
            "one of yours is what happens all the time: both ways agree up "
            "to the first mistake, and part behind it."
        )
    right.append(_pair([1] * 5, [1, 1, 1, 0, 0]))
    right.append(_pair([1, 0, 1, 1, 1], [0] * 5))
    wrong[_pair([1] * 5, [1] * 5)] = (
        "one of yours is an answer without a mistake: then both ways are "
        "the same."
    )
    return MultipleChoice(
        text=(
            "A network answers one number with four words and the end mark: "
            "with the teacher | alone. 1 is a right word, 0 a wrong one; the "
            "end mark counts as a word. Which of these pairs of rows can NOT "
            "come from the same network?"
        ),
        right=right,
        mistakes=wrong,
        draw=draw,
        because=(
            "up to the first mistake the network has heard the same both "
            "ways, so it says the same."
        ),
        hint="go from left to right and stop at the first 0 of either row: "
        "what has each of the two been told so far?",
    )


def _pair(with_teacher: list[int], alone: list[int]) -> str:
    """Return two rows of zeros and ones as an option."""
    return " | ".join(" ".join(map(str, row)) for row in (with_teacher, alone))


@SHEET.exercise
def finished(_: Random) -> Question:
    """Design: cut answers at their end mark."""

    def inputs(generator: np.random.Generator) -> tuple[np.ndarray]:
        answers = generator.integers(3, 9, (4, 7))
        answers[0, generator.integers(1, 3)] = 2
        answers[0, 5] = 2
        answers[1, 4] = 2
        answers[2, 0] = 2
        return (answers,)

    def reference(answers: np.ndarray) -> np.ndarray:
        ends = answers == 2
        return np.where(np.cumsum(ends, axis=1) - ends > 0, 0, answers)

    return Function(
        text=(
            "A decoder ran seven steps for every row and was not stopped. "
            "Write a function finished(answers). It takes ids, (rows, steps), "
            "and returns them with 0 at every place behind the first end "
            "mark, which is the id 2 and stays. A row without one stays as "
            "it is."
        ),
        reference=reference,
        inputs=inputs,
        mistakes=[
            (
                lambda answers: answers,
                "your function returns the answers as they came.",
            ),
            (
                lambda answers: np.where(
                    np.cumsum(answers == 2, axis=1) > 0, 0, answers
                ),
                "you cut the end mark off as well: it belongs to the answer.",
            ),
            (
                lambda answers: np.where(answers == 2, 0, answers),
                "you replaced the end marks, and what stands behind them is "
                "still there.",
            ),
            (
                lambda answers: np.where(
                    np.cumsum(answers == 2, axis=0) > 0, 0, answers
                ),
                "you went down the rows: the steps are the second axis.",
            ),
            (
                lambda answers: np.where(
                    np.cumsum(answers == 2, axis=1) > 1, 0, answers
                ),
                "your cut comes at the second end mark of a row.",
            ),
        ],
        because="what a network says after its end mark does not count.",
        hint="which places have an end mark before them? np.cumsum along the "
        "steps counts the marks so far.",
    )
