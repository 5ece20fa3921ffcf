"""What the claims of lesson 20 are held against, beyond its trainings.

``python -m lessons.chatbot.experiments linear controls`` stores it (some
minutes): bags are trained anew, writers and the bot come from ``weights/``.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lessons.chatbot import (
    baselines,
    bot,
    choosing_tables,
    data,
    networks,
    shipped,
    written_study,
)
from lessons.chatbot import choosing_study as choosing
from lessons.chatbot import writing_study as writing
from lessons.chatbot.choosing_study import Material, shuffled, store
from lessons.chatbot.choosing_tables import MEASURES, TF_IDF, Scores
from lessons.chatbot.data import CANDIDATES, PADDING, UNKNOWN, Rows
from lessons.chatbot.resampling import gap_interval, ratio_interval
from lessons.chatbot.writing import dull_share
from lessons.chatbot.written_study import Ids

LINEAR = "linear"
LINEAR_BOTH = f"{LINEAR}, and TF-IDF"
TF_IDF_KNOWN = f"{TF_IDF} of 3,000 words"
LINEAR_KNOWN = f"{LINEAR}, and {TF_IDF_KNOWN}"
BOT = "the bot's GRU"
BOT_SHUFFLED = f"{BOT}, words shuffled"
BOT_BOTH = f"{BOT}, and TF-IDF"
LINEAR_BOT = f"{LINEAR_BOTH}, and {BOT}"
BAG_3 = "bag, 3 passes"

ADDED = (10.0, 20.0, 40.0, 80.0)
"""Weights added to each word of the linear opponent, tried on validation."""

FACTORS = (0.5, 1.0, 2.0)
"""Factors of the cosine of TF-IDF beside the linear one, tried as well."""

BOT_FACTORS = (0.02, 0.05, 0.1, 0.2)
"""Factors of the bot's scores beside the linear ones, tried as well."""

FEW = 3
"""Words of a short answer at most."""

KNOWN, NEW_SHORT = "given in training", "new, 1 to 3 words"

COMPARED = (TF_IDF, "bag", BOT, LINEAR)
"""Models whose picks are told apart by the kind of answer."""

SHUFFLES = (1, 2, 3, 4, 5, 6)
"""Seeds of the shuffles that the bot's encoders are tested with."""

OPENING = 4
"""Words of an opening: many answers differ only in what follows."""


def make_linear(material: Material) -> None:
    """Store what the linear opponent picks, beside bags and the bot."""
    found = {part: _fixed_scores(material, part) for part in material.tens}
    scores = found["test"]
    scores |= _linear_scores(material, found)
    scores[BOT_SHUFFLED] = _shuffled_scores(material)
    for name, epochs in (("bag", 6), (BAG_3, 3)):
        scores[name] = [
            _bag_scores(material, epochs, seed) for seed in choosing.SEEDS
        ]
    store("linear", choosing_tables.table(scores))
    people = material.rows["test"].person
    store("linear_values", choosing_tables.values(scores, people).round(4))
    store("linear_differences", _differences(scores, people))
    groups = _groups_of_answers(material)
    store("short_answers", _by_length(scores, material, groups))
    store("known_differences", _known_gaps(scores, people, groups))


def _fixed_scores(
    material: Material, part: str
) -> dict[str, list[np.ndarray]]:
    """Return the scores of what is trained already, or never."""
    pairs, tens = getattr(material.parts, part), material.tens[part]
    rows, talker = material.rows[part], bot.load()
    train, known = material.parts.train, _words(material)
    return {
        TF_IDF: [baselines.TfIdf(train).cosine(pairs, tens)],
        TF_IDF_KNOWN: [baselines.TfIdf(train, known).cosine(pairs, tens)],
        BOT: [picks_of(talker, rows, tens)],
    }


def _words(material: Material) -> list[str]:
    """Return the words that the networks know."""
    return material.vocabulary[len(data.MARKS) :]


def _shuffled_scores(material: Material) -> list[np.ndarray]:
    """Return what the bot's encoders pick of shuffled test texts."""
    rows, tens, talker = (
        material.rows["test"],
        material.tens["test"],
        bot.load(),
    )
    return [picks_of(talker, shuffled(rows, seed), tens) for seed in SHUFFLES]


def picks_of(talker: bot.Bot, rows: Rows, tens: np.ndarray) -> np.ndarray:
    """Return what the bot's encoders give each candidate, (pairs, 10)."""
    said = talker.vectors(rows.message)
    answers = talker.vectors(rows.answer, "answer")
    return networks.SCALE * np.einsum("pd,pcd->pc", said, answers[tens])


