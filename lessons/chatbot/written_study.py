"""What the writers of lesson 20 write, and how dull it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from lessons.chatbot import data, writing
from lessons.chatbot.data import CANDIDATES, PADDING, Rows
from lessons.chatbot.shipped import Writer
from lessons.chatbot.writing_study import LONGEST

MESSAGES = 300
"""Test messages that are answered."""

BEAM = 10

FACTORS = (0.0, 0.25, 0.5, 0.75, 1.0)
"""How much the probability without the message counts in re-ranking."""

Ids = tuple[int, ...]
Score = Callable[[np.ndarray, np.ndarray], np.ndarray]
"""From ids of messages and of answers (messages, candidates, words) to
scores (messages, candidates)."""


def some(rows: Rows, count: int = MESSAGES, seed: int = 0) -> Rows:
    """Return pairs drawn at random without replacement."""
    generator = np.random.default_rng(seed)
    chosen = generator.permutation(len(rows.text))[:count]
    return Rows(*(column[np.sort(chosen)] for column in rows))


def padded(answers: Sequence[Ids], longest: int = LONGEST) -> np.ndarray:
    """Return rows of ids, padded behind with 0 to ``longest``."""
    result = np.full((len(answers), longest), PADDING, dtype=np.int32)
    for row, ids in enumerate(answers):
        result[row, : len(ids)] = ids[:longest]
    return result


def beams(hearing: Writer, messages: np.ndarray) -> list[list[Any]]:
    """Return the finished answers of a beam for each message."""
    states = hearing.states(messages)
    return [
        writing.beam_search(hearing.step, states[[row]], BEAM, LONGEST)
        for row in range(len(messages))
    ]


def rerank(
    found: Sequence[Any], deaf: Writer, factor: float
) -> list[tuple[float, Ids]]:
    """Return answers by log p(answer | message) - factor * log p(answer).

    Args:
        found: Answers of a beam, of one message.
        deaf: The writer that does not hear the message.
        factor: 0 keeps the order of the beam.

    Returns:
        Score and ids, the best first.

    Source: Li et al. (2016), *A diversity-promoting objective function for
    neural conversation models*, the anti-language model.
    """
    rows = padded([answer.ids for answer in found])
    alone = -deaf.nats(deaf.states(rows), rows)
    scores = [
        (answer.score - factor * float(log), answer.ids)
        for answer, log in zip(found, alone, strict=True)
    ]
    return sorted(scores, key=lambda each: -each[0])


def choose_factor(
    hearing: Writer, deaf: Writer, rows: Rows, tens: np.ndarray
) -> dict[float, float]:
    """Return factor -> how often the real answer of ten is preferred.

    Args:
        hearing: The writer that hears the message.
        deaf: The other one.
        rows: Pairs of the validation part, as the writers know them.
        tens: Ten candidates for each.
    """
    states = np.repeat(hearing.states(rows.message), CANDIDATES, axis=0)
    answers = rows.answer[tens].reshape(-1, rows.answer.shape[1])
    with_message = -hearing.nats(states, answers).reshape(tens.shape)
    alone = -deaf.nats(deaf.states(rows.answer), rows.answer)[tens]
    return {
        factor: float(data.picked(with_message - factor * alone).mean())
        for factor in FACTORS
    }


def written(
    hearing: Writer,
    deaf: Writer,
    rows: Rows,
    found: Sequence[Sequence[Any]],
    factor: float,
    seed: int,
) -> dict[str, list[Ids]]:
    """Return way of writing -> an answer for each message.

    Args:
        hearing: The writer that hears the message.
        deaf: The other one.
        rows: Pairs, as the writers know them.
        found: Of `beams`, for the same messages.
        factor: Of the re-ranking.
        seed: Of what is drawn.
    """
    generator = np.random.default_rng(seed)
    states = hearing.states(rows.message)

    def drawn(temperature: float) -> list[Ids]:
        return writing.sample(
            hearing.step, states, temperature, generator, LONGEST
        )

    return {
        "people": [tuple(i for i in row.tolist() if i) for row in rows.answer],
        "greedy": drawn(0.0),
        "temperature 0.5": drawn(0.5),
        "temperature 1": drawn(1.0),
        f"beam of {BEAM}": [each[0].ids if each else () for each in found],
        "beam, re-ranked": [
            rerank(each, deaf, factor)[0][1] if each else () for each in found
        ],
    }


def measured(
    answers: Mapping[str, Sequence[Ids]], rows: Rows, score: Score
) -> list[dict[str, Any]]:
    """Return how dull each way of writing is, and how well it fits.

    Args:
        answers: Way of writing -> an answer for each message.
        rows: The messages.
        score: Of a trained chooser; its pick among the answer and nine that
            were written for other messages is right by chance in a tenth.
    """
    tens = np.stack(
        [
            (np.arange(len(rows.text)) + step) % len(rows.text)
            for step in 17 * np.arange(CANDIDATES)
        ],
        axis=1,
    )
    result = []
    for way, said in answers.items():
        ids = padded(said)
        ids[(ids != PADDING).sum(axis=1) == 0, 0] = data.UNKNOWN
        picked = data.picked(score(rows.message, ids[tens])).mean()
        result.append(
            {
                "way": way,
                "ten most frequent": round(writing.dull_share(said), 4),
                "different": len({*said}),
                "words": round(float(np.mean([len(a) for a in said])), 3),
                "picked by the chooser": round(float(picked), 4),
            }
        )
    return result
