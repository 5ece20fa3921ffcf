"""A model of your own: what it learns from, what is kept, what is refused."""

import csv
import json
import random
import subprocess
import sys

import numpy as np
import pytest
from labelled_rows import (
    KOREAN,
    THINGS,
    korean_texts,
    read,
    sentence,
    two_classes,
    written,
)

from reviews import __main__ as command
from reviews.comparison import score
from reviews.examples import read_examples, split
from reviews.layout import FileError, Wishes
from reviews.linear import train_linear
from reviews.network import (
    Recurrent,
)
from reviews.own import OwnModel, model_place
from reviews.tokens import (
    Pieces,
    Words,
)


@pytest.fixture(scope="module")
def linear(tmp_path_factory):
    """Return a model of two classes that took no Keras, and its texts."""
    folder = tmp_path_factory.mktemp("linear")
    examples = read(written(folder, two_classes()))
    learn, choose, _ = split(examples, 1)
    tokens = Words.learn(learn.texts)
    reader, _, _ = train_linear(
        (tokens.ids(learn.texts), learn.labels),
        (tokens.ids(choose.texts), choose.labels),
        lambda y, said: score(y, said, 2, "accuracy"),
        even=True,
    )
    return OwnModel(examples.classes, tokens, reader), choose.texts


# The folder


def test_a_model_is_kept_in_a_folder(tmp_path, linear):
    model, texts = linear
    folder = tmp_path / "deep" / "model"
    model.save(folder)
    assert sorted(p.name for p in folder.iterdir()) == [
        "arrays.npz", "model.json",
    ]  # fmt: skip
    assert [p.name for p in folder.parent.iterdir()] == ["model"]
    again = OwnModel.load(folder)
    assert again(texts) == model(texts)
    assert {answer.label for answer in again(texts)} == {"ok", "spam"}
    nothing = again(["мир", "??", ""])
    assert [(a.label, a.known) for a in nothing] == [("", 0)] * 3
    assert again([]) == []
    before = (folder / "arrays.npz").read_bytes()
    again.save(folder)  # over the older one
    assert (folder / "arrays.npz").read_bytes() == before


def test_a_network_is_kept_in_a_folder(tmp_path):
    rng = np.random.default_rng(3)
    shapes = [(9, 4), (4, 15), (5, 15), (2, 15), (5, 3), (3,)]
    names = ("embedding", "kernel", "recurrent_kernel", "bias",
             "output_kernel", "output_bias")  # fmt: skip
    weights = {
        name: rng.normal(size=shape).astype(np.float32)
        for name, shape in zip(names, shapes, strict=True)
    }
    tokens = Words([f"w{n}" for n in range(7)])
    model = OwnModel(["a", "b", "c"], tokens, Recurrent(weights, 12))
    model.save(tmp_path / "m")
    texts = ["w1 w2 w6", "w3", "x", "w0 " * 40]
    assert OwnModel.load(tmp_path / "m")(texts) == model(texts)


@pytest.mark.parametrize("what", ["file", "folder", "foreign json"])
def test_a_folder_with_something_else_is_left_alone(tmp_path, linear, what):
    place = tmp_path / "out"
    if what != "file":
        place.mkdir()
    if what == "foreign json":
        (place / "model.json").write_text('{"format": "other"}')
    else:
        (place if what == "file" else place / "thesis.doc").write_text("x")
    with pytest.raises(FileError, match="a model takes"):
        model_place(place)
    model, _ = linear
    with pytest.raises(FileError, match="a model takes"):
        model.save(place)


def changed(**facts):
    """Return a damage: other facts in model.json."""

    def damage(folder):
        path = folder / "model.json"
        path.write_text(json.dumps(json.loads(path.read_text()) | facts))

    return damage


def repacked(change):
    """Return a damage: other arrays, with their checksum put right."""

    def damage(folder):
        import hashlib

        path = folder / "arrays.npz"
        arrays = dict(np.load(path))
        change(arrays)
        np.savez(path, **arrays)
        found = hashlib.sha256(path.read_bytes()).hexdigest()
        changed(sha256=found)(folder)

    return damage


def pickled(arrays):
    arrays["keys"] = np.array([{"a": 1}], dtype=object)


