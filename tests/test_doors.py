"""The doors to the course: links, the guard, Codespaces, Binder and Colab."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import jsonschema
import nbformat
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

import utils
from utils import environment
from utils.notebooks import doors
from utils.notebooks import lessons as places
from utils.notebooks.__main__ import main
from utils.notebooks.lessons import ROOT, lessons

SCHEMA = Path(__file__).with_name("fixtures") / "devcontainer.schema.json"
LINK = re.compile(r"\[(\w+)\]\(([^)]*)\)")
PIN = re.compile(r"[\w-]+==[\w.]+")
ELSEWHERE = "jane-doe/rnn.course"
ON_COLAB = {"ipython", "ipywidgets", "joblib", "pillow", "psutil", "tqdm"}
"""Packages that Colab brings itself, as far as the lessons use them."""


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def project() -> dict:
    return tomllib.loads(read("pyproject.toml"))


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """A copy of everything that the command writes."""
    shutil.copytree(places.LESSONS, tmp_path / "notebooks")
    for name in ("README.md", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    monkeypatch.setattr(places, "LESSONS", tmp_path / "notebooks")
    monkeypatch.setattr(doors, "PROJECT", tmp_path / "pyproject.toml")
    monkeypatch.setattr(doors, "README", tmp_path / "README.md")
    return tmp_path


# --- the links ----------------------------------------------------------


@pytest.mark.parametrize("path", lessons(), ids=lambda path: path.stem)
def test_links_lead_to_this_lesson_in_this_repository(path):
    owner_and_name = project()["tool"]["course"]["repository"]
    cells = nbformat.read(path, as_version=4).cells
    lines = [
        line for line in cells[0].source.splitlines() if "Open in" in line
    ]
    assert lines == [doors.links(path.name)]
    opened = {door: urlsplit(url) for door, url in LINK.findall(lines[0])}
    assert [*opened] == ["Colab", "Binder", "Codespaces"]
    file = f"notebooks/{path.name}"
    assert opened["Colab"].path == f"/github/{owner_and_name}/blob/main/{file}"
    assert opened["Binder"].path == f"/v2/gh/{owner_and_name}/main"
    query = parse_qs(opened["Binder"].query)
    assert query == {"urlpath": [f"lab/tree/{file}"]}
    assert opened["Codespaces"].path == f"/{owner_and_name}"


@pytest.mark.usefixtures("copied")
def test_everything_is_as_the_command_writes_it():
    assert doors.write() == []


def test_another_repository_is_one_command(copied, capsys):
    before = nbformat.read(copied / "notebooks" / lessons()[0].name, 4)
    assert main(["doors", ELSEWHERE]) == 0
    changed = ["pyproject.toml", "README.md", *(p.name for p in lessons())]
    lines = [f"{name} changed" for name in changed]
    assert capsys.readouterr().out.splitlines() == lines
    for name in ("pyproject.toml", "README.md"):
        text = (copied / name).read_text(encoding="utf-8")
        assert ELSEWHERE in text
        assert "recurrent-networks/recurrent" not in text
    after = nbformat.read(copied / "notebooks" / lessons()[0].name, 4)
    assert f"gh/{ELSEWHERE}/main" in after.cells[0].source
    assert "github.com/jane-doe/" in after.cells[1].source
    for one, other in zip(after.cells[2:], before.cells[2:], strict=True):
        assert one.source == other.source
    assert main(["doors", ELSEWHERE]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("name", ["course", "a/b/c", "https://x.y/z", "a b/c"])
def test_what_is_no_repository_is_refused(copied, capsys, name):
    before = (copied / "pyproject.toml").read_bytes()
    assert main(["doors", name]) == 2
    assert "takes an owner and a name" in capsys.readouterr().err
    assert (copied / "pyproject.toml").read_bytes() == before


def test_a_file_without_a_place_for_the_links_is_named(copied):
    (copied / "README.md").write_text("# No links\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"README\.md takes one line"):
        doors.write()


def test_a_lesson_without_code_is_named():
    notebook = new_notebook(cells=[new_markdown_cell("# 01 Words")])
    with pytest.raises(ValueError, match=r"01_words\.ipynb takes a title"):
        doors.open_doors(notebook, "01_words.ipynb")


# --- the guard ----------------------------------------------------------


def run_guard(folder: Path) -> subprocess.CompletedProcess:
    """Run the guard as a Python that does not see what is installed."""
    return subprocess.run(
        [sys.executable, "-S", "-W", "error", "-c", doors.guard()],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("other", [None, "utils.py", "utils/__init__.py"])
def test_guard_says_what_to_run_and_stops(tmp_path, other):
    if other:
        (tmp_path / other).parent.mkdir(exist_ok=True)
        (tmp_path / other).write_text("x = 1\n", encoding="utf-8")
    done = run_guard(tmp_path)
    assert done.returncode == 1
    assert done.stdout == ""
    said = done.stderr.splitlines()
    assert said[0].startswith("The course is not installed here.")
    repository = project()["tool"]["course"]["repository"]
    assert said[-2:] == [
        f"!git clone https://github.com/{repository} course",
        "!pip install -q -e course[colab]",
    ]
    assert len(said) == 4


def test_guard_is_silent_where_the_course_is():
    done = run_guard(ROOT)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_colab_gets_what_the_lessons_import_at_the_same_versions():
    sections = re.split(r"^# (?=[A-Z])", read("requirements.in"), flags=re.M)
    wanted = ("What the lessons", "Real data", "The five tasks")
    pins = [
        pin
        for section in sections
        if section.startswith(wanted)
        for pin in PIN.findall(section)
        if not pin.startswith("ipywidgets")  # Colab has its own
    ]
    assert project()["project"]["optional-dependencies"]["colab"] == pins


def imported(source: str) -> set[str]:
    """Return the packages that a piece of Python imports."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add(node.module)
    roots = {name.split(".")[0] for name in names}
    return roots - {*sys.stdlib_module_names, "utils"}


