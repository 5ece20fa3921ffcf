"""A run of lessons: which, in what order, how many at a time, how shown."""

import io
import sys

import pytest

from tools.__main__ import main
from tools.notebooks import course_map, progress, report
from tools.notebooks import lessons as places
from tools.notebooks import run as running
from tools.notebooks.lessons import choose
from tools.notebooks.progress import Bars, Running
from utils.training import epoch_line


@pytest.mark.usefixtures("course")
def test_unknown_lesson_is_one_sentence(capsys):
    assert main(["run", "7"]) == 2
    told = capsys.readouterr().err
    assert "no lesson is called '7'; there are 01_first, 02_second" in told


def test_lessons_are_chosen_by_number_name_or_path(course):
    paths = places.lessons()
    first, second = paths
    assert choose([], paths) == paths
    for number in ("2", "02", "002", "２"):
        assert choose([number], paths) == [second]
    assert choose(["02_second", "01_first"], paths) == [first, second]
    assert choose([str(course / "notebooks/01_first.ipynb")], paths) == [first]
    with pytest.raises(ValueError, match="no notebook"):
        choose([], [])


def test_the_longest_of_the_last_run_starts_first(course, monkeypatch):
    monkeypatch.setattr(course_map, "README", course / "README.md")
    course_map.README.write_text(
        "| [01](notebooks/01_first.ipynb) | a | 20 | 90 |\n"
        "| [02](notebooks/02_second.ipynb) | b | 20 | 91 |\n"
    )
    names = [*map(course.joinpath, ("01_first", "02_second", "03_new"))]
    first, second, new = names
    expected = [*running.longest_first(names).items()]
    assert expected == [(second, 91), (first, 90), (new, 60)]
    (course / "build").mkdir()
    rows = [report.Row("02_second", 8.0, 90), report.Row("01_first")]
    report.write_json(rows, course_map.RUN, 2, 9.0)
    expected = [*running.longest_first(names).items()]
    assert expected == [(first, 90), (new, 60), (second, 8)]


@pytest.mark.parametrize(
    ("lessons", "cores", "gigabytes", "slots"),
    [(18, 4, 64, 4), (3, 4, 64, 3), (18, 4, 7.6, 3), (18, 4, 0.5, 1)],
)
def test_one_a_core_where_memory_is(
    monkeypatch, lessons, cores, gigabytes, slots
):
    monkeypatch.setattr(running.joblib, "cpu_count", lambda: cores)
    memory = running.psutil.virtual_memory()._replace(available=1e12)
    monkeypatch.setattr(running.psutil, "virtual_memory", lambda: memory)
    monkeypatch.setattr(running, "_container_memory", lambda: gigabytes * 1e9)
    assert running.side_by_side(lessons) == slots


def test_a_container_may_allow_less(tmp_path):
    assert running._container_memory(tmp_path) == float("inf")
    (tmp_path / "memory.current").write_text("4000\n")
    for most, left in (("max", float("inf")), ("9000", 5000)):
        (tmp_path / "memory.max").write_text(f"{most}\n")
        assert running._container_memory(tmp_path) == left


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (epoch_line(3, 12, {"loss": 0.5, "val_loss": 0.25}), "  epoch 3/12"),
        (epoch_line(1, 1, {"loss": float("nan")}), "  epoch 1/1"),
        ("epochs between 20 and 100: True", ""),
        ("Epoch 3/12", ""),
        ("epoch 3/12 is the one with the smallest loss", ""),
        ("an epoch 3/12  loss 0.500", ""),
    ],
)
def test_only_lines_that_are_epochs_are_shown(line, shown):
    lesson = Running("17_imdb_classifier", 75)
    assert str(lesson).split() == ["17_imdb_classifier", "starts"]
    lesson.on_cell(4, 40)
    lesson.on_line(line)
    assert str(lesson).endswith(f"cell 4 of 40{shown}")
    lesson.on_cell(5, 40)
    assert str(lesson).endswith("cell 5 of 40")


def test_a_terminal_gets_a_line_a_lesson_and_a_bar(monkeypatch):
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    lessons = [Running(name, 10) for name in ("01_a", "02_b", "03_c")]
    shown = progress.display(lessons, 2)
    assert isinstance(shown, Bars)
    for lesson in lessons[:2]:
        lesson.begin()
    lessons[0].on_cell(2, 9)
    lessons[0].ended = True
    shown.done(report.Row("01_a", 10.0, 300))
    drawn = sys.stdout.getvalue()
    assert "01_a                                 10.0 s     300 MB\n" in drawn
    assert "02_b                             starts" in drawn
    assert "03_c" not in drawn and "cell 2 of 9" not in drawn
    assert " 33% " in drawn and " left" in drawn
    shown.close()


def test_table_shows_a_value_with_its_bounds():
    results = {"GRU, test": [0.8041, 0.7989, 0.8094], "epochs": 12}
    rows = [report.Row("17_imdb_classifier", 61.25, 900, results)]
    *_, whole, _, _, first, second = report.table(rows, 2, 40).splitlines()
    assert whole.split() == ["run,", "2", "at", "a", "time", "40.0"]
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
    assert main(["run"]) == 130
    assert "together" in capsys.readouterr().out
    assert (course / "build/run.json").exists()
