"""Shuffle the sequence: what a bag sees, what a recurrent cell sees (01)."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from utils import cells
from utils.drawing.card import WIDTH, Drawing
from utils.drawing.lettering import text_width
from utils.errors import check_choice, check_integer, check_text
from utils.widgets import controls
from utils.widgets.parsing import drawable, shortened, words_in
from utils.widgets.view import View, answers_mistakes

DAYS = {"a week of temperatures": 7, "two weeks of temperatures": 14}
"""Choice -> how many days of Seattle it shows."""

SOURCES = ("words", *DAYS)

FIRST_DAY = "2014-07-19"
"""Two weeks that begin cool and end hot, as one sees at a glance."""

BIN = 2
"""Degrees Celsius: the width of a bar of the histogram."""

MOST_WORDS = 8

UNITS = 6

SEED = 4
"""Of the cell's weights, which are never trained."""

HEIGHT = 322
"""Points."""

EXAMPLES: dict[str, dict[str, Any]] = {
    "I am a boy": {},
    "not great but I recommend it": {"text": "not great but I recommend it"},
    "one word, four times": {"text": "very very very very"},
    "two weeks in Seattle": {"source": "two weeks of temperatures"},
}
"""Label of a button -> what it sets; the rest as at first."""


QUESTION = (
    "By how much do the counts of the bag change? And does the final state "
    "move? Say it before you look."
)


class Row(NamedTuple):
    """A sequence in its original order.

    Attributes:
        what: "words" or "days".
        labels: Its items, as one reads them.
        inputs: Its items as the cell reads them, (timesteps, features).
        kinds: Which row of the bag each item is counted in, (timesteps,).
        bag_labels: What the rows of the bag are called.
        shades: How strong each item is coloured, 0 to 1, (timesteps,).
    """

    what: str
    labels: list[str]
    inputs: np.ndarray
    kinds: np.ndarray
    bag_labels: list[str]
    shades: np.ndarray

    def bag(self, order: np.ndarray) -> np.ndarray:
        """Return how many items of each kind that order holds."""
        return np.bincount(self.kinds[order], minlength=len(self.bag_labels))

    def named(self, order: np.ndarray) -> str:
        """Return the items in that order, or how many days there are."""
        if self.what == "days":
            return f"{len(order)} days"
        words_now = " ".join(self.labels[place] for place in order)
        return f"“{shortened(words_now)}”"


@answers_mistakes
def view(
    source: str = "words",
    text: str = "I am a boy",
    shuffle: int = 1,
    in_order: bool = False,
    *,
    hidden: bool = False,
) -> View:
    """Show a sequence in some order, its bag, and a cell's final state.

    Args:
        source: "words", or temperatures of one week or of two.
        text: The words, at most 8; not looked at for temperatures.
        shuffle: How often the button was pressed: the seed of the shuffle;
            0 leaves the order as it is.
        in_order: Put the order back, whatever was shuffled.
        hidden: Ask what a shuffle changes instead of showing it.
    """
    check_choice("source", source, SOURCES)
    check_choice("in_order", in_order, (True, False))
    seed = check_integer("shuffle", shuffle, minimum=0)
    row = (
        words(check_text("text", text))
        if source == "words"
        else temperatures(DAYS[source])
    )
    order = shuffled(row.inputs, 0 if in_order else seed)
    before = final_state(row.inputs)
    if hidden and seed and not in_order:
        return View(
            f"{row.named(order)}, read in this order. {QUESTION}",
            _drawn(row, order, before, None),
            _description(row, order, before, None),
        )
    after = final_state(row.inputs[order])
    moved = float(np.linalg.norm(after - before))
    return View(
        _sentence(row, order, moved, seed),
        _drawn(row, order, before, after),
        _description(row, order, before, after),
    )


def words(text: str) -> Row:
    """Return a typed text as one-hot rows, (timesteps, 8).

    Raises:
        InputError: There is no word, or there are more than 8.
    """
    labels = words_in(text, most=MOST_WORDS)
    vocabulary = list(dict.fromkeys(labels))
    kinds = np.array([vocabulary.index(word) for word in labels])
    return Row(
        "words",
        labels,
        np.eye(MOST_WORDS)[kinds],
        kinds,
        vocabulary,
        np.full(len(labels), 0.13),
    )


