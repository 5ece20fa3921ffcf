"""The Bi-LSTM tagger of lesson 15, trained once and stored as a file.

Lesson 20 puts it in front of its chatbot.
``python -m lessons.person_names.shipped`` trains it anew (a minute).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from lessons.person_names import names
from lessons.person_names.experiments import HERE, chosen
from lessons.person_names.taggers import score_of, tagger
from utils.classify import store

WEIGHTS = Path(__file__).parent / "weights"
"""The trained tagger, in a folder that `store` reads."""

NAME, READS = "tagger", "two readers"
"""Of the file, and of the tagger in lesson 15."""

SEED = 0

READERS = tuple(
    f"{way}_{part}"
    for way in ("forward", "backward")
    for part in ("kernel", "recurrent_kernel", "bias")
)
"""Arrays of the two readers, in Keras's order."""


def trained() -> tuple[dict[str, np.ndarray], dict[str, Any]]:
    """Train the tagger with the rate and the epochs of the lesson's study.

    Returns:
        Its arrays (``words`` packed, the rest as Keras orders them), and
        its facts.
    """
    from utils import runtime, training

    runtime.start(seed=SEED)
    import keras

    train, validation, _, vocabulary = names.load()
    rate, epochs = chosen(pd.read_csv(HERE / "choices.csv"))[READS]
    model = tagger(READS, len(vocabulary), rate)
    training.reinitialise(model, SEED)
    training.fit(
        model,
        train.ids,
        train.tags,
        sample_weight=train.mask,
        epochs=int(epochs),
        quiet=True,
    )
    embedding, *readers, kernel, bias = model.get_weights()
    arrays = {
        "words": store.packed(vocabulary),
        "embedding": embedding.astype(np.float16),
        **dict(zip(READERS, readers, strict=True)),
        "output_kernel": kernel,
        "output_bias": bias,
    }
    score = score_of(validation, training.predict(model, validation.ids))
    facts = {"validation_f1": round(score.f1, 3), "keras": keras.__version__}
    return arrays, facts


def main() -> None:
    """Train the tagger and store it."""
    arrays, facts = trained()
    print(store.save(NAME, arrays, facts, WEIGHTS).name, facts)


if __name__ == "__main__":
    main()
