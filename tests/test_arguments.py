"""Argument checks: the right value passes, the wrong one is named."""

import numpy as np
import pytest

from utils.arguments import (
    check_choice,
    check_integer,
    check_number,
    check_text,
)


def test_good_values_come_back_as_plain_python():
    assert type(check_integer("units", np.int64(3), minimum=1)) is int
    assert type(check_number("rate", np.float32(0.5))) is float
    assert check_choice("cell", "gru", ("lstm", "gru")) == "gru"
    assert check_text("text", "words") == "words"


@pytest.mark.parametrize("value", [True, 2.0, "2", None])
def test_what_is_no_integer_is_a_type_error(value):
    with pytest.raises(TypeError, match="units takes an integer >= 1, got"):
        check_integer("units", value, minimum=1)


@pytest.mark.parametrize("value", [0, 11])
def test_integers_outside_the_bounds_are_named_with_both(value):
    message = f"units takes an integer >= 1 and <= 10, got {value}"
    with pytest.raises(ValueError, match=message):
        check_integer("units", value, minimum=1, maximum=10)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -0.1, 1.5])
def test_numbers_outside_the_bounds_are_refused(value):
    with pytest.raises(ValueError, match="rate takes a finite number"):
        check_number("rate", value, minimum=0, maximum=1)


@pytest.mark.parametrize("value", [False, "0.5", None, 1j])
def test_what_is_no_number_is_a_type_error(value):
    with pytest.raises(TypeError, match="rate takes a finite number"):
        check_number("rate", value)


def test_a_wrong_choice_lists_the_right_ones():
    with pytest.raises(ValueError, match="one of 'lstm', 'gru', got 'rnn'"):
        check_choice("cell", "rnn", ("lstm", "gru"))


def test_bytes_are_not_text():
    with pytest.raises(TypeError, match=r"text takes text .* \(bytes\)"):
        check_text("text", b"words")