def temperatures(days: int) -> Row:
    """Return daily maximum temperatures, scaled, (timesteps, 1).

    Args:
        days: How many, from ``FIRST_DAY`` on; at most 14.
    """
    celsius = np.array(_seattle()[:days])
    bins = np.floor(celsius / BIN).astype(int)
    lows = BIN * np.arange(bins.min(), bins.max() + 1)
    warmth = (celsius - celsius.min()) / np.ptp(celsius)
    return Row(
        "days",
        [f"{degrees:.1f}" for degrees in celsius],
        ((celsius - celsius.mean()) / celsius.std())[:, None],
        bins - bins.min(),
        [f"{low} to {low + BIN} °C" for low in lows],
        0.04 + 0.5 * warmth,
    )


@functools.cache
def _seattle() -> tuple[float, ...]:
    """Return two weeks of daily maxima, in °C, from ``FIRST_DAY`` on."""
    # pandas comes with it and takes half a second to import.
    from vega_datasets import data

    weather = data.seattle_weather()
    days = weather[weather["date"] >= FIRST_DAY]["temp_max"]
    return tuple(float(degrees) for degrees in days[: max(DAYS.values())])


def shuffled(inputs: np.ndarray, seed: int) -> np.ndarray:
    """Return the places of the items in a new order, (timesteps,).

    Args:
        inputs: (timesteps, features).
        seed: Of the shuffle; 0 leaves the order as it is. The other seeds
            draw again until the sequence differs, if it can.
    """
    order = np.arange(len(inputs))
    if seed == 0 or np.all(inputs == inputs[0]):
        return order
    rng = np.random.default_rng(seed)
    while np.array_equal(inputs[order], inputs):
        order = rng.permutation(len(inputs))
    return order


def final_state(inputs: np.ndarray) -> np.ndarray:
    """Return a small recurrent cell's state after the last step, (units,).

    Args:
        inputs: (timesteps, features), with 1 feature or 8.
    """
    kernel, recurrent_kernel = _weights(inputs.shape[1])
    return cells.simple_rnn(inputs[None], kernel, recurrent_kernel)[0, -1]


@functools.cache
def _weights(features: int) -> tuple[np.ndarray, np.ndarray]:
    """Return W_x, (features, units), and W_h, (units, units)."""
    rng = np.random.default_rng(SEED)
    rotation, _ = np.linalg.qr(rng.normal(size=(UNITS, UNITS)))
    return rng.normal(scale=0.7, size=(features, UNITS)), 0.9 * rotation


def _sentence(row: Row, order: np.ndarray, moved: float, seed: int) -> str:
    """Return what the picture says."""
    named = row.named(order)
    if np.all(row.inputs == row.inputs[0]):
        return (
            f"{named}: there is only one order of these, so neither the bag "
            "nor the state can change."
        )
    if np.array_equal(order, np.arange(len(order))):
        return (
            f"In order: {named}. The state has moved by {moved:.2f}; shuffle, "
            "and see which of the two sides notices."
        )
    bag = "bag" if row.what == "words" else "histogram"
    return (
        f"Shuffle {seed}: {named}. The {bag} is the same, count for count; "
        f"the final state has moved by {moved:.2f}: the cell has read them in "
        "another order."
    )


def _description(
    row: Row, order: np.ndarray, before: np.ndarray, after: np.ndarray | None
) -> str:
    """Return the picture in words; what is not known yet, is asked."""
    counts = ", ".join(
        f"{shortened(label)}: {count}"
        for label, count in zip(row.bag_labels, row.bag(order), strict=True)
    )
    items = ", ".join(shortened(row.labels[place]) for place in order)
    return (
        f"Above, the {row.what} in a row: {items}. Left, a bar for each "
        f"count of the bag, {counts}. Right, a recurrent cell's final "
        f"state as {UNITS} coloured squares, after the original order "
        f"({_written(before)}) and after this one "
        f"({'?' if after is None else _written(after)})."
    )


def _written(state: np.ndarray) -> str:
    """Return a state as a list of numbers."""
    return ", ".join(map(_rounded, state))


def _rounded(value: float) -> str:
    """Return two decimals, never a negative zero."""
    return f"{round(value, 2) + 0.0:.2f}"


