"""The chorale melodies: their facts, their file, and the corpus itself."""

from unittest.mock import Mock

import numpy as np
import pytest

from lessons.music import chorales

COMPARED = (0, 63, 127, 200, 363)
"""Chorales that are parsed here and compared with the shipped file."""


@pytest.fixture(scope="module")
def music21():
    """The package that only makers have; CI has it once a week."""
    return pytest.importorskip("music21", reason="the group `makers`")


@pytest.fixture(scope="module")
def shipped():
    return chorales.read(chorales.SHIPPED)


@pytest.fixture
def small(shipped):
    """The first three chorales alone."""
    notes = (array[shipped.chorale < 3] for array in shipped[2:])
    return chorales.Chorales(shipped.names[:3], shipped.sharps[:3], *notes)


def assert_same(one, other):
    assert one.names == other.names
    for mine, yours in zip(one[1:], other[1:], strict=True):
        np.testing.assert_array_equal(mine, yours)
        assert mine.dtype == yours.dtype


def test_the_shipped_file_holds_what_the_lesson_says(shipped):
    assert len(shipped.names) == len(set(shipped.names)) == 364
    assert len(shipped.pitch) == len(shipped.length) == 18_518
    assert (shipped.pitch.min(), shipped.pitch.max()) == (57, 81)
    assert (shipped.length.min(), shipped.length.max()) == (1, 64)
    assert (shipped.sharps.min(), shipped.sharps.max()) == (-4, 4)
    assert list(shipped.names) == sorted(shipped.names)
    assert np.bincount(shipped.chorale).min() == 22
    assert chorales.SHIPPED.stat().st_size < 20_000
    mighty = shipped.names.index("bwv80.8")
    notes = shipped.chorale == mighty
    # D D D A B C# D C# B A: "A Mighty Fortress", in D major.
    assert shipped.pitch[notes][:10].tolist() == [
        *(74, 74, 74, 69, 71, 73, 74, 73, 71, 69)
    ]
    assert shipped.length[notes][:6].tolist() == [2, 4, 4, 2, 2, 4]
    # A quarter before the bar line; the line ends on the third quarter.
    assert shipped.place[notes][:10].tolist() == [
        *(12, 0, 4, 8, 10, 12, 0, 2, 4, 8)
    ]
    assert set(shipped.bar[notes]) == {16}
    assert np.flatnonzero(shipped.fermata[notes])[:2].tolist() == [9, 19]
    lasts = np.flatnonzero(np.diff(shipped.chorale, append=364))
    assert shipped.fermata[lasts].mean() > 0.99


@pytest.mark.usefixtures("music21")
@pytest.mark.parametrize("number", COMPARED)
def test_the_corpus_still_says_the_same(shipped, number):
    name = shipped.names[number]
    (file,) = [f for f in chorales.corpus_files() if f.stem == name]
    melody = chorales.parse(file)
    assert melody is not None
    notes = shipped.chorale == number
    pitch, length = zip(*melody.notes, strict=True)
    assert list(pitch) == shipped.pitch[notes].tolist()
    assert list(length) == shipped.length[notes].tolist()
    assert melody.sharps == shipped.sharps[number]
    place, bar, fermata = zip(*melody.metre, strict=True)
    assert list(place) == shipped.place[notes].tolist()
    assert list(bar) == shipped.bar[notes].tolist()
    assert list(fermata) == shipped.fermata[notes].tolist()


@pytest.mark.usefixtures("music21")
def test_a_score_with_instruments_is_left_out(shipped):
    files = {file.stem: file for file in chorales.corpus_files()}
    assert len(files) == 408
    assert "bwv29.8" not in shipped.names
    assert chorales.parse(files["bwv29.8"]) is None


@pytest.mark.usefixtures("music21")
def test_grace_notes_are_dropped_and_ties_joined(tmp_path):
    from music21 import key, note, stream, tie

    voices = []
    for name in chorales.VOICES:
        first, second = note.Note("C5"), note.Note("C5")
        first.tie, second.tie = tie.Tie("start"), tie.Tie("stop")
        grace = note.Note("D5").getGrace()
        short = note.Note("E5", quarterLength=0.125)
        part = stream.Part([first, second, grace, short])
        part.insert(0, key.KeySignature(2))
        part.partName = name
        voices.append(part)
    file = tmp_path / "four.musicxml"
    stream.Score(voices).write("musicxml", file)
    sharps, notes, _ = chorales.parse(file)
    assert (sharps, notes) == (2, [(72, 8), (76, 1)])


def test_what_is_written_stays_as_it_was(small, tmp_path, monkeypatch):
    path = tmp_path / "new" / "chorales.npz"
    chorales.write(small, path)
    assert_same(chorales.read(path), small)
    before = path.read_bytes()
    full = Mock(side_effect=OSError(28, "No space left on device"))
    monkeypatch.setattr(np, "savez_compressed", full)
    with pytest.raises(OSError, match="No space"):
        chorales.write(small, path)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_damaged_file_is_never_believed(small, tmp_path):
    path = tmp_path / "chorales.npz"
    chorales.write(small, path)
    whole = path.read_bytes()
    for place in range(0, len(whole), 7):
        flipped = bytearray(whole)
        flipped[place] ^= 0x10
        path.write_bytes(flipped)
        try:
            read = chorales.read(path)
        except chorales.UnreadableError:
            continue
        assert_same(read, small)  # a byte that no reader looks at
    np.savez(path, names=np.array([print], dtype=object))
    pickled = path.read_bytes()
    cut = whole[: len(whole) // 2]
    for content in (b"", cut, b"not an archive", pickled):
        path.write_bytes(content)
        with pytest.raises(chorales.UnreadableError, match="damaged"):
            chorales.read(path)


@pytest.mark.parametrize(("field", "wrong"), [
    ("names", lambda names: names[:-1]),
    ("sharps", lambda sharps: sharps[:-1]),
    ("sharps", lambda sharps: sharps + np.int8(9)),
    ("pitch", lambda pitch: pitch.astype(np.int64)),
    ("pitch", lambda pitch: pitch[:-1]),
    ("length", lambda length: length * np.uint8(0)),
    ("place", lambda place: place + np.uint8(24)),
    ("bar", lambda bar: bar[:-1]),
    ("fermata", lambda fermata: fermata + np.uint8(1)),
    ("chorale", lambda chorale: chorale[::-1].copy()),
    ("chorale", lambda chorale: chorale + np.uint16(1)),
    ("chorale", lambda chorale: chorale // np.uint16(2)),
])  # fmt: skip
def test_arrays_that_contradict_one_another_are_refused(
    small, tmp_path, field, wrong
):
    path = tmp_path / "chorales.npz"
    changed = small._replace(**{field: wrong(getattr(small, field))})
    chorales.write(changed, path)
    with pytest.raises(chorales.UnreadableError, match="damaged"):
        chorales.read(path)


def test_the_course_reads_its_own_file_and_says_what_brings_it_back(
    shipped, tmp_path, monkeypatch
):
    assert_same(chorales.load(), shipped)
    monkeypatch.setattr(chorales, "SHIPPED", tmp_path / "gone.npz")
    with pytest.raises(chorales.UnreadableError, match="no such file; git ch"):
        chorales.load()
