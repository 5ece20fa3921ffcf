"""The page of all widgets: every widget is on it, others need a token."""

import ast
from importlib import import_module

import nbformat
import pytest

from tools import demo
from tools.__main__ import main
from tools.notebooks.lessons import lessons

MODULES = {call[: call.index(".panel")] for call in demo.PANELS.values()}


def test_every_widget_of_the_lessons_is_on_the_page():
    shown = set()
    for path in lessons():
        lesson = f"lessons.{path.stem.partition('_')[2]}"
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code" and "widget.panel(" in cell.source:
                shown.add(f"{lesson}.widget")
            for name in ("gates", "layer_shapes"):
                if f"{name}.panel(" in cell.source:
                    shown.add(f"utils.widgets.{name}")
    shown.discard("lessons.start_here.widget")  # shows what a widget is
    assert shown == MODULES


@pytest.mark.slow
@pytest.mark.parametrize("call", demo.PANELS.values())
def test_every_cell_of_the_page_makes_its_widget(call):
    module = call[: call.index(".panel")]
    panel = eval(call[len(module) + 1 :], vars(import_module(module)))
    assert panel.children


def test_the_page_has_a_link_to_each_widget_and_is_code_that_parses():
    page = demo.notebook()
    nbformat.validate(page)
    for name in demo.PANELS:
        assert f'href="#panel-{name[:2]}"' in page.cells[0].source
    for cell in page.cells:
        if cell.cell_type == "code":
            ast.parse(cell.source)


@pytest.mark.parametrize(
    ("host", "asks"),
    [("localhost", False), ("127.0.0.1", False), ("0.0.0.0", True)],
)
def test_others_than_this_machine_need_a_token(
    monkeypatch, tmp_path, capsys, host, asks
):
    from voila.app import Voila

    given = []
    monkeypatch.setattr(demo, "DEMO", tmp_path / "demo/demo.ipynb")
    monkeypatch.setattr(Voila, "launch_instance", given.append)
    monkeypatch.setenv("IPYTHONDIR", "mine")
    assert main(["demo", "--host", host, "--port", "9000"]) == 0
    tokens = [word for word in given[0] if word.startswith("--token=")]
    said = capsys.readouterr().out
    assert bool(tokens) == asks
    assert f"--Voila.ip={host}" in given[0]
    if asks:
        assert said.strip().endswith(tokens[0].removeprefix("--"))
        assert len(tokens[0]) > 18
        assert "http://0.0.0.0" not in said
    assert (tmp_path / "demo/demo.ipynb").is_file()
