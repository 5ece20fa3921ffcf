"""Write every figure: ``python -m figures.draw``."""

from __future__ import annotations

import argparse
from pathlib import Path

from figures.draw import FIGURES, MOVING, files
from utils.runtime import run_command

FOLDER = Path(__file__).resolve().parents[1]
"""Where the lessons look for them."""


def write_all(folder: Path) -> None:
    """Write every figure and the gallery, and remove what is left over."""
    folder.mkdir(parents=True, exist_ok=True)
    descriptions, made = {}, {folder / "README.md"}
    for stem, draw in FIGURES.items():
        figure, descriptions[stem] = draw()
        made.update(files.write(folder, stem, figure, descriptions[stem]))
    for stem, draw_frames in MOVING.items():
        made.add(folder / f"{stem}.gif")
        (folder / f"{stem}.gif").write_bytes(files.gif(draw_frames()))
    page = files.gallery(descriptions, list(MOVING))
    (folder / "README.md").write_bytes(page.encode())
    for path in set(folder.glob("*.[spg][vni][gf]")) - made:
        path.unlink()


def main() -> int:
    """Read the command line, draw everything, and return the exit status."""
    argparse.ArgumentParser(
        prog="python -m figures.draw",
        description="Draw every figure of the lessons into figures/.",
    ).parse_args()
    write_all(FOLDER)
    print(f"{len(FIGURES)} figures, {len(MOVING)} of them moving")
    return 0


if __name__ == "__main__":
    run_command(main)
