"""Speaker notes agree with their lessons."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tools.notebooks.lessons import ROOT, lessons
from tools.slides.commands import read_notes
from tools.slides.notes import notes_path, parse, problems

LESSONS = {path.stem: path for path in lessons()}

GOOD = """# 01 A lesson

7 minutes

## One

5 minutes

**Say.** This.

**Ask.** What? Hoped
for: that.

**Run live.** `x = 1` at once.

**If it fails.** Show it.

## Summary

2 minutes

**Say.** Over.

**Ask.** Why? Hoped for: so.

**Run live.** nothing
"""


def lesson():
    return new_notebook(
        cells=[
            new_markdown_cell("# 01 A lesson\n\nYou can."),
            new_code_cell("x = 1"),
            new_markdown_cell("## One\n\nText."),
            new_code_cell("x = 1\nprint(x)"),
            new_markdown_cell("### Below\n\nText.\n\n## Summary\n\nText."),
            new_markdown_cell("## Exercises\n\nDo."),
            new_code_cell("y = 1"),
        ]
    )


def test_good_notes_have_no_problems():
    notes = parse(GOOD)
    assert notes.minutes == 7
    assert [part.run_live for part in notes.parts] == ["x = 1", None]
    assert problems(notes, lesson()) == []


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("# 01 A lesson", "A lesson", "title"),
        ("7 minutes", "soon", "'5 minutes', got 'soon'"),
        ("2 minutes", "short", "'Summary' takes a line"),
        ("7 minutes\n", "7 minutes\n\nwords\n", "'words'"),
        ("**Say.** This.\n\n", "", "'One' takes the paragraphs"),
        ("**Say.** Over.", "Over.", "'Summary' takes the paragraphs"),
        ("Hoped\nfor:", "Perhaps", "'One': Ask"),
        ("`x = 1` at", "x = 1 at", "in backticks"),
        ("\n\n**If it fails.** Show it.", "", "'If it fails'"),
        ("nothing", "nothing\n\n**If it fails.** No.", "'Summary' takes"),
    ],
)
def test_bad_form_is_refused_with_its_place(old, new, word):
    assert old in GOOD
    with pytest.raises(ValueError, match="take") as caught:
        parse(GOOD.replace(old, new, 1))
    assert word in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("# 01 A lesson", "# 01 Another", "the title is '01 Another'"),
        ("## One", "## Two", "the parts are ['Two', 'Summary']"),
        ("7 minutes", "8 minutes", "take 7 minutes, the head says 8"),
        ("`x = 1`", "`y = 1`", "the first line of 0 code cells"),
        ("`x = 1`", "`print(x)`", "the first line of 0 code cells"),
    ],
)
def test_notes_that_do_not_fit_are_reported(old, new, word):
    found = problems(parse(GOOD.replace(old, new, 1)), lesson())
    assert word in found[0]


def test_notes_are_short_and_name_one_cell():
    long = GOOD.replace("7 minutes", "47 minutes").replace("5 min", "45 min")
    assert problems(parse(long), lesson()) == ["47 minutes; 45 is the limit"]
    twice = lesson()
    twice.cells.insert(4, new_code_cell("x = 1"))
    assert "2 code cells" in problems(parse(GOOD), twice)[0]


@pytest.mark.parametrize("name", sorted(LESSONS))
def test_notes_fit_their_lesson(name):
    notes = read_notes(LESSONS[name])
    assert problems(notes, nbformat.read(LESSONS[name], as_version=4)) == []
    lines = notes_path(LESSONS[name]).read_text(encoding="utf-8").splitlines()
    prose = [line for line in lines if not line.startswith("**Run live.**")]
    assert [line for line in prose if len(line) > 79] == []


def test_notes_belong_to_lessons():
    written = {*(ROOT / "lessons").glob("*/notes.md")}
    assert written == {notes_path(lesson) for lesson in LESSONS.values()}
