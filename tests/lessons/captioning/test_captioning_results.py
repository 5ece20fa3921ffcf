"""The stored trainings of lesson 14, and what measured them."""

import numpy as np
import pandas as pd
import pytest

from lessons.captioning import digits, experiments, models, results
from lessons.captioning.rows import (
    NONE,
    ROW_LENGTH,
    in_a_row,
    sort_digits,
    spell,
)


@pytest.fixture(scope="module")
def test_part():
    return digits.load().test


def test_digits_stand_in_a_row_from_the_left(test_part):
    rows = in_a_row(test_part, 60, seed=4)
    assert rows.images.shape == (60, 8, 24)
    assert rows.captions.shape == (60, ROW_LENGTH)
    texts = digits.decode(rows.captions)
    assert {len(text.split()) for text in texts} == {1, 2, 3}
    known = {
        image.tobytes(): text
        for image, text in zip(
            test_part.images, digits.decode(test_part.captions), strict=True
        )
    }
    for image, text in zip(rows.images, texts, strict=True):
        parts = [image[:, 8 * k : 8 * k + 8] for k in range(3)]
        named = [known[part.tobytes()] for part in parts if part.any()]
        assert text == " ".join(named)


def test_in_any_order_only_the_order_is_another(test_part):
    tidy = in_a_row(test_part, 200, seed=4)
    free = in_a_row(test_part, 200, any_order=True, seed=4)
    np.testing.assert_array_equal(tidy.images, free.images)
    np.testing.assert_array_equal(
        np.sort(tidy.said, axis=1), np.sort(free.said, axis=1)
    )
    moved = (tidy.said != free.said).any(axis=1).mean()
    assert 0.3 < moved < 0.7
    texts = digits.decode(free.captions)
    assert texts == spell(free.said)


def test_rows_of_one_seed_are_the_same(test_part):
    first, again, other = (
        in_a_row(test_part, 9, any_order=True, seed=seed).said.tolist()
        for seed in (1, 1, 2)
    )
    assert first == again != other


def test_a_word_is_right_in_its_own_place():
    [kept] = {"zero three"} & experiments.KEPT_BACK
    shares = experiments.of_pairs(
        ["zero two", "one one", "six", "six six"],
        [kept, "one one", "six two", "six two"],
    )
    assert shares["whole, kept back"] == 0
    assert shares["left, kept back"] == 1
    assert shares["right, kept back"] == 0
    assert shares["whole, trained"] == pytest.approx(1 / 3)
    assert shares["left, trained"] == 1
    assert shares["right, trained"] == pytest.approx(1 / 3)


def test_a_set_of_digits_counts_each_as_often_as_it_is_there(test_part):
    part = in_a_row(test_part, 3, seed=0)
    part.said[:] = [[6, 2, NONE], [6, 6, 2], [1, NONE, NONE]]
    shares = experiments.of_rows(
        ["two six", "two six", "one"], spell(part.said), part
    )
    assert shares["exact"] == pytest.approx(1 / 3)
    assert shares["any order"] == pytest.approx(2 / 3)
    assert shares["any order, 2"] == 1 and shares["any order, 3"] == 0


def test_every_training_is_stored():
    runs = results.read()
    for task, names in experiments.MODELS.items():
        chosen = runs[runs.task == task]
        assert [*chosen.model.unique()] == [*names]
        for _, group in chosen.groupby(["model", "name"]):
            assert group.seed.tolist() == [*experiments.SEEDS_OF[task]]
    assert results.blind().index.tolist() == [*experiments.BLIND_SEEDS]
    for path, _, seeds, kind in experiments.jobs():
        assert not experiments.missing(path, seeds, **kind)


