"""The real 25,000 reviews, and Keras's own code on the reference data."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import tracemalloc
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from utils import imdb
from utils.imdb import cache, corpus, keras_files, load
from utils.imdb.arrays import to_arrays
from utils.imdb.text import Convention

pytestmark = pytest.mark.slow  # takes seconds

REFERENCE = Path(__file__).parents[3] / "shared" / "imdb"

PROGRAM = """
import hashlib, json, sys
from utils import imdb
(x_train, y_train), _ = imdb.load_data(num_words=500)
text = json.dumps([x_train.tolist(), y_train.tolist()])
print(hashlib.sha256(text.encode()).hexdigest())
"""


@pytest.fixture(scope="module")
def real_cache(tmp_path_factory) -> Path:
    """A cache that two processes filled at once from the real package."""
    folder = tmp_path_factory.mktemp("real")
    environment = os.environ | {cache.FOLDER_VARIABLE: str(folder)}
    pipes = dict.fromkeys(["stdout", "stderr"], subprocess.PIPE)
    run = [sys.executable, "-c", PROGRAM]
    processes = [
        subprocess.Popen(run, env=environment, text=True, **pipes)
        for _ in range(2)
    ]
    outputs = [process.communicate() for process in processes]
    assert [errors for _, errors in outputs] == ["", ""]
    (folder / "outputs.json").write_text(json.dumps(outputs))
    return folder


@pytest.fixture
def reviews(real_cache: Path, monkeypatch):
    """Return load_data bound to the real cache, and to nothing else."""
    monkeypatch.setattr(load, "_loaded", [])
    monkeypatch.setenv(cache.FOLDER_VARIABLE, str(real_cache))
    return partial(imdb.load_data, source="cache")


def test_two_processes_at_once_give_the_same(real_cache: Path):
    outputs = json.loads((real_cache / "outputs.json").read_text())
    checksums = {output.splitlines()[-1] for output, _ in outputs}
    assert len(checksums) == 1
    names = {path.name for path in real_cache.iterdir()}
    assert cache.FILE_NAME in names
    assert not [name for name in names if name.endswith(".part")]


def test_lengths_of_the_lecture(reviews):
    """The two numbers of notebook 16."""
    from sklearn.model_selection import train_test_split

    (x_train, y_train), (x_test, y_test) = reviews(num_words=500)
    fifth = {"test_size": 0.2, "random_state": 42}
    train, valid, *_ = train_test_split(x_train, y_train, **fifth)
    lengths = np.array([len(review) for review in train])
    assert lengths.mean() == 239.00925
    assert np.median(lengths) == 178.0
    assert len(valid) == 5000
    assert len(x_test) == len(y_test) == 0


def test_arrays_are_as_keras_gives_them(reviews):
    (x_train, y_train), (x_test, y_test) = reviews()
    for x, y, count in ((x_train, y_train, 25000), (x_test, y_test, 0)):
        assert x.shape == y.shape == (count,)
        assert x.dtype == object
        assert y.dtype == np.int64
    assert y_train.sum() == 12500
    assert {type(review) for review in x_train} == {list}
    assert {type(number) for number in x_train[0]} == {int}
    assert max(map(max, x_train)) == 88586
    assert len({id(review) for review in x_train}) == 25000


def test_texts_belong_to_the_reviews(reviews):
    (x_train, _), _ = reviews(num_words=500)
    texts = imdb.texts("train")
    for i in range(0, 25000, 97):
        assert imdb.encode(texts[i], num_words=500) == x_train[i]
    words = " ".join(imdb.tokens(texts[0]))
    assert imdb.decode(imdb.encode(texts[0])) == words
    description = imdb.describe()
    assert description.train_reviews == 25000
    assert description.words == 88584
    assert description.checksum == corpus.EXPECTED["train"]


def test_ints_are_shared(reviews):
    """A new int for every word would take 170 MB more."""
    gc.collect()
    tracemalloc.start()
    try:
        kept = reviews()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(kept[0][0]) == 25000
    assert peak < 130e6


needs_reference = pytest.mark.skipif(
    not (REFERENCE / "imdb.npz").is_file(),
    reason="the reference data ../shared/imdb are not here",
)


@pytest.fixture(scope="module")
def reference() -> corpus.Corpus:
    """The reference data; `from_folder` compares their content."""
    return keras_files.from_folder(REFERENCE)


@needs_reference
def test_package_and_reference_agree_to_the_last_word(real_cache, reference):
    cached = cache.load(real_cache)
    assert cached.origin == "package"
    assert cached.words == reference.words
    for name in ("ranks", "offsets", "labels"):
        ours = getattr(cached.train, name)
        assert np.array_equal(ours, getattr(reference.train, name)), name


@needs_reference
def test_ids_differ_from_keras_among_equals_only(reference):
    index = json.loads((REFERENCE / "imdb_word_index.json").read_text())
    words = reference.words.decode().split("\n")
    counts = np.bincount(reference.train.ranks)[1:]
    count_of = dict(zip(words, counts.tolist(), strict=True))
    by_keras = sorted(index, key=index.__getitem__)
    assert [count_of[word] for word in by_keras] == counts.tolist()
    assert by_keras != words
    assert by_keras[:201] == words[:201]
    assert by_keras[201:203] == ["own", "action"]
    assert words[201:203] == ["action", "own"]
    assert set(by_keras[:496]) == set(words[:496])


@pytest.fixture(scope="module")
def keras_loader(reference, tmp_path_factory):
    """Keras's own load_data, on every 50th review of the reference."""
    from utils import runtime

    runtime.start()
    from keras.src.datasets import imdb as keras_imdb

    path = tmp_path_factory.mktemp("keras") / "imdb.npz"
    arrays, splits = {}, []
    for name in ("train", "test"):
        split = getattr(reference, name)
        parts = np.split(split.ranks, split.offsets[1:-1])[::50]
        arrays[f"x_{name}"] = np.empty(len(parts), dtype=object)
        arrays[f"x_{name}"][:] = [part.tolist() for part in parts]
        arrays[f"y_{name}"] = split.labels[::50].astype(np.int64)
        offsets = corpus.offsets_of(map(len, parts))
        ranks = np.concatenate(parts)
        splits.append(corpus.Split(ranks, offsets, split.labels[::50]))
    np.savez(path, **arrays)
    part = corpus.Corpus(*splits, reference.words, "keras")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keras_imdb, "get_file", lambda **_: str(path))
        yield keras_imdb.load_data, part


