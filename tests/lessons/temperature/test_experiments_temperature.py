"""What lesson 11 stores, and what it measures of a detector's answers."""

import numpy as np
import pandas as pd
import pytest

from lessons.temperature import answers, experiments, readings, weather
from lessons.temperature.sensor_faults import SIZES


@pytest.fixture(scope="module")
def held_out():
    return readings.load(copies=1).held_out


def test_hours_are_counted_by_day_and_kind(held_out):
    table = answers.by_day(held_out, held_out.fault == "drift")
    assert table.columns.tolist() == ["day", "normal", *SIZES]
    assert len(table) == 61
    assert (table.drift == 1).all()
    assert (table.drop(columns=["day", "drift"]) == 0).all(axis=None)


def test_faults_are_parted_by_size(held_out):
    large = held_out.size > np.median(held_out.size[held_out.size > 0])
    table = answers.by_size(held_out, large)
    assert table.kind.value_counts().to_dict() == dict.fromkeys(SIZES, 4)
    for _, rows in table.groupby("kind"):
        assert rows["size"].is_monotonic_increasing
        assert rows.found.is_monotonic_increasing


def test_the_first_change_is_where_the_partners_part(held_out):
    start = answers.first_change(held_out)
    for pair, minute in enumerate(start):
        was, now = held_out.readings[2 * pair : 2 * pair + 2]
        assert (was[:minute] == now[:minute]).all()
        assert was[minute] != now[minute]


def test_examples_are_faults_of_middle_size(held_out):
    chosen = answers.examples(held_out)
    assert [*chosen] == [*SIZES]
    for kind, row in chosen.items():
        low, high, _ = SIZES[kind]
        assert held_out.fault[row] == kind
        assert low < held_out.size[row] < high
        assert 5 <= answers.first_change(held_out)[row // 2] < 30


def test_a_made_up_hour_rises_as_far_as_asked():
    hours = answers.made_up_hours(0.7, 500)
    assert hours.shape == (500, 60)
    rise = np.polyfit(np.arange(60) / 60, hours.T, 1)[0]
    assert rise.mean() == pytest.approx(0.7, abs=0.02)
    np.testing.assert_allclose(hours, hours.round(1))


def test_normal_hours_come_from_every_month_and_every_rise():
    table = answers.normal_hours()
    assert sorted(table.month[table.month > 0]) == [*range(1, 13)]
    assert tuple(table.rise[table.month == 0]) == answers.RISES
    june = table.hours[table.month == 6].item()
    assert june.shape == (30 * 16, 60)
    lesson = {tuple(hour) for hour in readings.load().held_out.readings}
    assert lesson.isdisjoint(map(tuple, june))


def test_a_change_of_nothing_is_zero():
    x = np.arange(6.0).reshape(1, 3, 2)[..., :1]
    both = experiments.with_change(x)
    np.testing.assert_array_equal(both[0, :, 0], x[0, :, 0])
    np.testing.assert_array_equal(both[0, :, 1], [0, 2, 2])


def test_rows_take_the_place_of_those_with_the_same_keys(tmp_path):
    path = tmp_path / "rows.csv"
    for value in (1, 2):
        for model in ("a", "b"):
            rows = pd.DataFrame({"value": [value, value]})
            experiments.write(path, rows, model=model)
    table = pd.read_csv(path)
    assert table.model.tolist() == ["a", "a", "b", "b"]
    assert (table.value == 2).all()


def test_the_best_setting_is_trained_with_every_seed(tmp_path, monkeypatch):
    monkeypatch.setattr(experiments, "CHOICES", tmp_path / "choices.csv")

    def train(setting, seeds):
        for seed in seeds:
            yield lambda _, seed=seed: (setting, seed)

    models = experiments.chosen(
        "task", "a", (1, 3, 2), train, lambda model: model(None)[0]
    )
    assert [model(None) for model in models] == [
        (3, seed) for seed in experiments.SEEDS
    ]
    table = pd.read_csv(experiments.CHOICES)
    seeds = table.groupby("setting").seed.agg(tuple)
    assert seeds.to_dict() == dict.fromkeys((1, 2, 3), experiments.CHOOSING)


def test_settings_are_those_that_the_validation_part_chose():
    table = pd.read_csv(experiments.CHOICES)
    means = table.groupby(["task", "model", "setting"]).score.mean()
    for sees, leaf in readings.LEAF.items():
        assert means["hours", sees].idxmax() == leaf
    tasks = {"hours": 9, "next hour": 1, "next week": 2}
    models = table.groupby("task").model.nunique()
    assert models.to_dict() == tasks
    assert (table.groupby(["task", "model", "setting"]).size() == 3).all()


def test_the_files_hold_five_seeds_of_every_model():
    table = pd.read_csv(experiments.DETECTORS)
    assert {*table.model} == {*readings.VIEWS, *experiments.INPUTS}
    groups = table.groupby(["model", "seed"])
    assert (groups.size() == 61).all() and len(groups) == 5 * 9
    assert table[["normal"]].max().item() <= 16
    assert table[[*SIZES]].max(axis=None) <= 4
    sizes = pd.read_csv(experiments.SIZES)
    assert len(sizes) == 9 * 5 * 4 * 4
    for path, rows in (
        (experiments.RUNNING, 4 * 36),
        (experiments.ALARMS, 12 + len(answers.RISES)),
        (experiments.HOURS, 61),
    ):
        counts = pd.read_csv(path).groupby("seed").size()
        assert counts.index.tolist() == [*experiments.SEEDS], path
        assert abs(counts - rows).max() <= 4, path
    days = pd.read_csv(experiments.DAYS)
    counts = days.groupby(["model", "seed"]).size()
    assert len(counts) == 10
    assert (counts == len(weather.load().held_out.day)).all()
