"""Notebooks are executed, normalised, published and guarded as promised."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import psutil
import pytest

import tools.notebooks.commands as command_line
from tools.__main__ import main
from tools.notebooks import report
from tools.notebooks.execute import LessonError, execute
from tools.notebooks.lessons import ROOT

TESTS = Path(__file__).parents[1]
GOOD = TESTS / "tools" / "fixtures" / "notebooks" / "01_good_lesson.ipynb"

pytestmark = pytest.mark.slow  # kernels

WAIT_FOR_ECHO = """
import pathlib
import time

print("epoch 1/1  loss 0.5")
for _ in range(600):
    if pathlib.Path("echoed").exists():
        break
    time.sleep(0.05)
else:
    raise TimeoutError("nobody has seen the line while the cell ran")
"""


# --- nbval --------------------------------------------------------------


def nbval(folder: Path) -> dict[str, str]:
    """Run nbval as ``make test`` does; return the outcome of each cell."""
    command = [
        *(sys.executable, "-m", "pytest", "-v", "--color=no"),
        *("-c", str(ROOT / "pyproject.toml"), f"--rootdir={folder}"),
        *("-p", "no:cacheprovider", "--nbval", "--nbval-current-env"),
        *("--nbval-sanitize-with", str(TESTS / "nbval_sanitize.cfg")),
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [*command, str(folder)],
        capture_output=True, text=True, check=False, env=environment,
    )  # fmt: skip
    # pytest writes the dot of the file's name as two colons.
    pattern = r"(\w+)(?:\.|::)ipynb::(Cell \d+) ([A-Z]+)"
    lines = re.findall(pattern, done.stdout)
    assert lines, done.stdout + done.stderr
    return {f"{name} {cell}": word for name, cell, word in lines}


def change_outputs(notebook: nbformat.NotebookNode) -> list[int]:
    """Change one thing in each output; return the cells, counted by code."""
    changed = []
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for number, cell in enumerate(code):
        for output in cell.outputs[:1]:
            changed.append(number)
            if output.output_type == "stream":
                output.text = re.sub(r"\d|once", "9", output.text, count=1)
            elif output.output_type == "error":
                output.evalue += " 9"
            else:
                data = output.data
                plain = re.sub(r"\d|:", "9", data["text/plain"], count=1)
                data["text/plain"] = plain
    return changed


def test_nbval_sees_every_changed_output(tmp_path):
    shutil.copy(GOOD, tmp_path / "unchanged.ipynb")
    notebook = nbformat.read(GOOD, as_version=4)
    changed = {f"changed Cell {n}" for n in change_outputs(notebook)}
    nbformat.write(notebook, tmp_path / "changed.ipynb")
    outcomes = nbval(tmp_path)
    failed = {cell for cell, word in outcomes.items() if word == "FAILED"}
    widget = {"changed Cell 4"}  # tagged nbval-ignore-output
    assert len(changed) == 10
    assert failed == changed - widget
    assert {*outcomes.values()} == {"PASSED", "FAILED"}
    assert len(outcomes) == 24


# --- execute and save ---------------------------------------------------


def test_what_happens_is_told_while_it_happens(tmp_path, write):
    child = "import time; held = bytearray(200_000_000); time.sleep(1)"
    run = f"subprocess.run([sys.executable, '-c', {child!r}])"
    starts = f"import subprocess\nimport sys\n\n{run}"
    path = write(tmp_path / "01_live.ipynb", WAIT_FOR_ECHO, starts)
    told = []

    def echo(line: str) -> None:
        told.append(line)
        (tmp_path / "echoed").touch()

    execution = execute(
        path,
        on_kernel=lambda pid: told.append(psutil.pid_exists(pid)),
        on_cell=lambda *numbers: told.append(numbers),
        on_line=echo,
    )
    assert told == [True, (1, 2), "epoch 1/1  loss 0.5", (2, 2)]
    assert 250 < execution.peak_megabytes < 600  # its children count


@pytest.mark.parametrize(
    ("sources", "sentence"),
    [
        (
            ("x = 1", "def f(x):\n    return x / 0\n\n\nf(x)"),
            "01_bad, cell 2, line 5: f(x): ZeroDivisionError: division by",
        ),
        (("assert 1 == 2",), "01_bad, cell 1, line 1: assert 1 == 2: Asser"),
        (("x = (",), "01_bad, cell 1, line 1: x = (: SyntaxError: "),
        (("import os\n\nos._exit(3)",), "01_bad, cell 1: the kernel died"),
    ],
)
def test_failure_is_one_sentence(tmp_path, write, sources, sentence):
    path = write(tmp_path / "01_bad.ipynb", *sources)
    with pytest.raises(LessonError) as caught:
        execute(path)
    assert str(caught.value).startswith(sentence)
    assert "\n" not in str(caught.value)


def test_save_command(course, capsys):
    first = course / "notebooks/01_first.ipynb"
    second = course / "notebooks/02_second.ipynb"
    before = second.read_bytes()
    assert main(["save"]) == 1
    printed = capsys.readouterr()
    assert "02_second, cell 1, line 3: x / 0: ZeroDiv" in printed.err
    assert printed.err.count("\n") == 1
    assert second.read_bytes() == before
    assert nbformat.read(first, 4).cells[0].outputs[0].text == "one\n"
    stored = first.read_bytes()
    assert main(["save", "1"]) == 0
    assert first.read_bytes() == stored
    names = {path.name for path in first.parent.iterdir()}
    assert names == {first.name, second.name}


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT")
@pytest.mark.parametrize(
    ("command", "sent"),
    [("run", "SIGINT"), ("run", "SIGTERM"), ("save", "SIGINT")],
)
def test_a_signal_ends_all_kernels_and_keeps_the_files(
    tmp_path, write, command, sent
):
    for name in ("01_long", "02_longer"):
        source = (
            "import os\nimport pathlib\nimport time\n\n"
            f"pathlib.Path('../{name}.txt').write_text(str(os.getpid()))\n"
            "time.sleep(600)"
        )
        path = write(tmp_path / f"notebooks/{name}.ipynb", source)
    before = path.read_bytes()
    program = (
        "import pathlib, runpy, sys\n"
        "from tools.notebooks import lessons, run\n"
        f"lessons.LESSONS = pathlib.Path({str(tmp_path / 'notebooks')!r})\n"
        f"run.BUILD = pathlib.Path({str(tmp_path / 'build')!r})\n"
        "run.side_by_side = lambda lessons: lessons\n"
        f"sys.argv = ['tools', {command!r}, '1', '2']\n"
        "runpy.run_module('tools', run_name='__main__')\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        kernels = pids(tmp_path, 2 if command == "run" else 1)
        process.send_signal(signal.Signals[sent])
        printed, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert told == "\ninterrupted\n"
    assert ("together" in printed) == (command == "run")
    assert not any(map(psutil.pid_exists, kernels))
    assert path.read_bytes() == before


def pids(folder: Path, number: int) -> list[int]:
    """Wait until so many kernels have written their number; return them."""
    for _ in range(1200):
        written = [path.read_text() for path in folder.glob("*.txt")]
        if len(list(filter(None, written))) == number:
            return [int(pid) for pid in written]
        time.sleep(0.05)
    raise TimeoutError(f"{number} kernels did not start")


# --- run ----------------------------------------------------------------

RECORD = f"""
import json
import os

