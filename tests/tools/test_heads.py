"""Heads of lessons, and where the course opens: Colab, Binder, Codespaces."""

import ast
import json
import os
import re
import shutil
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import nbformat
import pytest

from tools import setup
from tools.__main__ import main
from tools.notebooks import course_map, heads
from tools.notebooks import lessons as places
from tools.notebooks.lessons import ROOT, lessons

LINK = re.compile(r"\[([^\]]+)\]\(([^)]*)\)")
PIN = re.compile(r"[\w-]+==[\w.]+")
ELSEWHERE = "jane-doe/rnn.course"
ON_COLAB = set(
    "ipython ipywidgets joblib pillow psutil requests tqdm".split()  # noqa: SIM905
)
"""Packages that Colab brings itself, as far as the lessons use them."""
ROOMS = {"utils", "lessons", "figures", "reviews", "leaderboard", "tools"}


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
    monkeypatch.setattr(heads, "PROJECT", tmp_path / "pyproject.toml")
    monkeypatch.setattr(heads, "README", tmp_path / "README.md")
    return tmp_path


# --- the heads ----------------------------------------------------------


@pytest.mark.usefixtures("copied")
def test_neighbours_and_solutions_are_a_click_away():
    """Every link of a head leads to a file, and every lesson to the next."""
    assert heads.write() == []  # all is as the command writes it
    titles = [nbformat.read(p, 4).cells[0].source for p in lessons()]
    for number, (path, title) in enumerate(
        zip(lessons(), titles, strict=True)
    ):
        last = title.split("\n\n")[-1]
        targets = [address for _, address in LINK.findall(last)]
        around = [
            *lessons()[max(number - 1, 0) : number],
            *lessons()[number + 1 :][:1],
        ]
        assert targets[:-1] == [other.name for other in around]
        assert all((path.parent / target).is_file() for target in targets)
        assert targets[-1] == f"solutions/{path.stem[:2]}_solutions.ipynb"


def test_heads_and_readme_have_one_source_of_times():
    seconds = course_map.readme_seconds()
    for path in lessons():
        title = nbformat.read(path, 4).cells[0].source
        assert f"Running: {heads.rounded(seconds[path.stem])}.*" in title


def test_a_readers_run_of_a_lesson_changes_no_head(monkeypatch, tmp_path):
    run = tmp_path / "run.json"
    rows = [{"lesson": path.stem, "seconds": 999.0} for path in lessons()]
    run.write_text(json.dumps({"lessons": rows}))
    monkeypatch.setattr(course_map, "RUN", run)
    assert {*course_map.seconds_before().values()} == {999.0}
    for path in lessons():
        title = nbformat.read(path, 4).cells[0].source
        assert heads.with_foot(title, path) == title


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.4, "about 5 seconds"),
        (13, "about 15 seconds"),
        (58, "about 60 seconds"),
        (74, "about 70 seconds"),
        (174, "about 3 minutes"),
    ],
)
def test_times_are_rounded(seconds, words):
    assert heads.rounded(seconds) == words


def test_nothing_leads_to_a_repository_that_is_not_set():
    """Whoever registers such a name would run code on students' machines."""
    assert heads.repository() == ""
    assert heads.doors(lessons()[0].name) == ""
    files = [ROOT / "README.md", ROOT / "index.md", ROOT / "CONTRIBUTING.md"]
    files += [*ROOT.glob("docs/*.md"), *ROOT.glob("notebooks/**/*.ipynb")]
    for path in files:
        text = path.read_text(encoding="utf-8")
        found = re.findall(
            r"(?:colab\.research|mybinder\.org|codespaces\.new)[^\s)]*"
            r"|git clone https?://github\.com/(?!OWNER/NAME)\S*",
            text,
        )
        assert found == [], path


