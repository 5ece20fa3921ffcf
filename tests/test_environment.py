"""The set-up of .venv: on a machine that is played, so that it takes no time.

What is played: the interpreters (`environment.ask`), pip itself
(`packages.run_pip`) and the disk. All else is the real thing on real files.
"""

import ast
import io
import shutil
import sys
import threading
from collections import namedtuple
from pathlib import Path

import pytest

from utils import environment, packages

LOCK = "alpha==1.0\nbeta==2.0\ngamma==3.0\n"
DiskUsage = namedtuple("DiskUsage", "total used free")


class Machine:
    """Interpreters and a pip, as far as the set-up can see them.

    Attributes:
        pythons: What each interpreter on this machine says it is.
        version: What the interpreter inside an environment answers.
        installed: The packages pip has installed, in order.
        interrupt: The package at which pip is interrupted, halfway.
        failure: What pip says before it gives up, if it does.
    """

    def __init__(self, root: Path):
        self.root = root
        self.pythons = {sys.executable: "3.11|CPython|True|/usr/python3.11"}
        self.version = "3.11"
        self.installed = []
        self.interrupt = None
        self.failure = None

    @property
    def folder(self) -> Path:
        return environment.site_packages(self.root, self.version)

    def ask(self, command):
        if command[-1] == environment.PROBE:
            return self.pythons.get(command[0])
        if command[1:3] == ["-m", "venv"]:
            (self.folder / "pip").mkdir(parents=True)
            python = packages.interpreter(self.root)
            python.parent.mkdir()
            python.touch()
            return ""
        if command[-2:] == ["pip", "--version"]:
            return "pip 26" if (self.folder / "pip").exists() else None
        return self.version

    def run_pip(self, command, _variables, words):
        if self.failure:
            words.write(self.failure)
            return 1
        if command[-2] == "-e":
            self.add("course-0.1")
            return 0
        for line in Path(command[-1]).read_text().splitlines():
            name = line.replace("==", "-")
            if not (self.folder / f"{name}.dist-info").exists():
                self.add(name)
        return 0

    def add(self, name):
        info = self.folder / f"{name}.dist-info"
        info.mkdir(exist_ok=True)
        module = self.folder / f"{name}.py"
        module.write_text("12345")
        if name == self.interrupt:
            module.write_text("123")
            raise KeyboardInterrupt
        record = f"{name}.py,sha256=x,5\n{name}.pyc,,\n"
        (info / "RECORD").write_text(record)
        self.installed.append(name)


@pytest.fixture
def machine(tmp_path, monkeypatch):
    root = tmp_path / "course"
    root.mkdir()
    (root / "requirements.txt").write_text(LOCK)
    (root / "pyproject.toml").write_text("[project]\n")
    played = Machine(root)
    monkeypatch.setattr(environment, "ROOT", root)
    monkeypatch.setattr(environment, "ask", played.ask)
    monkeypatch.setattr(packages, "run_pip", played.run_pip)
    set_free(monkeypatch, 50e9)
    monkeypatch.setattr(
        shutil, "which", lambda name: name if name in played.pythons else None
    )
    return played


def set_free(monkeypatch, free):
    usage = DiskUsage(100e9, 100e9 - free, free)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)


def set_up(machine, expected=0):
    """Run the set-up; return what this run installed."""
    machine.installed.clear()
    assert environment.main() == expected
    return machine.installed


EVERYTHING = ["alpha-1.0", "beta-2.0", "gamma-3.0", "course-0.1"]


# ------------------------------------------------- once, and then not again


def test_a_second_run_installs_nothing_and_says_nothing(machine, capsys):
    assert set_up(machine) == EVERYTHING
    assert "Setting up .venv with Python 3.11" in capsys.readouterr().out
    machine.failure = "pip must not be called"
    assert set_up(machine) == []
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("name", ["requirements.txt", "pyproject.toml"])
def test_a_changed_file_brings_the_environment_up_to_date(machine, name):
    set_up(machine)
    with (machine.root / name).open("a") as file:
        file.write("\n" if name.endswith("toml") else "delta==4.0\n")
    added = ["delta-4.0"] if name == "requirements.txt" else []
    assert set_up(machine) == [*added, "course-0.1"]


def test_a_moved_folder_gets_its_editable_install_again(machine, monkeypatch):
    set_up(machine)
    machine.root = machine.root.rename(machine.root.with_name("moved"))
    monkeypatch.setattr(environment, "ROOT", machine.root)
    assert set_up(machine) == ["course-0.1"]


