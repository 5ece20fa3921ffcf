"""The glossary is what the lessons say; a term is introduced once, first."""

import re
from collections import Counter

import nbformat
import pytest

from tools.notebooks import glossary
from tools.notebooks.glossary import GLOSSARY, introduced, terms
from tools.notebooks.lessons import lessons

EMPHASISED = re.compile(r"(?<![\w*])(\*{1,2})([^*\n|]+?)\1(?![\w*])")


def stem(name: str) -> str:
    """Return a term as one compares it: small, in the singular."""
    return re.sub(r"s$", "", " ".join(name.casefold().split()))


def test_the_stored_glossary_is_that_of_the_lessons():
    hint = "write it anew: python -m tools map"
    assert GLOSSARY.read_text("utf-8") == glossary.text(), hint


def test_there_are_terms_of_every_kind():
    by_name = {term.name: term for term in terms()}
    assert len(by_name) > 90
    state = by_name["hidden state"]
    assert (state.korean, state.lesson.stem[:2]) == ("은닉 상태", "02")
    assert "hidden because it lies inside" in state.sentence
    assert by_name["neuron"].korean == "뉴런"  # not emphasised
    assert by_name["singular value"].korean == "특잇값"  # with a formula


@pytest.mark.parametrize("of", ["name", "korean"])
def test_no_term_is_introduced_twice(of):
    found = [(stem(getattr(term, of)), term.lesson.stem) for term in terms()]
    count = Counter(name for name, _ in found)
    twice = [each for each in found if count[each[0]] > 1]
    assert not twice


def test_no_term_is_emphasised_in_an_earlier_lesson():
    first = {stem(term.name): term.lesson for term in reversed(terms())}
    early = [
        (marked[2], path.stem[:2], first[stem(marked[2])].stem[:2])
        for path in lessons()
        for cell in nbformat.read(path, as_version=4).cells[1:]
        if cell.cell_type == "markdown"
        for marked in EMPHASISED.finditer(" ".join(cell.source.split()))
        if stem(marked[2]) in first and path < first[stem(marked[2])]
    ]
    assert not early, "its Korean belongs to its first use"


def test_a_sentence_that_points_back_brings_its_neighbour(tmp_path):
    path = tmp_path / "01_x.ipynb"
    text = "Cut it. This is a *cut* ([자르기](x.md)).\n\n- A *b* (비) is."
    text = text.replace("([자르기](x.md))", "(자르기), see [there](x.md)")
    cell = nbformat.v4.new_markdown_cell(text)
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    cut, b = introduced(path)
    assert cut.sentence == ("Cut it. This is a *cut* (자르기), see there.")
    assert (b.name, b.korean, b.sentence) == ("b", "비", "A *b* (비) is.")
