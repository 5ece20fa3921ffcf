"""The exercises of lesson 10: padding is input, unless a mask says not."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np

from utils.exercises import (
    Array,
    Demand,
    Function,
    Model,
    MultipleChoice,
    Number,
    Question,
    Sheet,
)
from utils.exercises.code import padding_mask

SHEET = Sheet(10)


@SHEET.exercise
def pad(draw: Random) -> Question:
    """Recall: which ids a row keeps, and where the zeros stand."""
    length = draw.randint(3, 4)
    long = draw.sample(range(2, 60), length + 2)
    short = draw.sample(range(60, 99), length - 2)
    zeros = [0] * (length - len(short))
    return Array(
        text=(
            f"Two reviews in ids: reviews = [{long}, {short}]. What does "
            f"pad_sequences(reviews, maxlen={length}) return?"
        ),
        answer=np.array([long[-length:], zeros + short]),
        mistakes=[
            (
                np.array([long[:length], zeros + short]),
                "the zeros are right, but you kept the beginning of the "
                "first review: that takes truncating='post'.",
            ),
            (
                np.array([long[-length:], short + zeros]),
                "the cut is right, but your zeros stand after the words: "
                "that takes padding='post'.",
            ),
            (
                np.array([long[:length], short + zeros]),
                "that is what both arguments at 'post' give; here neither "
                "is set.",
            ),
            (
                np.array([long, [0] * (len(long) - len(short)) + short]),
                "your rows are as long as the longest review: maxlen cuts "
                "them.",
            ),
        ],
        because="by default zeros and cut are both at the front.",
        hint="there are two decisions, and the lesson says on which side "
        "each is taken by default.",
    )


@SHEET.exercise
def masked_state(draw: Random) -> Question:
    """Use: a masked step in the middle and two at the end, by hand."""
    first, middle, third = (4 * draw.randint(5, 24) for _ in range(3))
    # Otherwise two mistakes, or one and the answer, give the same number.
    while middle in {first / 2, 6 * third - first / 2}:
        middle = 4 * draw.randint(5, 24)
    answer = third + first // 2
    return Number(
        text=(
            "A cell without bias and activation computes h_t = x_t + 0.5 * "
            f"h_(t-1), and h_0 = 0. It reads x = [{first}, {middle}, {third}, "
            "0, 0] with the mask [True, False, True, False, False]. What is "
            "its state at the end?"
        ),
        answer=answer,
        mistakes={
            (third + (middle + first / 2) / 2) / 4: (
                "this is the state without a mask: every step counted."
            ),
            third + (middle + first / 2) / 2: (
                "you held the state at the end, and computed the second "
                "step: it is masked as well."
            ),
            third: (
                "you began again with zero: a masked step hands the state "
                "on, it does not clear it."
            ),
            third + first / 4: (
                "you put a zero in the place of the second input: that is "
                "a step, and it halves the state."
            ),
            answer / 4: (
                "you let the last two steps halve the state: they are masked."
            ),
            0: "a masked step keeps the state, it does not make it zero.",
        },
        because="at the three masked steps the state passes unchanged.",
        hint="write the state after each step, and at a masked one copy the "
        "state before it.",
    )


@SHEET.exercise
def words(draw: Random) -> Question:
    """Turned round: from what a layer hands on to the length of the row."""
    length = draw.randint(3, 6)
    # Far from the length, so that every wrong count has its own answer.
    padding = draw.choice([n for n in range(2, 8) if abs(n - length) > 1])
    states = [n / 100 for n in draw.sample(range(11, 90), length)]
    shown = [*states, *[states[-1]] * padding]
    both = [*states, *[0.0] * padding]
    masked = draw.choice([True, False])
    layer = "a single" if masked else "the forward"
    return Number(
        text=(
            "A row is padded after its words and read with a mask, on a CPU. "
            f"The one unit of {layer} layer "
            f"{'' if masked else 'inside Bidirectional '}hands on, with "
            f"return_sequences=True: {shown if masked else both}. How many "
            "words has the row?"
        ),
        answer=length,
        mistakes={
            length + padding: (
                "this is the length of the padded row, zeros included."
            ),
            padding: "this is how many steps are padding.",
            length - 1: (
                "one too few: the last state that was computed is that of "
                "a word, what follows is not."
            ),
            length + 1: (
                "one too many: the first step of the padding hands on "
                "something as well, and it is no new state."
            ),
        },
        because="what stands after the last new state is padding.",
        hint="what does such a layer put at a masked step?",
    )


@SHEET.exercise
def gpu(draw: Random) -> Question:
    """Use: the masks that train on a GPU."""
    steps = draw.randint(5, 8)
    some = draw.randint(2, steps - 2)
    gap = draw.randint(1, steps - 2)
    row = ["1"] * steps
    masks = {
        "after": ["1"] * some + ["0"] * (steps - some),
        "full": row,
        "one": ["1"] + ["0"] * (steps - 1),
        "before": ["0"] * (steps - some) + ["1"] * some,
        "gap": [*row[:gap], "0", *row[gap + 1 :]],
        "empty": ["0"] * steps,
    }
    shown = {name: " ".join(mask) for name, mask in masks.items()}
    return MultipleChoice(
        text=(
            "Each line is the mask of one row, 1 for True and 0 for False. "
            "With which of them does an LSTM train on a GPU, by the rule of "
            "this lesson?"
        ),
        right=[shown["after"], shown["full"], shown["one"]],
        mistakes={
            shown["before"]: (
                "one of your masks is padded before the words: it goes from "
                "False to True."
            ),
            shown["gap"]: (
                "one of your masks has a gap: cuDNN takes a length, and a "
                "length cannot say that a step in the middle is missing."
            ),
            shown["empty"]: "one of your rows has no word at all.",
        },
        draw=draw,
        because="words first, padding after them, and at least one word.",
        hint="cuDNN takes no mask, only one number for each row: which of "
        "these can be said with it?",
    )


@SHEET.exercise
def masked_max(_: Random) -> Question:
    """Design: max pooling that respects a mask."""

    def inputs(generator: np.random.Generator) -> tuple[np.ndarray, ...]:
        mask, features = padding_mask(generator)
        vectors = generator.normal(-1, 0.5, (*mask.shape, features))
        vectors[0] -= 9e5
        vectors[~mask] = generator.uniform(0, 2)
        return vectors, mask

    def filled(vectors: np.ndarray, mask: np.ndarray) -> np.ndarray:
        return np.where(mask[..., None], vectors, -1e9).max(axis=1)

    return Function(
        text=(
            "Write a function masked_max(vectors, mask). It takes NumPy "
            "arrays of the shapes (batch, steps, features) and (batch, "
            "steps), and returns for each row and feature the largest value "
            "of the steps that count, in the shape (batch, features). Every "
            "row has at least one such step. Values may lie anywhere between "
            "-1e6 and 1e6."
        ),
        reference=filled,
        inputs=inputs,
        mistakes=[
            (
                lambda vectors, _: vectors.max(axis=1),
                "your function does not use the mask: the padding wins.",
            ),
            (
                lambda vectors, mask: (vectors * mask[..., None]).max(axis=1),
                "your padded steps became zeros, and a zero wins every "
                "maximum that should have been negative.",
            ),
            *(
                (
                    lambda vectors, mask, fill=fill: np.where(
                        mask[..., None], vectors, fill
                    ).max(axis=1),
                    "the number you filled the padding with is not small "
                    "enough: some vectors here lie near -900000.",
                )
                for fill in (-10, -100, -1000, -1e4, -1e5)
            ),
            (
                lambda vectors, mask: vectors[mask].max(axis=0),
                "you took one maximum over all rows: the batch is gone.",
            ),
            (
                lambda vectors, mask: filled(vectors, mask).max(axis=-1),
                "you took the maximum over the features as well: one number "
                "is left of each row.",
            ),
            (
                lambda vectors, mask: np.where(
                    mask[..., None], vectors, 1e9
                ).max(axis=1),
                "you filled the padding with a large number: now it wins "
                "every time.",
            ),
        ],
        because="what stands at a padded step is too small to be a maximum.",
        hint="which number in the place of the padding can never be the "
        "largest?",
    )


@SHEET.exercise
def stations(draw: Random) -> Question:
    """Design: repair a model whose mask covers the wrong steps."""
    features, units = draw.sample(range(2, 9), 2)
    filling = -draw.choice([90, 99, 900, 999])

    def model(
        *,
        value: float | None = filling,
        late: bool = False,
        dense: bool = True,
        **sizes: int,
    ) -> Any:
        """Return the model, with its Masking layer here or there."""
        import keras
        from keras import layers

        masks = [] if value is None else [layers.Masking(value)]
        first = [layers.Dense(4)] if dense else []
        parts = [*first, *masks] if late else [*masks, *first]
        parts.append(layers.GRU(sizes.get("units", units)))
        parts.append(layers.Dense(sizes.get("outputs", 1)))
        shape = (None, sizes.get("features", features))
        return keras.Sequential([keras.Input(shape), *parts])

    return Model(
        text=(
            f"Each sequence is a row of hourly records, {features} "
            "measurements each, padded at the end with "
            f"{filling}, a number that cannot occur; a 0 is a measurement "
            "like any other. This model runs, and reads the padding. Repair "
            "it; every layer has to stay, the order may change:\n"
            "    keras.Sequential([\n"
            f"        keras.Input((None, {features})),\n"
            "        layers.Dense(4),\n"
            "        layers.Masking(),\n"
            f"        layers.GRU({units}),\n"
            "        layers.Dense(1),\n"
            "    ])"
        ),
        build=model,
        demands=[
            Demand(
                lambda given: given.input_shape == (None, None, features),
                "the input was right, and has changed.",
                lambda: model(features=features + 1),
            ),
            Demand(
                lambda given: given.output_shape == (None, 1),
                "one number for each row is asked for.",
                lambda: model(outputs=2),
            ),
            Demand(
                lambda given: _layer(given, "GRU").units == units,
                "the GRU has changed: it was not wrong.",
                lambda: model(units=units + 1),
            ),
            Demand(
                lambda given: (
                    len(_all(given, "Dense")) == 2
                    and _all(given, "Dense")[0].units == 4
                ),
                "a Dense(4) and a Dense(1) were there, and have to stay.",
                lambda: model(dense=False),
            ),
            Demand(
                lambda given: _layer(given, "Masking") is not None,
                "no layer of your model makes a mask.",
                lambda: model(value=None),
            ),
            Demand(
                lambda given: _layer(given, "Masking").mask_value == filling,
                "your Masking layer looks for another number than the one "
                "that was filled in.",
                lambda: model(value=0.0),
            ),
            Demand(
                lambda given: _holds_still(given, features, filling),
                "your mask comes too late: a layer before it has turned the "
                "filling into other numbers.",
                lambda: model(late=True),
            ),
        ],
        because="the mask is made where the filling can still be recognised.",
        hint="what does Masking() compare with when you tell it nothing, and "
        "which numbers reach it?",
    )


def _layer(model: Any, kind: str) -> Any:
    """Return a model's first layer of a kind, ``None`` if it has none."""
    return next(iter(_all(model, kind)), None)


def _all(model: Any, kind: str) -> list[Any]:
    """Return all of a model's layers of a kind."""
    return [x for x in model.layers if type(x).__name__ == kind]


def _holds_still(model: Any, features: int, filling: float) -> bool:
    """Tell whether more padding leaves a model's answer as it was."""
    values = np.random.default_rng(0).normal(size=(2, 3, features))
    values = values.astype("float32")
    more = np.pad(values, [(0, 0), (0, 4), (0, 0)], constant_values=filling)
    one, other = (np.array(model(x)) for x in (values, more))
    return np.allclose(one, other, atol=1e-5)
