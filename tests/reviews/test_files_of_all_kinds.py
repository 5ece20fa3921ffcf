"""Files as people have them, and places they want the result in."""

import codecs
import csv
import gzip
import io
import os
import stat
import threading
import unicodedata
from pathlib import Path

import pytest

from reviews.__main__ import main
from reviews.layout import Wishes, encoding_of, look

GOOD, BAD = "Great shoes and a great price", "Terrible, broke after a day"


class Result:
    """What a run of the command left behind."""

    def __init__(self, status: int, said: str, content: bytes | None) -> None:
        self.status, self.said, self.content = status, said, content

    def rows(self, encoding="utf-8-sig", delimiter=","):
        """Return the rows of the result as dictionaries."""
        text = io.StringIO(self.content.decode(encoding), newline="")
        return [*csv.DictReader(text, delimiter=delimiter)]

    def labels(self, **how):
        return [row["label"] for row in self.rows(**how)]


@pytest.fixture
def label(tmp_path, capsys, monkeypatch):
    """Return a function that labels bytes, with options of the command."""
    monkeypatch.chdir(tmp_path)

    def run(content: bytes | str, *options: str, name="in.csv") -> Result:
        if isinstance(content, str):
            content = content.encode()
        Path(name).write_bytes(content)
        out = [] if "--out" in options else ["--out", "out.csv"]
        given = ["label", name, "--model", "gru", "--jobs", "1"]
        status = main([*given, *out, *options])
        target = Path("out.csv")
        content = target.read_bytes() if target.is_file() else None
        return Result(status, capsys.readouterr().err, content)

    return run


TWO = f'name,review\nAnn,{GOOD}\nBo,"{BAD}"\n'

