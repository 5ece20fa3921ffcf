"""Person names in review sentences: a tag for every word.

The sentences are real, the tags are *silver*: a rule set them, see
`silver`. What the rule is worth was counted on sentences marked by hand
(`by_hand`).
"""

from utils.tasks.names.data import (
    LONGEST,
    Sentences,
    by_hand,
    decode,
    encode,
    load,
)
from utils.tasks.names.scoring import (
    Score,
    baseline,
    found,
    score,
    score_spans,
)

__all__ = [
    "LONGEST",
    "Score",
    "Sentences",
    "baseline",
    "by_hand",
    "decode",
    "encode",
    "found",
    "load",
    "score",
    "score_spans",
]
