"""What Sphinx has to learn for this site.

Formulas become MathML, which browsers draw without a script; a picture in
an output keeps its description; a lesson named in a sentence is a link;
printed sentences wrap; worked solutions are folded.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from tools.notebooks.page import mathml
from tools.site.sources import complete

if TYPE_CHECKING:
    from sphinx.application import Sphinx

LOGGER = logging.getLogger(__name__)
BARE = re.compile(r"""<[^>]*\b(?:href|src)=(?!["']?data:)[^\s>]*""")
"""HTML that leads elsewhere or fetches something."""

NAMED = re.compile(
    r"\blesson\s\d\d\b"
    r"|(?<=\blessons\s)\d\d\b"
    r"|(?<=\blessons\s\d\d, )\d\d\b"
    r"|(?<=\blessons\s\d\d and )\d\d\b"
    r"|(?<=\blessons\s\d\d to )\d\d\b",
    re.IGNORECASE,
)
"""A lesson that a sentence names: "lesson 07", "lessons 07 and 08"."""

UNLINKED = (
    nodes.reference,
    nodes.title,
    nodes.literal,
    nodes.literal_block,
    nodes.raw,
    nodes.math,
    nodes.math_block,
)
"""Where the name of a lesson stays plain: a link already, code, a title."""

SOLUTIONS = "notebooks/solutions/"
"""The beginning of the name of every page with worked solutions."""


class DescribePictures(SphinxPostTransform):
    """Give a picture in an output the output's text as its description.

    MyST-NB keeps a picture's width and drops its description. A picture
    that then has none stops the build.
    """

    default_priority = 3  # before MyST-NB throws the output's text away

    def run(self, **_: Any) -> None:
        """Describe every picture of a page."""
        for output in self.document.findall(_is_output):
            words = [
                part.astext().strip()
                for part in output.children
                if part["mime_type"] == "text/plain"
            ]
            for picture in output.findall(nodes.image):
                picture["alt"] = " ".join(words)
        for picture in self.document.findall(nodes.image):
            if not picture.get("alt", "").strip():
                place = f"{self.env.docname}: {picture['uri'][-60:]}"
                LOGGER.warning("a picture has no description: %s", place)


class RefuseBareHtml(SphinxTransform):
    """Stop at HTML that links or loads: Sphinx checks Markdown only."""

    default_priority = 900

    def apply(self, **_: Any) -> None:
        """Warn of every such piece of HTML."""
        for raw in self.document.findall(nodes.raw):
            found = BARE.search(raw.astext())
            if found:
                place = f"{self.env.docname}: {found[0]}"
                LOGGER.warning("write this in Markdown: %s", place)


class LinkLessons(SphinxPostTransform):
    """Make the words "lesson 07" in a page a link to that lesson."""

    default_priority = 900

    def run(self, **_: Any) -> None:
        """Link every lesson that a page's text names."""
        here = self.env.docname
        pages = {
            name.removeprefix("notebooks/")[:2]: name
            for name in self.env.found_docs
            if re.match(r"notebooks/\d\d_", name) and name != here
        }
        address = {
            number: self.app.builder.get_relative_uri(here, name)
            for number, name in pages.items()
        }
        for text in list(self.document.findall(nodes.Text)):
            parts = list(_linked(str(text), address))
            if len(parts) > 1 and not _stands_in(text, UNLINKED):
                text.parent.replace(text, parts)


class WrapSentences(SphinxTransform):
    """Let printed sentences wrap on a narrow screen, but no printed table.

    What stands in columns has two spaces in a row somewhere.
    """

    default_priority = 900

    def apply(self, **_: Any) -> None:
        """Mark what cells have printed as sentences where it is."""
        for block in self.document.findall(nodes.literal_block):
            printed = block.parent.get("nb_element") == "cell_code_output"
            if printed and "  " not in block.astext():
                block["classes"].append("sentences")


class FoldSolutions(SphinxTransform):
    """Fold each worked solution: its heading stays, the rest opens."""

    default_priority = 900

    def apply(self, **_: Any) -> None:
        """Fold the innermost sections of a page with solutions."""
        if not self.env.docname.startswith(SOLUTIONS):
            return
        for section in list(self.document.findall(nodes.section)):
            inner = any(isinstance(part, nodes.section) for part in section)
            if not inner and len(section) > 1:
                _fold(section)


def visit_formula(translator: Any, node: nodes.math) -> None:
    """Write a formula within a sentence."""
    translator.body.append(mathml(node.astext()))
    raise nodes.SkipNode


def visit_formula_block(translator: Any, node: nodes.math_block) -> None:
    """Write a formula in a line of its own."""
    formula = mathml(node.astext(), display=True)
    classes = " ".join(["math", *node.get("classes", [])])
    translator.body.append(f'<div class="{classes}">{formula}</div>')
    raise nodes.SkipNode


def add_formulas(app: Sphinx) -> None:
    """Let formulas be MathML, as ``html_math_renderer = "mathml"`` asks."""
    app.add_html_math_renderer(
        "mathml", (visit_formula, None), (visit_formula_block, None)
    )


def setup(app: Sphinx) -> dict[str, bool]:
    """Register all of it; Sphinx calls this."""
    add_formulas(app)
    app.connect("source-read", complete)
    app.add_transform(RefuseBareHtml)
    app.add_post_transform(DescribePictures)
    app.add_post_transform(LinkLessons)
    app.add_transform(WrapSentences)
    app.add_transform(FoldSolutions)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _is_output(node: nodes.Node) -> bool:
    """Tell whether a node is an output in several forms."""
    return (
        isinstance(node, nodes.container)
        and node.get("nb_element") == "mime_bundle"
    )


def _stands_in(node: nodes.Node, kinds: tuple[type, ...]) -> bool:
    """Tell whether a node has one of these kinds above it."""
    while node.parent is not None:
        node = node.parent
        if isinstance(node, kinds):
            return True
    return False


def _linked(text: str, address: dict[str, str]) -> Iterator[nodes.Node]:
    """Yield a text in parts, of which those that name a lesson are links.

    Args:
        text: The text.
        address: Number of a lesson -> where its page is.
    """
    done = 0
    for found in NAMED.finditer(text):
        target = address.get(found[0][-2:])
        if target is None:
            continue
        yield nodes.Text(text[done : found.start()])
        yield nodes.reference(
            "", found[0], internal=True, refuri=target, classes=["lesson"]
        )
        done = found.end()
    yield nodes.Text(text[done:])


def _fold(section: nodes.section) -> None:
    """Put what follows a section's heading into a fold.

    The reasoning gives the answer away as much as the code does.
    """
    title = html.escape(section[0].astext())
    opening = (
        '<details class="solution"><summary>Show the solution'
        f'<span class="visually-hidden">: {title}</span></summary>'
    )
    section.insert(1, nodes.raw("", opening, format="html"))
    section.append(nodes.raw("", "</details>", format="html"))
