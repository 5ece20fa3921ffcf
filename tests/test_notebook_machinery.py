"""Notebooks are executed, normalised, published and guarded as promised."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import nbformat
import psutil
import pytest
from nbformat.v4 import (
    new_code_cell,
    new_notebook,
)

import utils.notebooks.__main__ as command_line
from utils.notebooks import lessons as places
from utils.notebooks import report
from utils.notebooks import run as running
from utils.notebooks.execute import LessonError, execute
from utils.notebooks.lessons import ROOT, choose

TESTS = Path(__file__).parent
GOOD = TESTS / "fixtures" / "notebooks" / "01_good_lesson.ipynb"

WAIT_FOR_ECHO = """
import pathlib
import time

print("epoch 1 of 1, loss 0.5")
for _ in range(600):
    if pathlib.Path("echoed").exists():
        break
    time.sleep(0.05)
else:
    raise TimeoutError("nobody has seen the line while the cell ran")
"""


def write(path: Path, *sources: str, tags: tuple[str, ...] = ()) -> Path:
    """Write a notebook of code cells that nobody has run yet."""
    cells = [new_code_cell(source.strip("\n")) for source in sources]
    cells[-1].metadata["tags"] = list(tags)
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(new_notebook(cells=cells), path)
    return path


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project's folder of our own, with two small lessons."""
    monkeypatch.setattr(places, "LESSONS", tmp_path / "notebooks")
    monkeypatch.setattr(places, "SOLUTIONS", tmp_path / "notebooks/solutions")
    monkeypatch.setattr(running, "BUILD", tmp_path / "build")
    monkeypatch.setattr(running, "FIGURES", tmp_path / "figures")
    write(tmp_path / "notebooks/01_first.ipynb", "print('one')")
    write(tmp_path / "notebooks/02_second.ipynb", "x = 1\n\nx / 0")
    return tmp_path


# --- nbval --------------------------------------------------------------


