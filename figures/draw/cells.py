"""The LSTM cell, whole and gate by gate.

Letters and signs are those of the lessons and of ``utils.cells``: i, f, o
for the gates and g for the candidate.
"""

from __future__ import annotations

from functools import partial

from matplotlib.figure import Figure

from figures.draw.marks import addition
from utils.drawing.card import WIDTH, Drawing
from utils.drawing.geometry import Box, Point

READ = ("bus", "h before", "x")
PARTS: dict[str, tuple[str, ...]] = {
    "forget_gate": (*READ, "f", "f out", "keep", "c before"),
    "input_gate": (*READ, "i", "i out", "g", "g out", "new"),
    "cell_update": (
        *("c before", "f out", "keep", "kept"),
        *("i out", "g out", "new", "new out", "add", "c after"),
    ),
    "output_gate": (
        *READ,
        *("o", "o out", "c after", "tanh", "give", "h after"),
    ),
}
"""Part of the LSTM -> the pieces of the drawing it lights up."""

GATE_NAMES = {"f": "forget", "i": "input", "g": "candidate", "o": "output"}

Formula = tuple[tuple[str, str], ...]

MEANINGS = {
    **dict.fromkeys("fiozr", "gate"),
    **dict.fromkeys("cg", "cell_state"),
    **dict.fromkeys("WUb", "weight"),
    **{"h": "hidden_state", r"\tilde{h}": "hidden_state", "x": "input"},
}
"""Symbol -> what it stands for in formulas."""


def formula(parts: str) -> Formula:
    """Return a formula in colours; blanks separate its parts."""
    return tuple(
        (f"${part}$", MEANINGS.get(part.split("_")[0].strip("'"), "text"))
        for part in parts.split()
    )


def _weighted(letter: str, function: str) -> Formula:
    """Return letter = function(x_t W + h_{t-1} U + b) in colours."""
    return formula(
        rf"{letter}_t = \{function}( x_t W_{letter} + h_{{t{{-}}1}} "
        rf"U_{letter} + b_{letter} )"
    )


CELL_STATE = formula(r"c_t = f_t \odot c_{t{-}1} + i_t \odot g_t")

HIDDEN_STATE = formula(r"h_t = o_t \odot \tanh( c_t )")

LSTM_FORMULAS: dict[str, tuple[Formula, ...]] = {
    "whole": (CELL_STATE, HIDDEN_STATE),
    "forget_gate": (_weighted("f", "sigma"),),
    "input_gate": (_weighted("i", "sigma"), _weighted("g", "tanh")),
    "cell_update": (CELL_STATE,),
    "output_gate": (_weighted("o", "sigma"), HIDDEN_STATE),
}
"""Part -> its equations (Hochreiter & Schmidhuber 1997, Gers et al. 2000)."""

LSTM_SENTENCES = {
    "whole": (
        "An LSTM cell. Along the top the cell state runs from c_(t-1) to "
        "c_t: it is multiplied by the forget gate f_t, then i_t ⊙ g_t is "
        "added. Below, four boxes read h_(t-1) and x_t: the gates f_t, i_t "
        "and o_t with a sigmoid, the candidate g_t with tanh. At the right "
        "o_t ⊙ tanh(c_t) is the hidden state h_t. Below stand the equations "
        "c_t = f_t ⊙ c_(t-1) + i_t ⊙ g_t and h_t = o_t ⊙ tanh(c_t)."
    ),
    "forget_gate": (
        "The LSTM cell with only its forget gate lit: f_t, the sigmoid of "
        "x_t and h_(t-1) with weights of its own, multiplies the cell state "
        "c_(t-1) element by element."
    ),
    "input_gate": (
        "The LSTM cell with only its input gate lit: the gate i_t, a "
        "sigmoid, and the candidate g_t, a tanh, both read x_t and h_(t-1) "
        "with weights of their own and are multiplied with each other."
    ),
    "cell_update": (
        "The LSTM cell with only the way of the cell state lit: c_(t-1) is "
        "multiplied by f_t, then i_t ⊙ g_t is added, which gives c_t = f_t ⊙ "
        "c_(t-1) + i_t ⊙ g_t."
    ),
    "output_gate": (
        "The LSTM cell with only its output gate lit: o_t, the sigmoid of "
        "x_t and h_(t-1) with weights of its own, multiplies tanh of the "
        "cell state c_t, which gives the hidden state h_t = o_t ⊙ tanh(c_t)."
    ),
}
"""Part -> what its picture shows."""


