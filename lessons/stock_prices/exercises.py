"""The exercises of lesson 19: what a forecast of prices is worth."""

from __future__ import annotations

from math import log
from random import Random

import numpy as np

from utils.exercises import Function, MultipleChoice, Number, Question, Sheet

SHEET = Sheet(19)

LEAKS = (
    "days are filled in, where missing, with the mean of all twenty years",
    "the three columns with the best test error are kept, the rest dropped",
    "windows of 22 days, one for each day, are dealt out at random",
    "the volume of the day that is forecast stands among the inputs",
    "of ten seeds, the one with the smallest test error is reported",
)
HARMLESS = {
    "the windows of the training years are shuffled before each epoch": (
        "no day of another part gets in: only the order of the steps changes."
    ),
    "the first test window reads days of the validation years": (
        "those days lie before the day that is forecast: anybody would have "
        "known them."
    ),
    "the learning rate with the smallest validation error is taken": (
        "that is what the validation years are for; the test years were not "
        "asked."
    ),
    "mean and spread of the training years scale all the years": (
        "nothing is taken from the later years; they are only converted."
    ),
}


@SHEET.exercise
def count(draw: Random) -> Question:
    """Recall: how many windows a series holds."""
    days, seen = draw.randint(300, 900), draw.choice([10, 15, 22, 30])
    ahead = draw.choice([2, 3, 5])
    answer = days - seen - ahead + 1
    return Number(
        text=(
            f"A series has {days} days. A window is {seen} of them in a row, "
            f"and its target lies {ahead} days after its last day. How many "
            "windows with a target are there?"
        ),
        answer=answer,
        mistakes={
            days
            - seen: "this is right for a target on the day after a window.",
            days - seen + 1: (
                "this is the number of windows, whether or not a day is left "
                "for the target."
            ),
            days - seen - ahead: (
                "you are off by one: count for 5 days, windows of 2 and a "
                "target 2 days later."
            ),
            days // seen: "windows overlap: each begins a day after the last.",
            days - ahead: "the first windows need days before them.",
        },
        because="the last day of a window runs from the first full window to "
        "the last day that still has a target.",
        hint="which is the first day on which a window can end, and which is "
        "the last?",
    )


@SHEET.exercise
def yesterday(draw: Random) -> Question:
    """Use: the error of the forecast that any other has to beat."""
    prices = [draw.randint(990, 1010)]
    moves = draw.sample([3, 5, 8, 11, 14], 4)
    for place, move in enumerate(moves):
        prices.append(prices[-1] + (move if place % 2 else -move))
    error = sum(moves) / 4
    listed = ", ".join(f"{price:,}" for price in prices)
    return Number(
        text=(
            f"The index stands at {listed} points on five days in a row. What "
            "is the mean absolute error of the forecast 'as yesterday' on the "
            "four days for which it can be made?"
        ),
        answer=error,
        mistakes={
            sum(moves) / 5: (
                "on the first day there is no yesterday: four errors, not "
                "five."
            ),
            sum(moves): "this is the sum of the errors, not their mean.",
            (prices[-1] - prices[0]) / 4: (
                "ups and downs have cancelled out: take each error without "
                "its sign first."
            ),
            abs(prices[-1] - prices[0]) / 4: (
                "ups and downs have cancelled out: take each error without "
                "its sign first."
            ),
            sum(move**2 for move in moves) / 4: (
                "this is the mean of the squared errors."
            ),
        },
        tolerance=1e-6,
        because="its errors are the changes from day to day, without signs.",
        hint="write yesterday's price under each price and take the "
        "differences.",
    )


@SHEET.exercise
def leaks(draw: Random) -> Question:
    """Turned round: which steps let the test years in."""
    right = draw.sample(LEAKS, 2)
    wrong = draw.sample(sorted(HARMLESS), 3)
    return MultipleChoice(
        text=(
            "Five things that somebody does before reporting a test error. "
            "Which of them are leaks?"
        ),
        right=right,
        mistakes={
            name: f"one of yours is no leak: {HARMLESS[name]}"
            for name in wrong
        },
        draw=draw,
        because="each of them uses what was not known on the day before.",
        hint="for each of them, ask whether it could have been done before "
        "the first test day.",
    )


