"""Music: tunes and splits, ids and rows, baselines and scores."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from utils.tasks import music
from utils.tasks.tunes import Split

WHITE = (0, 2, 4, 5, 7, 9, 11)
grid_notes = st.tuples(
    st.integers(music.LOWEST, music.HIGHEST), st.sampled_from(music.LENGTHS)
)
any_ids = st.tuples(
    st.integers(0, music.PITCHES - 1), st.integers(0, len(music.LENGTHS) - 1)
)


@pytest.fixture(scope="module")
def corpus():
    return music.load()


@pytest.fixture(scope="module")
def melodies(corpus):
    return music.transposed(corpus)


@pytest.fixture(scope="module")
def tune(melodies):
    return music.tunes(melodies)


@pytest.fixture(scope="module")
def ids(melodies):
    return [music.encode(melody) for melody in melodies]


# One key for all


def test_transposition_moves_melodies_as_a_whole(corpus, melodies):
    assert len(melodies) == 364
    for number, melody in enumerate(melodies):
        notes = corpus.chorale == number
        (moved,) = set(melody[:, 0] - corpus.pitch[notes])
        assert -6 <= moved <= 5
        assert (moved + 7 * int(corpus.sharps[number])) % 12 == 0
        np.testing.assert_array_equal(melody[:, 1], corpus.length[notes])


def test_transposition_leaves_hardly_any_black_key(corpus, melodies):
    moved = np.concatenate(melodies)[:, 0]
    assert np.isin(corpus.pitch % 12, WHITE).mean() < 0.81
    assert np.isin(moved % 12, WHITE).mean() > 0.96
    assert (moved.min(), moved.max()) == (music.LOWEST, music.HIGHEST)


# Tunes and splits


def test_the_tunes_of_the_corpus(tune):
    numbers, sizes = np.unique(tune, return_counts=True)
    assert len(tune) == 364
    assert len(numbers) == 205
    assert sizes.max() == 11
    assert sizes[sizes > 1].sum() == 223


def test_settings_that_are_known_to_share_a_tune_do(corpus, tune):
    of = dict(zip(corpus.names, tune, strict=True))
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
    assert music.tunes(melodies[:3]).tolist() == [0, 1, 1]
    # The last one has half of either, and so links them all.
    assert music.tunes(melodies).tolist() == [0, 0, 0, 0]


def test_no_chorale_and_no_tune_is_in_two_parts(tune):
    for seed in range(5):
        parts = music.split(tune, seed=seed)
        everything = np.concatenate(parts)
        assert sorted(everything) == list(range(364))
        of = [set(tune[part]) for part in parts]
        assert not of[0] & of[1] and not of[0] & of[2] and not of[1] & of[2]
        shares = [len(part) / 364 for part in parts]
        assert shares == pytest.approx([0.70, 0.15, 0.15], abs=0.03)


def test_no_melody_of_the_test_part_is_in_training(melodies, tune):
    parts = music.split(tune)
    learned = {tuple(np.diff(melodies[n][:, 0])) for n in parts.train}
    asked = {tuple(np.diff(melodies[n][:, 0])) for n in parts.test}
    assert not learned & asked


def test_a_split_by_file_parts_tunes(tune):
    parts = music.split(np.arange(364))
    known = np.isin(tune[parts.test], tune[parts.train]).mean()
    assert known == pytest.approx(0.58, abs=0.01)


def test_a_seed_gives_its_split_again(tune):
    first, same, other = (music.split(tune, seed=s) for s in (3, 3, 4))
    assert isinstance(first, Split)
    np.testing.assert_array_equal(first.test, same.test)
    assert not np.array_equal(first.test, other.test)


# Ids


@given(st.lists(grid_notes, min_size=1, max_size=40))
def test_notes_come_back_from_their_ids(notes):
    notes = np.array(notes)
    np.testing.assert_array_equal(music.decode(music.encode(notes)), notes)


@given(st.lists(any_ids, min_size=1, max_size=40))
def test_ids_come_back_from_their_notes(ids):
    ids = np.array(ids)
    np.testing.assert_array_equal(music.encode(music.decode(ids)), ids)


@given(st.integers(1, 64))
def test_a_length_takes_the_nearest_id(length):
    kept = music.decode(music.encode(np.array([60, length])))[1]
    distances = [abs(length - known) for known in music.LENGTHS]
    assert abs(length - kept) == min(distances)


def test_every_pair_has_an_id_of_its_own():
    grid = np.stack(np.indices((music.PITCHES, 8)), axis=-1)
    pairs = music.pair_ids(grid)
    assert music.PAIRS == 240
    assert sorted(pairs.ravel()) == list(range(240))
    assert divmod(int(pairs[7, 3]), 8) == (7, 3)


@given(st.integers(0, 99))
def test_the_probability_of_a_pair_is_a_product(seed):
    rng = np.random.default_rng(seed)
    pitch = rng.dirichlet(np.ones(music.PITCHES), size=3)
    length = rng.dirichlet(np.ones(8), size=3)
    both = music.pair_probabilities(pitch, length)
    assert both.shape == (3, music.PAIRS)
    np.testing.assert_allclose(both.sum(axis=1), 1)
    place = music.pair_ids(np.array([4, 2]))
    assert both[1, place] == pytest.approx(pitch[1, 4] * length[1, 2])


def test_notes_in_words():
    assert music.spell((60, 4)) == "C4 quarter"
    assert music.spell(np.array([81, 12])) == "A5 dotted half"
    assert music.spell((70, 2)) == "A#4 eighth"


# Rows


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
            music.windows(melodies, size=size, stride=stride)
        return
    x, y = music.windows(melodies, size=size, stride=stride)
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
    moved_x, moved_y = music.in_more_keys(x, y, semitones)
    fitting = [
        s
        for s in semitones
        if min(pitches) + s >= 0 and max(pitches) + s < music.PITCHES
    ]
    assert len(moved_x) == len(moved_y) == len(fitting)
    for place, distance in enumerate(fitting):
        for before, after in ((x, moved_x), (y, moved_y)):
            np.testing.assert_array_equal(
                after[place], before[0] + [distance, 0]
            )


def test_the_held_out_questions(ids, tune):
    parts = music.split(tune)
    x, y = music.windows([ids[n] for n in parts.test])
    assert x.shape == y.shape == (1737, 20, 2)
    assert x.dtype == np.int32
    np.testing.assert_array_equal(x[:, 1:], y[:, :-1])


# Baselines and scores


@pytest.fixture(scope="module")
def held_out(ids, tune):
    parts = music.split(tune)
    x, y = music.windows([ids[n] for n in parts.test])
    train = [ids[n] for n in parts.train]
    return train, x, y[:, -1]


def test_the_baselines_rank_as_the_lesson_says(held_out):
    train, x, bach = held_out
    scores = {
        name: music.score(music.baseline(name, train, x), bach)
        for name in music.BASELINES
    }
    frequent, repeat, first, second = scores.values()
    assert frequent.accuracy == pytest.approx(0.075, abs=0.001)
    assert frequent.perplexity == pytest.approx(41.6, abs=0.1)
    assert repeat.accuracy == pytest.approx(0.112, abs=0.001)
    assert first.accuracy == pytest.approx(0.282, abs=0.001)
    assert second.accuracy == pytest.approx(0.333, abs=0.001)
    assert first.perplexity == pytest.approx(13.5, abs=0.1)
    assert second.perplexity == pytest.approx(12.4, abs=0.1)
    assert repeat.perplexity < frequent.perplexity


@pytest.mark.parametrize("name", music.BASELINES)
def test_every_baseline_gives_probabilities(held_out, name):
    train, x, _ = held_out
    answer = music.baseline(name, train, x[:50])
    np.testing.assert_allclose(answer.sum(axis=1), 1)
    assert answer.shape == (50, music.PAIRS)


def test_two_baselines_answer_what_their_names_say(held_out):
    train, x, _ = held_out
    repeat = music.baseline("repeat", train, x[:50]).argmax(axis=1)
    np.testing.assert_array_equal(repeat, music.pair_ids(x[:50, -1]))
    counts = np.bincount(music.pair_ids(np.concatenate(train)))
    frequent = music.baseline("most frequent", train, x[:50])
    assert set(frequent.argmax(axis=1)) == {counts.argmax()}


def test_scores_of_answers_that_are_known():
    notes = np.array([[0, 0], [1, 1], [2, 2], [3, 3]])
    even = np.full((4, music.PAIRS), 1 / music.PAIRS)
    assert music.score(even, notes).perplexity == pytest.approx(240)
    sure = np.eye(music.PAIRS)[music.pair_ids(notes)]
    assert music.score(sure, notes) == (1.0, 1.0)
    half = 0.5 * sure + 0.5 * np.roll(sure, 1, axis=1)
    assert music.score(half, notes).perplexity == pytest.approx(2)
    assert music.score(np.roll(sure, 1, axis=1), notes) == (0.0, np.inf)


def test_the_right_pitch_with_a_wrong_length_is_wrong():
    sure = np.eye(music.PAIRS)[music.pair_ids(np.array([[5, 3]]))]
    assert music.score(sure, np.array([[5, 2]])).accuracy == 0


def test_a_gain_and_its_interval():
    rng = np.random.default_rng(0)
    tune = np.repeat(np.arange(40), 25)
    notes = np.zeros((1000, 2), dtype=int)
    others = np.full((1000, music.PAIRS), 1 / music.PAIRS)
    answers = others.copy()
    answers[:, 0] *= np.exp(0.3 + 0.1 * rng.normal(size=40))[tune]
    gain = music.gain_over_tunes(answers, others, notes, tune)
    assert gain.low < gain.value < gain.high
    assert gain.value == pytest.approx(0.3, abs=0.05)
    # The tunes scatter, not the notes: 1.96 * 0.1 / sqrt(40) to a side.
    assert gain.high - gain.low == pytest.approx(0.062, abs=0.02)
    nothing = music.gain_over_tunes(others, others, notes, tune)
    assert nothing == (0, 0, 0)


@pytest.mark.parametrize(
    ("call", "match"),
    [
        (lambda: music.encode(np.array([54, 4])), "pitch takes 55 to 84"),
        (lambda: music.encode(np.array([60, 0])), "length takes 1 to"),
        (lambda: music.encode(np.array([60.0, 4.0])), "notes takes integers"),
        (lambda: music.encode(np.array([60, 4, 1])), "shape"),
        (lambda: music.decode(np.array([30, 0])), "pitch id takes 0 to 29"),
        (lambda: music.decode(np.array([0, 8])), "length id takes 0 to 7"),
        (lambda: music.spell((60, 5)), "length takes one of 1, 2"),
        (lambda: music.split(np.zeros(3), seed=-1), "seed takes an integer"),
        (lambda: music.windows([], size=0), "size takes an integer >= 1"),
        (lambda: music.windows([], stride=0), "stride takes an integer >= 1"),
        (
            lambda: music.baseline("Markov 9", [], np.zeros((1, 20, 2))),
            "name takes one of 'most frequent'",
        ),
        (
            lambda: music.score(np.ones((2, 3)), np.zeros((2, 2), dtype=int)),
            r"probabilities takes shape \(2, 240\)",
        ),
        (
            lambda: music.score(
                np.ones((1, music.PAIRS)), np.zeros((1, 2), dtype=int)
            ),
            "rows that sum to 1",
        ),
    ],
)
def test_what_is_refused_is_named(call, match):
    with pytest.raises(ValueError, match=match):
        call()
