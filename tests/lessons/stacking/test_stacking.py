"""The plots of lesson 05, its data and its stored trainings."""

import numpy as np
import pandas as pd
import pytest

from figures.draw import controls
from lessons.stacking import experiments, handed, plots, weather
from utils.intervals import Interval


def test_a_target_is_the_product_of_the_signs_before_it():
    signs, positive = experiments.products(50, 3, seed=1)
    assert signs.shape == positive.shape == (50, 12, 1)
    assert set(np.unique(signs)) == {-1, 1}
    assert (positive[:, :2] == 1).all()
    product = signs[:, 4, 0] * signs[:, 5, 0] * signs[:, 6, 0]
    np.testing.assert_array_equal(positive[:, 6, 0], product > 0)


def test_the_test_months_take_no_part_in_the_scale():
    (x, y), (x_test, y_test) = experiments.hours()
    assert x.shape == y.shape == (6_400, 12, 1)
    assert x_test.shape == y_test.shape == (2_334, 12, 1)
    changes = np.concatenate([x[:, 0, 0], x[-1, 1:, 0]])
    assert changes.std() == pytest.approx(1, abs=1e-5)
    assert x_test[:, 0, 0].std() < 0.9
    np.testing.assert_array_equal(y[:-1, :, 0], x[1:, :, 0] > 0)


def test_the_file_holds_every_training():
    runs = pd.read_csv(experiments.SIGNS)
    stored = runs.groupby(["signs", "rate", "network"]).seed.agg(list)
    assert {*stored.index} == {*experiments.TRAININGS}
    assert all(seeds == list(range(10)) for seeds in stored)
    hours = pd.read_csv(experiments.TEMPERATURE)
    assert hours.groupby("network").seed.nunique().eq(10).all()


def test_longer_trainings_begin_like_the_others():
    longer = pd.read_csv(experiments.LONGER)
    assert longer.groupby(["rate", "seed"]).epoch.max().eq(8).all()
    fourth = longer[longer.epoch == experiments.EPOCHS]
    runs = pd.read_csv(experiments.SIGNS)
    runs = runs[(runs.signs == 5) & (runs.network == "one layer")]
    both = fourth.merge(runs, on=["rate", "seed"])
    assert len(both) == len(fourth) == 40
    assert both.loss_x.tolist() == both.loss_y.tolist()


def test_more_layers_and_more_steps_take_longer():
    times = pd.read_csv(experiments.STEPS)
    table = times.pivot(
        index="layers", columns="timesteps", values="milliseconds"
    )
    assert table.index.tolist() == [1, 2, 3]
    assert table.columns.tolist() == [12, 24, 36]
    assert (table.diff().iloc[1:] > 0).all(axis=None)
    assert (table.T.diff().iloc[1:] > 0).all(axis=None)


def test_the_command_names_the_files_it_can_make(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["experiments", "sings"])
    with pytest.raises(SystemExit):
        experiments.main()
    assert "got sings" in capsys.readouterr().err


def test_the_drawing_shows_the_networks_that_are_trained():
    drawn = controls.NETWORKS
    assert drawn == {name: experiments.NETWORKS[name] for name in drawn}
    description = controls.four_networks()[1]
    assert "one layer, 36 recurrent units, 1,405 parameters" in description
    assert description.count("1,411 parameters") == 2


@pytest.mark.usefixtures("keras")
def test_the_networks_have_about_as_many_parameters():
    counts = {
        name: experiments.network(name, 0.005).count_params()
        for name in experiments.NETWORKS
    }
    assert counts == {
        "one layer": 1_405,
        "two layers": 1_408,
        "one + tanh Dense": 1_411,
        "one + linear Dense": 1_411,
        "one layer, 28": 869,
        "one layer, 42": 1_891,
        "tanh Dense + one": 1_411,
        "linear Dense + one": 1_411,
    }


def test_the_wave_bears_every_round():
    figure, description = plots.wave([[1, 2, 3], [2, 3, 4]])
    texts = [text.get_text() for text in figure.axes[0].texts]
    assert texts == ["1", "2", "3", "2", "3", "4"]
    assert "the last cell has round 4" in description


