"""Fixtures that several test modules share, and the order of the tests."""

import gc
import os
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import settings

from tools.notebooks.course_map import seconds_before
from utils import runtime

pytest.register_assert_rewrite("imdb_fakes")

from imdb_fakes import original, world  # noqa: E402  (rewrite it first)

__all__ = ["original", "world"]

REFERENCE = Path(__file__).resolve().parents[2] / "shared" / "imdb"
"""Keras's own files, where somebody has put them beside the project."""

# The notebooks in there break rules on purpose: nbval leaves them alone.
collect_ignore = ["tools/fixtures"]

# Every day the same examples; new ones with `make test HYPOTHESIS=random`.
settings.register_profile("fixed", deadline=None, derandomize=True)
# Hypothesis itself draws no new ones where it sees CI in the environment.
settings.register_profile(
    "random", deadline=None, derandomize=False, print_blob=True
)
settings.load_profile(os.environ.get("HYPOTHESIS") or "fixed")

SLOW_FIXTURES = {"keras", "browser", "real_cache", "drawn"}
"""What takes seconds to start; a test that starts a process is marked."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the slow tests; put the longest notebooks first.

    Otherwise the last notebook would run while the other core idles.
    """
    seconds = seconds_before()
    for item in items:
        is_notebook = item.path.suffix == ".ipynb"
        needs = SLOW_FIXTURES.intersection(getattr(item, "fixturenames", ()))
        if is_notebook or needs:
            item.add_marker(pytest.mark.slow)
    lesson = {item: _lesson_of(item) for item in items}
    items.sort(key=lambda item: -seconds.get(lesson[item], 0))


def _lesson_of(item: pytest.Item) -> str:
    """Return the lesson whose cell this is, empty for any other test."""
    is_lesson = item.path.suffix == ".ipynb"
    return item.path.stem if is_lesson else ""


def pytest_collection() -> None:
    """Collect no garbage while modules are imported: there is hardly any."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Spare the garbage collector what is imported: it stays to the end.

    Each of its full walks would take half a second.
    """
    gc.freeze()
    gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Refuse a module of tests that loads TensorFlow at its head.

    Every worker would wait for it, and no test be found to load it.
    """
    before = "tensorflow" in sys.modules
    report = yield
    if not before and "tensorflow" in sys.modules:
        report.outcome = "failed"
        report.longrepr = (
            f"{collector.nodeid} imports Keras at its head: take the fixture "
            "`keras`, or import it in the test"
        )
    return report


@pytest.fixture(autouse=True)
def unmarked_tests_do_without_keras(
    request: pytest.FixtureRequest,
) -> Iterator[None]:
    """Fail a test that loads TensorFlow and is not marked as slow."""
    before = "tensorflow" in sys.modules
    yield
    if "absl.logging" in sys.modules:
        # Whoever sets up logging anew closes the stream of absl's handler,
        # which TensorFlow made: it must not be the one pytest captures.
        absl = sys.modules["absl.logging"]
        absl.get_absl_handler().python_handler.stream = sys.__stderr__
    if not before and "slow" not in request.keywords:
        assert "tensorflow" not in sys.modules, "mark this test as slow"


@pytest.fixture(scope="session")
def keras() -> ModuleType:
    """Keras on a TensorFlow that was started quietly, once a session."""
    runtime.start(seed=0)
    import keras

    return keras


@pytest.fixture(scope="session")
def reference_data() -> Path:
    """The folder of Keras's own IMDB files; without it a test is skipped."""
    if not REFERENCE.is_dir():
        pytest.skip("Keras's IMDB files are not in ../shared/imdb")
    return REFERENCE
