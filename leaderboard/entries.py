"""All entries, by name."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from leaderboard import fine_tuning, lecture_recipe, linear, recurrent
from leaderboard.protocol import RATES, Entry
from leaderboard.recurrent import Recipe
from leaderboard.rows import FineTuning

NOTES = (
    Entry(
        "SimpleRNN(8), the notes",
        lecture_recipe.entry("SimpleRNN", as_written=True),
        recurrent=True,
        settings=(lecture_recipe.NOTES_RATE,),
    ),
    Entry("LSTM(8), 500 words", lecture_recipe.entry("LSTM"), recurrent=True),
    Entry("GRU(8), 500 words", lecture_recipe.entry("GRU"), recurrent=True),
    Entry(
        "BiLSTM(8), 500 words",
        lecture_recipe.entry("LSTM", bidirectional=True),
        recurrent=True,
    ),
)
"""The lecture's networks, as in lesson 17."""

_PLAIN = Recipe(width=100)
_MASKED = replace(_PLAIN, mask=True)
_POOLED = replace(_MASKED, pooled=True)
_DROPPED = replace(_POOLED, dropout=0.3)
_LONGER = replace(_DROPPED, timesteps=400)
_PIECES = replace(_LONGER, chunk=50)
_TWICE = replace(_PIECES, bidirectional=True)
_VECTORS = replace(_TWICE, vectors=True)
_EVIDENCE = replace(_VECTORS, evidence=True)
_TOTAL = replace(_EVIDENCE, total=True)

RUNGS: dict[str, Recipe] = {
    "GRU(32)": _PLAIN,
    "GRU(32), masked": _MASKED,
    "GRU(32), pooled": _POOLED,
    "GRU(32), dropout": _DROPPED,
    "GRU(32), 400 words": _LONGER,
    "GRU(32), in pieces": _PIECES,
    "BiGRU(32), in pieces": _TWICE,
    "BiGRU(32), learned vectors": _VECTORS,
    "BiGRU(32), evidence beside vectors": _EVIDENCE,
    "BiGRU(32), vectors and evidence": _TOTAL,
}
"""Networks that learn from the labelled reviews only, one step a rung."""

LABELLED = tuple(
    Entry(name, recurrent.entry(recipe), recurrent=True)
    for name, recipe in RUNGS.items()
)

_READER = FineTuning()
# What has learned nothing yet has no reason to learn slowly.
_RANDOM = replace(_READER, pretrained=False, reader_rate=1.0, table_rate=1.0)
_WITH_EVIDENCE = replace(_READER, evidence=True)
_TWO_READERS = replace(_WITH_EVIDENCE, directions=("forward", "backward"))

_LARGE: dict[str, FineTuning] = {
    "GRU(256), in pieces": _RANDOM,
    "GRU(256), pre-trained": _READER,
    "GRU(256), pre-trained, uncut": replace(_READER, piece=None),
    "GRU(256), pre-trained, evidence": _WITH_EVIDENCE,
    "BiGRU(256), pre-trained, evidence": _TWO_READERS,
    "BiGRU(256), pre-trained, evidence, uncut": replace(
        _TWO_READERS, piece=None
    ),
}

PRETRAINED = tuple(
    Entry(
        name,
        fine_tuning.entry(recipe),
        recurrent=True,
        uses_unlabelled=recipe.pretrained,
        settings=RATES[1:2],
        seeds=(1,),
    )
    for name, recipe in _LARGE.items()
)
"""The language model's GRU: untrained, as it is, with all that helps.

One training takes up to an hour, so they have one rate and one
seed. BiGRU(256) in pieces was tried at 0.001 too, and was worse there."""

_COUNTS = linear.ENTRIES[-1]
_OWN = LABELLED[-1]
_READ_BEFORE = PRETRAINED[-1]

_ensemble = partial(Entry, train=None, recurrent=True, settings=())

COMBINED = (
    _ensemble("BiGRU(32) and naive Bayes", members=(_OWN, _COUNTS)),
    _ensemble(
        "BiGRU(256) and naive Bayes",
        members=(_READ_BEFORE, _COUNTS),
        uses_unlabelled=True,
        seeds=(1,),
    ),
    _ensemble(
        "BiGRU(256) and BiGRU(32)",
        members=(_READ_BEFORE, _OWN),
        uses_unlabelled=True,
    ),
    _ensemble(
        "BiGRU(256), BiGRU(32), naive Bayes",
        members=(_READ_BEFORE, _OWN, _COUNTS),
        uses_unlabelled=True,
    ),
)
"""The members' log odds, averaged.

BiGRU(256) has one run, which stands beside each run of BiGRU(32)."""

