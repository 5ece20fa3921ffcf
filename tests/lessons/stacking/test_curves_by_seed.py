"""Tests of the plots that compare seeds and show what a state holds."""

from lessons.stacking import plots


def test_every_seed_is_a_line_of_its_own():
    runs = {"one layer": [[0.5, 0.4], [0.5, 0.1]], "two": [[0.3, 0.2]]}
    figure, description = plots.curves_by_seed(runs, ylabel="loss")
    drawn = [
        [list(line.get_ydata()) for line in axes.lines] for axes in figure.axes
    ]
    assert drawn == list(runs.values())
    assert [a.get_title("left") for a in figure.axes] == list(runs)
    assert {a.get_ylim() for a in figure.axes} == {figure.axes[0].get_ylim()}
    assert "one layer and two" in description
    assert "dashed" not in description


def test_reference_is_a_line_in_every_panel():
    runs = {"a": [[1.0], [0.5]], "b": [[1.0], [0.4]]}
    figure, description = plots.curves_by_seed(
        runs, ylabel="loss", reference=("guessing", 0.45)
    )
    for axes in figure.axes:
        assert set(axes.lines[-1].get_ydata()) == {0.45}
    assert "one line a seed, 2 in each, with the same marker" in description
    assert description.endswith("A dashed line marks guessing.")