class Lit:
    """A drawing of which some pieces are lit; all others step back."""

    def __init__(
        self, drawing: Drawing, pieces: tuple[str, ...] | None = None
    ) -> None:
        """Light these pieces of the drawing, or all of them."""
        self.drawing = drawing
        self.pieces = pieces

    def shade(self, piece: str, meaning: str) -> str:
        """Return the meaning if the piece is lit."""
        lit = self.pieces is None or piece in self.pieces
        return meaning if lit else "faded"

    def way(
        self,
        piece: str,
        meaning: str,
        *points: Point,
        head: bool = True,
        bridge: bool = False,
    ) -> None:
        """Draw an arrow or a line; what is lit covers what is not."""
        shade = self.shade(piece, meaning)
        draw = self.drawing.arrow if head else self.drawing.line
        layer = 1 if shade == "faded" else 2
        draw(*points, meaning=shade, bridge=bridge, layer=layer)

    def box(
        self, piece: str, meaning: str, x: float, y: float, text: str
    ) -> Box:
        """Draw a box; one that means a line is white."""
        return self.drawing.box(
            x,
            y,
            42,
            28,
            text,
            self.shade(piece, meaning),
            size=11 if text == "tanh" else 13,
            strength=0 if meaning == "line" else 0.13,
        )

    def letter(self, piece: str, x: float, y: float, text: str) -> None:
        """Name what an arrow carries."""
        lit = self.shade(piece, "text") == "text"
        self.drawing.label(x, y, text, "text" if lit else "muted", size=13)


def lstm_cell(part: str = "whole") -> tuple[Figure, str]:
    """Draw an LSTM cell, "whole" or with one of ``PARTS`` lit."""
    drawing = Drawing(WIDTH, 316)
    drawing.frame(76, 92, 428, 304)
    pen = Lit(drawing, PARTS.get(part))
    gates = _lstm_gates(pen)
    _lstm_states(pen, gates)
    formulas = LSTM_FORMULAS[part]
    for place, formula in enumerate(formulas):
        drawing.equation(
            268, 32 - 24 * (place - (len(formulas) - 1) / 2), formula
        )
    return drawing, LSTM_SENTENCES[part]


def _lstm_gates(pen: Lit) -> dict[str, Box]:
    """Draw what the cell reads and the four boxes that read it."""
    bus = 120
    before = pen.box("h before", "hidden_state", 34, bus, "$h_{t{-}1}$")
    given = pen.box("x", "input", 104, 66, "$x_t$")
    pen.way("h before", "hidden_state", before.right, (104, bus), head=False)
    pen.way("x", "input", given.top, (104, bus), head=False)
    columns = {"f": 148, "i": 212, "g": 276, "o": 340}
    lit = [name for name in columns if pen.shade(name, "lit") == "lit"]
    end = columns[lit[-1]] if lit else 104
    gates = {}
    for name, x in columns.items():
        text = "tanh" if name == "g" else r"$\sigma$"
        meaning = "line" if name == "g" else "gate"
        gates[name] = pen.box(name, meaning, x, 162, text)
        # The way to a gate starts where the two inputs meet; only the last
        # lit one is drawn all along, or lines would cover each other.
        start = [(104, bus)] if x in (end, columns["o"]) else []
        pen.way(name, "weight", *start, (x, bus), gates[name].bottom)
        if x < end and name in lit:
            pen.drawing.dot(x, bus, "weight")
        pen.drawing.note(x, bus - 14, GATE_NAMES[name])
    pen.drawing.dot(104, bus, pen.shade("bus", "weight"))
    return gates


def _lstm_states(pen: Lit, gates: dict[str, Box]) -> None:
    """Draw the way of the cell state and the new hidden state."""
    top, middle, low = 270, 218, 162
    draw = pen.drawing
    old = pen.box("c before", "cell_state", 34, top, "$c_{t{-}1}$")
    new = pen.box("c after", "cell_state", 470, top, "$c_t$")
    out = pen.box("h after", "hidden_state", 470, 120, "$h_t$")
    keep = draw.product(148, top, pen.shade("keep", "text"))
    write = draw.product(276, middle, pen.shade("new", "text"))
    add = addition(draw, 276, top, pen.shade("add", "text"))
    tanh = pen.box("tanh", "line", 402, middle, "tanh")
    give = draw.product(402, low, pen.shade("give", "text"))
    pen.way("c before", "cell_state", old.right, keep.left)
    pen.way("f out", "gate", gates["f"].top, keep.bottom)
    pen.way("kept", "cell_state", keep.right, add.left)
    pen.way("i out", "gate", gates["i"].top, (212, middle), write.left)
    pen.way("g out", "cell_state", gates["g"].top, write.bottom)
    pen.way("new out", "cell_state", write.top, add.bottom)
    pen.way("c after", "cell_state", add.right, new.left)
    pen.way("tanh", "cell_state", (402, top), tanh.top)
    if pen.shade("tanh", "lit") == "lit":
        draw.dot(402, top, "cell_state")
    pen.way("tanh", "cell_state", tanh.bottom, give.top)
    pen.way("o out", "gate", gates["o"].right, give.left)
    pen.way("h after", "hidden_state", give.bottom, (402, 120), out.left)
    for name, x, y in (
        ("f", 134, 218),
        ("i", 199, 192),
        ("g", 290, 192),
        ("o", 376, 174),
    ):
        pen.letter(f"{name} out", x, y, f"${name}_t$")


lstm_forget_gate = partial(lstm_cell, "forget_gate")
lstm_input_gate = partial(lstm_cell, "input_gate")
lstm_cell_update = partial(lstm_cell, "cell_update")
lstm_output_gate = partial(lstm_cell, "output_gate")
