"""A course of two lessons, small enough to build a site from in seconds."""

import shutil
from pathlib import Path

import nbformat
from nbformat.v4 import (
    new_code_cell,
    new_markdown_cell,
    new_notebook,
    new_output,
)

ROOT = Path(__file__).resolve().parents[1]

DOT = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""A picture of one pixel, as an output holds it."""

LANGUAGE = {"name": "python", "pygments_lexer": "ipython3"}
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg"/>'


def write_notebook(path: Path, *cells) -> None:
    """Store cells as a notebook; a text is a Markdown cell."""
    notebook = new_notebook(metadata={"language_info": LANGUAGE})
    notebook.cells = [
        new_markdown_cell(cell) if isinstance(cell, str) else cell
        for cell in cells
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)


def title(number: str, name: str) -> str:
    """Return the first cell of a lesson."""
    return f"# {number} {name}\n\nThe promise of it.\n\nAbout 5 minutes.\n"


def picture(words: str):
    """Return a code cell that shows a picture with its description."""
    output = new_output(
        "display_data", data={"image/png": DOT, "text/plain": words}
    )
    return new_code_cell("show()", outputs=[output], execution_count=2)


def printed(text: str):
    """Return a code cell that prints a text."""
    output = new_output("stream", name="stdout", text=text)
    return new_code_cell("print()", outputs=[output], execution_count=3)


def small_course(root: Path) -> Path:
    """Write the course, with the real project's settings, and return it."""
    write_notebook(
        root / "notebooks/01_first.ipynb",
        title("01", "First"),
        new_code_cell("import numpy as np", execution_count=1),
        "Masking comes in lesson 07; see [it](07_second.ipynb#a-part),\n"
        "[code](../utils/cells.py) and $h_t = \\tanh(x_t)$.\n\n"
        "![A box & an arrow.](../figures/01_box.svg)",
        picture("A curve bends upwards."),
        printed("A sentence, which may wrap."),
        printed("a  1\nb  2"),
    )
    write_notebook(
        root / "notebooks/07_second.ipynb",
        title("07", "Second"),
        "## A part\n\nAs in lessons 01 and 07.\n\n$$ x^2 $$",
        "## Exercises\n\nSay it.",
        "## Where next\n\nThe end.",
    )
    write_notebook(
        root / "notebooks/solutions/07_second.ipynb",
        "# 07 Second: solutions\n\nOf [lesson 07](../07_second.ipynb).",
        "## 1. Say it\n\nThe reasoning.",
        new_code_cell("answer = 42", execution_count=1),
    )
    (root / "figures").mkdir()
    for kind in ("svg", "png"):
        (root / "figures" / f"01_box.{kind}").write_text(DRAWING)
    (root / "figures/README.md").write_text(
        "# Figures\n\n## 01_box\n\n![A box & an arrow.](01_box.svg)\n\n"
        "A box & an arrow.\n",
        encoding="utf-8",
    )
    for part in ("static", "templates"):
        shutil.copytree(ROOT / "docs" / part, root / "docs" / part)
    shutil.copy(ROOT / "docs/conf.py", root / "docs")
    index = "# Small\n\n## The lessons\n\n<!-- lessons -->\n"
    (root / "docs/index.md").write_text(index, encoding="utf-8")
    return root
