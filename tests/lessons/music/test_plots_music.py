"""Plots of melodies: every note is drawn where and as long as it sounds."""

import numpy as np
import pytest

from lessons.music import plots as music

TUNE = np.array([[60, 4], [64, 2], [64, 2], [67, 8], [60, 16]])


def bars(axes):
    """Return pitch, start, length and colour of every bar."""
    return [
        (
            bar.get_y() + bar.get_height() / 2,
            bar.get_x(),
            bar.get_width(),
            bar.get_facecolor(),
        )
        for bar in axes.patches
    ]


def test_notes_stand_at_their_pitch_and_time():
    figure, description = music.piano_roll({"a tune": TUNE})
    (axes,) = figure.axes
    drawn = bars(axes)
    assert [bar[0] for bar in drawn] == pytest.approx([60, 64, 64, 67, 60])
    assert [bar[1] for bar in drawn] == pytest.approx([0, 1, 1.5, 2, 4])
    lengths = np.array([bar[2] for bar in drawn])
    assert (lengths < TUNE[:, 1] / 4).all()  # repeats stay apart
    assert (lengths > TUNE[:, 1] / 4 - 0.2).all()
    assert len({bar[3] for bar in drawn}) == 1
    assert "a tune" in description and "theme" not in description


def test_a_theme_has_a_colour_of_its_own():
    figure, description = music.piano_roll(
        {"Bach": TUNE, "network": TUNE}, theme_notes=3
    )
    for axes in figure.axes:
        colours = [bar[3] for bar in bars(axes)]
        assert len({*colours[:3]}) == len({*colours[3:]}) == 1
        assert colours[0] != colours[3]
        (line,) = axes.lines
        assert 1.5 < line.get_xdata()[0] < 2.0 + 1e-9
    assert "2 piano rolls" in description
    assert "The first 3 notes, the theme" in description


def test_panels_share_their_axes_and_name_pitches():
    higher = TUNE + np.array([12, 0])
    figure, _ = music.piano_roll({"high": higher, "low": TUNE})
    high, low = figure.axes
    assert high.get_ylim() == low.get_ylim()
    assert high.get_xlim() == low.get_xlim()
    labels = [label.get_text() for label in low.get_yticklabels()]
    assert labels == ["C4", "E4", "G4", "C5", "E5", "G5"]


def test_curves_keep_their_values():
    curves = {"chain": {1: 14.0, 2: 12.0}, "LSTM": {1: 13.0, 20: 9.5}}
    figure, description = music.by_notes_read(curves)
    (axes,) = figure.axes
    drawn = {
        line.get_label(): dict(zip(*line.get_data(), strict=True))
        for line in axes.lines
    }
    assert drawn == curves
    low, high = axes.get_ylim()
    assert low > 0 and high > 14  # no dot is cut
    assert "chain, LSTM" in description
    assert "9.5" not in description


def test_shared_notes_have_one_colour():
    other = TUNE.copy()
    other[1, 0] += 2
    figure, description = music.same_tune(TUNE, other, ["one", "two"])
    first, second = ([bar[3] for bar in bars(axes)] for axes in figure.axes)
    assert first == second
    assert len({*first}) == 2 and first.count(first[1]) == 1
    assert f"the {len(TUNE) - 1} notes" in description
    # The same pitches later are not the same notes.
    later = np.concatenate([[[40, 1]], TUNE])
    figure, description = music.same_tune(TUNE, later, ["one", "two"])
    assert "the 0 notes" in description


def test_line_ends_are_marked():
    figure, description = music.piano_roll({"": TUNE}, line_ends=[8, 32])
    places = [line.get_xdata()[0] for line in figure.axes[0].lines]
    assert places == pytest.approx([2, 8], abs=0.1)
    assert "lines of the hymn end" in description


def test_a_line_end_that_is_missed_looks_different():
    ends = TUNE[:, 1].cumsum()
    inside = ends[1] - 1
    after = ends[-1] + 4
    figure, _ = music.piano_roll(
        {"": TUNE}, line_ends=[ends[0], inside, after]
    )
    styles = [line.get_linestyle() for line in figure.axes[0].lines]
    assert styles == ["-", ":"]


def test_differences_stand_in_groups_beside_their_names():
    one = {"chain": {"a": (0.1, 0.0, 0.2), "b": (0.2, 0.1, 0.3)}}
    panels = {"nats": one | {"Bach": {"": (0.4, 0.3, 0.5)}}}
    panels["accuracy"] = panels["nats"]
    figure, description = music.differences(panels)
    for axes in figure.axes:
        *drawn, zero = axes.lines
        assert [*zero.get_xdata()] == [0, 0]
        spans = [[float(x) for x in bar.get_xdata()] for bar in drawn[::2]]
        assert spans == [[0.0, 0.2], [0.1, 0.3], [0.3, 0.5]]
        heights = [dot.get_ydata()[0] for dot in drawn[1::2]]
        assert heights[2] - heights[1] > heights[1] - heights[0]
        colours = [dot.get_color() for dot in drawn[1::2]]
        assert colours[0] == colours[1] != colours[2]
    labels = [tick.get_text() for tick in figure.axes[0].get_yticklabels()]
    assert labels == ["chain: a", "chain: b", "Bach"]
    assert "nats and accuracy" in description and "chain: a" in description


def test_expectations_stand_under_the_notes():
    p = np.eye(30)[TUNE[:, 0] - 55]
    figure, description = music.expectations(p, TUNE)
    axes = figure.axes[0]
    (dots,) = axes.lines
    assert dots.get_ydata().tolist() == TUNE[:, 0].tolist()
    (mesh,) = axes.collections
    held = mesh.get_array()
    assert held.shape[1] == len(TUNE)
    rows = held.argmax(axis=0) + mesh.get_coordinates()[0, 0, 1] + 0.5
    assert rows.tolist() == TUNE[:, 0].tolist()
    assert "dot marks the note" in description


def test_scores_stand_above_their_input():
    scores = {"chain": {"a": [10.0], "b": [9.0], "c": [8.0], "d": [7.0]}}
    scores["LSTM"] = {"a": [9.0, 9.5], "b": [8.0, 7.0], "c": [6.0], "d": [5.0]}
    figure, description = music.by_input(scores)
    dots, added, other = figure.axes[0].lines[3:]
    assert [*dots.get_xdata()] == [0, 0, 1, 1, 2, 3]
    assert [*dots.get_ydata()] == [9.0, 9.5, 8.0, 7.0, 6.0, 5.0]
    assert [*added.get_ydata()] == [9.25, 7.5, 6.0]
    assert [*other.get_xdata()] == [1, 3] and other.get_ydata()[1] == 5.0
    assert "chain and LSTM" in description and "a; b; c; d" in description


def test_what_cannot_be_drawn_is_refused():
    for shape in ((0, 2), (3, 3)):
        with pytest.raises(ValueError, match="shape"):
            music.piano_roll({"": np.zeros(shape)})
    with pytest.raises(ValueError, match="theme_notes takes an integer >= 0"):
        music.piano_roll({"": TUNE}, theme_notes=-1)
