"""Build the site: all of it, or nothing and the reason."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from utils.notebooks.lessons import ROOT
from utils.site.assemble import assemble
from utils.site.check import problems


class SiteError(Exception):
    """A site that could not be built; ``str`` says all that is wrong."""


def build(target: Path, root: Path = ROOT) -> None:
    """Write the site of a project into a folder, in place of what is there.

    Sphinx stops at any warning. What was built before stays until the new
    pages are finished and checked.

    Args:
        target: The folder of the site.
        root: The project's folder: its lessons, figures and documents.

    Raises:
        SiteError: Sphinx warned, or a page has a problem.
        ValueError: The project lacks what a site is made from.
    """
    work = target.with_name(f"{target.name}-work")
    shutil.rmtree(work, ignore_errors=True)
    assemble(root, work / "source")
    _sphinx(root / "docs", work)
    found = problems(work / "html")
    if found:
        raise SiteError("\n".join(found))
    shutil.rmtree(target, ignore_errors=True)
    (work / "html").rename(target)
    shutil.rmtree(work)


def _sphinx(settings: Path, work: Path) -> None:
    """Turn the sources into pages.

    Args:
        settings: The folder with conf.py.
        work: The folder with ``source``; the pages come into ``html``.
    """
    command = [
        *(sys.executable, "-m", "sphinx"),
        # A missing target is a warning, and a warning is an error.
        *("--quiet", "--nitpicky", "--fail-on-warning", "--fresh-env"),
        *("--jobs", "auto"),
        *("--conf-dir", str(settings)),
        *("--doctree-dir", str(work / "doctrees")),
        *(str(work / "source"), str(work / "html")),
    ]
    paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
    done = subprocess.run(
        command,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SiteError((done.stderr + done.stdout).strip())
