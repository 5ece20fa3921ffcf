"""The set-up of .venv, on a machine that is played so that it takes no time.

Played are the interpreters (`setup.ask`) and what pip and uv do (`setup.run`);
the files, the stamp and the lock are real.
"""

import ast
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import threading
import zipfile
from pathlib import Path

import pytest

from tools import setup

COURSE = setup.ROOT
LOCK = """alpha==1.0 \\
    --hash=sha256:aa
uv==0.1 \\
    --hash=sha256:bb \\
    --hash=sha256:cc
    # via -r requirements.in
uv-extra==2.0 \\
    --hash=sha256:dd
"""
FIT = "CPython|3.11|64|Linux|x86_64|glibc|True|True|/usr/bin/python3.11"
STEPS = ["venv", "sync", "-e", "pip", "-c"]
ALL = ["venv", "pip", "sync", "-e", "-c"]


class Machine:
    """Interpreters, a venv module, pip and uv, as the set-up sees them.

    Attributes:
        pythons: What each interpreter on this machine says it is.
        pip: The Python whose pip was used last.
        done: The steps that were carried out, in order.
        stops_at: The step at which `raises` is raised.
    """

    def __init__(self, root: Path):
        self.root = root
        self.pythons = {sys.executable: FIT}
        self.done = []
        self.stops_at, self.raises = None, None

    def run(self, command, failure, _settings=None):
        step = next(word for word in STEPS if word in command)
        assert not self.within("stamp.json").exists()
        if step == "venv":
            self.make(command)
        if step == "pip":
            assert command[3:5] == ["--python", str(setup.interpreter())]
            self.pip = command[0]
        if step == self.stops_at:
            raise self.raises or setup.SetupError(failure)
        self.done.append(step)

    def make(self, command):
        assert command[:4] == ["/usr/bin/python3.11", "-m", "venv", "--clear"]
        answer = self.pythons.get(command[0], FIT)
        bare = answer.endswith("False|" + command[0])
        assert ("--without-pip" in command) is not bare
        shutil.rmtree(self.root / ".venv", ignore_errors=True)
        setup.interpreter().parent.mkdir(parents=True)
        setup.interpreter().touch()
        self.within("pyvenv.cfg").write_text("version = 3.11")

    def within(self, name):
        return self.root / ".venv" / name

    def which(self, name):
        return name if name in self.pythons else None

    def set_up(self, expected=0):
        """Run the set-up; return the steps of this run."""
        self.done.clear()
        assert setup.main() == expected
        return self.done.copy()


@pytest.fixture
def machine(tmp_path, monkeypatch):
    root = tmp_path / "the 강의"
    root.mkdir()
    (root / "requirements.txt").write_text(LOCK)
    (root / "pyproject.toml").write_text("[project]\n")
    played = Machine(root)
    monkeypatch.setattr(setup, "ROOT", root)
    monkeypatch.setattr(setup, "ask", lambda p: played.pythons.get(p, FIT))
    monkeypatch.setattr(setup, "run", played.run)
    monkeypatch.setattr(shutil, "which", played.which)
    return played


# ------------------------------------------------- once, and then not again


def test_a_second_run_does_nothing_and_says_nothing(machine, capsys):
    assert machine.set_up() == ALL
    assert "Setting up .venv, once:" in capsys.readouterr().out
    machine.pythons.clear()
    assert machine.set_up() == []
    assert capsys.readouterr() == ("", "")


def test_a_changed_file_brings_the_environment_up_to_date(machine):
    machine.set_up()
    for name in ("requirements.txt", "pyproject.toml"):
        with (machine.root / name).open("a") as file:
            file.write("\n")
        assert machine.set_up() == ALL[1:]
        assert machine.set_up() == []


def test_a_moved_folder_is_set_up_anew(machine, monkeypatch):
    machine.set_up()
    machine.root = machine.root.rename(machine.root.with_name("moved"))
    monkeypatch.setattr(setup, "ROOT", machine.root)
    assert machine.set_up() == ALL


