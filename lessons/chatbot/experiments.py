"""The trainings that lesson 20 speaks of and does not wait for.

``python -m lessons.chatbot.experiments`` makes all of them (about half an
hour on two cores that are free); a stage of `STAGES` behind it, such as
``choosing``, makes a part. Each writes tables beside this file, and
``weights/``.
"""

from __future__ import annotations

import functools
import sys
from collections import defaultdict
from collections.abc import Callable

import numpy as np
import pandas as pd

from lessons.chatbot import (
    bot,
    choosing_tables,
    controls,
    data,
    messages,
    networks,
    ngrams,
    shipped,
    threshold,
    written_study,
)
from lessons.chatbot import choosing_study as choosing
from lessons.chatbot import writing_study as writing
from lessons.chatbot.choosing_study import FROM_BAG, Material, store
from lessons.chatbot.data import PADDING, Rows
from lessons.chatbot.resampling import ratio_interval
from utils import runtime
from utils.classify import store as weights

SHIPPED_SEED = 1
"""The seed whose networks come with the course."""

SAID_BY = 3
"""People who have given an answer, at least, before the bot may give it."""

N_GRAM_WEIGHTS = (1.0, 2.0, 4.0, 8.0, 16.0)
"""Weights of the shorter context, chosen on the validation part."""


def make_choosing(material: Material) -> None:
    """Train the choosers; store tables, and the encoders of the bot."""

    def tell(name: str, seed: int, chooser: networks.Chooser) -> None:
        if (name, seed) == (FROM_BAG, SHIPPED_SEED):
            facts = {"model": name, "seed": seed}
            arrays = encoders_of(chooser, material)
            weights.save("bot", arrays, facts, shipped.WEIGHTS)

    found = choosing.network_scores(material, tell)
    for part, scores in found.items():
        scores.update(choosing_tables.baseline_scores(material, part))
    scores = found["test"]
    scores[choosing_tables.BOTH] = choosing_tables.with_tf_idf(
        found["validation"], scores
    )
    people = material.rows["test"].person
    store("choosing", choosing_tables.table(scores))
    store("choosing_values", choosing_tables.values(scores, people).round(4))
    store("choosing_differences", choosing_tables.differences(scores, people))


def encoders_of(
    chooser: networks.Chooser, material: Material
) -> dict[str, np.ndarray]:
    """Return both encoders of a chooser, and a vector for each answer.

    The answers are those that three people or more have given in training.
    """
    from utils import training

    by_text: dict[str, set[int]] = defaultdict(set)
    shown: dict[str, str] = {}
    for pair in material.parts.train:
        key = " ".join(messages.words(pair.answer))
        by_text[key].add(pair.person)
        shown.setdefault(key, pair.answer)
    texts = sorted(key for key, who in by_text.items() if len(who) >= SAID_BY)
    ids = data.encode(texts, material.vocabulary)
    arrays = {
        "words": weights.packed(material.vocabulary),
        "texts": weights.packed(texts),
        "embedding": chooser.vectors.get_weights()[0].astype(np.float16),
        "answers": training.predict(chooser.of_answer, ids).astype(np.float16),
        "threshold": np.array(0.0),
    }
    for name, encoder in (
        ("message", chooser.of_message),
        ("answer", chooser.of_answer),
    ):
        gru = encoder.layers[2].get_weights()
        for part, each in zip(shipped.PARTS, gru, strict=True):
            arrays[f"{name}_{part}"] = each
    return arrays


def make_bot(material: Material) -> None:
    """Choose the bot's threshold on the validation part and store it."""
    talker = bot.load()
    found = {}
    for part in ("validation", "test"):
        rows, tens = material.rows[part], material.tens[part]
        confidence = np.concatenate(
            [
                talker.probabilities(ids).max(axis=1)
                for ids in np.array_split(rows.message, 20)
            ]
        )
        right = data.picked(score(talker, rows.message, rows.answer[tens]))
        found[part] = confidence, right, rows.person
    level = threshold.choose(*found["validation"][:2])
    levels = [0.0, *np.percentile(found["validation"][0], [25, 50, 75, 90])]
    rows = [
        (part, *row)
        for part, values in found.items()
        for row in threshold.table(*values, sorted({*levels, level}))
    ]
    columns = ["part", "threshold", "answered", "picked", "low", "high"]
    store("thresholds", pd.DataFrame(rows, columns=columns).round(4))
    arrays = talker.arrays | {"threshold": np.array(round(level, 4))}
    facts = weights.facts("bot", shipped.WEIGHTS)
    weights.save("bot", arrays, facts, shipped.WEIGHTS)


def score(
    talker: bot.Bot, said: np.ndarray, answers: np.ndarray
) -> np.ndarray:
    """Return what the bot's encoders give each candidate.

    Args:
        talker: The bot.
        said: Ids of messages, (messages, words).
        answers: Ids of candidates, (messages, candidates, words).

    Returns:
        (messages, candidates).
    """
    flat = answers.reshape(-1, answers.shape[-1])
    different, number = np.unique(flat, axis=0, return_inverse=True)
    vectors = talker.vectors(different, "answer")[number.ravel()]
    vectors = vectors.reshape(*answers.shape[:2], -1)
    return networks.SCALE * np.einsum(
        "md,mcd->mc", talker.vectors(said), vectors
    )


