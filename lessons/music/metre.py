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
"""Ids of places in a line: eighths since it began, or eighths that are left;
the last is "more"."""


def metre_ids(chorales: Chorales) -> list[np.ndarray]:
    """Return where the note after each note begins.

    Args:
        chorales: What `load` returned.

    Returns:
        One array a chorale, (notes, 3): the id of the place in the bar at
        which this note ends and the next begins, the eighths from the start
        of the line to there, and those from there to its end.
    """
    length = chorales.length.astype(int)
    place = (chorales.place + length) % chorales.bar
    beat = place + np.array([FIRST[bar] for bar in chorales.bar.tolist()])
    cuts = np.cumsum(np.bincount(chorales.chorale))[:-1]
    columns = (np.split(c, cuts) for c in (beat, length, chorales.fermata))
    found = []
    for here, sixteenths, held in zip(*columns, strict=True):
        times = np.cumsum(sixteenths)
        line_ends = times[held.astype(bool)]
        lines = since(times, line_ends), until(times, line_ends)
        found.append(np.stack([here, *lines], axis=1))
    return found


def since(times: np.ndarray, line_ends: Sequence[int]) -> np.ndarray:
    """Return the eighths from the last end of a line to each time.

    Args:
        times: Sixteenths from the start of the melody.
        line_ends: Sixteenths at which lines end, rising.
    """
    starts = np.concatenate([[0], np.asarray(line_ends, dtype=int)])
    last = starts[np.searchsorted(starts, times, side="right") - 1]
    return np.minimum((times - last) // 2, LINE - 1)


def until(times: np.ndarray, line_ends: Sequence[int]) -> np.ndarray:
    """Return the eighths from each time to the next end of a line.

    Args:
        times: Sixteenths from the start of the melody.
        line_ends: Sixteenths at which lines end, rising.

    Returns:
        At least 1, as half an eighth counts as one; 0 after the last end.
    """
    ends = np.asarray(line_ends, dtype=int)
    later = np.searchsorted(ends, times, side="right")
    none_left = later == len(ends)
    following = np.append(ends, 0)[later]
    left = np.minimum((following - times + 1) // 2, LINE - 1)
    return np.where(none_left, 0, left)
