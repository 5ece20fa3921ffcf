"""Korean in pages is marked as Korean, in text and nowhere else."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.notebooks.korean import HANGUL, marked

KO = '<span lang="ko">{}</span>'
PAGES = {
    "<p>a state (은닉 상태) is</p>":
        f"<p>a state ({KO.format('은닉 상태')}) is</p>",
    "<td>뉴런</td><td>층</td>":
        f"<td>{KO.format('뉴런')}</td><td>{KO.format('층')}</td>",
    '<img alt="상태 > 0" src="x">': None,
    "<img alt='상태'>": None,
    "<script>let a = '상태' < 3;</script>": None,
    "<style>p::after {content: '상태'}</style>": None,
    "<title>상태</title>": None,
    "<!-- 상태 <p> -->": None,
    "<p>don't 상태</p>": f"<p>don't {KO.format('상태')}</p>",
    "상태": KO.format("상태"),
    f"<p>{KO.format('상태')}</p>": None,
    "ㄱ and 가": f"{KO.format('ㄱ')} and {KO.format('가')}",
    "<p>nothing</p>": None,
    "a < b, 상태": f"a < b, {KO.format('상태')}",
}  # fmt: skip


@pytest.mark.parametrize(("page", "wanted"), PAGES.items())
def test_words_are_marked_and_tags_are_left(page, wanted):
    assert marked(page) == (page if wanted is None else wanted)


@given(st.text(alphabet="가나ab <>/\"'p!-", max_size=60))
def test_nothing_but_marks_is_added(page):
    assert re.sub(r'<span lang="ko">|</span>', "", marked(page)) == re.sub(
        "</span>", "", page
    )


def outside_marks(page: str) -> str:
    """Return the text of a page that stands in no mark."""
    bare = re.sub(r'<span lang="ko">[^<]*</span>', "", page)
    bare = re.sub(r"<(script|style|title)\b.*?</\1>", "", bare, flags=re.S)
    return re.sub(r"""<(?:[^>"']|"[^"]*"|'[^']*')*>""", "", bare)


def test_a_page_of_a_lesson_has_no_korean_without_its_mark(tmp_path):
    import nbformat

    from tools.notebooks.lessons import lessons
    from tools.notebooks.page import write_page

    lesson = lessons()[2]
    target = tmp_path / "page.html"
    write_page(nbformat.read(lesson, as_version=4), lesson, target)
    page = target.read_text("utf-8")
    assert 'lang="ko"' in page
    assert not re.search(HANGUL, outside_marks(page))
