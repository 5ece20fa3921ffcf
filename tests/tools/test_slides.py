"""What every deck of slides has, and what stops its build."""

import itertools
import re

import nbformat
import pytest
from decks import slides

from tools.notebooks.lessons import ROOT, folder, lessons
from tools.slides.build import build, deck

LESSONS = {path.stem: path for path in lessons()}
ASKS = ":::{revealjs-fragments}"
LIVE = re.compile(r"^\*\*Run live\.\*\* (`+) ?(.+?) ?\1", re.M)
INCLUDED = re.compile(r"^:{3,}\{from-lesson\} (\S+)\n((?::\w+: .*\n)*)", re.M)


@pytest.fixture(params=LESSONS, scope="module")
def name(request):
    return request.param


def test_a_deck_is_as_long_as_a_lesson(name):
    made = slides(LESSONS[name])
    short = name.startswith("00")
    assert (6 if short else 12) <= len(made) <= 20
    minutes = sum(slide.minutes for slide in made)
    assert (5 if short else 25) <= minutes <= (10 if short else 45)
    assert made[0].title.startswith(f"{name[:2]} ")
    assert made[0].title.endswith("?")


def test_a_slide_claims_in_a_sentence_and_shows_evidence(name):
    for slide in slides(LESSONS[name])[1:]:
        assert len(slide.title.split()) >= 3, slide.title
        assert not slide.title.endswith("."), slide.title
        assert slide.shown.strip(), slide.title
        assert "assert" not in slide.shown, slide.title


def test_every_third_slide_or_so_asks(name):
    made = slides(LESSONS[name])
    asking = [
        number
        for number, slide in enumerate(made)
        if ASKS in slide.shown or "**Ask.**" in slide.notes
    ]
    at_a_key_press = sum(ASKS in slide.shown for slide in made)
    assert at_a_key_press >= len(made) // 5
    steps = [0, *asking, len(made)]
    gaps = [b - a for a, b in itertools.pairwise(steps)]
    assert max(gaps) <= 4


def test_the_last_slide_has_three_sentences_to_remember(name):
    last = slides(LESSONS[name])[-1].shown
    assert len(re.findall(r"^\d\. ", last, re.M)) == 3
    assert re.search(r"exercise|quiz|lesson", last, re.I)


def test_notes_say_and_what_they_run_is_there(name):
    cells = nbformat.read(LESSONS[name], as_version=4).cells
    first_lines = [
        cell.source.splitlines()[0] for cell in cells if cell.source
    ]
    for slide in slides(LESSONS[name]):
        assert "**Say.**" in slide.notes, slide.title
        for ask in re.findall(
            r"\*\*Ask\.\*\*.*?(?=\n\n\*\*|\Z)", slide.notes, re.S
        ):
            assert "Hoped for:" in " ".join(ask.split()), slide.title
        for _, line in LIVE.findall(slide.notes):
            assert first_lines.count(line) == 1, line
            assert "**If it fails.**" in slide.notes, slide.title


def test_at_most_eight_lines_of_code_and_no_assertion(name):
    cells = nbformat.read(LESSONS[name], as_version=4).cells
    tagged = {
        tag: cell for cell in cells for tag in cell.metadata.get("tags", [])
    }
    for slide in slides(LESSONS[name]):
        for tag, given in INCLUDED.findall(slide.shown):
            options = dict(re.findall(r":(\w+): (.*)", given))
            show = options.get("show", "code printed").split()
            if "code" not in show:
                continue
            lines = tagged[tag].source.splitlines()
            first, _, last = options.get("lines", "1-99").partition("-")
            lines = lines[int(first) - 1 : int(last or first)]
            assert 1 <= len(lines) <= 8, (slide.title, tag)
            assert not any("assert" in line for line in lines), tag


def test_no_notes_lie_elsewhere():
    assert not list((ROOT / "lessons").glob("*/notes.md"))
    written = {*(ROOT / "lessons").glob("*/slides.md")}
    assert written == {deck(lesson) for lesson in LESSONS.values()}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("```{from-lesson} no-such-tag\n```", "0 cells have the tag"),
        (
            "```{from-lesson} first-cell\n:show: picture\n```",
            "has no 'picture'",
        ),
        ("![x](/figures/no_such.svg)", "image file not readable"),
        ("$\\frac{1}$", "cannot read the formula"),
    ],
)
def test_what_is_not_there_stops_the_build(
    wrong, said, tmp_path, monkeypatch, capfd
):
    lesson = LESSONS["02_recurrent_cell"]
    (tmp_path / "notebooks").mkdir()
    notebook = nbformat.read(lesson, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    code[0].metadata["tags"] = ["first-cell"]
    nbformat.write(notebook, tmp_path / "notebooks" / lesson.name)
    folder_there = tmp_path / "lessons" / folder(lesson).name
    folder_there.mkdir(parents=True)
    (folder_there / "slides.md").write_text(f"# 02 Why?\n\n{wrong}\n")
    monkeypatch.setattr("tools.slides.build.folder", lambda _: folder_there)
    copy = tmp_path / "notebooks" / lesson.name
    assert build([copy], tmp_path / "slides") != 0
    assert said in capfd.readouterr().err


@pytest.mark.slow
def test_a_deck_that_is_not_built_again_stays_as_it_is(tmp_path):
    first, second = list(LESSONS.values())[1:3]
    assert build([first], tmp_path) == 0
    page = tmp_path / f"{first.stem}.html"
    before = page.read_text(encoding="utf-8")
    assert 'lang="ko"' in before
    assert build([second], tmp_path) == 0
    assert page.read_text(encoding="utf-8") == before
