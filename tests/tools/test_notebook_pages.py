"""A notebook's page: readable without network, every picture described."""

import re
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell

from tools.notebooks.page import mathml, write_page

GOOD = Path(__file__).parent / "fixtures/notebooks/01_good_lesson.ipynb"

FORMULAS = (
    r"h_t = \tanh(x_t W_x + h_{t-1} W_h + b)",
    r"c_t = f_t \odot c_{t-1} + i_t \odot \tilde{c}_t",
    r"\begin{aligned} z &= \sigma(a) \\ r &= \sigma(b) \end{aligned}",
    r"\frac{\partial L}{\partial h_t} = \prod_{k=t}^{T} W_h^\top",
    r"\lVert \partial L / \partial h_t \rVert",
    r"\operatorname{diag}(\varphi'(a_k)) \quad \text{for all } k",
    r"\hat{p} \pm 1.96 \sqrt{\hat{p}(1 - \hat{p}) / n}",
    r"\overrightarrow{h}_t, \overleftarrow{h}_t \in \mathbb{R}^{u}",
    r"\begin{cases} 1 & x > 0 \\ 0 & \text{else} \end{cases}",
)


def page_of(folder: Path, *markdown: str) -> str:
    """Return the page of the good lesson with Markdown cells added."""
    notebook = nbformat.read(GOOD, as_version=4)
    notebook.cells += [new_markdown_cell(source) for source in markdown]
    source = folder / "notebooks" / GOOD.name
    source.parent.mkdir(exist_ok=True)
    write_page(notebook, source, folder / "page.html")
    return (folder / "page.html").read_text(encoding="utf-8")


def test_page_needs_no_network(tmp_path):
    page = page_of(tmp_path, "See https://example.org and `$x$`.")
    assert "<script" not in page
    assert not re.search(r"<(?:link|img|iframe)\b[^>]*https?://", page)
    assert not re.search(r"url\(['\"]?https?:|@import", page)
    assert '<a href="https://example.org">' in page
    assert "<title>01 A good lesson</title>" in page
    assert '<html lang="en">' in page


def test_page_keeps_descriptions_and_embeds_pictures(tmp_path):
    (tmp_path / "figures").mkdir()
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"/>'
    (tmp_path / "figures/cell.svg").write_text(drawing, encoding="utf-8")
    page = page_of(
        tmp_path,
        "![The cell & its state](../figures/cell.svg)",
        '<img src="../figures/cell.svg" alt="Again">',
    )
    images = re.findall(r"<img[^>]*>", page)
    words = [re.search(r'alt="([^"]*)"', image) for image in images]
    assert [found and found[1] for found in words] == [
        "A curve bends upwards from 0 at step 0 to 16 at step 4.",
        "The cell &amp; its state",
        "Again",
    ]
    assert all(re.search(r'src="data:image/', image) for image in images)
    assert 'width="630"' in images[0]


def test_links_between_lessons_lead_to_pages(tmp_path):
    page = page_of(tmp_path, "[next](02_second.ipynb#top), [me](../x.py)")
    assert 'href="02_second.html#top"' in page
    assert 'href="../x.py"' in page


def test_formulas_become_mathml(tmp_path):
    both = [(f"${latex}$", f"$$\n{latex}\n$$") for latex in FORMULAS]
    page = page_of(tmp_path, *[cell for cells in both for cell in cells])
    # The good lesson itself has a formula in each of its paragraphs.
    plain = page_of(tmp_path)
    for sign, times in (("<math", 2), ('display="block"', 1)):
        more = page.count(sign) - plain.count(sign)
        assert more == times * len(FORMULAS)
    assert "merror" not in page
    assert not [latex for latex in FORMULAS if "\\" in mathml(latex)]


def test_odd_formula_is_refused_and_still_shown(tmp_path):
    with pytest.raises(ValueError, match="cannot read the formula"):
        mathml(r"\nosuchcommand{x}")
    page = page_of(tmp_path, r"$\nosuchcommand{x}$")
    assert r"<code>\nosuchcommand{x}</code>" in page
