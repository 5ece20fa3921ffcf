"""The picture of the gains says what the stored comparisons say."""

from matplotlib.colors import to_rgb

from lessons.beyond import gains
from lessons.beyond.gains import Ablation
from utils import theme
from utils.intervals import Interval

STEPS = [
    Ablation(
        "long",
        "short",
        "so much that it takes a second line, since no line holds it all",
        Interval(2.0, 1.0, 3.0),
        Interval(1.5, 1.0, 2.0),
        3,
    ),
    Ablation(
        "masked",
        "long",
        "a mask",
        Interval(-1.0, -2.5, 0.5),
        Interval(0.5, 0.1, 0.9),
        1,
    ),
]


def marks(axes):
    """Return the marks of the steps: value, colour, inside, shape."""
    return [
        (
            float(line.get_xdata()[0]),
            to_rgb(line.get_color()),
            to_rgb(line.get_markerfacecolor()),
            line.get_marker(),
        )
        for line in axes.lines
        if len(line.get_xdata()) == 1
    ]


def test_a_row_has_two_marks_and_is_grey_where_zero_is_within():
    figure, _ = gains.picture(STEPS)
    (axes,) = figure.axes
    orange, grey, white = (
        to_rgb(theme.COLORS[name])
        for name in ("hidden_state", "muted", "background")
    )
    assert marks(axes) == [
        (2.0, orange, orange, "o"),
        (1.5, orange, white, "o"),
        (-1.0, grey, grey, "D"),
        (0.5, grey, white, "D"),
    ]
    bars = [tuple(line.get_xdata()) for line in axes.lines]
    assert {(1.0, 3.0), (1.0, 2.0), (-2.5, 0.5), (0.1, 0.9)} <= {*bars}
    first, last = axes.get_yticklabels()
    assert last.get_text() == "a mask"
    assert first.get_text().count("\n") == 1


def test_the_picture_in_words_has_every_gain_and_both_entries():
    _, said = gains.picture(STEPS)
    assert "a mask (masked, against long): -1.0 [-2.5, +0.5], on test" in said
    steps = gains.ablations()
    _, said = gains.picture(steps)
    assert len(steps) > 20
    assert all(f"({s.name}, against {s.before})" in said for s in steps)


def test_every_pair_that_the_lesson_speaks_of_is_on_file():
    told = gains.told(gains.ablations())
    assert {(step.name, step.before) for step in told} == {*gains.TOLD}
