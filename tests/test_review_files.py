"""A file of reviews is labelled row by row, and bad rows are named."""

import csv
import subprocess
import sys
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from utils import classify, review_files
from utils.imdb import tokens
from utils.review_files import FileError, label_file

GOOD, BAD = "I loved it", "a terrible waste"


def by_word(texts):
    """Classify by one word, so that a test knows the answer."""
    return np.array([0.9 if "loved" in text else 0.2 for text in texts])


def written(folder, content) -> object:
    path = folder / "reviews.csv"
    data = content.encode() if isinstance(content, str) else content
    path.write_bytes(data)
    return path


def rows_of(path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_every_row_gets_a_label_and_keeps_its_fields(tmp_path):
    text = f'who,review\nAnn,"{GOOD}, truly"\nBo,"{BAD}\nof time"\n'
    target = tmp_path / "out.csv"
    report = label_file(written(tmp_path, text), target, by_word)
    assert rows_of(target) == [
        ["who", "review", "label", "probability"],
        ["Ann", f"{GOOD}, truly", "positive", "0.9000"],
        ["Bo", f"{BAD}\nof time", "negative", "0.2000"],
    ]
    assert (report.labelled, report.bad) == (2, 0)


def test_bad_rows_are_named_by_line_and_the_rest_is_done(tmp_path):
    lines = [
        b"who,review",
        b"Ann,I loved it",
        b"Bo",
        b"Cy,I loved it,twice",
        b'Di,"two',
        b'lines I loved"',
        b"Eve,!!!",
        b"Fay,caf\xe9 loved",
        b'Gus,"open" quote,',
        b"Hal,I loved it",
    ]
    source = written(tmp_path, b"\n".join(lines))
    target = tmp_path / "out.csv"
    report = label_file(source, target, by_word)
    assert dict(report.first_bad) == {
        3: "1 fields instead of 2",
        4: "3 fields instead of 2",
        7: "no word to read",
        8: "not UTF-8",
        9: "not CSV: ',' expected after '\"'",
    }
    assert report.bad == 5
    names = [row[0] for row in rows_of(target)[1:]]
    assert names == ["Ann", "Di", "Hal"]


def test_only_the_first_bad_rows_are_kept(tmp_path):
    source = written(tmp_path, "review\n" + "!\n" * 1000 + GOOD)
    report = label_file(source, tmp_path / "out.csv", by_word)
    assert report.bad == 1000 and report.labelled == 1
    assert len(report.first_bad) == review_files.LONGEST_REPORT


def test_an_open_quotation_mark_ends_somewhere(tmp_path):
    rest = f"{BAD}\n" * 100_000
    source = written(tmp_path, f'review\n{GOOD}\n"{rest}{GOOD}\n')
    report = label_file(source, tmp_path / "out.csv", by_word)
    assert report.bad == 1 and "field larger" in report.first_bad[0][1]
    assert report.labelled > 1


@given(
    st.lists(st.text(st.characters(codec="utf-8"), min_size=1), min_size=1),
    st.integers(1, 5),
)
def test_any_table_comes_back(tmp_path_factory, texts, block):
    folder = tmp_path_factory.mktemp("table")
    source = folder / "reviews.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["id", "text"], *enumerate(texts)])
    target = folder / "out.csv"
    report = label_file(source, target, by_word, block=block)
    readable = [text for text in texts if tokens(text)]
    assert [row[1] for row in rows_of(target)[1:]] == readable
    assert report.labelled == len(readable)
    assert report.bad == len(texts) - len(readable)


@pytest.mark.parametrize(
    ("head", "column", "place"),
    [
        ("a,Review", None, 1),
        ("only", None, 0),
        ("text,b", "b", 1),
        ("comment,text", None, 1),
    ],
)
def test_the_column_is_found(head, column, place):
    assert review_files.find_column(head.split(","), column) == place


@pytest.mark.parametrize(
    ("content", "column", "message"),
    [
        ("", None, "empty"),
        (
            "a,b\n1,2",
            None,
            "Which column holds the reviews. There are 'a', 'b'",
        ),
        ("a,b\n1,2", "c", "no column 'c'"),
    ],
)
def test_a_file_without_reviews_is_refused(tmp_path, content, column, message):
    target = tmp_path / "out.csv"
    source = written(tmp_path, content)
    with pytest.raises(FileError, match=message):
        label_file(source, target, by_word, column=column)
    assert sorted(tmp_path.iterdir()) == [source]


def test_a_missing_file_and_its_own_name_are_refused(tmp_path):
    with pytest.raises(FileError, match=r"there\.csv: No such file"):
        label_file(tmp_path / "there.csv", tmp_path / "out.csv", by_word)
    source = written(tmp_path, "review\nx")
    with pytest.raises(FileError, match="another name"):
        label_file(source, source, by_word)
    with pytest.raises(ValueError, match="block takes"):
        label_file(source, tmp_path / "out.csv", by_word, block=0)


def test_an_interrupted_run_leaves_nothing(tmp_path):
    source = written(tmp_path, "review\n" + f"{GOOD}\n" * 10)
    target = tmp_path / "out.csv"
    target.write_text("old")

    def interrupted(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        label_file(source, target, interrupted)
    assert target.read_text() == "old"
    assert sorted(tmp_path.iterdir()) == [target, source]


def peak_of(source, target) -> int:
    tracemalloc.start()
    try:
        label_file(source, target, by_word)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_file(tmp_path):
    row = f"{BAD} " * 20 + "\n"
    small = written(tmp_path, "review\n" + row * 2_000)
    least = peak_of(small, tmp_path / "out.csv")
    large = written(tmp_path, "review\n" + row * 20_000)
    assert peak_of(large, tmp_path / "out.csv") < 1.2 * least


def test_progress_adds_up_to_the_file(tmp_path):
    source = written(tmp_path, "review\n" + f"{GOOD}\n" * 5_000)
    told = []
    label_file(source, tmp_path / "o.csv", by_word, progress=told.append)
    assert sum(told) == source.stat().st_size and len(told) > 2


def command(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "utils.classify", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_labels_a_file(tmp_path):
    source = written(tmp_path, f"review\n{GOOD}\n!!\n{BAD}\n")
    target = tmp_path / "out.csv"
    done = command("--file", source, "--out", target)
    assert done.returncode == 0, done.stderr
    assert "2 reviews labelled" in done.stdout
    assert "1 left out" in done.stdout
    assert "line 3: no word to read" in done.stderr
    assert [row[1] for row in rows_of(target)[1:]] == ["positive", "negative"]
    answers = classify.load("bigru").positive([GOOD, BAD])
    shown = [float(row[2]) for row in rows_of(target)[1:]]
    np.testing.assert_allclose(shown, answers, atol=5.1e-5)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["I loved it"], 0, "positive: the bigru gives"),
        (["?!"], 1, "text takes at least one word"),
        (["--file", "no.csv", "--out", "o.csv"], 1, "no.csv: No such file"),
        (["--file", "no.csv"], 2, "belong together"),
        ([], 2, "takes a text, or"),
    ],
)
def test_the_command_answers_in_a_sentence(arguments, code, said):
    done = command(*arguments)
    assert done.returncode == code
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
