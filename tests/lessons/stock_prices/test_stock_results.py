"""What is stored beside lesson 19 is what the lesson says it is."""

import numpy as np
import pandas as pd
import pytest

from lessons.stock_prices import experiments, forecasters, leaks, market

DAYS = market.daily()
TEST = {
    study: DAYS.index[market.part_of(DAYS.index, parts) == "test"]
    for study, parts in market.STUDIES.items()
}


@pytest.mark.parametrize(
    "path", [experiments.PRICES, experiments.CHANGES, experiments.DIRECTIONS]
)
def test_each_test_day_has_a_forecast_of_every_seed(path):
    table = pd.read_csv(path, index_col="day", parse_dates=True)
    assert table.index.equals(TEST["long"].rename("day"))
    assert [*table] == [str(seed) for seed in experiments.SEEDS]
    assert table.notna().all().all()
    first, second = table["1"], table["2"]
    assert (first != second).mean() > 0.5, "seeds differ"


def test_directions_are_probabilities_and_changes_small():
    odds = forecasters.of_networks(experiments.DIRECTIONS)
    assert ((odds > 0) & (odds < 1)).all()
    assert np.abs(forecasters.of_networks(experiments.CHANGES)).max() < 5


def test_the_honest_forecasts_are_those_of_the_table_of_leaks():
    runs = pd.read_csv(experiments.LEAKS)
    prices = pd.read_csv(experiments.PRICES, index_col="day", parse_dates=True)
    off = prices.sub(DAYS.close[prices.index], axis=0).abs()
    honest = runs[runs.recipe == "honest"]
    assert (honest.leak == honest.honest).all()
    for (years, seed), row in honest.set_index(["years", "seed"]).iterrows():
        if seed not in experiments.SEEDS:
            continue
        first, last = map(str, experiments.YEARS[years])
        found = off[str(seed)][first:last]
        assert found.mean() == pytest.approx(row.honest, abs=0.05)
        assert len(found) == row.days


def test_every_leak_was_run_with_every_seed_beside_the_honest_one():
    runs = pd.read_csv(experiments.LEAKS)
    recipes = {"honest", *leaks.LEAKS, *leaks.CONTROLS}
    assert {*runs.recipe} == recipes
    for _, rows in runs.groupby(["recipe", "years"]):
        assert sorted(rows.seed) == sorted(experiments.LEAK_SEEDS)
    same = runs[runs.recipe != "windows shuffled before the split"]
    for _, rows in same.groupby(["years", "seed"]):
        assert rows.days.nunique() == rows.honest.nunique() == 1


def test_each_rate_was_tried_and_the_best_one_taken():
    table = pd.read_csv(experiments.CHOICES)
    tasks = table.groupby(["task", "inputs"])
    assert len(tasks) == 9
    for _, rows in tasks:
        assert len(rows) == len(experiments.RATES) * len(experiments.CHOOSING)
        assert {*rows.rate} == {*experiments.RATES}
    price = table[table.task == "price"].groupby("rate").loss.mean()
    assert price.idxmin() == leaks.RATE


@pytest.mark.parametrize("study", market.STUDIES)
def test_forecasts_of_variance_are_for_the_test_days(study):
    table = pd.read_csv(experiments.VARIANCES, parse_dates=["day"])
    kinds = table[table.study == study].groupby("inputs")
    assert len(kinds) == 2
    for _, rows in kinds:
        assert pd.DatetimeIndex(rows.day).equals(TEST[study].rename("day"))
    said, scale = forecasters.variance_networks(study)
    measured = DAYS.variance[TEST[study]]
    for name, forecast in said.items():
        assert forecast.shape == (5, len(measured))
        assert scale[name].shape == (5, 1)
        assert ((scale[name] > 1) & (scale[name] < 2)).all()
        logs = np.log(forecast.mean(axis=0))
        assert np.corrcoef(logs, np.log(measured))[0, 1] > 0.4


@pytest.mark.parametrize("study", market.STUDIES)
def test_scores_are_of_the_same_days_for_every_model(study):
    scores = forecasters.variance_scores(study)
    assert scores.days.equals(TEST[study])
    assert [*scores.qlike] == [*scores.error]
    assert {*scores.qlike} == {*scores.ranges}
    for name, loss in scores.qlike.items():
        assert loss.shape == scores.error[name].shape
        assert loss.shape[1] == len(scores.days)
        assert (loss >= 0).all()
    rows = scores.during("2017")
    assert {*scores.days[rows].year} == {2017}
