"""The site's sources, its pages, and the check that stops a bad one."""

import re
from pathlib import Path

import nbformat
import pytest
from site_course import small_course, title, write_notebook

from utils.site.assemble import (
    assemble,
    gallery,
    groups,
    without_dead_links,
)
from utils.site.build import SiteError, build
from utils.site.check import problems


@pytest.fixture
def course(tmp_path):
    return small_course(tmp_path / "course")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Build the small course once and return its pages' folder."""
    folder = tmp_path_factory.mktemp("site")
    build(folder / "site", small_course(folder / "course"))
    return folder / "site"


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def test_lessons_come_in_parts_and_in_order():
    paths = [Path(f"{n:02}_x.ipynb") for n in (1, 5, 6, 15, 16, 18)]
    parts = {name: [p.stem[:2] for p in part] for name, part in groups(paths)}
    assert parts == {
        "Foundations": ["01", "05"],
        "Memory": ["06"],
        "Tasks": ["15"],
        "Reviews": ["16", "18"],
    }


def test_first_page_lists_and_orders_what_there_is(course, tmp_path):
    (course / "CONTRIBUTING.md").write_text("# To contribute\n")
    (course / "notebooks/.half_written.ipynb").write_text("{")
    assemble(course, tmp_path / "source")
    index = text_of(tmp_path / "source/index.md")
    assert "- **[01 First](notebooks/01_first.ipynb)**, 5 minutes" in index
    assert "  The promise of it." in index
    order = [
        line
        for tree in re.findall(r"```{toctree}\n(.*?)```", index, re.S)
        for line in tree.splitlines()
        if line and not line.startswith(":")
    ]
    assert order == [
        "notebooks/01_first",
        "notebooks/07_second",
        "figures/index",
        "CONTRIBUTING",
    ]
    assert (tmp_path / "source/CONTRIBUTING.md").exists()


def test_first_page_needs_its_place_for_the_lessons(course, tmp_path):
    (course / "docs/index.md").write_text("# Small\n")
    with pytest.raises(ValueError, match="<!-- lessons -->"):
        assemble(course, tmp_path / "source")


def test_a_course_needs_a_lesson(tmp_path):
    with pytest.raises(ValueError, match="root takes a project with lessons"):
        assemble(tmp_path, tmp_path / "source")


def test_links_to_what_is_no_page_become_words(course):
    page = course / "notebooks/01_first.ipynb"
    text = (
        "[a](07_second.ipynb#x) [b](../utils/cells.py) [c](https://a.org) "
        "[d](08_gone.ipynb) [e](#here) ![f](../figures/01_box.svg) "
        "[g](../../outside.md) [h](../figures/01_box.svg)"
    )
    assert without_dead_links(text, page, course) == (
        "[a](07_second.ipynb#x) b [c](https://a.org) "
        "d [e](#here) ![f](../figures/01_box.svg) "
        "g [h](../figures/01_box.svg)"
    )


def test_solutions_are_linked_behind_the_exercises(course, tmp_path):
    assemble(course, tmp_path / "source")
    notebook = nbformat.read(
        tmp_path / "source/notebooks/07_second.ipynb", as_version=4
    )
    parts = [cell.source.split("\n")[0] for cell in notebook.cells]
    assert parts[2] == "## Exercises"
    assert "[Worked solutions](solutions/07_second.ipynb)" in parts[3]
    assert parts[4] == "## Where next"
    first = text_of(tmp_path / "source/notebooks/01_first.ipynb")
    assert "Worked solutions" not in first


def test_gallery_shows_drawings_below_their_lesson(course):
    page = gallery(
        "## 01_box\n\n![A box.](01_box.gif)\n\nA box.\n\n"
        "## 07_two_cells\n\n![Two.](07_two_cells.svg)\n",
        sorted((course / "notebooks").glob("*.ipynb")),
    )
    headings = re.findall(r"^#+ .*", page, re.MULTILINE)
    assert headings == [
        "# Figures",
        "## [01 First](../notebooks/01_first.ipynb)",
        "### Box",
        "## [07 Second](../notebooks/07_second.ipynb)",
        "### Two cells",
    ]
    assert "[GIF](01_box.gif)" in page
    assert "[GIF](07_two_cells.gif)" not in page
    assert page.count("<p>A box.</p>") == 1