@pytest.mark.slow
@needs_reference
@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"num_words": 500},
        {"num_words": 1},
        {"num_words": 2},
        {"num_words": 10**6},
        {"skip_top": 20},
        {"skip_top": 20, "num_words": 500, "oov_char": None},
        {"oov_char": None},
        {"oov_char": 7, "num_words": 300},
        {"start_char": None},
        {"start_char": None, "index_from": 0},
        {"start_char": None, "index_from": 5, "oov_char": None},
        {"start_char": 0, "num_words": 100},
        {"start_char": 10**6},
        {"start_char": 10**6, "oov_char": None},
        {"start_char": 600, "num_words": 500},
        {"index_from": 0},
        {"index_from": 10, "num_words": 100, "skip_top": 15},
        {"maxlen": 100},
        {"maxlen": 100, "start_char": None},
        {"maxlen": 60, "num_words": 500, "seed": 7},
        {"seed": 0},
        {"seed": 2**32 - 1, "num_words": 50},
    ],
    ids=str,
)
def test_arguments_mean_what_they_mean_in_keras(keras_loader, arguments):
    load_data, part = keras_loader
    rest = dict(arguments)
    maxlen, seed = rest.pop("maxlen", None), rest.pop("seed", 113)
    ours = to_arrays(part, Convention(**rest), maxlen, seed)
    theirs = load_data(**arguments)
    for (x, y), (x_keras, y_keras) in zip(ours, theirs, strict=True):
        assert len(x) > 0
        assert x.tolist() == x_keras.tolist()
        assert y.tolist() == y_keras.tolist()
        assert x.dtype == x_keras.dtype
        assert y.dtype == y_keras.dtype


@needs_reference
def test_maxlen_that_leaves_nothing(keras_loader):
    load_data, part = keras_loader
    with pytest.raises(ValueError, match="no sequence was kept"):
        load_data(maxlen=5)
    with pytest.raises(ValueError, match="maxlen=5 leaves no review"):
        to_arrays(part, Convention(), 5, 113)
