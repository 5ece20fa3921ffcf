"""Build the site: all of it, or nothing and the reason."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

from tools.answers import differing, shown
from tools.notebooks.korean import mark_pages
from tools.notebooks.lessons import ROOT
from utils.errors import reason

SITE = ROOT / "build" / "site"


class SiteError(Exception):
    """A site that could not be built; ``str`` says all that is wrong."""


def site_command() -> int:
    """Build the site, say where it is, and return the exit status."""
    started = time.perf_counter()
    try:
        build(SITE)
    except (SiteError, OSError) as error:
        print(reason(error), file=sys.stderr)
        print("the site is as it was", file=sys.stderr)
        return 1
    pages = len(list(SITE.rglob("*.html")))
    seconds = time.perf_counter() - started
    place = (SITE / "index.html").relative_to(ROOT)
    print(f"{pages} pages in {seconds:.0f} s: {place}")
    for name in _changed(ROOT):
        print(f"with your changes, not as stored:{shown(name)}")
    return 0


def _changed(root: Path) -> list[str]:
    """Return the lessons that differ from those stored in git, if it knows."""
    try:
        changed, added = differing(root)
    except ValueError:
        return []
    return [*changed, *added]


def build(target: Path, root: Path = ROOT) -> None:
    """Write the site of a project into a folder, in place of what is there.

    Sphinx reads the project where it lies and stops at any warning, such as
    a link that leads nowhere. What was built before stays until the new
    pages are finished.

    Args:
        target: The folder of the site.
        root: The project's folder: its lessons, figures and documents.

    Raises:
        SiteError: Sphinx warned.
    """
    work = target.with_name(f"{target.name}-work")
    shutil.rmtree(work, ignore_errors=True)
    command = [
        *(sys.executable, "-m", "sphinx", "--quiet", "--jobs", "auto"),
        # A missing target is a warning, and a warning is an error.
        *("--nitpicky", "--fail-on-warning"),
        *("--conf-dir", str(ROOT / "docs")),
        *("--doctree-dir", str(work / "doctrees")),
        *(str(root), str(work / "html")),
    ]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SiteError((done.stderr + done.stdout).strip())
    mark_pages(work / "html")
    shutil.rmtree(target, ignore_errors=True)
    (work / "html").rename(target)
    shutil.rmtree(work)
