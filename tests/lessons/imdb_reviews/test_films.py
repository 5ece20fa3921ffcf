"""Neighbours in the archive, and the names they share."""

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


def test_pairs_of_neighbours_are_counted():
    names = [{"A"}, {"A", "B"}, {"B"}, set()]
    assert films.share_a_name(names, np.array([0, 1, 2, 3])) == 2 / 3
    assert films.share_a_name(names, np.array([0, 2, 1])) == 1 / 2


@pytest.mark.slow
def test_every_file_has_its_number():
    numbers = imdb.archive_numbers()
    (_, labels), _ = imdb.load_data()
    for label in (0, 1):
        own = np.sort(numbers[labels == label])
        assert (own == np.arange(12_500)).all()


def test_names_are_cut_out_of_their_own_text_only():
    texts = ["Rome and Teddy", "Rome, rome"]
    cut = films.without_names(texts, [{"Teddy"}, {"Rome"}])
    assert cut == ["Rome and ", ", rome"]
