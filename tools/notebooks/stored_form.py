"""One stored form for every notebook, so that a diff shows what changed.

What differs from machine to machine or from run to run is left out:
versions, times, random cell ids, the state of widgets, paths in tracebacks.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from utils.widgets import LOOK, NOTE

KERNELSPEC = {
    "display_name": "Python 3 (ipykernel)",
    "language": "python",
    "name": "python3",
}
LANGUAGE = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
    "version": "3",
}
"""What a kernel of `make lab` says of itself: so opening changes nothing."""

CELL_METADATA = ("jupyter", "tags")
"""What a cell may say about itself; anything else an editor left behind."""

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
WIDGET_NOTE = NOTE
"""Stands in a stored notebook where a running one shows a widget."""


def normalise(notebook: NotebookNode) -> NotebookNode:
    """Return the notebook in the form in which it is stored.

    Args:
        notebook: Any notebook of format 4; it is not changed.
    """
    seen: Counter[str] = Counter()
    cells = []
    executed = 0
    for cell in notebook.cells:
        stored = _cell(cell, seen)
        if cell.cell_type == "code":
            if cell.get("execution_count") is not None:
                executed += 1
                stored["execution_count"] = executed
            stored["outputs"] = _outputs(cell, stored["execution_count"])
        cells.append(stored)
    return nbformat.from_dict(
        {
            "cells": cells,
            "metadata": {
                "kernelspec": dict(KERNELSPEC),
                "language_info": dict(LANGUAGE),
            },
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )


def text(notebook: NotebookNode) -> str:
    """Return the text of the file in which the notebook is stored."""
    return nbformat.writes(notebook).rstrip("\n") + "\n"


def save(notebook: NotebookNode, path: Path) -> None:
    """Write the normalised notebook; the old file stays until it is done."""
    content = text(normalise(notebook))
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with unfinished.open("w", encoding="utf-8", newline="\n") as file:
            file.write(content)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _cell(cell: NotebookNode, seen: Counter[str]) -> dict[str, Any]:
    """Return the cell without outputs, named after what it says."""
    source = cell.source.rstrip("\n")
    words = f"{cell.cell_type}\n{source}".encode()
    identity = hashlib.sha256(words).hexdigest()[:8]
    seen[identity] += 1
    if seen[identity] > 1:
        identity = f"{identity}-{seen[identity]}"
    kept = {
        key: cell.metadata[key]
        for key in CELL_METADATA
        if cell.metadata.get(key)
    }
    stored = {
        "cell_type": cell.cell_type,
        "id": identity,
        "metadata": kept,
        "source": source,
    }
    if cell.cell_type == "code":
        stored["execution_count"] = None
    return stored


def _outputs(cell: NotebookNode, count: int | None) -> list[dict[str, Any]]:
    """Return the cell's outputs: streams merged, machine's traces removed."""
    outputs: list[dict[str, Any]] = []
    streams: dict[str, dict[str, Any]] = {}
    for output in cell.get("outputs", []):
        if output.output_type == "stream":
            if output.name in streams:
                streams[output.name]["text"] += output.text
                continue
            streams[output.name] = dict(output)
            outputs.append(streams[output.name])
        elif output.output_type == "error":
            outputs.append(_error(output))
        elif output.data.get("text/plain") == LOOK:
            continue
        else:
            outputs.append(_display(output, count))
    return outputs


def _error(output: NotebookNode) -> dict[str, Any]:
    """Return a stored exception, its traceback cut to the last line."""
    sentence = f"{output.ename}: {output.evalue}".removesuffix(": ")
    return dict(output) | {"traceback": [sentence]}


def _display(output: NotebookNode, count: int | None) -> dict[str, Any]:
    """Return a shown value; a widget, which needs a kernel, as a note."""
    if WIDGET_VIEW in output.data:
        note = {"text/plain": WIDGET_NOTE}
        return {"output_type": "display_data", "data": note, "metadata": {}}
    stored = dict(output)
    if output.output_type == "execute_result":
        stored["execution_count"] = count
    return stored
