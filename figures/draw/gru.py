"""The GRU cell, whole and gate by gate, and the two places of its reset gate.

Letters and signs as in the lessons and ``utils.cells``: z keeps the past, as
in Keras and in Cho et al. (2014), h_t = z_t ⊙ h_{t-1} + (1 − z_t) ⊙ h̃_t.
Chung et al. (2014) exchange z and 1 − z.
"""

from __future__ import annotations

from functools import partial

from matplotlib.figure import Figure

from figures.draw.cells import Formula, Lit, formula
from figures.draw.marks import addition
from utils.drawing.card import WIDTH, Drawing
from utils.drawing.geometry import Box

HIDDEN_STATE = formula(
    r"h_t = z_t \odot h_{t{-}1} + (1{-} z_t ) \odot \tilde{h}_t"
)
AFTER = formula(
    r"\tilde{h}_t = \tanh( x_t W_h + b_h + r_t \odot ( h_{t{-}1} U_h + b'_h ))"
)
BEFORE = formula(
    r"\tilde{h}_t = \tanh( x_t W_h + b_h + ( r_t \odot h_{t{-}1} ) U_h )"
)

READ = ("h before", "x", "read")
PARTS: dict[str, tuple[str, ...]] = {
    "update_gate": (
        *(*READ, "z", "z out", "rest", "kept", "write", "tanh", "h̃"),
        "h after",
    ),
    "reset_gate": (*READ, "past", "r", "r out", "seen", "x seen", "tanh"),
}
"""Part of the GRU -> the pieces of the drawing it lights up."""

FORMULAS: dict[str, tuple[Formula, ...]] = {
    "whole": (HIDDEN_STATE, AFTER),
    "update_gate": (HIDDEN_STATE,),
    "reset_gate": (AFTER,),
}

SENTENCES = {
    "whole": (
        "A GRU cell. Along the top the hidden state runs from h_(t-1) to "
        "h_t: it is multiplied by the gate z_t, then (1 − z_t) times the "
        "candidate h̃_t is added. Below, the gates r_t and z_t read x_t and "
        "h_(t-1) with a sigmoid; the candidate, a tanh, reads x_t and r_t ⊙ "
        "(h_(t-1) U_h + b'_h), so r_t acts after the weights"
        ". Below stand h_t = z_t ⊙ h_(t-1) + (1 − z_t) ⊙ h̃_t and the "
        "equation of the candidate."
    ),
    "update_gate": (
        "The GRU cell with only the update gate and the way of the hidden "
        "state lit: z_t, a sigmoid of x_t and h_(t-1), multiplies the old "
        "state, and 1 − z_t multiplies the candidate that is added to it."
    ),
    "reset_gate": (
        "The GRU cell with only the reset gate and the way to the candidate "
        "lit: r_t, a sigmoid of x_t and h_(t-1), multiplies h_(t-1) U_h + "
        "b'_h before the candidate, a tanh, reads it beside x_t."
    ),
}
"""Part -> what its picture shows."""

TOP, MIDDLE, GATES, BUS, RESET, GIVEN = 296, 230, 172, 136, 116, 98
"""Heights: hidden state, products, gates, and three lines to the gates."""

OVER = 2.6
"""Layer of a line that passes over others."""


def gru_cell(part: str = "whole") -> tuple[Figure, str]:
    """Draw a GRU cell, "whole" or with one of ``PARTS`` lit.

    Its r acts after the weights U_h, as in Keras.
    """
    drawing = Drawing(WIDTH, 334)
    drawing.frame(76, 84, 428, 322)
    pen = Lit(drawing, PARTS.get(part))
    tanh = pen.box("tanh", "line", 380, GATES, "tanh")
    gates = _gates(pen, tanh)
    _reset(pen, gates["r"], tanh)
    _hidden_state(pen, gates["z"], tanh)
    formulas = FORMULAS[part]
    for place, equation in enumerate(formulas):
        height = 35 - 26 * (place - (len(formulas) - 1) / 2)
        drawing.equation(316, height, equation, gap=3.5)
    return drawing, SENTENCES[part]


gru_update_gate = partial(gru_cell, "update_gate")
gru_reset_gate = partial(gru_cell, "reset_gate")


def _dot(pen: Lit, piece: str, x: float, y: float, meaning: str) -> None:
    """Draw a branching point of a lit piece."""
    if pen.shade(piece, "lit") == "lit":
        pen.drawing.dot(x, y, meaning)


def _gates(pen: Lit, tanh: Box) -> dict[str, Box]:
    """Draw the input and the two gates that read it and the state."""
    given = pen.box("x", "input", 104, 50, "$x_t$")
    pen.way("read", "hidden_state", (104, TOP), (104, BUS), head=False)
    pen.way("read", "input", given.top, (104, BUS), head=False)
    end = 388, tanh.bottom[1]
    pen.way("x seen", "input", (104, GIVEN), (388, GIVEN), end)
    gates = {}
    for name, word, x in (("r", "reset", 152), ("z", "update", 282)):
        gates[name] = pen.box(name, "gate", x, GATES, r"$\sigma$")
        pen.drawing.label(x + 25, GATES, word, "muted", align="left")
    pen.way("z", "weight", (104, BUS), (282, BUS), gates["z"].bottom)
    start = [] if pen.pieces is None else [(104, BUS)]
    pen.way("r", "weight", *start, (152, BUS), gates["r"].bottom)
    _dot(pen, "read", 104, TOP, "hidden_state")
    _dot(pen, "read", 104, BUS, "weight")
    if pen.pieces is None:
        pen.drawing.dot(152, BUS, "weight")
    _dot(pen, "x seen", 104, GIVEN, "input")
    return gates


