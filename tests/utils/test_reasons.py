"""One function says why the network or the disk refused: true, and short."""

from __future__ import annotations

import errno
import http.server
import os
import re
import shutil
import socket
import ssl
import tempfile
import threading
import urllib.error
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from utils.errors import reason

ROOT = Path(__file__).resolve().parents[2]
PEM = Path(__file__).parent / "fixtures" / "nobody_trusts.pem"
CLAUSE = re.compile(r"[^\n]{5,150}[^.\n]")


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@contextmanager
def server(answer: Callable) -> Iterator[int]:
    """Serve on the loopback; the port."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        do_CONNECT = do_GET  # noqa: N815 - the name that http.server wants

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        yield serving.server_port
        serving.shutdown()


def get(address: str) -> None:
    with requests.get(address, timeout=2) as answer:
        answer.raise_for_status()


def refusal(work: Callable, *given: object) -> str:
    """Do what fails; return the reason given, which must be a clause."""
    with pytest.raises((OSError, ValueError)) as caught:
        work(*given)
    said = reason(caught.value)
    assert CLAUSE.fullmatch(said), said
    assert "object at 0x" not in said
    return said


ADDRESSES = {
    "http://127.0.0.1:1/": "refused",
    "http://reviews.invalid/": "no network, or the server's name is wrong",
    "localhost:18080/": "begins with https:// or http://",
    "reviews": "begins with https:// or http://",
    '"https://reviews.invalid/"': "begins with https:// or http://",
    "http://localhost:word/": "address is not understood",
}


@pytest.mark.parametrize(("address", "told"), ADDRESSES.items())
def test_an_address_that_leads_nowhere(address, told):
    assert told in refusal(get, address)


@pytest.mark.parametrize("name", ["a..b", "a" * 70 + ".example"])
def test_a_name_that_cannot_be_one(name):
    said = refusal(get, f"http://{name}/")
    assert said == "the server's address is not understood"


@pytest.mark.parametrize("status", [404, 429, 503])
def test_a_server_that_says_no(status):
    with server(lambda it: it.send_error(status)) as port:
        said = refusal(get, f"http://127.0.0.1:{port}/")
    assert said == f"the server answers {status}"


def test_a_server_that_says_nothing():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        said = refusal(get, f"http://127.0.0.1:{silent.getsockname()[1]}/")
    assert said == "no answer in time"


PROXIES = {
    407: "asks for a name and a password (407)",
    403: "the proxy lets nothing through",
}


@pytest.mark.parametrize(("status", "told"), PROXIES.items())
def test_a_proxy_that_says_no(monkeypatch, status, told):
    with server(lambda it: it.send_error(status)) as port:
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{port}")
        assert told in refusal(get, "https://reviews.invalid/")


@pytest.mark.parametrize(
    ("proxy", "told"),
    [
        ("http://127.0.0.1:1", "or is not there"),
        ("http://proxy.invalid:80", "or is not there"),
        ("http:///", "the address of the proxy"),
        ("socks5://127.0.0.1:1", "takes the package PySocks"),
    ],
)
def test_a_proxy_that_is_none(monkeypatch, proxy, told):
    monkeypatch.setenv("https_proxy", proxy)
    assert told in refusal(get, "https://reviews.invalid/")


@contextmanager
def tls() -> Iterator[str]:
    """Serve TLS with a certificate of its own; the address."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(PEM)
    listener = socket.create_server(("127.0.0.1", 0))
    with context.wrap_socket(listener, server_side=True) as served:

        def refuse() -> None:
            while served.fileno() >= 0:
                try:
                    served.accept()[0].close()
                except OSError:
                    continue

        threading.Thread(target=refuse, daemon=True).start()
        yield f"https://127.0.0.1:{served.getsockname()[1]}/"


def test_a_certificate_that_nobody_trusts():
    with tls() as address:
        said = refusal(get, address)
    assert "not trusted" in said and "REQUESTS_CA_BUNDLE" in said


