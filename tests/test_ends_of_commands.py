"""However a command ends: the right code, one sentence, nothing half-done."""

import http.server
import os
import shlex
import signal
import subprocess
import sys
import threading
import time

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix"),
]

TABLE = "name,review\nAnn,Great shoes and a great price\n"
FIRST_LINE = len("name,review\n")
READ = "reviews read 'I loved it'"
LABEL = "reviews label in.csv --model gru --jobs 1 --out"


@pytest.fixture
def shell(tmp_path):
    """Return a function that runs a line of bash; the code of each part."""
    (tmp_path / "in.csv").write_text(TABLE)
    root = os.environ.get("PYTHONPATH") or os.getcwd()  # noqa: PTH109

    def run(line: str) -> tuple[list[int], str]:
        program = line.replace("COURSE ", f"{shlex.quote(sys.executable)} -m ")
        done = subprocess.run(
            ["bash", "-c", f"{program}; echo ${{PIPESTATUS[@]}} >codes"],
            cwd=tmp_path,
            # Where nothing is kept back, argparse hides that a help is lost.
            env={**os.environ, "PYTHONPATH": root, "PYTHONUNBUFFERED": ""},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        codes = (tmp_path / "codes").read_text().split()
        assert "Traceback" not in done.stderr, done.stderr
        assert "Exception" not in done.stderr, done.stderr
        return [int(code) for code in codes], done.stderr

    return run


GONE = "python3 -c 'import os; os.close(0)'"
"""A reader that goes at once: what is written then has no reader."""

QUIET = {
    "a page that is closed": f"COURSE reviews --help | {GONE}",
    "a table that is closed": f"COURSE utils.imdb status | {GONE}",
    "weights that are closed": f"COURSE leaderboard weights | {GONE}",
    "an answer nobody reads": f"COURSE {READ} | {GONE}",
    "a file nobody reads": f"COURSE {LABEL} - | {GONE}",
    "a path nobody reads": f"COURSE {LABEL} /dev/stdout | {GONE}",
}


@pytest.mark.parametrize("line", QUIET.values(), ids=QUIET)
def test_a_reader_that_has_gone_ends_it_quietly(shell, line):
    codes, said = shell(line.replace("COURSE", "(sleep 0.3; COURSE", 1)
                        .replace(" |", ") |", 1))  # fmt: skip
    assert codes[0] == 141
    assert "roken pipe" not in said and "BrokenPipe" not in said


FULL = {
    "an answer": f"COURSE {READ} >/dev/full",
    "a file": f"COURSE {LABEL} - >/dev/full",
    "a help": "COURSE reviews --help >/dev/full",
    "a status": "COURSE utils.imdb status >/dev/full",
    "a list of weights": "COURSE leaderboard weights >/dev/full",
    "how figures are drawn": "COURSE figures.draw --help >/dev/full",
}


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no such device")  # noqa: PTH110
@pytest.mark.parametrize("line", FULL.values(), ids=FULL)
def test_a_full_disk_behind_standard_output_is_said(shell, line):
    codes, said = shell(line)
    assert codes == [1]
    assert "No space left on device" in said
    assert len(said.splitlines()) <= 2


CLOSED = {
    "nowhere to answer": (f"COURSE {READ} >&-", 1),
    "nowhere to complain": ("COURSE reviews label no.csv --out x 2>&-", 1),
    "nowhere at all": (f"COURSE {READ} >&- 2>&-", 1),
    "no place for a file": (f"COURSE {LABEL} x >&-", 0),
    "nowhere for the file": (f"COURSE {LABEL} - >&-", 1),
    "nothing to read": ("COURSE reviews label - --out x <&-", 1),
    "an empty answer": ("COURSE reviews read - </dev/null", 1),
    "no room for the file": (f"(ulimit -f 0; COURSE {LABEL} x)", 1),
}


@pytest.mark.parametrize(("line", "code"), CLOSED.values(), ids=CLOSED)
def test_what_is_closed_is_no_catastrophe(shell, tmp_path, line, code):
    codes, _ = shell(line)
    assert codes == [code]
    assert (tmp_path / "x").exists() == (code == 0)


@pytest.fixture
def spawn(tmp_path):
    """Return what starts a command of the course, and end what is left."""
    root = os.environ.get("PYTHONPATH") or os.getcwd()  # noqa: PTH109
    started = []

    def start(*arguments, before=None, env=None):
        def heed():
            # Not as whoever runs the tests has it: nohup ignores hang-ups.
            signal.signal(signal.SIGINT, signal.default_int_handler)
            signal.signal(signal.SIGHUP, signal.SIG_DFL)
            if before:
                before()

        process = subprocess.Popen(
            [sys.executable, "-m", *map(str, arguments)],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": root, **(env or {})},
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=heed,  # noqa: PLW1509 - one thread here
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def ended(process, number: int) -> tuple[int, str]:
    """Send a signal; return code and what was said, without a traceback."""
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert "Traceback" not in said, said
    return process.returncode, said


SIGNALS = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}


def wait_until_it_reads(process) -> None:
    """Write the first line of `TABLE` and wait until it has been taken."""
    import fcntl
    import termios

    process.stdin.write(TABLE[:FIRST_LINE])
    process.stdin.flush()
    for _ in range(600):
        unread = fcntl.ioctl(process.stdin, termios.FIONREAD, bytes(4))
        if not int.from_bytes(unread, sys.byteorder):
            return
        time.sleep(0.1)
    raise AssertionError("it never read its input")


@pytest.mark.parametrize("number", SIGNALS)
def test_a_command_that_waits_for_its_input_can_be_stopped(
    spawn, tmp_path, number
):
    process = spawn("reviews", "label", "-", "--out", "x.csv")
    wait_until_it_reads(process)
    assert ended(process, number)[0] == SIGNALS[number]
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize("number", SIGNALS)
def test_a_training_that_is_stopped_leaves_no_model(spawn, tmp_path, number):
    rows = "".join(f"{n},word{n % 90} thing{n},{n % 2}\n" for n in range(4000))
    (tmp_path / "in.csv").write_text("id,text,label\n" + rows)
    process = spawn(
        "reviews", "train", "in.csv", "--label", "label",
        "--out", "model",
    )  # fmt: skip
    time.sleep(4)
    assert ended(process, number)[0] == SIGNALS[number]
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


@pytest.mark.parametrize("number", SIGNALS)
def test_a_download_that_is_stopped_leaves_nothing(spawn, tmp_path, number):
    stop = threading.Event()

    class Slow(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Length", "1000000")
            self.end_headers()
            self.wfile.write(b"x" * 1000)
            asked.set()
            stop.wait(60)

        def log_message(self, *_):
            pass

    asked = threading.Event()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Slow)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        process = spawn(
            "utils.imdb", "download",
            env={
                "RNN_COURSE_CACHE": str(tmp_path / "cache"),
                "RNN_COURSE_IMDB_URL":
                    f"http://127.0.0.1:{server.server_port}/",
            },
        )  # fmt: skip
        assert asked.wait(60)
        assert ended(process, number)[0] == SIGNALS[number]
    finally:
        stop.set()
        server.shutdown()
        server.server_close()
    assert not [p for p in tmp_path.rglob("*") if p.is_file()]


def test_two_of_ctrl_c_end_as_one(spawn):
    process = spawn("reviews", "label", "-", "--out", "x.csv")
    wait_until_it_reads(process)
    process.send_signal(signal.SIGINT)
    code, said = ended(process, signal.SIGINT)
    assert code in (130, -signal.SIGINT) and len(said.splitlines()) < 4


FAREWELL = """
import atexit, time
from utils.runtime import run_command
atexit.register(lambda: (print("farewell", flush=True), time.sleep(1)))
run_command(lambda: (print("at work", flush=True), time.sleep(60)))
"""


def test_a_second_ctrl_c_spoils_no_farewell_of_a_library(spawn, tmp_path):
    (tmp_path / "waits.py").write_text(FAREWELL)
    process = spawn("waits")
    for line in ("at work\n", "farewell\n"):
        assert process.stdout.readline() == line
        process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (130, "\nstopped\n")


def test_what_was_told_not_to_hang_up_does_not(spawn, tmp_path):
    process = spawn(
        "reviews", "label", "-", "--out", "x.csv", "--model", "gru",
        "--jobs", "1",
        before=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN),
    )  # fmt: skip
    wait_until_it_reads(process)
    process.send_signal(signal.SIGHUP)  # as nohup has it
    _, said = process.communicate(TABLE[FIRST_LINE:], timeout=60)
    assert process.returncode == 0, said
    assert "positive" in (tmp_path / "x.csv").read_text()


def test_workers_do_not_outlive_what_started_them(spawn, tmp_path):
    import psutil

    (tmp_path / "in.csv").write_text(TABLE + TABLE[FIRST_LINE:] * 300_000)
    process = spawn(
        "reviews", "label", "in.csv", "--out", "x.csv", "--jobs", "2"
    )
    for _ in range(600):
        workers = psutil.Process(process.pid).children(recursive=True)
        if len(workers) >= 2:
            break
        time.sleep(0.05)
    process.kill()
    process.communicate(timeout=60)
    _, alive = psutil.wait_procs(workers, timeout=30)
    assert not alive
    assert not (tmp_path / "x.csv").exists()
