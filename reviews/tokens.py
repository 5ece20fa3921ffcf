"""From a text to numbers: words, or pieces of words learned from a file.

English puts blanks between its words. Korean writes particles and endings to
the word before them, Chinese and Thai write no blanks at all: there a word
is rarely met twice, and pieces that occur often serve better. Which ones do
is learned from the file, by byte-pair encoding.

Either way the ids are ranks: 0 is padding, 1 is what is not known, and the
piece that is in most texts is 2. So a smaller vocabulary is a limit on ids.
"""

from __future__ import annotations

import io
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from utils.classify import store
from utils.classify.padding import Flat
from utils.classify.text import words_of

UNKNOWN_ID = 1
"""Of what is not in the vocabulary; the others begin behind it."""

LONGEST = 2_000
"""Signs of a text that are read, from its end."""

LEAST_TEXTS = 2
"""Texts that a piece must be in: one that is in one text teaches nothing."""

TEXTS_A_PIECE, MOST_PIECES = 4, 8_000
"""So many texts for each piece beyond the alphabet, and at most so many."""

MOST_WORDS = 100_000
"""Words that are kept, the most frequent ones."""

WITHOUT_BLANKS = re.compile(
    "[\u0e00-\u0fff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff"
    "\u3130-\u318f\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)
"""Matches Thai, Lao, Tibetan, Burmese, Hangul, Khmer, Kana and Han."""

_BLANK = "\u2581"  # how sentencepiece writes the blank before a word


def prepared(text: str) -> str:
    """Return the words of a foreign text, a blank between them.

    Texts that are equal now are the same text to every model.
    """
    joined = " ".join(words_of(text))
    if len(joined) <= LONGEST:
        return joined
    # Not from the middle of a word, where there are blanks.
    end = joined[-LONGEST:]
    return end.partition(" ")[2] or end


def wants_pieces(texts: Sequence[str]) -> bool:
    """Tell whether one letter in a hundred is of a script without blanks."""
    joined = "".join(texts[:5_000])
    return len(WITHOUT_BLANKS.findall(joined)) * 100 > len(joined)


class Words:
    """Words between blanks.

    Attributes:
        kind: How a model folder calls them.
        size: Ids there are.
    """

    kind = "words"

    def __init__(self, words: Sequence[str]) -> None:
        """Take the words, the most frequent first."""
        self._words = list(words)
        first = UNKNOWN_ID + 1
        self._ids = {word: first + i for i, word in enumerate(self._words)}
        self.size = first + len(self._words)

    @classmethod
    def learn(cls, texts: Sequence[str]) -> Words:
        """Take the words of prepared texts that are in more than one."""
        return cls(_by_texts(text.split(" ") for text in texts)[:MOST_WORDS])

    def ids(self, texts: Sequence[str]) -> Flat:
        """Return the ids of prepared texts, one behind the other."""
        find = self._ids.get
        return _flat(
            [[find(w, UNKNOWN_ID) for w in t.split(" ") if w] for t in texts]
        )

    def limited(self, size: int) -> Words:
        """Return a vocabulary of at most so many ids."""
        return Words(self._words[: size - UNKNOWN_ID - 1])

    def arrays(self) -> dict[str, np.ndarray]:
        """Return what `restored` takes."""
        return {"words": store.packed(self._words)}

    @classmethod
    def restored(cls, arrays: Mapping[str, np.ndarray], size: int) -> Words:
        """Return the vocabulary of some arrays.

        Raises:
            ValueError, KeyError: They are none of this size.
        """
        return cls(store.unpacked(arrays["words"], size - UNKNOWN_ID - 1))


class Pieces:
    """Pieces of words, from byte-pair encoding.

    Attributes:
        kind: How a model folder calls them.
        size: Ids there are.
    """

    kind = "pieces"

    def __init__(self, model: bytes, ranks: np.ndarray) -> None:
        """Take a sentencepiece model, and the id of each of its pieces.

        Raises:
            ValueError: The model cannot be read, or has not as many pieces.
        """
        import sentencepiece

        self._model, self._ranks = model, ranks
        try:
            self._cutter = sentencepiece.SentencePieceProcessor(
                model_proto=model
            )
            pieces = self._cutter.get_piece_size()
        except RuntimeError:
            raise ValueError("the pieces of words cannot be read") from None
        if ranks.shape != (pieces,) or ranks.min() < 0:
            raise ValueError(f"there are {ranks.size} ids, {pieces} pieces")
        self.size = int(ranks.max()) + 1

    @classmethod
    def learn(cls, texts: Sequence[str]) -> Pieces:
        """Learn pieces from prepared texts, the same from the same texts."""
        model = _byte_pairs(texts)
        first = cls(model, np.zeros(_pieces_of(model), np.int32))
        cut = (first._cut(texts[i : i + 1000]) for i in _steps(texts, 1000))
        order = _by_texts(itertools.chain.from_iterable(cut))
        ranks = np.full(len(first._ranks), UNKNOWN_ID, np.int32)
        known = [piece for piece in order if piece != UNKNOWN_ID]
        ranks[known] = np.arange(len(known)) + UNKNOWN_ID + 1
        return cls(model, ranks)

    def _cut(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the pieces of texts, as sentencepiece counts them."""
        blank = self._cutter.piece_to_id(_BLANK)
        rows = self._cutter.encode(list(texts))
        return [[piece for piece in row if piece != blank] for row in rows]

    def ids(self, texts: Sequence[str]) -> Flat:
        """Return the ids of prepared texts, one behind the other."""
        flat = _flat(self._cut(texts))
        return Flat(self._ranks[flat.ids], flat.offsets)

    def limited(self, size: int) -> Pieces:
        """Return a vocabulary of at most so many ids."""
        ranks = np.where(self._ranks < size, self._ranks, UNKNOWN_ID)
        return Pieces(self._model, ranks)

    def arrays(self) -> dict[str, np.ndarray]:
        """Return what `restored` takes."""
        model = np.frombuffer(self._model, np.uint8)
        return {"sentencepiece": model, "ranks": self._ranks}

    @classmethod
    def restored(cls, arrays: Mapping[str, np.ndarray], size: int) -> Pieces:
        """Return the vocabulary of some arrays.

        Raises:
            ValueError, KeyError: They are none of this size.
        """
        pieces = cls(arrays["sentencepiece"].tobytes(), arrays["ranks"])
        if pieces.size != size:
            raise ValueError(f"there are {pieces.size} pieces, not {size}")
        return pieces


Tokens = Words | Pieces

KINDS: dict[str, Any] = {kind.kind: kind for kind in (Words, Pieces)}
"""Name in a model folder -> class."""


def known_share(flat: Flat) -> np.ndarray:
    """Return the share of each text's tokens that are known, (texts,)."""
    before = np.concatenate([[0], np.cumsum(flat.ids > UNKNOWN_ID)])
    known = before[flat.offsets[1:]] - before[flat.offsets[:-1]]
    return known / np.maximum(flat.lengths, 1)


def said(
    probabilities: np.ndarray, flat: Flat, size: int | None = None
) -> np.ndarray:
    """Return the class that is said of each text, (texts,).

    Args:
        probabilities: Of the classes, (texts, classes).
        flat: The texts.
        size: Ids from here on are not known either.

    Returns:
        The most probable class, -1 (which is never right) where nothing is
        known, since such a text gets no label.
    """
    if size is not None:
        known = np.where(flat.ids < size, flat.ids, UNKNOWN_ID)
        flat = Flat(known, flat.offsets)
    return np.where(known_share(flat) > 0, probabilities.argmax(axis=1), -1)


def _by_texts(rows: Iterable[Sequence[Any]]) -> list[Any]:
    """Return what is in several rows, what is in most of them first."""
    counts = Counter(itertools.chain.from_iterable({*row} for row in rows))
    several = [item for item, n in counts.items() if n >= LEAST_TEXTS]
    return sorted(several, key=lambda item: (-counts[item], item))


def _flat(rows: Sequence[Sequence[int]]) -> Flat:
    """Put the ids of texts one behind the other, as int32."""
    offsets = np.cumsum([0, *map(len, rows)])
    ids = itertools.chain.from_iterable(rows)
    return Flat(np.fromiter(ids, np.int32, int(offsets[-1])), offsets)


def _steps(texts: Sequence[str], size: int) -> range:
    """Return where blocks of texts begin."""
    return range(0, len(texts), size)


def _pieces_of(model: bytes) -> int:
    """Return how many pieces a sentencepiece model has."""
    import sentencepiece

    cutter = sentencepiece.SentencePieceProcessor(model_proto=model)
    return cutter.get_piece_size()


def _byte_pairs(texts: Sequence[str]) -> bytes:
    """Return a sentencepiece model that was learned from prepared texts."""
    import sentencepiece

    some = texts[:50_000]
    # In few texts most pieces would be whole words, which occur only once.
    joined = min(len(texts) // TEXTS_A_PIECE + 30, MOST_PIECES)
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(some),
        model_writer=model,
        model_type="bpe",
        vocab_size=len({*"".join(some)}) + joined,
        hard_vocab_limit=False,
        character_coverage=0.9995,
        normalization_rule_name="identity",
        max_sentence_length=4 * LONGEST,
        num_threads=1,
        pad_id=0,
        unk_id=UNKNOWN_ID,
        bos_id=-1,
        eos_id=-1,
        minloglevel=2,
    )
    return model.getvalue()
