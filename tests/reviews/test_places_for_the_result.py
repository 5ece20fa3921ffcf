"""Whatever a user names as the place for the result.

What is there is found out before the work, by its own name; nothing but the
file that was meant is ever touched.
"""

import gzip
import os
import socket
import stat
from pathlib import Path

import pytest

from reviews.__main__ import main

TABLE = "name,review\nAnn,Great shoes and a great price\n"

pytestmark = pytest.mark.skipif(
    not hasattr(os, "mkfifo"), reason="no links, pipes and modes here"
)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Work in an empty folder with one file of reviews."""
    monkeypatch.chdir(tmp_path)
    Path("in.csv").write_text(TABLE)
    return tmp_path


def label(out, *more) -> int:
    given = ["label", "in.csv", "--model", "gru", "--jobs", "1"]
    return main([*given, f"--out={out}", *more])


def everything() -> dict[str, str]:
    """Return each path with its kind and content."""
    return {
        str(path): path.readlink().name
        if path.is_symlink()
        else path.read_text()
        if path.is_file()
        else "folder"
        for path in sorted(Path().rglob("*"))
    }


NAMES = (
    "with a blank.csv", "결과.csv", "-rf.csv", "a'b\".csv", "$HOME.csv",
    "semi;colon.csv", "two\nlines.csv", "no_suffix", ".hidden", "x.part",
    "x.csv.part.json", "[a-z].csv", "n" * 250,
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_any_name_can_be_written(name):
    assert label(name) == 0
    assert "positive" in Path(name).read_text()
    assert set(everything()) == {"in.csv", name}


def test_a_link_to_a_link_is_followed_to_its_end():
    Path("real.csv").write_text("old")
    Path("one").symlink_to("real.csv")
    Path("two").symlink_to("one")
    assert label("two") == 0
    found = everything()
    assert found["two"] == "one" and found["one"] == "real.csv"
    assert "positive" in found["real.csv"]


def test_a_link_means_a_place_seen_from_where_it_stands():
    Path("deep/er").mkdir(parents=True)
    Path("deep/er/link.csv").symlink_to("../real.csv")
    assert label("deep/er/link.csv") == 0
    assert "positive" in Path("deep/real.csv").read_text()


def test_a_folder_that_is_a_link_is_a_folder():
    Path("disk").mkdir()
    Path("link").symlink_to("disk")
    assert label("link/out.csv") == 0
    assert Path("disk/out.csv").is_file() and Path("link").is_symlink()


def test_a_link_to_a_packed_file_packs():
    Path("link").symlink_to("real.csv.gz")
    assert label("link") == 0
    assert b"positive" in gzip.decompress(Path("real.csv.gz").read_bytes())


def test_the_other_name_of_a_file_keeps_what_it_had():
    Path("out.csv").write_text("old")
    Path("twin.csv").hardlink_to("out.csv")
    assert label("out.csv") == 0
    assert Path("twin.csv").read_text() == "old"


def test_a_file_that_can_only_be_read_keeps_its_mode():
    Path("out.csv").write_text("old")
    Path("out.csv").chmod(0o440)
    assert label("out.csv") == 0
    assert stat.S_IMODE(Path("out.csv").stat().st_mode) == 0o440


def test_an_empty_file_of_another_run_is_no_obstacle():
    Path("out.csv.part").touch()
    Path("out.csv.part.json").write_text("{ broken")
    assert label("out.csv") == 0
    assert set(everything()) == {"in.csv", "out.csv"}


def test_what_descriptors_name_is_written_into():
    number = os.open("out.csv", os.O_RDWR | os.O_CREAT)
    try:
        assert label(f"/proc/self/fd/{number}") == 0
    finally:
        os.close(number)
    assert "positive" in Path("out.csv").read_text()


def test_standard_output_by_its_path(capfd):
    assert label("/dev/stdout") == 0
    assert "positive" in capfd.readouterr().out


def test_a_path_may_climb():
    Path("down").mkdir()
    assert label("down/../up.csv") == 0
    assert Path("up.csv").is_file()


def a_loop():
    Path("loop").symlink_to("loop")
    return "loop"


def a_ring():
    Path("one").symlink_to("two")
    Path("two").symlink_to("one")
    return "one"


def a_link_to_a_folder():
    Path("disk").mkdir()
    Path("link").symlink_to("disk")
    return "link"


def a_link_to_the_source():
    Path("link").symlink_to("in.csv")
    return "link"


def a_link_through_a_folder_to_the_source():
    Path("disk").mkdir()
    Path("disk/link").symlink_to("../in.csv")
    return "disk/../disk/link"


def a_file_for_a_folder():
    Path("file").write_text("mine")
    return "file/out.csv"


def a_file_for_a_folder_of_folders():
    Path("file").write_text("mine")
    return "file/deep/out.csv"


def a_socket():
    door = socket.socket(socket.AF_UNIX)
    door.bind("door")
    door.close()
    return "door"


def a_dot():
    return "."


def nothing():
    return ""


def a_name_too_long():
    return "n" * 300


REFUSED = (
    a_loop, a_ring, a_link_to_a_folder, a_link_to_the_source,
    a_link_through_a_folder_to_the_source, a_file_for_a_folder,
    a_file_for_a_folder_of_folders, a_socket, nothing, a_name_too_long,
)  # fmt: skip


@pytest.mark.parametrize("make", REFUSED, ids=lambda make: make.__name__)
def test_what_cannot_be_written_is_said_and_left_alone(make, capsys):
    out = make()
    before = {k: v for k, v in everything().items() if k != "link"}
    status = label(out)
    said = capsys.readouterr().err
    if make is a_link_to_a_folder:  # a folder: the result has its own name
        assert status == 1 or Path("disk/in.csv").is_file()
        return
    assert status == 1, said
    assert "Traceback" not in said and len(said.splitlines()) < 4
    assert ".part" not in said
    assert {k: v for k, v in everything().items() if k != "link"} == before


def test_a_folder_is_where_the_result_gets_the_name_of_its_source(capsys):
    Path("done").mkdir()
    assert label("done") == 0
    assert Path("done/in.csv").is_file()
    assert label(".") == 1
    assert "another name" in capsys.readouterr().err
    assert Path("in.csv").read_text() == TABLE
