"""All entries, by name."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from leaderboard import (
    ensemble,
    fine_tuning,
    lecture_recipe,
    linear,
    recurrent,
)
from leaderboard.fine_tuning import FineTuning
from leaderboard.protocol import Entry
from leaderboard.recurrent import Recipe

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

_LARGER = Recipe()
_MASKED = replace(_LARGER, padding="post", mask=True)
_POOLED = replace(_MASKED, pooled=True)
_DROPPED = replace(_POOLED, dropout=0.3)
_BOTH_ENDS = replace(_DROPPED, ends="both")
_CHUNKED = replace(_DROPPED, timesteps=400, chunk=50, bidirectional=True)
_VECTORS = replace(_CHUNKED, vectors="labelled")
_EVIDENCE = replace(_CHUNKED, evidence=True, total=True)
_BOTH = replace(_VECTORS, evidence=True, total=True)
_MORE_VECTORS = replace(_VECTORS, vectors="unlabelled")
_BEST = replace(_BOTH, vectors="unlabelled", keeps_unlabelled=True)

LADDER: dict[str, Recipe] = {
    "GRU(32), 20,000 words": _LARGER,
    "GRU(32), mask": _MASKED,
    "GRU(32), mask, pooling": _POOLED,
    "GRU(32), mask, pooling, dropout": _DROPPED,
    "GRU(32), both ends of a review": _BOTH_ENDS,
    "BiGRU(32), 400 words in chunks": _CHUNKED,
    "BiGRU(32), word vectors": _VECTORS,
    "BiGRU(32), evidence": _EVIDENCE,
    "BiGRU(32), vectors, evidence": _BOTH,
}
"""Networks that learn from the labelled reviews only, rung by rung."""

LABELLED = tuple(
    Entry(name, recurrent.entry(recipe), recurrent=True)
    for name, recipe in LADDER.items()
)

_PLAIN = Recipe(width=100)
_HIDDEN = replace(_PLAIN, mask=True)
_STATES = replace(_HIDDEN, pooled=True)
_ROUGH = replace(_STATES, dropout=0.3)
_LONGER = replace(_ROUGH, timesteps=400)
_PIECES = replace(_LONGER, chunk=50)
_TWICE = replace(_PIECES, bidirectional=True)
_LEARNED = replace(_TWICE, vectors="labelled")
_BESIDE = replace(_LEARNED, evidence=True)
_INFORMED = replace(_BESIDE, total=True)

RUNGS: dict[str, Recipe] = {
    "GRU(32)": _PLAIN,
    "GRU(32), masked": _HIDDEN,
    "GRU(32), pooled": _STATES,
    "GRU(32), dropout": _ROUGH,
    "GRU(32), 400 words": _LONGER,
    "GRU(32), in pieces": _PIECES,
    "BiGRU(32), in pieces": _TWICE,
    "BiGRU(32), learned vectors": _LEARNED,
    "BiGRU(32), evidence beside vectors": _BESIDE,
    "BiGRU(32), vectors and evidence": _INFORMED,
}
"""The ladder with one step at a time; its runs are under way."""

STEPS = tuple(
    Entry(
        name,
        recurrent.entry(recipe),
        recurrent=True,
    )
    for name, recipe in RUNGS.items()
)

VECTORS_OF_70_000 = Entry(
    "BiGRU(32), vectors of 70,000",
    recurrent.entry(_MORE_VECTORS),
    recurrent=True,
    uses_unlabelled=True,
)
BEST = Entry(
    "BiGRU(32), vectors of 70,000, evidence",
    recurrent.entry(_BEST),
    recurrent=True,
    uses_unlabelled=True,
)
_READER = FineTuning()
# What has learned nothing yet has no reason to learn slowly.
_RANDOM = replace(_READER, pretrained=False, reader_rate=1.0, table_rate=1.0)
_WITH_EVIDENCE = replace(_READER, evidence=True)
_TWO_READERS = replace(_WITH_EVIDENCE, directions=("forward", "backward"))

_OF_ITS_LIKE = (0.003,)
"""What validation chose for the same network in pieces: uncut, a training
takes more than an hour, so it is not tried at other rates."""

PRETRAINED = (
    Entry("GRU(256), in pieces", fine_tuning.entry(_RANDOM), recurrent=True),
    *(
        Entry(
            name,
            fine_tuning.entry(recipe),
            recurrent=True,
            uses_unlabelled=True,
            **known,
        )
        for name, recipe, known in (
            ("GRU(256), pre-trained", _READER, {}),
            (
                "GRU(256), pre-trained, uncut",
                replace(_READER, piece=None),
                {"settings": _OF_ITS_LIKE, "seeds": (1,)},
            ),
            ("GRU(256), pre-trained, evidence", _WITH_EVIDENCE, {}),
            ("BiGRU(256), pre-trained, evidence", _TWO_READERS, {}),
            (
                "BiGRU(256), pre-trained, evidence, uncut",
                replace(_TWO_READERS, piece=None),
                {"settings": _OF_ITS_LIKE, "seeds": (1,)},
            ),
        )
    ),
)
"""The language model's GRU: untrained, as it is, with all that helps."""

