"""A model of your own: its rows, its words, its two models, their measure."""

import random
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from labelled_rows import korean_texts, read, sentence, two_classes, written

from reviews import __main__ as command
from reviews import examples as examples_module
from reviews.examples import label_of, split
from reviews.labels import SURELY_A_WORD
from reviews.layout import FileError
from reviews.tokens import (
    LONGEST,
    Pieces,
    Words,
    known_share,
    prepared,
    wants_pieces,
)
from utils.classify.text import words_of

# What is read


@pytest.mark.parametrize(
    ("cell", "label"),
    [
        ("5", "5"), ("5.0", "5"), (" 5 ", "5"), ("5.00", "5"), ("-1.0", "-1"),
        ("5.5", "5.5"), ("v5.0", "v5.0"), ("\u1112\u1161\u11ab", "한"),
        ("very  good", "very good"), ("NaN", ""), ("null", ""), (" ", ""),
        ("None", "None"), ("\ufeff5", "5"),
    ],
)  # fmt: skip
def test_labels_are_compared_by_what_they_say(cell, label):
    assert label_of(cell) == label


def test_rows_are_cleaned_and_counted(tmp_path):
    rows = two_classes(300)
    rows[0] = ("", "ok")
    rows[1] = ("?!", "spam")
    rows[2] = (rows[2][0], "")
    rows[3] = ("", "nan")
    rows[4] = (rows[4][0], f" {rows[4][1].upper()} ")
    examples = read(written(tmp_path, rows))
    assert examples.rows == 300
    assert examples.labelled == examples.used == 296
    assert examples.left_out == {"no word to read": 2, "without a label": 2}
    assert examples.spellings == 1
    assert examples.classes == ["ok", "spam"]


@given(st.text(), st.sampled_from(["", "&nbsp;…", "\x1b[36m…", "â€™", "a…"]))
def test_a_text_that_looks_like_words_has_some(text, more):
    if SURELY_A_WORD.match(more + text):
        assert words_of(more + text)


def test_labels_that_are_numbers_stand_in_their_order(tmp_path):
    rng = random.Random(1)
    rows = [(sentence(rng), str(n % 11)) for n in range(330)]
    names = read(written(tmp_path, rows)).classes
    assert names == [str(n) for n in range(11)]


def test_repeats_are_put_together(tmp_path):
    rows = two_classes(300)
    rows += [("Same words!", "ok")] * 3 + [("same  WORDS", "spam")]
    examples = read(written(tmp_path, rows))
    assert examples.repeats == 3 and examples.disputed == 1
    place = examples.texts.index("same words")
    assert examples.counts[place].tolist() == [3, 1]
    assert examples.classes[examples.majority[place]] == "ok"


def test_a_sample_is_drawn_from_a_large_file(tmp_path, monkeypatch):
    path = written(tmp_path, two_classes(1_000))
    monkeypatch.setattr(examples_module, "MOST_ROWS", 250)
    drawn = [read(path, seed=seed) for seed in (1, 1, 2)]
    assert [one.used for one in drawn] == [250] * 3
    assert drawn[0].labelled == 1_000
    assert drawn[0].texts == drawn[1].texts != drawn[2].texts
    # Every part of the file has its share.
    everything = [row[0] for row in two_classes(1_000)]
    late = sum(everything.index(text) >= 500 for text in drawn[0].texts)
    assert 90 < late < 160


def test_progress_is_told_in_bytes(tmp_path):
    path = written(tmp_path, two_classes(3_000))
    told = []
    read(path, progress=told.append)
    assert told == sorted(told) and told[-1] <= path.stat().st_size
    assert len(told) == 3


def few(rows, **changes):
    """Return rows, some with another label."""
    return lambda: [
        (text, changes.get(f"row{n}", label))
        for n, (text, label) in enumerate(two_classes(rows))
    ]


def of_labels(labels):
    """Return rows with these labels in turn."""
    rng = random.Random(5)
    return lambda: [(sentence(rng), label) for label in labels]


REFUSED = [
    (of_labels(["ok"] * 300), "only one label, 'ok': a model takes two"),
    (of_labels([""] * 300), "no label beside a text.*300 without a label"),
    (few(199), "takes 200 different texts with a label or more, here are 199"),
    (of_labels(["a"] * 291 + ["b"] * 9), "'b' has 9: leave its rows out"),
    (of_labels(map(str, range(300))), "more than 50 different values in its"),
    (of_labels(map(str, range(30))), "30 different values in 30 rows"),
    (
        lambda: [("the same", "a"), ("as this", "b")] * 150,
        "200 different texts with a label or more, here are 2 .300 rows",
    ),
    (lambda: [("!?", "a"), ("...", "b")] * 150, "300 no word to read"),
]


@pytest.mark.parametrize(("rows", "said"), REFUSED)
def test_rows_that_teach_nothing_are_refused(tmp_path, rows, said):
    with pytest.raises(FileError, match=said):
        read(written(tmp_path, rows()))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--label", "star"], "no column 'star': 'id', 'comment', 'stars'"),
        (["--label", "comment"], "'comment' cannot hold both"),
        (["--label", "stars", "--seed", "-1"], "seed takes"),
        (["--label", "stars", "--out", "rows.csv"], "is a file: a model"),
        (["--label", "stars", "--out", "."], "holds something else"),
        (["--label", "id"], "more than 50 different values"),
    ],
)
def test_the_command_answers_in_a_sentence(
    tmp_path, monkeypatch, capsys, arguments, said
):
    monkeypatch.chdir(tmp_path)
    source = written(tmp_path, two_classes())
    before = sorted(tmp_path.iterdir())
    base = ["train", str(source), "--out", "model"]
    assert command.main([*base, *arguments]) == 1
    error = capsys.readouterr().err
    assert said in error and "Traceback" not in error
    assert sorted(tmp_path.iterdir()) == before


