"""Captioning: the facts of the digits, captions as ids, the pictures."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.datasets import load_digits

from utils.plots import captioning as plots
from utils.tasks import captioning
from utils.tasks.captioning import ALPHABET, END, LENGTH, PADDING, START

drawn = settings(deadline=None, derandomize=True, max_examples=60)
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
    return captioning.load()


def test_parts_have_the_sizes_that_are_stated(parts):
    assert [len(part.images) for part in parts] == [1200, 200, 397]
    for part in parts:
        assert part.images.shape[1:] == (8, 8)
        assert part.images.dtype == np.float32
        assert part.captions.shape == (len(part.images), LENGTH)
        assert part.captions.dtype == np.int32


def test_no_picture_is_in_two_parts(parts):
    numbers = np.concatenate([part.numbers for part in parts])
    assert sorted(numbers) == [*range(1797)]


def test_no_two_pictures_are_equal(parts):
    images = np.concatenate([part.images for part in parts])
    assert len(np.unique(images, axis=0)) == 1797


def test_pictures_are_the_digits_with_their_captions(parts):
    digits = load_digits()
    for part in parts:
        np.testing.assert_array_equal(
            part.images * 16, digits.images[part.numbers]
        )
        named = [captioning.WORDS[n] for n in digits.target[part.numbers]]
        assert captioning.decode(part.captions) == named


def test_ink_reaches_from_nothing_to_one(parts):
    images = np.concatenate([part.images for part in parts])
    assert {*np.unique(images)} == {step / 16 for step in range(17)}


def test_every_part_has_the_digits_in_equal_shares(parts):
    for part in parts:
        counts = np.unique(part.captions, axis=0, return_counts=True)[1]
        shares = counts / len(part.captions)
        assert len(shares) == 10
        assert shares.min() > 0.09 and shares.max() < 0.11


def test_unmixed_parts_are_in_the_order_of_the_file():
    train, validation, test = captioning.load(50, 100, shuffle=False)
    assert train.numbers.tolist() == [*range(1647)]
    assert validation.numbers.tolist() == [*range(1647, 1697)]
    assert test.numbers.tolist() == [*range(1697, 1797)]


def test_the_seed_decides_the_split(parts):
    again, other = captioning.load(), captioning.load(seed=1)
    np.testing.assert_array_equal(parts.test.numbers, again.test.numbers)
    assert {*parts.test.numbers} != {*other.test.numbers}


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"test": 9}, "test takes an integer >= 10"),
        ({"test": 1778}, "test takes .* <= 1777"),
        ({"validation": 9}, "validation takes an integer >= 10"),
        ({"validation": 1391}, "validation takes .* <= 1390"),
        ({"seed": -1}, "seed takes an integer >= 0"),
    ],
)
def test_sizes_that_cannot_be_are_named(arguments, named):
    with pytest.raises(ValueError, match=named):
        captioning.load(**arguments)


@drawn
@given(texts=texts_drawn, room=st.integers(0, 6))
def test_what_is_encoded_can_be_decoded(texts, room):
    ids = captioning.encode(texts, LENGTH + room)
    assert ids.shape == (len(texts), LENGTH + room)
    assert captioning.decode(ids) == texts
    assert captioning.decode(ids[:, 1:]) == texts


@drawn
@given(texts=texts_drawn)
def test_a_row_is_start_letters_end_padding(texts):
    for text, row in zip(texts, captioning.encode(texts), strict=True):
        assert row[0] == START
        assert [captioning.SYMBOLS[i] for i in row[1 : len(text) + 1]] == [
            "space" if letter == " " else letter for letter in text
        ]
        assert row[len(text) + 1] == END
        assert (row[len(text) + 2 :] == PADDING).all()


def test_reading_stops_at_the_first_end():
    e, s = 3 + ALPHABET.index("e"), 3 + ALPHABET.index("s")
    assert captioning.decode([[s, e, END, s, END]]) == ["se"]
    assert captioning.decode([[s, PADDING, e, s, s]]) == ["sess"]
    assert captioning.decode([[END, s]]) == [""]


def test_every_word_fits_and_one_letter_more_does_not():
    assert captioning.encode(captioning.WORDS).shape == (10, LENGTH)
    with pytest.raises(ValueError, match=r"up to 5 characters.*'sevens'"):
        captioning.encode(["sevens"])


def test_a_letter_without_id_is_named():
    with pytest.raises(ValueError, match=r"takes the characters.*got 'a'"):
        captioning.encode(["one", "man"])


@pytest.mark.parametrize("texts", ["seven", [7]])
def test_what_is_no_list_of_texts_is_refused(texts):
    with pytest.raises(TypeError, match="texts takes"):
        captioning.encode(texts)


@pytest.mark.parametrize("unknown", [-1, len(captioning.SYMBOLS)])
def test_ids_that_stand_for_nothing_are_named(unknown):
    with pytest.raises(ValueError, match=rf"from 0 to 18, got {unknown}"):
        captioning.decode([[START, unknown, END]])


def test_a_single_row_is_not_decoded():
    with pytest.raises(ValueError, match=r"shape \(n, steps\), got \(3,\)"):
        captioning.decode([1, 5, 2])


def test_score_counts_captions_that_are_right_in_every_letter():
    wanted = ["six", "seven", "one", "two"]
    assert captioning.score(wanted, wanted) == 1
    assert captioning.score(["six", "seve", "one ", "two"], wanted) == 0.5


@pytest.mark.parametrize(
    ("written", "wanted", "error"),
    [
        (["one"], ["one", "two"], ValueError),
        ([], [], ValueError),
        ("one", ["one"], TypeError),
        (["o", "n", "e"], "one", TypeError),
    ],
)
def test_scores_of_unequal_things_are_refused(written, wanted, error):
    with pytest.raises(error, match="takes"):
        captioning.score(written, wanted)


def test_the_baseline_is_the_caption_most_frequent_in_training():
    train = captioning.encode(["two", "six", "six", "two", "one", "six"])
    measured = captioning.encode(["six", "two", "two", "two"])
    assert captioning.baseline(train, measured) == ("six", 0.25)
    equal = captioning.encode(["two", "one"])
    assert captioning.baseline(equal, equal) == ("one", 0.5)


def test_no_captions_have_no_baseline():
    none = captioning.encode([])
    with pytest.raises(ValueError, match="train takes at least one"):
        captioning.baseline(none, captioning.encode(["one"]))


def test_pairs_are_two_pictures_and_two_words(parts):
    pairs = captioning.side_by_side(parts.test, 40, seed=3)
    assert pairs.images.shape == (40, 8, 16)
    assert pairs.captions.shape == (40, captioning.PAIR_LENGTH)
    place = {number: k for k, number in enumerate(parts.test.numbers)}
    words = captioning.decode(parts.test.captions)
    for image, text, numbers in zip(
        pairs.images,
        captioning.decode(pairs.captions),
        pairs.numbers,
        strict=True,
    ):
        left, right = (place[number] for number in numbers)
        np.testing.assert_array_equal(image[:, :8], parts.test.images[left])
        np.testing.assert_array_equal(image[:, 8:], parts.test.images[right])
        assert text == f"{words[left]} {words[right]}"


def test_a_caption_that_is_kept_back_is_not_drawn(parts):
    kept_back = {"seven three", "one one"}
    some = captioning.side_by_side(parts.train, 2000, without=kept_back)
    said = {*captioning.decode(some.captions)}
    assert len(some.images) == len(some.captions) == 2000
    assert len(said) == 98 and not said & kept_back


def test_pairs_of_one_seed_are_the_same(parts):
    first, again, other = (
        captioning.side_by_side(parts.test, 9, seed=seed).numbers.tolist()
        for seed in (1, 1, 2)
    )
    assert first == again != other


def test_nothing_left_to_draw_is_said(parts):
    words = captioning.WORDS
    all_pairs = [f"{one} {other}" for one in words for other in words]
    with pytest.raises(ValueError, match="got all"):
        captioning.side_by_side(parts.test, 5, without=all_pairs)
    with pytest.raises(ValueError, match="count takes an integer >= 1"):
        captioning.side_by_side(parts.test, 0)


def test_a_typed_picture_is_read_row_by_row():
    image = captioning.picture(SEVEN)
    assert image.shape == (8, 8) and image.dtype == np.float32
    assert image[0].tolist() == [0, 1, 1, 1, 1, 1, 1, 0]
    assert image[2].tolist() == [0, 0, 0, 0, 0, 0.5, 0, 0]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("........\n" * 7, "takes 8 rows, got 7"),
        (SEVEN.replace("o", "x"), r"got '.....x..' in row 3"),
        (SEVEN.replace(".######.", ".######"), "in row 1"),
    ],
)
def test_what_is_no_picture_is_named(text, named):
    with pytest.raises(ValueError, match=named):
        captioning.picture(text)


def test_a_picture_is_text():
    with pytest.raises(TypeError, match="text takes text"):
        captioning.picture(np.zeros((8, 8)))


def below(figure):
    """Return what stands below each picture, and its colour."""
    labels = [axes.xaxis.label for axes in figure.axes]
    return [(label.get_text(), label.get_color()) for label in labels]


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
    figure, description = plots.captioned(
        parts.test.images[:2], ["one", "two"], wanted=["one", "six"], columns=2
    )
    right, wrong = below(figure)
    assert right[0] == "one" and wrong[0] == "two\n(six)"
    assert right[1] != wrong[1]
    assert "two" not in description


@pytest.mark.parametrize("words", [{"captions": ["one"]}, {"wanted": ["one"]}])
def test_every_picture_wants_a_caption(parts, words):
    given_words = {"captions": ["one", "two"]} | words
    with pytest.raises(ValueError, match="takes 2 entries, got 1"):
        plots.captioned(parts.test.images[:2], **given_words)


def test_no_pictures_and_no_captions_are_refused():
    with pytest.raises(ValueError, match="at least one picture"):
        plots.captioned(np.zeros((0, 8, 8)), [])
    with pytest.raises(ValueError, match="at least one caption"):
        plots.caption_chances(np.zeros((8, 8)), {})


def test_probable_symbols_show_their_probability():
    chances = np.array([[0.3, 0.7], [0.995, 0.005], [0.5, 0.5]])
    figure, _ = plots.chances_by_step(
        np.zeros((8, 8)), chances, ["e", "end"], "e"
    )
    table = figure.axes[1]
    shown = {text.get_position(): text.get_text() for text in table.texts}
    assert shown == {(0, 0): "30%", (0, 1): "70%", (1, 0): "100%"}
    ticks = [label.get_text() for label in table.get_xticklabels()]
    assert ticks == ["start", "e"]


@pytest.mark.parametrize(
    ("symbols", "word", "named"),
    [
        (["e"], "e", "symbols takes 2 entries, got 1"),
        (["e", "end"], "eee", "word takes up to 2 letters, got 'eee'"),
    ],
)
def test_symbols_and_word_fit_the_table(symbols, word, named):
    with pytest.raises(ValueError, match=named):
        plots.chances_by_step(
            np.zeros((8, 8)), np.full((2, 2), 0.5), symbols, word
        )


def test_bars_are_as_long_as_the_probabilities():
    figure, _ = plots.caption_chances(
        np.zeros((8, 8)), {"greedy: two": 0.2, "beam: one": 0.4}
    )
    bars = figure.axes[1]
    assert [bar.get_width() for bar in bars.patches] == [0.2, 0.4]
    labels = [label.get_text() for label in bars.get_yticklabels()]
    assert labels == ["greedy: two", "beam: one"]
