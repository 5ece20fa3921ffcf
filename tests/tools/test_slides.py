"""What of a lesson stands on its slides, and what in the speaker's notes."""

import json
import re
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from tools.__main__ import main
from tools.notebooks.lessons import lessons
from tools.notebooks.markdown import blocks, is_key, list_items, sentences
from tools.notebooks.slide_types import slide_types
from tools.slides import reveal, sizes
from tools.slides.layout import PICTURES, stage
from tools.slides.notes import parse
from tools.slides.page import write_slides

PNG = "iVBORw0KGgo="
LESSONS = {path.stem: path for path in lessons()}
MOST_ON_ONE = sizes.ROOM + 20


def as_cells(cells) -> list[nbformat.NotebookNode]:
    """Texts become Markdown cells."""
    return [new_markdown_cell(c) if isinstance(c, str) else c for c in cells]


def lesson(*cells) -> nbformat.NotebookNode:
    """A notebook that begins like a lesson."""
    head = "# 01 A lesson\n\nYou learn it.\n\n**You can**\n\n- do it;\n- more."
    cells = (head, "## A part\n\nIt opens. A lead.", *cells)
    return nbformat.v4.new_notebook(cells=as_cells(cells))


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


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("This is **it**.", True), ("A *cell* (셀) is a box.", True),
        ("It is *not* so.", False), ("Plain (셀).", False),
    ],
)  # fmt: skip
def test_key_sentences_are_claims_and_definitions(text, key):
    assert is_key(text) == key


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
    made = as_cells(cell for cell, _ in cells)
    assert slide_types(made) == [kind for _, kind in cells]


def test_prose_is_told_and_its_frame_is_shown():
    told = "It is one. Nobody doubts it. Next comes two."
    first_code = code("x = 1\nprint(x)", printed("1\n"))
    slides = stage(lesson(first_code, told, code("x = 2")))
    title, first, second = shown(slides)
    assert title == ["You learn it.", "**You can**", "- do it;\n- more."]
    lead = ["It opens.", "A lead.", "x = 1\nprint(x)", ""]
    assert first == [*lead, "It is one."]
    assert second == ["Next comes two.", "x = 2"]
    assert slides[1].items[-1].appears
    assert slides[1].prose == ["It opens. A lead.", told]
    assert [slide.opens for slide in slides] == [True, True, False]
    # A sentence that points back leads nowhere.
    slides = stage(lesson(code("x"), "One. Two. So it is.", code("y")))
    assert shown(slides)[2] == ["y"]


def test_what_stays_with_readers():
    words = {"text/html": "<p>", "text/plain": "(the picture in words, above)"}
    folded = new_output("display_data", words)
    slides = stage(
        lesson(
            code("theme.show(f)", picture("A curve."), folded),
            "If you run this, the next block is interactive.",
            code("w.panel()"),
            "**Sources.** A **book** of 1990.",
        )
    )
    kinds = [item.kind for slide in slides for item in slide.items]
    assert kinds.count("output") == 0 and kinds.count("picture") == 1
    assert not re.search("interactive|panel|book", str(shown(slides)))


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
    assert asked == quiz.strip().split("\n\n")


def test_long_things_go_on_on_the_next_slide():
    rows = "".join(f"\n| {n} | {'word ' * 12} |" for n in range(30))
    items = "\n".join(f"{n}. {'word ' * 20}." for n in range(1, 20))
    slides = stage(lesson(f"| a | b |\n| - | - |{rows}\n\n{items}"))
    everything = [text for texts in shown(slides) for text in texts]
    tables = [text for text in everything if text[0] == "|"]
    assert len(tables) > 2
    assert all(table.startswith("| a | b |\n| - | - |\n") for table in tables)
    assert all("word word" in table for table in tables)
    numbers = re.findall(r"^(\d+)\. ", "\n".join(everything), re.M)
    assert numbers == [str(n) for n in range(1, 20)]
    assert all(slide.height <= MOST_ON_ONE for slide in slides)


@pytest.mark.parametrize("rows", range(1, 20))
def test_a_sentence_goes_along_with_its_formula(rows):
    items = "".join(f"- {'word ' * 10}{n}.\n" for n in range(rows))
    slides = stage(lesson(f"{items}\nThe sum is this:\n\n$$x + y$$"))
    assert shown(slides)[-1][-2:] == ["The sum is this:", "$$x + y$$"]


@pytest.mark.parametrize(
    ("lines", "beside", "size"),
    [
        (5, 0, "large"), (17, 0, "medium"), (24, 0, "small"),
        (13, 100, "medium"),
        # A long output gets a slide of its own, and the code its full size.
        (13, 500, "large"),
    ],
)  # fmt: skip
def test_code_is_set_as_large_as_its_place_allows(lines, beside, size):
    assert sizes.code_size("x\n" * lines, beside) == size


