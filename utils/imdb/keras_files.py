"""The files of ``keras.datasets.imdb``."""

from __future__ import annotations

from utils.imdb.corpus import Corpus, SourceError

AUTO_SECONDS = 60.0


def download(seconds: float) -> Corpus:
    """Download within so many seconds."""
    raise SourceError(f"no network within {seconds} s")
