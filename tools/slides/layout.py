"""A lesson laid out on slides: what is shown, in which order, on which one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from tools.notebooks.markdown import blocks, list_items
from tools.notebooks.slide_types import GOES_ON, QUIZ, WORK, slide_types
from tools.notebooks.stored_form import WIDGET_NOTE
from tools.slides import sizes
from tools.slides.key_sentences import WHOLE, Passage, passages

PICTURES = ("image/png", "image/jpeg", "image/gif")
FOLDED_DESCRIPTION = "(the picture in words, above)"
"""What stands for a description that is folded below its picture."""

QUESTION = re.compile(r"^\d+\. .+\n(?:(?:   .*)?\n)*", re.MULTILINE)
"""A printed question of a quiz with its options, which are indented."""


@dataclass
class Item:
    """One thing on a slide.

    Attributes:
        cell: What to draw, as a notebook's cell.
        height: The room it takes, in pixels.
        kind: ``text``, ``picture``, ``code``, ``output`` or another block.
        leads: Whether it belongs to the item after it.
        appears: Whether it is shown at a key press.
    """

    cell: NotebookNode
    height: int
    kind: str
    leads: bool = False
    appears: bool = False


@dataclass
class Slide:
    """One screen.

    Attributes:
        title: Its heading, Markdown.
        part: The ``##`` heading of the lesson it belongs to; empty for the
            title page.
        opens: Whether the part begins here.
        items: What is shown below the title.
        prose: The lesson's own words, for the notes.
    """

    title: str
    part: str
    opens: bool = False
    items: list[Item] = field(default_factory=list)
    prose: list[str] = field(default_factory=list)

    @property
    def height(self) -> int:
        """The room its items take, in pixels."""
        return sum(item.height for item in self.items)

    def shows(self, *kinds: str) -> bool:
        """Tell whether one of the items is of one of these kinds."""
        return any(item.kind in kinds for item in self.items)

    @property
    def code(self) -> list[str]:
        """The code it shows, cell by cell."""
        return [item.cell.source for item in self.items if item.kind == "code"]


class Stage:
    """The slides of a lesson, filled one item after the other."""

    def __init__(self) -> None:
        self.slides: list[Slide] = []

    @property
    def current(self) -> Slide:
        """The slide that is being filled."""
        return self.slides[-1]

    def open(self, title: str, *, level: int) -> None:
        """Begin a slide with a heading of the lesson."""
        part = ""
        if level > 1:
            part = title if level == 2 else self.current.part
        self.slides.append(Slide(title, part, opens=level <= 2))

    def go_on(self) -> None:
        """Begin a slide under the same heading."""
        now = self.current
        self.slides.append(Slide(now.title, now.part))

    def add(self, item: Item) -> None:
        """Put an item on the slide, or on the next one where it fits not.

        A sentence that leads to the item goes along. One that finds no room
        beside it is dropped; the notes have it.
        """
        items = self.current.items
        if items and self.current.height + item.height > sizes.ROOM:
            along = []
            while items and items[-1].leads:
                along.insert(0, items.pop())
            if items:
                self.go_on()
            if sum(led.height for led in along) + item.height <= sizes.ROOM:
                self.current.items += along
        self.current.items.append(item)


def stage(notebook: NotebookNode) -> list[Slide]:
    """Return the slides of a lesson.

    Args:
        notebook: The lesson with its outputs. Its first cell is a heading.
    """
    cells = notebook.cells
    types = slide_types(cells)
    on_code = [
        cell.cell_type == "code" and kind != "skip"
        for cell, kind in zip(cells, types, strict=True)
    ]
    filled = Stage()
    for number, (cell, kind) in enumerate(zip(cells, types, strict=True)):
        after = [*types[number + 1 :], "skip"][0]
        if kind == "skip":
            if filled.slides and filled.current.part in WORK:
                _add_work(filled, cell)
            continue
        if cell.cell_type == "code":
            _add_code(filled, cell, goes_on=kind == GOES_ON)
            continue
        section = filled.current.part if filled.slides else ""
        for passage in passages(
            cell,
            section,
            after_code=number > 0 and on_code[number - 1] and after != "skip",
            before_code=after != "skip" and on_code[number + 1],
        ):
            _add_passage(filled, passage)
    return filled.slides


def _add_passage(filled: Stage, passage: Passage) -> None:
    """Put a block of Markdown on the stage, its prose into the notes."""
    block = passage.block
    if block.level:
        filled.open(block.title, level=block.level)
        return
    shown = list(passage.shown)
    if shown and passage.takeaway:
        filled.add(_text(shown.pop(0), appears=True))
        filled.current.prose.append(block.text)
    elif shown and filled.current.shows("code", "output", "picture"):
        filled.go_on()
    for sentence in shown:
        leads = passage.leads and sentence is shown[-1]
        if filled.current.part in WHOLE:
            _add_list(filled, [f"- {sentence}"])
            continue
        if leads and filled.current.shows("code", "output", "picture"):
            filled.go_on()
        filled.add(_text(sentence, leads=leads))
    told = block.kind in ("prose", "list") and not passage.takeaway
    if told and filled.current.part:
        filled.current.prose.append(block.text)
    if block.kind != "prose":
        _add_block(filled, passage)


def _add_work(filled: Stage, cell: NotebookNode) -> None:
    """Name an exercise, or ask the questions of the quiz, one a slide."""
    if cell.cell_type == "markdown":
        titles = [block.title for block in blocks(cell.source) if block.level]
        _add_list(filled, titles)
    elif filled.current.part == QUIZ:
        printed = "".join(one.get("text", "") for one in cell.outputs)
        for question in QUESTION.findall(printed):
            filled.go_on()
            text = new_output("stream", name="stdout", text=question.rstrip())
            filled.add(_output(text))


def _add_block(filled: Stage, passage: Passage) -> None:
    """Put what is not prose on the stage."""
    block = passage.block
    if filled.current.shows("code", "output", "picture"):
        filled.go_on()
    if block.kind == "list":
        _add_list(filled, list(list_items(block.text)))
    elif block.kind == "table":
        _add_table(filled, block.text)
    elif block.kind == "formula":
        height = sizes.formula_height(block.text)
        filled.add(_markdown(block.text, height, "formula"))
    elif block.kind == "picture":
        filled.add(_markdown(block.text, sizes.PICTURE, "picture"))
    elif block.kind == "quote":
        height = sizes.text_height(block.text)
        filled.add(_markdown(block.text, height, "quote"))
    elif block.kind == "code":
        height = sizes.code_height(block.text, "large")
        filled.add(_markdown(block.text, height, "fence"))


def _add_list(filled: Stage, items: list[str]) -> None:
    """Put a list on the stage, going on on the next slide if it is long."""
    for item in items:
        height = sizes.list_height([item])
        last = filled.current.items[-1] if filled.current.items else None
        fits = filled.current.height + height <= sizes.ROOM
        if last is not None and last.kind == "list" and fits:
            last.cell.source += f"\n{item}"
            last.height += height - 16
        else:
            filled.add(_markdown(item, height, "list"))


def _add_table(filled: Stage, table: str) -> None:
    """Put a table on the stage, its head repeated on each slide."""
    head, rule, *rows = table.split("\n")
    head_height = sizes.row_height(head)
    item = _markdown(f"{head}\n{rule}", head_height, "table")
    for row in rows:
        height = sizes.row_height(row)
        room = sizes.ROOM - (
            0 if item in filled.current.items else filled.current.height
        )
        if item.height + height > room and item.height > head_height:
            filled.add(item)
            filled.go_on()
            item = _markdown(f"{head}\n{rule}", head_height, "table")
        item.cell.source += f"\n{row}"
        item.height += height
    filled.add(item)


def _add_code(filled: Stage, cell: NotebookNode, *, goes_on: bool) -> None:
    """Put a block of code and its outputs on the stage."""
    if not goes_on and filled.current.shows("code", "output", "picture"):
        filled.go_on()
    outputs = [*filter(None, map(_output, cell.outputs))]
    printed = sum(one.height for one in outputs if one.kind == "output")
    size = sizes.code_size(cell.source, beside=printed)
    source = new_code_cell(cell.source)
    source.metadata["size"] = size
    filled.add(Item(source, sizes.code_height(cell.source, size), "code"))
    for output in outputs:
        filled.add(output)


def _output(output: NotebookNode) -> Item | None:
    """Return an output as an item; None if it is not for the audience."""
    data = output.get("data", {})
    text = output.get("text", data.get("text/plain", ""))
    if text in (FOLDED_DESCRIPTION, WIDGET_NOTE):
        return None
    alone = new_code_cell("", outputs=[output])
    if any(kind in data for kind in PICTURES):
        return Item(alone, sizes.PICTURE, "picture")
    return Item(alone, sizes.output_height(text), "output")


def _text(words: str, *, leads: bool = False, appears: bool = False) -> Item:
    """Return a sentence as an item."""
    cell = new_markdown_cell(words)
    return Item(cell, sizes.text_height(words), "text", leads, appears)


def _markdown(text: str, height: int, kind: str) -> Item:
    """Return a block of Markdown as an item."""
    return Item(new_markdown_cell(text), height, kind)
