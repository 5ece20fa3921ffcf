"""What the site adds to the pages, and what it refuses to build."""

import re
from base64 import b64decode
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import (
    new_code_cell,
    new_markdown_cell,
    new_notebook,
    new_output,
)

from tools.notebooks.lessons import ROOT, lessons
from tools.site.build import SiteError, build
from tools.site.sources import with_lessons

pytestmark = pytest.mark.slow  # takes seconds

ELSEWHERE = re.compile(
    r"""<(?:img|script|source|audio|video|iframe|link)\b[^>]*"""
    r"""(?:src|href)=["']?(?:https?:)?//[^>]*>"""
    r"""|(?:@import\s+|url\()['"]?(?:https?:)?//"""
)
"""What makes a browser fetch something from another site."""


DOT = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""A picture of one pixel, as an output holds it."""

LANGUAGE = {"name": "python", "pygments_lexer": "ipython3"}
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg"/>'


def write_notebook(path: Path, *cells) -> None:
    """Store cells as a notebook; a text is a Markdown cell."""
    notebook = new_notebook(metadata={"language_info": LANGUAGE})
    notebook.cells = [
        new_markdown_cell(cell) if isinstance(cell, str) else cell
        for cell in cells
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)


def title(number: str, name: str) -> str:
    """Return the first cell of a lesson."""
    return f"# {number} {name}\n\nThe promise of it.\n\nAbout 5 minutes.\n"


def shown(**data):
    """Return a code cell that prints a text or shows a picture."""
    kind = "stream" if "text" in data else "display_data"
    return new_code_cell("f()", outputs=[new_output(kind, **data)])


PICTURE = {"image/png": DOT, "text/plain": "A curve bends upwards."}


def small_course(root: Path) -> Path:
    """Write the course and return its folder."""
    write_notebook(
        root / "notebooks/01_first.ipynb",
        title("01", "First"),
        new_code_cell("import numpy as np", execution_count=1),
        "Masking comes in lesson 07; see [it](07_second.ipynb#a-part)\n"
        "and $h_t = \\tanh(x_t)$.\n\n"
        "![A box & an arrow.](../figures/01_box.svg)",
        shown(data=PICTURE),
        shown(text="A sentence, which may wrap."),
        shown(text="a  1\nb  2"),
    )
    write_notebook(
        root / "notebooks/07_second.ipynb",
        title("07", "Second"),
        "## A part\n\nAs in lessons 01 and 07.\n\n$$ x^2 $$",
        "## Exercises\n\nSay it.",
        "## Where next\n\nThe [map](../README.md#later).",
    )
    write_notebook(
        root / "notebooks/solutions/07_solutions.ipynb",
        "# 07 Second: solutions\n\nOf [lesson 07](../07_second.ipynb).",
        "## 1. Say it\n\nThe reasoning.",
        new_code_cell("answer = 42", execution_count=1),
    )
    (root / "figures").mkdir()
    for name in ("01_box.svg", "01_box.png", "07_two_cells.svg"):
        (root / "figures" / name).write_text(DRAWING)
    for kind in ("png", "gif"):
        (root / f"figures/07_two_cells.{kind}").write_bytes(b64decode(DOT))
    (root / "figures/README.md").write_text(
        "# Figures\n\n## 01_box\n\n![A box & an arrow.](01_box.svg)\n\n"
        "A box & an arrow.\n\n## 07_two_cells\n\n![Two.](07_two_cells.gif)\n",
        encoding="utf-8",
    )
    (root / "index.md").write_text(
        "# Small\n\n<!-- lessons 01 to 05 -->\n\n## Later\n\n"
        "<!-- lessons 06 to 09 -->\n\n"
        "```{toctree}\n:hidden:\n:glob:\n\nnotebooks/*\nfigures/README\n```\n",
        encoding="utf-8",
    )
    return root


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Build the small course once and return its pages' folder."""
    folder = tmp_path_factory.mktemp("site")
    build(folder / "site", small_course(folder / "course"))
    return folder / "site"


@pytest.fixture
def first(built):
    return text_of(built / "notebooks/01_first.html")


@pytest.fixture
def second(built):
    return text_of(built / "notebooks/07_second.html")


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def test_what_leads_to_the_readme_leads_to_the_first_page_here(second):
    assert 'href="../index.html#later"' in second


def test_first_page_lists_every_lesson_once():
    index = with_lessons(text_of(ROOT / "index.md"), lessons())
    listed = re.findall(r"^- \*\*\[\d\d .*\]\(notebooks/(.*?)\)", index, re.M)
    assert listed == [path.name for path in lessons()]
    assert "<!-- lessons" not in index


