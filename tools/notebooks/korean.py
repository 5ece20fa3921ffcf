"""Korean words in a page are marked as Korean, so that they are read aloud."""

from __future__ import annotations

import re
from pathlib import Path

PIECES = re.compile(
    r"<!--.*?-->"
    r"|<(?P<name>script|style|title|textarea|option|svg)\b.*?</(?P=name)\s*>"
    r"|<(?P<own>\w+)\b[^<>]*\blang=[\"']?ko\b.*?</(?P=own)\s*>"
    r"""|<(?:[^>"']|"[^"]*"|'[^']*')*>""",
    re.DOTALL | re.IGNORECASE,
)
"""What of a page is left: tags, comments, elements without markup, and what
an author has marked. A browser would throw marks out of an SVG picture."""

HANGUL = r"[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff\uffa0-\uffdc]"
RUN = re.compile(rf"{HANGUL}+(?:[ ·,]+{HANGUL}+)*")


def marked(page: str) -> str:
    """Return an HTML page with ``lang="ko"`` around its Korean words.

    A screen reader that takes them for English spells them or is silent
    (WCAG 2.2, 3.1.2).
    """
    parts, done = [], 0
    for piece in PIECES.finditer(page):
        parts += [_marked_text(page[done : piece.start()]), piece[0]]
        done = piece.end()
    return "".join([*parts, _marked_text(page[done:])])


def mark_pages(folder: Path) -> None:
    """Mark the Korean words of all pages in a folder, but none twice."""
    for page in folder.rglob("*.html"):
        text = marked(page.read_text(encoding="utf-8"))
        page.write_text(text, encoding="utf-8", newline="\n")


def _marked_text(text: str) -> str:
    """Return a text between two tags, its Korean words marked."""
    return RUN.sub(r'<span lang="ko">\g<0></span>', text)
