"""What Sphinx has to learn for this site.

Formulas become MathML, which browsers draw without a script; a picture in
an output keeps its description; worked solutions are folded.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

from utils.notebooks.page import mathml

if TYPE_CHECKING:
    from sphinx.application import Sphinx

SOLUTIONS = "notebooks/solutions/"
"""The beginning of the name of every page with worked solutions."""


class DescribePictures(SphinxPostTransform):
    """Give a picture in an output the output's text as its description.

    MyST-NB keeps a picture's width and drops its description.
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
    translator.body.append(f'<div class="math">{formula}</div>')
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, bool]:
    """Register all of it; Sphinx calls this."""
    app.add_html_math_renderer(
        "mathml", (visit_formula, None), (visit_formula_block, None)
    )
    app.add_post_transform(DescribePictures)
    app.add_transform(FoldSolutions)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _is_output(node: nodes.Node) -> bool:
    """Tell whether a node is an output in several forms."""
    return (
        isinstance(node, nodes.container)
        and node.get("nb_element") == "mime_bundle"
    )


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
