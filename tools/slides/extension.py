"""What Sphinx has to learn for slides: cells of lessons, notes, formulas."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any, ClassVar

import nbformat
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator
from sphinx_revealjs._ext.notes import revealjs_notes

from tools.site.extension import add_formulas


class FromLesson(SphinxDirective):
    """Show a lesson's cell: ``:show:`` its code, what is printed, a picture.

    ``:lines: 3-6`` takes these lines of what is shown as text. A tag or an
    output that is not there stops the build.
    """

    required_arguments = 1
    option_spec: ClassVar = {"show": str, "lines": str}

    def run(self) -> list[nodes.Node]:
        """Return what is shown as one block, which can be an answer."""
        tag = self.arguments[0]
        lesson = Path(self.env.srcdir, f"{self.env.docname}.ipynb")
        cells = [
            cell
            for cell in nbformat.read(lesson, as_version=4).cells
            if tag in cell.metadata.get("tags", [])
        ]
        if len(cells) != 1:
            raise self.error(f"{len(cells)} cells have the tag {tag!r}")
        block = nodes.container()
        for part in self.options.get("show", "code printed").split():
            found = list(self._part(part, cells[0]))
            if not found:
                raise self.error(f"the cell {tag!r} has no {part!r}")
            block += found
        return [block]

    def _part(self, part: str, cell: Any) -> Iterator[nodes.Node]:
        """Yield a cell's code, all that it printed, or its pictures."""
        if part == "code":
            yield self._lines(cell.source, "python")
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            text = output.get("text", data.get("text/plain", "")).rstrip()
            png = data.get("image/png", "").replace("\n", "")
            folded = "<details" in data.get("text/html", "")
            if part == "picture" and png:
                yield nodes.image(uri=f"data:image/png;base64,{png}", alt=text)
            elif part == "printed" and text and not (png or folded):
                yield self._lines(text, "text")

    def _lines(self, text: str, language: str) -> nodes.Node:
        """Return the lines asked for."""
        first, _, last = self.options.get("lines", "1-99").partition("-")
        chosen = text.splitlines()[int(first) - 1 : int(last or first)]
        text = dedent("\n".join(chosen))
        return nodes.literal_block(text, text, language=language)


def writes(tag: str) -> Callable[[Any, nodes.Node], None]:
    """Return what writes a tag where a node begins or ends."""
    return lambda translator, _: translator.body.append(tag)


def setup(app: Sphinx) -> None:
    """Register all of it; Sphinx calls this."""
    add_formulas(app)
    app.add_directive("from-lesson", FromLesson)
    # The library drops the form of notes, and leaves code to a script.
    notes = writes('<aside class="notes">'), writes("</aside>")
    app.add_node(revealjs_notes, override=True, revealjs=notes)
    code = HTML5Translator.visit_literal_block, None
    app.add_node(nodes.literal_block, override=True, revealjs=code)