def make_writing(material: Material) -> None:
    """Train the writers; store what they cost and what they write."""
    parts = {
        part: writing.short_rows(material, part)
        for part in ("train", "validation", "test")
    }
    writers: dict[bool, list[shipped.Writer]] = {True: [], False: []}
    for seed in writing.SEEDS:
        for hears, found in writers.items():
            network = writing.trained(parts["train"], seed, hears=hears)
            found.append(writing.as_writer(network, material.vocabulary))
            print("writer", seed, hears, flush=True)
            if seed == SHIPPED_SEED:
                save_writer(found[-1], hears=hears, seed=seed)
    make_written(writers, parts)


def save_writer(writer: shipped.Writer, *, hears: bool, seed: int) -> None:
    """Store a writer among the weights that come with the course."""
    arrays = {"words": weights.packed(writer.words), **writer.arrays}
    name = "writer" if hears else "deaf_writer"
    weights.save(name, arrays, {"seed": seed}, shipped.WEIGHTS)


def make_written(
    writers: dict[bool, list[shipped.Writer]],
    parts: dict[str, Rows],
) -> None:
    """Store what trained writers cost and what they write.

    Args:
        writers: Whether it hears -> one a seed.
        parts: Of `writing.short_rows`.
    """
    table, gaps = costs(writers, parts)
    store("writing", table)
    store("writing_differences", gaps)
    rows = written_study.some(parts["validation"])
    tens = data.tens(rows)
    sample = written_study.some(parts["test"])
    talker = bot.load()
    factors, dull = [], []
    for seed, (hearing, deaf) in enumerate(
        zip(writers[True], writers[False], strict=True), start=1
    ):
        found = written_study.choose_factor(hearing, deaf, rows, tens)
        factors += [(seed, *row) for row in found.items()]
        factor = max(found, key=found.__getitem__)
        beams = written_study.beams(hearing, sample.message)
        said = written_study.written(
            hearing, deaf, sample, beams, factor, seed
        )
        measured = written_study.measured(
            said, sample, lambda m, a: score(talker, m, a)
        )
        dull += [{"seed": seed, **row} for row in measured]
        print(pd.DataFrame(measured), flush=True)
    columns = ["seed", "factor", "picked"]
    store("factors", pd.DataFrame(factors, columns=columns).round(4))
    store("written", pd.DataFrame(dull))


def costs(
    writers: dict[bool, list[shipped.Writer]], parts: dict[str, Rows]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the nats per word of each model, and their differences."""
    test = parts["test"]
    words = (test.answer != PADDING).sum(axis=1) + 1
    other = np.random.default_rng(0).permutation(len(words))
    nats: dict[str, list[np.ndarray]] = defaultdict(list)
    for hearing, deaf in zip(writers[True], writers[False], strict=True):
        states = hearing.states(test.message)
        nats["hears the message"].append(hearing.nats(states, test.answer))
        wrong = hearing.nats(states[other], test.answer)
        nats["hears another message"].append(wrong)
        without = deaf.nats(deaf.states(test.message), test.answer)
        nats["hears none"].append(without)
    nats["trigrams"] = [trigram_nats(parts)]
    rows = [
        (name, seed, round(float(each.sum() / words.sum()), 4))
        for name, by_seed in nats.items()
        for seed, each in enumerate(by_seed, start=1)
    ]
    heard = np.array(nats["hears the message"])
    gaps = [
        (
            name,
            "hears the message",
            *ratio_interval(np.array(nats[name]) - heard, test.person, words),
        )
        for name in ("hears none", "hears another message", "trigrams")
    ]
    gaps.append(
        (
            "trigrams",
            "hears none",
            *ratio_interval(
                nats["trigrams"][0] - np.array(nats["hears none"]),
                test.person,
                words,
            ),
        )
    )
    columns = ["first", "second", "difference", "low", "high"]
    return (
        pd.DataFrame(rows, columns=["model", "seed", "nats per word"]),
        pd.DataFrame(gaps, columns=columns).round(4),
    )


def trigram_nats(parts: dict[str, Rows]) -> np.ndarray:
    """Return the nats of the test answers; the weight is chosen before."""
    model = ngrams.NGrams(parts["train"].answer, writing.WORDS, 3)
    found = {}
    for model.weight in N_GRAM_WEIGHTS:
        found[model.weight] = model.nats(parts["validation"].answer).sum()
    model.weight = min(found, key=found.__getitem__)
    return model.nats(parts["test"].answer)


STAGES = {
    "choosing": make_choosing,
    "bot": make_bot,
    "writing": make_writing,
    "linear": controls.make_linear,
    "controls": controls.make_controls,
}
"""Stage -> what makes it, in this order."""


def stages() -> dict[str, Callable[[], None]]:
    """Return `STAGES`, which share what they read once it is needed."""
    load = functools.cache(Material.load)

    def stage(make: Callable[[Material], None]) -> Callable[[], None]:
        return lambda: make(load())

    return {name: stage(make) for name, make in STAGES.items()}


if __name__ == "__main__":
    sys.exit(runtime.run_stages(stages(), sys.argv[1:], seed=0))
