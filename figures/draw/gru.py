"""The GRU cell; letters and signs as in the lessons and ``utils.cells``.

z keeps the past, as in Keras and in Cho et al. (2014): h_t = z_t ⊙ h_{t-1} +
(1 − z_t) ⊙ h̃_t. Chung et al. (2014) and many books exchange z and 1 − z.
"""

from __future__ import annotations

from matplotlib.figure import Figure

from figures.draw.cells import Lit, formula
from utils.drawing.card import WIDTH, Drawing
from utils.drawing.geometry import Box

HIDDEN_STATE = formula(
    r"h_t = z_t \odot h_{t{-}1} + (1{-} z_t ) \odot \tilde{h}_t"
)
CANDIDATE = formula(
    r"\tilde{h}_t = \tanh( x_t W_h + b_h + r_t \odot ( h_{t{-}1} U_h + b'_h ))"
)

TOP, MIDDLE, GATES, BUS, RESET, GIVEN = 316, 244, 180, 140, 118, 98
"""Heights: hidden state, products, gates, and three lines to the gates."""


def gru_cell() -> tuple[Figure, str]:
    """Draw a GRU cell whose r acts after the weights U_h, as in Keras."""
    drawing = Drawing(WIDTH, 356)
    drawing.frame(76, 84, 428, 344)
    pen = Lit(drawing)
    tanh = pen.box("tanh", "line", 380, GATES, "tanh")
    gates = _gates(pen, tanh)
    _reset(pen, gates["r"], tanh)
    _hidden_state(pen, gates["z"], tanh)
    drawing.equation(316, 48, HIDDEN_STATE)
    drawing.equation(316, 22, CANDIDATE, gap=3.5)
    return drawing, (
        "A GRU cell. Along the top the hidden state runs from h_(t-1) to "
        "h_t: it is multiplied by the gate z_t, then (1 − z_t) times the "
        "candidate h̃_t is added. Below, the gates r_t and z_t read x_t and "
        "h_(t-1) with a sigmoid; the candidate, a tanh, reads x_t and r_t ⊙ "
        "(h_(t-1) U_h + b'_h), so r_t acts after the weights"
        ". Below stand h_t = z_t ⊙ h_(t-1) + (1 − z_t) ⊙ h̃_t and the "
        "equation of the candidate."
    )


def _gates(pen: Lit, tanh: Box) -> dict[str, Box]:
    """Draw the input and the two gates that read it and the state."""
    given = pen.box("x", "input", 104, 50, "$x_t$")
    pen.way("h", "hidden_state", (104, TOP), (104, BUS), head=False)
    pen.way("x", "input", given.top, (104, BUS), head=False)
    pen.way("x", "input", (104, GIVEN), (388, GIVEN), (388, tanh.bottom[1]))
    gates = {}
    for name, word, x in (("r", "reset", 152), ("z", "update", 282)):
        gates[name] = pen.box(name, "gate", x, GATES, r"$\sigma$")
        pen.drawing.note(x + 25, GATES, word, align="left")
    pen.way("bus", "weight", (104, BUS), (282, BUS), gates["z"].bottom)
    pen.way("bus", "weight", (152, BUS), gates["r"].bottom)
    pen.drawing.dot(104, TOP, "hidden_state")
    pen.drawing.dot(104, BUS, "weight")
    pen.drawing.dot(152, BUS, "weight")
    pen.drawing.dot(104, GIVEN, "input")
    return gates


def _reset(pen: Lit, gate: Box, tanh: Box) -> None:
    """Draw what the gate r lets through to the candidate."""
    draw, x = pen.drawing, 214
    forget = draw.product(x, MIDDLE)
    draw.dot(x, TOP, "hidden_state")
    box = draw.box(x, 282, 36, 24, "$U_h$", "weight", size=12)
    pen.way("h", "hidden_state", (x, TOP), box.top)
    pen.way("h", "hidden_state", box.bottom, forget.top)
    pen.way("r", "gate", gate.top, (gate.x, MIDDLE), forget.left)
    pen.way(
        "h",
        "hidden_state",
        forget.bottom,
        (x, RESET),
        (372, RESET),
        (372, tanh.bottom[1]),
        bridge=True,
    )
    pen.letter("r", gate.x - 13, MIDDLE - 26, "$r_t$")


def _hidden_state(pen: Lit, gate: Box, tanh: Box) -> None:
    """Draw the way of the hidden state: keep by z, write by 1 − z."""
    draw = pen.drawing
    old = pen.box("h before", "hidden_state", 34, TOP, "$h_{t{-}1}$")
    new = pen.box("h after", "hidden_state", 470, TOP, "$h_t$")
    keep, add = draw.product(gate.x, TOP), draw.addition(tanh.x, TOP)
    rest = draw.box(
        330, MIDDLE, 46, 26, "$1-z_t$", "line", strength=0, size=11
    )
    write = draw.product(tanh.x, MIDDLE)
    pen.way("h", "hidden_state", old.right, keep.left)
    pen.way("h", "hidden_state", keep.right, add.left)
    pen.way("h", "hidden_state", add.right, new.left)
    pen.way("z", "gate", gate.top, keep.bottom)
    pen.way("z", "gate", (gate.x, MIDDLE), rest.left)
    draw.dot(gate.x, MIDDLE, "gate")
    pen.way("z", "gate", rest.right, write.left)
    pen.way("h", "hidden_state", tanh.top, write.bottom)
    pen.way("h", "hidden_state", write.top, add.bottom)
    pen.letter("z", gate.x - 13, MIDDLE - 26, "$z_t$")
    pen.letter("h", tanh.x + 14, MIDDLE - 27, r"$\tilde{h}_t$")
