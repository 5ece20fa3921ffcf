"""The networks that lesson 14's stored trainings train, and their decoding."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from lessons.captioning import digits
from lessons.captioning.digits import END, PADDING, START, SYMBOLS
from utils import training

RATE = 0.005


def half() -> Any:
    """Return the layers that see one digit: (n, 8, 8) to (n, 128)."""
    import keras
    from keras import layers

    return keras.Sequential(
        [
            keras.Input((8, 8)),
            layers.Flatten(),
            layers.Dense(128, activation="relu"),
            layers.Dropout(0.3),
        ]
    )


def uncut(places: int, units: int) -> Any:
    """Return an encoder that is not told where one digit ends.

    Its two layers are as wide as those of ``encoder``, and each sees the
    whole row.
    """
    import keras
    from keras import layers

    return keras.Sequential(
        [
            keras.Input((8, 8 * places)),
            layers.Flatten(),
            layers.Dense(128 * places, activation="relu"),
            layers.Dropout(0.3),
            layers.Dense(units, activation="tanh"),
        ]
    )


def encoder(places: int, units: int, *, is_split: bool = False) -> Any:
    """Return an encoder of digits in a row, the same layers for each.

    Args:
        places: Digits in a row.
        units: Numbers in the state.
        is_split: Let each digit fill a part of the state of its own, in
            place of one Dense layer that sees all digits.
    """
    import keras
    from keras import layers

    picture, seen = keras.Input((8, 8 * places)), half()
    parts = [seen(picture[..., 8 * k : 8 * k + 8]) for k in range(places)]
    if is_split:
        own = [layers.Dense(units // places, "tanh")(part) for part in parts]
        return keras.Model(picture, layers.Concatenate()(own))
    both = layers.Concatenate()(parts)
    return keras.Model(picture, layers.Dense(units, "tanh")(both))


def captioner(
    to_state: Any, rate: float = RATE
) -> tuple[Any, Callable[..., tuple[Any, Any]]]:
    """Return the lesson's captioner, and a step of its decoder."""
    import keras
    from keras import layers

    picture = keras.Input(to_state.input_shape[1:])
    before = keras.Input((None,), dtype="int32")
    embed = layers.Embedding(len(SYMBOLS), 16)
    writer = layers.GRU(to_state.output_shape[-1], return_sequences=True)
    to_letter = layers.Dense(len(SYMBOLS), activation="softmax")
    states = writer(embed(before), initial_state=to_state(picture))
    model = keras.Model([picture, before], to_letter(states))
    loss = keras.losses.SparseCategoricalCrossentropy(ignore_class=PADDING)
    model.compile(keras.optimizers.Adam(rate), loss)

    def next_letter(letters: np.ndarray, state: Any) -> tuple[Any, Any]:
        _, [state] = writer.cell(embed(letters), [state])
        return to_letter(state).numpy(), state

    return model, next_letter


def classifiers(
    state: Any, answers: list[int], *, is_split: bool = False
) -> Any:
    """Return one softmax for each question, all from the same state.

    Args:
        state: An encoder.
        answers: Of each question, how many there are to choose from.
        is_split: Show each only its own part of the state.
    """
    import keras
    from keras import layers

    width = state.output_shape[-1] // len(answers) if is_split else None
    outputs = []
    for place, count in enumerate(answers):
        seen = state.output
        if width:
            seen = seen[:, place * width : (place + 1) * width]
        outputs.append(layers.Dense(count, activation="softmax")(seen))
    model = keras.Model(state.input, outputs)
    model.compile(
        keras.optimizers.Adam(RATE),
        ["sparse_categorical_crossentropy"] * len(answers),
    )
    return model


def greedy(next_letter: Any, state: Any, steps: int) -> list[str]:
    """Return what a decoder writes, the best letter at each step."""
    letters = np.full(len(state), START)
    written = []
    for _ in range(steps):
        chances, state = next_letter(letters, state)
        letters = chances.argmax(axis=1)
        written.append(letters)
    return digits.decode(np.transpose(written))


def fit(model: Any, x: Any, y: Any, seed: int, epochs: int) -> None:
    """Train from the weights of a seed, in batches of 60."""
    training.reinitialise(model, seed)
    training.fit(model, x, y, epochs=epochs, batch_size=60, quiet=True)


def beam_search(
    next_letter: Any, state: Any, steps: int, width: int = 3
) -> tuple[str, float]:
    """Return the caption that a beam finds, and its probability."""
    beams = [([START], 0.0, state)]
    for _ in range(steps):
        longer = [beam for beam in beams if beam[0][-1] == END]
        for ids, total, before in beams:
            if ids[-1] != END:
                chances, after = next_letter(np.array(ids[-1:]), before)
                for letter, log in enumerate(np.log(chances[0] + 1e-30)):
                    longer.append(([*ids, letter], total + log, after))
        beams = sorted(longer, key=lambda beam: -beam[1])[:width]
    return digits.decode([beams[0][0]])[0], float(np.exp(beams[0][1]))


def one_digit() -> Any:
    """Return the lesson's encoder of one digit."""
    import keras
    from keras import layers

    dense = [layers.Dense(128, "relu"), layers.Dropout(0.3)]
    stack = [keras.Input((8, 8)), layers.Flatten(), *dense]
    return keras.Sequential([*stack, layers.Dense(64, "tanh")])