def test_a_pip_that_is_there_brings_uv_by_its_own_lines_of_the_lock(machine):
    machine.set_up()
    assert machine.pip == "/usr/bin/python3.11"
    own = machine.within("uv.txt").read_text().replace(" \\\n    ", " ")
    assert own == "uv==0.1 --hash=sha256:bb --hash=sha256:cc\n"
    bare = FIT.replace("True|/", "False|/")
    machine.pythons = {sys.executable: bare, "/usr/bin/python3.11": bare}
    machine.within("stamp.json").unlink()
    assert machine.set_up() == ALL
    assert machine.pip == str(setup.interpreter())


# --------------------------------------------------------------- repairing


@pytest.mark.slow
@pytest.mark.parametrize("step", ALL)
@pytest.mark.parametrize("before", ["nothing", "older lock"])
@pytest.mark.parametrize(
    ("raises", "code", "said"),
    [
        (KeyboardInterrupt, 130, "Stopped; the same command continues here"),
        (None, 1, "The set-up stopped: the "),
    ],
)
def test_what_stops_is_one_sentence_and_made_anew(
    machine, capsys, step, before, raises, code, said
):
    if before == "older lock":
        machine.set_up()
        (machine.root / "requirements.txt").write_text(LOCK + "\n")
        if step == "venv":
            machine.within("pyvenv.cfg").write_text("other")
    machine.stops_at, machine.raises = step, raises
    machine.set_up(expected=code)
    told = capsys.readouterr().err
    assert told.startswith(said) and told.count("\n") == 1
    machine.stops_at = None
    assert machine.set_up() == ALL


@pytest.mark.slow
def test_without_its_stamp_or_python_it_is_made_anew(machine):
    machine.set_up()
    file = machine.within("stamp.json")
    for stamp in ("", "[]", '"text"', '{"lock": 1}', None):
        file.unlink() if stamp is None else file.write_text(stamp)
        assert machine.set_up() == ALL
    setup.interpreter().unlink()
    assert machine.set_up() == ALL
    machine.within("pyvenv.cfg").write_text("version = 3.12")
    assert machine.set_up() == ALL


def test_a_file_in_the_way_is_named(machine, capsys):
    (machine.root / ".venv").touch()
    machine.set_up(expected=1)
    assert ".venv" in capsys.readouterr().err


# ------------------------------------------------- which Python, which machine


OLD = FIT.replace("3.11|", "3.10|", 1)
NO_VENV = FIT.replace("True", "False", 1)


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13"])
@pytest.mark.parametrize(
    "machine_of",
    ["Linux|x86_64|glibc", "Linux|aarch64|glibc", "Darwin|arm64|",
     "Windows|AMD64|"],
)  # fmt: skip
def test_machines_with_wheels_fit(machine_of, version):
    answer = f"CPython|{version}|64|{machine_of}|True|True|/python"
    assert setup.unfit(answer.split("|")) == ""


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ("CPython|3.9|64|Linux|x86_64|glibc", "found CPython 3.9, 64"),
        ("CPython|3.14|64|Darwin|arm64|", "found CPython 3.14, 64"),
        (
            "CPython without a GIL|3.13|64|Darwin|arm64|",
            "found CPython without",
        ),
        ("PyPy|3.11|64|Linux|x86_64|glibc", "found PyPy 3.11, 64"),
        ("CPython|3.11|32|Linux|x86_64|glibc", "found CPython 3.11, 32"),
        ("CPython|3.12|64|Darwin|x86_64|", "machine (Darwin x86_64)"),
        ("CPython|3.12|64|Windows|ARM64|", "machine (Windows ARM64)"),
        ("CPython|3.12|64|Linux|x86_64|", "machine (Linux x86_64)"),
        ("CPython|3.12|64|Linux|riscv64|glibc", "(Linux riscv64 g"),
        (NO_VENV, "apt install python3.11-venv"),
        ("pyenv: python3.11: command not found", "found none that runs"),
        ("", "found none that runs"),
    ],
)
def test_an_unfit_python_hears_one_sentence_before_anything_is_made(
    machine, capsys, answer, sentence
):
    if answer.count("|") == 5:
        answer = f"{answer}|True|True|/p"
    machine.pythons = {sys.executable: answer}
    if "found" not in sentence:
        # A Python that is too old as well: the other one's fault is told.
        machine.pythons = {sys.executable: OLD, "python3.12": answer}
    assert machine.set_up(expected=1) == []
    said = capsys.readouterr()
    assert sentence in said.err and said.err.count("\n") == 1
    assert said.out == ""
    assert not (machine.root / ".venv").exists()
    # With a fit one it is passed over.
    machine.pythons["python3.13"] = FIT.replace("3.11", "3.13")
    assert setup.find_python() == "/usr/bin/python3.13"
    machine.pythons[sys.executable] = FIT
    assert setup.find_python() == "/usr/bin/python3.11"


