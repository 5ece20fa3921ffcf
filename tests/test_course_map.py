"""The README: its map agrees with the lessons, its commands with make."""

import re

import nbformat
import pytest

from utils.notebooks import course_map
from utils.notebooks.lessons import ROOT, lessons

README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", lessons(), ids=lambda path: path.stem)
def test_the_map_has_every_lesson_as_it_is(path):
    title, promise, minutes = course_map.heading(path)
    row = f"| [{path.stem[:2]} {title}](notebooks/{path.name}) | {promise} |"
    assert f"{row} {minutes} | " in README


def test_the_map_has_no_lesson_too_many():
    linked = re.findall(r"\(notebooks/(\w+\.ipynb)\)", README)
    assert linked == [path.name for path in lessons()]


def test_a_lesson_without_a_promise_is_named(tmp_path):
    path = tmp_path / "04_bare.ipynb"
    cell = nbformat.v4.new_markdown_cell("# 04 Bare\n\nno promise")
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    with pytest.raises(ValueError, match=r"04_bare\.ipynb takes a title"):
        course_map.heading(path)


def test_unmeasured_lessons_show_a_dash():
    rows = course_map.table({lessons()[0].stem: 12.4}).splitlines()
    assert rows[2].endswith("| 12 |")
    assert all(row.endswith("| – |") for row in rows[3:])


def test_every_make_target_in_the_readme_exists():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    named = set(re.findall(r"`make ([a-z]+)", README))
    assert named and named <= targets


def test_every_link_in_the_readme_leads_somewhere():
    links = re.findall(r"\]\((?!http)([^)#]+)\)", README)
    assert links
    for link in links:
        assert (ROOT / link).exists(), link
