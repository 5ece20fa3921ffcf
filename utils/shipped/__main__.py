"""``python -m utils.shipped``: list the shipped weights, or train some.

python -m utils.shipped              what is there, and whether it fits
python -m utils.shipped train        all of them, anew
python -m utils.shipped train lstm   one of them
"""

from __future__ import annotations

import argparse
import sys

from utils.shipped import recipes, store


def main(arguments: list[str] | None = None) -> int:
    """Return 0 if all the weights fit, or were made."""
    parser = argparse.ArgumentParser(prog="python -m utils.shipped")
    parser.add_argument("action", nargs="?", choices=["status", "train"])
    parser.add_argument("names", nargs="*", metavar="NAME")
    options = parser.parse_args(arguments)
    unknown = [name for name in options.names if name not in recipes.RECIPES]
    if unknown:
        known = ", ".join(recipes.RECIPES)
        parser.error(f"there are {known}, but no {', '.join(unknown)}")
    for name in options.names or recipes.RECIPES:
        if options.action == "train":
            recipes.train(name)
    fits = [_fits(name) for name in recipes.RECIPES]
    return int(not all(fits))


def _fits(name: str) -> bool:
    """Print one line on some weights."""
    try:
        store.read(name)
    except store.UnfitError as problem:
        print(f"{name:<16} does not fit: {problem}")
        return False
    size = (store.FOLDER / f"{name}.npz").stat().st_size / 1000
    known = ", ".join(f"{k} {v}" for k, v in store.facts(name).items())
    print(f"{name:<16} {size:>4.0f} kB  {known}")
    return True


if __name__ == "__main__":
    sys.exit(main())
