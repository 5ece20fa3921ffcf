"""What Sphinx has to learn for slides.

``:::{from-lesson} TAG`` puts in what a cell of the lesson holds; notes keep
their form; the minutes in them drive the clock of the speaker's window.
"""

from __future__ import annotations

import base64
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective
from sphinx_revealjs._ext.notes import revealjs_notes
from sphinx_revealjs.nodes import revealjs_section

from tools.notebooks.lessons import ROOT
from tools.site.extension import visit_formula, visit_formula_block

if TYPE_CHECKING:
    from sphinx.application import Sphinx

PARTS = ("code", "printed", "picture")
MINUTES = re.compile(r"(\d+) minutes?\.")
"""How the notes on a slide begin."""


class FromLesson(SphinxDirective):
    """Show a lesson's cell: ``:show:`` some of its code, output, picture.

    ``:lines: 3-6`` takes these lines of what is shown as text.
    """

    required_arguments = 1
    option_spec = {"show": directives.unchanged, "lines": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        """Return what is shown, or stop the build where it is not there."""
        tag = self.arguments[0]
        lesson = ROOT / "notebooks" / f"{self.env.docname}.ipynb"
        self.env.note_dependency(str(lesson))
        tagged = [
            cell
            for cell in nbformat.read(lesson, as_version=4).cells
            if tag in cell.metadata.get("tags", [])
        ]
        if len(tagged) != 1:
            raise self.error(f"{len(tagged)} cells have the tag {tag!r}")
        wanted = self.options.get("show", "code printed").split()
        shown: list[nodes.Node] = []
        for part in wanted:
            if part not in PARTS:
                raise self.error(f"show takes {PARTS}, got {part!r}")
            found = list(self._part(part, tagged[0], tag))
            if not found:
                raise self.error(f"the cell {tag!r} has nothing {part}")
            shown += found
        return shown

    def _part(self, part: str, cell: Any, tag: str) -> list[nodes.Node]:
        """Return the nodes of a part of a cell."""
        if part == "code":
            return [self._block(cell.source, "python")]
        outputs = cell.get("outputs", [])
        if part == "printed":
            text = "".join(map(_printed, outputs)).rstrip()
            return [self._block(text, "plaintext", "printed")] if text else []
        return [
            self._picture(each.data, f"{self.env.docname}-{tag}-{number}.png")
            for number, each in enumerate(outputs)
            if "image/png" in each.get("data", {})
        ]

    def _block(self, text: str, language: str, *classes: str) -> nodes.Node:
        """Return lines of text as they stand."""
        lines = text.splitlines()
        if "lines" in self.options:
            first, _, last = self.options["lines"].partition("-")
            lines = lines[int(first) - 1 : int(last or first)]
        text = "\n".join(lines)
        return nodes.literal_block(
            text, text, language=language, linenos=False, classes=classes
        )

    def _picture(self, data: Any, name: str) -> nodes.Node:
        """Store a picture beside the slides, and return it described."""
        place = Path(self.env.srcdir) / name
        place.write_bytes(base64.b64decode(data["image/png"]))
        image = nodes.image(uri=f"/{name}", alt=data["text/plain"].strip())
        return nodes.paragraph("", "", image)


def _printed(output: Any) -> str:
    """Return what an output says in letters: lines, or a table."""
    data = output.get("data", {})
    if "<table" in data.get("text/html", ""):
        return data["text/plain"]
    return output.get("text", "")


class TellTheClock(SphinxTransform):
    """Give each slide its minutes, for the clock of the speaker's window."""

    default_priority = 500

    def apply(self, **_: Any) -> None:
        """Read the minutes off the notes of each slide."""
        for notes in list(self.document.findall(revealjs_notes)):
            found = MINUTES.match(notes.astext())
            if found is None:
                raise ValueError(
                    f"{self.env.docname}: notes begin with their minutes, "
                    f"such as '3 minutes.', got {notes.astext()[:40]!r}"
                )
            slide = revealjs_section()
            slide.attributes["data-timing"] = str(60 * int(found[1]))
            notes.parent.insert(1, slide)


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
    app.add_transform(TellTheClock)
    app.add_node(
        revealjs_notes, override=True, revealjs=(open_notes, close_notes)
    )
    return {"parallel_read_safe": True, "parallel_write_safe": True}
