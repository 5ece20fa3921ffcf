"""The IMDB reviews (Maas et al., 2011): text, words, ids, arrays.

``load_data`` returns what ``keras.datasets.imdb.load_data`` returns, with
the same word ids whichever source served, and never goes to the network. The
official test split comes with the Keras files only:

    python -m utils.imdb status            what is there
    python -m utils.imdb download          the Keras files, into the cache
    python -m utils.imdb import FOLDER     the same files, from a folder
    python -m utils.imdb verify            compare all content

The environment variable ``RNN_COURSE_CACHE`` names another folder for the
cache, ``RNN_COURSE_IMDB_URL`` another address for the Keras files.
"""

from utils.imdb.corpus import SourceError
from utils.imdb.load import (
    Description,
    decode,
    describe,
    encode,
    load_data,
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
    "texts",
    "tokens",
]