def test_colab_lacks_nothing_that_a_lesson_imports():
    sources = [
        cell.source
        for path in lessons()
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "code"
        and "raises-exception" not in cell.metadata.get("tags", [])
    ]
    floors = (utils.__doc__ or "").split("Beside the floors")[0]
    for part in re.findall(r"``(\w+)``", floors):
        # The lessons read the leaderboard's results and run none of it.
        if part != "leaderboard":
            folder = Path(utils.__file__).parent
            files = [folder / f"{part}.py", *(folder / part).rglob("*.py")]
            sources += [f.read_text("utf-8") for f in files if f.exists()]
    packages = {name for source in sources for name in imported(source)}
    colab = project()["project"]["optional-dependencies"]["colab"]
    installed = {pin.split("==")[0].replace("-", "_") for pin in colab}
    known = packages_distributions()
    missing = {
        name
        for name in packages
        if not {one.replace("-", "_").lower() for one in known[name]}
        & (installed | ON_COLAB)
    }
    assert "keras" in packages
    assert missing == set()


# --- Codespaces and Binder ----------------------------------------------


def devcontainer() -> dict:
    return json.loads(read(".devcontainer/devcontainer.json"))


def keeps_to_schema(container: dict) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft201909Validator.check_schema(schema)
    jsonschema.validate(container, schema, jsonschema.Draft201909Validator)


def test_devcontainer_keeps_to_its_schema():
    keeps_to_schema(devcontainer())


@pytest.mark.parametrize(
    "mistake",
    [
        {"hostRequirements": {"memory": "8 GB"}},
        {"hostRequirements": {"cpus": 0}},
        {"postCreateCommands": "make setup"},
        {"postCreateCommand": 1},
        {"waitFor": "setup"},
        {"customizations": {"vscode": {"extensions": ["jupyter"]}}},
    ],
)
def test_schema_finds_a_mistake(mistake):
    with pytest.raises(jsonschema.ValidationError):
        keeps_to_schema(devcontainer() | mistake)


def test_codespace_has_the_python_and_the_environment_of_make():
    container = devcontainer()
    version = "{}.{}".format(*environment.VERSIONS[0])
    assert container["image"].endswith(f"/python:{version}")
    command = container["postCreateCommand"].removeprefix("make ")
    assert re.search(rf"^{command}:", read("Makefile"), re.MULTILINE)
    code = container["customizations"]["vscode"]
    interpreter = code["settings"]["python.defaultInterpreterPath"]
    assert interpreter == "${containerWorkspaceFolder}/.venv/bin/python"
    assert "ms-toolsai.jupyter" in code["extensions"]


def test_binder_installs_what_make_setup_installs():
    version = "{}.{}".format(*environment.VERSIONS[0])
    assert read("binder/runtime.txt") == f"python-{version}\n"
    commands = [
        line.removeprefix("python -m pip install --no-cache-dir ")
        for line in read("binder/postBuild").splitlines()
        if line.startswith("python")
    ]
    assert commands == [
        "--require-hashes -r requirements.txt",
        "--no-deps --no-build-isolation -e .",
    ]
    source = Path(environment.__file__).read_text(encoding="utf-8")
    for flag in re.findall(r"--[a-z-]+", " ".join(commands)):
        assert f'"{flag}"' in source
    # With other files in binder/, Binder would install something else too.
    names = sorted(path.name for path in (ROOT / "binder").iterdir())
    assert names == ["postBuild", "runtime.txt"]


@pytest.mark.skipif(os.name == "nt", reason="no such bit on Windows")
def test_binder_can_run_its_last_step():
    script = ROOT / "binder" / "postBuild"
    assert script.read_bytes().startswith(b"#!/bin/sh\n")
    assert os.access(script, os.X_OK)