def test_a_missing_file_is_said(tmp_path, capsys):
    out = str(tmp_path / "m")
    base = ["train", str(tmp_path / "no.csv"), "--label", "x", "--out", out]
    assert command.main(base) == 1
    assert "no.csv: No such file" in capsys.readouterr().err


# The split


@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.integers(1, 5)),
        min_size=60,
        max_size=120,
    ),
    st.integers(0, 5),
)
def test_a_text_is_on_one_side_only(drawn, seed):
    counts = np.zeros((len(drawn) + 30, 3), np.int32)
    for place, (label, count) in enumerate(drawn):
        counts[place, label] = count
        counts[place, (label + 1) % 3] = count // 3
    for place in range(len(drawn), len(counts)):  # ten of each at least
        counts[place, place % 3] = 1
    texts = [f"text{n}" for n in range(len(counts))]
    examples = examples_module.Examples(
        "f", "l", "", ["a", "b", "c"], texts, counts, 0, 0, {}, 0
    )
    learn, choose, last = parts = split(examples, seed)
    sides = [{*part.texts} for part in parts]
    assert sum(map(len, sides)) == len({*texts}) == len(set.union(*sides))
    assert len(choose.texts) == len(sides[1])
    # Repeats count where it learns, as often as they are there.
    learned = Counter(zip(learn.texts, learn.labels.tolist(), strict=True))
    assert learned == {
        (text, label): count
        for text, row in zip(texts, counts.tolist(), strict=True)
        for label, count in enumerate(row)
        if count and text in sides[0]
    }
    of = dict(zip(texts, counts.argmax(axis=1), strict=True))
    of_class = np.bincount([*of.values()], minlength=3)
    for part in (choose, last):
        assert [of[text] for text in part.texts] == part.labels.tolist()
        share = np.bincount(part.labels, minlength=3)
        assert (share >= 1).all() and (abs(share - 0.15 * of_class) <= 1).all()


def test_the_same_seed_splits_in_the_same_way(tmp_path):
    examples = read(written(tmp_path, two_classes()))
    one, same, other = (split(examples, seed)[2].texts for seed in (1, 1, 2))
    assert one == same != other


# How texts are cut


@given(st.lists(st.text(max_size=30), max_size=8))
def test_any_words_survive_the_folder(texts):
    words = [*dict.fromkeys(w for t in texts for w in t.split(" ") if w)]
    tokens = Words(words)
    back = Words.restored(tokens.arrays(), tokens.size)
    for one in (tokens, back):
        assert one.ids(words).ids.tolist() == [*range(2, len(words) + 2)]


def test_words_in_one_text_are_unknown():
    tokens = Words.learn(["a a b", "b c", "b c d"])
    flat = tokens.ids(["b c", "a d b", ""])
    assert flat.ids.tolist() == [2, 3, 1, 1, 2]
    assert known_share(flat).tolist() == pytest.approx([1, 1 / 3, 0])
    assert tokens.limited(3).ids(["b c"]).ids.tolist() == [2, 1]


def test_pieces_are_learned_and_kept():
    texts = korean_texts()
    tokens = Pieces.learn(texts)
    flat = tokens.ids(texts)
    assert known_share(flat).mean() > 0.85
    words = Words.learn(texts)
    assert known_share(words.ids(texts)).mean() < 0.6
    for name, array in Pieces.learn(texts).arrays().items():
        np.testing.assert_array_equal(array, tokens.arrays()[name])
    back = Pieces.restored(tokens.arrays(), tokens.size)
    assert back.ids(texts).ids.tolist() == flat.ids.tolist()
    # Ranks: the smaller id is in more texts.
    of = [{*tokens.ids([text]).ids.tolist()} for text in texts]
    in_texts = [sum(n in ids for ids in of) for n in range(2, tokens.size)]
    assert in_texts == sorted(in_texts, reverse=True) and in_texts[-1] >= 2
    small = tokens.limited(50)
    assert small.size == 50
    expected = [n if n < 50 else 1 for n in flat.ids.tolist()]
    assert small.ids(texts).ids.tolist() == expected


def test_what_the_pieces_do_not_know_is_said():
    tokens = Pieces.learn(korean_texts())
    shares = known_share(tokens.ids(["мир", "😀", "배송이 빨라요"]))
    assert shares[:2].tolist() == [0, 0] and shares[2] > 0


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ("배송이 빨라요", True), ("とても良い", True), ("质量很好", True),
        ("ดีมาก", True), ("très bien", False), ("очень хорошо", False),
        ("great shoes " * 30 + "좋", False),
    ],
)  # fmt: skip
def test_scripts_without_blanks_want_pieces(text, wants):
    assert wants_pieces([text]) is wants


def test_of_a_long_text_the_end_is_read():
    text = prepared("begin " + "word " * 1_000 + "end")
    assert len(text) <= LONGEST and text.endswith("word end")
    assert text.startswith("word ")
    assert len(prepared("字" * 5_000)) == LONGEST


# The baseline