def test_first_page_has_titles_minutes_and_promises(built):
    page = text_of(built / "index.html")
    start = page.index("<article")
    first = page.index("01 First", start)
    later = page.index('<section id="later">')
    assert first < later < page.index("07 Second", later)
    entry = " ".join(re.sub("<[^>]+>", "", page[first:later]).split())
    assert entry.startswith("01 First, 5 minutes The promise of it.")


def test_solutions_are_linked_behind_the_exercises(first, second):
    ordered = (
        '<section id="exercises">.*Say it.*href="solutions/07_solutions.html"'
        '.*<section id="where-next">'
    )
    assert re.search(ordered, second, re.DOTALL)
    assert "Worked solutions" not in first


def test_drawings_stand_below_their_lesson_with_words_and_files(built):
    page = text_of(built / "figures/README.html")
    article = page[page.index("<article") : page.index("</article>")]
    headings = re.findall(r"<h\d>(.*?)<a class=\"headerlink", article)
    assert [re.sub("<[^>]+>", "", text) for text in headings] == [
        *("Figures", "01 First", "Box", "07 Second", "Two cells")
    ]
    assert 'href="../notebooks/01_first.html"' in article
    assert article.count("<p>A box &amp; an arrow.</p>") == 1
    files = re.findall(r'href="[^"]*/(\w+\.(?:svg|png|gif))"', article)
    assert files == [
        *("01_box.svg", "01_box.png"),
        *("07_two_cells.svg", "07_two_cells.png", "07_two_cells.gif"),
    ]


def test_pictures_keep_descriptions_and_formulas_are_mathml(first, second):
    words = re.findall(r'<img[^>]*alt="([^"]*)"', first)
    assert words == ["A box &amp; an arrow.", "A curve bends upwards."]
    assert first.count("<math>") == 1
    assert second.count('<math display="block">') == 1
    assert "<merror" not in first + second
    scripts = re.findall(r'<script[^>]*src="([^"]*)"', first + second)
    assert scripts and not re.search("math", str(scripts), re.I)


def test_lessons_named_in_a_sentence_are_links(first, second):
    link = r'<a class="lesson[^>]*href="([^"]*)">(.*?)<'
    assert 'reference internal" href="07_second.html">' in first
    assert re.findall(link, first) == [("07_second.html", "lesson 07")]
    # A page does not link to itself.
    assert re.findall(link, second) == [("01_first.html", "01")]


def test_imports_are_folded_and_printed_sentences_alone_wrap(first):
    start = first.index('<details class="admonition hide above-input">')
    assert "numpy" in first[start : first.index("</details>", start)]
    box = r'<div class="(output [^"]*)".*?<pre>(.*?)</pre>'
    boxes = re.findall(box, first, re.DOTALL)
    wraps = {text.strip()[-9:]: "sentences" in kinds for kinds, text in boxes}
    assert wraps == {"may wrap.": True, "a  1\nb  2": False}


def test_solutions_are_folded_below_their_heading(built):
    page = text_of(built / "notebooks/solutions/07_solutions.html")
    visible, folded = page.split('<details class="solution">')
    assert "1. Say it" in visible and "reasoning" not in visible
    fold = folded[: folded.index("</details>")]
    assert re.search("<summary>Show the solution", fold)
    assert "The reasoning." in fold and "42" in fold


def test_pages_fetch_nothing_from_elsewhere(built):
    for path in [*built.rglob("*.html"), *built.rglob("*.css")]:
        assert not ELSEWHERE.search(text_of(path)), path.name


MISTAKES = {
    "[lost](#nowhere)": "nowhere",
    "[lost](08_gone.ipynb)": "08_gone.ipynb",
    "[lost](07_second.ipynb#not-a-part)": "not-a-part",
    "![](../figures/01_box.svg)": "no description: notebooks/08_third",
    "![Drawn.](../figures/gone.svg)": "gone.svg",
    '<a href="nowhere.html">lost</a>': '<a href="nowhere.html"',
    '<img alt="x" src="../figures/01_box.svg">': '<img alt="x" src=',
    "<script src=https://a.org/x.js></script>": "<script src=https:",
}


def test_nothing_is_built_over_a_mistake(tmp_path):
    course = small_course(tmp_path / "course")
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("before")
    lesson = course / "notebooks/08_third.ipynb"
    write_notebook(lesson, title("08", "Third"), *MISTAKES)
    with pytest.raises(SiteError) as caught:
        build(site, course)
    told = str(caught.value)
    assert [sign for sign in MISTAKES.values() if sign not in told] == []
    assert text_of(site / "index.html") == "before"
