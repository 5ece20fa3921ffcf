"""Captioning: the facts of the digits, captions as ids, the pictures."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.datasets import load_digits

from lessons.captioning import digits, model_plots, plots
from lessons.captioning.digits import (
    ALPHABET,
    END,
    LENGTH,
    PADDING,
    START,
    WORDS,
)

drawn = settings(max_examples=60)
texts_drawn = st.lists(
    st.text(ALPHABET, min_size=1, max_size=LENGTH - 2), min_size=1, max_size=5
)

SEVEN = """
    .######.
    .....##.
    .....o..
    ....##..
    .#####..
    ...#....
    ..##....
    ..#.....
"""


@pytest.fixture(scope="module")
def parts():
    return digits.load()


def test_parts_have_the_sizes_that_are_stated(parts):
    assert [len(part.images) for part in parts] == [1200, 200, 397]
    numbers = np.concatenate([part.numbers for part in parts])
    assert sorted(numbers) == [*range(1797)]  # no picture is in two parts
    images = np.concatenate([part.images for part in parts])
    assert len(np.unique(images, axis=0)) == 1797  # and no two are equal
    for part in parts:
        assert part.images.dtype == np.float32
        assert part.captions.dtype == np.int32


def test_pictures_are_the_digits_with_their_captions(parts):
    original = load_digits()
    for part in parts:
        np.testing.assert_array_equal(
            part.images * 16, original.images[part.numbers]
        )
        named = [digits.WORDS[n] for n in original.target[part.numbers]]
        assert digits.decode(part.captions) == named


def test_every_part_has_the_digits_in_equal_shares(parts):
    for part in parts:
        counts = np.unique(part.captions, axis=0, return_counts=True)[1]
        shares = counts / len(part.captions)
        assert len(shares) == 10
        assert shares.min() > 0.09 and shares.max() < 0.11


def test_unmixed_parts_are_in_the_order_of_the_file():
    train, validation, test = digits.load(50, 100, shuffle=False)
    assert train.numbers.tolist() == [*range(1647)]
    assert validation.numbers.tolist() == [*range(1647, 1697)]
    assert test.numbers.tolist() == [*range(1697, 1797)]


def test_the_seed_decides_the_split(parts):
    again, other = digits.load(), digits.load(seed=1)
    np.testing.assert_array_equal(parts.test.numbers, again.test.numbers)
    assert {*parts.test.numbers} != {*other.test.numbers}


@drawn
@given(texts=texts_drawn, room=st.integers(0, 6))
def test_what_is_encoded_can_be_decoded(texts, room):
    ids = digits.encode(texts, LENGTH + room)
    assert ids.shape == (len(texts), LENGTH + room)
    assert digits.decode(ids) == texts
    assert digits.decode(ids[:, 1:]) == texts


@drawn
@given(texts=texts_drawn)
def test_a_row_is_start_letters_end_padding(texts):
    for text, row in zip(texts, digits.encode(texts), strict=True):
        assert row[0] == START
        assert [digits.SYMBOLS[i] for i in row[1 : len(text) + 1]] == [
            "space" if letter == " " else letter for letter in text
        ]
        assert row[len(text) + 1] == END
        assert (row[len(text) + 2 :] == PADDING).all()


def test_reading_stops_at_the_first_end():
    e, s = 3 + ALPHABET.index("e"), 3 + ALPHABET.index("s")
    assert digits.decode([[s, e, END, s, END]]) == ["se"]
    assert digits.decode([[s, PADDING, e, s, s]]) == ["sess"]
    assert digits.decode([[END, s]]) == [""]


def test_score_counts_captions_that_are_right_in_every_letter():
    wanted = ["six", "seven", "one", "two"]
    assert digits.score(wanted, wanted) == 1
    assert digits.score(["six", "seve", "one ", "two"], wanted) == 0.5


def test_the_baseline_is_the_caption_most_frequent_in_training():
    train = digits.encode(["two", "six", "six", "two", "one", "six"])
    measured = digits.encode(["six", "two", "two", "two"])
    assert digits.baseline(train, measured) == ("six", 0.25)
    equal = digits.encode(["two", "one"])
    assert digits.baseline(equal, equal) == ("one", 0.5)


def test_pairs_are_two_pictures_and_two_words(parts):
    pairs = digits.side_by_side(parts.test, 40, seed=3)
    assert pairs.images.shape == (40, 8, 16)
    assert pairs.captions.shape == (40, digits.PAIR_LENGTH)
    place = {number: k for k, number in enumerate(parts.test.numbers)}
    words = digits.decode(parts.test.captions)
    for image, text, numbers in zip(
        pairs.images,
        digits.decode(pairs.captions),
        pairs.numbers,
        strict=True,
    ):
        left, right = (place[number] for number in numbers)
        np.testing.assert_array_equal(image[:, :8], parts.test.images[left])
        np.testing.assert_array_equal(image[:, 8:], parts.test.images[right])
        assert text == f"{words[left]} {words[right]}"


def test_a_caption_that_is_kept_back_is_not_drawn(parts):
    kept_back = {"seven three", "one one"}
    some = digits.side_by_side(parts.train, 2000, without=kept_back)
    said = {*digits.decode(some.captions)}
    assert len(some.images) == len(some.captions) == 2000
    assert len(said) == 98 and not said & kept_back


def test_pairs_of_one_seed_are_the_same(parts):
    first, again, other = (
        digits.side_by_side(parts.test, 9, seed=seed).numbers.tolist()
        for seed in (1, 1, 2)
    )
    assert first == again != other


def test_a_typed_picture_is_read_row_by_row():
    image = digits.picture(SEVEN)
    assert image.shape == (8, 8) and image.dtype == np.float32
    assert image[0].tolist() == [0, 1, 1, 1, 1, 1, 1, 0]
    assert image[2].tolist() == [0, 0, 0, 0, 0, 0.5, 0, 0]


def below(figure):
    """Return what stands below each picture, and how bold."""
    labels = [axes.xaxis.label for axes in figure.axes]
    return [(label.get_text(), label.get_fontweight()) for label in labels]


def test_captions_stand_below_their_pictures(parts):
    figure, description = plots.captioned(
        parts.test.images[:3], ["one", "two", "six"], columns=2
    )
    assert [text for text, _ in below(figure)[:3]] == ["one", "two", "six"]
    np.testing.assert_array_equal(
        figure.axes[2].images[0].get_array(), parts.test.images[2]
    )
    assert "one, two, six" in description
    assert not figure.axes[3].axison


def test_wrong_captions_stand_out_and_show_the_true_one(parts):
    how = {"wanted": ["one", "six"], "framed": [False, True], "columns": 2}
    figure, description = plots.captioned(
        parts.test.images[:2], ["one", "two"], **how
    )
    right, wrong = below(figure)
    widths = [axes.spines["left"].get_linewidth() for axes in figure.axes]
    assert widths[0] < widths[1] == 3
    assert right[0] == "one" and wrong[0] == "two\n(six)"
    assert right[1] != wrong[1]
    assert "two" not in description


def test_probable_symbols_show_their_probability():
    chances = np.array([[0.3, 0.7], [0.995, 0.005], [0.5, 0.5]])
    figure, _ = plots.chances_by_step(
        np.zeros((8, 8)), chances, ["e", "end"], "e"
    )
    table = figure.axes[1]
    shown = {text.get_position(): text.get_text() for text in table.texts}
    rows = [label.get_text() for label in table.get_yticklabels()]
    assert rows == ["e", "end"]
    assert shown == {(0, 0): "30%", (0, 1): "70%", (1, 0): "100%"}
    ticks = [label.get_text() for label in table.get_xticklabels()]
    assert ticks == ["start", "e"]


def test_symbols_that_never_come_up_are_left_out():
    chances = np.array([[0.0, 0.3, 0.7], [0.001, 0.0, 0.999]])
    figure, _ = plots.chances_by_step(
        np.zeros((8, 8)), chances, ["start", "e", "n"], "n", wanted="nine"
    )
    picture, table = figure.axes
    rows = [label.get_text() for label in table.get_yticklabels()]
    assert rows == ["e", "n"]
    assert picture.get_xlabel() == "true caption: nine"


def test_bars_are_as_long_as_the_probabilities():
    figure, _ = plots.caption_chances(
        np.zeros((8, 8)), {"two": 0.2, "one": 0.4}, greedy="two"
    )
    bars = figure.axes[1]
    assert [bar.get_width() for bar in bars.patches] == [0.2, 0.4]
    labels = [label.get_text() for label in bars.get_yticklabels()]
    assert labels == ["two (greedy)", "one"]
    assert len({bar.get_facecolor() for bar in bars.patches}) == 2


def test_words_and_their_first_letters_have_one_scale():
    figure, description = plots.words_and_letters(
        {"two": 0.09, "one": 0.12}, {"t": 0.2, "o": 0.12}, even=0.1
    )
    words, letters = figure.axes
    assert words.get_xlim() == letters.get_xlim() == (0, pytest.approx(0.25))
    assert [*words.lines[0].get_xdata()] == [0.1, 0.1] and not letters.lines
    filled = [
        bar.get_facecolor() for bar in (*words.patches, *letters.patches)
    ]
    assert filled[1] == filled[2] != filled[0] == filled[3]
    assert [text.get_text() for text in words.texts] == ["0.09", "0.12"]
    assert "0." not in description


def test_states_of_one_caption_have_one_form():
    rng = np.random.default_rng(0)
    captions = ["six", "one", "six", "one", "six", "one"]
    parted = np.tile(3 * np.eye(2), (3, 1))
    states = {"before": rng.random((6, 5)), "after": parted}
    figure, _ = model_plots.states_in_two_dimensions(states, captions)
    before, after = (axes.get_title(loc="left") for axes in figure.axes)
    assert before.startswith("before: same ")
    assert after == "after: same 0.0, different 4.2"
    for axes, rows in zip(figure.axes, states.values(), strict=True):
        one, six = axes.collections
        assert (one.get_label(), six.get_label()) == ("one", "six")
        drawn = np.concatenate([one.get_offsets(), six.get_offsets()])
        assert len(drawn) == 6
        spread = np.linalg.svd(rows - rows.mean(axis=0))[1][:2]
        squares = (drawn**2).sum(axis=0)
        np.testing.assert_allclose(squares, spread**2, atol=1e-9)


def test_each_seed_has_a_dot_in_the_row_of_its_kind():
    table = pd.DataFrame([[0.5, 0.7], [0.8, 0.8]], index=["a", "b"])
    figure, description = model_plots.seeds_by_kind(table, xlabel="share")
    [axes] = figure.axes
    dots, mean, others, _ = axes.lines
    assert [*dots.get_xdata()] == [0.5, 0.7] and {*dots.get_ydata()} == {0}
    assert [*mean.get_xdata()] == pytest.approx([0.6, 0.6])
    assert {*others.get_ydata()} == {1}
    assert "a: 0.500, 0.700; b: 0.800" in description


def test_shares_by_size_have_a_panel_for_each_order():
    table = pd.DataFrame(
        [[0.9, 0.8], [0.9, 0.6], [0.9, 0.81]],
        index=["a, tidy", "a, uncut, tidy", "b, free"],
        columns=["1", "2"],
    )
    figure, description = plots.shares_by_size(table)
    tidy, free = figure.axes
    plain, dashed = tidy.lines
    assert [*dashed.get_ydata()] == [0.9, 0.6]
    assert plain.get_color() == dashed.get_color()
    assert dashed.get_linestyle() == "--"
    assert [text.get_text() for text in free.texts] == ["0.81"]
    assert "b, free: 0.90, 0.81" in description


def drawn_pairs(count, without=()):
    return digits.side_by_side(digits.load().test, count, without=without)


def table_of(symbols, word):
    two = np.full((2, 2), 0.5)
    return plots.chances_by_step(np.zeros((8, 8)), two, symbols, word)


MISTAKES = [
    ("test takes an integer >= 10", lambda: digits.load(test=9)),
    ("test takes .* <= 1777", lambda: digits.load(test=1778)),
    ("validation takes an integer >= 10", lambda: digits.load(validation=9)),
    ("validation takes .* <= 1390", lambda: digits.load(validation=1391)),
    ("seed takes an integer >= 0", lambda: digits.load(seed=-1)),
    ("up to 5 characters.*'sevens'", lambda: digits.encode(["sevens"])),
    ("takes the characters.*got 'a'", lambda: digits.encode(["one", "man"])),
    ("from 0 to 18, got -1", lambda: digits.decode([[START, -1, END]])),
    ("from 0 to 18, got 19", lambda: digits.decode([[START, 19, END]])),
    (r"shape \(n, steps\), got \(3,\)", lambda: digits.decode([1, 5, 2])),
    ("takes", lambda: digits.score(["one"], ["one", "two"])),
    ("takes", lambda: digits.score([], [])),
    ("train takes at least one",
     lambda: digits.baseline(digits.encode([]), digits.encode(["one"]))),
    ("got all",
     lambda: drawn_pairs(5, [f"{a} {b}" for a in WORDS for b in WORDS])),
    ("count takes an integer >= 1", lambda: drawn_pairs(0)),
    ("takes 8 rows, got 7", lambda: digits.picture("........\n" * 7)),
    ("got '.....x..' in row 3",
     lambda: digits.picture(SEVEN.replace("o", "x"))),
    ("in row 1",
     lambda: digits.picture(SEVEN.replace(".######.", ".######"))),
    ("captions takes 2 entries, got 1",
     lambda: plots.captioned(np.zeros((2, 8, 8)), ["one"])),
    ("wanted takes 2 entries, got 1",
     lambda: plots.captioned(np.zeros((2, 8, 8)), ["1", "2"], wanted=["1"])),
    ("captions takes 3 entries, got 1",
     lambda: model_plots.states_in_two_dimensions({"": np.eye(3)}, ["one"])),
    ("symbols takes 2 entries, got 1", lambda: table_of(["e"], "e")),
    ("word takes up to 2 letters, got 'eee'",
     lambda: table_of(["e", "end"], "eee")),
]  # fmt: skip
WRONG_TYPES = [
    ("texts takes", lambda: digits.encode("seven")),
    ("texts takes", lambda: digits.encode([7])),
    ("takes", lambda: digits.score("one", ["one"])),
    ("takes", lambda: digits.score(["o", "n", "e"], "one")),
    ("text takes text", lambda: digits.picture(np.zeros((8, 8)))),
]


@pytest.mark.parametrize(("message", "call"), MISTAKES)
def test_a_mistake_is_named(message, call):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize(("message", "call"), WRONG_TYPES)
def test_a_wrong_type_is_named(message, call):
    with pytest.raises(TypeError, match=message):
        call()