@SHEET.exercise
def always_up(draw: Random) -> Question:
    """Turned round: from two counts to what a direction is worth."""
    same = True
    # Otherwise two mistakes, or one and the answer, give the same number.
    while same:
        days = draw.choice([200, 400, 500])
        ups = round(days * draw.choice([0.54, 0.55, 0.56]))
        said = round(days * draw.choice([0.6, 0.65, 0.7]))
        hits = round(said * draw.choice([0.55, 0.56, 0.57]))
        right = hits + (days - said - (ups - hits))
        against_coin, against_down = right - days // 2, right - days + ups
        without_downs = hits - ups
        numbers = [right - ups, ups - right, right]
        numbers += [against_coin, against_down, without_downs]
        same = len({*numbers}) < len(numbers)
    return Number(
        text=(
            f"Of {days} days {ups} went up. A network said 'up' for {said} of "
            f"them, and {hits} of these did go up. How many days more than "
            "the forecast 'always up' does it get right? A negative number if "
            "it gets fewer right."
        ),
        answer=right - ups,
        mistakes={
            without_downs: (
                "you left out the days for which it said 'down' and was right."
            ),
            right: "this is how many it gets right, not yet compared.",
            ups - right: "the sign is the wrong way round.",
            against_coin: (
                "you compared it with tossing a coin; 'always up' is harder "
                "to beat."
            ),
            against_down: "you compared it with 'always down'.",
        },
        because="right are the ups among the days called up, and the downs "
        "among the others.",
        hint="make a table of two rows and two columns: what was said, and "
        "what came.",
    )


@SHEET.exercise
def qlike(draw: Random) -> Question:
    """Use: the loss of a forecast of variance that is too small or large."""
    factor = draw.choice([2, 3, 4, 5])
    over = 1 / factor - log(1 / factor) - 1
    under = factor - log(factor) - 1
    return Number(
        text=(
            f"One forecast of the variance is {factor} times too small, "
            f"another one {factor} times too large. What is the QLIKE of the "
            "first minus that of the second, with three decimals?"
        ),
        answer=under - over,
        mistakes={
            over - under: (
                "the difference is the other way round: which of the two is "
                "the first?"
            ),
            under: "this is the QLIKE of the first alone.",
            over: "this is the QLIKE of the second alone.",
            0: "the two are not alike: put both ratios into the formula.",
            factor - 1 / factor: (
                "you have lost the logarithms: they do not cancel out."
            ),
        },
        tolerance=6e-4,
        because="QLIKE takes too small a forecast much harder than too large "
        "a one.",
        hint="the measured variance over the forecast is the number in the "
        "question for the first, and one over it for the second.",
    )


@SHEET.exercise
def my_har(_: Random) -> Question:
    """Design: what HAR sees, for a whole batch of windows."""

    def inputs(generator: np.random.Generator) -> tuple[np.ndarray]:
        return (generator.normal(size=(generator.integers(3, 7), 22)),)

    def means(x: np.ndarray, *spans: slice) -> np.ndarray:
        return np.stack([x[:, span].mean(axis=1) for span in spans], axis=1)

    day, week, month = slice(-1, None), slice(-5, None), slice(None)
    return Function(
        text=(
            "Write a function my_har(x). It takes windows, (batch, 22), "
            "oldest day first, and returns (batch, 3): the last day, the mean "
            "of the last five days, and the mean of all 22."
        ),
        reference=lambda x: means(x, day, week, month),
        inputs=inputs,
        mistakes=[
            (
                lambda x: means(x, slice(0, 1), slice(0, 5), month),
                "you took the oldest days: the newest stand at the end.",
            ),
            (
                lambda x: means(x, month, week, day),
                "the order is day, week, month.",
            ),
            (
                lambda x: means(x, day, slice(-6, -1), slice(0, -1)),
                "the last day belongs to the week and to the month as well.",
            ),
            (
                lambda x: means(x, day, week, month).T,
                "you have a row for each feature: it is one for each window.",
            ),
            (
                lambda x: np.array([x[-1].mean(), x[-5:].mean(), x.mean()]),
                "you took means over windows: the first axis is the batch.",
            ),
        ],
        because="three numbers of each window, and a line through them is "
        "hard to beat.",
        hint="x[:, -5:] has the last five days of every window; which axis "
        "does the mean run over?",
    )
