"""The soprano melodies of Bach's chorales, read once from music21's corpus.

Which files: of the compressed MusicXML files in the folder ``bach`` of the
corpus that music21 10.5.1 installs, those with exactly four parts, called
Soprano, Alto, Tenor and Bass: 364 of 408. What is left out has instruments,
a figured bass or two sopranos.

What is kept of each: the soprano's notes with tied notes joined, as a MIDI
pitch and a length in sixteenths; where in its bar each note begins, how long
that bar is, and whether the note bears a fermata, the sign that ends a line
of the hymn; and the sharps of the key signature. Grace notes and rests (186
of them) are dropped, repeats are not written out, and the few notes shorter
than a sixteenth count as one.

The music is in the public domain: Bach died in 1750. Most of the encodings
that are read here were made by Margaret Greentree, and music21 distributes
them by permission; nothing of their layout or text is kept.

Reading the files takes about a minute, so the result comes with the course,
in ``chorales.npz`` beside this file; ``python -m lessons.music.chorales``
makes it anew, with the packages of the group ``makers`` in pyproject.toml.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from utils.files import atomic_write

SHIPPED = Path(__file__).with_name("chorales.npz")
"""The melodies that come with the course."""

VOICES = ["Soprano", "Alto", "Tenor", "Bass"]

FEWEST_NOTES = 21
"""Of a melody: less would not do for 20 notes in and the 21st out."""

_KINDS = {
    "names": np.uint8,
    "sharps": np.int8,
    "pitch": np.uint8,
    "length": np.uint8,
    "chorale": np.uint16,
    "place": np.uint8,
    "bar": np.uint8,
    "fermata": np.uint8,
}


class Chorales(NamedTuple):
    """All melodies, one after another.

    Attributes:
        names: Name of each chorale's file, such as ``"bwv253"``.
        sharps: Sharps of each key signature; flats are negative.
        pitch: MIDI pitch of each note, 60 for middle C, (notes,).
        length: Length of each note in sixteenths, (notes,).
        chorale: Which chorale each note belongs to, rising, (notes,).
        place: Sixteenths from the start of its bar to each note, (notes,).
        bar: Sixteenths in that bar, 16 in a 4/4 bar, (notes,).
        fermata: 1 where a note bears a fermata, else 0, (notes,).
    """

    names: tuple[str, ...]
    sharps: np.ndarray
    pitch: np.ndarray
    length: np.ndarray
    chorale: np.ndarray
    place: np.ndarray
    bar: np.ndarray
    fermata: np.ndarray


class Melody(NamedTuple):
    """One soprano.

    Attributes:
        sharps: Of its key signature.
        notes: MIDI pitch and sixteenths of each note.
        metre: Place in the bar, length of the bar and fermata of each note.
    """

    sharps: int
    notes: list[tuple[int, int]]
    metre: list[tuple[int, int, int]]


class UnreadableError(ValueError):
    """A file of melodies is missing or damaged."""


def load() -> Chorales:
    """Return the melodies that come with the course.

    Raises:
        UnreadableError: They are gone or damaged; the sentence says what
            brings them back.
    """
    try:
        return read(SHIPPED)
    except UnreadableError as problem:
        raise UnreadableError(
            f"the chorales cannot be read from {SHIPPED}: {problem}; "
            "git checkout -- lessons/music/chorales.npz brings them back"
        ) from None


def corpus_files() -> list[Path]:
    """Return the compressed MusicXML files of Bach in music21's corpus."""
    from music21 import corpus

    files = map(Path, corpus.getComposer("bach"))
    return sorted(file for file in files if file.suffix == ".mxl")


def parse(file: Path) -> Melody | None:
    """Read one file with music21.

    Args:
        file: A MusicXML file of the corpus.

    Returns:
        The soprano's melody, or None if the file has not the four voices.
    """
    from music21 import converter

    score = converter.parse(file, forceSource=True, storePickle=False)
    if [part.partName for part in score.parts] != VOICES:
        return None
    soprano = score.parts[0]
    signature = soprano.recurse().getElementsByClass("KeySignature").first()
    notes, metre, bars = [], [], _bars(soprano)
    held = _fermatas(soprano)
    for note in soprano.stripTies().flatten().notes:
        if note.duration.isGrace:
            continue
        begin, end = note.offset, note.offset + note.quarterLength
        notes.append((note.pitch.midi, max(1, round(4 * note.quarterLength))))
        start, first, bar = next(b for b in reversed(bars) if b[0] <= begin)
        place = round(4 * (begin - start) + first) % bar
        metre.append((place, bar, int(any(begin <= f < end for f in held))))
    return Melody(signature.sharps, notes, metre)


