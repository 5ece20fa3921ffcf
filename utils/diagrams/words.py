"""Every word that stands in a figure, in one table per language.

A second language is a second table with the same keys; ``speaking`` draws
in it. Formulas and Python are not words: they read the same everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from utils.arguments import check_choice

ENGLISH: dict[str, str] = {
    "input": "input",
    "network": "network",
    "output": "output",
    "time_step": "time step",
    "sequence_to_vector": "Sequence to vector",
    "sequence_to_sequence": "Sequence to sequence",
    "delayed_sequence_to_sequence": "Delayed sequence to sequence",
    "vector_to_sequence": "Vector to sequence",
    "examples_sequence_to_vector": "a review → its sentiment",
    "examples_sequence_to_sequence": "the words → a tag for each",
    "examples_delayed_sequence_to_sequence": "French → English",
    "examples_vector_to_sequence": "an image → a caption",
    "review_words": "not great but I recommend it",
    "review_first": "sounds negative",
    "review_last": "sounds positive",
    "review_answer": "positive",
    "note_names": "C D E F G",
    "notes_in": "{count} notes in",
    "new_note": "note {count}",
    "french_words": "quatre vingt dix sept",
    "english_words": "ninety seven",
    "read_first": "read to the end …",
    "then_answer": "… then answer",
    "caption": "seven",
    "normal": "normal",
    "not_normal": "not normal",
    "minutes": "60 readings, one a minute",
    "sentence_with_names": "then rose gave may a rose",
    "name": "name",
    "no_name": "no",
    "row": "row",
    "vocabulary": "vocabulary",
    "vocabulary_words": "a and book reads rose zebra",
    "one_hot_words": "rose reads a book",
    "one_hot": "one column of {count} numbers for each word",
    "feed_forward": "Feed-forward",
    "recurrent": "Recurrent",
    "only_onwards": "each sample is forgotten\nbefore the next one comes",
    "one_step_later": "one time step later",
    "every_neuron_reads": (
        "every neuron reads all of $x_t$ and $h_{{t{{-}}1}}$"
    ),
    "short_sentence": "old songs stay young",
    "batch": "batch",
    "features": "features",
    "samples": "samples",
    "units": "units",
    "steps_features": "{steps} time steps × {features} features",
    "lstm_f": "forget",
    "lstm_i": "input",
    "lstm_g": "candidate",
    "lstm_o": "output",
    "gru_r": "reset",
    "gru_z": "update",
    "layer_1": "layer 1",
    "layer_2": "layer 2",
    "returns_all": "returns every state",
    "returns_last": "returns the last one",
    "both_ways_sentence": "rose miller sang",
    "states_sentence": "then rose miller sang",
    "forwards": "forwards",
    "backwards": "backwards",
    "read_all": "has read all words",
    "read_one": "has read one word",
    "short_review": "A truly charming film!",
    "text": "text",
    "tokens": "tokens",
    "ids": "ids",
    "padded": "padded",
    "special_ids": "0 is padding, 1 the start, 2 a rare word",
    "review_number": "review {number}",
    "padded_ids": "ids, padded with 0",
    "mask": "mask",
    "unchanged": "unchanged",
    "review": "review",
    "vectors": "vectors",
    "probability_positive": "probability that it is positive",
    "row_a_sample": "a row for each sample",
    "head_softmax": "three classes",
    "head_sigmoid": "two classes",
    "numbers": "{count} numbers",
    "step_number": "time step {step}",
    "same_weights_short": "the same weights at every time step",
    "fading_simple_rnn": "SimpleRNN",
    "fading_simple_rnn_start": "as it starts",
    "fading_lstm_1": "LSTM",
    "fading_lstm_1_start": "forget bias 1",
    "fading_lstm_5": "LSTM",
    "fading_lstm_5_start": "forget bias 5",
    "these_inputs": "{count} inputs\nof this step",
    "states_before": "{count} states of\nthe step before",
    "holds": "holds",
    "tanh": "tanh",
    "sigmoid": "sigmoid",
    "hidden_state": "hidden state",
    "cell": "cell",
    "same_weights": "the same $W_x$, $W_h$ and $b$ at every time step",
    "time_steps": "time steps",
    "axis_number": "axis {number}",
    "missing": "missing",
    "state_h": "state h",
    "state_c": "state c",
    "comes_back": "the output of one step\ncomes back at the next",
}
"""Key -> English words."""

TABLES: dict[str, dict[str, str]] = {"en": ENGLISH}
"""Language -> its table."""

_language: ContextVar[str] = ContextVar("language of figures", default="en")


def say(key: str, **values: object) -> str:
    """Return the words behind a key, in the language being spoken.

    Args:
        key: A key of the table.
        **values: What stands for the names in braces.
    """
    return TABLES[_language.get()][key].format(**values)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Draw in another language inside a ``with`` block.

    Raises:
        ValueError: There is no table for it.
    """
    before = _language.set(check_choice("language", language, TABLES))
    try:
        yield
    finally:
        _language.reset(before)
