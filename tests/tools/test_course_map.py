"""The map of the README agrees with the lessons."""

import json
import re

import nbformat
import pytest

from tools.notebooks import course_map
from tools.notebooks.lessons import ROOT, lessons

README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", lessons(), ids=lambda path: path.stem)
def test_the_map_has_every_lesson_as_it_is(path):
    title, promise, minutes = course_map.heading(path)
    row = f"| [{path.stem[:2]} {title}](notebooks/{path.name}) | {promise} |"
    assert f"{row} {minutes} | " in README


def test_the_map_has_no_lesson_too_many():
    linked = re.findall(r"\(notebooks/(\w+\.ipynb)\)", README)
    assert linked == [path.name for path in lessons()]


@pytest.mark.parametrize(
    "head",
    ["# 04 A\n\nIt.", "# 04 A\n\n- 5 minutes", "# A\n\nIt.\n\n5 minutes"],
)
def test_a_lesson_without_title_promise_or_minutes_is_named(tmp_path, head):
    path = tmp_path / "04_bare.ipynb"
    cell = nbformat.v4.new_markdown_cell(head)
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    with pytest.raises(ValueError, match=r"04_bare\.ipynb takes a title"):
        course_map.heading(path)


def test_the_hours_of_the_readme_are_those_of_the_map():
    minutes = re.findall(r"^\| \[\d\d .*\| (\d+) \| \d+ \|$", README, re.M)
    assert len(minutes) == len(lessons())
    hours = round(sum(map(int, minutes)) / 60)
    assert f"about {hours} hours of reading" in README
    times = {int(number) for number in minutes[1:]}
    assert f"lessons of {min(times)} to {max(times)} minutes" in README


def test_a_run_of_one_lesson_leaves_the_others_their_seconds(
    tmp_path, monkeypatch
):
    page, run = tmp_path / "README.md", tmp_path / "run.json"
    page.write_text(README, encoding="utf-8")
    row = {"lesson": "00_start_here", "seconds": 77, "peak_megabytes": 100}
    run.write_text(json.dumps({"lessons": [row]}), encoding="utf-8")
    monkeypatch.setattr(course_map, "README", page)
    monkeypatch.setattr(course_map, "RUN", run)
    course_map.write()
    before, after = README.splitlines(), page.read_text("utf-8").splitlines()
    changed = [line for line in after if line not in before]
    assert len(after) == len(before) and len(changed) == 1
    assert changed[0].startswith("| [00 Start here]")
    assert changed[0].endswith(" | 10 | 77 |")


def test_unmeasured_lessons_show_a_dash():
    rows = course_map.table({lessons()[0].stem: 12.4}).splitlines()
    assert rows[2].endswith("| 12 |")
    assert all(row.endswith("| – |") for row in rows[3:])
