"""What tests of the tools share: a course of two lessons, a good lesson."""

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from tools.notebooks import course_map
from tools.notebooks import lessons as places
from tools.notebooks import run as running


def write_cells(path: Path, *sources: str) -> Path:
    """Write a notebook of code cells that nobody has run yet."""
    cells = [new_code_cell(source.strip("\n")) for source in sources]
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(new_notebook(cells=cells), path)
    return path


@pytest.fixture
def write():
    return write_cells


@pytest.fixture
def course(tmp_path, monkeypatch) -> Path:
    """A project's folder of our own, with two small lessons."""
    monkeypatch.setattr(course_map, "RUN", tmp_path / "build/run.json")
    monkeypatch.setattr(places, "LESSONS", tmp_path / "notebooks")
    monkeypatch.setattr(places, "SOLUTIONS", tmp_path / "notebooks/solutions")
    monkeypatch.setattr(running, "BUILD", tmp_path / "build")
    monkeypatch.setattr(running, "FIGURES", tmp_path / "figures")
    write_cells(tmp_path / "notebooks/01_first.ipynb", "print('one')")
    write_cells(tmp_path / "notebooks/02_second.ipynb", "x = 1\n\nx / 0")
    return tmp_path
