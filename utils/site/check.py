"""Read the built pages and name what a reader would stumble over.

Links and anchors that lead nowhere, pictures without a description, and
anything that a page would fetch from elsewhere. Links to other sites are
checked for their form only: there may be no network.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

LOADED = {
    "img": "src",
    "script": "src",
    "source": "src",
    "audio": "src",
    "video": "src",
    "iframe": "src",
    "link": "href",
}
"""Elements that make a browser fetch something, and where they say what."""

STYLE_ADDRESS = re.compile(
    r"""(?:@import\s+url\(|@import\s|url\()\s*['"]?([^'")\s]+)"""
)


@dataclass
class Page:
    """What one page holds that can be wrong.

    Attributes:
        names: Its anchors, with how often each is there.
        links: Where its links lead.
        loaded: What a browser fetches for it.
        pictures: The descriptions of its pictures; None where one has none.
    """

    names: Counter[str] = field(default_factory=Counter)
    links: list[str] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)
    pictures: list[str | None] = field(default_factory=list)


class PageReader(HTMLParser):
    """Fills a ``Page`` from its HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.page = Page()

    def handle_starttag(
        self, tag: str, attrs: list[tuple[str, str | None]]
    ) -> None:
        """Note what an element names, links to, loads and describes."""
        values = dict(attrs)
        if values.get("id"):
            self.page.names[values["id"]] += 1
        if tag == "a" and values.get("href") is not None:
            self.page.links.append(values["href"])
        if tag in LOADED and values.get(LOADED[tag]):
            self.page.loaded.append(values[LOADED[tag]])
        if tag == "img":
            self.page.pictures.append(values.get("alt"))


def problems(site: Path) -> list[str]:
    """Return everything that is wrong with the built pages, in sentences.

    Args:
        site: The folder with the pages.
    """
    pages = {path: _read(path) for path in sorted(site.rglob("*.html"))}
    found = []
    for path, page in pages.items():
        place = path.relative_to(site).as_posix()
        wrong = (*_page_problems(page), *_link_problems(path, pages, site))
        found += [f"{place}: {sentence}" for sentence in wrong]
    for path in sorted(site.rglob("*.css")):
        place = path.relative_to(site).as_posix()
        for address in STYLE_ADDRESS.findall(path.read_text("utf-8")):
            if _is_elsewhere(address):
                found.append(f"{place}: fetches {address}")
    return found


def _read(path: Path) -> Page:
    """Return what a page holds."""
    reader = PageReader()
    reader.feed(path.read_text(encoding="utf-8"))
    return reader.page


def _page_problems(page: Page) -> Iterator[str]:
    """Yield what is wrong within a page."""
    for name, times in page.names.items():
        if times > 1:
            yield f"the name {name!r} is given {times} times"
    without = sum(not (words or "").strip() for words in page.pictures)
    if without:
        yield f"{without} pictures have no description"
    for address in page.loaded:
        if _is_elsewhere(address):
            yield f"fetches {address}"


def _link_problems(
    path: Path, pages: dict[Path, Page], site: Path
) -> Iterator[str]:
    """Yield the links of a page, and what it loads, that lead nowhere."""
    page = pages[path]
    for address in dict.fromkeys([*page.links, *page.loaded]):
        parts = urlsplit(address)
        if parts.scheme in ("http", "https"):
            if "." not in parts.netloc or re.search(r"\s", address):
                yield f"the link {address!r} is no address"
        elif parts.scheme in ("data", "mailto"):
            continue
        elif parts.scheme or parts.netloc:
            yield f"the link {address!r} is of a kind that pages lack"
        else:
            target = _target(path, unquote(parts.path))
            inside = target.is_relative_to(site.resolve())
            if not (inside and target.is_file()):
                yield f"the link {address!r} leads nowhere"
            elif target in pages and not _has_place(
                pages[target], unquote(parts.fragment)
            ):
                yield f"the link {address!r} leads to no place there"


def _target(page: Path, address: str) -> Path:
    """Return the file that a link within the site leads to."""
    target = (page.parent / address).resolve() if address else page.resolve()
    return target / "index.html" if target.is_dir() else target


def _has_place(page: Page, name: str) -> bool:
    """Tell whether a link may name a place on a page; its top is one."""
    return not name or name in page.names


def _is_elsewhere(address: str) -> bool:
    """Tell whether an address leaves the site."""
    return bool(urlsplit(address).netloc)
