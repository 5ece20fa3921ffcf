"""Folders, homes and names as readers have them: it works, or it says why."""

import os
import shlex
import shutil
import subprocess
import sys

import pytest

from tools import __main__ as tools
from tools.notebooks.lessons import ROOT

NOT_COPIED = shutil.ignore_patterns(".*", "build", "tests", "__pycache__")


def python(folder, *words, **variables):
    """Run Python in a folder with the course found there."""
    return subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), **variables},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", ["it's 두 $번째 #1%", "a link", "~", "a&b;c"])
def test_a_lesson_runs_in_a_folder_of_any_name(tmp_path, name):
    copied = tmp_path / ("behind" if "link" in name else name)
    shutil.copytree(ROOT, copied, ignore=NOT_COPIED)
    if "link" in name:
        (tmp_path / name).symlink_to(copied)
    done = python(tmp_path / name, "-m", "tools", "run", "00")
    assert done.returncode == 0, done.stdout + done.stderr
    assert (copied / "build/html/00_start_here.html").is_file()


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="no such name there")
def test_a_colon_in_the_path_is_said_before_anything_is_fetched(tmp_path):
    folder = tmp_path / "a:b"
    (folder / "tools").mkdir(parents=True)
    for name in ("tools/setup.py", "requirements.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, folder / name)
    done = python(folder, "tools/setup.py")
    assert done.returncode == 1
    assert "contains the PATH separator" in done.stdout
    assert "lines above say why" in done.stderr


def test_many_files_that_cannot_be_copied_are_one_sentence(
    monkeypatch, capsys
):
    def refuse(_):
        raise shutil.Error([("a", "b", "no room for b"), ("c", "d", "nor d")])

    monkeypatch.setattr(tools, "_run", refuse)
    assert tools.main(["run"]) == 2
    assert capsys.readouterr().err == "no room for b\n"


@pytest.mark.slow
@pytest.mark.parametrize("home", ["/proc/nobody", "", "no/absolute path"])
def test_a_lesson_runs_without_a_home(tmp_path, home):
    copied = tmp_path / "course"
    shutil.copytree(ROOT, copied, ignore=NOT_COPIED)
    done = python(copied, "-m", "tools", "run", "00", HOME=home)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_another_utils_in_the_way_is_named(tmp_path):
    (tmp_path / "utils.py").write_text("mine = 1\n")
    done = subprocess.run(
        [sys.executable, "-c", "from lessons.recurrent_cell import plots"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
    )
    last = done.stderr.strip().splitlines()[-1]
    assert "another utils is in the way" in last and "utils.py" in last


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="a shell of Unix")
@pytest.mark.usefixtures("keras")
def test_a_lesson_starts_where_nobody_hears_complaints():
    program = "from utils import runtime; runtime.start(); print(7)"
    done = subprocess.run(
        ["sh", "-c", f"{shlex.quote(sys.executable)} -c '{program}' 2>&-"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "7\n"