def _linear_scores(
    material: Material, found: dict[str, dict[str, list[np.ndarray]]]
) -> dict[str, list[np.ndarray]]:
    """Return test scores of the linear opponent, alone and with TF-IDF."""
    scores: dict[float, dict[str, np.ndarray]] = {}
    for added in ADDED:
        linear = baselines.Linear(
            material.parts.train, _words(material), added
        )
        scores[added] = {
            part: linear.cosine(getattr(material.parts, part), tens)
            for part, tens in material.tens.items()
        }
        ranks = data.reciprocal_rank(scores[added]["validation"])
        print(LINEAR, added, round(float(ranks.mean()), 4), flush=True)
    best = max(
        ADDED,
        key=lambda each: data.reciprocal_rank(
            scores[each]["validation"]
        ).mean(),
    )
    if best != baselines.ADDED:
        raise RuntimeError(f"baselines.ADDED should be {best}")

    linear = scores[best]
    of = {
        name: {part: every[name][0] for part, every in found.items()}
        for name in (TF_IDF, TF_IDF_KNOWN, BOT)
    }
    both = _together(linear, of[TF_IDF], FACTORS)
    sums = {
        LINEAR: linear,
        LINEAR_BOTH: both,
        LINEAR_KNOWN: _together(linear, of[TF_IDF_KNOWN], FACTORS),
        LINEAR_BOT: _together(both, of[BOT], BOT_FACTORS),
        BOT_BOTH: _together(of[BOT], of[TF_IDF], choosing_tables.WEIGHTS),
    }
    return {name: [by_part["test"]] for name, by_part in sums.items()}


def _together(
    first: dict[str, np.ndarray],
    second: dict[str, np.ndarray],
    factors: Sequence[float],
) -> dict[str, np.ndarray]:
    """Return the sums of two scores; validation chooses the second's factor.

    Args:
        first: Part -> scores, (pairs, 10).
        second: The same of another model.
        factors: What it may be multiplied with.
    """

    def added(part: str, factor: float) -> np.ndarray:
        return first[part] + factor * second[part]

    best = max(
        factors,
        key=lambda each: data.reciprocal_rank(
            added("validation", each)
        ).mean(),
    )
    return {part: added(part, best) for part in first}


def _bag_scores(material: Material, epochs: int, seed: int) -> np.ndarray:
    """Return the test scores of a bag, trained anew."""
    import keras

    keras.utils.set_random_seed(seed)
    bag = networks.chooser(len(material.vocabulary), "bag")
    choosing.train(bag, material.rows["train"], epochs, seed)
    print("bag", epochs, seed, flush=True)
    return choosing.scores(bag, material.rows["test"], material.tens["test"])


def _differences(scores: Scores, people: np.ndarray) -> pd.DataFrame:
    """Return what the linear opponent is ahead of the others by."""
    rows = [
        (first, second, key, *ratio_interval(gap, people))
        for first, second in (
            (LINEAR, TF_IDF),
            (LINEAR, BOT),
            (LINEAR, BAG_3),
            (LINEAR_BOTH, LINEAR),
            (LINEAR_BOTH, LINEAR_KNOWN),
            (LINEAR_BOTH, BOT_BOTH),
            (LINEAR_BOT, LINEAR_BOTH),
            (TF_IDF, TF_IDF_KNOWN),
            ("bag", BAG_3),
            (BOT, BAG_3),
            (BOT, BOT_SHUFFLED),
        )
        for key, measure in MEASURES.items()
        for gap in [
            np.mean([measure(s) for s in scores[first]], axis=0)
            - np.array([measure(s) for s in scores[second]])
        ]
    ]
    columns = ["first", "second", "of", "difference", "low", "high"]
    return pd.DataFrame(rows, columns=columns).round(4)


def _groups_of_answers(material: Material) -> dict[str, np.ndarray]:
    """Return which test answers are known, new and short, and others."""
    texts = [pair.answer for pair in material.parts.test]
    known = baselines.frequency(material.parts.train, texts) > 0
    short = _lengths(material) <= FEW
    return {
        KNOWN: known,
        NEW_SHORT: ~known & short,
        "new, 4 words and more": ~known & ~short,
    }


def _lengths(material: Material) -> np.ndarray:
    """Return the words of each test answer."""
    return (material.rows["test"].answer != PADDING).sum(axis=1)


