"""Places in bar and line, and what the stored runs of lesson 12 say."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.music import chorales, corpus, experiments, metre, results
from lessons.music.chains import (
    BAR,
    LEFT,
    LINE,
    chain,
    chosen,
    counted,
    data,
    questions,
)


@pytest.fixture(scope="module")
def shipped():
    return chorales.load()


def test_a_note_begins_where_the_last_one_ended(shipped):
    ids = metre.metre_ids(shipped)
    mighty = shipped.names.index("bwv80.8")
    # From the second note on: the first one is followed by a rest.
    places = shipped.place[shipped.chorale == mighty]
    assert ids[mighty][1:9, 0].tolist() == places[2:10].tolist()
    # The line ends with the tenth note, 30 sixteenths after its start.
    assert ids[mighty][8:12, 1].tolist() == [13, 0, 2, 4]
    # The next one lasts 32 sixteenths.
    assert ids[mighty][8:12, 2].tolist() == [2, 16, 14, 12]
    every = np.concatenate(ids)
    assert every.min() == 0
    assert every[:, 0].max() < metre.BEATS and every[:, 1:].max() < metre.LINE


def test_eighths_since_the_last_line_ended():
    times = np.array([4, 8, 12, 20, 400])
    found = metre.since(times, [8, 20])
    assert found.tolist() == [2, 0, 2, 0, metre.LINE - 1]


def test_eighths_until_the_next_line_ends():
    times = np.array([4, 7, 8, 12, 20, 400])
    # Half an eighth counts as one; after the last end there is none.
    assert metre.until(times, [8, 20]).tolist() == [2, 1, 6, 4, 0, 0]
    assert metre.until(np.array([3]), []).tolist() == [0]
    assert metre.until(np.array([0]), [400]).tolist() == [metre.LINE - 1]


@given(st.lists(st.integers(1, 60), min_size=1, max_size=8))
def test_since_and_until_make_up_a_line(lengths):
    ends = np.cumsum(lengths)
    times = np.arange(ends[-1])
    both = metre.since(times, ends) + metre.until(times, ends)
    whole = np.repeat(lengths, lengths)
    fits = whole // 2 < metre.LINE - 1
    np.testing.assert_array_equal(
        both[fits & (whole % 2 == 0)] * 2, whole[fits & (whole % 2 == 0)]
    )


def test_columns_of_a_row(shipped):
    x, y = questions("test")
    assert x.shape == y.shape == (1737, 20, 5)
    np.testing.assert_array_equal(x[:, 1:], y[:, :-1])
    rows = data().rows
    number = data().parts.test[0]
    np.testing.assert_array_equal(x[0], rows[number][:20])
    held = shipped.fermata[shipped.chorale == number].astype(bool)
    assert (rows[number][held, LINE] == 0).all()
    assert (rows[number][~held, LEFT] > 0).all()


@pytest.mark.parametrize("number", [0, 63, 200])
def test_places_of_a_sampled_note_follow_from_the_lengths(number):
    row = data().rows[number]
    lasting = experiments.sixteenths(row)
    followed = experiments.next_beat(row[:-1, BAR], lasting[1:])
    # Rests, which are dropped, move the beat: few.
    assert (followed == row[1:, BAR]).mean() > 0.9


def test_bach_keeps_his_own_lines():
    numbers = data().parts.test[:5].tolist()
    bach = [data().rows[n][:, :2] for n in numbers]
    counts = [
        experiments.on_beats(ids, n)
        for ids, n in zip(bach, numbers, strict=True)
    ]
    ends = sum(some["line ends"] for some in counts)
    assert ends == sum(some["line ends: a note"] for some in counts) > 10


def test_beats_count_up_to_the_last_line_end():
    number = data().parts.test[0]
    (ids,) = experiments.only_quarters([number], 400)
    lasting = experiments.sixteenths(ids)
    # Nobody is told that the last line is the last.
    ends = experiments.line_ends(number)[:-1]
    first = lasting[:20].sum()
    counts = experiments.on_beats(ids, number)
    assert counts["line ends"] == (ends > first).sum()
    assert counts["other beats"] <= (ends[-1] - first) / 4
    assert counts["line ends: a half or more"] == 0
    # A melody that stops before a line does is not asked.
    assert experiments.on_beats(ids[:20], number)["other beats"] == 0


@pytest.mark.slow
def test_the_mixture_is_better_than_the_factored_chain():
    x, y = questions("val")
    right = np.arange(len(x)), corpus.pair_ids(y[:, -1, :2])
    pitch, length, _, share = chosen("notes")
    factored = corpus.pair_probabilities(
        *(counted(c, *s, x) for c, s in enumerate((pitch, length)))
    )
    mixed = chain("notes", x)
    np.testing.assert_allclose(mixed.sum(axis=1), 1, atol=1e-5)
    assert 0 < share < 1
    assert np.log(mixed[right]).mean() > np.log(factored[right]).mean()


def test_going_on_keeps_the_theme():
    def always(x):
        return np.eye(corpus.PAIRS)[np.full(len(x), 8 * 10 + 3)]

    numbers = data().parts.test[:2].tolist()
    melodies = experiments.continued(always, numbers, 4, seed=1)
    for melody, number in zip(melodies, numbers, strict=True):
        np.testing.assert_array_equal(
            melody[:20], data().rows[number][:20, :2]
        )
        assert melody[20:].tolist() == [[10, 3]] * 4


def test_the_stored_runs_say_what_the_lesson_says():
    found = results.perplexities()
    chains, lstm = found["chain"], found["LSTM"]
    inputs = list(results.READS.values())
    assert [*chains] == [*lstm] == inputs
    assert all(len(lstm[name]) == 3 for name in inputs)
    means = [np.mean(lstm[name]) for name in inputs]
    assert means[0] > means[1] > means[2]
    # Places help a chain more than a network helps.
    assert max(chains[inputs[2]]) < min(lstm[inputs[0]])
    same, _, placed, left, other = results.leads().values()
    assert all(gain.low > 0 for gain in [*placed, *left])
    assert all(gain.low < 0 for gain in same)
    assert all(gain.high < 0 for gain in other)
    assert len(results.table()) == 8
    ends = results.beats()["line ends", "note"]
    assert ends["Bach"].item() == 1
    halves = results.beats()["line ends", "half"]
    assert halves["Bach"].item() > 0.4 and halves["quarters"].item() == 0
    for model in results.MODELS:
        for inputs in ("and line", "and left"):
            assert results.sung(model, inputs).shape == (80, 2)
    assert results.ends_of_lines("bwv80.8", notes=20).tolist() == [30, 62]


def test_told_the_eighths_left_models_end_lines_as_bach_does():
    found = results.half_notes()
    bach = found["Bach"][""]
    for model in results.MODELS:
        notes, bar, since, left = found[model].values()
        assert all(some.low < 0 < some.high for some in (notes, bar))
        assert since.low > 0 and since.high < bach.value < left.high
        kept = results.beats().loc[model]["line ends", "note"]
        assert kept.iloc[-1] > 0.95 > kept.iloc[:-1].max()
    for line in results.told_left():
        low, high = map(float, line.split("[")[1].rstrip("]").split(","))
        if "left minus since" in line:
            assert low > 0
        if "Bach minus left" in line:
            assert low < (0.02 if "chain" in line else 0) < high


def test_a_difference_is_of_the_same_tunes():
    group = ("chain", "and left")
    assert results.difference(results.kept, group, group) == (0, 0, 0)
    lead = results.difference(results.halves, ("Bach", ""), group)
    back = results.difference(results.halves, group, ("Bach", ""))
    assert (back.low, back.high) == pytest.approx((-lead.high, -lead.low))