def _drawn(
    row: Row, order: np.ndarray, before: np.ndarray, after: np.ndarray | None
) -> Drawing:
    """Draw the row above what its two readers keep of it, or ask for it."""
    drawing = Drawing(WIDTH, HEIGHT)
    _draw_row(drawing, row, order)
    for left, right, title in (
        (10, 222, "what a bag sees"),
        (234, 494, "what a recurrent cell ends with"),
    ):
        middle = (left + right) / 2
        drawing.frame(left, 10, right, 226)
        drawing.label(middle, 208, title, face="bold")
        drawing.arrow((middle, 248), (middle, 229))
    asked = after is None
    _draw_bag(drawing, row, np.arange(len(order)) if asked else order)
    changed = np.abs(row.bag(order) - row.bag(np.arange(len(order)))).sum()
    said = f"changed by {'?' if asked else changed}"
    drawing.label(116, 23, said, face="bold")
    _draw_states(drawing, before, after)
    return drawing


def _draw_row(drawing: Drawing, row: Row, order: np.ndarray) -> None:
    """Draw the items; below each, if few, the place it had in order."""
    pitch = min(90, (WIDTH - 20) / len(order))
    width = pitch - 4
    left = WIDTH / 2 - pitch * (len(order) - 1) / 2
    numbered = len(order) <= MOST_WORDS
    title = f"these {row.what} reach both of them, from left to right"
    if numbered:
        title += " (small: the place in order)"
    drawing.note(WIDTH / 2, 310, title)
    for now, place in enumerate(order):
        x = left + now * pitch
        look = {"size": 9, "strength": row.shades[place]}
        text = _fitted(row.labels[place], width - 4)
        drawing.box(x, 284, width, 26, text, "input", **look)
        if numbered:
            drawing.note(x, 260, str(place + 1))


def _draw_bag(drawing: Drawing, row: Row, order: np.ndarray) -> None:
    """Draw a bar for each count."""
    counts = row.bag(order)
    unit = min(30, 88 / counts.max())
    for place, (label, count) in enumerate(
        zip(row.bag_labels, counts, strict=True)
    ):
        y = 183 - 19.5 * place
        name = _fitted(label, 76)
        drawing.label(96, y, name, size=9, align="right")
        length = count * unit
        if count:
            look = {"meaning": "input", "strength": 0.5, "radius": 1}
            drawing.box(102 + length / 2, y, length, 13, **look)
        drawing.label(108 + length, y, str(count), size=9, align="left")


def _draw_states(
    drawing: Drawing, before: np.ndarray, after: np.ndarray | None
) -> None:
    """Draw two states as rows of squares, and how far they lie apart."""
    middle = 364
    for y, name, state in (
        (154, "final state after the original order", before),
        (92, "final state after this order", after),
    ):
        drawing.note(middle, y + 27, name)
        if state is None:
            drawing.box(middle, y, 236, 30, "?", radius=1)
            continue
        for place, value in enumerate(state):
            drawing.box(
                middle + 40 * (place - (UNITS - 1) / 2),
                y,
                36,
                30,
                _rounded(value),
                "hidden_state" if value > 0 else "weight",
                size=9,
                # Paler, so that the number reads on the dark grey too.
                strength=abs(value) if value > 0 else -0.6 * value,
                radius=1,
            )
    moved = "?" if after is None else f"{np.linalg.norm(after - before):.2f}"
    drawing.label(middle, 54, f"moved by {moved}", face="bold")
    farthest = 2 * np.sqrt(UNITS)
    drawing.note(middle, 36, f"straight-line distance, 0 to {farthest:.1f}")
    drawing.note(middle, 21, "grey: towards −1, orange: towards 1")


@functools.lru_cache(maxsize=256)
def _fitted(text: str, width: float) -> str:
    """Return as much of a text as that many points hold, at size 9."""
    for longest in range(16, 1, -1):
        shown = drawable(text, longest)
        if text_width(shown, 9) <= width:
            return shown
    return "…"


def panel() -> Any:
    """Return the widget."""
    start = {"source": "words", "text": "I am a boy", "in_order": False}
    return controls.panel(
        view,
        {
            "text": controls.line("words", start["text"]),
            "source": controls.choice("sequence", SOURCES),
            "shuffle": controls.button("shuffle"),
            "in_order": controls.switch("back in order"),
        },
        examples={
            name: {**start, **values} for name, values in EXAMPLES.items()
        },
        without_effect=without_effect,
        predict=True,
    )


def without_effect(state: Mapping[str, Any]) -> set[str]:
    """Return the controls that do nothing with those values."""
    idle = {"text"} if state["source"] != "words" else set()
    return idle | ({"shuffle"} if state["in_order"] else set())
