"""What of a lesson stands on its slides, and what in the speaker's notes."""

import json
import re
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from utils.notebooks.lessons import lessons
from utils.notebooks.markdown import blocks, is_key, list_items, sentences
from utils.notebooks.slide_types import slide_types
from utils.slides import reveal, sizes
from utils.slides.__main__ import main
from utils.slides.notes import parse
from utils.slides.page import write_slides
from utils.slides.stage import PICTURES, stage

PNG = "iVBORw0KGgo="
LESSONS = {path.stem: path for path in lessons()}
MOST_ON_ONE = sizes.ROOM + 20


def lesson(*cells) -> nbformat.NotebookNode:
    """A notebook that begins like a lesson; texts become Markdown cells."""
    head = "# 01 A lesson\n\nYou learn it.\n\n**You can**\n\n- do it;\n- more."
    made = [
        new_markdown_cell(cell) if isinstance(cell, str) else cell
        for cell in (head, "## A part\n\nIt opens. A lead.", *cells)
    ]
    return nbformat.v4.new_notebook(cells=made)


def code(source: str, *outputs) -> nbformat.NotebookNode:
    return new_code_cell(source, outputs=list(outputs))


def printed(text: str) -> nbformat.NotebookNode:
    return new_output("stream", name="stdout", text=text)


def picture(alt: str) -> nbformat.NotebookNode:
    data = {"image/png": PNG, "text/plain": alt}
    metadata = {"image/png": {"alt": alt}}
    return new_output("display_data", data, metadata=metadata)


def shown(slides) -> list[list[str]]:
    """What stands on each slide, below its title."""
    return [[item.cell.source for item in slide.items] for slide in slides]


def everything(slides) -> list[str]:
    """What stands on all slides, in order."""
    return [text for texts in shown(slides) for text in texts]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two? Three!", 3),
        ("J. L. Elman wrote it, e.g. in 1990. It holds.", 2),
        ("It is 0.5. $h_0 = 1. Y$ stays, `a. B` too.", 2),
        ("**Range.** tanh lies between. The other not.", 2),
        ('He said "Stop!" Then he left. (It was late.) 별로 was it.', 4),
        ("See [it](a. B) there.", 1),
    ],
)
def test_sentences_end_where_a_reader_would_stop(text, count):
    found = sentences(text)
    assert len(found) == count
    assert " ".join(found) == text


def test_key_sentences_are_claims_and_definitions():
    assert is_key("This is **it**.")
    assert is_key("A *cell* (셀) is a box.")
    assert not is_key("It is *not* so.")
    assert not is_key("Plain (셀).")


def test_markdown_falls_into_blocks():
    source = (
        "## A title\nWords at once.\n\nMore $x$:\n\n$$\na\n\n= b\n$$\n\n"
        "![Alt.](../f.svg)\n\n| a |\n| - |\n\n1. one\n2. two\n\n> said\n\n"
        "```\n## no title\n```\n\n<details>x</details>"
    )
    kinds = [block.kind for block in blocks(source)]
    assert kinds == [
        *("heading", "prose", "prose", "formula", "picture"),
        *("table", "list", "quote", "code", "html"),
    ]
    assert blocks(source)[0].title == "A title"
    assert blocks("### `x` and y")[0].level == 3


def test_list_items_are_cut_to_their_first_sentence():
    text = "1. One is this. And more.\n   - nested. Yes.\n2. Two\n   goes on."
    assert [*list_items(text)] == ["1. One is this.", "2. Two goes on."]


def test_slide_types_follow_from_the_cells():
    cells = [
        ("# 01 Title\n\nIt is.", "slide"),
        (code("from utils import runtime\nruntime.start()"), "skip"),
        ("## Part\n\nProse.", "slide"),
        (code("x = 1"), "subslide"),
        (code("assert x"), "-"),
        ("Only prose, long.", "notes"),
        ("A claim: **x is one**.", "subslide"),
        ("![A drawing.](a.svg)", "subslide"),
        ("### Below\n\nProse.", "subslide"),
        (code("widget.panel()"), "skip"),
        (code("y = 2"), "subslide"),
        ("## Exercises\n\n1. Do.", "slide"),
        ("**Exercise 1.** Do it.", "skip"),
        (code("answer = ..."), "skip"),
        ("## Where next\n\nOn.", "slide"),
    ]
    notebook = nbformat.v4.new_notebook(
        cells=[
            new_markdown_cell(cell) if isinstance(cell, str) else cell
            for cell, _ in cells
        ]
    )
    assert slide_types(notebook.cells) == [kind for _, kind in cells]


def test_prose_is_told_and_its_frame_is_shown():
    slides = stage(
        lesson(
            code("x = 1\nprint(x)", printed("1\n")),
            "It is one. Nobody doubts it. Next comes two.",
            code("x = 2"),
        )
    )
    title, first, second = shown(slides)
    assert title == ["You learn it.", "**You can**", "- do it;\n- more."]
    assert first == [
        "It opens.",
        "A lead.",
        "x = 1\nprint(x)",
        "",
        "It is one.",
    ]
    assert second == ["Next comes two.", "x = 2"]
    assert [item.appears for item in slides[1].items][-1]
    assert slides[1].prose == [
        "It opens. A lead.",
        "It is one. Nobody doubts it. Next comes two.",
    ]
    assert [slide.opens for slide in slides] == [True, True, False]