record = {{"name": "SimpleRNN(8)", "value": 0.79531}}
with open(os.environ["{report.RESULTS_VARIABLE}"], "a") as file:
    file.write(json.dumps(record) + "\\n")
print("Epoch 1/1  loss 0.5")
print("and more")
"""


def test_run_command(course, write, capsys, monkeypatch):
    write(course / "notebooks/17_third.ipynb", RECORD)
    solutions = course / "notebooks/solutions/01_solutions.ipynb"
    write(solutions, "print('solved')")
    stored = solutions.read_bytes()
    build = course / "build"
    (build / "html").mkdir(parents=True)
    (build / "html/02_second.html").touch()  # of a run that went well
    (course / "figures").mkdir()
    (course / "figures/cell.svg").touch()
    monkeypatch.setattr(report, "BUDGET", 0)
    assert main(["run"]) == 1
    printed = capsys.readouterr().out
    assert "02_second, cell 1, line 3: x / 0: ZeroDivisionError" in printed
    assert printed.startswith("17_third ")  # the longest starts first
    assert "Epoch" not in printed and "and more" not in printed
    table = printed[printed.index("lesson  ") :].splitlines()
    assert [line.split()[-1] for line in table[1:3]] == ["budget", "failed"]
    assert re.fullmatch(r"17_third +\d+\.\d +180 +\d+", table[3])
    assert re.fullmatch(r" +SimpleRNN\(8\) +0\.7953", table[-1])
    left = {path for path in build.rglob("*") if path.is_file()}
    assert {path.relative_to(build).as_posix() for path in left} == {
        *("run.json", "figures/cell.svg", "html/solutions/01_solutions.html"),
        *("notebooks/01_first.ipynb", "notebooks/17_third.ipynb"),
        *("html/01_first.html", "html/17_third.html"),
    }
    page = build / "html/solutions/01_solutions.html"
    assert "solved" in page.read_text(encoding="utf-8")
    assert solutions.read_bytes() == stored
    figures = json.loads((build / "run.json").read_text(encoding="utf-8"))
    first, second, _ = figures["lessons"]
    assert (first["lesson"], first["error"]) == ("01_first", None)
    assert first["seconds"] > 0 and second["seconds"] is None
    assert "ZeroDivisionError" in second["error"]


def test_save_names_solutions_apart(course, write, capsys, monkeypatch):
    folder = course / "notebooks/solutions"
    write(folder / "01_solutions.ipynb", "print('solved')")
    monkeypatch.setattr(command_line, "SOLUTIONS", folder)
    monkeypatch.setattr(command_line, "SOLUTION_SECONDS", 0)
    assert main(["save", "1"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("01_first ") and "over" not in first
    assert second.startswith("solutions/01_solutions ")
    assert second.endswith("MB  over 0 s")
