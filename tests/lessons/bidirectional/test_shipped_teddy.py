"""The taggers of lesson 09: its sentences, its sizes, its result."""

from pathlib import Path

import nbformat
import numpy as np
import pytest

from lessons.bidirectional import teddy
from utils.classify import store

LESSON = Path(__file__).parents[3] / "notebooks" / "09_bidirectional.ipynb"


def lesson_data():
    """Run the cells of the lesson that make its sentences."""
    cells = nbformat.read(LESSON, as_version=4).cells
    starts = ("neutral = ", "def tagged(", "clue_after = ", "words, tags, ")
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
    assert ours.words.shape == (1152, teddy.TIMESTEPS)
    assert ours.clue_after.sum() == len(lesson["clue_after"]) == 768


@pytest.mark.slow
@pytest.mark.parametrize("name", teddy.UNITS)
def test_training_gives_what_the_lesson_tells(name):
    arrays, facts = teddy.trained(name)
    expected = {
        "teddy_forward": (0.5, 1),
        "teddy_backward": (1, 0.5),
        "teddy_both": (1, 1),
    }
    shares = [facts["clue_after"], facts["clue_before"]]
    assert shares == pytest.approx(expected[name], abs=0.02)
    assert facts["elsewhere"] > 0.99
    words = store.unpacked(arrays["words"], len(arrays["embedding"]))
    assert words == sorted({*teddy.sentences().words.ravel()})
    assert arrays["embedding"].shape == (len(words), teddy.WIDTH)
    readers = [key for key in arrays if key.endswith("kernel")]
    assert ("backward_kernel" in readers) == (name != "teddy_forward")
    units = teddy.UNITS[name]
    kernels = [key for key in readers if key.endswith("recurrent_kernel")]
    assert len(kernels) == (2 if name == "teddy_both" else 1)
    assert {arrays[key].shape for key in kernels} == {(units, 4 * units)}


def test_halves_are_exact_by_construction():
    """Each side alone stands as often before a thing as before a person."""
    data = teddy.sentences()
    new = data.held_out
    pairs = [{(a, b) for a, b in data.words[m][:, 2:4]} for m in (new, ~new)]
    assert not pairs[0] & pairs[1]
    assert {("teddy", "bears"), ("teddy", "roosevelt")} <= pairs[0]
    for kind, side in (
        (data.clue_after, slice(3)),
        (~data.clue_after, slice(2, None)),
    ):
        texts = data.words[new & kind][:, side]
        is_name = data.is_name[new & kind][:, 2]
        _, group = np.unique(texts, axis=0, return_inverse=True)
        for number in range(group.max() + 1):
            assert is_name[group.ravel() == number].mean() == 0.5