DAMAGES = [
    (lambda f: (f / "model.json").unlink(), "no model: it has no model.json"),
    (lambda f: (f / "arrays.npz").unlink(), "arrays.npz cannot be read"),
    (lambda f: (f / "model.json").write_text("{"), "model.json is no JSON"),
    (lambda f: (f / "model.json").write_bytes(b"\xff"), "is no JSON"),
    (lambda f: (f / "model.json").write_text("[]"), "no model that train"),
    (changed(format="x"), "no model that train"),
    (changed(version=2), "of version 2, this course reads 1: train it again"),
    (lambda f: (f / "arrays.npz").write_bytes(b"PK"), "checksum"),
    (changed(sha256=None), "checksum"),
    (changed(classes=["a"]), "damaged: there are no two classes"),
    (changed(classes=["a", "b", "c"]), "shapes do not fit"),
    (changed(classes=[["a"], ["b"]]), "damaged"),
    (changed(kind="svm"), "'svm' is missing or unknown"),
    (changed(kind="gru"), "'kernel' is missing or unknown"),
    (changed(tokens={"kind": "words", "size": 5}), "words for 3 rows"),
    (changed(tokens={"kind": "bytes", "size": 5}), "'bytes' is missing"),
    (changed(tokens=None), "damaged"),
    (repacked(lambda a: a.pop("idf")), "'idf.*' is missing"),
    (repacked(lambda a: a.update(idf=a["idf"][1:])), "shapes do not fit"),
    (repacked(lambda a: a.update(keys=a["keys"][::-1])), "do not fit"),
    (repacked(pickled), "holds no arrays"),
]


@pytest.mark.parametrize(("damage", "said"), DAMAGES)
def test_a_damaged_folder_is_refused_in_a_sentence(
    tmp_path, linear, damage, said
):
    model, _ = linear
    folder = tmp_path / "m"
    model.save(folder)
    damage(folder)
    with pytest.raises(FileError, match=said) as caught:
        OwnModel.load(folder)
    assert "\n" not in str(caught.value)
    assert "m" in str(caught.value)


def test_damaged_pieces_are_refused():
    tokens = Pieces.learn(korean_texts())
    arrays = tokens.arrays()
    broken = arrays | {"sentencepiece": np.zeros(50, np.uint8)}
    with pytest.raises(ValueError, match="cannot be read"):
        Pieces.restored(broken, tokens.size)
    short = arrays | {"ranks": arrays["ranks"][1:]}
    with pytest.raises(ValueError, match="ids"):
        Pieces.restored(short, tokens.size)
    with pytest.raises(ValueError, match="pieces, not"):
        Pieces.restored(arrays, tokens.size + 1)


def test_a_model_that_is_not_there_is_said(tmp_path, capsys):
    arguments = ["read", "--model", str(tmp_path / "no"), "good"]
    assert command.main(arguments) == 1
    assert "There is no model" in capsys.readouterr().err


# Trainings


@pytest.fixture(scope="module")
def spam(keras, tmp_path_factory):  # noqa: ARG001 (starts TensorFlow)
    """Return two trainings on a file with 5% of one class."""
    from reviews.training import train

    folder = tmp_path_factory.mktemp("spam")
    rows = two_classes(800, rare=0.05)
    examples = read(written(folder, rows))
    return examples, [train(examples, seed=4) for _ in range(2)]


def test_a_rare_class_is_found(spam):
    examples, trainings = spam
    assert not examples.even
    model, findings = trainings[0]
    assert findings.measure == "macro_f1"
    rare = examples.classes.index("spam")
    assert findings.kept.recall[rare] >= 0.8
    assert findings.kept.macro_f1 > 0.85 > 0.6 > findings.always.macro_f1
    assert findings.always.accuracy.value > 0.9
    assert model(["casino thing1 prize", "thing2 thing3"])[0].label == "spam"


def test_the_same_seed_gives_the_same_model(spam, tmp_path):
    for (model, _), name in zip(spam[1], "ab", strict=True):
        model.save(tmp_path / name)
    for name in ("arrays.npz", "model.json"):
        one, two = ((tmp_path / f / name).read_bytes() for f in "ab")
        assert one == two
    assert spam[1][0][1] == spam[1][0][1]


