"""Which reviews may be of one film: what their names say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

NAME = re.compile(r"\b[A-Z][a-z]+\b")


def rare_names(texts: Sequence[str], *, fewer_than: int) -> list[set[str]]:
    """Return the rare capitalised words of each text.

    Args:
        texts: Reviews.
        fewer_than: A word is rare if fewer texts than this have it.
    """
    found = [set(NAME.findall(text)) for text in texts]
    counts = Counter(name for names in found for name in names)
    return [
        {name for name in names if counts[name] < fewer_than}
        for names in found
    ]


def share_a_name(names: Sequence[set[str]], order: np.ndarray) -> float:
    """Return how many neighbours in an order have a name in common.

    Args:
        names: Of each text.
        order: Places of texts, one after the other, (n,).

    Returns:
        The share of the n - 1 pairs of neighbours, 0 to 1.
    """
    shared = [
        not names[one].isdisjoint(names[other])
        for one, other in pairwise(order)
    ]
    return float(np.mean(shared))


def without_names(
    texts: Sequence[str], names: Sequence[set[str]]
) -> list[str]:
    """Return the texts with their names cut out.

    Args:
        texts: Reviews.
        names: Of each text, as `rare_names` returns them.
    """
    return [
        NAME.sub(lambda found, own=own: "" if found[0] in own else found[0], t)
        for t, own in zip(texts, names, strict=True)
    ]
