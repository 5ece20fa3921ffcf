"""A file of reviews is labelled row by row, and bad rows are named."""

import csv
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews import labels, output
from reviews.labels import Answer, label_file
from reviews.layout import FileError, Wishes
from utils.classify.text import words_of

GOOD, BAD = "I loved it", "a terrible waste"


def by_word(blocks):
    """Label by one word, so that a test knows the answer."""
    for texts in blocks:
        yield [
            Answer("positive", 0.9, 1)
            if "loved" in text
            else Answer("negative", 0.8, 0.5)
            for text in texts
        ]


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
        ["who", "review", "label", "probability", "known"],
        ["Ann", f"{GOOD}, truly", "positive", "0.9000", "1.00"],
        ["Bo", f"{BAD}\nof time", "negative", "0.8000", "0.50"],
    ]
    assert (report.rows, report.labelled, report.bad) == (2, 2, 0)


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
    report = label_file(source, target, by_word, Wishes(encoding="utf-8"))
    assert dict(report.first_bad) == {
        3: "1 fields instead of 2",
        4: "3 fields instead of 2",
        7: "no word to read",
        8: "not utf-8",
        9: "not CSV: ',' expected after '\"'",
    }
    assert report.bad == 5
    names = [row[0] for row in rows_of(target)[1:]]
    assert names == ["Ann", "Di", "Hal"]


def test_only_the_first_bad_rows_are_kept(tmp_path):
    source = written(tmp_path, "review\n" + "!\n" * 1000 + GOOD)
    report = label_file(source, tmp_path / "out.csv", by_word)
    assert report.bad == 1000 and report.labelled == 1
    assert len(report.first_bad) == output.LONGEST_REPORT


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
    readable = [text for text in texts if words_of(text)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(labels, "BLOCK", block)
        wishes = Wishes("utf-8", ",", "text")
        if not readable:
            with pytest.raises(FileError, match="got a label"):
                label_file(source, target, by_word, wishes)
            return
        report = label_file(source, target, by_word, wishes)
    assert [row[1] for row in rows_of(target)[1:]] == readable
    assert report.labelled == len(readable)
    assert report.bad == len(texts) - len(readable)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_run_goes_on_at_its_row(tmp_path, monkeypatch, encoding):
    monkeypatch.setattr(labels, "BLOCK", 2)
    monkeypatch.setattr(output, "KEPT_EVERY", 1)

    def stopped(blocks):
        for number, answers in enumerate(by_word(blocks)):
            if number == 2:
                raise KeyboardInterrupt
            yield answers

    rows = [f"{n},{GOOD if n % 3 else '!'}" for n in range(9)]
    text = "\n".join(["n,review", *rows, ""])
    source = written(tmp_path, text.encode(encoding))
    whole, target = tmp_path / "whole.csv", tmp_path / "out.csv"
    label_file(source, whole, by_word)
    with pytest.raises(KeyboardInterrupt):
        label_file(source, target, stopped)
    report = label_file(source, target, by_word)
    assert (report.rows, report.labelled, report.bad) == (9, 6, 3)
    assert target.read_bytes() == whole.read_bytes()


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


@pytest.mark.slow
def test_memory_does_not_grow_with_the_file(tmp_path):
    row = f"{BAD} " * 20 + "\n"
    small = written(tmp_path, "review\n" + row * 4_000)
    least = peak_of(small, tmp_path / "out.csv")
    large = written(tmp_path, "review\n" + row * 20_000)
    assert peak_of(large, tmp_path / "out.csv") < 1.2 * least


def test_progress_adds_up_to_the_file(tmp_path):
    source = written(tmp_path, "review\n" + f"{GOOD}\n" * 50_000)
    told = []
    label_file(source, tmp_path / "o.csv", by_word, progress=told.append)
    assert sum(told) == source.stat().st_size and len(told) > 2