def test_pictures_keep_their_descriptions(built):
    page = text_of(built / "notebooks/01_first.html")
    words = re.findall(r'<img[^>]*alt="([^"]*)"', page)
    assert words == ["A box &amp; an arrow.", "A curve bends upwards."]


def test_formulas_are_mathml(built):
    first = text_of(built / "notebooks/01_first.html")
    second = text_of(built / "notebooks/07_second.html")
    assert first.count("<math>") == 1
    assert second.count('<math display="block">') == 1
    assert "<merror" not in first + second
    scripts = re.findall(r'<script[^>]*src="([^"]*)"', first + second)
    assert scripts
    assert not [script for script in scripts if "math" in script.lower()]


def test_lessons_named_in_a_sentence_are_links(built):
    first = text_of(built / "notebooks/01_first.html")
    assert '<a class="lesson reference internal" href="07_second.html">' in (
        first
    )
    second = text_of(built / "notebooks/07_second.html")
    links = re.findall(r'<a class="lesson[^>]*href="([^"]*)">(.*?)<', second)
    # A page does not link to itself.
    assert links == [("01_first.html", "01")]


def test_printed_sentences_wrap_and_printed_tables_do_not(built):
    page = text_of(built / "notebooks/01_first.html")
    boxes = re.findall(
        r'<div class="(output [^"]*)".*?<pre>(.*?)</pre>', page, re.DOTALL
    )
    wraps = {text.strip()[-9:]: "sentences" in kinds for kinds, text in boxes}
    assert wraps == {"may wrap.": True, "a  1\nb  2": False}


def test_solutions_are_folded_below_their_heading(built):
    page = text_of(built / "notebooks/solutions/07_second.html")
    visible, folded = page.split('<details class="solution">')
    assert "1. Say it" in visible
    assert "reasoning" not in visible
    assert re.search("<summary>Show the solution", folded)
    fold = folded[: folded.index("</details>")]
    assert "The reasoning." in fold
    assert "42" in fold


def test_imports_are_folded(built):
    page = text_of(built / "notebooks/01_first.html")
    start = page.index('<details class="admonition hide above-input">')
    assert "numpy" in page[start : page.index("</details>", start)]


@pytest.mark.parametrize(
    "mistake", ["[lost](#nowhere)", '<a href="nowhere.html">lost</a>']
)
def test_nothing_is_built_over_a_mistake(course, tmp_path, mistake):
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("before")
    lesson = course / "notebooks/08_third.ipynb"
    write_notebook(lesson, title("08", "Third"), mistake)
    with pytest.raises(SiteError, match="nowhere"):
        build(site, course)
    assert text_of(site / "index.html") == "before"


BAD = (
    ('<a href="gone.html">x</a>', "'gone.html' leads nowhere"),
    ('<a href="../x.html">x</a>', "'../x.html' leads nowhere"),
    ('<a href="#gone">x</a>', "'#gone' leads to no place there"),
    ('<a href="b.html#gone">x</a>', "'b.html#gone' leads to no place"),
    ('<a href="https://nowhere">x</a>', "is no address"),
    ('<a href="javascript:x()">x</a>', "is of a kind that pages lack"),
    ('<img src="b.html">', "1 pictures have no description"),
    ('<img src="b.html" alt=" ">', "1 pictures have no description"),
    ('<script src="https://a.org/x.js"></script>', "fetches https://a.org"),
    ('<script src="//a.org/x.js"></script>', "fetches //a.org"),
    ('<p id="here"></p>', "the name 'here' is given 2 times"),
)


@pytest.mark.parametrize(("mistake", "sentence"), BAD)
def test_check_names_what_is_wrong(tmp_path, mistake, sentence):
    good = '<a id="here" href="b.html#there">b</a><a href="#here">h</a>'
    (tmp_path / "b.html").write_text('<p id="there"></p>')
    page = tmp_path / "a.html"
    page.write_text(f'{good}<a href="https://a.org/x">x</a>')
    assert problems(tmp_path) == []
    page.write_text(good + mistake)
    found = problems(tmp_path)
    assert found
    assert found[0].startswith("a.html: ")
    assert sentence in found[0]


def test_check_reads_style_sheets(tmp_path):
    style = tmp_path / "a.css"
    style.write_text("a { background: url('b.png'); }")
    assert problems(tmp_path) == []
    style.write_text("@import url(https://fonts.example.org/x);")
    assert problems(tmp_path) == ["a.css: fetches https://fonts.example.org/x"]
