"""The exercises of lesson 20: picking, writing and weighing answers."""

from __future__ import annotations

import math
from random import Random

import numpy as np

from utils.exercises import (
    Expression,
    Function,
    Number,
    Question,
    Sheet,
    SingleChoice,
)

SHEET = Sheet(20)


@SHEET.exercise
def chance(draw: Random) -> Question:
    """Use: the mean reciprocal rank of somebody who guesses."""
    count = draw.choice([3, 4, 5, 6, 8])
    answer = sum(1 / rank for rank in range(1, count + 1)) / count
    return Number(
        text=(
            f"A model orders {count} candidates at random; one of them is the "
            "real answer. What is its mean reciprocal rank? Give at least "
            "three decimals."
        ),
        answer=answer,
        tolerance=2e-3,
        mistakes={
            1 / count: "this is how often the real one stands first.",
            2 / (count + 1): (
                "you took one over the mean rank; wanted is the mean of one "
                "over the rank."
            ),
            answer * count: "divide by the number of ranks.",
            (count + 1) / 2: "this is the mean rank.",
        },
        because="every rank is equally likely, so it is the mean of 1, 1/2, "
        "1/3 and so on.",
        hint="write down one over the rank for each rank that is possible.",
    )


@SHEET.exercise
def wrong_answers(draw: Random) -> Question:
    """Use: what a batch supplies for nothing."""
    size = draw.choice("BKMNPR")
    return Expression(
        text=(
            f"In a batch of {size} pairs all answers have different words. "
            "How many scores of a message with a WRONG answer does the "
            "in-batch loss look at, for the whole batch? Give a formula with "
            f"{size}, as text."
        ),
        names=[size],
        answer=f"{size} * ({size} - 1)",
        mistakes={
            f"{size} * {size}": "the own answers are among these.",
            f"{size} - 1": "this is for one message.",
            size: "this is how many own answers there are.",
            f"{size} * ({size} - 1) / 2": (
                "message 1 with answer 2 is another score than message 2 "
                "with answer 1."
            ),
            f"2 * {size}": "this is how many texts are read.",
        },
        because=(
            f"a square of {size} rows and {size} columns without its diagonal."
        ),
        hint="draw the table of the lesson for four pairs and count.",
    )


@SHEET.exercise
def mean_reciprocal_rank(_: Random) -> Question:
    """Write: the mean reciprocal rank of a table of scores."""

    def inputs(generator: np.random.Generator) -> tuple[np.ndarray, ...]:
        return (generator.permuted(np.arange(56.0).reshape(7, 8), axis=1),)

    def rank(scores: np.ndarray) -> np.ndarray:
        return 1 + (scores > scores[:, :1]).sum(axis=1)

    return Function(
        text=(
            "Write a function mrr(scores). It gets a NumPy array (messages, "
            "candidates); the real answer stands in the first column, and no "
            "two scores of a row are equal. It returns the mean reciprocal "
            "rank."
        ),
        reference=lambda scores: (1 / rank(scores)).mean(),
        inputs=inputs,
        mistakes=[
            (
                lambda scores: 1 / rank(scores).mean(),
                "you took one over the mean rank; wanted is the mean of one "
                "over the rank.",
            ),
            (
                lambda scores: rank(scores).mean(),
                "your function returns the mean rank.",
            ),
            (
                lambda scores: (rank(scores) == 1).mean(),
                "your function returns how often the real answer is first.",
            ),
            (
                lambda scores: (
                    1 / (1 + (scores < scores[:, :1]).sum(axis=1))
                ).mean(),
                "your ranks count from the other end: the highest score has "
                "rank 1.",
            ),
            (
                lambda scores: (1 / (1 + scores.argmax(axis=1))).mean(),
                "you asked at which column the best score stands; asked is "
                "how many scores beat the first column.",
            ),
            (
                lambda scores: 1 / rank(scores),
                "your function returns a value per message: take the mean.",
            ),
        ],
        because="one plus the number of better candidates is the rank.",
        hint="compare scores with scores[:, :1] and count along a row.",
    )


@SHEET.exercise
def nats(draw: Random) -> Question:
    """Turned round: from two perplexities to what the message is worth."""
    deaf = draw.randint(60, 95)
    hears = deaf - draw.randint(5, 14)
    answer = math.log(deaf / hears)
    return Number(
        text=(
            f"A decoder without the message has a perplexity of {deaf}, with "
            f"it {hears}. How many nats per word is the message worth? Give "
            "at least four decimals."
        ),
        answer=answer,
        tolerance=5e-4,
        mistakes={
            (deaf - hears) / deaf: "you took the share by which the "
            "perplexity falls; wanted is a difference of logarithms.",
            (deaf - hears) / hears: "you took the share by which the "
            "perplexity is higher without the message; wanted is a "
            "difference of logarithms.",
            deaf - hears: "perplexities do not add up; their logarithms do.",
            math.log2(deaf / hears): "these are bits: take the natural "
            "logarithm.",
            hears / deaf: "take the logarithm of the quotient.",
            -answer: "the message is a help, so the difference is positive.",
            math.log(hears): "this is what each word costs with the message.",
        },
        because="the perplexity is e to the nats per word, so the difference "
        "of nats is the logarithm of the quotient.",
        hint="how many nats per word has a model of that perplexity?",
    )


DULL = ("yeah", "haha", "i know", "me too")
FITTING = ("i ski every winter", "two cats and a dog", "at the library")


@SHEET.exercise
def reranked(draw: Random) -> Question:
    """Use: re-ranking by mutual information, by hand."""
    dull = draw.choice(DULL)
    first, second = draw.sample(FITTING, 2)
    factor = draw.choice([0.4, 0.5, 0.6])
    low = draw.randint(15, 20) / 10
    rows = {
        dull: (-low, -low - 0.5),
        first: (-low - 1.5, -low - 5.0),
        second: (-low - 2.5, -low - 6.0),
    }
    # The first wins by 1.5 against 4.5 times the factor, 1.8 at least.
    listed = draw.sample(sorted(rows), 3)
    table = "; ".join(
        f'"{name}" {rows[name][0]:.1f} and {rows[name][1]:.1f}'
        for name in listed
    )
    return SingleChoice(
        text=(
            "Three answers of a beam, each with log p(answer | message) and "
            f"log p(answer): {table}. Which one is said after re-ranking with "
            f"a factor of {factor}?"
        ),
        right=first,
        mistakes={
            dull: (
                "this has the highest probability given the message, but it "
                "is nearly as probable without it."
            ),
            second: (
                "this has the lowest log p(answer), but its log p(answer | "
                "message) is lower than that of another one by more than the "
                "factor gives back: do the subtraction."
            ),
        },
        draw=draw,
        because="log p(answer | message) minus the factor times log p(answer) "
        "is highest there.",
        hint="compute first minus factor times second, three times.",
    )