@pytest.mark.slow
def test_a_repository_is_one_command(copied, capsys):
    before = nbformat.read(lessons()[1], 4)
    assert main(["links", ELSEWHERE]) == 0
    changed = ["pyproject.toml", "README.md", *(p.name for p in lessons())]
    said = capsys.readouterr().out.splitlines()
    assert said == [f"{name} changed" for name in changed]
    for name in ("pyproject.toml", "README.md"):
        assert ELSEWHERE in (copied / name).read_text(encoding="utf-8")
    after = nbformat.read(lessons()[1], 4)
    title = after.cells[0].source
    file = f"notebooks/{lessons()[1].name}"
    opened = {door: urlsplit(url) for door, url in LINK.findall(title)}
    assert opened["Colab"].path == f"/github/{ELSEWHERE}/blob/main/{file}"
    assert opened["Binder"].path == f"/v2/gh/{ELSEWHERE}/main"
    query = parse_qs(opened["Binder"].query)
    assert query == {"urlpath": [f"lab/tree/{file}"]}
    assert opened["Codespaces"].path == f"/{ELSEWHERE}"
    assert f"!git clone https://github.com/{ELSEWHERE} course" in title
    sources = [[c.source for c in n.cells[1:]] for n in (before, after)]
    assert sources[0] == sources[1]
    assert main(["links", ELSEWHERE]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("name", ["course", "a/b/c", "https://x.y/z", "a b/c"])
def test_what_is_no_repository_is_refused(copied, capsys, name):
    before = (copied / "pyproject.toml").read_bytes()
    assert main(["links", name]) == 2
    assert "takes an owner and a name" in capsys.readouterr().err
    assert (copied / "pyproject.toml").read_bytes() == before


def test_a_file_without_a_place_for_it_is_named(copied):
    with pytest.raises(ValueError, match=r"takes a first cell that ends"):
        heads.with_foot("# 01 Words", lessons()[0])
    (copied / "README.md").write_text("# No links\n", encoding="utf-8")
    with pytest.raises(ValueError, match="takes a place between"):
        heads.write()


def test_colab_gets_the_lessons_part_of_the_requirements():
    dynamic = project()["tool"]["setuptools"]["dynamic"]
    part = "requirements-lessons.in"
    assert dynamic["optional-dependencies"] == {"colab": {"file": [part]}}
    assert f"-r {part}" in read("requirements.in").splitlines()
    assert "-r" not in read(part).split()  # setuptools follows none


def imported(source: str) -> set[str]:
    """Return the packages that a piece of Python imports."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add(node.module.split(".")[0])
    return names - {*sys.stdlib_module_names, *ROOMS}


@pytest.mark.slow
def test_colab_lacks_nothing_that_a_lesson_imports():
    sources = [
        cell.source
        for path in lessons()
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "code"
        and "raises-exception" not in cell.metadata.get("tags", [])
    ]
    for room in ("utils", "lessons", "reviews"):
        sources += [f.read_text("utf-8") for f in (ROOT / room).rglob("*.py")]
    packages = set().union(*map(imported, sources))
    pins = PIN.findall(read("requirements-lessons.in"))
    # The corpus is read anew by makers alone.
    pins += project()["dependency-groups"]["makers"]
    installed = {pin.split("==")[0].replace("-", "_") for pin in pins}
    known = packages_distributions()
    missing = {
        name
        for name in packages
        if (installed | ON_COLAB).isdisjoint(
            one.replace("-", "_").lower() for one in known.get(name, [name])
        )
    }
    assert "keras" in packages
    assert missing == set()


# --- Codespaces and Binder ----------------------------------------------


def test_codespace_has_the_python_and_the_environment_of_make():
    container = json.loads(read(".devcontainer/devcontainer.json"))
    assert container["image"].endswith(f"/python:{setup.VERSIONS[0]}")
    command = container["postCreateCommand"].removeprefix("make ")
    assert re.search(rf"^{command}:", read("Makefile"), re.MULTILINE)
    code = container["customizations"]["vscode"]
    interpreter = code["settings"]["python.defaultInterpreterPath"]
    assert interpreter == "${containerWorkspaceFolder}/.venv/bin/python"
    assert "ms-toolsai.jupyter" in code["extensions"]


def test_binder_installs_what_make_setup_installs():
    assert read("binder/runtime.txt") == f"python-{setup.VERSIONS[0]}\n"
    install = r"^python -m pip install --no-cache-dir (.*)"
    commands = re.findall(install, read("binder/postBuild"), re.MULTILINE)
    assert read("binder/postBuild").count("python -m") == len(commands)
    assert commands == [
        "--require-hashes -r requirements.txt",
        "--no-deps --no-build-isolation -e .",
    ]
    source = Path(setup.__file__).read_text(encoding="utf-8")
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
