"""How a file of reviews is laid out: found out before the work begins.

One look at the first bytes and lines says how the file is compressed and
encoded, what separates its columns, whether a line of names stands on top,
and which column holds the reviews. What is not clear is asked for.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from utils.errors import reason

HEAD = 1 << 18
"""Bytes that are looked at."""

COLUMN_NAMES = (
    "review", "reviews", "text", "comment", "comments", "content",
    "리뷰", "후기", "상품평", "내용", "댓글", "의견", "텍스트",
)  # fmt: skip
"""Where the reviews are looked for if no column is named."""

DELIMITERS = {",": "','", ";": "';'", "\t": "tab", "|": "'|'"}
"""What may separate columns -> what it is called."""

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""First bytes -> the encoding they stand for."""

FOREIGN = (
    (b"PK\x03\x04", "an Excel workbook or a zip file: save it as CSV UTF-8"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook: save it as CSV UTF-8"),
    (b"BZh", "compressed with bzip2: unpack it first"),
    (b"\xfd7zXZ", "compressed with xz: unpack it first"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd: unpack it first"),
    (b"%PDF", "a PDF: copy its text into a CSV file"),
    (b"PAR1", "a Parquet file: write it as CSV first"),
    (b"{\\rtf", "a rich-text file: save it as plain text or CSV"),
)
"""First bytes -> what a file is that cannot be read here."""

GUESSES = ("cp949", "cp932", "gb18030", "big5", "cp1252", "cp1251")
"""Encodings that are recognised where a file is not UTF-8."""

SENTENCE = re.compile(r"[.!?…]\s*$|\S+(\s+\S+){3,}")
"""Matches what is rather a review than the name of a column."""


class FileError(ValueError):
    """A file cannot be used; the message is one sentence."""


@dataclass(frozen=True)
class Wishes:
    """What the user has said about a file; None is to be found out.

    Attributes:
        encoding: Such as "cp949".
        delimiter: Between columns: ``,`` ``;`` ``|`` or a tab.
        column: Name of the column with the reviews, or its number from 1.
        header: False if there is no line of names.
    """

    encoding: str | None = None
    delimiter: str | None = None
    column: str | None = None
    header: bool | None = None


@dataclass(frozen=True)
class Layout:
    """How a file is laid out.

    Attributes:
        encoding: As Python calls it; "utf-8-sig" where a BOM begins it.
        delimiter: Between columns.
        names: Of the columns; "column 1" and so on without a header.
        column: Place of the reviews, from 0.
        header: Whether the first line holds the names.
        skipped: Lines before (such as ``sep=;``).
        compressed: Whether it is packed with gzip.
        line_end: Of its lines.
    """

    encoding: str
    delimiter: str
    names: tuple[str, ...]
    column: int
    header: bool
    skipped: int = 0
    compressed: bool = False
    line_end: str = "\n"

    def __str__(self) -> str:
        """Say what is read: "column 'review' of 3, ';', cp949"."""
        parts = [f"column {self.names[self.column]!r} of {len(self.names)}"]
        if len(self.names) > 1:
            parts.append(DELIMITERS.get(self.delimiter, self.delimiter))
        parts.append("UTF-8" if "utf-8" in self.encoding else self.encoding)
        if self.compressed:
            parts.append("gzip")
        if not self.header:
            parts.append("no line of names")
        return ", ".join(parts)


class Peeked(io.RawIOBase):
    """A stream of which the head has been read already."""

    def __init__(self, stream: BinaryIO, size: int = HEAD) -> None:
        super().__init__()
        self._stream = stream
        self.head = _read_up_to(stream, size)
        self._left = memoryview(self.head)

    def readable(self) -> bool:
        """Return True, as `io.BufferedReader` wants to know."""
        return True

    def readinto(self, buffer: bytearray) -> int:
        """Fill a buffer from the head, then from the stream."""
        piece = self._left[: len(buffer)] or self._stream.read(len(buffer))
        self._left = self._left[len(piece) :]
        buffer[: len(piece)] = piece
        return len(piece)


def _read_up_to(stream: BinaryIO, size: int) -> bytes:
    """Return up to so many bytes; a pipe gives them in pieces."""
    pieces: list[bytes] = []
    while size > 0 and (piece := stream.read(size)):
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def look(
    stream: BinaryIO, name: str, wishes: Wishes
) -> tuple[BinaryIO, Layout]:
    """Look at the head of a file.

    Args:
        stream: Opened for bytes, at its beginning.
        name: Of the file, for what is said of it.
        wishes: What is known already.

    Returns:
        A stream of all its bytes, unpacked, and how they are laid out.

    Raises:
        FileError: It cannot be read, or something has to be asked.
    """
    peeked = Peeked(stream)
    compressed = peeked.head[:2] == b"\x1f\x8b"
    if compressed:
        packed = io.BufferedReader(peeked, HEAD)
        try:
            peeked = Peeked(gzip.GzipFile(fileobj=packed))
        except (OSError, EOFError) as error:
            raise FileError(
                f"{name} is a damaged gzip file: {reason(error)}"
            ) from None
    head = peeked.head
    if not head.strip():
        raise FileError(f"{name} is empty: it takes a line of column names")
    encoding = wishes.encoding or encoding_of(head, name)
    text = _decoded(head, encoding, name)
    layout = _laid_out(text, name, wishes)
    line_end = "\r\n" if "\r\n" in text[:10_000] else "\n"
    return io.BufferedReader(peeked, HEAD), Layout(
        encoding, *layout, compressed=compressed, line_end=line_end
    )


def encoding_of(head: bytes, name: str) -> str:
    """Return the encoding of a file from its first bytes.

    Raises:
        FileError: It is no text, or its encoding cannot be told.
    """
    for first, encoding in MARKS:
        if head.startswith(first):
            return encoding
    for first, what in FOREIGN:
        if head.startswith(first):
            raise FileError(f"{name} is {what}")
    if b"\0" in head:
        half = "utf-16-le" if b"\0" in head[1::2] else "utf-16-be"
        share = head.count(b"\0") / len(head)
        advice = f": if it is UTF-16, give --encoding {half}"
        raise FileError(
            f"{name} is no text file{advice if share > 0.1 else ''}"
        )
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return _guessed(head, name)
    return "utf-8"


def _guessed(head: bytes, name: str) -> str:
    """Return the encoding of bytes that are not UTF-8."""
    from charset_normalizer import from_bytes

    # A cut through the last sign must not spoil the guess.
    whole = head[: head.rfind(b"\n") + 1] or head
    if _share_of_hangul(whole) > 0.5:
        return "cp949"
    found = from_bytes(whole, cp_isolation=list(GUESSES)).best()
    if found is None:
        raise FileError(
            f"{name} is not UTF-8, and its encoding cannot be told: save it "
            "as 'CSV UTF-8', or give --encoding"
        )
    return found.encoding


def _share_of_hangul(content: bytes) -> float:
    """Return the share of Hangul among signs that are not ASCII, as cp949."""
    try:
        text = content.decode("cp949")
    except UnicodeDecodeError:
        return 0.0
    signs = [sign for sign in text if not sign.isascii()]
    return sum("가" <= sign <= "힣" for sign in signs) / max(len(signs), 1)


def _decoded(head: bytes, encoding: str, name: str) -> str:
    """Return the head as text; what is broken stays visible as such.

    Raises:
        FileError: There is no such encoding.
    """
    try:
        decoder = codecs.getincrementaldecoder(encoding)("replace")
    except LookupError:
        raise FileError(
            f"encoding takes a name such as utf-8 or cp949, got {encoding!r}"
        ) from None
    try:
        text = decoder.decode(head, final=False)
    except UnicodeError:  # UTF-16 without its mark
        text = ""
    broken = text.count("\N{REPLACEMENT CHARACTER}")
    if not text or broken > len(text) / 20:
        raise FileError(
            f"{name} is not {encoding}: leave --encoding out, or give another"
        )
    return text


def _laid_out(
    text: str, name: str, wishes: Wishes
) -> tuple[str, tuple[str, ...], int, bool, int]:
    """Return delimiter, names, column, header and lines skipped."""
    skipped = 0
    delimiter = wishes.delimiter
    if found := re.match(r"\ufeff?sep=(.)\r?\n", text):
        skipped, text = 1, text[found.end() :]
        delimiter = delimiter or found[1]
    if delimiter is None:
        delimiter = delimiter_of(text, name)
    rows = _rows(text, delimiter)
    if not rows:
        raise FileError(f"{name} is empty: it takes a line of column names")
    header = wishes.header is not False
    first = [cell.removeprefix("\ufeff") for cell in rows[0]]
    names = tuple(first)
    if not header:
        names = tuple(f"column {n}" for n in range(1, len(names) + 1))
    column = column_of(names, wishes.column, name, asked=wishes.header)
    return delimiter, names, column, header, skipped


def _rows(text: str, delimiter: str) -> list[list[str]]:
    """Return the rows of the head, without the last, which may be cut."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[list[str]] = []
    try:
        for row in reader:
            if row:
                rows.append(row)
    except csv.Error:
        pass  # said of its row, when it is labelled
    return rows if len(rows) < 3 or len(text) < HEAD // 4 else rows[:-1]


def delimiter_of(text: str, name: str) -> str:
    """Return what separates the columns of a text.

    Raises:
        FileError: Two signs would do as well.
    """
    # Each candidate must cut every row of the head into as many fields.
    widths = {sign: [len(r) for r in _rows(text, sign)] for sign in DELIMITERS}
    good = {
        sign: width[0]
        for sign, width in widths.items()
        if width
        and width[0] > 1
        and sum(w == width[0] for w in width) >= 0.9 * len(width)
    }
    if len(good) > 1:
        # A comma in the names is rarer than one in every review.
        known = {s: w for s, w in good.items() if _named(text, s)}
        good = known or good
    if len(good) > 1:
        import clevercsv

        try:
            sign = (
                clevercsv.Sniffer()
                .sniff(text[:20_000], delimiters="".join(good))
                .delimiter
            )
        except clevercsv.Error:
            sign = ""
        if sign not in good:
            signs = " or ".join(DELIMITERS[sign] for sign in good)
            raise FileError(
                f"{name}: are columns separated by {signs}? Give --delimiter"
            )
        return sign
    if good:
        return next(iter(good))
    uneven = [s for s, w in widths.items() if w and w[0] > 1]
    return uneven[0] if len(uneven) == 1 else ","


def _named(text: str, delimiter: str) -> bool:
    """Tell whether the first row has a column of a known name."""
    return any(
        stored_name(cell) in COLUMN_NAMES for cell in _rows(text, delimiter)[0]
    )


def stored_name(name: str) -> str:
    """Return a column's name as names are compared."""
    return unicodedata.normalize("NFC", name).strip("\ufeff \t").casefold()


def column_of(
    names: Sequence[str],
    wanted: str | None,
    file: str,
    *,
    asked: bool | None = None,
) -> int:
    """Return the place of the column that holds the reviews, from 0.

    Args:
        names: Of all columns.
        wanted: A name, or a number from 1; None finds it.
        file: For what is said.
        asked: Whether the user said that there is (no) line of names.

    Raises:
        FileError: It is not there, or not clear.
    """
    there = ", ".join(repr(name) for name in names)
    same = [stored_name(name) for name in names]
    if wanted is not None:
        places = [i for i, n in enumerate(same) if n == stored_name(wanted)]
        if not places and wanted.isascii() and wanted.isdigit():
            places = [int(wanted) - 1] if 0 < int(wanted) <= len(names) else []
        if len(places) != 1:
            reason = "no" if not places else "more than one"
            raise FileError(f"{file} has {reason} column {wanted!r}: {there}")
        return places[0]
    known = [i for i, name in enumerate(same) if name in COLUMN_NAMES]
    if len(known) == 1:
        return known[0]
    if len(known) > 1:
        raise FileError(
            f"{file}: which column holds the reviews, {there}? Give --column"
        )
    if len(names) > 1:
        raise FileError(
            f"{file}: which column holds the reviews, {there}? Give --column, "
            "and --no-header if these are no names"
        )
    if asked is None and SENTENCE.search(names[0]):
        raise FileError(
            f"{file}: is the first line, {names[0][:40]!r}, a review or the "
            "name of the column? Give --no-header, or --column 1"
        )
    return 0