# --------------------------------------------------------------- repairing


def test_an_interrupted_set_up_is_continued(machine, capsys):
    machine.interrupt = "beta-2.0"
    assert set_up(machine, expected=130) == ["alpha-1.0"]
    assert "continues here" in capsys.readouterr().err
    machine.interrupt = None
    assert set_up(machine) == ["beta-2.0", "gamma-3.0", "course-0.1"]
    assert (machine.folder / "beta-2.0.py").read_text() == "12345"


def test_an_interrupted_repair_is_continued(machine):
    set_up(machine)
    shutil.rmtree(machine.folder / "beta-2.0.dist-info")
    machine.interrupt = "beta-2.0"
    set_up(machine, expected=130)
    machine.interrupt = None
    assert set_up(machine) == ["beta-2.0", "course-0.1"]


def test_what_pip_set_aside_is_removed(machine):
    machine.interrupt = "gamma-3.0"
    set_up(machine, expected=130)
    (machine.folder / "~lpha").mkdir()
    machine.interrupt = None
    set_up(machine)
    assert not (machine.folder / "~lpha").exists()


def test_a_package_that_went_missing_comes_back(machine):
    set_up(machine)
    shutil.rmtree(machine.folder / "beta-2.0.dist-info")
    assert set_up(machine) == ["beta-2.0", "course-0.1"]


@pytest.mark.parametrize("content", [None, "1234"])
def test_a_missing_or_shortened_file_is_replaced(machine, content):
    set_up(machine)
    environment.stamp_file(machine.root).unlink()
    damaged = machine.folder / "gamma-3.0.py"
    damaged.unlink() if content is None else damaged.write_text(content)
    assert set_up(machine) == ["gamma-3.0", "course-0.1"]
    assert damaged.read_text() == "12345"


@pytest.mark.parametrize("damage", ["no interpreter", "no pip", "Python 3.10"])
def test_an_unusable_environment_is_rebuilt(machine, monkeypatch, damage):
    set_up(machine)
    (machine.folder / "stale.py").touch()
    lock = machine.root / ".venv" / "setup.lock"
    inode = lock.stat().st_ino
    machine.version = "3.12"
    machine.pythons = {sys.executable: "3.12|CPython|True|/usr/python3.12"}
    if damage == "no interpreter":
        packages.interpreter(machine.root).unlink()
    elif damage == "Python 3.10":

        def answer(command):
            inside = command[0] == str(packages.interpreter(machine.root))
            rebuilt = (machine.folder / "pip").exists()
            return "3.10" if inside and not rebuilt else machine.ask(command)

        monkeypatch.setattr(environment, "ask", answer)
    assert set_up(machine) == EVERYTHING
    assert not list((machine.root / ".venv").rglob("stale.py"))
    # The lock that the rebuilding run holds is not swept away with the rest.
    assert lock.stat().st_ino == inode


@pytest.mark.parametrize("stamp", ["", "[]", '"text"', '{"made_from": 1}'])
def test_an_unreadable_stamp_counts_as_none(machine, stamp):
    set_up(machine)
    environment.stamp_file(machine.root).write_text(stamp)
    assert set_up(machine) == ["course-0.1"]


def test_a_file_in_the_way_is_named(machine, capsys):
    (machine.root / ".venv").touch()
    set_up(machine, expected=1)
    assert ".venv is a file" in capsys.readouterr().err


# ------------------------------------------------------------ which Python


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13"])
def test_the_running_python_is_taken_if_it_fits(machine, version):
    machine.pythons = {
        sys.executable: f"{version}|CPython|True|/opt/running",
        "python3.11": "3.11|CPython|True|/usr/other",
    }
    assert environment.find_python() == "/opt/running"


@pytest.mark.parametrize(
    "unfit",
    [
        "3.10|CPython|True|/unfit",
        "3.14|CPython|True|/unfit",
        "3.11|PyPy|True|/unfit",
        "3.11|CPython|False|/unfit",
        None,
        "pyenv: python3.11: command not found",
    ],
)
def test_an_unfit_python_is_passed_over(machine, unfit):
    machine.pythons = {
        sys.executable: unfit,
        "python3.11": unfit,
        "python3.12": "3.12|CPython|True|/usr/python3.12",
    }
    assert environment.find_python() == "/usr/python3.12"


