"""JupyterLab opens with the course's settings, on trusted notebooks."""

import os
import runpy
from pathlib import Path

import nbformat
import pytest
from jupyterlab import labapp
from jupyterlab.commands import get_app_dir
from jupyterlab_server.settings_utils import get_settings
from nbformat.sign import NotebookNotary

from tools import lab
from tools.notebooks import stored_form


@pytest.fixture
def reader(tmp_path, monkeypatch):
    """A reader with a home of their own; returns its folder."""
    for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name))
    return tmp_path


@pytest.fixture
def opened(reader, monkeypatch):
    """The arguments with which the course starts JupyterLab."""
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(reader / "other"))
    monkeypatch.setenv("IPYTHONDIR", str(reader / "ipython"))
    started = []
    monkeypatch.setattr(labapp, "main", started.append)
    monkeypatch.setattr(lab, "trust", lambda _folder: [])
    lab.main(["--no-browser"])
    return started[0]


def setting(reader, plugin, name):
    """What JupyterLab would use, with its schema's defaults overridden."""
    app = Path(get_app_dir())
    settings, _ = get_settings(
        str(app / "settings"),
        str(app / "schemas"),
        str(reader / "user-settings"),
        schema_name=f"@jupyterlab/{plugin}",
    )
    return settings["schema"]["properties"][name]["default"]


@pytest.mark.parametrize(
    ("plugin", "name", "value"),
    [
        ("notebook-extension:tracker", "windowingMode", "none"),
        ("apputils-extension:notification", "fetchNews", "false"),
        ("apputils-extension:notification", "checkForUpdates", False),
        (
            "docmanager-extension:plugin",
            "defaultViewers",
            {"markdown": "Markdown Preview"},
        ),
        ("filebrowser-extension:browser", "showLastModifiedColumn", False),
    ],
)
@pytest.mark.usefixtures("opened")
def test_jupyterlab_reads_the_shipped_settings(reader, plugin, name, value):
    assert setting(reader, plugin, name) == value


def test_it_opens_on_the_lessons_and_keeps_the_readers_settings(
    reader, opened
):
    paths = os.environ["JUPYTER_CONFIG_PATH"].split(os.pathsep)
    assert paths == [str(lab.ROOT / ".jupyter"), str(reader / "other")]
    assert f"--ServerApp.root_dir={lab.ROOT}" in opened
    first = "/lab/tree/notebooks/00_start_here.ipynb"
    assert f"--LabApp.default_url={first}" in opened
    assert opened[-1] == "--no-browser"


def test_it_opens_on_the_readers_own_lessons(tmp_path, monkeypatch):
    monkeypatch.setattr(lab, "ROOT", tmp_path)
    first = "lab/tree/{}/00_start_here.ipynb"
    assert first.format("notebooks") in "".join(lab._defaults([]))
    (tmp_path / "my_lessons").mkdir()
    (tmp_path / "my_lessons/00_start_here.ipynb").touch()
    assert first.format("my_lessons") in "".join(lab._defaults([]))


@pytest.mark.usefixtures("opened")
def test_its_kernels_speak_of_python_as_the_stored_lessons_do(monkeypatch):
    from ipykernel.ipkernel import IPythonKernel

    profile = Path(os.environ["IPYTHONDIR"]) / "profile_default"
    info = dict(IPythonKernel.language_info)
    monkeypatch.setattr(IPythonKernel, "language_info", info)
    runpy.run_path(str(profile / "ipython_kernel_config.py"))
    assert info == stored_form.LANGUAGE


@pytest.mark.parametrize("kind", ["none", "a file", "a link to nothing"])
def test_a_home_that_cannot_be_written_is_said_in_a_line(
    tmp_path, monkeypatch, capsys, kind
):
    home = tmp_path / "home"
    if kind == "a file":
        home.write_text("")
    elif kind == "a link to nothing":
        home.symlink_to("/proc/nothing/at all")
    else:
        home = Path("/proc/nobody")
    for name in ("JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", "")
    monkeypatch.setenv("HOME", str(home))
    lab._keep_elsewhere_without_home()
    said = capsys.readouterr().err
    assert "your home folder cannot be written" in said
    assert len(said.splitlines()) == 1
    assert Path(os.environ["JUPYTER_DATA_DIR"]).parent.is_dir()
    assert lab.trust(tmp_path) == []  # the notary has a place for its key


@pytest.mark.usefixtures("reader")
def test_lessons_are_trusted_once_and_a_torn_one_is_named(tmp_path, capsys):
    lessons = tmp_path / "notebooks"
    (lessons / "solutions").mkdir(parents=True)
    (lessons / ".ipynb_checkpoints").mkdir()
    cell = nbformat.v4.new_code_cell("1 + 1")
    notebook = nbformat.v4.new_notebook(cells=[cell])
    for name in ("01_a", "solutions/01_a", ".ipynb_checkpoints/01_a"):
        nbformat.write(notebook, lessons / f"{name}.ipynb")
        notebook.cells[0].source += f"  # {name}"
    (lessons / "02_torn.ipynb").write_text('{"cells": [')
    assert lab.trust(lessons) == ["01_a.ipynb", "01_a.ipynb"]
    assert "02_torn.ipynb is not trusted" in capsys.readouterr().err
    assert lab.trust(lessons) == []
    stored = nbformat.read(lessons / "01_a.ipynb", as_version=4)
    notary = NotebookNotary()
    assert notary.check_signature(stored)
    notary.store.close()
