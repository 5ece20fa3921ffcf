"""Lesson 17's classifier, trained on reviews of any kind.

An Embedding that masks the padding, a GRU, a Dense: small where rows are
few. Keras trains it; what is kept is plain arrays, read by NumPy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from scipy.special import expit, softmax

from reviews.linear import part
from reviews.tokens import UNKNOWN_ID
from utils.classify.many import last_gru_states
from utils.classify.padding import Flat, gather, token_positions

SIDE_BY_SIDE = 2_048
"""Texts that are read side by side."""


class Size(NamedTuple):
    """How large a network is, and how long it may learn.

    Attributes:
        vocabulary: Ids it tells apart, at most.
        width: Numbers a token, of the Embedding.
        units: Of the GRU.
        timesteps: Tokens of a text that it reads, the last ones.
        epochs: Passes over the rows, at most.
        patience: Epochs without gain after which it stops.
        batch: Rows a step.
        rate: Of learning.
    """

    vocabulary: int
    width: int
    units: int
    timesteps: int
    epochs: int
    patience: int
    batch: int
    rate: float


SIZES = (
    (2_500, Size(2_000, 16, 16, 64, 30, 4, 32, 3e-3)),
    (20_000, Size(8_000, 32, 32, 128, 20, 2, 64, 1e-3)),
    (float("inf"), Size(20_000, 32, 32, 200, 10, 2, 128, 1e-3)),
)
"""Rows up to which a network has this size."""

DROPOUT = 0.3
"""Share of the embedded numbers that a step of the training leaves out."""


def size_for(rows: int, vocabulary: int, lengths: np.ndarray) -> Size:
    """Return the size of the network for some rows.

    Args:
        rows: To learn from.
        vocabulary: Ids there are.
        lengths: Tokens of each text; steps that hardly any has are saved.
    """
    size = next(size for most, size in SIZES if rows <= most)
    long = int(np.percentile(lengths, 98)) if len(lengths) else 1
    steps = min(size.timesteps, 8 * -(-max(long, 1) // 8))
    return size._replace(
        vocabulary=min(size.vocabulary, vocabulary), timesteps=steps
    )


@dataclass(frozen=True)
class Recurrent:
    """A GRU on embedded tokens, with a sigmoid or a softmax behind it.

    Attributes:
        weights: embedding, kernel, recurrent_kernel, bias, output_kernel
            and output_bias, as Keras has them.
        timesteps: Tokens of a text that it reads, the last ones.
    """

    weights: dict[str, np.ndarray]
    timesteps: int

    kind = "gru"

    def probabilities(self, flat: Flat) -> np.ndarray:
        """Return the probability of each class, (texts, classes)."""
        blocks = [
            self._probabilities(
                part(flat, start, min(start + SIDE_BY_SIDE, len(flat.lengths)))
            )
            for start in range(0, len(flat.lengths), SIDE_BY_SIDE)
        ]
        width = max(self.weights["output_bias"].size, 2)
        return np.concatenate([np.zeros((0, width), np.float32), *blocks])

    def _probabilities(self, flat: Flat) -> np.ndarray:
        """Return the probabilities of a block of texts."""
        w = self.weights
        scores = self._last_states(flat) @ w["output_kernel"]
        scores = scores + w["output_bias"]
        if scores.shape[1] > 1:
            return softmax(scores, axis=1)
        return np.hstack([expit(-scores), expit(scores)])

    def _last_states(self, flat: Flat) -> np.ndarray:
        """Return the states after the last token of each text."""
        w, table = self.weights, self._table
        return last_gru_states(
            np.where(flat.ids < len(table), flat.ids, UNKNOWN_ID),
            flat.offsets[1:],
            np.minimum(flat.lengths, self.timesteps),
            table,
            w["recurrent_kernel"],
            w["bias"][1],
        )

    @cached_property
    def _table(self) -> np.ndarray:
        """The tokens times the kernel, (vocabulary, 3 units)."""
        w = self.weights
        return w["embedding"] @ w["kernel"] + w["bias"][0]

    def arrays(self) -> dict[str, np.ndarray]:
        """Return what `restored` takes."""
        timesteps = np.array(self.timesteps, np.int32)
        return {**self.weights, "timesteps": timesteps}

    @classmethod
    def restored(
        cls, arrays: Mapping[str, np.ndarray], classes: int, size: int
    ) -> Recurrent:
        """Return the network of some arrays.

        Raises:
            ValueError, KeyError: They do not fit each other.
        """
        width, units = arrays["kernel"].shape[0], len(arrays["output_kernel"])
        outputs = 1 if classes == 2 else classes
        shapes = {
            "embedding": (size, width),
            "kernel": (width, 3 * units),
            "recurrent_kernel": (units, 3 * units),
            "bias": (2, 3 * units),
            "output_kernel": (units, outputs),
            "output_bias": (outputs,),
        }
        weights = {name: arrays[name] for name in shapes}
        if {n: a.shape for n, a in weights.items()} != shapes:
            raise ValueError("the shapes do not fit each other")
        return cls(weights, int(arrays["timesteps"]))


def build(size: Size, classes: int) -> Any:
    """Return the network, compiled. TensorFlow has been started."""
    import keras

    two = classes == 2
    model = keras.Sequential(
        [
            keras.Input((size.timesteps,), dtype="int32"),
            keras.layers.Embedding(
                size.vocabulary, size.width, mask_zero=True
            ),
            keras.layers.Dropout(DROPOUT),
            keras.layers.GRU(size.units),
            keras.layers.Dense(
                1 if two else classes,
                activation="sigmoid" if two else "softmax",
            ),
        ]
    )
    loss = "binary" if two else "sparse_categorical"
    model.compile(keras.optimizers.Adam(size.rate), f"{loss}_crossentropy")
    return model


def padded(flat: Flat, size: Size) -> np.ndarray:
    """Return the ids as rows with the padding behind, (texts, timesteps)."""
    where = token_positions(flat.lengths, size.timesteps, "post")
    ids = gather(flat.ids, flat.offsets, where)
    return np.where(ids < size.vocabulary, ids, UNKNOWN_ID).astype(np.int32)


def train_network(
    learn: tuple[Flat, np.ndarray],
    choose: tuple[Flat, np.ndarray],
    size: Size,
    weight_of: np.ndarray,
    seed: int,
    done: Callable[[float], Any] = lambda _: None,
) -> tuple[Recurrent, int]:
    """Train the network; it stops where the validation gains no more.

    Args:
        learn: Texts and classes, from 0, to learn from.
        choose: Texts and classes of the validation.
        size: Of the network.
        weight_of: What a row of each class counts, (classes,).
        seed: Of the initial weights and the order of rows.
        done: Is told which share of the epochs is done.

    Returns:
        The network and the number of epochs it learned.
    """
    from utils import runtime, training

    runtime.start(seed)
    model = build(size, len(weight_of))
    (x, y), (x_choose, y_choose) = (
        (padded(flat, size), labels.astype(np.float32))
        for flat, labels in (learn, choose)
    )
    # Rows without weight fill the last batch: a second shape would have to
    # be compiled, which takes longer than a small training.
    spare = -len(y) % size.batch
    weights = weight_of[learn[1]].astype(np.float32)
    history = training.fit(
        model,
        np.concatenate([x, x[:spare]]),
        np.concatenate([y, y[:spare]]),
        sample_weight=np.concatenate([weights, np.zeros(spare, np.float32)]),
        epochs=size.epochs,
        batch_size=size.batch,
        validation_data=(
            x_choose,
            y_choose,
            weight_of[choose[1]].astype(np.float32),
        ),
        patience=size.patience,
        quiet=True,
        after_epoch=lambda epoch: done(epoch / size.epochs),
    )
    return from_keras(model, size.timesteps), history.best_epoch


def from_keras(model: Any, timesteps: int) -> Recurrent:
    """Return a network of `build` as plain arrays."""
    names = (
        "embedding",
        "kernel",
        "recurrent_kernel",
        "bias",
        "output_kernel",
        "output_bias",
    )
    return Recurrent(
        dict(zip(names, model.get_weights(), strict=True)), timesteps
    )
