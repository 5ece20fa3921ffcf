"""Music: tunes and splits, ids and rows, baselines and scores."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.music import corpus
from lessons.music.tunes import Split

WHITE = (0, 2, 4, 5, 7, 9, 11)
grid_notes = st.tuples(
    st.integers(corpus.LOWEST, corpus.HIGHEST), st.sampled_from(corpus.LENGTHS)
)


@pytest.fixture(scope="module")
def chorales():
    return corpus.load()


@pytest.fixture(scope="module")
def melodies(chorales):
    return corpus.transposed(chorales)


@pytest.fixture(scope="module")
def tune(melodies):
    return corpus.tunes(melodies)


def test_transposition_moves_melodies_as_a_whole(chorales, melodies):
    assert len(melodies) == 364
    for number, melody in enumerate(melodies):
        notes = chorales.chorale == number
        (moved,) = set(melody[:, 0] - chorales.pitch[notes])
        assert -6 <= moved <= 5
        assert (moved + 7 * int(chorales.sharps[number])) % 12 == 0
        np.testing.assert_array_equal(melody[:, 1], chorales.length[notes])
    # Hardly any black key is left.
    moved = np.concatenate(melodies)[:, 0]
    assert np.isin(chorales.pitch % 12, WHITE).mean() < 0.81
    assert np.isin(moved % 12, WHITE).mean() > 0.96
    assert (moved.min(), moved.max()) == (corpus.LOWEST, corpus.HIGHEST)


def test_the_tunes_of_the_corpus(chorales, tune):
    sizes = np.unique(tune, return_counts=True)[1]
    assert (len(tune), len(sizes), sizes.max()) == (364, 205, 11)
    assert sizes[sizes > 1].sum() == 223
    # Settings that are known to share a tune do.
    of = dict(zip(chorales.names, tune, strict=True))
    passion = ("bwv244.15", "bwv244.54", "bwv153.5", "bwv248.5", "bwv270")
    assert len({of[name] for name in passion}) == 1
    assert len({of["bwv80.8"], of["bwv302"], of["bwv303"]}) == 1
    # One text, "O Gott, du frommer Gott", sung to two melodies.
    assert of["bwv398"] != of["bwv399"]


def test_a_tune_is_found_in_any_key_and_rhythm():
    rng = np.random.default_rng(0)
    one, two = rng.integers(60, 75, (2, 30))
    fours = np.full(30, 4)
    melodies = [
        np.stack([two, fours], axis=1),
        np.stack([one, fours], axis=1),
        np.stack([one + 3, np.arange(30) % 4 + 1], axis=1),
        np.stack([np.r_[two[:15], one[15:]] - 2, fours], axis=1),
    ]
    assert corpus.tunes(melodies[:3]).tolist() == [0, 1, 1]
    # The last one has half of either, and so links them all.
    assert corpus.tunes(melodies).tolist() == [0, 0, 0, 0]


def test_no_chorale_and_no_tune_is_in_two_parts(tune):
    for seed in range(5):
        parts = corpus.split(tune, seed=seed)
        everything = np.concatenate(parts)
        assert sorted(everything) == list(range(364))
        of = [set(tune[part]) for part in parts]
        assert not of[0] & of[1] and not of[0] & of[2] and not of[1] & of[2]
        shares = [len(part) / 364 for part in parts]
        assert shares == pytest.approx([0.70, 0.15, 0.15], abs=0.03)


def test_a_split_by_file_parts_tunes_and_has_its_seed(tune):
    parts = corpus.split(np.arange(364))
    known = np.isin(tune[parts.test], tune[parts.train]).mean()
    assert known == pytest.approx(0.58, abs=0.01)
    first, same, other = (corpus.split(tune, seed=s) for s in (3, 3, 4))
    assert isinstance(first, Split)
    np.testing.assert_array_equal(first.test, same.test)
    assert not np.array_equal(first.test, other.test)


@given(st.lists(grid_notes, min_size=1, max_size=40))
def test_notes_come_back_from_their_ids(notes):
    notes = np.array(notes)
    np.testing.assert_array_equal(corpus.decode(corpus.encode(notes)), notes)


@given(st.integers(1, 64))
def test_a_length_takes_the_nearest_id(length):
    kept = corpus.decode(corpus.encode(np.array([60, length])))[1]
    distances = [abs(length - known) for known in corpus.LENGTHS]
    assert abs(length - kept) == min(distances)


def test_every_pair_has_an_id_of_its_own_and_words():
    grid = np.stack(np.indices((corpus.PITCHES, 8)), axis=-1)
    pairs = corpus.pair_ids(grid)
    assert corpus.PAIRS == 240
    assert sorted(pairs.ravel()) == list(range(240))
    assert divmod(int(pairs[7, 3]), 8) == (7, 3)


@given(st.integers(0, 99))
def test_the_probability_of_a_pair_is_a_product(seed):
    rng = np.random.default_rng(seed)
    pitch = rng.dirichlet(np.ones(corpus.PITCHES), size=3)
    length = rng.dirichlet(np.ones(8), size=3)
    both = corpus.pair_probabilities(pitch, length)
    assert both.shape == (3, corpus.PAIRS)
    np.testing.assert_allclose(both.sum(axis=1), 1)
    place = corpus.pair_ids(np.array([4, 2]))
    assert both[1, place] == pytest.approx(pitch[1, 4] * length[1, 2])
    # Notes in words.
    assert corpus.spell((60, 4)) == "C4 quarter"
    assert corpus.spell(np.array([81, 12])) == "A5 dotted half"
    assert corpus.spell((70, 2)) == "A#4 eighth"


@given(
    lengths=st.lists(st.integers(1, 40), min_size=1, max_size=6),
    size=st.integers(1, 21),
    stride=st.integers(1, 5),
)
def test_rows_are_melodies_cut_out(lengths, size, stride):
    # Every note is unlike any other, so that rows say where they are from.
    ends = np.cumsum(lengths)
    notes = np.stack([np.arange(ends[-1])] * 2, axis=1)
    melodies = np.split(notes, ends[:-1])
    expected = sum(max(0, -(-(n - size) // stride)) for n in lengths)
    if not expected:
        with pytest.raises(ValueError, match=f"more than {size} notes"):
            corpus.windows(melodies, size=size, stride=stride)
        return
    x, y = corpus.windows(melodies, size=size, stride=stride)
    assert x.shape == y.shape == (expected, size, 2)
    np.testing.assert_array_equal(y, x + 1)
    starts = x[:, 0, 0]
    np.testing.assert_array_equal(x[..., 0], starts[:, None] + np.arange(size))
    of_first = np.searchsorted(ends, starts, side="right")
    of_last = np.searchsorted(ends, y[:, -1, 0], side="right")
    np.testing.assert_array_equal(of_first, of_last)


@given(
    pitches=st.lists(st.integers(0, 29), min_size=2, max_size=8),
    semitones=st.lists(st.integers(-12, 12), min_size=1, max_size=4),
)
def test_rows_in_more_keys_keep_their_intervals(pitches, semitones):
    notes = np.stack([pitches, np.arange(len(pitches))], axis=1)
    x, y = notes[None, :-1], notes[None, 1:]
    moved_x, moved_y = corpus.in_more_keys(x, y, semitones)
    allowed = range(-min(pitches), corpus.PITCHES - max(pitches))
    fitting = [s for s in semitones if s in allowed]
    assert len(moved_x) == len(moved_y) == len(fitting)
    for before, after in ((x, moved_x), (y, moved_y)):
        wanted = [before[0] + [distance, 0] for distance in fitting]
        np.testing.assert_array_equal([*after], wanted)


@pytest.fixture(scope="module")
def held_out(melodies, tune):
    ids = [corpus.encode(melody) for melody in melodies]
    parts = corpus.split(tune)
    x, y = corpus.windows([ids[n] for n in parts.test])
    train = [ids[n] for n in parts.train]
    return train, x, y[:, -1]


def test_the_baselines_rank_as_the_lesson_says(held_out):
    train, x, bach = held_out
    assert (x.shape, x.dtype) == ((1737, 20, 2), np.int32)
    frequent, repeat, first, second, fourth = (
        corpus.score(corpus.baseline(name, train, x), bach)
        for name in corpus.BASELINES
    )
    assert frequent == pytest.approx((0.075, 41.6), rel=0.01)
    assert first == pytest.approx((0.282, 13.5), rel=0.01)
    assert second == pytest.approx((0.330, 12.7), rel=0.01)
    assert fourth == pytest.approx((0.335, 12.5), rel=0.01)
    assert repeat.accuracy == pytest.approx(0.112, abs=0.001)
    assert repeat.perplexity < frequent.perplexity
    # Two answer what their names say.
    repeat = corpus.baseline("repeat", train, x[:50]).argmax(axis=1)
    np.testing.assert_array_equal(repeat, corpus.pair_ids(x[:50, -1]))
    counts = np.bincount(corpus.pair_ids(np.concatenate(train)))
    frequent = corpus.baseline("most frequent", train, x[:50])
    assert set(frequent.argmax(axis=1)) == {counts.argmax()}


def test_scores_of_answers_that_are_known():
    notes = np.array([[0, 0], [1, 1], [2, 2], [3, 3]])
    even = np.full((4, corpus.PAIRS), 1 / corpus.PAIRS)
    assert corpus.score(even, notes).perplexity == pytest.approx(240)
    sure = np.eye(corpus.PAIRS)[corpus.pair_ids(notes)]
    assert corpus.score(sure, notes) == (1.0, 1.0)
    longer = np.roll(sure, 1, axis=1)  # the right pitch, a wrong length
    assert corpus.score(longer, notes) == (0.0, np.inf)
    assert str(corpus.score(sure, notes)) == "accuracy 1.000, perplexity 1.00"
    half = 0.5 * sure + 0.5 * longer
    assert corpus.score(half, notes).perplexity == pytest.approx(2)


def test_a_gain_and_its_interval():
    rng = np.random.default_rng(0)
    tune = np.repeat(np.arange(40), 25)
    notes = np.zeros((1000, 2), dtype=int)
    others = np.full((1000, corpus.PAIRS), 1 / corpus.PAIRS)
    answers = others.copy()
    answers[:, 0] *= np.exp(0.3 + 0.1 * rng.normal(size=40))[tune]
    gain = corpus.gain_over_tunes(answers, others, notes, tune)
    assert gain.low < gain.value < gain.high
    assert gain.value == pytest.approx(0.3, abs=0.05)
    # The tunes scatter, not the notes: 1.96 * 0.1 / sqrt(40) to a side.
    assert gain.high - gain.low == pytest.approx(0.062, abs=0.02)
    nothing = corpus.gain_over_tunes(others, others, notes, tune)
    assert nothing == (0, 0, 0)


def test_a_gain_in_accuracy_is_taken_question_by_question():
    notes = np.zeros((4, 2), dtype=int)
    right, wrong = np.eye(corpus.PAIRS)[[0, 1]]
    ours = np.array([right, right, right, wrong])
    theirs = np.array([right, wrong, wrong, wrong])
    tune = np.array([7, 7, 9, 9])
    gain = corpus.accuracy_over_tunes(ours, theirs, notes, tune)
    assert gain == (0.5, 0.5, 0.5)
    gain = corpus.accuracy_over_tunes(ours, theirs, notes, np.arange(4))
    assert gain.value == 0.5 and gain.low == 0 and gain.high == 1


ONE_EACH = np.ones((1, corpus.PAIRS))
NOTES = np.zeros((2, 2), dtype=int)
MISTAKES = {
    "pitch takes 55 to 84": lambda: corpus.encode(np.array([54, 4])),
    "length takes 1 to": lambda: corpus.encode(np.array([60, 0])),
    "notes takes integers": lambda: corpus.encode(np.array([60.0, 4.0])),
    "shape": lambda: corpus.encode(np.array([60, 4, 1])),
    "pitch id takes 0 to 29": lambda: corpus.decode(np.array([30, 0])),
    "length id takes 0 to 7": lambda: corpus.decode(np.array([0, 8])),
    "length takes one of 1, 2": lambda: corpus.spell((60, 5)),
    "seed takes an integer": lambda: corpus.split(np.zeros(3), seed=-1),
    "size takes an integer >= 1": lambda: corpus.windows([], size=0),
    "stride takes an integer >= 1": lambda: corpus.windows([], stride=0),
    "name takes one of 'most frequent'": lambda: corpus.baseline("?", [], 0),
    r"probabilities takes shape \(2, 240\)":
        lambda: corpus.score(np.ones((2, 3)), NOTES),
    "rows that sum to 1": lambda: corpus.score(ONE_EACH, NOTES[:1]),
}  # fmt: skip


@pytest.mark.parametrize("message", MISTAKES)
def test_what_is_refused_is_named(message):
    with pytest.raises(ValueError, match=message):
        MISTAKES[message]()
