"""Where a note stands: in its bar, and in its line of the hymn.

Both are known before the note is: the next note begins where the last one
ends. A line of the hymn ends with a fermata.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lessons.music.chorales import Chorales

FIRST = {16: 0, 12: 16, 24: 28}
"""Sixteenths in a bar (4/4, 3/4, 3/2) -> id of its first sixteenth."""

BEATS = 52
"""Ids of places in a bar: every sixteenth of the three kinds of bars."""

LINE = 40
"""Ids of places in a line: eighths since it began; the last is "later"."""


def metre_ids(chorales: Chorales) -> list[np.ndarray]:
    """Return where the note after each note begins.

    Args:
        chorales: What `load` returned.

    Returns:
        One array a chorale, (notes, 2): the id of the place in the bar at
        which this note ends and the next begins, and the eighths from the
        start of the line to there.
    """
    length = chorales.length.astype(int)
    place = (chorales.place + length) % chorales.bar
    beat = place + np.array([FIRST[bar] for bar in chorales.bar.tolist()])
    cuts = np.cumsum(np.bincount(chorales.chorale))[:-1]
    columns = (np.split(c, cuts) for c in (beat, length, chorales.fermata))
    return [
        np.stack([here, in_line(np.cumsum(sixteenths), held)], axis=1)
        for here, sixteenths, held in zip(*columns, strict=True)
    ]


def in_line(ends: np.ndarray, held: np.ndarray) -> np.ndarray:
    """Return the eighths since the line began, at the end of each note.

    Args:
        ends: Sixteenths from the start of the melody to the end of each
            note, (notes,).
        held: Where a note bears a fermata, (notes,).
    """
    return since(ends, ends[held.astype(bool)])


def since(times: np.ndarray, line_ends: Sequence[int]) -> np.ndarray:
    """Return the eighths from the last end of a line to each time.

    Args:
        times: Sixteenths from the start of the melody.
        line_ends: Sixteenths at which lines end, rising.
    """
    starts = np.concatenate([[0], np.asarray(line_ends, dtype=int)])
    last = starts[np.searchsorted(starts, times, side="right") - 1]
    return np.minimum((times - last) // 2, LINE - 1)
