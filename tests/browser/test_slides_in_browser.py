"""Every slide of every deck, drawn: the last row sees it, offline."""

import re

import pytest
from lab_in_browser import serious_violations

from tools.notebooks.lessons import lessons
from tools.slides.build import build, handout

SCREENS = [(1280, 720), (1920, 1080), (1024, 768)]
NAMES = [path.stem for path in lessons()]

MEASURE = """() => Reveal.getSlides().map(section => {
  const {h, v} = Reveal.getIndices(section);
  Reveal.slide(h, v ?? 0, 99);
  const edge = section.getBoundingClientRect(), scale = Reveal.getScale();
  const outside = [], small = [];
  for (const node of section.querySelectorAll('*')) {
    if (node.closest('aside, math') || !node.getClientRects().length) continue;
    const place = node.getBoundingClientRect();
    if (place.right > edge.right + 1 || place.bottom > edge.bottom + 1
        || place.left < edge.left - 1 || place.top < edge.top - 1
        || node.scrollWidth > node.clientWidth + 2 && node.clientWidth)
      outside.push(node.tagName + ' ' + node.innerText);
    if (node.tagName === 'IMG' && place.height < 200 * scale)
      small.push(node.alt);
    const words = [...node.childNodes].some(
      child => child.nodeType === 3 && child.textContent.trim());
    const least = node.closest('code, pre') ? 20 : 24;
    if (words && parseFloat(getComputedStyle(node).fontSize) < least)
      small.push(node.innerText);
  }
  const images = [...section.querySelectorAll('img')];
  return {
    title: section.querySelector('h1, h2').innerText, outside, small,
    unnamed: images.filter(image => !image.alt).length,
    broken: images.filter(
      image => image.complete && !image.naturalWidth).length,
    notes: section.querySelector('aside.notes').textContent.trim().length,
  };
})"""
"""Goes to each slide, all that appears shown, and measures it in its lines."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Build the slides of all lessons once."""
    target = tmp_path_factory.mktemp("decks") / "slides"
    assert build(lessons(), target) == 0
    return target


@pytest.fixture
def page(browser, folder):
    """A page the size of a projector; afterwards nothing went wrong."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})
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


def show(page, name: str, query: str = "") -> None:
    """Load a lesson's slides and wait until reveal.js has laid them out."""
    page.goto((page.folder / f"{name}.html").as_uri() + query)
    page.wait_for_function("window.Reveal && Reveal.isReady()")


@pytest.mark.parametrize("name", NAMES)
def test_every_slide_is_seen_by_the_last_row(page, name):
    for width, height in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        show(page, name)
        slides = page.evaluate(MEASURE)
        wrong = [
            slide
            for slide in slides
            if slide["outside"]
            or slide["small"]
            or slide["unnamed"]
            or slide["broken"]
            or not slide["title"]
            or not slide["notes"]
        ]
        assert wrong == [], (width, height)


@pytest.mark.parametrize(
    ("name", "scheme"),
    [*((name, "light") for name in NAMES), (NAMES[6], "dark")],
)
def test_axe_finds_nothing_serious(page, name, scheme):
    page.emulate_media(color_scheme=scheme)
    show(page, name)
    for number in range(page.evaluate("Reveal.getTotalSlides()")):
        page.evaluate(f"Reveal.slide({number}, 0, 99)")
        here = ".slides section.present .present"
        assert not serious_violations(page, here, preload=False), number + 1


def test_keys_lead_through_a_deck(page):
    name = NAMES[6]
    show(page, name)
    total = page.evaluate("Reveal.getTotalSlides()")
    seen = {page.evaluate("Reveal.getSlidePastCount()")}
    for _ in range(4 * total):
        page.keyboard.press("Space")
        seen.add(page.evaluate("Reveal.getSlidePastCount()"))
    assert seen == set(range(total))
    page.keyboard.press("Home")
    hidden = ".present .present .fragment:not(.visible)"
    while not page.locator(hidden).count():
        page.keyboard.press("ArrowRight")
    answer = page.locator(hidden).first.element_handle()
    answer.wait_for_element_state("hidden", timeout=5_000)
    page.keyboard.press("ArrowRight")
    answer.wait_for_element_state("visible", timeout=5_000)


def test_the_speakers_window_has_notes_and_a_clock(page):
    show(page, NAMES[1])
    with page.context.expect_page() as opened:
        page.keyboard.press("s")
    window = opened.value
    notes = window.locator(".speaker-controls-notes")
    notes.get_by_text("Say.").wait_for(timeout=20_000)
    assert re.search(r"\d minutes?\.", notes.inner_text())
    assert window.locator(".timer, .clock-value").first.is_visible()
    assert window.locator("#upcoming-slide").is_visible()


def test_a_dark_room_gets_dark_slides_with_pictures_on_white(page):
    ground = "getComputedStyle(document.body).backgroundColor"
    page.emulate_media(color_scheme="light")
    show(page, "02_recurrent_cell")
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(ground) == "rgb(21, 24, 28)"
    pictures = page.evaluate(
        "[...document.querySelectorAll('.slides img')].map("
        "image => getComputedStyle(image).backgroundColor)"
    )
    assert {*pictures} == {"rgb(255, 255, 255)"}


def test_print_has_one_page_a_slide_laid_out_as_on_the_screen(page):
    edges = """[...document.querySelectorAll('.slides h2')].map(
        title => title.getBoundingClientRect().left)"""
    show(page, NAMES[6], "?print-pdf")
    page.wait_for_selector(".pdf-page")
    assert {round(edge) for edge in page.evaluate(edges)} == {56}
    printed = page.pdf(prefer_css_page_size=True)
    pages = len(re.findall(rb"/Type\s*/Page\b", printed))
    assert pages == page.evaluate("Reveal.getTotalSlides()")


def test_a_handout_has_four_slides_a_page(page):
    made = handout(page, page.folder / f"{NAMES[6]}.html")
    total = page.locator(".pdf-page").count()
    assert total == page.evaluate("Reveal.getTotalSlides()")
    pages = len(re.findall(rb"/Type\s*/Page\b", made))
    assert pages == -(-total // 4)