@pytest.mark.parametrize("name", LESSONS)
def test_slides_show_all_and_none_is_fuller_than_a_screen(name):
    notebook = nbformat.read(LESSONS[name], as_version=4)
    slides = stage(notebook)
    items = [item for slide in slides for item in slide.items]
    types = zip(notebook.cells, slide_types(notebook.cells), strict=True)
    staged = [cell for cell, kind in types if kind != "skip"]
    sources = {"code": [], "markdown": []}
    for cell in staged:
        sources[cell.cell_type].append(cell.source)
    drawn = {kind: [] for kind in ("code", "formula", "picture", "quote")}
    for item in items:
        drawn.setdefault(item.kind, []).append(item.cell.source)
    found = [block for text in sources["markdown"] for block in blocks(text)]
    assert drawn.pop("code") == sources["code"]
    for kind in ("formula", "picture", "quote"):
        wanted = [block.text for block in found if block.kind == kind]
        assert [text for text in drawn[kind] if text] == wanted
    outputs = sum(
        any(kind in output.get("data", {}) for kind in PICTURES)
        for cell in staged
        for output in cell.get("outputs", [])
    )
    assert drawn["picture"].count("") == outputs
    titles = dict.fromkeys(block.title for block in found if block.level)
    assert [*titles] == [*dict.fromkeys(slide.title for slide in slides)]
    full = [s.title for s in slides if s.height > MOST_ON_ONE or not s.items]
    assert full == []
    assert [text for text in drawn["text"] if len(text) > 400] == []


NOTES = """# 01 A lesson\n\n6 minutes\n\n## A part\n\n6 minutes

**Say.** Say this.\n\n**Ask.** What? Hoped for: that.

**Run live.** `x = 1 < 2`\n\n**If it fails.** Show the curve.
"""


def test_the_page_of_a_small_lesson_with_one_of_everything(tmp_path):
    (tmp_path / "figures").mkdir()
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"/>'
    (tmp_path / "figures/cell.svg").write_text(drawing, encoding="utf-8")
    notebook = lesson(
        code("x = 1 < 2", printed("<b>1</b>\n"), picture("A curve & a line.")),
        "![The cell.](../figures/cell.svg)\n\n$$ h_t = \\tanh(x_t) $$",
        "See [next](02_second.ipynb) **now**.",
    )
    source, file = tmp_path / "notebooks/01_a.ipynb", tmp_path / "page.html"
    source.parent.mkdir()
    write_slides(notebook, parse(NOTES), source, file)
    page = file.read_text(encoding="utf-8")
    # It loads only what lies beside it.
    loads = r'<(?:script|link|img)[^>]*(?:src|href)="(?!data:)([^"]*)'
    assert {*re.findall(loads, page)} == {
        *("reveal/reveal.css", "slides.css"),
        *("reveal/reveal.js", "reveal/notes.js"),
    }
    assert not re.search(r"MathJax|require|@import|url\(", page)
    # It keeps descriptions, formulas and order.
    alt = re.findall(r'<img[^>]*?alt="([^"]*)"', page)
    assert alt == ["A curve &amp; a line.", "The cell."]
    assert page.count("<math") == page.count('display="block"') == 1
    assert "&lt;b&gt;1&lt;/b&gt;" in page
    assert 'href="02_second.html"' in page
    screens = page.count('<div class="screen">')
    assert page.count("<section") == screens + 2  # the title and one part
    assert page.count("<section") == page.count("</section>")
    assert screens == len(re.findall("<h[12]", page))
    # Notes stand where they are needed.
    asides = re.findall(r'<aside class="notes">(.*?)</aside>', page, re.DOTALL)
    assert "from minute 0 to minute 6" in asides[1]
    assert [text.count("Say this") for text in asides[:3]] == [0, 1, 0]
    assert "Show the curve" in asides[1]
    timings = [int(n) for n in re.findall(r'data-timing="(\d+)"', page)]
    assert abs(sum(timings) - 360) <= len(timings)


def test_missing_npm_is_one_sentence(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(reveal.shutil, "which", lambda _: None)
    with pytest.raises(ValueError, match=r"takes npm, .*nodejs\.org"):
        reveal.copy_reveal(tmp_path / "reveal", tmp_path / "npm")
    assert main(["slides", "--check", "99"]) == 2
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
    target, work = tmp_path / "reveal", tmp_path / "npm"
    for _ in range(2):
        reveal.copy_reveal(target, work)
    assert len(fetched) == 1
    (work / "package-lock.json").write_text("{}")
    reveal.copy_reveal(target, work)
    assert len(fetched) == 2
    names = {Path(name).name for name in reveal.FILES}
    assert {path.name for path in target.iterdir()} == names


def test_reveal_is_pinned_and_the_lock_names_no_registry():
    package = json.loads((reveal.PINNED / "package.json").read_text())
    text = (reveal.PINNED / "package-lock.json").read_text()
    version = package["dependencies"]["reveal.js"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    locked = json.loads(text)["packages"]["node_modules/reveal.js"]
    assert locked["version"] == version
    assert locked["integrity"].startswith("sha512-")
    assert not re.search("://|resolved", text)
