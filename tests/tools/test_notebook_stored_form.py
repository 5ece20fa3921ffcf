"""Notebooks are stored in one form, whatever an editor leaves in them."""

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import (
    new_code_cell,
    new_markdown_cell,
    new_notebook,
    new_output,
)

from tools.notebooks import stored_form as storing
from tools.notebooks.stored_form import normalise, save, text


def as_an_editor_leaves_it() -> nbformat.NotebookNode:
    """A notebook full of what the stored form leaves out."""
    stream = {"output_type": "stream", "name": "stdout"}
    outputs = [
        nbformat.from_dict(stream | {"text": "epoch 1\n"}),
        new_output("execute_result", {"text/plain": "7"}, execution_count=12),
        nbformat.from_dict(stream | {"text": "epoch 2\n"}),
    ]
    first = new_code_cell(
        "print(x)\n", execution_count=12, outputs=outputs, id="aaaa"
    )
    first.metadata = {
        "tags": ["one"],
        "collapsed": True,
        "execution": {"iopub.status.idle": "2026-01-01T00:00:00Z"},
    }
    view = {storing.WIDGET_VIEW: {"model_id": "1a2b"}, "text/plain": "Int()"}
    second = new_code_cell(
        "print(x)",
        execution_count=15,
        outputs=[new_output("display_data", view)],
    )
    error = new_output(
        "error", ename="KeyError", evalue="'a'", traceback=["File /home", "a"]
    )
    third = new_code_cell("x['a']", execution_count=16, outputs=[error])
    notebook = new_notebook(
        cells=[new_markdown_cell("# 01 Title\n\n"), first, second, third]
    )
    notebook.metadata = {
        "kernelspec": {"name": "mine", "display_name": "Mine"},
        "language_info": {"name": "python", "version": "3.11.7"},
        "widgets": {"application/vnd.jupyter.widget-state+json": {}},
    }
    return notebook


def test_stored_form():
    title, first, second, third = normalise(as_an_editor_leaves_it()).cells
    assert title.source == "# 01 Title"
    assert first.source == "print(x)"
    assert first.metadata == {"tags": ["one"]}
    assert [output.get("text") for output in first.outputs] == [
        "epoch 1\nepoch 2\n",
        None,
    ]
    counts = [cell.execution_count for cell in (first, second, third)]
    assert counts == [1, 2, 3]
    assert first.outputs[1].execution_count == 1
    assert second.outputs[0].data == {"text/plain": storing.WIDGET_NOTE}
    assert third.outputs[0].traceback == ["KeyError: 'a'"]
    assert first.id + "-2" == second.id


def test_a_live_panel_is_stored_as_one_line():
    cell = nbformat.v4.new_code_cell("panel()")
    for data in (
        {"text/html": "<style></style>", "text/plain": storing.LOOK},
        {storing.WIDGET_VIEW: {}, "text/html": "<p>", "text/plain": "x"},
    ):
        cell.outputs.append(nbformat.v4.new_output("display_data", data))
    (stored,) = normalise(nbformat.v4.new_notebook(cells=[cell])).cells
    assert [o.data for o in stored.outputs] == [
        {"text/plain": storing.WIDGET_NOTE}
    ]


def test_stored_form_is_final_and_knows_no_machine():
    notebook = as_an_editor_leaves_it()
    stored = text(normalise(notebook))
    nbformat.validate(nbformat.reads(stored, as_version=4))
    assert stored == text(normalise(nbformat.reads(stored, as_version=4)))
    assert notebook == as_an_editor_leaves_it() | {"cells": notebook.cells}
    assert stored.endswith("}\n")
    for trace in ("3.11.7", "2026", "mine", "1a2b", "collapsed", "/home"):
        assert trace not in stored


def test_ids_follow_the_source():
    def ids(*sources: str) -> list[str]:
        cells = [new_code_cell(source) for source in sources]
        return [cell.id for cell in normalise(new_notebook(cells=cells)).cells]

    assert ids("a", "b") == ids("a", "b")
    assert ids("a", "b")[1] == ids("b")[0] != ids("a")[0]


def test_save_keeps_the_old_file_when_it_cannot_finish(tmp_path, monkeypatch):
    path = tmp_path / "01_x.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell("x = 1")]), path)
    before = path.read_bytes()

    def no_space(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device", str(self), str(target))

    monkeypatch.setattr(Path, "replace", no_space)
    with pytest.raises(OSError, match="No space"):
        save(new_notebook(), path)
    assert path.read_bytes() == before
    assert [*tmp_path.iterdir()] == [path]
