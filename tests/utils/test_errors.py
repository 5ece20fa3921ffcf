"""Argument checks: the right value passes, the wrong one is named."""

import math
from functools import partial

import numpy as np
import pytest

from utils.errors import (
    check_choice,
    check_integer,
    check_length,
    check_number,
    check_text,
)

UNITS = partial(check_integer, "units", minimum=1, maximum=10)
SHARE = partial(check_number, "share", minimum=0, maximum=1)
CELL = partial(check_choice, "cell", choices=("lstm", "gru"))
TEXT = partial(check_text, "text")
WORDS = partial(check_length, "words", other="tags", others=[1, 2])


def test_good_values_come_back_as_plain_python():
    assert type(UNITS(np.int64(3))) is int
    assert type(SHARE(np.float32(0.5))) is float
    assert CELL("gru") == "gru"
    assert TEXT("words") == "words"
    assert WORDS("ab") is None
    assert check_integer("seed", 10**400) == 10**400


@pytest.mark.parametrize(
    ("check", "values", "error", "said"),
    [
        (UNITS, [True, 2.0, "2", None], TypeError, "an integer >= 1 and <= 1"),
        (UNITS, [0, 11], ValueError, "units takes an integer >= 1 and <= 10"),
        (SHARE, [False, "1", None, 1j], TypeError, "share takes a finite num"),
        (
            SHARE,
            [math.nan, math.inf, 10**400],
            ValueError,
            "share takes a finite numb",
        ),
        (SHARE, [-0.1, 1.5], ValueError, "a finite number >= 0 and <= 1, got"),
        (CELL, ["rnn", None], ValueError, "cell takes one of 'lstm', 'gru', "),
        (TEXT, [b"words"], TypeError, r"text takes text .* \(bytes\)"),
        (WORDS, ["a", "abc"], ValueError, "2 entries, one for each of tags"),
    ],
)
def test_a_wrong_value_is_named(check, values, error, said):
    for value in values:
        with pytest.raises(error, match=said) as caught:
            check(value)
        got = len(value) if check is WORDS else value
        assert f"got {got!r}" in str(caught.value)