def test_a_sentence_that_points_back_leads_nowhere():
    slides = stage(lesson(code("x"), "One. Two. So it is.", code("y")))
    assert shown(slides)[2] == ["y"]


def test_what_stays_with_readers():
    folded = new_output(
        "display_data",
        {"text/html": "<p>", "text/plain": "(the picture in words, above)"},
    )
    slides = stage(
        lesson(
            code("theme.show(f)", picture("A curve."), folded),
            "If you run this, the next block is interactive.",
            code("w.panel()"),
            "**Sources.** A **book** of 1990.",
        )
    )
    kinds = [item.kind for slide in slides for item in slide.items]
    assert kinds.count("output") == 0
    assert kinds.count("picture") == 1
    text = str(shown(slides))
    assert "interactive" not in text
    assert "panel" not in text
    assert "book" not in text


def test_exercises_are_named_and_the_quiz_is_asked():
    quiz = "1. What is\n   it?\n   a) this\n\n2. And this?\n   a) that\n"
    slides = stage(
        lesson(
            "## Exercises\n\nEach prints its question.",
            "### 1. Say it\n\nAs a tuple.",
            code("sheet.ask_it()", printed("What is 2 + 2?\n")),
            "### 2. Turn it\n\nAs a tuple.",
            "## Quiz\n\nTwo questions.",
            code("quiz.ask(1)", printed(quiz)),
            "Choose, and read the reason.",
            code("quiz.show(1)"),
        )
    )
    after = slides[2:]
    assert [slide.title for slide in after] == ["Exercises", *["Quiz"] * 3]
    assert shown(after)[0][1:] == ["1. Say it\n2. Turn it"]
    asked = [slide.items[0].cell.outputs[0].text for slide in after[2:]]
    assert asked == [
        "1. What is\n   it?\n   a) this",
        "2. And this?\n   a) that",
    ]


def test_long_things_go_on_on_the_next_slide():
    rows = "".join(f"\n| {n} | {'word ' * 12} |" for n in range(30))
    items = "\n".join(f"{n}. {'word ' * 20}." for n in range(1, 20))
    slides = stage(lesson(f"| a | b |\n| - | - |{rows}\n\n{items}"))
    tables = [text for text in everything(slides) if text[0] == "|"]
    assert len(tables) > 2
    assert all(table.startswith("| a | b |\n| - | - |\n") for table in tables)
    assert sum(table.count("word word") > 0 for table in tables) == len(tables)
    joined = "\n".join(everything(slides))
    assert re.findall(r"^(\d+)\. ", joined, re.M) == [
        str(n) for n in range(1, 20)
    ]
    assert all(slide.height <= MOST_ON_ONE for slide in slides)


def test_code_is_set_as_large_as_its_place_allows():
    assert sizes.code_size("x\n" * 5) == "large"
    assert sizes.code_size("x\n" * 17) == "medium"
    assert sizes.code_size("x\n" * 24) == "small"
    assert sizes.code_size("x\n" * 13, beside=100) == "medium"
    # A long output gets a slide of its own, and the code its full size.
    assert sizes.code_size("x\n" * 13, beside=500) == "large"


@pytest.mark.parametrize("name", LESSONS)
def test_slides_show_all_that_there_is_to_see(name):
    notebook = nbformat.read(LESSONS[name], as_version=4)
    types = slide_types(notebook.cells)
    slides = stage(notebook)
    items = [item for slide in slides for item in slide.items]
    staged = [
        cell
        for cell, kind in zip(notebook.cells, types, strict=True)
        if kind != "skip"
    ]
    assert [i.cell.source for i in items if i.kind == "code"] == [
        cell.source for cell in staged if cell.cell_type == "code"
    ]
    found = [
        block
        for cell in staged
        if cell.cell_type == "markdown"
        for block in blocks(cell.source)
    ]
    for kind in ("formula", "picture", "quote"):
        drawn = [i.cell.source for i in items if i.kind == kind]
        wanted = [block.text for block in found if block.kind == kind]
        assert [text for text in drawn if text] == wanted
    outputs = sum(
        any(kind in output.get("data", {}) for kind in PICTURES)
        for cell in staged
        for output in cell.get("outputs", [])
    )
    pictures = [i for i in items if i.kind == "picture" and not i.cell.source]
    assert len(pictures) == outputs
    titles = [block.title for block in found if block.level]
    assert [*dict.fromkeys(titles)] == [
        *dict.fromkeys(slide.title for slide in slides)
    ]