@pytest.mark.parametrize("content", [None, "", "no certificate\n"])
def test_a_file_of_certificates_that_is_none(monkeypatch, tmp_path, content):
    bundle = tmp_path / "ca.pem"
    if content is not None:
        bundle.write_text(content)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))
    with tls() as address:
        said = refusal(get, address)
    assert "REQUESTS_CA_BUNDLE names holds no certificate" in said


def test_https_where_http_is_spoken():
    with server(lambda it: it.send_error(400)) as port:
        said = refusal(get, f"https://127.0.0.1:{port}/")
    assert said == "TLS does not come about: does the server speak https?"


VERIFY = "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: "


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("certificate has expired", "clock of this machine"),
        ("certificate is not yet valid", "clock of this machine"),
        ("Hostname mismatch, certificate is not valid", "for another name"),
        ("unable to get local issuer certificate", "name the file of its CA"),
    ],
)
def test_what_is_wrong_with_a_certificate(words, told):
    error = ssl.SSLCertVerificationError(1, f"{VERIFY}{words} (_ssl.c:1000)")
    assert told in reason(error)


def test_a_cluster_that_does_not_answer_is_named():
    late = OSError(
        "Timed out trying to connect to tcp://10.0.0.1:87 after 1 s"
    )
    late.__cause__ = TimeoutError()
    assert reason(late) == "nothing answers at tcp://10.0.0.1:87"


URLLIB = {
    "no network, or the server's name is wrong": socket.gaierror(-2, "Name"),
    "the connection is refused": ConnectionRefusedError(111, "Refused"),
    "the proxy lets nothing through, or is not there": OSError(
        "Tunnel connection failed: 403 Forbidden"
    ),
    "an address of a server begins with https:// or http://": "unknown url "
    "type: localhost",
}


@pytest.mark.parametrize("told", URLLIB)
def test_urllib_is_understood_as_well(told):
    assert reason(urllib.error.URLError(URLLIB[told])) == told


@pytest.mark.parametrize("code", ["EDQUOT", "ENOSPC", "EROFS", "EMFILE"])
def test_the_disk_says_it_itself(code):
    number = getattr(errno, code)
    error = OSError(number, os.strerror(number), "reviews.csv")
    assert reason(error) == f"reviews.csv: {os.strerror(number)}"
    assert reason(error, named=False) == os.strerror(number)


def test_a_file_without_a_name_of_its_own_is_its_folder(tmp_path):
    place = tmp_path / "gone"
    said = refusal(tempfile.mkstemp, ".part", "x", place)
    assert said == f"{place}: {os.strerror(errno.ENOENT)}"


def test_the_first_of_many_files_is_named(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x").symlink_to("nowhere")
    said = refusal(shutil.copytree, tmp_path / "a", tmp_path / "b")
    assert "No such file or directory" in said


@pytest.mark.parametrize("kind", [PermissionError, OSError, EOFError])
def test_an_error_without_words_has_a_name(kind):
    assert reason(kind()) == kind.__name__


def test_what_came_before_is_no_reason_if_it_is_hidden(tmp_path):
    def hide() -> None:
        try:
            raise TimeoutError
        except TimeoutError:
            (tmp_path / "gone").read_bytes()

    said = refusal(hide)
    assert said == "no answer in time"

    def unrelated() -> None:
        try:
            raise TimeoutError
        except TimeoutError:
            raise OSError(errno.ENOSPC, "No space left") from None

    assert refusal(unrelated) == "No space left"


def test_nobody_else_makes_words_of_an_error():
    pattern = re.compile(r"\.strerror\b|SSLError|URLError|gaierror|ProxyError")
    rooms = ("utils", "lessons", "reviews", "leaderboard", "tools", "figures")
    found = [
        path.relative_to(ROOT).as_posix()
        for room in rooms
        for path in (ROOT / room).rglob("*.py")
        if pattern.search(path.read_text("utf-8"))
    ]
    assert found == ["utils/errors.py"]
