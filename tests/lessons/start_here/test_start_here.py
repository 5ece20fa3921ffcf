"""Lesson 00 does without TensorFlow, and its widget says what it shows."""

import json
import subprocess
import sys

import pytest

from lessons.start_here import widget
from tools.notebooks.lessons import ROOT

NOTEBOOK = ROOT / "notebooks" / "00_start_here.ipynb"


@pytest.mark.slow
def test_its_cells_load_no_tensorflow_and_stay_light():
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    code = ["".join(c["source"]) for c in cells if c["cell_type"] == "code"]
    heavy = "tensorflow keras sklearn pandas scipy".split()  # noqa: SIM905
    code.append(f"import sys; print({{*{heavy}}} & {{*sys.modules}})")
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(code)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "set()"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "8, multiplied by 0.5 at each step: 8, 4, 2, 1."),
        ({"factor": 1.0}, "at each step: 8, 8, 8, 8."),
        ({"factor": 0}, "by 0 at each step: 8, 0, 0, 0."),
        ({"steps": 0}, "at each step: 8."),
        ({"start": -3, "factor": 1.2, "steps": 1}, "-3, -3.6."),
    ],
)
def test_the_sentence_has_the_numbers_of_the_picture(values, said):
    shown = widget.view(**values)
    assert shown.sentence.endswith(said)
    bars = [bar.get_height() for bar in shown.figure.axes[0].patches]
    start, factor = values.get("start", 8), values.get("factor", 0.5)
    steps = range(values.get("steps", 3) + 1)
    assert bars == pytest.approx([start * factor**step for step in steps])


def inside(box):
    """Yield every widget in a widget."""
    for child in getattr(box, "children", ()):
        yield child
        yield from inside(child)


def shows(one, name, kind=object):
    return isinstance(getattr(one, name, None), kind) and hasattr(one, name)


def test_the_sliders_move_it():
    found = list(inside(widget.panel()))
    sliders = {each.description: each for each in found if shows(each, "max")}
    assert list(sliders) == ["factor", "steps"]
    sliders["factor"].value, sliders["steps"].value = 1.2, 10
    shown = "".join(each.value for each in found if shows(each, "value", str))
    assert "1.2 at each step: 8, 9.6, " in shown
    assert "A bar for the number at each step from 0 to 10" in shown
