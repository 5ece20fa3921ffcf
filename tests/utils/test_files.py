"""Rows that are added to a CSV file, one by one."""

import pytest

from utils import files
from utils.files import append_row


def test_a_new_file_begins_with_the_names_of_its_columns(tmp_path):
    path = tmp_path / "runs.csv"
    append_row(path, {"seed": 1, "right": 0.5})
    append_row(path, {"seed": 2, "right": "a, b"})
    assert path.read_bytes() == b'seed,right\n1,0.5\n2,"a, b"\n'


def test_columns_give_the_order_and_what_is_lacking_stays_empty(tmp_path):
    path = tmp_path / "runs.csv"
    append_row(path, {"right": 0.5, "seed": 1}, ("seed", "epoch", "right"))
    assert path.read_text() == "seed,epoch,right\n1,,0.5\n"
    with pytest.raises(ValueError, match="wrong"):
        append_row(path, {"wrong": 1}, ("seed", "epoch", "right"))


def test_a_file_is_whole_or_what_it_was(tmp_path):
    path = tmp_path / "new" / "file.txt"
    with files.atomic_write(path, "w", encoding="utf-8") as file:
        file.write("ä")
    assert path.read_text(encoding="utf-8") == "ä"
    with pytest.raises(ZeroDivisionError), files.atomic_write(path) as file:
        file.write(b"half")
        raise ZeroDivisionError
    assert path.read_text(encoding="utf-8") == "ä"
    assert [*path.parent.iterdir()] == [path]