def test_this_python_answers():
    answer = setup.ask(sys.executable).split("|")
    assert answer[:3] == ["CPython", "{}.{}".format(*sys.version_info), "64"]
    assert Path(answer[-1]).exists()
    assert setup.unfit(answer) == ""
    assert setup.ask("/absent") == ""


def test_a_python_without_a_gil_says_so(monkeypatch, capsys):
    monkeypatch.setattr(sysconfig, "get_config_var", lambda _: 1)
    exec(setup.PROBE, {})
    assert capsys.readouterr().out.startswith("CPython without a GIL|3.")


EARLY = ("tools/__init__.py", "tools/setup.py", "utils/__init__.py")
EARLY += ("utils/errors.py",)
"""What runs before there is an environment."""


@pytest.mark.parametrize("name", EARLY)
def test_a_python_3_7_can_read_and_start_the_set_up(name):
    source = (COURSE / name).read_text(encoding="utf-8")
    imported = {
        alias.name if isinstance(node, ast.Import) else node.module
        for node in ast.walk(ast.parse(source, feature_version=(3, 7)))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    imported -= {"collections.abc", "utils.errors"}
    assert imported <= sys.stdlib_module_names


# ------------------------------------------------------- with real processes


def output(command, root, **more):
    """Run a command; return its exit code and what it says."""
    done = subprocess.run(
        command, cwd=root, capture_output=True, text=True, check=False, **more
    )
    return done.returncode, done.stdout, done.stderr


def test_a_real_run_with_a_current_stamp(tmp_path, monkeypatch):
    root = tmp_path / "순환 신경망"
    for folder in ("tools", "utils"):
        (root / folder).mkdir(parents=True)
    for name in (*EARLY, "requirements.txt", "pyproject.toml"):
        shutil.copy(COURSE / name, root / name)
    monkeypatch.setattr(setup, "ROOT", root)
    setup.interpreter().parent.mkdir(parents=True)
    setup.interpreter().touch()
    stamp = root / ".venv" / "stamp.json"
    stamp.write_text(json.dumps(setup.made_from()))
    command = [sys.executable, "-m", "tools.setup"]
    assert output(command, root) == (0, "", "")


def test_words_are_passed_on_but_the_list_of_packages(capfd):
    said = "Resolved 2\n + alpha==1\n - beta==2\n ~ gamma==3\n두 error\n"
    script = f"import sys; sys.stderr.buffer.write({said.encode()!r})"
    setup.run([sys.executable, "-c", script], "unused")
    assert capfd.readouterr() == ("  Resolved 2\n  두 error\n", "")
    with pytest.raises(setup.SetupError, match="as told"):
        setup.run([sys.executable, "-c", "raise SystemExit(3)"], "as told")


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
def test_an_installer_that_is_killed_ran_out_of_memory(tmp_path, monkeypatch):
    (tmp_path / "eats_all.py").write_text("import os; os.kill(os.getpid(), 9)")
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    with pytest.raises(setup.SetupError, match="installer was killed"):
        setup.run([sys.executable, "-m", "eats_all"], "unused")


CONFS = {
    "a target": "[install]\ntarget = {}/else\nuser = true\n",
    "a root": "root = {}/else\nprefix = {}/or\n",
    "a constraint": "[install]\nconstraint = {}/nowhere.txt\n",
    "a dry run": "[install]\ndry-run = true\nrequire-virtualenv = true\n",
}


@pytest.mark.slow
@pytest.mark.parametrize("conf", CONFS.values(), ids=CONFS)
def test_a_pip_conf_says_from_where_and_nothing_else(
    tmp_path, monkeypatch, conf
):
    info = "it-1.0.dist-info"
    parts = {
        "it.py": "",
        f"{info}/METADATA": "Metadata-Version: 2.1\nName: it\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nTag: py3-none-any\n",
        f"{info}/RECORD": "",
    }
    with zipfile.ZipFile(tmp_path / "it-1.0-py3-none-any.whl", "w") as wheel:
        for name, text in parts.items():
            wheel.writestr(name, text)
    conf = "[global]\nno-index = true\nfind-links = {}\n" + conf
    (tmp_path / "pip.conf").write_text(conf.replace("{}", str(tmp_path)))
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip.conf"))
    monkeypatch.setattr(setup, "ROOT", tmp_path)
    venv = [sys.executable, "-m", "venv", "--without-pip", tmp_path / ".venv"]
    subprocess.run(venv, check=True)
    pip = [sys.executable, "-m", "pip", "--python", str(setup.interpreter())]
    settings = setup.pip_settings(sys.executable)
    setup.run([*pip, "install", "-qq", "it"], "pip failed", settings)
    assert [*(tmp_path / ".venv").rglob("it.py")]


def test_the_users_own_settings_do_not_bend_it(monkeypatch):
    bending = ["PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX"]
    bending += ["PIP_CONSTRAINT", "UV_PYTHON", "UV_PROJECT_ENVIRONMENT"]
    bending += ["UV_NO_BINARY", "UV_TARGET", "UV_SYSTEM_PYTHON"]
    bending += ["PIP_BUILD_CONSTRAINT", "PIP_ROOT", "PIP_DRY_RUN"]
    bending += ["PIP_PYTHON", "PIP_NO_BINARY", "PIP_REQUIRE_HASHES"]
    kept = ["UV_INDEX", "UV_DEFAULT_INDEX", "PIP_INDEX_URL", "HTTPS_PROXY"]
    kept += ["PIP_CERT", "UV_CACHE_DIR", "UV_FIND_LINKS", "PIPELINE_HOST"]
    for name in [*bending, *kept, "PIP_USER"]:
        monkeypatch.setenv(name, "set")
    variables = setup.variables()
    assert variables["PIP_USER"] == "0"
    assert {name for name in bending if name in variables} == set()
    assert {variables[name] for name in kept} == {"set"}
    for links, is_kept in (("UV_FIND_LINKS", True), ("OTHER", False)):
        monkeypatch.delenv("UV_FIND_LINKS", raising=False)
        monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
        monkeypatch.setenv("PIP_NO_INDEX", "1")
        monkeypatch.setenv(links, "wheels")
        assert ("PIP_NO_INDEX" in setup.variables()) is is_kept


def test_a_second_set_up_waits_and_finds_it_done(machine, capsys):
    codes = []
    waiting = threading.Thread(target=lambda: codes.append(setup.main()))
    with setup.only_one():
        waiting.start()
        waiting.join(timeout=0.5)
        assert waiting.is_alive()
        setup.set_up()
    waiting.join(timeout=30)
    assert codes == [0]
    assert machine.done == ALL
    assert "Waiting for another set-up" in capsys.readouterr().out


@pytest.mark.skipif(os.name == "nt", reason="no make on Windows")
def test_make_without_a_python_says_so():
    command = ["make", "setup", "PYTHON=/no such/python3"]
    # Inside `make test`, make would say that it is the second one.
    others = ("CONDA", "MAKE", "MFLAGS")
    env = {k: v for k, v in os.environ.items() if not k.startswith(others)}
    code, said, told = output(command, COURSE, env=env)
    assert code != 0 and said == ""
    assert told.startswith("Python is missing: get 3.11, 3.12 or 3.13")
