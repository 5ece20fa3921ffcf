"""The IMDB reviews (Maas et al., 2011): text, words, ids, arrays.

``load_data`` returns what ``keras.datasets.imdb.load_data`` returns, online
and offline; ``python -m utils.imdb status`` says what is there.
"""

from utils.imdb.corpus import SourceError
from utils.imdb.load import (
    Description,
    decode,
    describe,
    encode,
    load_data,
    snippets,
    texts,
)
from utils.imdb.text import UNKNOWN, tokens

__all__ = [
    "UNKNOWN",
    "Description",
    "SourceError",
    "decode",
    "describe",
    "encode",
    "load_data",
    "snippets",
    "texts",
    "tokens",
]
