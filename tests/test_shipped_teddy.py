"""The taggers of lesson 09: its sentences, its sizes, its result."""

from pathlib import Path

import nbformat
import numpy as np
import pytest

from utils.shipped import teddy

LESSON = Path(__file__).parents[1] / "notebooks" / "09_bidirectional.ipynb"


def lesson_data():
    """Run the cells of the lesson that make its sentences."""
    cells = nbformat.read(LESSON, as_version=4).cells
    starts = ("openings = ", "def tagged(", "words, tags, held_out = ")
    sources = [cell.source for cell in cells if cell.source.startswith(starts)]
    assert len(sources) == len(starts)
    names = {"np": np}
    exec("from itertools import product\n" + "\n".join(sources), names)
    return names


def test_sentences_are_those_of_the_lesson():
    lesson, ours = lesson_data(), teddy.sentences()
    assert np.array_equal(ours.words, lesson["words"])
    assert np.array_equal(ours.is_name, lesson["tags"])
    assert np.array_equal(ours.held_out, lesson["held_out"])
    assert ours.words.shape == (768, teddy.TIMESTEPS)


@pytest.mark.parametrize("name", teddy.UNITS)
def test_training_gives_what_the_lesson_tells(name):
    arrays, facts = teddy.trained(name)
    expected = {"teddy_forward": (0.5, 0.5), "teddy_both": (0.98, 1)}
    low, high = expected[name]
    assert low <= facts["accuracy_at_third_word"] <= high
    assert facts["accuracy_elsewhere"] > 0.99
    words = arrays["words"].tobytes().decode().split("\n")
    assert words == sorted({*teddy.sentences().words.ravel()})
    assert arrays["embedding"].shape == (len(words), teddy.WIDTH)
    readers = [key for key in arrays if key.endswith("kernel")]
    assert ("backward_kernel" in readers) == (name == "teddy_both")
    units = teddy.UNITS[name]
    assert arrays["recurrent_kernel"].shape == (units, 4 * units)