def _by_length(
    scores: Scores, material: Material, groups: dict[str, np.ndarray]
) -> pd.DataFrame:
    """Return the share picked of each group of answers."""
    people, lengths = material.rows["test"].person, _lengths(material)
    table = []
    for name, group in groups.items():
        row = [name, int(group.sum()), lengths[group].mean().round(1)]
        for model in COMPARED:
            right = [data.picked(each)[group] for each in scores[model]]
            row.append(str(ratio_interval(right, people[group])))
        table.append(row)
    columns = ["answer", "pairs", "words", *COMPARED]
    return pd.DataFrame(table, columns=columns)


def _known_gaps(
    scores: Scores, people: np.ndarray, groups: dict[str, np.ndarray]
) -> pd.DataFrame:
    """Return by how much more known answers are picked than short new ones."""
    rows = []
    for model in COMPARED:
        right = [data.picked(each) for each in scores[model]]
        gap = gap_interval(right, people, groups[KNOWN], groups[NEW_SHORT])
        rows.append((model, *gap))
    columns = ["model", "difference", "low", "high"]
    return pd.DataFrame(rows, columns=columns).round(4)


def make_controls(material: Material) -> None:
    """Store what holds the shipped writers to account."""
    parts = {
        part: writing.short_rows(material, part)
        for part in ("validation", "test")
    }
    rows = written_study.some(parts["validation"])
    right = data.picked(picks_of(bot.load(), rows, data.tens(rows)))
    sample = written_study.some(parts["test"])
    store("twins", pd.DataFrame(_twins(sample)))
    test = parts["test"]
    without, words = _nats(test, (PADDING, UNKNOWN))
    gap = ratio_interval([without[1] - without[0]], test.person, words)
    whole, all_words = _nats(test, (PADDING,))
    facts = {
        "encoders, the writers' 300": round(float(right.mean()), 4),
        "nats without unknown, hears": without[0].sum() / words.sum(),
        "nats without unknown, deaf": without[1].sum() / words.sum(),
        "gap": gap.value,
        "low": gap.low,
        "high": gap.high,
        "gap with unknown": (whole[1] - whole[0]).sum() / all_words.sum(),
    }
    table = pd.DataFrame(facts.items(), columns=["what", "value"])
    store("facts", table.round(5))


def _nats(
    rows: Rows, left_out: tuple[int, ...]
) -> tuple[list[np.ndarray], np.ndarray]:
    """Return both writers' nats of an answer, and its words and the end.

    Args:
        rows: Pairs, as the writers know them.
        left_out: Ids that cost nothing and are not counted.
    """
    found = []
    for hears in (True, False):
        writer = shipped.writer(hears)
        states = writer.states(rows.message)
        found.append(writer.nats(states, rows.answer, left_out))
    return found, (~np.isin(rows.answer, left_out)).sum(axis=1) + 1


def _twins(sample: Rows) -> list[dict[str, object]]:
    """Return what each way of writing could reach, and what it does.

    Also measured: re-ranking without answers that the limit has ended.
    """
    hearing, deaf = shipped.writer(), shipped.writer(hears=False)
    beams = written_study.beams(hearing, sample.message)
    said = written_study.written(hearing, deaf, sample, beams, 1.0, 1)
    said["beam, re-ranked, none of 12"] = [
        written_study.rerank(
            [a for a in beam if len(a.ids) < writing.LONGEST] or beam,
            deaf,
            1.0,
        )[0][1]
        for beam in beams
    ]
    return [_twin_row(way, texts, sample) for way, texts in said.items()]


def _twin_row(
    way: str, said: Sequence[Ids], sample: Rows
) -> dict[str, object]:
    """Return how often an answer is picked among ten different texts."""
    ids = written_study.padded(said)
    ids[(ids != PADDING).sum(axis=1) == 0, 0] = UNKNOWN
    _, text = np.unique(ids, axis=0, return_inverse=True)
    count = len(text)
    rows = Rows(
        sample.message, ids, text.ravel(), np.arange(count), sample.person
    )
    steps = 17 * np.arange(CANDIDATES)
    drawn = (np.arange(count)[:, None] + steps) % count
    same = (rows.text[drawn] == rows.text[:, None]).sum(axis=1)
    talker = bot.load()
    picked = data.picked(picks_of(talker, rows, data.tens(rows)))
    return {
        "way": way,
        "ten most frequent": round(dull_share(list(said)), 3),
        "ten openings": round(dull_share([a[:OPENING] for a in said]), 3),
        "words": round(float(np.mean([len(a) for a in said])), 1),
        "12 words long": round(
            float(np.mean([len(a) == writing.LONGEST for a in said])), 2
        ),
        "highest possible": round(float(np.mean(1 / same)), 3),
        "picked of these": round(
            float(data.picked(picks_of(talker, rows, drawn)).mean()), 3
        ),
        "picked of different texts": round(float(picked.mean()), 3),
    }