def test_only_what_the_upper_layer_reads_carries_the_change_on():
    x, h = np.zeros((4, 2)), np.full((4, 3), 0.5)
    x_changed = x.copy()
    x_changed[0] += 1
    reads = {"layer 1": (x, x_changed), "layer 2": (h, h - 0.25)}
    figure, description = handed.what_layers_read(reads, change="x₁ + 1")
    texts = [[text.get_text() for text in a.texts] for a in figure.axes]
    assert texts[1] == ["0.50"] * 12
    assert texts[2] == ["1.00"] * 2 + ["0.00"] * 6
    assert texts[3] == ["−0.25"] * 12
    assert "layer 1 reads changes at step 1." in description
    assert "layer 2 reads changes at steps 1, 2, 3, 4." in description


def test_a_flipped_sign_marks_the_targets_that_change():
    figure, description = plots.sign_task([1] * 12, 6)
    above, below = (
        [text.get_text() for text in axes.texts] for axes in figure.axes
    )
    assert above == ["+", "yes"] * 12
    assert below[2 * 5] == "−"
    assert [below[2 * step + 1] for step in range(12)] == (
        ["yes"] * 5 + ["no"] * 5 + ["yes"] * 2
    )
    assert "steps 6, 7, 8, 9, 10 change" in description


def test_a_window_of_changes_ends_before_the_hour_to_be_guessed():
    changes = np.where(np.arange(24) == 15, 1.0, -0.5)
    figure, description = weather.next_hour(changes, 3)
    bars = figure.axes[0].containers[0]
    assert [bar.get_height() for bar in bars] == changes.tolist()
    colors = [bar.get_facecolor() for bar in bars]
    assert colors.count(colors[3]) == 12
    assert colors.count(colors[15]) == 1
    assert "from hour 3; a question mark stands at hour 15" in description
    assert description.endswith("it gets warmer.")
    with pytest.raises(ValueError, match="first takes 0 to 11, got 12"):
        weather.next_hour(changes, 12)


ROWS = {"a": Interval(2, 1.5, 3), "b": Interval(52.3, 0.8, 1328)}


def test_ratios_stand_beside_equality():
    apart = {"b / a": Interval(3, 1, 9)}
    figure, description = plots.ratios(ROWS, apart, xlabels=("x / y", "b / a"))
    upper, lower = figure.axes
    assert upper.get_xscale() == lower.get_xscale() == "log"
    assert set(upper.lines[-1].get_xdata()) == {1}
    assert list(upper.lines[2].get_xdata()) == [0.8, 1328]
    assert "x / y: a 2 [1.5, 3], b 52 [0.8, 1,300]." in description
    assert "b / a: b / a 3 [1, 9]." in description


def test_every_network_has_a_panel_of_ratios():
    figure, description = plots.ratio_panels(
        {"two": ROWS, "three": ROWS}, xlabel="one / other"
    )
    assert [axes.get_title("left") for axes in figure.axes] == ["two", "three"]
    for axes in figure.axes:
        assert axes.get_xscale() == "log"
        assert list(axes.lines[0].get_xdata()) == [1.5, 3]
    assert "two: a 2 [1.5, 3]" in description


def test_differences_stand_beside_none():
    rows = {"two − one": Interval(-0.004, -0.013, 0.005)}
    figure, description = plots.differences(rows, xlabel="gain")
    assert set(figure.axes[0].lines[-1].get_xdata()) == {0}
    assert figure.axes[0].texts[0].get_text() == "−0.004"
    assert "two − one −0.004 [−0.013, +0.005]" in description


def test_every_seed_is_a_dot_and_the_stuck_ones_are_counted():
    runs = pd.DataFrame(
        [
            ("one", 0.01, 0.45),
            ("one", 0.01, 0.47),
            ("two", 0.01, 0.001),
            ("two", 0.01, 0.46),
            ("one", 0.02, 0.02),
            ("two", 0.02, 0.03),
        ],
        columns=["network", "rate", "loss"],
    )
    figure, description = plots.final_losses(runs, stuck=0.4, guessing=0.462)
    slow, fast = figure.axes
    counts = [text.get_text() for text in slow.texts]
    assert counts == ["2/2", "1/2", "guessing"]
    assert [text.get_text() for text in fast.texts] == ["0/1", "0/1"]
    assert list(slow.lines[0].get_xdata()) == [0.45, 0.47]
    assert set(slow.lines[-1].get_xdata()) == {0.462}
    assert description.endswith("one 2, 0; two 1, 0.")
