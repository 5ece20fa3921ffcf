"""Blocks of days: an interval that knows that neighbours are alike."""

import numpy as np
import pytest

from lessons.stock_prices.intervals import block_interval


def related(days: int, phi: float, seed: int) -> np.ndarray:
    """Return an AR(1) series with spread 1 and mean 0."""
    shocks = np.random.default_rng(seed).normal(size=days)
    values = [shocks[0]]
    for shock in shocks[1:]:
        values.append(phi * values[-1] + np.sqrt(1 - phi**2) * shock)
    return np.array(values)


def width(values, **how):
    found = block_interval(values, draws=400, **how)
    return found.high - found.low


def test_related_days_need_blocks():
    phi, days = 0.9, 2000
    series = related(days, phi, seed=1)
    # Of the mean of an AR(1): sqrt((1 + phi) / (1 - phi) / days).
    true = 2 * 1.96 * np.sqrt((1 + phi) / (1 - phi) / days)
    assert width(series, block=1) < 0.35 * true
    assert 0.7 * true < width(series, block=66) < 1.3 * true


def test_independent_days_need_none():
    series = related(2000, 0, seed=2)
    true = 2 * 1.96 / np.sqrt(2000)
    for block in (1, 22):
        assert width(series, block=block) == pytest.approx(true, rel=0.15)


@pytest.mark.slow
def test_it_misses_the_true_mean_as_rarely_as_it_says():
    missed = {1: 0, 44: 0}
    for seed in range(60):
        series = related(1000, 0.8, seed)
        for block in missed:
            found = block_interval(series, block=block, draws=200)
            missed[block] += not found.low <= 0 <= found.high
    assert missed[1] > 20, "of 60, where days are drawn one by one"
    assert missed[44] < 10


def test_seeds_are_drawn_as_well():
    day = np.zeros((5, 300))
    assert block_interval(day).low == block_interval(day).high == 0
    found = block_interval(day + np.arange(5)[:, None])
    assert found.value == 2 and found.low < 1.5 and found.high > 2.5


def test_it_is_the_same_each_time_and_takes_a_block_that_fits():
    series = related(100, 0.5, seed=3)
    assert block_interval(series) == block_interval(series)
    for block in (0, 101):
        with pytest.raises(ValueError, match=rf"block takes .* got {block}"):
            block_interval(series, block=block)
