"""The trainings that lesson 10 speaks of and does not wait for.

``python -m lessons.padding_and_masking.experiments`` trains on the reviews
of the lesson and writes ``runs.csv`` beside this file, one row per training,
some ten minutes on one core. Rows that are in the file are kept, so a run
that was stopped can be taken up again; delete the file to begin anew.
A seed decides the split of the reviews and the first weights.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from utils import imdb, runtime, training

RESULTS = Path(__file__).with_name("runs.csv")

WORDS, KEPT = 1000, 1250
"""Ids below, and reviews of each kind, as in the lesson."""

HELD_OUT = 500


@dataclass(frozen=True)
class Run:
    """One training.

    Attributes:
        reader: A recurrent layer, read at its last step; "LSTM, max" and
            "LSTM, mean" pool its outputs over all steps; "mean" pools the
            word vectors and "counts" is a logistic regression, neither
            sees any order.
        side: Where the zeros stand, "post" or "pre"; "post 30" puts exactly
            30 after the words of every review and the rest before them.
        mask: Whether the network is told which steps count.
        width: Of the padded rows; ``None`` takes rows of any width.
        epochs: Passes over the data.
        rate: Adam's learning rate.
        forget: Forget bias that the LSTM starts with; Keras takes 1.
    """

    reader: str = "LSTM"
    side: str = "post"
    mask: bool = False
    width: int | None = 150
    epochs: int = 6
    rate: float = 0.01
    forget: float = 1.0


TWO_BY_TWO = tuple(
    Run(side=side, mask=mask)
    for side, mask in product(("post", "pre"), (False, True))
)

CONTROLS = (
    *(Run(epochs=30, rate=rate) for rate in (0.003, 0.01)),
    *(Run(epochs=30, width=width) for width in (100, 110, 125)),
    Run(side="post 30", epochs=30, width=130),
    Run("GRU", epochs=30),
    Run(epochs=30, forget=5.0),
    Run(mask=True, forget=5.0),
    *(Run(reader) for reader in ("LSTM, max", "LSTM, mean")),
    Run("mean", mask=True),
    Run("counts"),
)

RUNS = tuple(product(range(3), (*TWO_BY_TWO, *CONTROLS)))
"""Seed and run of each training."""

MEASURED = (
    "accuracy",
    "gradient",
    "unmasked",
    "fresh_gate",
    "no_loop",
    "gate",
    "gates",
    "losses",
)
"""What is stored of a training; its docstrings say what each is."""

COLUMNS = (*(field.name for field in fields(Run)), "seed", *MEASURED)


def split(seed: int) -> tuple[Any, Any, np.ndarray, np.ndarray]:
    """Return ids and labels to train with and to measure with."""
    from sklearn.model_selection import train_test_split

    (ids, labels), _ = imdb.load_data(num_words=WORDS, maxlen=101)
    chosen = np.concatenate(
        [np.flatnonzero(labels == kind)[:KEPT] for kind in (0, 1)]
    )
    train, held, y_train, y_held = train_test_split(
        ids[chosen],
        labels[chosen],
        test_size=HELD_OUT,
        random_state=seed,
        stratify=labels[chosen],
    )
    return train, held, y_train, y_held


def padded(ids: Any, run: Run) -> np.ndarray:
    """Return the reviews of a run as rows, (batch, timesteps).

    Raises:
        ValueError: The zeros after the words leave no step to them.
    """
    from keras.utils import pad_sequences

    side, _, after = run.side.partition(" ")
    if not after:
        return pad_sequences(ids, maxlen=run.width, padding=side)
    zeros = int(after)
    if run.width is None or not 0 < zeros < run.width:
        raise ValueError(f"{zeros} zeros do not fit into {run.width} steps")
    words = pad_sequences(ids, maxlen=run.width - zeros, padding="pre")
    return np.pad(words, [(0, 0), (0, zeros)])


def network(run: Run) -> Any:
    """Return the network of a run, compiled."""
    import keras
    from keras import layers

    name, _, pooling = run.reader.partition(", ")
    stack = [
        keras.Input((run.width,)),
        layers.Embedding(WORDS, 16, mask_zero=run.mask),
    ]
    if name != "mean":
        cell = getattr(layers, name)
        stack.append(cell(16, return_sequences=bool(pooling)))
    if pooling == "max":
        stack.append(layers.GlobalMaxPooling1D())
    elif pooling or name == "mean":
        stack.append(layers.GlobalAveragePooling1D())
    model = keras.Sequential([*stack, layers.Dense(1, activation="sigmoid")])
    optimizer = keras.optimizers.Adam(run.rate)
    model.compile(optimizer, "binary_crossentropy")
    return model


def set_forget_bias(model: Any, bias: float) -> None:
    """Set the forget bias that an LSTM starts with."""
    layer = model.layers[1]
    kernel, recurrent, biases = layer.get_weights()
    biases[layer.units : 2 * layer.units] = bias
    layer.set_weights([kernel, recurrent, biases])


Gate = Callable[[np.ndarray], np.ndarray | float]
"""What becomes of the forget gate on zeros, (batch, units) in and out."""


def over_zeros(
    model: Any,
    rows: np.ndarray,
    *,
    gate: Gate | None = None,
    loop: bool = True,
) -> tuple[np.ndarray, np.ndarray]:
    """Read padded rows without a mask, with the cell changed on zeros.

    Args:
        model: Embedding, LSTM and output layer.
        rows: Ids, (batch, timesteps), 0 where a step is padding.
        gate: Changes the forget gate on zeros; ``None`` leaves it as the
            cell computes it.
        loop: Whether the candidate sees the hidden state on zeros.

    Returns:
        Hidden states at the end, (batch, units), and the mean of each
        unit's forget gate on zeros, (units,).
    """
    table, kernel, recurrent, bias = model.get_weights()[:4]
    units = len(recurrent)
    cut = recurrent.copy()
    cut[:, 2 * units : 3 * units] = 0
    h = np.zeros((len(rows), units), np.float32)
    c, gates = h, []
    for ids in rows.T:
        silent = (ids == 0)[:, None]
        back = (
            h @ recurrent if loop else np.where(silent, h @ cut, h @ recurrent)
        )
        i, f, g, o = np.split(table[ids] @ kernel + back + bias, 4, axis=1)
        i, f, o = (1 / (1 + np.exp(-value)) for value in (i, f, o))
        gates.append(f[ids == 0])
        if gate is not None:
            f = np.where(silent, gate(f), f)
        c = f * c + i * np.tanh(g)
        h = o * np.tanh(c)
    return h, np.concatenate(gates).mean(axis=0)


class Unmasked:
    """A trained LSTM that reads zeros after the words without a mask.

    Attributes:
        rows: The held-out reviews, (batch, timesteps).
        gates: Mean of each unit's forget gate on zeros, (units,).
    """

    def __init__(
        self, model: Any, held: Any, y_held: np.ndarray, width: int
    ) -> None:
        from keras.utils import pad_sequences

        self.model, self.labels = model, y_held
        self.rows = pad_sequences(held, maxlen=width, padding="post")
        _, self.gates = over_zeros(model, self.rows)

    def right(self, *, gate: Gate | None = None, loop: bool = True) -> float:
        """Return the share of right answers, with the cell changed."""
        head, bias = self.model.get_weights()[4:]
        h, _ = over_zeros(self.model, self.rows, gate=gate, loop=loop)
        return float((((h @ head + bias)[:, 0] > 0) == self.labels).mean())

    def measured(self) -> dict[str, float | str]:
        """Return what is stored of every LSTM with zeros after the words.

        Returns:
            Shares right: ``unmasked``; ``fresh_gate``, with all forget
            gates on zeros held at their value before training;
            ``no_loop``, with the hidden state hidden from the candidate
            there. ``gate``: mean forget gate on zeros. ``gates``: those of
            the units, from the smallest to the largest.
        """
        fresh = 1 / (1 + np.exp(-1))
        return {
            "unmasked": self.right(),
            "fresh_gate": self.right(gate=lambda _: fresh),
            "no_loop": self.right(loop=False),
            "gate": float(self.gates.mean()),
            "gates": spelled(np.sort(self.gates)),
        }


def spelled(values: Any) -> str:
    """Return numbers in one field of the file."""
    return " ".join(f"{value:.4f}" for value in values)


def first_gradient(model: Any, rows: np.ndarray, labels: np.ndarray) -> float:
    """Return how strongly the loss of a batch depends on its words.

    Args:
        model: Before training.
        rows: Ids, (batch, timesteps), 0 where a step is padding.
        labels: One per row.

    Returns:
        Mean over all words of the norm of the derivative of the loss with
        respect to the word's vector.
    """
    import keras
    import tensorflow as tf

    embedding, *others = model.layers
    vectors = embedding(rows)
    with tf.GradientTape() as tape:
        tape.watch(vectors)
        found = vectors
        for layer in others:
            # The mask travels with the vectors.
            found = layer(found)
        loss = tf.reduce_mean(
            keras.losses.binary_crossentropy(labels[:, None], found)
        )
    norms = np.linalg.norm(tape.gradient(loss, vectors), axis=-1)
    return float(norms[rows != 0].mean())


def share_right(model: Any, x: np.ndarray, y: np.ndarray) -> float:
    """Return the share of right answers."""
    return float(((training.predict(model, x) > 0.5) == y).mean())


def train(run: Run, seed: int) -> dict[str, float | str]:
    """Train one network and return what was measured.

    Returns:
        ``accuracy`` after training; ``gradient``, that of ``first_gradient``
        for 250 reviews; ``losses``, the training loss of each epoch; and for
        an LSTM with zeros after the words what ``Unmasked`` measures.
    """
    train_ids, held, y_train, y_held = split(seed)
    if run.reader == "counts":
        return {"accuracy": counts(train_ids, held, y_train, y_held)}
    x, x_held = (padded(ids, run) for ids in (train_ids, held))
    runtime.set_seed(seed)
    model = network(run)
    if run.forget != 1:
        set_forget_bias(model, run.forget)
    gradient = first_gradient(model, x[:250], y_train[:250].astype("f4"))
    history = training.fit(
        model,
        x,
        y_train,
        epochs=run.epochs,
        batch_size=250,
        quiet=True,
        jit_compile=False,
    )
    found: dict[str, float | str] = {
        "accuracy": share_right(model, x_held, y_held),
        "gradient": gradient,
        "losses": spelled(history.curves["loss"]),
    }
    if run.reader == "LSTM" and run.side == "post":
        found |= Unmasked(model, held, y_held, run.width).measured()
    return found


def counts(
    train_ids: Any, held: Any, y_train: np.ndarray, y_held: np.ndarray
) -> float:
    """Return the share right of a logistic regression on word counts."""
    from sklearn.linear_model import LogisticRegression

    x, x_held = (
        np.array([np.bincount(row, minlength=WORDS) for row in ids])
        for ids in (train_ids, held)
    )
    model = LogisticRegression(max_iter=1000).fit(x, y_train)
    return float(model.score(x_held, y_held))


def main() -> None:
    """Train what is not in the file yet."""
    runtime.start(42)
    done = []
    if RESULTS.exists():
        with RESULTS.open(newline="", encoding="utf-8") as file:
            rows = csv.DictReader(file)
            done = [[row[name] for name in COLUMNS[:8]] for row in rows]
    with RESULTS.open("a", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        if not done:
            writer.writeheader()
        for seed, run in RUNS:
            row: dict[str, Any] = {**asdict(run), "seed": seed}
            if [str(value) for value in row.values()] in done:
                continue
            found = train(run, seed)
            row |= {
                name: value if isinstance(value, str) else f"{value:.4g}"
                for name, value in found.items()
            }
            writer.writerow(row)
            file.flush()
            print(*row.values(), flush=True)


if __name__ == "__main__":
    main()
