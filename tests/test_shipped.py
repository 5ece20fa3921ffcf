"""Shipped weights: whole or not at all, and never the wrong ones."""

import hashlib
import json

import numpy as np
import pytest

from utils import shipped
from utils.shipped import __main__ as command
from utils.shipped import recipes, reviews, store

ARRAYS = {"kernel": np.arange(6.0).reshape(2, 3), "bias": np.zeros(3)}


@pytest.fixture
def folder(tmp_path):
    """Return a folder that holds weights called "small"."""
    store.save("small", ARRAYS, {"accuracy": 0.8}, tmp_path)
    return tmp_path


def test_what_is_saved_is_read(folder):
    arrays = store.read("small", folder)
    assert {*arrays} == {*ARRAYS}
    for name, array in ARRAYS.items():
        np.testing.assert_array_equal(arrays[name], array)
    assert store.facts("small", folder) == {"accuracy": 0.8}
    assert not [*folder.glob("*.part")]


def test_one_changed_byte_does_not_fit(folder):
    path = folder / "small.npz"
    content = bytearray(path.read_bytes())
    content[60] ^= 1
    path.write_bytes(content)
    with pytest.raises(store.UnfitError, match="checksum"):
        store.read("small", folder)


def test_another_version_does_not_fit(folder, monkeypatch):
    monkeypatch.setattr(store, "VERSION", store.VERSION + 1)
    with pytest.raises(store.UnfitError, match="version 1, not 2"):
        store.read("small", folder)


def test_a_missing_file_does_not_fit(folder):
    (folder / "small.npz").unlink()
    with pytest.raises(store.UnfitError, match="cannot be read"):
        store.read("small", folder)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"small": 3}', "{}"])
def test_a_damaged_list_does_not_fit(folder, text):
    (folder / store.LIST).write_text(text)
    with pytest.raises(store.UnfitError, match="not in the list"):
        store.read("small", folder)
    assert store.facts("small", folder) == {}


def test_weights_above_a_megabyte_are_refused(tmp_path):
    noise = np.random.default_rng(0).random(200_000)
    with pytest.raises(ValueError, match="below 1,000,000 bytes"):
        store.save("large", {"noise": noise}, {}, tmp_path)
    assert not [*tmp_path.iterdir()]


def test_pickles_are_never_opened(folder):
    content = {"kernel": np.array([{"a": 1}], dtype=object)}
    np.savez(folder / "small.npz", **content)
    entries = json.loads((folder / store.LIST).read_text())
    digest = hashlib.sha256((folder / "small.npz").read_bytes()).hexdigest()
    entries["small"]["sha256"] = digest
    (folder / store.LIST).write_text(json.dumps(entries))
    with pytest.raises(ValueError, match="allow_pickle"):
        store.read("small", folder)


def test_unknown_weights_are_named():
    with pytest.raises(ValueError, match=r"name takes one of .*gru.*'grru'"):
        shipped.load("grru")


def test_weights_that_do_not_fit_are_trained_once(
    tmp_path, monkeypatch, capsys
):
    trainings = []

    def make():
        trainings.append(1)
        return ARRAYS, {}

    monkeypatch.setenv("RNN_COURSE_CACHE", str(tmp_path))
    monkeypatch.setitem(recipes.RECIPES, "lost", recipes.Recipe(make, 2))
    first, second = shipped.load("lost"), shipped.load("lost")
    np.testing.assert_array_equal(first["kernel"], second["kernel"])
    assert len(trainings) == 1
    said = capsys.readouterr().out
    assert said.count("\n") == 1
    assert "'lost'" in said
    assert "about 2 min" in said


@pytest.mark.parametrize("name", recipes.RECIPES)
def test_the_weights_in_the_repository_fit(name):
    assert store.read(name)
    size = (store.FOLDER / f"{name}.npz").stat().st_size
    assert size < recipes.RECIPES[name].largest


def test_the_command_lists_all_weights(capsys):
    assert command.main([]) == 0
    said = capsys.readouterr().out
    assert all(name in said for name in recipes.RECIPES)


def test_the_command_names_what_there_is(capsys):
    with pytest.raises(SystemExit):
        command.main(["train", "lsmt"])
    assert "lstm" in capsys.readouterr().err


def test_pieces_are_cut_from_their_review():
    review = np.arange(2, 402)
    rows, labels = reviews._pieces([review, review[:9]], np.array([1, 0]))
    assert rows.shape == (4, reviews.LONGEST)
    assert labels.tolist() == [1, 0, 1, 0]
    assert rows[0].tolist() == review[-reviews.LONGEST :].tolist()
    for row in rows:
        words = row[row > 0]
        assert len(words) >= reviews.SHORTEST
        assert (np.diff(words) == 1).all()
        assert not row[len(words) :].any()


def test_own_ids_leave_room_for_padding_and_the_unknown():
    # Keras: 1 starts a review, 2 is unknown, 4 the most frequent word.
    assert reviews._own_ids([1, 4, 2, 5]).tolist() == [2, 1, 3]