def nbval(folder: Path) -> dict[str, str]:
    """Run nbval as ``make test`` does; return the outcome of each cell."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-v", "--color=no"),
            *("-c", str(ROOT / "pyproject.toml"), f"--rootdir={folder}"),
            *("-p", "no:cacheprovider", "--nbval", "--nbval-current-env"),
            "--nbval-sanitize-with",
            str(TESTS / "nbval_sanitize.cfg"),
            str(folder),
        ],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
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
                words = output.data["text/plain"]
                output.data["text/plain"] = re.sub(
                    r"\d|:", "9", words, count=1
                )
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


def test_lines_arrive_while_the_cell_runs(tmp_path):
    path = write(tmp_path / "01_live.ipynb", WAIT_FOR_ECHO)
    lines = []

    def echo(line: str) -> None:
        lines.append(line)
        (tmp_path / "echoed").touch()

    execute(path, on_line=echo)
    assert lines == ["epoch 1 of 1, loss 0.5"]


def test_memory_of_kernel_and_its_children_counts(tmp_path):
    child = "import time; held = bytearray(200_000_000); time.sleep(1)"
    path = write(
        tmp_path / "01_memory.ipynb",
        f"import subprocess\nimport sys\n\n"
        f"subprocess.run([sys.executable, '-c', {child!r}])",
    )
    peak = execute(path).peak_megabytes
    assert 250 < peak < 600


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
def test_failure_is_one_sentence(tmp_path, sources, sentence):
    path = write(tmp_path / "01_bad.ipynb", *sources)
    with pytest.raises(LessonError) as caught:
        execute(path)
    assert str(caught.value).startswith(sentence)
    assert "\n" not in str(caught.value)


def test_save_command(course, capsys):
    first = course / "notebooks/01_first.ipynb"
    second = course / "notebooks/02_second.ipynb"
    before = second.read_bytes()
    assert command_line.main(["save"]) == 1
    printed = capsys.readouterr()
    assert "02_second, cell 1, line 3: x / 0: ZeroDiv" in printed.err
    assert printed.err.count("\n") == 1
    assert second.read_bytes() == before
    assert nbformat.read(first, 4).cells[0].outputs[0].text == "one\n"
    stored = first.read_bytes()
    assert command_line.main(["save", "1"]) == 0
    assert first.read_bytes() == stored
    assert {path.name for path in first.parent.iterdir()} == {
        first.name,
        second.name,
    }


def test_unknown_lesson_is_one_sentence(course, capsys):
    assert course.exists()
    assert command_line.main(["save", "7"]) == 2
    told = capsys.readouterr().err
    assert "no lesson is called '7'; there are 01_first, 02_second" in told


def test_lessons_are_chosen_by_number_name_or_path(course):
    paths = places.lessons()
    first, second = paths
    assert choose([], paths) == paths
    assert choose(["2"], paths) == choose(["02"], paths) == [second]
    assert choose(["02_second", "01_first"], paths) == [first, second]
    assert choose([str(course / "notebooks/01_first.ipynb")], paths) == [first]
    with pytest.raises(ValueError, match="no notebook"):
        choose([], [])


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT")
def test_ctrl_c_ends_the_kernel_and_keeps_the_file(tmp_path):
    path = write(
        tmp_path / "01_long.ipynb",
        "import os\nimport time\n\nprint(os.getpid())\ntime.sleep(600)",
    )
    before = path.read_bytes()
    program = (
        "import pathlib, sys\n"
        "from utils.notebooks.execute import execute\n"
        "say = lambda line: print(line, flush=True)\n"
        "try:\n"
        "    execute(pathlib.Path(sys.argv[1]), on_line=say)\n"
        "except KeyboardInterrupt:\n"
        "    print('interrupted')\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        kernel = int(process.stdout.readline())
        assert psutil.pid_exists(kernel)
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=60)[0] == "interrupted\n"
    assert not psutil.pid_exists(kernel)
    assert path.read_bytes() == before


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


def test_run_command(course, capsys, monkeypatch):
    write(course / "notebooks/17_third.ipynb", RECORD)
    monkeypatch.setattr(report, "BUDGET", 0)
    assert command_line.main(["run"]) == 1
    printed = capsys.readouterr().out
    assert "02_second, cell 1, line 3: x / 0: ZeroDivisionError" in printed
    assert "\n    Epoch 1/1  loss 0.5\n" in printed
    assert "and more" not in printed
    table = printed[printed.index("lesson  ") :].splitlines()
    assert [line.split()[-1] for line in table[1:3]] == ["budget", "failed"]
    assert re.fullmatch(r"17_third +\d+\.\d +180 +\d+", table[3])
    assert re.fullmatch(r" +SimpleRNN\(8\) +0\.7953", table[-1])


def test_run_leaves_the_page_of_stored_solutions(course):
    solutions = course / "notebooks/solutions/01_first.ipynb"
    write(solutions, "print('solved')")
    stored = solutions.read_bytes()
    assert command_line.main(["run", "1"]) == 0
    page = course / "build/html/solutions/01_first.html"
    assert "solved" in page.read_text(encoding="utf-8")
    assert solutions.read_bytes() == stored
    assert not (course / "build/notebooks/solutions").exists()


def test_save_command_names_solutions_apart(course, capsys, monkeypatch):
    folder = course / "notebooks/solutions"
    write(folder / "01_first.ipynb", "print('solved')")
    monkeypatch.setattr(command_line, "SOLUTIONS", folder)
    monkeypatch.setattr(command_line, "SOLUTION_SECONDS", 0)
    assert command_line.main(["save", "1"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("01_first ") and "over" not in first
    assert second.startswith("solutions/01_first ")
    assert second.endswith("MB  over 0 s")


def test_run_leaves_copies_pages_and_figures(course, capsys):
    build = course / "build"
    stale = build / "html/02_second.html"
    stale.parent.mkdir(parents=True)
    stale.touch()
    (course / "figures").mkdir()
    (course / "figures/cell.svg").touch()
    assert command_line.main(["run"]) == 1
    assert "together" in capsys.readouterr().out
    left = {
        path.relative_to(build).as_posix()
        for path in build.rglob("*")
        if path.is_file()
    }
    assert left == {
        "run.json",
        "figures/cell.svg",
        "notebooks/01_first.ipynb",
        "html/01_first.html",
    }
    figures = json.loads((build / "run.json").read_text(encoding="utf-8"))
    first, second = figures["lessons"]
    assert first["lesson"] == "01_first"
    assert first["seconds"] > 0
    assert first["error"] is None
    assert second["seconds"] is None
    assert "ZeroDivisionError" in second["error"]


def test_table_shows_a_value_with_its_bounds():
    results = {"GRU, test": [0.8041, 0.7989, 0.8094], "epochs": 12}
    rows = [report.Row("17_imdb_classifier", 61.25, 900, results)]
    *_, first, second = report.table(rows).splitlines()
    assert first.split("  ")[-1].strip() == "0.8041 [0.7989, 0.8094]"
    assert second.split() == ["epochs", "12"]


@pytest.mark.parametrize("line", ["{", '{"name": "a"}', "3", "[]"])
def test_odd_results_are_refused(tmp_path, line):
    path = tmp_path / "results"
    path.write_text(f'{{"name": "a", "value": 1}}\n{line}\n', "utf-8")
    with pytest.raises(ValueError, match="takes lines with a name"):
        report.read_results(path)


def test_interrupted_run_still_reports(course, capsys, monkeypatch):
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(running, "execute", interrupted)
    assert command_line.main(["run"]) == 130
    assert "together" in capsys.readouterr().out
    assert (course / "build/run.json").exists()
