"""What appears after `make lab`; looking at a lesson changes nothing."""

import shutil

import nbformat
import pytest
from lab_in_browser import LESSONS, ROOT

FIRST = "00_start_here.ipynb"


@pytest.fixture(scope="module")
def course(lab):
    """The lab on a whole course, without the tour of the other tests."""
    (lab.work / "notebooks" / "tour.ipynb").unlink()
    shutil.copytree(
        ROOT / "notebooks" / "solutions", lab.work / "notebooks" / "solutions"
    )
    shutil.copy(ROOT / "README.md", lab.work)
    (lab.work / "docs").mkdir()
    shutil.copy(ROOT / "docs" / "jupyterlab.png", lab.work / "docs")
    return lab


@pytest.fixture
def reader(course, tab):
    """A page on the course, as large as a laptop's."""
    assert tab.lab is course
    tab.page.set_viewport_size({"width": 1280, "height": 720})
    yield tab
    assert tab.complaints == []


def is_changed(tab) -> bool:
    """Return whether JupyterLab would ask before it closes the notebook."""
    return tab.page.evaluate("jupyterapp.shell.currentWidget.model.dirty")


def test_the_first_screen_is_lesson_00(reader):
    reader.open(FIRST)
    page = reader.page
    page.get_by_role("heading", name="00 Start here").wait_for()
    page.locator(".jp-DirListing-item", has_text="18_beyond").wait_for()
    page.wait_for_timeout(1000)  # the splash goes, the file list comes
    assert page.locator(".jp-Dialog, .Toastify__toast").count() == 0
    reader.screenshot("first_screen")
    names = page.locator(".jp-DirListing-itemText").all_inner_texts()
    assert names == ["solutions", *(path.name for path in LESSONS)]


def test_lesson_00_runs_and_leads_to_the_course_map_and_to_lesson_01(reader):
    reader.open(FIRST)
    reader.run_all(60_000)
    page = reader.page
    page.wait_for_selector(".course-widget img")
    page.wait_for_selector(".course-quiz")
    reader.idle()
    assert reader.tracebacks() == []
    page.get_by_role("link", name="course map").click()
    table = page.locator(".jp-MarkdownViewer table").first
    table.wait_for()  # rendered, and no source text
    assert "18 Beyond" in table.inner_text()
    reader.screenshot("readme")
    link = table.get_by_role("link", name="01 Sequential data")
    link.click()
    page.get_by_role("heading", name="01 Sequential data").wait_for()


def test_a_click_and_two_keys_run_the_first_cell_of_lesson_01(reader):
    reader.open(FIRST)
    page = reader.page
    page.get_by_role("link", name="01 Sequential data →").click()
    page.get_by_role("heading", name="01 Sequential data").wait_for()
    reader.idle(60_000)
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Shift+Enter")
    page.wait_for_function(
        "jupyterapp.shell.currentWidget.content.widgets[1].model"
        ".executionState === 'running'"
    )
    reader.idle(60_000)
    assert reader.tracebacks() == []


@pytest.mark.parametrize(
    "name", [FIRST, "04_return_sequences.ipynb", "17_imdb_classifier.ipynb"]
)
def test_a_lesson_that_was_only_looked_at_is_unchanged(reader, name):
    file = reader.lab.work / "notebooks" / name
    before = file.read_bytes()
    reader.open(name)
    page = reader.page
    page.wait_for_function(
        "jupyterapp.shell.currentWidget.model.getMetadata('language_info')"
        ".version !== undefined"
    )
    page.mouse.wheel(0, 2000)
    page.wait_for_timeout(1000)  # what the kernel says of itself comes late
    assert not is_changed(reader)
    page.evaluate("jupyterapp.shell.currentWidget.context.save()")
    page.wait_for_function(
        "!document.querySelector('.jp-NotebookPanel .jp-mod-dirty')"
    )
    assert file.read_bytes() == before
    page.evaluate(
        "() => { jupyterapp.commands.execute('application:close'); }"
    )
    page.locator(".jp-NotebookPanel").wait_for(state="detached")
    assert page.locator(".jp-Dialog").count() == 0
    assert file.read_bytes() == before


def test_a_lesson_with_another_version_of_python_would_count_as_changed(
    reader,
):
    """The test above would see it."""
    name = "04_return_sequences.ipynb"
    other = reader.lab.work / "notebooks" / "other_version.ipynb"
    notebook = nbformat.read(ROOT / "notebooks" / name, as_version=4)
    notebook.metadata.language_info.version = "3.11.0"
    nbformat.write(notebook, other)
    reader.open(other.name)
    reader.page.wait_for_function(
        "jupyterapp.shell.currentWidget.model.dirty", timeout=10_000
    )
    assert is_changed(reader)
    other.unlink()
