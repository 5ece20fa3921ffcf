"""``python -m utils.site``: build the site and say where it is."""

from __future__ import annotations

import sys
import time

from utils.notebooks.lessons import ROOT
from utils.site.build import SiteError, build

SITE = ROOT / "build" / "site"


def main() -> int:
    """Build the site and return the exit status."""
    started = time.perf_counter()
    try:
        build(SITE)
    except (SiteError, ValueError, OSError) as error:
        print(error, file=sys.stderr)
        print("the site is as it was", file=sys.stderr)
        return 1
    pages = len(list(SITE.rglob("*.html")))
    seconds = time.perf_counter() - started
    place = (SITE / "index.html").relative_to(ROOT)
    print(f"{pages} pages in {seconds:.0f} s: {place}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
