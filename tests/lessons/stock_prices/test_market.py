"""Days, windows and their split: no day is seen before it has come."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.stock_prices import market


def table(days: int) -> pd.DataFrame:
    """Return days whose one value is their number."""
    index = pd.date_range("2000-01-01", periods=days, name="day")
    return pd.DataFrame({"number": np.arange(days)}, index)


def test_the_days_are_those_of_the_package():
    days = market.daily()
    assert len(days) == 5031
    assert (days.high >= days.low).all() and (days.variance > 0).all()
    change = days.close.iloc[1] / days.close.iloc[0]
    assert days.change.iloc[1] == pytest.approx(100 * np.log(change))
    assert days.change.isna().sum() == 1


def test_the_vix_begins_in_2014():
    vix = market.vix()
    assert str(vix.index[0])[:10] == "2014-01-03"
    assert vix.index.equals(market.daily().loc["2014-01-03":].index)
    assert vix.notna().all() and vix.min() > 5


@given(st.integers(5, 60), st.data())
def test_a_window_ends_the_given_days_before_its_target(days, data):
    timesteps = data.draw(st.integers(1, days - 3))
    ahead = data.draw(st.integers(0, 3))
    made = table(days)
    cut = market.windows(made, made.number, timesteps=timesteps, ahead=ahead)
    assert len(cut.day) == days - timesteps - ahead + 1
    assert cut.seen.shape == (len(cut.day), timesteps, 1)
    last = cut.seen[:, -1, 0]
    np.testing.assert_array_equal(last + ahead, cut.target)
    np.testing.assert_array_equal(np.diff(cut.seen[..., 0], axis=1), 1)
    dates = made.index.to_numpy()[cut.target.astype(int)]
    np.testing.assert_array_equal(cut.day, dates)


def test_wrong_windows_are_refused():
    made = table(10)
    with pytest.raises(ValueError, match=r"timesteps takes .* got 10"):
        market.windows(made, made.number, timesteps=10)
    with pytest.raises(ValueError, match=r"ahead takes .* got -1"):
        market.windows(made, made.number, timesteps=3, ahead=-1)
    with pytest.raises(ValueError, match="target takes 10 entries"):
        market.windows(made, made.number[:9], timesteps=3)


@pytest.mark.parametrize("parts", [market.PARTS, market.VIX_PARTS])
def test_no_window_of_a_part_holds_a_day_of_a_later_one(parts):
    days = market.daily()
    numbers = pd.DataFrame({"at": np.arange(len(days))}, days.index)
    cut = market.split(market.windows(numbers, numbers["at"]), parts)
    names = list(parts)
    assert list(cut) == names
    for place, (name, part) in enumerate(cut.items()):
        assert len(part.day) > 0
        assert {*market.part_of(part.day, parts)} == {name}
        touched = np.unique(np.c_[part.seen[..., 0], part.target])
        inside = market.part_of(days.index[touched.astype(int)], parts)
        assert not {*inside} & {*names[place + 1 :]}
    sizes = [len(part.day) for part in cut.values()]
    years = pd.Series(market.part_of(days.index, parts))
    whole = [(years == name).sum() for name in names]
    before = market.TIMESTEPS if parts is market.PARTS else 0
    assert sizes == [whole[0] - before, *whole[1:]]


def test_a_day_outside_all_parts_is_in_none():
    found = market.part_of(["1998-05-05", "2006-05-05"], market.PARTS)
    assert found.tolist() == ["", "validation"]
