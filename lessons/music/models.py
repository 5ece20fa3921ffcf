"""What exercise 6 of lesson 12 asks of a model, and models that fail it."""

from __future__ import annotations

from typing import Any

import numpy as np


def other_input(pitches: int, lengths: int, units: int) -> Any:
    """Return a model that reads three ids a step."""
    import keras
    from keras import layers

    notes = keras.Input((None, 3), dtype="int32")
    vectors = layers.Embedding(pitches, 4)(notes[..., 0])
    hidden = layers.LSTM(units, return_sequences=True)(vectors)
    sizes = (pitches, lengths, 2)
    heads = [layers.Dense(n, activation="softmax")(hidden) for n in sizes]
    return keras.Model(notes, heads)


def beside_lstm(pitches: int, lengths: int, units: int) -> Any:
    """Return a model whose heads look past its LSTM."""
    import keras
    from keras import layers

    notes = keras.Input((None, 2), dtype="int32")
    vectors = layers.Embedding(pitches, 4)(notes[..., 0])
    hidden = layers.LSTM(units, return_sequences=True)(vectors)
    joined = layers.Concatenate()([vectors, layers.Rescaling(0.0)(hidden)])
    sizes = (pitches, lengths, 2)
    heads = [layers.Dense(n, activation="softmax")(joined) for n in sizes]
    return keras.Model(notes, heads)


def reads_pitch_only(pitches: int, lengths: int, units: int) -> Any:
    """Return a model that never looks at the lengths."""
    import keras
    from keras import layers

    notes = keras.Input((None, 2), dtype="int32")
    vectors = layers.Embedding(pitches, 4)(notes[..., 0])
    hidden = layers.LSTM(units, return_sequences=True)(vectors)
    sizes = (pitches, lengths, 2)
    heads = [layers.Dense(n, activation="softmax")(hidden) for n in sizes]
    return keras.Model(notes, heads)


def rows_of_embeddings(model: Any) -> list[int]:
    """Return how many rows each embedding has, the fewest first."""
    return sorted(
        layer.input_dim
        for layer in model.layers
        if type(layer).__name__ == "Embedding"
    )


def takes_all_ids(model: Any, pitches: int, lengths: int) -> bool:
    """Tell whether a model has a row for the last pitch and length."""
    last = np.array([[[pitches - 1, lengths - 1]] * 3])
    try:
        model(last)
    except Exception:  # TensorFlow has another one for each device.
        return False
    rows = rows_of_embeddings(model)
    ids = sorted((pitches, lengths))
    return all(has >= n for has, n in zip(rows, ids, strict=False))


def hears_both(model: Any) -> bool:
    """Tell whether pitches alone, and lengths alone, change later answers."""
    notes = _notes()
    for column in (0, 1):
        other = notes.copy()
        other[:, 0, column] = 11 - other[:, 0, column]
        for one, two in zip(model(notes), model(other), strict=True):
            if np.abs(np.subtract(one, two)[:, 2:]).max() <= 1e-7:
                return False
    return True


def lstms(model: Any) -> list[int]:
    """Return the units of every LSTM in a model, wrapped ones too."""
    found = []
    for layer in model.layers:
        inner = getattr(layer, "forward_layer", layer)
        if type(inner).__name__ == "LSTM":
            found.append(inner.units)
    return found


def _notes() -> np.ndarray:
    """Return ids of two short melodies, (2, 5, 2)."""
    return np.random.default_rng(0).integers(0, 12, (2, 5, 2))


def sums_to_one(model: Any) -> bool:
    """Tell whether each answer is a list of probabilities."""
    return all(
        np.allclose(np.sum(answer, axis=-1), 1, atol=1e-4)
        for answer in model(_notes())
    )


def is_causal(model: Any) -> bool:
    """Tell whether the early answers leave the last note out."""
    notes = _notes()
    other = notes.copy()
    other[:, -1] = 11 - other[:, -1]
    return all(
        np.allclose(one[:, :-1], two[:, :-1], atol=1e-6)
        for one, two in zip(
            *([np.array(a) for a in model(x)] for x in (notes, other)),
            strict=True,
        )
    )


def remembers(model: Any) -> bool:
    """Tell whether every answer at the end depends on the first note."""
    notes = _notes()
    other = notes.copy()
    other[:, 0] = 11 - other[:, 0]
    return all(
        np.abs(np.subtract(one, two)[:, 2:]).max() > 1e-7
        for one, two in zip(
            *([np.array(a) for a in model(x)] for x in (notes, other)),
            strict=True,
        )
    )
