"""The four leaks: each changes exactly one thing of the honest recipe."""

import numpy as np
import pytest

from lessons.stock_prices import leaks, market
from lessons.stock_prices.leaks import HONEST, LEAKS

SCALER, SHUFFLED, TARGET, STOPPED = LEAKS.values()


def points(prepared, name):
    """Return what is seen and the targets of a part, in points."""
    part = prepared.parts[name]
    return prepared.points(part.seen), prepared.points(part.target)


@pytest.fixture(scope="module")
def honest():
    return leaks.prepare()


def test_each_leak_changes_one_decision():
    assert len(LEAKS) == 4
    for recipe in LEAKS.values():
        changed = [a != b for a, b in zip(recipe, HONEST, strict=True)]
        assert sum(changed) == 1
    fields = [
        np.argmax([a != b for a, b in zip(recipe, HONEST, strict=True)])
        for recipe in LEAKS.values()
    ]
    assert sorted(fields) == [0, 1, 2, 3]


def test_the_honest_one_scales_by_training_days_and_splits_by_date(honest):
    close = market.daily().close
    known = close["1999":"2005"]
    assert (honest.low, honest.high) == (known.min(), known.max())
    for name, part in honest.parts.items():
        assert {*market.part_of(part.day, market.PARTS)} == {name}
        true = close[part.day].to_numpy()
        before = close.shift()[part.day].to_numpy()
        seen, target = points(honest, name)
        np.testing.assert_allclose(target, true)
        np.testing.assert_allclose(seen[:, -1, 0], before)
    assert honest.stopped_by == "validation"


def test_the_scaler_alone_changes_low_and_high(honest):
    other = leaks.prepare(SCALER)
    close = market.daily().close
    assert (other.low, other.high) == (close.min(), close.max())
    assert other.stopped_by == honest.stopped_by
    for name in market.PARTS:
        assert (other.parts[name].day == honest.parts[name].day).all()
        for one, two in zip(
            points(other, name), points(honest, name), strict=True
        ):
            np.testing.assert_allclose(one, two)


@pytest.mark.parametrize("recipe", leaks.CONTROLS.values())
def test_the_wide_scale_is_honest_and_has_room_above(honest, recipe):
    other = leaks.prepare(recipe)
    assert other.low == honest.low
    span = leaks.SPANS[recipe.scaled_by] * (honest.high - honest.low)
    assert span > 0 and other.high == pytest.approx(honest.low + span)
    for name in market.PARTS:
        assert (other.parts[name].day == honest.parts[name].day).all()
        for one, two in zip(
            points(other, name), points(honest, name), strict=True
        ):
            np.testing.assert_allclose(one, two)


def test_shuffling_alone_deals_the_same_windows_out(honest):
    other, again = leaks.prepare(SHUFFLED, 1), leaks.prepare(SHUFFLED, 2)
    assert (other.low, other.high) == (honest.low, honest.high)
    assert other.stopped_by == honest.stopped_by
    rows = {}
    for which, prepared in (("honest", honest), ("other", other)):
        parts = prepared.parts.values()
        every = np.concatenate([p.seen[..., 0] for p in parts])
        days = np.concatenate([p.day for p in parts])
        rows[which] = every[np.argsort(days)], np.sort(days)
    for one, two in zip(*rows.values(), strict=True):
        np.testing.assert_array_equal(one, two)
    for name, part in honest.parts.items():
        assert len(other.parts[name].day) == len(part.day)
        names = market.part_of(other.parts[name].day, market.PARTS)
        assert {*names} == {*market.PARTS}, "windows of all years"
    assert (other.parts["test"].day != again.parts["test"].day).any()


def test_the_target_alone_gets_into_the_window(honest):
    other = leaks.prepare(TARGET)
    assert (other.low, other.high) == (honest.low, honest.high)
    for name, part in other.parts.items():
        np.testing.assert_array_equal(part.seen[:, -1, 0], part.target)
        fair = honest.parts[name]
        same = np.isin(part.day, fair.day)
        np.testing.assert_array_equal(part.target[same], fair.target)
        assert (part.day[same] == fair.day).all()
        # It is the honest window, moved by a day.
        one, two = part.where(same).seen[:, :-1], fair.seen[:, 1:]
        np.testing.assert_array_equal(one, two)


def test_stopping_alone_changes_nothing_in_the_data(honest):
    other = leaks.prepare(STOPPED)
    assert (honest.stopped_by, other.stopped_by) == ("validation", "test")
    assert other[1:3] == honest[1:3]
    for name, part in honest.parts.items():
        for one, two in zip(part, other.parts[name], strict=True):
            np.testing.assert_array_equal(one, two)


@pytest.mark.usefixtures("keras")
def test_stopped_by_is_the_part_that_training_watches(monkeypatch):
    watched = []

    def fit(*_, **how):
        watched.append(how["validation_data"][1])

    monkeypatch.setattr(leaks.training, "fit", fit)
    model = leaks.network()
    for recipe in (HONEST, STOPPED):
        leaks.train(model, leaks.prepare(recipe), seed=1)
    prepared = leaks.prepare()
    for number, name in enumerate(("validation", "test")):
        expected = prepared.parts[name].target
        np.testing.assert_array_equal(watched[number], expected)
