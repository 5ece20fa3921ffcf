"""The site as a reader has it: from files, at two widths, light and dark."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lab_in_browser import ROOT, serious_violations

from tools.site.build import build

LESSONS = sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))
SIZES = {"desktop": (1280, 800), "phone": (390, 844)}
SCHEMES = ("light", "dark")
SETTINGS = [(size, scheme) for size in SIZES for scheme in SCHEMES]
SOLUTIONS = "notebooks/solutions/04_solutions"
READ_CLOSELY = (
    "index",
    "notebooks/02_recurrent_cell",  # formulas, pictures, a widget
    "notebooks/12_music",  # sound
    "notebooks/17_imdb_classifier",  # tables, the longest lines
    SOLUTIONS,
    "figures/README",
    "docs/glossary",  # two languages
    "search",
)
"""The pages that axe-core reads."""

PATIENCE = 120_000
"""Milliseconds to wait for a page; a busy machine takes its time."""


@pytest.fixture(scope="module")
def site(browser, tmp_path_factory):
    """Build the site once, where there is a browser to look at it."""
    assert browser.is_connected()
    folder = tmp_path_factory.mktemp("site") / "site"
    build(folder)
    return folder


class Reader:
    """A tab on the site, with all that it asked for and complained about."""

    def __init__(self, browser, site: Path, size: str, scheme: str) -> None:
        width, height = SIZES[size]
        self.site = site
        self.size = size
        self.page = browser.new_page(
            viewport={"width": width, "height": height}, color_scheme=scheme
        )
        self.page.set_default_timeout(PATIENCE)
        self.wrong: list[str] = []
        self.page.on("request", self._asked)
        self.page.on("pageerror", lambda e: self.wrong.append(str(e)))
        self.page.on("console", self._heard)
        self.page.on("requestfailed", self._failed)

    def open(self, name: str, query: str = "") -> None:
        """Open a page by its name."""
        self.page.goto((self.site / f"{name}.html").as_uri() + query)

    @property
    def place(self) -> str:
        """The name of the page on which the tab is."""
        path = Path(unquote(urlsplit(self.page.url).path))
        return path.relative_to(self.site).with_suffix("").as_posix()

    def _asked(self, request) -> None:
        if not request.url.startswith((self.site.as_uri(), "data:")):
            self.wrong.append(f"leaves the site: {request.url}")

    def _failed(self, request) -> None:
        # A page that is left gives up what it still loads: no fault.
        if request.failure != "net::ERR_ABORTED":
            self.wrong.append(f"failed: {request.url}")

    def _heard(self, message) -> None:
        if message.type in ("error", "warning"):
            self.wrong.append(message.text)


def a_reader(browser, site, size, scheme):
    """Yield a tab in which nothing may have gone wrong at the end."""
    new = Reader(browser, site, size, scheme)
    yield new
    new.page.close()
    assert new.wrong == []


@pytest.fixture(params=SETTINGS, ids="-".join)
def reader(browser, site, request):
    """Open a tab at each width, light and dark."""
    yield from a_reader(browser, site, *request.param)


@pytest.fixture
def desktop(browser, site):
    """Open one tab, for what does not depend on width and light."""
    yield from a_reader(browser, site, "desktop", "light")


def pages(site: Path) -> list[str]:
    """Return the names of all pages."""
    found = sorted(site.rglob("*.html"))
    return [p.relative_to(site).with_suffix("").as_posix() for p in found]


def test_every_page_fits_the_screen_and_needs_nothing_else(reader):
    names = pages(reader.site)
    assert len(names) > len(LESSONS) + 2
    for name in names:
        reader.open(name)
        wide, window = reader.page.evaluate(
            "[document.documentElement.scrollWidth, window.innerWidth]"
        )
        assert wide <= window, f"{name} is {wide} wide on {window}"
        assert reader.wrong == [], name


@pytest.mark.parametrize("name", READ_CLOSELY)
def test_axe_finds_nothing_serious(reader, name):
    reader.open(name, "?q=masking" if name == "search" else "")
    if name == "search":
        reader.page.locator("#search-results li a").first.wait_for()
    reader.page.evaluate(
        "document.querySelectorAll('article details')"
        ".forEach(fold => { fold.open = true; })"
    )
    # Colours are measured when they have stopped changing.
    reader.page.evaluate("document.getAnimations().forEach(a => a.finish())")
    assert serious_violations(reader.page, preload=False) == set()


def test_search_finds_a_word_and_leads_to_a_lesson(reader):
    reader.open("index")
    field = reader.page.locator(".sidebar-search")
    if reader.size == "phone":
        reader.page.locator(".nav-overlay-icon").click()
    field.fill("masking")
    field.press("Enter")
    results = reader.page.locator("#search-results li a")
    results.first.wait_for()
    places = [link.get_attribute("href") for link in results.all()]
    assert any("10_padding_and_masking" in place for place in places)
    # More results arrive while one looks, and change places.
    reader.page.locator("#search-results a[href*='notebooks/']").first.click()
    reader.page.wait_for_url("**/notebooks/*.html*")
    assert "mask" in reader.page.locator("article").inner_text().lower()


def test_next_and_previous_go_through_the_lessons(desktop):
    names = [f"notebooks/{path.stem}" for path in LESSONS]
    desktop.open("index")
    for name in names:
        desktop.page.locator("a.next-page").click()
        assert desktop.place == name
    desktop.page.locator("a.next-page").click()
    assert desktop.place == "figures/README"
    for name in reversed(names):
        desktop.page.locator("a.prev-page").click()
        assert desktop.place == name
    desktop.page.locator("a.prev-page").click()
    assert desktop.place == "index"


def test_sidebar_names_the_lessons_in_their_parts(desktop):
    desktop.open("index")
    captions = desktop.page.locator(".sidebar-tree .caption").all_inner_texts()
    assert [caption.lower() for caption in captions] == [
        *("foundations", "memory", "tasks", "reviews", "open tasks", "more")
    ]
    links = desktop.page.locator(".sidebar-tree a.reference")
    names = links.all_inner_texts()
    numbers = [name[:2] for name in names if name[:2].isdigit()]
    assert numbers == [path.stem[:2] for path in LESSONS]


def test_solutions_are_folded_and_open(reader):
    reader.open("notebooks/04_return_sequences")
    reader.page.get_by_role("link", name="Worked solutions").click()
    assert reader.place == SOLUTIONS
    folds = reader.page.locator("details.solution")
    folds.first.wait_for()  # a click does not wait for the page behind it
    assert folds.count() >= 5
    code = folds.first.locator("pre").first
    assert not code.is_visible()
    folds.first.locator("summary").press("Enter")
    assert code.is_visible()
    assert folds.nth(1).get_attribute("open") is None
    reader.page.get_by_role("link", name="lesson 04").first.click()
    assert reader.place == "notebooks/04_return_sequences"


def test_a_box_that_scrolls_takes_the_keyboard(browser, site):
    for size, some in (("phone", True), ("desktop", False)):
        for tab in a_reader(browser, site, size, "light"):
            tab.open("notebooks/02_recurrent_cell")
            setup = tab.page.locator("article .cell_input pre").nth(1)
            assert (setup.get_attribute("tabindex") == "0") is some
            if some:
                setup.focus()
                setup.press("ArrowRight")
                tab.page.wait_for_function(
                    "document.activeElement.scrollLeft > 0"
                )


def test_light_and_dark_differ_and_can_be_switched(desktop):
    background = "getComputedStyle(document.body).backgroundColor"
    desktop.open("index")
    light = desktop.page.evaluate(background)
    desktop.page.emulate_media(color_scheme="dark")
    dark = desktop.page.evaluate(background)
    assert light != dark
    desktop.page.locator(".theme-toggle-content button").click()
    assert desktop.page.evaluate(background) in (light, dark)
    assert desktop.page.evaluate("document.body.dataset.theme") != "auto"
