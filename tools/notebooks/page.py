"""An executed notebook as one HTML file that needs neither network nor script.

Pictures are embedded and keep their descriptions; formulas become MathML,
which browsers draw themselves; links to lessons lead to their pages.
"""

from __future__ import annotations

import base64
import html
import mimetypes
import re
from pathlib import Path
from typing import Any

import nbformat
from jinja2 import pass_context
from math_core import LatexError, LatexToMathML
from nbconvert.exporters import HTMLExporter
from nbconvert.filters.markdown_mistune import (
    IPythonRenderer,
    MarkdownWithMath,
)
from nbformat import NotebookNode

from tools.notebooks.korean import marked
from tools.notebooks.markdown import headings

TEMPLATE = Path(__file__).with_name("page.html.j2")
NOTEBOOK_LINK = re.compile(r"^([\w/.-]+)\.ipynb(#.*)?$")


def mathml(latex: str, *, display: bool = False) -> str:
    r"""Return a LaTeX formula, without its dollar signs, as MathML.

    Args:
        latex: The formula, such as ``h_t = \tanh(x_t W_x)``.
        display: Whether it stands in a line of its own.

    Raises:
        ValueError: The formula cannot be read; the message says where.
    """
    converter = LatexToMathML(fancy_error=False)
    try:
        return converter.convert_with_local_state(latex, displaystyle=display)
    except LatexError as error:
        raise ValueError(
            f"cannot read the formula {latex!r}: {error}"
        ) from None


def write_page(notebook: NotebookNode, source: Path, target: Path) -> None:
    """Write the notebook as an HTML page.

    Args:
        notebook: The executed notebook.
        source: The file it came from; its pictures lie relative to it.
        target: The page to write.
    """
    copy = nbformat.from_dict(notebook)
    copy.metadata["title"] = _title(notebook) or source.stem
    exporter = LessonExporter(raw_template=TEMPLATE.read_text("utf-8"))
    resources = {"metadata": {"name": source.stem, "path": source.parent}}
    page, _ = exporter.from_notebook_node(copy, resources=resources)
    target.write_text(marked(page), encoding="utf-8", newline="\n")


class LessonRenderer(IPythonRenderer):
    """Renders the Markdown of a lesson without anything left to fetch."""

    def inline_math(self, body: str) -> str:
        """Return a formula within a sentence."""
        return _formula(body, display=False)

    def block_math(self, body: str) -> str:
        """Return a formula in a line of its own."""
        return _formula(body, display=True)

    def latex_environment(self, name: str, body: str) -> str:
        """Return a formula written as an environment."""
        latex = rf"\begin{{{name}}}{body}\end{{{name}}}"
        return _formula(latex, display=True)

    def link(self, text: str, url: str, title: str | None = None) -> str:
        """Return a link; one to a notebook leads to its page."""
        return super().link(text, NOTEBOOK_LINK.sub(r"\1.html\2", url), title)

    def _src_to_base64(self, src: str) -> str | None:
        """Return a picture of the repository as a data URL.

        nbconvert embeds what lies below the notebook's folder only; our
        pictures lie beside it.
        """
        path = Path(self.path) / src
        if not path.is_file():
            return None
        kind, _ = mimetypes.guess_type(path.name)
        data = base64.b64encode(path.read_bytes()).decode("ascii")
        return f"data:{kind};base64,{data}"


class LessonExporter(HTMLExporter):
    """nbconvert's exporter with our template and our renderer."""

    @pass_context
    def markdown2html(self, context: Any, source: str) -> str:
        """Return Markdown as HTML (a filter of the template)."""
        renderer = LessonRenderer(
            escape=False,
            embed_images=True,
            path=context["resources"]["metadata"]["path"],
            attachments=context.get("cell", {}).get("attachments"),
            anchor_link_text=self.anchor_link_text,
        )
        return MarkdownWithMath(renderer=renderer).render(source)

    def default_filters(self) -> Any:
        """Yield the template's filters."""
        yield from super().default_filters()
        yield "markdown2html", self.markdown2html
        yield "latex2mathml", lambda latex: _formula(latex.strip("$ \n"))


def _formula(latex: str, *, display: bool = True) -> str:
    """Return a formula as MathML, or as it was written if unreadable."""
    try:
        return mathml(latex, display=display)
    except ValueError:
        return f"<code>{html.escape(latex)}</code>"


def _title(notebook: NotebookNode) -> str | None:
    """Return the first heading of the notebook."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and headings(cell.source, 1):
            return headings(cell.source, 1)[0]
    return None
