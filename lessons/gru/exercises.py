"""The exercises of lesson 08: one state, two gates, two versions."""

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
)

SHEET = Sheet(8)

STAYS = "the old state stays nearly as it was"
TAKES = "the candidate takes the place of the old state"


@SHEET.exercise
def kept(draw: Random) -> Question:
    """Recall: which way round the update gate stands."""
    in_keras, is_open = draw.choice([True, False]), draw.choice([True, False])
    gate = round(draw.uniform(*((0.95, 0.99) if is_open else (0.01, 0.05))), 2)
    source = "a Keras GRU" if in_keras else "a GRU with Chung's equation"
    stays = in_keras == is_open
    other = "Chung's paper" if in_keras else "Keras"
    return SingleChoice(
        text=(
            f"At some word the update gate of a unit in {source} is {gate}. "
            "What happens to the unit's state?"
        ),
        right=STAYS if stays else TAKES,
        mistakes={
            TAKES if stays else STAYS: (
                f"you have read the gate as {other} would: say what it "
                "multiplies here."
            ),
            "it becomes zero": (
                "what the gate takes from the one it gives to the other: old "
                "state and candidate share the whole."
            ),
            "the candidate is added to all of it": (
                "in an LSTM both gates can be open; here the two shares add "
                "up to 1."
            ),
        },
        draw=draw,
        because=(
            "in Keras the update gate multiplies the old state, in Chung's "
            "equation the candidate."
        ),
        hint="write the last of the four equations, as this source has it, "
        "and put the number in.",
    )


@SHEET.exercise
def other(draw: Random) -> Question:
    """Turned round: from one version's count to the other's."""
    features = draw.randint(8, 40)
    units = draw.randint(10, 60)
    count = 3 * units * (features + units + 2)
    return Number(
        text=(
            f"A GRU on {features} inputs has {count:,} parameters with "
            "Keras's default. How many has a layer of the same size with "
            "reset_after=False?"
        ),
        answer=count - 3 * units,
        mistakes={
            count - units: (
                "you have taken away one bias a unit, and there are three "
                "sets of weights."
            ),
            count - 6 * units: (
                "one of the two rows of biases stays where it is."
            ),
            count + 3 * units: (
                "you have added the second row of biases: the default is "
                "the one that has it."
            ),
            count - 3 * features: (
                "there is one bias for each unit, not for each input."
            ),
            units: "these are the units, and half of the way.",
            count: "the two versions do not have the same count.",
            4 * units * (features + units + 1): (
                "this is an LSTM of that size."
            ),
        },
        because="the other version has one row of biases, not two.",
        hint="the default has 3u(d + u + 2): try some u until it fits, and "
        "then see what the other formula leaves out.",
    )


@SHEET.exercise
def pair(draw: Random) -> Question:
    """Turned round: gates that make a GRU another layer."""
    in_keras = draw.choice([True, False])
    has_loop = draw.choice([True, False])
    z, r = (0 if in_keras else 1), (1 if has_loop else 0)
    source = (
        "Keras's equation"
        if in_keras
        else "the equation of Chung, in which z stands before the candidate"
    )
    layer = draw.choice(
        ["the SimpleRNN of lesson 02", "a recurrent layer without gates"]
        if has_loop
        else [
            "a Dense layer with tanh, applied at each step by itself",
            "a layer with tanh that knows nothing of the steps before",
        ]
    )
    return Array(
        text=(
            f"Take {source}. Which values of the update gate z and the reset "
            f"gate r, 0 or 1, turn a GRU into {layer}?"
        ),
        answer=np.array([z, r]),
        mistakes=[
            (
                np.array([1 - z, r]),
                "with this update gate the state stands still for ever: the "
                "candidate never gets in.",
            ),
            (
                np.array([z, 1 - r]),
                "the update gate is right; ask whether the old state may "
                "reach the candidate.",
            ),
            (
                np.array([1 - z, 1 - r]),
                "the update gate lets no candidate in, so that the other one "
                "changes nothing.",
            ),
            (
                np.array([0.5, 0.5]),
                "gates of one half mix the two states: here each has to be "
                "open or shut.",
            ),
        ],
        because="the new state is the candidate alone, and the reset gate "
        "says whether that sees the old state.",
        hint="first make the new state equal to the candidate; then look at "
        "the candidate.",
    )