def _reset(pen: Lit, gate: Box, tanh: Box) -> None:
    """Draw what the gate r lets through to the candidate."""
    draw, x = pen.drawing, 214
    forget = draw.product(x, MIDDLE, pen.shade("r out", "text"))
    _dot(pen, "past", x, TOP, "hidden_state")
    weights = pen.shade("past", "weight")
    strength = 0 if weights == "faded" else 0.13
    look = {"size": 11, "strength": strength}
    box = draw.box(x, 264, 68, 24, r"$\cdot\,U_h+b'_h$", weights, **look)
    pen.way("past", "hidden_state", (x, TOP), box.top)
    pen.way("past", "hidden_state", box.bottom, forget.top)
    pen.way("r out", "gate", gate.top, (gate.x, MIDDLE), forget.left)
    shade = pen.shade("seen", "hidden_state")
    draw.arrow(
        forget.bottom,
        (x, RESET),
        (372, RESET),
        (372, tanh.bottom[1]),
        meaning=shade,
        bridge=True,
        layer=1.6 if shade == "faded" else OVER,
    )
    pen.letter("r out", gate.x - 13, MIDDLE - 26, "$r_t$")


def _hidden_state(pen: Lit, gate: Box, tanh: Box) -> None:
    """Draw the way of the hidden state: keep by z, write by 1 − z."""
    draw = pen.drawing
    old = pen.box("h before", "hidden_state", 34, TOP, "$h_{t{-}1}$")
    new = pen.box("h after", "hidden_state", 470, TOP, "$h_t$")
    keep = draw.product(gate.x, TOP, pen.shade("kept", "text"))
    add = addition(draw, tanh.x, TOP, pen.shade("kept", "text"))
    shade = pen.shade("rest", "line")
    rest = draw.box(330, MIDDLE, 46, 26, "$1-z_t$", shade, strength=0, size=11)
    write = draw.product(tanh.x, MIDDLE, pen.shade("write", "text"))
    start = 104, TOP
    pen.way("h before", "hidden_state", old.right, (104, TOP), head=False)
    if pen.pieces and "past" in pen.pieces:
        start = 214, TOP
        pen.way("past", "hidden_state", (104, TOP), start, head=False)
    pen.way("kept", "hidden_state", start, keep.left)
    pen.way("kept", "hidden_state", keep.right, add.left)
    pen.way("h after", "hidden_state", add.right, new.left)
    pen.way("z out", "gate", gate.top, keep.bottom)
    pen.way("z out", "gate", (gate.x, MIDDLE), rest.left)
    _dot(pen, "z out", gate.x, MIDDLE, "gate")
    pen.way("z out", "gate", rest.right, write.left)
    pen.way("h̃", "hidden_state", tanh.top, write.bottom)
    pen.way("write", "hidden_state", write.top, add.bottom)
    pen.letter("z out", gate.x - 13, MIDDLE - 26, "$z_t$")
    pen.letter("tanh", tanh.x + 14, MIDDLE - 27, r"$\tilde{h}_t$")


CHAINS = {
    "before": ("reset before the matrix", 138, ("r", "U"), BEFORE),
    "after": ("reset after the matrix", 372, ("U", "r"), AFTER),
}
"""Version -> its title, its place, what the state meets on its way up, and
the candidate's equation."""


def reset_before_and_after() -> tuple[Figure, str]:
    """Draw the way to the candidate in both versions of a GRU."""
    drawing = Drawing(WIDTH, 334)
    for title, x, order, equation in CHAINS.values():
        drawing.label(x, 320, title, size=12)
        _chain(drawing, x, order)
        drawing.equation(x, 16, equation, gap=1.5, size=10)
    return drawing, (
        "Two ways from the old state h_(t-1), below, up to the candidate "
        "h̃_t. Left, reset before the matrix: first ⊙ r_t, then times U_h. "
        "Right, reset after the matrix: first times U_h plus b'_h, then ⊙ "
        "r_t. In both, x_t W_h + b_h is added and a tanh gives h̃_t. Below "
        "stand both equations."
    )


def _chain(drawing: Drawing, x: float, order: tuple[str, str]) -> None:
    """Draw one way, from the old state to the candidate."""
    old = drawing.box(x, 54, 48, 26, "$h_{t{-}1}$", "hidden_state", size=13)
    below, pieces = old, []
    for y, name in zip((103, 151), order, strict=True):
        if name == "r":
            piece = drawing.product(x, y)
            gate = drawing.box(x - 76, y, 40, 26, "$r_t$", "gate", size=13)
            drawing.arrow(gate.right, piece.left, meaning="gate")
        else:
            text = r"$\cdot\,U_h" + ("$" if order[0] == "r" else "+b'_h$")
            piece = drawing.box(x, y, 74, 26, text, "weight", size=12)
        drawing.arrow(below.top, piece.bottom, meaning="hidden_state")
        below = piece
        pieces.append(piece)
    add = addition(drawing, x, 198)
    given = drawing.box(
        x + 80, 198, 84, 26, "$x_t W_h + b_h$", "input", size=11
    )
    drawing.arrow(given.left, add.right, meaning="input")
    tanh = drawing.box(x, 242, 48, 26, "tanh", "line", strength=0)
    new = drawing.box(
        x, 290, 48, 26, r"$\tilde{h}_t$", "hidden_state", size=13
    )
    drawing.arrow(below.top, add.bottom, meaning="hidden_state")
    drawing.arrow(add.top, tanh.bottom, meaning="hidden_state")
    drawing.arrow(tanh.top, new.bottom, meaning="hidden_state")
