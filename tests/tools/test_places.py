"""Folders, homes and names as readers have them: it works, or it says why."""

import os
import shlex
import shutil
import subprocess
import sys
import unicodedata

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


ODD = [
    '100%20 [b]{x}(y)!^=@+,;`n` "q" *?',
    unicodedata.normalize("NFD", "순환 신경망") + ".",
    "two\nlines",
    "-rf",
    "$HOME",
    "...",
    "notebooks",
    "x" * 230,
    "x" * 230,
]
"""Names of folders, one in the other: together over 500 letters."""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="names of Unix")
def test_a_lesson_runs_in_folders_of_every_odd_name(tmp_path):
    copied = tmp_path.joinpath(*ODD)
    shutil.copytree(ROOT, copied, ignore=NOT_COPIED)
    done = python(copied, "-m", "tools", "run", "00")
    assert done.returncode == 0, done.stdout + done.stderr


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


NOWHERE = {
    "HOME": "/dev/null",
    "TMPDIR": "/nowhere",
    "XDG_CACHE_HOME": "/dev/null/cache",
    "XDG_CONFIG_HOME": "relative",
    "XDG_DATA_HOME": "/proc/nobody",
    "XDG_RUNTIME_DIR": "/nowhere",
    "JUPYTER_CONFIG_DIR": "/dev/null/jupyter",
    "JUPYTER_DATA_DIR": "/proc/nobody",
    "IPYTHONDIR": "/dev/null/ipython",
    "MPLCONFIGDIR": "/dev/null/matplotlib",
    "KERAS_HOME": "/dev/null/keras",
    "RNN_COURSE_CACHE": "/dev/null/cache",
}
HOMES = [{"HOME": home} for home in ("/proc/nobody", "", "no/absolute path")]


@pytest.mark.slow
@pytest.mark.parametrize(
    "homes", [*HOMES, NOWHERE, {"HOME": "/root\n", "USER": ""}]
)
def test_a_lesson_runs_without_a_home(tmp_path, homes):
    copied = tmp_path / "course"
    shutil.copytree(ROOT, copied, ignore=NOT_COPIED)
    done = python(copied, "-m", "tools", "run", "00", **homes)
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
