"""Neighbours in the archive, and the names they share."""

import os
import subprocess
import sys

import numpy as np
import pytest

from lessons.imdb_reviews import films
from utils import imdb


def test_rare_names_are_capitalised_and_rare():
    texts = ["I saw Teddy", "Teddy in Rome", "in Rome", "rome and ROME"]
    found = films.rare_names(texts, fewer_than=2)
    assert found == [set(), set(), set(), set()]
    found = films.rare_names(texts, fewer_than=3)
    assert found == [{"Teddy"}, {"Teddy", "Rome"}, {"Rome"}, set()]


def test_a_word_that_is_more_often_small_is_no_name():
    texts = ["Human and Rome", "Human", "human", "so human", "in Rome"]
    found = films.rare_names(texts, fewer_than=3)
    assert found == [{"Rome"}, set(), set(), set(), {"Rome"}]


def test_a_film_is_found_again_under_the_other_label():
    names = [{"A"}, {"A", "D"}, set(), {"B"}, {"A", "C"}, {"B"}]
    labels = np.array([0, 0, 0, 0, 1, 1])
    numbers = np.array([7, 8, 30, 12, 40, 2])
    groups = films.groups(names, labels, numbers)
    assert groups[0] == groups[1] == groups[4]
    assert groups[3] == groups[5]
    assert len({groups[0], groups[2], groups[3]}) == 3


def test_what_stands_between_two_of_a_film_is_of_that_film():
    names = [{"A"}, set(), {"A"}, {"B"}, {"B"}]
    groups = films.groups(names, np.array([0, 0, 0, 0, 1]), np.arange(5))
    assert groups.tolist() == [groups[0]] * 3 + [groups[3]] * 2
    assert groups[0] != groups[3]


def test_pairs_of_neighbours_are_counted():
    names = [{"A"}, {"A", "B"}, {"B"}, set()]
    assert films.share_a_name(names, np.array([0, 1, 2, 3])) == 2 / 3
    assert films.share_a_name(names, np.array([0, 2, 1])) == 1 / 2


@pytest.mark.slow
def test_every_file_has_its_number():
    numbers = films.archive_numbers()
    (_, labels), _ = imdb.load_data()
    for label in (0, 1):
        own = np.sort(numbers[labels == label])
        assert (own == np.arange(12_500)).all()


def test_names_are_cut_out_of_their_own_text_only():
    texts = ["Rome and Teddy", "Rome, rome"]
    cut = films.without_names(texts, [{"Teddy"}, {"Rome"}])
    assert cut == ["Rome and ", ", rome"]


def test_the_margin_counts_groups_and_not_reviews():
    generator = np.random.default_rng(0)
    one, other = generator.random((2, 400)) < 0.5
    each = one * 1.0 - other
    mean, margin = films.difference(one, other, np.arange(400))
    assert mean == pytest.approx(each.mean())
    assert margin == pytest.approx(1.96 * each.std() / 20)
    # The same reviews four times over tell no more than once.
    four = [np.tile(values, 4) for values in (one, other, np.arange(400))]
    assert films.difference(*four) == pytest.approx((mean, margin))


@pytest.mark.slow
def test_groups_do_not_depend_on_how_a_process_hashes():
    program = (
        "import numpy as np\n"
        "from lessons.imdb_reviews import films\n"
        "draw = np.random.default_rng(0)\n"
        "words = [f'Name{n}' for n in range(40)]\n"
        "names = [{*draw.choice(words, 6)} for _ in range(300)]\n"
        "labels = draw.integers(0, 2, 300)\n"
        "names[150:] = names[:150]\n"
        "films.REACH = 1\n"
        "print(*films.groups(names, labels, np.arange(300)))\n"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in range(4)
    }
    assert len(said) == 1
