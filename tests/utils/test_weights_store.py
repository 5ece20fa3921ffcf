"""Shipped weights: whole or not at all, and never the wrong ones."""

import hashlib
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaderboard import __main__ as command
from leaderboard.shipped import RECIPES, reviews
from utils.classify import store

ARRAYS = {"kernel": np.arange(6.0).reshape(2, 3), "bias": np.zeros(3)}


@pytest.fixture
def folder(tmp_path):
    """Return a folder that holds weights called "small"."""
    store.save("small", ARRAYS, {"accuracy": 0.8}, tmp_path)
    return tmp_path


def test_what_is_saved_is_read(folder):
    np.testing.assert_equal(store.read("small", folder), ARRAYS)
    assert store.facts("small", folder) == {"accuracy": 0.8}
    assert not [*folder.glob("*.part")]


def test_a_changed_missing_or_other_file_does_not_fit(folder, monkeypatch):
    path = folder / "small.npz"
    content = bytearray(path.read_bytes())
    content[60] ^= 1
    path.write_bytes(content)
    with pytest.raises(store.UnfitError, match="checksum"):
        store.read("small", folder)
    path.unlink()
    with pytest.raises(store.UnfitError, match="cannot be read"):
        store.read("small", folder)
    for version in (1, 3):
        monkeypatch.setattr(store, "VERSION", version)
        with pytest.raises(store.UnfitError, match=f"2, not {version}"):
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


@given(st.integers(1, 9), st.integers(1, 9), st.integers(0, 99))
def test_a_table_in_bytes_is_off_by_half_a_scale(rows, columns, seed):
    rng = np.random.default_rng(seed)
    table = rng.normal(size=(rows, columns)) * 10.0 ** rng.integers(-4, 4)
    table[rng.integers(rows)] = 0
    values, scale = store.in_bytes(table)
    assert values.dtype == np.int8 and scale.shape == (rows,)
    found = store.from_bytes(values, scale)
    assert found.dtype == np.float32
    assert (np.abs(found - table) <= 0.501 * scale[:, None]).all()
    most = np.abs(values).max(axis=1)
    assert (most == np.where(table.any(axis=1), 127, 0)).all()


def test_pickles_are_never_opened(folder):
    path, listed = folder / "small.npz", folder / store.LIST
    np.savez(path, kernel=np.array([{"a": 1}], dtype=object))
    entries = json.loads(listed.read_text())
    entries["small"]["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    listed.write_text(json.dumps(entries))
    with pytest.raises(ValueError, match="allow_pickle"):
        store.read("small", folder)


@pytest.mark.parametrize("name", ["grru", "small"])
def test_weights_that_do_not_fit_are_no_training(folder, name):
    (folder / "small.npz").unlink()
    with pytest.raises(store.UnfitError, match="git checkout") as error:
        store.load(name, folder)
    said = str(error.value)
    assert "\n" not in said and ". " not in said
    assert repr(name) in said and str(folder) in said


@pytest.mark.parametrize("name", RECIPES)
def test_the_weights_in_the_repository_fit(name):
    assert store.read(name)
    path = store.FOLDER / f"{name}.npz"
    assert path.stat().st_size < RECIPES[name].largest


def test_the_command_names_what_there_is(capsys):
    assert command.main(["weights"]) == 0
    said = capsys.readouterr().out
    assert all(name in said for name in RECIPES)
    with pytest.raises(SystemExit):
        command.main(["weights", "--train", "lsmt"])
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


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))))
def test_any_words_come_back(words):
    assert store.unpacked(store.packed(words), len(words)) == words


def test_every_white_space_comes_back():
    spaces = [chr(n) for n in range(0x110000) if chr(n).isspace()]
    words = [*spaces, *(f"a{space}b" for space in spaces), ""]
    assert "\x85" in words
    assert store.unpacked(store.packed(words), len(words)) == words


@pytest.mark.parametrize("rows", [1, 3])
def test_as_many_words_as_rows(rows):
    with pytest.raises(store.UnfitError, match=f"2 words for {rows} rows"):
        store.unpacked(store.packed(["a", "b"]), rows)
