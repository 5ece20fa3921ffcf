"""What stands in figures/ is what the code draws, and the lessons show it."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import nbformat
import numpy as np
import pytest
from PIL import Image, ImageSequence

from figures.draw import FIGURES, MOVING
from figures.draw.__main__ import FOLDER, write_all
from tools.notebooks.lessons import ROOT, lessons

PICTURE = re.compile(
    r"!\[((?:(?!\]\().)*)\]\((?:\.\./)?figures/(\w+)\.(\w+)\)", re.DOTALL
)
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
    return {p.name for p in folder.iterdir() if p.suffix not in ("", ".py")}


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
    assert not [node for node in root.iter() if node.tag.endswith("}date")]


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


def test_lessons_show_and_describe_every_figure():
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    described = {stem: text for text, stem, _ in re.findall(GALLERY, page)}
    pages = {"README.md": (ROOT / "README.md").read_text(encoding="utf-8")}
    for path in lessons():
        cells = nbformat.read(path, as_version=4).cells
        text = [cell.source for cell in cells if cell.cell_type == "markdown"]
        pages[path.name] = "\n\n".join(text)
    shown = set()
    for name, text in pages.items():
        for description, stem, end in PICTURE.findall(text):
            place = f"{name}: {stem}.{end}"
            assert (FOLDER / f"{stem}.{end}").exists(), place
            assert " ".join(description.split()) == described[stem], place
            shown.add((stem, end))
    assert sorted({*FIGURES} - {stem for stem, _ in shown}) == []
    assert {(stem, "gif") for stem in MOVING} <= shown