@pytest.mark.parametrize("name", LESSONS)
def test_no_slide_is_fuller_than_a_screen(name):
    slides = stage(nbformat.read(LESSONS[name], as_version=4))
    full = [s.title for s in slides if s.height > MOST_ON_ONE]
    assert full == []
    assert [slide.title for slide in slides if not slide.items] == []
    walls = [
        item.cell.source
        for slide in slides
        for item in slide.items
        if item.kind == "text" and len(item.cell.source) > 400
    ]
    assert walls == []


def page_of(folder: Path, notes=None) -> str:
    """The page of a small lesson with one of everything."""
    (folder / "figures").mkdir()
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"/>'
    (folder / "figures/cell.svg").write_text(drawing, encoding="utf-8")
    notebook = lesson(
        code("x = 1 < 2", printed("<b>1</b>\n"), picture("A curve & a line.")),
        "![The cell.](../figures/cell.svg)\n\n$$ h_t = \\tanh(x_t) $$",
        "See [next](02_second.ipynb) **now**.",
    )
    source = folder / "notebooks" / "01_lesson.ipynb"
    source.parent.mkdir()
    page = folder / "page.html"
    write_slides(notebook, notes, source, page)
    return page.read_text(encoding="utf-8")


def test_page_loads_only_what_lies_beside_it(tmp_path):
    page = page_of(tmp_path)
    loaded = re.findall(
        r'<(?:script|link|img)[^>]*(?:src|href)="([^"]*)', page
    )
    assert {name for name in loaded if not name.startswith("data:")} == {
        "reveal/reveal.css",
        "slides.css",
        "reveal/reveal.js",
        "reveal/notes.js",
    }
    assert "MathJax" not in page
    assert "require" not in page
    assert not re.search(r"@import|url\(", page)


def test_page_keeps_descriptions_formulas_and_order(tmp_path):
    page = page_of(tmp_path)
    assert re.findall(r'<img[^>]*?alt="([^"]*)"', page) == [
        "A curve &amp; a line.",
        "The cell.",
    ]
    assert page.count("<math") == 1
    assert 'display="block"' in page
    assert "&lt;b&gt;1&lt;/b&gt;" in page
    assert 'href="02_second.html"' in page
    screens = page.count('<div class="screen">')
    assert page.count("<section") == screens + 2  # the title and one part
    assert page.count("<section") == page.count("</section>")
    assert screens == len(re.findall("<h[12]", page))


def test_notes_stand_where_they_are_needed(tmp_path):
    notes = parse(
        "# 01 A lesson\n\n6 minutes\n\n## A part\n\n6 minutes\n\n"
        "**Say.** Say this.\n\n**Ask.** What? Hoped for: that.\n\n"
        "**Run live.** `x = 1 < 2`\n\n**If it fails.** Show the curve.\n"
    )
    page = page_of(tmp_path, notes)
    asides = re.findall(r'<aside class="notes">(.*?)</aside>', page, re.DOTALL)
    assert "from minute 0 to minute 6" in asides[1]
    assert [text.count("Say this") for text in asides[:3]] == [0, 1, 0]
    with_code = [text for text in asides if "Show the curve" in text]
    assert asides[1] in with_code
    timings = [int(n) for n in re.findall(r'data-timing="(\d+)"', page)]
    assert abs(sum(timings) - 360) <= len(timings)


def test_missing_npm_is_one_sentence(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(reveal.shutil, "which", lambda _: None)
    with pytest.raises(ValueError, match=r"takes npm, .*nodejs\.org"):
        reveal.copy_reveal(tmp_path / "reveal", tmp_path / "npm")
    assert main(["check", "99"]) == 2
    assert "no lesson is called '99'" in capsys.readouterr().err


def test_reveal_is_fetched_again_when_its_lock_changes(tmp_path, monkeypatch):
    fetched = []

    def fetch(work: Path) -> None:
        fetched.append(work)
        for name in reveal.FILES:
            path = work / "node_modules" / "reveal.js" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("x", encoding="utf-8")
        lock = (reveal.PINNED / "package-lock.json").read_bytes()
        (work / "package-lock.json").write_bytes(lock)

    monkeypatch.setattr(reveal, "_fetch", fetch)
    for _ in range(2):
        reveal.copy_reveal(tmp_path / "reveal", tmp_path / "npm")
    assert len(fetched) == 1
    (tmp_path / "npm" / "package-lock.json").write_text("{}")
    reveal.copy_reveal(tmp_path / "reveal", tmp_path / "npm")
    assert len(fetched) == 2
    assert {path.name for path in (tmp_path / "reveal").iterdir()} == {
        Path(name).name for name in reveal.FILES
    }


def test_reveal_is_pinned_and_the_lock_names_no_registry():
    package = json.loads((reveal.PINNED / "package.json").read_text())
    text = (reveal.PINNED / "package-lock.json").read_text()
    version = package["dependencies"]["reveal.js"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    locked = json.loads(text)["packages"]["node_modules/reveal.js"]
    assert locked["version"] == version
    assert locked["integrity"].startswith("sha512-")
    assert "://" not in text
    assert "resolved" not in text
