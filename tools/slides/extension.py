"""What Sphinx has to learn for slides.

``:::{from-lesson} TAG`` puts in what a cell of the lesson holds, and notes
keep their form.
"""

from __future__ import annotations

import base64
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import nbformat
from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective
from sphinx_revealjs._ext.notes import revealjs_notes

from tools.site.extension import visit_formula, visit_formula_block

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class FromLesson(SphinxDirective):
    """Show a lesson's cell: ``:show:`` its code, what is printed, a picture.

    ``:lines: 3-6`` takes these lines of what is shown as text. A tag or an
    output that is not there stops the build.
    """

    required_arguments = 1
    option_spec: ClassVar = dict.fromkeys(
        ("show", "lines"), directives.unchanged
    )

    def run(self) -> list[nodes.Node]:
        """Return what is shown."""
        tag = self.arguments[0]
        lesson = Path(self.env.srcdir) / f"{self.env.docname}.ipynb"
        cells = [
            cell
            for cell in nbformat.read(lesson, as_version=4).cells
            if tag in cell.metadata.get("tags", [])
        ]
        if len(cells) != 1:
            raise self.error(f"{len(cells)} cells have the tag {tag!r}")
        wanted = self.options.get("show", "code printed").split()
        shown: list[nodes.Node] = []
        for part in wanted:
            found = self._part(part, cells[0], tag)
            if not found:
                raise self.error(f"the cell {tag!r} has no {part!r}")
            shown += found
        if "picture" in wanted:
            return shown  # a picture takes what the slide has left
        # As one block, which can be an answer that appears at a key press.
        return [nodes.container("", *shown, classes=["from-lesson"])]

    def _part(self, part: str, cell: Any, tag: str) -> list[nodes.Node]:
        """Return the nodes of a part of a cell; none if it is not there."""
        outputs = cell.get("outputs", [])
        match part:
            case "code":
                return [self._lines(cell.source, "python")]
            case "printed":
                texts = filter(None, map(printed, outputs))
                return [self._lines(text, "plaintext") for text in texts]
            case "picture":
                return [
                    self._picture(output.data, f"{tag}-{number}")
                    for number, output in enumerate(outputs)
                    if "image/png" in output.get("data", {})
                ]
        return []

    def _lines(self, text: str, language: str) -> nodes.Node:
        """Return the lines asked for as they stand."""
        first, _, last = self.options.get("lines", "1-99").partition("-")
        chosen = text.splitlines()[int(first) - 1 : int(last or first)]
        text = "\n".join(chosen)
        return nodes.literal_block(text, text, language=language, linenos=0)

    def _picture(self, data: Any, name: str) -> nodes.Node:
        """Store a picture beside the slides, and return it described."""
        name = f"{self.env.docname}-{name}.png"
        place = Path(self.env.srcdir) / name
        place.write_bytes(base64.b64decode(data["image/png"]))
        image = nodes.image(uri=f"/{name}", alt=data["text/plain"].strip())
        return nodes.paragraph("", "", image)


def printed(output: Any) -> str:
    """Return what an output says in letters: lines, a value, a table."""
    data = output.get("data", {})
    if "image/png" in data or "<details" in data.get("text/html", ""):
        return ""
    return output.get("text", data.get("text/plain", "")).rstrip()


def open_notes(translator: Any, _: nodes.Node) -> None:
    """Begin the notes on a slide; the library would drop their form."""
    translator.body.append('<aside class="notes">')


def close_notes(translator: Any, _: nodes.Node) -> None:
    """End the notes on a slide."""
    translator.body.append("</aside>")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register all of it; Sphinx calls this."""
    app.add_html_math_renderer(
        "mathml", (visit_formula, None), (visit_formula_block, None)
    )
    app.add_directive("from-lesson", FromLesson)
    app.add_node(
        revealjs_notes, override=True, revealjs=(open_notes, close_notes)
    )
    return {"parallel_read_safe": True, "parallel_write_safe": True}
