"""The exercises of lesson 00: one number, one function."""

from __future__ import annotations

from random import Random

import numpy as np

from utils.exercises import Function, Number, Question, Sheet

SHEET = Sheet(0)


@SHEET.exercise
def left(draw: Random) -> Question:
    """Use: what is left of a number after some steps."""
    steps = draw.randint(3, 5)
    end = draw.choice([1, 3, 5])
    start = end * 2**steps
    return Number(
        text=(
            f"You begin with {start} and multiply by 0.5 at each of {steps} "
            "steps. Which number is left?"
        ),
        answer=end,
        mistakes={
            start / 2: "this is the number after one step.",
            start * 0.5 * steps: (
                "you multiplied by 0.5 and then by the steps; each step "
                "multiplies by 0.5 once more."
            ),
            2 * end: "one step is missing.",
            end / 2: "this is one step too many.",
            0: "half of something is never nothing.",
        },
        because=f"{start} is halved {steps} times.",
        hint="write down the number after each step, one below the other.",
    )


def _fade(start: float, factor: float, steps: int) -> float:
    """Return what is left of a number."""
    return start * factor**steps


@SHEET.exercise
def fade(draw: Random) -> Question:
    """Generalise: the same for any numbers, as a function."""
    example = 2 ** draw.randint(4, 6)

    def inputs(generator: np.random.Generator) -> tuple[float, float, int]:
        start, factor = generator.uniform(0.5, 2.0, 2)
        return float(start), float(factor), int(generator.integers(3, 8))

    return Function(
        text=(
            "Write a function fade(start, factor, steps) that returns what "
            "is left of start, if each step multiplies by factor. For "
            f"example fade({example}, 0.5, 2) is {example / 4:g}."
        ),
        reference=_fade,
        inputs=inputs,
        mistakes=[
            (
                lambda start, factor, steps: start * factor * steps,
                "your function multiplies by factor once, and then by the "
                "number of steps.",
            ),
            (
                lambda start, factor, steps: start * factor ** (steps - 1),
                "your function makes one step too few.",
            ),
            (
                lambda start, factor, steps: start * factor ** (steps + 1),
                "your function makes one step too many.",
            ),
            (
                lambda _, factor, steps: factor**steps,
                "your function does not use start.",
            ),
            (
                lambda start, factor, _: start * factor,
                "your function makes a single step: it does not use steps.",
            ),
        ],
        because="factor goes in once for each step.",
        hint="in Python, x**3 is x times x times x; a loop does it as well.",
    )
