"""The exercises of lesson 17: the classifier, its bill and its results."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np

from utils.exercises import (
    Demand,
    Function,
    Model,
    Number,
    Question,
    Sheet,
    SingleChoice,
)

SHEET = Sheet(17)


@SHEET.exercise
def weights(draw: Random) -> Question:
    """Recall: the weights of a gated classifier on one-hot words."""
    ids, units = draw.randrange(300, 1_000, 50), draw.randint(5, 16)
    layer = 3 * units * (ids + units + 2)
    return Number(
        text=(
            f"One-hot rows of {ids} numbers go into GRU({units}), as Keras "
            'makes it by default, and then into Dense(1, activation="sigmoid")'
            ". How many weights does the classifier learn?"
        ),
        answer=layer + units + 1,
        mistakes={
            layer: "the output unit has weights as well.",
            layer + units: "the output unit has a bias, too.",
            3 * units * (ids + units + 1) + units + 1: (
                "this is the formula of the books; by default Keras gives the "
                "GRU a second row of biases."
            ),
            units * (ids + units + 1) + units + 1: (
                "this is a SimpleRNN: a GRU has two gates besides."
            ),
            4 * units * (ids + units + 1) + units + 1: (
                "this is an LSTM: a GRU has one gate fewer."
            ),
        },
        because="three times kernel, recurrent kernel and two rows of "
        "biases, and the output unit.",
        hint="lesson 08 has the count of a GRU with reset_after=True.",
    )


@SHEET.exercise
def bill(draw: Random) -> Question:
    """Turned round: from the memory to the size of the vocabulary."""
    reviews, tokens = 20_000, draw.choice([50, 100, 125, 200, 250])
    gigabytes = draw.randint(2, 16)
    answer = gigabytes * 10**9 // (reviews * tokens * 4)
    return Number(
        text=(
            f"{reviews:,} reviews of {tokens} tokens are to be written as "
            "one-hot rows all at once, in 32-bit numbers. They may take "
            f"{gigabytes} GB (a GB is 10**9 bytes). With how many ids, at "
            "most?"
        ),
        answer=answer,
        mistakes={
            gigabytes * 10**9 // (reviews * tokens * 8): (
                "you took 8 bytes a number, as for 64 bits."
            ),
            gigabytes * 10**9 // (reviews * tokens * 32): (
                "you took 32 bytes a number: it is 32 bits."
            ),
            gigabytes * 10**9 // (reviews * tokens): (
                "this is with one byte a number."
            ),
            gigabytes * 10**9 // (reviews * 4): (
                "each review has many tokens, and each of them is a row."
            ),
            gigabytes * 10**9 // (tokens * 4): (
                "this is for a single review."
            ),
        },
        because="the bytes, divided by the rows and by the bytes of a number.",
        hint="how many bytes does one more id cost?",
    )


@SHEET.exercise
def looked_up(_: Random) -> Question:
    """Use: a product with one-hot rows, without building them."""

    def inputs(
        generator: np.random.Generator,
    ) -> tuple[np.ndarray, np.ndarray]:
        batch, tokens, units = generator.permutation([2, 3, 4, 5])[:3]
        kernel = generator.normal(size=(9, units))
        return kernel, generator.integers(1, 9, size=(batch, tokens))

    return Function(
        text=(
            "Write a function looked_up(kernel, ids). kernel is an array "
            "(vocabulary, units), ids an array (batch, tokens) of whole "
            "numbers. It returns what the product of the one-hot rows of the "
            "ids with the kernel gives, in one line and without the rows."
        ),
        reference=lambda kernel, ids: kernel[ids],
        inputs=inputs,
        mistakes=[
            (
                lambda kernel, ids: kernel[ids - 1],
                "your function looks one row too far up: the ids count from "
                "0, as rows do.",
            ),
            (
                lambda kernel, ids: kernel[ids].sum(axis=1),
                "your function adds up the words of a review: that is a bag, "
                "and the order is gone.",
            ),
            (
                lambda kernel, ids: kernel[ids[:, -1]],
                "your function looks up the last word alone.",
            ),
            (
                lambda kernel, ids: ids[..., None] * kernel[1],
                "your function multiplies by the id: an id is a name, not a "
                "quantity.",
            ),
        ],
        because="a row with a single 1 picks a row of the kernel, and an "
        "index does the same.",
        hint="NumPy takes an array of whole numbers as an index.",
    )


@SHEET.exercise
def stop(draw: Random) -> Question:
    """Use: how long early stopping lets a model train."""
    bump, best = draw.randint(2, 3), draw.randint(6, 8)
    length = best + 6
    loss = [0.69 - 0.03 * epoch for epoch in range(length)]
    loss[bump] = loss[bump - 1] + 0.01
    for epoch in range(best, best + 4):
        loss[epoch] = loss[best - 1] + 0.01 * draw.randint(1, 3)
    line = " ".join(f"{value:.2f}" for value in loss)
    return Number(
        text=(
            "With no early stopping a network would have these validation "
            f"losses, from epoch 1 to epoch {length}:\n    {line}\n"
            "Now it is trained with a patience of three. How many epochs are "
            "trained?"
        ),
        answer=best + 3,
        mistakes={
            best: (
                "this is the epoch whose weights are brought back; to know "
                "that, it had to go on."
            ),
            best + 1: "one epoch without a smaller loss does not stop it.",
            best + 2: "there is one more epoch of patience left.",
            best + 4: "it had stopped before.",
            bump + 1: (
                "here the loss rises once, and falls again before the "
                "patience is used up."
            ),
            length: (
                "the smallest loss of all comes at the end, but it is never "
                "reached."
            ),
        },
        because="three epochs in a row brought no loss below the smallest "
        "one so far.",
        hint="go through the losses with two numbers on paper: the smallest "
        "so far, and how many epochs ago it was.",
    )


@SHEET.exercise
def report(draw: Random) -> Question:
    """Turned round: from a report to what it supports."""
    ahead = draw.randint(30, 40)
    is_clear = draw.random() < 0.5
    both = draw.randint(30, 60) if is_clear else draw.randint(350, 450)
    only_new, only_old = both + ahead, both
    above = "the new one, as trained: the difference stays above zero"
    unsettled = "not settled: the interval of the difference holds zero"
    margin = 1.96 * np.sqrt(only_new + only_old)
    counted = (
        f"{ahead} reviews more, plus or minus {margin:.0f}: the interval "
        f"{'stays above' if is_clear else 'holds'} zero."
    )
    wrong, right = (unsettled, above) if is_clear else (above, unsettled)
    return SingleChoice(
        text=(
            "A colleague has trained two models, once each, and both answer "
            "the same 5,000 validation reviews. On "
            f"{only_new} of them only the new model is right, on {only_old} "
            "only the old one; on all others both are right or both wrong. "
            "Which of the two is better on reviews of this kind?"
        ),
        right=right,
        mistakes={
            wrong: counted,
            "not settled: the intervals of the two accuracies overlap": (
                "they may, but they are for models that answer different "
                "reviews. Here both answer the same ones, so count those on "
                "which exactly one is right."
            ),
            "the new kind of model, whatever the seed": (
                "one training each says nothing about the seeds: they move "
                "the GRU of the lesson by more than a point."
            ),
        },
        draw=draw,
        because=counted + " What other seeds would give is another question.",
        hint="the function gap of the lesson needs two numbers, and you have "
        "both: the margin is 1.96 times the root of their sum.",
    )


@SHEET.exercise
def repair(draw: Random) -> Question:
    """Design: the classifier with the one-hot rows inside."""
    tokens, units = draw.sample(range(6, 40), 2)
    ids = draw.randrange(100, 900, 50)

    def classifier(
        *,
        shape: tuple[int, ...] = (tokens,),
        has_states: bool = False,
        heads: int = 1,
        activation: str = "sigmoid",
        width: int = units,
    ) -> Any:
        """Return the classifier, or one with a fault."""
        import keras
        from keras import layers

        encode = layers.CategoryEncoding(ids, output_mode="one_hot")
        return keras.Sequential(
            [
                keras.Input(shape, dtype="int32"),
                *([encode] if len(shape) == 1 else []),
                layers.SimpleRNN(width, return_sequences=has_states),
                layers.Dense(heads, activation=activation),
            ]
        )

    return Model(
        text=(
            f"Rows of {tokens} ids below {ids} are to go into a model that "
            "makes the one-hot rows itself and gives one probability a "
            "review. Mend this one, and keep the recurrent layer's units:\n"
            "    keras.Sequential([\n"
            f"        keras.Input(({tokens}, {ids})),\n"
            f"        layers.SimpleRNN({units}, return_sequences=True),\n"
            '        layers.Dense(2, activation="sigmoid"),\n'
            "    ])"
        ),
        build=classifier,
        demands=[
            Demand(
                lambda model: model.input_shape == (None, tokens),
                "your model does not take rows of ids: somebody would have to "
                "build the one-hot rows outside.",
                lambda: classifier(shape=(tokens, ids)),
            ),
            Demand(
                lambda model: len(model.output_shape) == 2,
                "your model gives an answer at every word; one for the review "
                "is asked for.",
                lambda: classifier(has_states=True),
            ),
            Demand(
                lambda model: model.output_shape[-1] == 1,
                "one probability is asked for, your head has more neurons "
                "than that.",
                lambda: classifier(heads=2),
            ),
            Demand(
                lambda model: (
                    model.layers[-1].activation.__name__ == "sigmoid"
                ),
                "what comes out of your head is no probability, or always "
                "the same one.",
                lambda: classifier(activation="softmax"),
            ),
            Demand(
                lambda model: (
                    model.count_params()
                    == units * (ids + units + 1) + units + 1
                ),
                "your model has another number of weights than the recurrent "
                "layer on one-hot rows and one neuron.",
                lambda: classifier(width=units + 1),
            ),
        ],
        because="ids go in, a layer without weights makes the rows, the last "
        "state gives one probability.",
        hint="the model of the notes in the lesson has four lines: compare "
        "them one by one.",
    )