def test_without_a_fitting_python_one_sentence(machine, capsys):
    machine.pythons = {sys.executable: "3.9|CPython|True|/usr/python3.9"}
    assert set_up(machine, expected=1) == []
    sentence = capsys.readouterr().err
    assert "3.11, 3.12 or 3.13" in sentence
    assert "found CPython 3.9:" in sentence
    assert sentence.count("\n") == 1


def test_this_python_says_what_it_is():
    answer = environment.ask([sys.executable, "-c", environment.PROBE])
    version, implementation, is_64_bit, base = answer.split("|")
    assert version == f"{sys.version_info[0]}.{sys.version_info[1]}"
    assert (implementation, is_64_bit) == ("CPython", "True")
    assert Path(base).exists()


def test_what_does_not_run_gives_no_answer(tmp_path):
    assert environment.ask([str(tmp_path / "absent")]) is None
    assert environment.ask([sys.executable, "-c", "raise SystemExit(1)"]) is (
        None
    )


@pytest.mark.parametrize("name", ["environment", "packages", "__init__"])
def test_a_python_3_7_can_read_and_start_the_set_up(name):
    source = Path(environment.__file__).with_name(f"{name}.py").read_text()
    tree = ast.parse(source, feature_version=(3, 7))
    imported = {
        alias.name if isinstance(node, ast.Import) else node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    own = {"utils.packages"}
    assert imported - own <= set(sys.stdlib_module_names) | {"collections.abc"}


# -------------------------------------------------------- disk and network


def test_a_full_disk_stops_it_before_anything_is_made(
    machine, monkeypatch, capsys
):
    set_free(monkeypatch, 1.2e9)
    assert set_up(machine, expected=1) == []
    sentence = capsys.readouterr().err
    assert "needs 4.0 GB" in sentence
    assert "there is 1.2 GB" in sentence
    assert not packages.interpreter(machine.root).exists()


def test_a_repair_needs_only_the_rest(machine, monkeypatch):
    set_up(machine)
    environment.stamp_file(machine.root).unlink()
    with (machine.folder / "large").open("wb") as large:
        large.truncate(3_000_000_000)
    set_free(monkeypatch, 1.2e9)
    assert set_up(machine) == ["course-0.1"]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (
            "WARNING: Retrying after connection broken by "
            "'NewConnectionError'\nERROR: No matching distribution found",
            "The package registry could not be reached",
        ),
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE "
            "REQUIREMENTS FILE.",
            "is not the one in the lock",
        ),
        (
            "ERROR: Could not install packages due to an OSError: [Errno 28] "
            "No space left on device",
            "The disk filled up",
        ),
        ("ERROR: what nobody foresaw\nmore", "ERROR: what nobody foresaw"),
        ("", "no reason given"),
    ],
)
def test_what_pip_says_becomes_one_sentence(machine, capsys, said, sentence):
    machine.failure = said + "\n"
    set_up(machine, expected=1)
    answer = capsys.readouterr().err
    assert sentence in answer
    assert answer.count("\n") == 1
    log = machine.root / ".venv" / "setup.log"
    assert str(log) in answer
    assert log.read_text().strip() == said
    machine.failure = None
    assert set_up(machine) == EVERYTHING


def test_pip_runs_quietly_and_its_words_are_kept(capsys):
    said = "".join(f"Collecting {n}\n" for n in range(41))
    said += "Installing collected packages: a, b, c\n"
    script = f"import sys; sys.stderr.write({said!r}); sys.exit(3)"
    words = io.StringIO()
    command = [sys.executable, "-c", script]
    assert packages.run_pip(command, packages.plain_environment(), words) == 3
    assert words.getvalue().splitlines() == said.splitlines()
    printed = capsys.readouterr().out.splitlines()
    assert printed == ["  40 packages collected", "  3 to install"]


def test_the_users_own_settings_do_not_bend_pip(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    monkeypatch.setenv("PIP_TARGET", "/elsewhere")
    monkeypatch.setenv("PIP_USER", "1")
    variables = packages.plain_environment()
    assert "/elsewhere" not in variables.values()
    assert variables["PIP_USER"] == "0"


# ----------------------------------------------------------- one at a time


def test_a_second_set_up_waits_and_finds_it_done(machine, capsys):
    codes = []
    waiting = threading.Thread(target=lambda: codes.append(environment.main()))
    with environment.only_one(machine.root):
        waiting.start()
        waiting.join(timeout=0.5)
        assert waiting.is_alive()
        environment.set_up(machine.root)
    waiting.join(timeout=30)
    assert codes == [0]
    assert machine.installed == EVERYTHING
    assert "Waiting for another set-up" in capsys.readouterr().out