@SHEET.exercise
def turned(_: Random) -> Question:
    """Use: weights from a book's GRU for Keras's."""

    def inputs(generator: np.random.Generator) -> tuple[np.ndarray]:
        features, units = generator.integers(2, 6, size=2)
        return (generator.normal(size=(features, 3 * units)),)

    def with_block(kernel: np.ndarray, block: int) -> np.ndarray:
        """Return a copy with the sign of one of the three blocks turned."""
        columns = np.split(kernel, 3, axis=1)
        columns[block] = -columns[block]
        return np.concatenate(columns, axis=1)

    def minus_one(kernel: np.ndarray) -> np.ndarray:
        """Return a copy with 1 - the block of z."""
        units = kernel.shape[1] // 3
        return np.concatenate(
            [1 - kernel[:, :units], kernel[:, units:]], axis=1
        )

    return Function(
        text=(
            "The kernel of a GRU, (inputs, 3 units), has its columns in the "
            "order z, r, h, and was trained with the equation of Chung and "
            "others, in which z stands before the candidate. Write a function "
            "turned_kernel(kernel) that returns the kernel for Keras."
        ),
        reference=lambda kernel: with_block(kernel, 0),
        inputs=inputs,
        mistakes=[
            (
                lambda kernel: -kernel,
                "you have turned the sign of all columns: the reset gate and "
                "the candidate mean the same in both.",
            ),
            (
                lambda kernel: with_block(kernel, 1),
                "you have turned the columns of the reset gate.",
            ),
            (
                lambda kernel: with_block(kernel, 2),
                "you have turned the columns of the candidate.",
            ),
            (
                minus_one,
                "it is the gate that becomes one minus itself, after the "
                "sigmoid: what has to become of the sum before it?",
            ),
            (
                lambda kernel: kernel,
                "your function returns the kernel as it came.",
            ),
        ],
        because="one minus a sigmoid is the sigmoid of the opposite sum.",
        hint="cut the columns into three blocks, and ask for each one whether "
        "the two equations differ in it.",
    )


@SHEET.exercise
def repair(_: Random) -> Question:
    """Repair: a step of a GRU that is wrong twice."""

    def inputs(generator: np.random.Generator) -> tuple[np.ndarray, ...]:
        batch, units = (int(n) for n in generator.integers(2, 6, size=2))
        from_input, h = generator.normal(size=(2, batch, units))
        z, r = generator.uniform(size=(2, batch, units))
        U_h = generator.normal(size=(units, units))
        return from_input, h, z, r, U_h, generator.normal(size=units)

    def before(
        a: np.ndarray,
        h: np.ndarray,
        r: np.ndarray,
        U: np.ndarray,
        b: np.ndarray,
    ) -> np.ndarray:
        """Return the candidate with the reset gate before the matrix."""
        return np.tanh(a + (r * h) @ U + b)

    def after(
        a: np.ndarray,
        h: np.ndarray,
        r: np.ndarray,
        U: np.ndarray,
        b: np.ndarray,
    ) -> np.ndarray:
        """Return the candidate with the reset gate after matrix and bias."""
        return np.tanh(a + r * (h @ U + b))

    return Function(
        text=(
            "This is to be a step of a Keras GRU with reset_after=True; "
            "from_input is x_t W_h plus the first bias, and the argument b "
            "is the second bias, b'_h. Two things in it are wrong. Repair "
            "them:\n"
            "    def new_state(from_input, h, z, r, U_h, b):\n"
            "        candidate = np.tanh(from_input + (r * h) @ U_h + b)\n"
            "        return (1 - z) * h + z * candidate"
        ),
        reference=lambda a, h, z, r, U, b: (
            z * h + (1 - z) * after(a, h, r, U, b)
        ),
        inputs=inputs,
        mistakes=[
            (
                lambda a, h, z, r, U, b: (
                    (1 - z) * h + z * before(a, h, r, U, b)
                ),
                "your function does what it did before.",
            ),
            (
                lambda a, h, z, r, U, b: (
                    (1 - z) * h + z * after(a, h, r, U, b)
                ),
                "the candidate is right now; the update gate still takes the "
                "new where Keras keeps the past.",
            ),
            (
                lambda a, h, z, r, U, b: (
                    z * h + (1 - z) * before(a, h, r, U, b)
                ),
                "the mixture is right now; the reset gate still acts before "
                "the matrix.",
            ),
            (
                lambda a, h, z, r, U, b: (
                    z * h + (1 - z) * np.tanh(a + r * (h @ U) + b)
                ),
                "almost: the reset gate has passed the matrix, and the second "
                "bias is still outside of it.",
            ),
            (
                lambda a, h, z, r, U, b: (
                    (1 - z) * h + z * np.tanh(a + r * (h @ U) + b)
                ),
                "the reset gate has passed the matrix and not yet the bias, "
                "and the mixture is still the book's.",
            ),
            (
                lambda a, h, z, r, U, b: (
                    z * h + (1 - z) * np.tanh(r * (a + h @ U + b))
                ),
                "the reset gate acts on the old state only, and here on the "
                "input as well.",
            ),
        ],
        because="matrix and bias first, then the reset gate; and z keeps.",
        hint="put the equation of the candidate beside the first line, and "
        "the last equation beside the second.",
    )
