"""The exercises of lesson 14: wrong answers are told apart."""

import re

import pytest

from lessons.captioning.exercises import PAIRS, SHEET

STUDENTS = range(300)


def test_lengths_that_are_wrong_are_told_apart():
    for student in STUDENTS:
        text = SHEET.question("length", student).text
        count = int(re.search(r"with (\d+) digits", text)[1])
        values = (5 * count + 2, 6 * count - 1, 6 * count, 6 * count + 2)
        assert len({*values, 7 * count, 6 * count + 1}) == 6


def test_greedy_decoding_has_one_answer():
    for student in STUDENTS:
        question = SHEET.question("greedy", student)
        found = re.findall(r"(\w+) (0\.\d\d)", question.text)
        chances = {name: float(chance) for name, chance in found}
        [pair] = [pair for pair in PAIRS if {*pair} <= {*chances}]
        less, more = sorted(pair, key=chances.get)
        best = max(set(chances) - {*pair}, key=chances.get)
        assert question.right == more
        assert chances[less] < chances[more] < chances[best]
        assert chances[less] + chances[more] > chances[best]


@pytest.mark.parametrize(
    ("activation", "said"),
    [
        ("tanh", "Right"),
        ("softsign", "Right"),
        ("hard_tanh", "Right"),
        (None, "without an activation"),
        ("sigmoid", "does not fill it"),
        ("relu", "from 0 on"),
    ],
)
def test_an_encoder_ends_within_the_bounds_of_a_state(
    keras, activation, said, capsys
):
    sheet = SHEET.start(student=0)
    encoder = keras.Sequential(
        [
            keras.Input((38, 6)),
            keras.layers.Flatten(),
            keras.layers.Dense(128, activation="relu"),
            keras.layers.Dense(26, activation=activation),
        ]
    )
    sheet.check_encoder(encoder)
    assert said in " ".join(capsys.readouterr().out.split())


def test_what_comes_after_the_activation_counts(keras, capsys):
    sheet = SHEET.start(student=0)
    encoder = keras.Sequential(
        [
            keras.Input((38, 6)),
            keras.layers.Flatten(),
            keras.layers.Dense(128, activation="relu"),
            keras.layers.Dense(26, activation="tanh"),
            keras.layers.Rescaling(5.0),
        ]
    )
    sheet.check_encoder(encoder)
    assert "leaves the range" in " ".join(capsys.readouterr().out.split())


def test_the_end_has_the_name_of_this_lesson(capsys):
    SHEET.start(student=0).check_wanted([*"five", "<end>"])
    assert 'calls this symbol "end"' in capsys.readouterr().out
