"""reveal.js, fetched once with npm and copied beside the pages."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tools.notebooks.lessons import ROOT

PINNED = ROOT / "docs" / "slides"
"""Holds package.json and its lock: which version, with which checksum."""

FILES = (
    "dist/reveal.css",
    "dist/reveal.js",
    "dist/plugin/notes.js",
    "LICENSE",
)


def copy_reveal(target: Path, work: Path) -> None:
    """Copy what the pages load into a folder, fetching it if need be.

    Args:
        target: The folder beside the pages; made anew.
        work: Where npm may work; what it fetched stays there.

    Raises:
        ValueError: npm is missing or could not fetch the package.
    """
    lock = (PINNED / "package-lock.json").read_bytes()
    package = work / "node_modules" / "reveal.js"
    kept = work / "package-lock.json"
    complete = all((package / name).is_file() for name in FILES)
    if not (complete and kept.is_file() and kept.read_bytes() == lock):
        _fetch(work)
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for name in FILES:
        shutil.copy(package / name, target)


def _fetch(work: Path) -> None:
    """Let npm install exactly what the lock says."""
    npm = shutil.which("npm")
    if npm is None:
        raise ValueError(
            "make slides takes npm, which comes with Node.js (nodejs.org), "
            "to fetch reveal.js once; there is none on the path"
        )
    work.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(PINNED / name, work)
    done = subprocess.run(
        [npm, "ci", "--ignore-scripts", "--loglevel=error"],
        cwd=work,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last = [*done.stderr.strip().splitlines(), "no reason given"][0]
        raise ValueError(f"npm could not fetch reveal.js: {last}")