def test_tables_show_means_of_the_seeds():
    runs = results.read()
    table = results.two_digits(runs)
    two = runs[(runs.task == "two digits") & (runs.model == "decoder")]
    means = two.groupby("name").share.mean()
    assert table.loc["decoder", "kept back"] == (
        f"{means['whole, kept back']:.3f}"
    )
    lost = means["right, trained"] - means["right, kept back"]
    assert table.loc["decoder", "lost, right"].startswith(f"{lost:.3f} [")
    several = results.several_digits(runs)
    assert several.loc["a counter per digit", "left to right"] == "-"
    assert isinstance(several, pd.DataFrame)


def test_shares_by_size_are_means_of_the_seeds():
    runs = results.read()
    table = results.by_size(runs)
    chosen = runs[
        (runs.model == "decoder, any order") & (runs["name"] == "any order, 3")
    ]
    assert table.loc["decoder, any order", "3"] == pytest.approx(
        chosen.share.mean(), abs=1e-3
    )


def test_a_beam_finds_what_greedy_decoding_misses():
    o, t, w, h, n = (digits.encode([letter])[0, 1] for letter in "otwhn")
    after = {
        digits.START: {t: 0.6, o: 0.4},
        t: {w: 0.5, h: 0.5},
        o: {n: 1.0},
    }

    def next_letter(letters, state):
        row = np.zeros((1, len(digits.SYMBOLS)))
        for letter, chance in after.get(letters[0], {digits.END: 1}).items():
            row[0, letter] = chance
        return row, state

    found = models.beam_search(next_letter, None, 4, width=2)
    assert found == ("on", pytest.approx(0.4))
    found = models.beam_search(next_letter, None, 4, width=1)
    assert found[1] == pytest.approx(0.3)


def test_a_decoder_goes_on_after_the_word_that_is_given():
    read, row_of_six = [], digits.encode(["six"])[0]

    def next_letter(letters, state):
        read.append(letters[0])
        row = np.zeros((1, len(digits.SYMBOLS)))
        row[0, row_of_six[len(read) - 4]] = 1
        return row, state

    said = experiments.go_on(next_letter, np.zeros((1, 4)), "two", 4)
    assert said == ["six"]
    given = digits.encode(["two "], 6)[0, :-1]
    assert read[:5] == given.tolist()


def test_differences_of_spelling_are_taken_pair_by_pair():
    table = results.spelling("known hands")
    kinds = ("over ten stored seeds", "over pictures")
    one, other = (table[f"captions - ten outputs, {kind}"] for kind in kinds)
    assert one.split()[0] == other.split()[0] == "-0.005"
    assert one != other
    assert [*results.stored_gaps("known hands")] == [*kinds]


def test_the_neighbour_is_the_same_on_both_splits_of_the_lesson():
    known, last = map(results.spelling, experiments.SPLITS)
    assert (known["nearest neighbour"], last["nearest neighbour"]) == (
        *("0.987", "0.950"),
    )
    assert results.points_lost()["nearest neighbour"] == "3.8"


def test_sorted_captions_name_the_same_digits(test_part):
    free = in_a_row(test_part, 200, any_order=True, seed=4)
    tidy = sort_digits(free)
    assert tidy.images is free.images
    for before, after, text in zip(
        spell(free.said),
        spell(tidy.said),
        digits.decode(tidy.captions),
        strict=True,
    ):
        assert text == after
        assert after.split() == sorted(before.split(), key=digits.WORDS.index)


def test_pairs_are_only_as_sure_as_their_pictures():
    rng = np.random.default_rng(0)
    easy = rng.random(40) < 0.8  # a pair is right if both of its pictures are
    pairs = rng.integers(0, 40, (4000, 2))
    right = easy[pairs].all(axis=1)
    share, low, high = results.over_pictures(right, pairs)
    assert share == right.mean() and low < share < high
    assert high - low > 5 * 2 * np.sqrt(share * (1 - share) / 4000)
    known = results.over_pictures(np.ones(50), pairs[:50])
    assert known == (1, 1, 1)


def test_gaps_are_taken_seed_by_seed():
    gaps = results.gaps(results.read())
    assert gaps["left to right: a classifier per word - decoder"].startswith(
        "0.022"
    )
    assert len(gaps) == 4
