"""Every slide of every lesson, drawn: it fits the screen and loads offline."""

import contextlib
import io
import shutil

import pytest

from tools.notebooks.lessons import lessons
from tools.slides.commands import build

SCREEN = {"width": 1280, "height": 720}
NAMES = [path.stem for path in lessons()]

MEASURE = """() => Reveal.getSlides().map(section => {
  const {h, v} = Reveal.getIndices(section);
  Reveal.slide(h, v ?? 0, 99);
  const screen = section.querySelector('.screen');
  const edge = screen.getBoundingClientRect();
  const boxes = '.code, .jp-OutputArea-output';
  const outside = [], small = [], hidden = [];
  for (const node of screen.querySelectorAll('*')) {
    if (node.closest('aside')) continue;
    const box = node.closest(boxes);
    if (box && box !== node) continue;
    const place = node.getBoundingClientRect();
    if (place.width === 0) continue;
    if (place.right > edge.right + 1 || place.bottom > edge.bottom + 1)
      outside.push(node.tagName);
    if (node.tagName === 'IMG' && place.height < 280) small.push(node.alt);
    if (box && place.height < 50) hidden.push(node.innerText);
  }
  const sizes = [...screen.querySelectorAll('p, li, td, pre')]
    .filter(node => !node.closest('aside') && node.innerText.trim())
    .map(node => parseFloat(getComputedStyle(node).fontSize));
  return {
    title: section.querySelector('h1, h2').innerText,
    width: screen.scrollWidth, height: screen.scrollHeight,
    outside, small, hidden, smallest: Math.min(99, ...sizes),
    unnamed: [...screen.querySelectorAll('img')].filter(i => !i.alt).length,
    broken: [...screen.querySelectorAll('img')]
      .filter(image => image.complete && !image.naturalWidth).length,
    notes: section.querySelector('aside.notes').innerText.trim().length,
  };
})"""
"""Goes to each slide, all that appears shown, and measures it."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Build the slides of all lessons once."""
    if shutil.which("npm") is None:
        pytest.skip("no npm here: reveal.js cannot be fetched")
    target = tmp_path_factory.mktemp("slides")
    with contextlib.redirect_stdout(io.StringIO()):
        assert build([], target) == 0
    return target


@pytest.fixture
def page(browser, folder):
    """A page the size of a projector; afterwards nothing went wrong."""
    context = browser.new_context(viewport=SCREEN)
    complaints = []

    def heard(message) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    def asked(request) -> None:
        if not request.url.startswith(("file:", "data:", "about:", "blob:")):
            complaints.append(request.url)

    context.on("console", heard)
    context.on("request", asked)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    new = context.new_page()
    new.folder = folder
    yield new
    context.close()
    assert complaints == []


def show(page, name: str) -> None:
    """Load a lesson's slides and wait until reveal.js has laid them out."""
    page.goto((page.folder / f"{name}.html").as_uri())
    page.wait_for_function("window.Reveal && Reveal.isReady()")


@pytest.mark.parametrize("name", NAMES)
def test_every_slide_fits_the_screen(page, name):
    show(page, name)
    slides = page.evaluate(MEASURE)
    assert len(slides) > (20 if not name.startswith("00") else 10)
    wrong = [
        slide
        for slide in slides
        if (slide["width"], slide["height"]) != (1280, 720)
        or slide["outside"]
        or slide["small"]
        or slide["hidden"]
        or slide["unnamed"]
        or slide["broken"]
        or slide["smallest"] < 17
    ]
    assert wrong == []
    assert all(slide["title"] for slide in slides)
    assert all(slide["notes"] for slide in slides)


def test_keys_lead_through_the_lesson(page):
    show(page, NAMES[1])  # lesson 01
    seen = {page.evaluate("Reveal.getSlidePastCount()")}
    for _ in range(12):
        page.keyboard.press("Space")
        seen.add(page.evaluate("Reveal.getSlidePastCount()"))
    assert len(seen) > 5
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    first = page.locator("section.present section.present h2")
    assert first.inner_text() == "A shop with too many comments"
    # What an output has shown appears when the instructor has asked.
    waiting = ".present .present .fragment:not(.visible) p"
    for _ in range(12):
        if page.locator(waiting).count():
            break
        page.keyboard.press("Space")
    takeaway = page.locator(waiting).first.element_handle()
    assert takeaway.text_content()
    takeaway.wait_for_element_state("hidden", timeout=5_000)  # it fades
    page.keyboard.press("Space")
    takeaway.wait_for_element_state("visible", timeout=5_000)


def test_notes_window_works_without_a_server(page):
    show(page, NAMES[0])
    with page.context.expect_page() as opened:
        page.keyboard.press("s")
    window = opened.value
    notes = window.locator(".speaker-controls-notes")
    page.keyboard.press("ArrowRight")
    notes.get_by_text("Part 1 of").wait_for(timeout=20_000)
    assert "Say." in notes.inner_text()
    page.evaluate("Reveal.slide(2)")
    notes.get_by_text("Part 2 of").wait_for(timeout=20_000)


def test_dark_systems_show_the_same_light_slides(page):
    page.emulate_media(color_scheme="dark")
    show(page, "02_recurrent_cell")
    page.evaluate("Reveal.slide(1, 1)")
    body = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(body) == "rgb(255, 255, 255)"
    picture = page.locator("section.present section.present img")
    dark = picture.screenshot()
    page.emulate_media(color_scheme="light")
    assert picture.screenshot() == dark