@pytest.mark.usefixtures("keras")
def test_bags_of_words_keep_the_simpler_model(tmp_path):
    from reviews.findings import about_models
    from reviews.training import train

    rng = random.Random(6)
    words = [[f"{name}{n}" for n in range(6)] for name in "abcde"]
    rows = [
        (sentence(rng, *rng.choices(words[n % 5], k=2)), f"{n % 5 + 1}.0")
        for n in range(700)
    ]
    examples = read(written(tmp_path, rows))
    model, findings = train(examples)
    assert model.reader.kind == "linear" and not findings.keeps_network
    assert findings.measure == "accuracy"
    assert findings.linear.accuracy.value > 0.9
    assert examples.classes == list("12345")
    said = "\n".join(about_models(findings))
    assert "Kept: TF-IDF" in said and "always '" in said
    assert "490 rows to learn from, 105 texts to choose by" in said
    for line in said.split("\n"):
        assert line == line.rstrip()


@pytest.mark.usefixtures("keras")
def test_where_order_decides_the_network_is_kept(tmp_path):
    from reviews.training import train

    rng = random.Random(7)
    rows = []
    for n in range(2_400):
        text = rng.choices(THINGS[:15], k=9)
        # Not at an end, where one pair of neighbours fewer would tell.
        early, late = rng.choice([(1, 4), (2, 6), (1, 7), (3, 6)])
        first, second = ("was", "now") if n % 2 else ("now", "was")
        text[early], text[late] = first, second
        rows.append((" ".join(text), "ab"[n % 2]))
    model, findings = train(read(written(tmp_path, rows)))
    assert findings.network.accuracy.value > 0.95
    assert findings.linear.accuracy.value < 0.7
    assert model.reader.kind == "gru"
    model.save(tmp_path / "m")
    again = OwnModel.load(tmp_path / "m")
    texts = [text for text, _ in rows[:300]]
    right = [a.label == row[1] for a, row in zip(again(texts), rows)]  # noqa: B905
    assert np.mean(right) > 0.95


@pytest.fixture(scope="module")
def korean(tmp_path_factory):
    """Train from the command line on cp949, ';', CR LF inside quotes."""
    folder = tmp_path_factory.mktemp("korean")
    with KOREAN.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    for row in rows[1::7]:
        row[2] = row[2].replace(". ", ".\r\n")
    source = folder / "댓글.csv"
    with source.open("w", encoding="cp949", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    assert b".\r\n" in source.read_bytes().replace(b'"\r\n', b"")
    model = folder / "model"
    done = run("train", source, "--label", "별점", "--out", model)
    return source, model, rows, done


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "reviews", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.slow
def test_korean_is_trained_from_the_command_line(korean):
    _, model, rows, done = korean
    assert done.returncode == 0, done.stderr
    assert "column '댓글' of 4, ';', cp949" in done.stderr
    assert "%" not in done.stderr  # no bar where nobody looks
    for said in (
        f"{len(rows) - 1} rows, {len(rows) - 1} with a text and a label",
        "labels of '별점': 1 15.0%",
        "168 rows to learn from, 36 texts to choose by, 36 to measure on",
        "with pieces of words learned from the file",
        "TF-IDF + logistic regression",
        "GRU minus TF-IDF, on the same texts: accuracy",
        "Kept: ",
    ):
        assert said in done.stdout
    facts = json.loads((model / "model.json").read_text(encoding="utf-8"))
    assert facts["classes"] == list("12345")


@pytest.mark.slow
def test_korean_is_labelled_from_the_command_line(korean, tmp_path):
    source, model, rows, _ = korean
    target = tmp_path / "out.csv"
    done = run("label", source, "--model", model, "--out", target, "--jobs", 1)
    assert done.returncode == 0, done.stderr
    with target.open(encoding="cp949", newline="") as file:
        table = list(csv.reader(file, delimiter=";"))
    assert table[0] == [*rows[0], "label", "probability", "known"]
    answers = OwnModel.load(model)([row[2] for row in rows[1:]])
    wanted = [
        [*row, a.label, f"{a.probability:.4f}", f"{a.known:.2f}"]
        for row, a in zip(rows[1:], answers, strict=True)
        if a.label
    ]
    assert table[1:] == wanted and len(wanted) > 200
    one = run("read", "--model", model, rows[1][2])
    assert one.returncode == 0, one.stderr
    assert one.stdout.startswith(f"{answers[0].label}: ")


def test_wishes_reach_the_reader(tmp_path):
    path = tmp_path / "plain.csv"
    lines = [f"{label}|{text}" for text, label in two_classes()]
    path.write_text("\n".join(lines), encoding="utf-16")
    examples = read_examples(path, "1", Wishes(None, "|", "2", False))
    assert examples.classes == ["ok", "spam"] and examples.rows == 300
