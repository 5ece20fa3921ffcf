"""Reviews without labels: read from the archive, kept, and checked."""

import io
import tarfile
from types import SimpleNamespace

import numpy as np
import pytest

from leaderboard import unlabelled
from leaderboard.__main__ import main
from utils.imdb import SourceError, cache

RANKS = {"good": 1, "film": 2}


def archive(folder, members) -> object:
    """Write an archive of name -> content."""
    path = folder / "aclImdb_v1.tar.gz"
    with tarfile.open(path, "w:gz") as out:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            out.addfile(info, io.BytesIO(content))
    return path


def test_only_unlabelled_reviews_are_read(tmp_path):
    members = {
        "aclImdb/train/unsup/7_0.txt": b"A GOOD, good film!",
        "aclImdb/train/unsup/10_0.txt": "É".encode(),
        "aclImdb/train/pos/1_9.txt": b"good",
        "aclImdb/train/unsup/../../evil_0.txt": b"good",
        "aclImdb/train/urls_unsup.txt": b"good",
    }
    path = archive(tmp_path, members)
    assert unlabelled.from_archive(path, RANKS) == [[4, 4, 5], []]


def test_what_is_kept_comes_back(tmp_path):
    unlabelled.save([[4, 5], [], [90_000]], tmp_path)
    assert unlabelled.load(tmp_path).tolist() == [[4, 5], [], [90_000]]
    assert len(unlabelled.load(tmp_path / "nowhere")) == 0


def test_what_is_broken_is_refused_in_a_sentence(tmp_path):
    path = archive(tmp_path, {"aclImdb/README": b"good"})
    with pytest.raises(SourceError, match="no unlabelled review"):
        unlabelled.from_archive(path, RANKS)
    for content in (b"", b"no archive", b"\x1f\x8b\x08\x00truncated"):
        path.write_bytes(content)
        with pytest.raises(SourceError, match="aclImdb"):
            unlabelled.from_archive(path, RANKS)
    unlabelled.save([[4, 5]], tmp_path)
    path = tmp_path / unlabelled.FILE_NAME
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(SourceError, match="damaged"):
        unlabelled.load(tmp_path)


def test_a_full_disk_leaves_nothing(tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez", full)
    with pytest.raises(SourceError, match="No space left"):
        unlabelled.save([[4]], tmp_path)
    assert not [*tmp_path.iterdir()]


def test_the_command_reads_an_archive(tmp_path, monkeypatch, capsys):
    path = archive(tmp_path, {"aclImdb/train/unsup/7_0.txt": b"good film"})
    monkeypatch.setenv(cache.FOLDER_VARIABLE, str(tmp_path / "cache"))
    assert main(["unlabelled", str(path)]) == 1
    assert "the cache is empty" in capsys.readouterr().err
    words = SimpleNamespace(words=b"good\nfilm")
    monkeypatch.setattr(cache, "load", lambda _: words)
    assert main(["unlabelled", str(path)]) == 0
    assert "cached: 1 reviews without labels" in capsys.readouterr().out
    assert unlabelled.load(tmp_path / "cache").tolist() == [[4, 5]]