def _bars(soprano: Any) -> list[tuple[Any, Any, int]]:
    """Return offset, place of the first note, and length of each measure.

    An upbeat is a measure that begins late in its bar, and a measure that
    ends early is taken up by the next one. Offsets are in quarters, places
    and lengths in sixteenths.
    """
    found, place, bar = [], None, 16
    for measure in soprano.getElementsByClass("Measure"):
        if measure.timeSignature is not None:
            bar = round(4 * measure.timeSignature.barDuration.quarterLength)
            place = None if not found else place % bar
        length = 4 * measure.duration.quarterLength
        if place is None:
            place = max(0, bar - length)
        found.append((measure.offset, place, bar))
        place = (place + length) % bar
    return found or [(0, 0, bar)]


def _fermatas(soprano: Any) -> list[Any]:
    """Return the offsets, in quarters, of the notes that bear a fermata."""
    return [
        note.offset
        for note in soprano.flatten().notes
        if any("Fermata" in e.classes for e in note.expressions)
    ]


def parse_corpus() -> Chorales:
    """Read all the files with music21: about a minute."""
    melodies = {}
    for file in corpus_files():
        melody = parse(file)
        if melody is not None:
            melodies[file.stem] = melody
    notes = np.array([note for m in melodies.values() for note in m.notes])
    metre = np.array([row for m in melodies.values() for row in m.metre])
    counts = [len(melody.notes) for melody in melodies.values()]
    return Chorales(
        names=tuple(melodies),
        sharps=np.array([m.sharps for m in melodies.values()], dtype=np.int8),
        pitch=notes[:, 0].astype(np.uint8),
        length=notes[:, 1].astype(np.uint8),
        chorale=np.repeat(np.arange(len(counts)), counts).astype(np.uint16),
        place=metre[:, 0].astype(np.uint8),
        bar=metre[:, 1].astype(np.uint8),
        fermata=metre[:, 2].astype(np.uint8),
    )


def write(chorales: Chorales, path: Path) -> None:
    """Write the melodies as plain arrays, whole or not at all.

    Raises:
        OSError: The file cannot be written; none is left then.
    """
    text = np.frombuffer("\n".join(chorales.names).encode(), dtype=np.uint8)
    with atomic_write(path) as file:
        np.savez_compressed(file, **(chorales._asdict() | {"names": text}))


def read(path: Path) -> Chorales:
    """Return the melodies of a file; nothing in it is ever unpickled.

    Raises:
        UnreadableError: There is no such file, or it is damaged.
    """
    try:
        with (
            path.open("rb") as file,
            np.load(file, allow_pickle=False) as archive,
        ):
            return _checked(dict(archive))
    except FileNotFoundError:
        raise UnreadableError("there is no such file") from None
    except Exception:
        # One flipped bit can make an archive fail in any way at all.
        raise UnreadableError("the file is damaged") from None


def _checked(arrays: dict[str, np.ndarray]) -> Chorales:
    """Return what `write` wrote."""
    kinds = {name: array.dtype.type for name, array in arrays.items()}
    flat = all(array.ndim == 1 for array in arrays.values())
    if kinds != _KINDS or not flat:
        raise ValueError("not the arrays of a file of melodies")
    text = arrays["names"].tobytes().decode()
    chorales = Chorales(**(arrays | {"names": tuple(text.split("\n"))}))
    numbers, counts = np.unique(chorales.chorale, return_counts=True)
    fits = (
        len(chorales.names) == len(chorales.sharps) == len(numbers)
        and len(chorales.pitch) == len(chorales.length) == counts.sum()
        and np.array_equal(np.repeat(numbers, counts), chorales.chorale)
        and numbers[-1] == len(numbers) - 1
        and counts.min() >= FEWEST_NOTES
        and len(chorales.place) == len(chorales.pitch)
        and len(chorales.bar) == len(chorales.fermata) == counts.sum()
        and (chorales.place < chorales.bar).all()
        and chorales.fermata.max() <= 1
        and chorales.length.min() >= 1
        and np.abs(chorales.sharps).max() <= 7
    )
    if not fits:
        raise ValueError("the melodies contradict one another")
    return chorales


def make(path: Path = SHIPPED) -> Chorales:
    """Read the corpus and write the file that comes with the course."""
    chorales = parse_corpus()
    write(chorales, path)
    return chorales


if __name__ == "__main__":
    made = make()
    print(f"{len(made.names)} chorales, {len(made.pitch):,} notes written")
