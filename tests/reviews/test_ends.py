"""A command that is stopped: no traceback, nothing half-written."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROW = "Ann,Great shoes and a great price\n"
ROWS = 240_000
STOPS = [
    ("SIGINT", 130),
    ("SIGTERM", 143),
    pytest.param(
        "SIGHUP",
        129,
        marks=pytest.mark.skipif(
            not hasattr(signal, "SIGHUP"), reason="no SIGHUP here"
        ),
    ),
]


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """Return a file that takes some seconds to label."""
    path = tmp_path_factory.mktemp("large") / "large.csv"
    path.write_text("name,review\n" + ROW * ROWS)
    return path


def heed_ctrl_c():
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def start(*arguments, **how):
    """Start the command."""
    return subprocess.Popen(
        [sys.executable, "-m", "reviews", *map(str, arguments)],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # A shell that starts tests in the background ignores Ctrl-C.
        preexec_fn=heed_ctrl_c,  # noqa: PLW1509 - one thread here
        **how,
    )


def wait_for(path, process):
    """Wait until a file has something in it."""
    for _ in range(600):
        if path.exists() and path.stat().st_size:
            return
        assert process.poll() is None, process.stderr.read()
        time.sleep(0.05)
    raise AssertionError(f"{path.name} never came")


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(("name", "status"), STOPS)
def test_a_stopped_run_is_taken_up(large, tmp_path, name, status, jobs):
    out = tmp_path / "out.csv"
    out.write_text("old")
    given = ("label", large, "--out", out, "--model", "gru", "--jobs", jobs)
    process = start(*given)
    journal = tmp_path / "out.csv.part.json"
    wait_for(journal, process)
    # Ctrl-C reaches every process of the terminal.
    os.killpg(process.pid, getattr(signal, name)) if name == "SIGINT" else (
        process.send_signal(getattr(signal, name))
    )
    _, said = process.communicate(timeout=60)
    assert process.returncode == status, said
    assert "Traceback" not in said
    assert out.read_text() == "old"
    names = {"out.csv", "out.csv.part", "out.csv.part.json"}
    assert {path.name for path in tmp_path.iterdir()} == names
    assert (tmp_path / "out.csv.part").stat().st_mode & 0o077 == 0
    done = json.loads(journal.read_text())["report"]["rows"]
    assert 0 < done < ROWS
    with start(*given) as process:
        _, said = process.communicate(timeout=240)
    assert f"{ROWS:,} rows, {ROWS:,} labelled" in said
    lines = out.read_text().splitlines()
    assert len(lines) == ROWS + 1 and len({*lines[1:]}) == 1
    assert {path.name for path in tmp_path.iterdir()} == {"out.csv"}


def test_another_file_is_not_taken_up(large, tmp_path):
    out = tmp_path / "out.csv"
    (tmp_path / "out.csv.part").write_text("x" * 1000)
    journal = {"fingerprint": "other", "bytes": 500, "report": {}}
    (tmp_path / "out.csv.part.json").write_text(json.dumps(journal))
    small = tmp_path / "small.csv"
    small.write_text("name,review\n" + ROW)
    given = ("label", small, "--out", out, "--model", "gru", "--jobs", 1)
    with start(*given) as process:
        _, said = process.communicate(timeout=60)
    assert process.returncode == 0, said
    assert out.read_text().startswith("name,review,label")
    assert large.exists() and not (tmp_path / "out.csv.part").exists()


def test_a_reader_that_goes_ends_quietly(large):
    process = start(
        "label", large, "--out", "-", "--model", "gru", "--jobs", 1,
        stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout.readline().startswith("name,review,label")
    process.stdout.close()
    with process:
        said = process.stderr.read()
    assert process.returncode == 141
    assert "Traceback" not in said and "BrokenPipe" not in said


@pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="no device that is always full"
)
def test_a_full_disk_is_a_sentence(large):
    process = start("label", large, "--out", "/dev/full", "--jobs", 1)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "No space left on device" in said and "Traceback" not in said


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["read", "I loved it"], 0, "positive: bigru gives"),
        (["read", "?!"], 1, "no word that the model knows"),
        (["read", "정말 최악"], 1, "no word that the model knows"),
        (["label", "no.csv", "--out", "o.csv"], 1, "no.csv: No such file"),
        (["label", "no.csv"], 2, "required: --out"),
        (["label", "x", "--out", "o", "--jobs", "0"], 2, "takes 1 or more"),
        (["label", "x", "--out", "o", "--delimiter", "ab"], 2, "one sign"),
        ([], 2, "required: command"),
    ],
)
def test_the_command_answers_in_a_sentence(arguments, code, said):
    with start(*arguments, stdout=subprocess.PIPE) as process:
        out, err = process.communicate(timeout=60)
    assert process.returncode == code
    assert said in out + err
    assert "Traceback" not in err