ENTRIES: dict[str, Entry] = {
    entry.name: entry
    for entry in (
        *linear.ENTRIES,
        *NOTES,
        *LABELLED,
        *PRETRAINED,
        *COMBINED,
    )
}
"""Name -> entry, in the order in which lesson 18 tells of them."""

ABLATIONS: tuple[tuple[str, str, str], ...] = (
    (
        "GRU(32)",
        "GRU(8), 500 words",
        "20,000 words for 500, 256 tokens for 100, 32 units for 8, vectors "
        "for one-hot rows, batch, epochs, clipping",
    ),
    ("GRU(32), masked", "GRU(32)", "a mask"),
    ("GRU(32), pooled", "GRU(32), masked", "pooling"),
    ("GRU(32), dropout", "GRU(32), pooled", "dropout"),
    ("GRU(32), 400 words", "GRU(32), dropout", "400 words for 256"),
    ("GRU(32), in pieces", "GRU(32), 400 words", "pieces of 50"),
    ("BiGRU(32), in pieces", "GRU(32), in pieces", "a second reader"),
    (
        "BiGRU(32), in pieces",
        "GRU(32), dropout",
        "these three: 400 words for 256, pieces of 50, a second reader",
    ),
    (
        "BiGRU(32), learned vectors",
        "BiGRU(32), in pieces",
        "word vectors learned beforehand",
    ),
    (
        "BiGRU(32), evidence beside vectors",
        "BiGRU(32), learned vectors",
        "evidence beside each word",
    ),
    (
        "BiGRU(32), vectors and evidence",
        "BiGRU(32), evidence beside vectors",
        "the sum past the readers",
    ),
    (
        "BiGRU(32), vectors and evidence",
        "BiGRU(32), learned vectors",
        "these two: evidence beside each word, its sum past the readers",
    ),
    (
        "GRU(256), pre-trained",
        "GRU(256), in pieces",
        "pre-training, with slower rates",
    ),
    (
        "GRU(256), pre-trained, uncut",
        "GRU(256), pre-trained",
        "uncut",
    ),
    (
        "GRU(256), pre-trained, uncut",
        "GRU(256), in pieces",
        "these two: pre-training with slower rates, uncut",
    ),
    (
        "GRU(256), pre-trained, evidence",
        "GRU(256), pre-trained",
        "evidence and its sum",
    ),
    (
        "BiGRU(256), pre-trained, evidence",
        "GRU(256), pre-trained, evidence",
        "a second reader, pre-trained too",
    ),
    (
        "BiGRU(256), pre-trained, evidence, uncut",
        "BiGRU(256), pre-trained, evidence",
        "uncut",
    ),
    (
        "BiGRU(256), pre-trained, evidence, uncut",
        "BiGRU(32), vectors and evidence",
        "size, pre-training in place of word vectors, uncut",
    ),
    (
        "BiGRU(32) and naive Bayes",
        "BiGRU(32), vectors and evidence",
        "averaged with the counts",
    ),
    (
        "BiGRU(256) and BiGRU(32)",
        "BiGRU(32) and naive Bayes",
        "a network that has read before in place of the counts",
    ),
    (
        "BiGRU(256) and BiGRU(32)",
        "BiGRU(256), pre-trained, evidence, uncut",
        "averaged with the best that read labels only",
    ),
    (
        "BiGRU(256) and BiGRU(32)",
        "BiGRU(32), vectors and evidence",
        "averaged with a network that has read before",
    ),
    (
        "BiGRU(256), BiGRU(32), naive Bayes",
        "BiGRU(256) and BiGRU(32)",
        "averaged with the counts",
    ),
    (
        "BiGRU(32), vectors and evidence",
        "naive-Bayes weights, 1-3 words",
        "against the counts: a network that gets them as evidence",
    ),
    (
        "BiGRU(32) and naive Bayes",
        "naive-Bayes weights, 1-3 words",
        "against the counts: their average with that network",
    ),
    (
        "BiGRU(256) and BiGRU(32)",
        "naive-Bayes weights, 1-3 words",
        "against the counts: the chosen average",
    ),
)
"""What lesson 18 compares: an entry, one below it, and all that changed."""