UNDERSTOOD = {
    "commas": (TWO, (), "column 'review' of 2, ',', UTF-8"),
    "semicolons": (f"name;review\nAnn;{GOOD}\nBo;{BAD}\n", (), "';'"),
    "tabs": (f"name\treview\nAnn\t{GOOD}\nBo\t{BAD}\n", (), "tab"),
    "pipes": (f"name|review\nAnn|{GOOD}\nBo|{BAD}\n", (), "'|'"),
    "a sep line": (f"sep=;\nname;review\nAnn;{GOOD}\nBo;{BAD}\n", (), "';'"),
    "a sep line, CR LF": (
        f"sep=;\r\nname;review\r\nAnn;{GOOD}\r\nBo;{BAD}\r\n", (), "';'",
    ),
    "Excel's semicolons, CR LF": (
        f"name;review\r\nAnn;{GOOD}\r\nBo;{BAD}\r\n", (), "';'",
    ),
    "numbers with commas between semicolons": (
        f"price;review\n1,50;{GOOD}\n2,50;{BAD}\n", (), "';'",
    ),
    "one column": (f"review\n{GOOD}\n\"{BAD}\"\n", (), "'review' of 1"),
    "one column, commas not quoted": (
        f"review\n{GOOD}\nTerrible and broken\n", (), "'review' of 1",
    ),
    "one column of another name": (
        f"feedback\n{GOOD}\n\"{BAD}\"\n", (), "'feedback' of 1",
    ),
    "no line of names": (
        f"{GOOD}\n\"{BAD}\"\n",
        ("--no-header",),
        "no line of names",
    ),
    "no line of names, two columns": (
        f"Ann,{GOOD}\nBo,\"{BAD}\"\n",
        ("--no-header", "--column", "2"),
        "of 2",
    ),
    "a column by its number": (TWO, ("--column", "2"), "'review'"),
    "a column by its name": (
        f"id,review,text\n1,5,{GOOD}\n2,1,\"{BAD}\"\n",
        ("--column", "text"),
        "column 'text' of 3",
    ),
    "names in capitals": (
        f"Name, REVIEW\nAnn,{GOOD}\nBo,\"{BAD}\"\n", (), "REVIEW",
    ),
    "a Korean name": (f"이름,리뷰\n김,{GOOD}\n박,\"{BAD}\"\n", (), "'리뷰'"),
    "a Korean name apart": (
        unicodedata.normalize("NFD", f"이름,리뷰\n김,{GOOD}\n박,\"{BAD}\"\n"),
        (),
        "UTF-8",
    ),
    "a Korean name typed": (
        unicodedata.normalize(
            "NFD", f"이름,평가글\n김,{GOOD}\n박,\"{BAD}\"\n"
        ),
        ("--column", "평가글"),
        "UTF-8",
    ),
    "a given delimiter": (
        f"name;review\nAnn;{GOOD}\nBo;{BAD}\n", ("--delimiter", ";"), "';'",
    ),
    "line ends of an old Mac": (
        f"name,review\rAnn,{GOOD}\rBo,\"{BAD}\"\r", (), "'review' of 2",
    ),
    "empty lines": (f"\n{TWO}\n\n", (), "'review' of 2"),
    "quoted names": (
        f'"name","review"\n"A","{GOOD}"\n"B","{BAD}"\n', (), "review",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", UNDERSTOOD)
def test_a_file_is_understood_and_said(label, kind):
    content, options, said = UNDERSTOOD[kind]
    result = label(content, *options)
    assert result.status == 0, result.said
    assert said in result.said
    text = result.content.decode()
    assert text.count("positive") == text.count("negative") == 1
    assert text.index("positive") < text.index("negative")


@pytest.mark.parametrize(
    ("encoding", "bom"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("cp949", b""),
        ("euc-kr", b""),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-32-le", codecs.BOM_UTF32_LE),
    ],
)
def test_encodings_are_recognised_and_kept(label, encoding, bom):
    text = f'이름,review\n김민수,"{GOOD}"\n박서준,"{BAD}"\n'
    result = label(bom + text.encode(encoding))
    assert result.status == 0, result.said
    decoded = result.content.removeprefix(bom) if bom else result.content
    how = "utf-16" if "16" in encoding else encoding
    if "16" in encoding or "32" in encoding:
        how, decoded = encoding[:6], result.content
    assert "김민수" in decoded.decode(how)
    assert result.labels(encoding=how) == ["positive", "negative"]
    assert result.content.startswith(codecs.BOM_UTF8) == (
        bom == codecs.BOM_UTF8
    )


def test_a_sign_cut_in_two_spoils_no_guess():
    head = "이름,review\n김민수,좋아요\n박서준,싫어".encode("cp949")
    assert encoding_of(head[:-1], "in.csv") == "cp949"


def test_western_letters_are_recognised(label):
    text = f"nom;review\nRené Lefèvre;{GOOD}\nZoë Noël;{BAD}\n" * 3
    result = label(text.encode("cp1252"))
    assert result.status == 0, result.said
    assert "René" in result.content.decode("cp1252")


def test_a_given_encoding_wins(label):
    text = f'name,review\nЁжик,{GOOD}\nB,"{BAD}"\n'
    result = label(text.encode("koi8-r"), "--encoding", "koi8-r")
    assert "Ёжик" in result.content.decode("koi8-r")


@pytest.mark.parametrize(
    ("content", "options", "said"),
    [
        (b"", (), "is empty"),
        (b"\n\n  \n", (), "is empty"),
        ("name,review\n", (), "no row with a review"),
        ("id,review,text\n1,5,good\n", (), "which column holds the reviews"),
        ("a,b\ngood,bad\n", (), "which column holds the reviews"),
        (f"{GOOD}\n{GOOD}\n", (), "a review or the name of the column?"),
        (TWO, ("--column", "text"), "no column 'text': 'name', 'review'"),
        (TWO, ("--column", "3"), "no column '3'"),
        ("review,review\na,good\n", ("--column", "review"), "more than one"),
        (TWO, ("--encoding", "cp94"), "encoding takes a name"),
        (TWO, ("--encoding", "utf-16"), "is not utf-16"),
        (b"PK\x03\x04" + b"x" * 99, (), "an Excel workbook"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 99, (), "an old Excel workbook"),
        (b"BZh91AY" + b"x" * 99, (), "compressed with bzip2"),
        (b"\xfd7zXZ\x00" + b"x" * 99, (), "compressed with xz"),
        (b"\x28\xb5\x2f\xfd" + b"x" * 99, (), "compressed with zstd"),
        (b"%PDF-1.7\n", (), "a PDF"),
        (b"PAR1" + b"\x00" * 20, (), "a Parquet file"),
        (b"{\\rtf1\\ansi review}", (), "a rich-text file"),
        (b"\x1f\x8b" + b"damaged", (), "a damaged gzip file"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", (), "is no text file"),
        (TWO.encode("utf-16-le"), (), "give --encoding utf-16-le"),
        (TWO.encode("utf-16-be"), (), "give --encoding utf-16-be"),
        ("이름,review\n김,나쁨\n", (), "none of 1 rows got a label"),
        ("name,review\nAnn,\nBo,...\n", (), "none of 2 rows got a label"),
        ("name,review\na,b,good\n", (), "line 2: 3 fields instead of 2"),
    ],
)  # fmt: skip
def test_what_is_not_clear_is_said_and_nothing_touched(
    label, content, options, said
):
    Path("out.csv").write_text("old")
    result = label(content, *options)
    assert result.status == 1
    assert said in result.said
    assert "Traceback" not in result.said and "\\udc" not in result.said
    assert result.content == b"old"
    assert sorted(p.name for p in Path().iterdir()) == ["in.csv", "out.csv"]


def test_gzip_is_read_and_written(label):
    result = label(gzip.compress(TWO.encode()), "--out", "x.csv.gz")
    assert "gzip" in result.said
    text = gzip.decompress(Path("x.csv.gz").read_bytes()).decode()
    assert "positive" in text


def test_new_columns_never_share_a_name(label):
    result = label(f"review,label,probability\n{GOOD},x,1\n")
    names = result.content.decode().splitlines()[0].split(",")
    assert len(names) == len({*names}) == 6
    assert names[3:] == ["label_2", "probability_2", "known"]


def test_carriage_returns_inside_a_field_stay(label):
    rows = (
        'name,review\r\nAnn,"Great price.\r\nquality is awful\r\nthanks"\r\n'
    )
    result = label(rows)
    assert result.labels() == ["negative"]
    assert b"price.\r\nquality" in result.content
    assert result.content.count(b"\r\n") == 4


def test_bad_rows_are_named_by_their_line(label):
    rows = f"name,review\nAnn,{GOOD}\nBo\n김,나쁨\nCy,\nDi,{GOOD}\n"
    result = label(rows)
    assert result.labels() == ["positive", "positive"]
    assert "5 rows, 2 labelled" in result.said and "3 left out" in result.said
    for words in (
        "line 3: 1 fields instead of 2",
        "line 4: no word that is known",
        "line 5: no word to read",
    ):
        assert words in result.said
    assert "line 4: 1 fields" in label(f"sep=,\n{rows}").said


def test_broken_bytes_far_down_are_a_row_left_out(label):
    rows = f"Ann,{GOOD}\n".encode() * 9000
    result = label(b"name,review\n" + rows + b"Cy,na\xffive\n")
    assert "line 9002: not utf-8" in result.said
    assert len(result.labels()) == 9000


def test_another_library_keeps_its_longest_field(label):
    before = csv.field_size_limit(10**9)
    try:
        label(TWO)
        assert csv.field_size_limit() == 10**9
    finally:
        csv.field_size_limit(before)


# ---- where the result goes


def test_a_folder_is_refused_at_once_by_its_name(label):
    Path("place").mkdir()
    # A folder takes the files under their own names.
    assert label(TWO, "--out", "place").status == 0
    assert Path("place/in.csv").exists()
    Path("taken/in.csv").mkdir(parents=True)
    result = label(TWO, "--out", "taken/")
    assert result.status == 1 and "in.csv is a folder" in result.said


def test_a_link_is_followed(label):
    Path("big").mkdir()
    Path("big/real.csv").write_text("old")
    Path("link.csv").symlink_to("big/real.csv")
    assert label(TWO, "--out", "link.csv").status == 0
    assert Path("link.csv").is_symlink()
    assert "positive" in Path("big/real.csv").read_text()


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_permissions_are_kept(label, mode):
    Path("out.csv").touch()
    Path("out.csv").chmod(mode)
    label(TWO)
    assert stat.S_IMODE(Path("out.csv").stat().st_mode) == mode


@pytest.mark.parametrize(("mask", "mode"), [(0o077, 0o600), (0o022, 0o644)])
def test_a_new_file_honours_the_umask(label, mask, mode):
    before = os.umask(mask)
    try:
        label(TWO)
    finally:
        os.umask(before)
    assert stat.S_IMODE(Path("out.csv").stat().st_mode) == mode


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_written_into(label):
    os.mkfifo("pipe")
    got = []
    reader = threading.Thread(
        target=lambda: got.append(Path("pipe").read_bytes())
    )
    reader.start()
    assert label(TWO, "--out", "pipe").status == 0
    reader.join(10)
    assert b"positive" in got[0]
    assert stat.S_ISFIFO(Path("pipe").stat().st_mode)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.usefixtures("label")
def test_a_pipe_can_be_read():
    os.mkfifo("pipe")
    writer = threading.Thread(
        target=lambda: Path("pipe").write_bytes(TWO.encode())
    )
    writer.start()
    status = main(["label", "pipe", "--out", "o.csv", "--jobs", "1"])
    writer.join(10)
    assert status == 0 and "positive" in Path("o.csv").read_text()


@pytest.mark.parametrize("spelling", ["in.csv", "./in.csv", "link", "twin"])
@pytest.mark.usefixtures("label")
def test_the_input_is_never_overwritten(spelling):
    Path("in.csv").write_text(TWO)
    Path("link").symlink_to("in.csv")
    Path("twin").hardlink_to("in.csv")
    Path("in.csv").unlink()
    Path("in.csv").hardlink_to("twin")
    status = main(["label", "in.csv", "--out", spelling, "--jobs", "1"])
    assert status == 1
    assert Path("in.csv").read_text() == TWO


def test_a_tilde_is_the_home_folder(label, monkeypatch, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    assert label(TWO, "--out", "~/out.csv").status == 0
    assert (home / "out.csv").exists() and not Path("~").exists()


def test_folders_are_made(label):
    assert label(TWO, "--out", "new/er/out.csv").status == 0
    assert Path("new/er/out.csv").exists()


@pytest.mark.usefixtures("label")
def test_several_files_and_patterns(capsys):
    for name in ("a.csv", "b.csv"):
        Path(name).write_text(TWO)
    given = ["--out", "done/", "--jobs", "1", "--model", "gru"]
    assert main(["label", "?.csv", *given]) == 0
    assert sorted(p.name for p in Path("done").iterdir()) == ["a.csv", "b.csv"]
    assert main(["label", "a.csv", "b.csv", "--out", "one.csv"]) == 1
    assert "2 files need a folder" in capsys.readouterr().err
    assert main(["label", "none-*.csv", "--out", "one.csv"]) == 1
    assert "No file is called none-*.csv" in capsys.readouterr().err


@pytest.mark.usefixtures("label")
def test_a_missing_file_is_named(capsys):
    assert main(["label", "gone.csv", "--out", "o.csv", "--jobs", "1"]) == 1
    assert "gone.csv: No such file" in capsys.readouterr().err


def test_a_layout_is_found_in_what_a_pipe_gives_in_pieces():
    class Slow(io.BytesIO):
        def read(self, size=-1):
            return super().read(min(size, 7) if size > 0 else size)

    stream, layout = look(Slow(TWO.encode()), "pipe", Wishes())
    assert layout.names == ("name", "review") and layout.column == 1
    assert stream.read() == TWO.encode()
