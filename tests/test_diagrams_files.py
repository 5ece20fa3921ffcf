"""What stands in figures/ is what the code draws, and the lessons show it."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import nbformat
import numpy as np
import pytest
from PIL import Image, ImageSequence

from utils.diagrams import FIGURES, MOVING
from utils.diagrams.__main__ import FOLDER, write_all
from utils.notebooks.lessons import ROOT, lessons

PICTURE = re.compile(r"!\[(.*?)\]\((?:\.\./)?figures/(\w+)\.(\w+)\)", re.S)
"""A picture in Markdown: description, stem, ending."""

GALLERY = re.compile(r"!\[(.*?)\]\((\w+)\.(svg|gif)\)")
"""The same on the gallery's page."""

DRAW = "run `make figures`"


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    folder = tmp_path_factory.mktemp("figures")
    (folder / "99_left_over.svg").touch()
    write_all(folder)
    return folder


def names(folder):
    return {path.name for path in folder.iterdir()}


def frames(path):
    """Return every frame as an array of colours, and its milliseconds."""
    with Image.open(path) as picture:
        return [
            (np.array(frame.convert("RGB")), frame.info.get("duration"))
            for frame in ImageSequence.Iterator(picture)
        ]


def test_the_folder_holds_what_is_drawn(drawn):
    assert names(FOLDER) == names(drawn), DRAW
    expected = {f"{stem}.{end}" for stem in FIGURES for end in ("svg", "png")}
    expected |= {f"{stem}.gif" for stem in MOVING} | {"README.md"}
    assert names(drawn) == expected


@pytest.mark.parametrize("stem", FIGURES)
def test_the_drawing_is_the_one_the_code_draws(drawn, stem):
    name = f"{stem}.svg"
    assert (FOLDER / name).read_bytes() == (drawn / name).read_bytes(), DRAW


@pytest.mark.parametrize(
    "name",
    [f"{stem}.png" for stem in FIGURES] + [f"{stem}.gif" for stem in MOVING],
)
def test_the_pixels_are_those_the_code_draws(drawn, name):
    stored, fresh = frames(FOLDER / name), frames(drawn / name)
    assert len(stored) == len(fresh), DRAW
    for (old, seconds), (new, same_seconds) in zip(stored, fresh, strict=True):
        assert seconds == same_seconds, DRAW
        assert old.shape == new.shape, DRAW
        # Processors round the soft edges of letters differently, by a grey
        # level or two; a GIF's palette may then pick a neighbour.
        distance = np.abs(old.astype(int) - new)
        assert (distance > 16).mean() < 1e-4, DRAW


def test_the_gallery_shows_every_figure(drawn):
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert page == (drawn / "README.md").read_text(encoding="utf-8"), DRAW
    shown = re.findall(GALLERY, page)
    assert [stem for _, stem, _ in shown] == list(FIGURES)
    assert {stem for _, stem, end in shown if end == "gif"} == {*MOVING}
    assert len({description for description, _, _ in shown}) == len(FIGURES)


@pytest.mark.parametrize("stem", FIGURES)
def test_a_drawing_names_itself_to_a_screen_reader(drawn, stem):
    root = ElementTree.parse(drawn / f"{stem}.svg").getroot()
    assert root.get("role") == "img"
    assert root.get("aria-label") == FIGURES[stem]()[1]
    dates = [node for node in root.iter() if node.tag.endswith("}date")]
    assert dates == []


@pytest.mark.parametrize("stem", MOVING)
def test_moving_figures_are_calm_and_small(drawn, stem):
    pictures = frames(drawn / f"{stem}.gif")
    assert (drawn / f"{stem}.gif").stat().st_size < 1.5e6
    times = [milliseconds for _, milliseconds in pictures]
    assert len(pictures) > 10
    assert 5e3 < sum(times) < 60e3
    assert times[-1] >= 3000, "the last state stays long enough to read"
    with Image.open(drawn / f"{stem}.png") as still:
        last = np.array(still.convert("RGB"))
    assert (np.abs(pictures[-1][0] - last.astype(int)) > 24).mean() < 1e-3


def test_the_folder_stays_light():
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 12e6


def shown_in_lessons():
    """Return (file, description, stem, ending) of every figure shown."""
    pages = {"README.md": (ROOT / "README.md").read_text(encoding="utf-8")}
    for path in lessons():
        cells = nbformat.read(path, as_version=4).cells
        text = [cell.source for cell in cells if cell.cell_type == "markdown"]
        pages[path.name] = "\n\n".join(text)
    return [
        (page, " ".join(description.split()), stem, end)
        for page, text in pages.items()
        for description, stem, end in PICTURE.findall(text)
    ]


def test_every_figure_is_shown_in_a_lesson():
    shown = {stem for _, _, stem, _ in shown_in_lessons()}
    assert sorted({*FIGURES} - shown) == []


def test_moving_figures_move_in_the_lessons():
    endings = {(stem, end) for _, _, stem, end in shown_in_lessons()}
    assert {(stem, "gif") for stem in MOVING} <= endings


def test_lessons_show_figures_that_exist():
    for page, _, stem, end in shown_in_lessons():
        assert (FOLDER / f"{stem}.{end}").exists(), f"{page}: {stem}.{end}"


def test_lessons_describe_figures_as_the_code_does():
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    given = {
        stem: description for description, stem, _ in re.findall(GALLERY, page)
    }
    other = [
        f"{page}, {stem}: the alternative text is {given.get(stem)!r}"
        for page, description, stem, _ in shown_in_lessons()
        if description != given.get(stem)
    ]
    assert other == []
