"""`make check` is over in a minute or fails; `make test` is everything."""

from types import SimpleNamespace

import pytest
from hypothesis import settings

from tools import check
from tools.__main__ import main


@pytest.fixture
def steps(monkeypatch):
    """What a command would run, each step in a line, and its limit."""
    asked = []

    def run_steps(steps, seconds=None):
        asked.extend(" ".join(step) for step in steps)
        asked.append(seconds)
        return 0

    monkeypatch.setattr(check, "run_steps", run_steps)
    monkeypatch.delenv("CHECK_SECONDS", raising=False)
    monkeypatch.delenv("HYPOTHESIS", raising=False)
    return asked


def test_the_check_is_fast_tests_with_a_limit(steps, monkeypatch):
    assert main(["check"]) == 0
    assert steps[:2] == ["-m ruff check .", "-m ruff format --check ."]
    *_, tests, seconds = steps
    assert tests.startswith("-m pytest ")
    assert tests.endswith(" -m not slow tests") and seconds == 75
    monkeypatch.setenv("CHECK_SECONDS", "180")
    assert main(["check"]) == 0
    assert steps[-1] == 180


def test_the_check_of_a_lesson_is_all_of_it(steps):
    assert main(["check", "12"]) == 0
    ruff, lint, tests, seconds = steps
    for step in (ruff, lint, tests):
        assert "/notebooks/12_music.ipynb" in step
        assert step.endswith("/solutions/12_solutions.ipynb")
    assert "/lessons/music" in ruff and "/tests/lessons/music" in ruff
    assert "--nbval " in tests and "/tests/lessons/music" in tests
    assert "not slow" not in tests
    assert seconds is None


def test_the_whole_is_everything_with_its_slowest_named(steps):
    assert main(["test"]) == 0
    *_, tests, seconds = steps
    assert "--nbval " in tests and "--durations=15 " in tests
    assert (
        "notebooks/01_" in tests.partition(" tests ")[2]
        and "not slow" not in tests
    )
    assert seconds is None
    for profile in check.PROFILES:  # the same examples but when asked
        fixed = settings.get_profile(profile).derandomize
        assert fixed == (profile == "fixed")


@pytest.mark.parametrize(
    ("command", "name", "value", "words"),
    [
        ("check", "CHECK_SECONDS", "soon", "takes a number of seconds, got"),
        ("test", "HYPOTHESIS", "new", "takes fixed or random, got 'new'"),
    ],
)
def test_odd_settings_are_one_sentence(
    steps, monkeypatch, capsys, command, name, value, words
):
    monkeypatch.setenv(name, value)
    assert main([command]) == 2
    assert f"{name} {words}" in capsys.readouterr().err
    assert steps == []


def test_what_takes_too_long_or_fails_fails_the_check(capfd):
    assert check.run_steps([["-c", "print('first')"]], 60) == 0
    assert "all well after" in capfd.readouterr().out
    failing = ["-c", "raise SystemExit(3)"]
    assert check.run_steps([failing, ["-c", "print('second')"]], 60) == 3
    assert "second" not in capfd.readouterr().out
    assert check.run_steps([["-c", "import time; time.sleep(60)"]], 0.1) == 1
    assert "takes longer than 0.1 s" in capfd.readouterr().err


def test_what_is_compiled_is_kept(monkeypatch, capfd):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    writes = "import sys; print(sys.dont_write_bytecode)"
    assert check.run_steps([["-c", writes]]) == 0
    assert capfd.readouterr().out.startswith("False\n")


def test_the_steps_share_the_time(monkeypatch):
    left = []

    def run(*_, timeout, **__):
        left.append(timeout)
        return SimpleNamespace(returncode=0)

    clock = SimpleNamespace(monotonic=iter([0, 10, 50, 55]).__next__)
    monkeypatch.setattr(check, "time", clock)
    monkeypatch.setattr(check.subprocess, "run", run)
    assert check.run_steps([["-c", ""]] * 2, 60) == 0
    assert left == [50, 10]


def test_slow_is_what_needs_keras_a_kernel_or_a_notebook(request):
    """Ask the plugin that marks them, with items of our own."""
    conftest = request.config.pluginmanager.get_plugin(
        str(check.ROOT / "tests" / "conftest.py")
    )

    class Item:
        def __init__(self, name: str, *fixturenames: str) -> None:
            self.path, self.fixturenames = check.ROOT / name, fixturenames
            self.marks = []

        def add_marker(self, mark) -> None:
            self.marks.append(mark.name)

    light = Item("tests/test_light.py", "tmp_path")
    model = Item("tests/test_model.py", "keras")
    short = Item("notebooks/02_recurrent_cell.ipynb")
    long = Item("notebooks/18_beyond.ipynb")
    items = [light, model, short, long]
    conftest.pytest_collection_modifyitems(items)
    assert items == [long, short, light, model]
    assert [item.marks for item in items] == [["slow"]] * 2 + [[], ["slow"]]