_COUNTS = linear.ENTRIES[-1]

SELF_TRAINED = Entry(
    "BiGRU(32), pseudo-labels",
    ensemble.self_trained(
        replace(_BEST, keeps_unlabelled=False, epochs=3), BEST
    ),
    recurrent=True,
    uses_unlabelled=True,
    teachers=(BEST, _COUNTS),
)

_OWN = LABELLED[-1]

_ensemble = partial(Entry, train=None, recurrent=True, settings=())

SIX = _ensemble(
    "six BiGRU(32)",
    members=tuple(
        (entry, seed) for entry in (BEST, SELF_TRAINED) for seed in (1, 2, 3)
    ),
    uses_unlabelled=True,
    seeds=(1,),
)

COMBINED = (
    _ensemble(
        "BiGRU(32) and naive Bayes, labelled",
        members=((_OWN, None), (_COUNTS, None)),
    ),
    _ensemble(
        "BiGRU(32) and naive Bayes",
        members=((BEST, None), (_COUNTS, None)),
        uses_unlabelled=True,
    ),
    SIX,
    _ensemble(
        "six BiGRU(32) and naive Bayes",
        members=((SIX, None), (_COUNTS, None)),
        uses_unlabelled=True,
        seeds=(1,),
    ),
)
"""The members' log odds, averaged; the six networks count as one member."""

ENTRIES: dict[str, Entry] = {
    entry.name: entry
    for entry in (
        *linear.ENTRIES,
        *NOTES,
        *LABELLED,
        VECTORS_OF_70_000,
        BEST,
        SELF_TRAINED,
        *STEPS,
        *PRETRAINED,
        *COMBINED,
    )
}
"""Name -> entry, in the order in which lesson 18 tells of them."""

ABLATIONS: tuple[tuple[str, str, str], ...] = (
    (
        "GRU(32), 20,000 words",
        "GRU(8), 500 words",
        "20,000 words for 500, 256 tokens for 100, 32 units for 8, vectors "
        "for one-hot rows, and the training (rate, batch, epochs)",
    ),
    (
        "GRU(32), mask",
        "GRU(32), 20,000 words",
        "a mask, and the zeros stand after the words, not before them",
    ),
    ("GRU(32), mask, pooling", "GRU(32), mask", "pooling"),
    (
        "GRU(32), mask, pooling, dropout",
        "GRU(32), mask, pooling",
        "dropout",
    ),
    (
        "GRU(32), both ends of a review",
        "GRU(32), mask, pooling, dropout",
        "the first 128 and last 128 words for the last 256",
    ),
    (
        "BiGRU(32), 400 words in chunks",
        "GRU(32), mask, pooling, dropout",
        "a second reader, 400 words for 256, pieces of 50",
    ),
    (
        "BiGRU(32), word vectors",
        "BiGRU(32), 400 words in chunks",
        "word vectors, 100 wide for 64, half the learning rate",
    ),
    (
        "BiGRU(32), evidence",
        "BiGRU(32), 400 words in chunks",
        "evidence beside each word, and its sum past the readers",
    ),
    (
        "BiGRU(32), vectors, evidence",
        "BiGRU(32), evidence",
        "word vectors, 100 wide for 64, half the learning rate",
    ),
    (
        VECTORS_OF_70_000.name,
        "BiGRU(32), word vectors",
        "50,000 more reviews for the vectors, 3 passes for 10",
    ),
    (
        BEST.name,
        "BiGRU(32), vectors, evidence",
        "50,000 more reviews for the vectors, 3 passes for 10",
    ),
    (
        SELF_TRAINED.name,
        BEST.name,
        "50,000 more reviews, labelled by its teachers, and 3 epochs for 4",
    ),
    (
        "BiGRU(32) and naive Bayes",
        BEST.name,
        "averaged with the counts",
    ),
    (
        SIX.name,
        SELF_TRAINED.name,
        "three such networks and their three teachers, averaged",
    ),
    (
        "six BiGRU(32) and naive Bayes",
        SIX.name,
        "averaged with the counts",
    ),
)
"""What lesson 18 compares: an entry, one below it, and all that changed."""
