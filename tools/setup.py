r"""The course's own environment: made once, brought up to date, repaired.

``make`` does this before everything else. By hand, and on Windows, the README
has the commands; there it begins with ``py -3.11 -m tools.setup``.

``.venv`` is filled by uv from the hash lock ``requirements.txt``. A stamp in
it, written last, says what it was made from; while it holds, nothing is done.
After a change of the lock uv adds, replaces and removes what differs. Without
a stamp (never set up, interrupted, damaged and the stamp deleted), or with the
stamp of another folder or Python, ``.venv`` is made anew: an interrupted
installer leaves packages that look whole, and from uv's cache all of them are
back in seconds.

Standard library and ``utils.errors`` only, in syntax of Python 3.7: a wrong
Python gets a sentence.
"""

from __future__ import annotations

import ast
import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from utils.errors import reason

ROOT = Path(__file__).resolve().parent.parent
VERSIONS = ("3.11", "3.12", "3.13")
"""The versions of Python that every locked package supports."""
NO_PYTHON = (
    "the course needs Python 3.11, 3.12 or 3.13 (CPython, 64 bit) and found "
    "{}; get one from your package manager or python.org, then run this again."
)
NO_WHEELS = (
    "TensorFlow has no package for this machine ({}), only for Linux on "
    "x86-64 or ARM64 with glibc, Macs with Apple silicon, and Windows on "
    "64-bit Intel or AMD; the README says where else the lessons run."
)
NO_VENV = (
    "{} cannot make an environment, its ensurepip is missing; on Debian and "
    "Ubuntu: apt install python{}-venv, elsewhere get Python from python.org."
)
NOT_MADE = "the lines above say why .venv could not be made."
NOT_FILLED = (
    "the lines above say why {} could not install the packages; look at "
    "network, proxy, mirror (UV_DEFAULT_INDEX) and free disk (4 GB), then run "
    "this again."
)
KILLED = (
    "the installer was killed, as machines do that run out of memory; close "
    "what you can and run this again."
)
ELSEWHERE = (
    "the packages are not in .venv, so a setting of your own sends them "
    "elsewhere; look for a target or a prefix in uv.toml and in pip.conf."
)
MACHINES = ("Linux x86_64 glibc", "Linux aarch64 glibc", "Darwin arm64")
MACHINES += ("Windows AMD64",)
"""System, processor and C library that TensorFlow 2.21 has packages for."""
PROBE = (
    "import importlib.util, platform as p, sys, sysconfig; "
    "print(p.python_implementation() + ' without a GIL' "
    "* bool(sysconfig.get_config_var('Py_GIL_DISABLED')), "
    "'%d.%d' % sys.version_info[:2], "
    "64 if sys.maxsize > 2**32 else 32, p.system(), p.machine(), "
    "p.libc_ver()[0] if p.system() == 'Linux' else '', "
    "*(bool(importlib.util.find_spec(n)) for n in ('ensurepip', 'pip')), "
    "getattr(sys, '_base_executable', sys.executable), sep='|')"
)
"""Asks an interpreter what it is; shims may be found and yet not run."""
KEPT = "INDEX|CERT|TLS|PROXY|HOST|KEYRING|LINKS|CACHE|CONFIG_FILE|OFFLINE"
KEPT += "|TIMEOUT|RETRIES|CONCURRENT|LINK_MODE"
"""The words in names of pip's and uv's variables that only say from where."""


class SetupError(Exception):
    """What keeps the environment from being set up, in one sentence."""


def main() -> int:
    """Bring ``.venv`` up to date; return the exit code."""
    try:
        if read_stamp() != made_from():
            with only_one():
                # Another set-up may have finished while this one waited.
                if read_stamp() != made_from():
                    set_up()
    except (SetupError, OSError) as problem:
        print(f"The set-up stopped: {reason(problem)}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped; the same command continues here.", file=sys.stderr)
        return 130
    return 0


def interpreter() -> Path:
    """Return where the environment's Python is, present or not."""
    inside = "Scripts/python.exe" if os.name == "nt" else "bin/python"
    return ROOT / ".venv" / inside


def made_from() -> dict[str, str]:
    """Return what decides about ``.venv``: its place, its Python, the lock."""
    python = ROOT / ".venv" / "pyvenv.cfg"
    locked = [ROOT / "requirements.txt", ROOT / "pyproject.toml"]
    content = b"\0".join(path.read_bytes() for path in locked)
    return {
        "folder": str(ROOT),
        "python": python.read_text("utf-8") if python.exists() else "",
        "lock": hashlib.sha256(content).hexdigest(),
    }


def read_stamp() -> dict[str, str]:
    """Return what a finished set-up wrote; nothing if there was none."""
    with contextlib.suppress(OSError, ValueError):
        stamp = json.loads((ROOT / ".venv" / "stamp.json").read_bytes())
        if isinstance(stamp, dict) and interpreter().exists():
            return stamp
    return {}


def set_up() -> None:
    """Make ``.venv``, or bring it to the lock; the stamp comes last."""
    started = time.monotonic()
    before, now = read_stamp(), made_from()
    stamp = ROOT / ".venv" / "stamp.json"
    usable = {**before, "lock": ""} == {**now, "lock": ""}
    python = str(interpreter()) if usable else find_python()
    # An environment needs half its time for a pip of its own.
    has_pip = ask(python).split("|")[-2:-1] == ["True"]
    with contextlib.suppress(FileNotFoundError):
        stamp.unlink()
    if usable:
        print("Bringing .venv up to date with its lock:", flush=True)
    else:
        print("Setting up .venv, once:", flush=True)
        # Emptied, not removed: it may be a link to a roomier disk.
        venv = [python, "-m", "venv", "--clear", str(ROOT / ".venv")]
        run([*venv, "--without-pip"] if has_pip else venv, NOT_MADE)
    fill(python if has_pip else str(interpreter()))
    draft = stamp.with_suffix(".draft")
    draft.write_text(json.dumps(made_from(), indent=1), encoding="utf-8")
    draft.replace(stamp)
    print(f"  ready after {time.monotonic() - started:.0f} s", flush=True)


def find_python() -> str:
    """Return a Python that fits: the one that runs this, or one on the PATH.

    Raises:
        SetupError: None fits; the sentence says what to do.
    """
    names = [f"python{version}" for version in VERSIONS]
    faults = []
    for name in [sys.executable, *names, "python3", "python"]:
        path = shutil.which(name) if name else None
        answer = ask(path).split("|") if path else []
        if len(answer) == 9:
            fault = unfit(answer)
            if not fault:
                # Not one inside an environment: that one may be rebuilt.
                return answer[-1]
            # A Python of the right version has the more telling fault.
            place = len(faults) if fault.startswith(NO_PYTHON[:9]) else 0
            faults.insert(place, fault)
    raise SetupError([*faults, NO_PYTHON.format("none that runs")][0])


def unfit(answer: list[str]) -> str:
    """Say what is wrong with a Python that answered PROBE; "": it fits."""
    implementation, version, bits, *machine, has_venv, _, path = answer
    if (implementation, bits) != ("CPython", "64") or version not in VERSIONS:
        return NO_PYTHON.format(f"{implementation} {version}, {bits} bit")
    if " ".join(machine).strip() not in MACHINES:
        return NO_WHEELS.format(" ".join(machine).strip())
    return "" if has_venv == "True" else NO_VENV.format(path, version)


def ask(python: str) -> str:
    """Return what an interpreter answers to PROBE, "" if it does not run."""
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        return subprocess.run(
            [python, "-c", PROBE],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            env=variables(),
            check=True,
        ).stdout.decode(errors="replace").strip()  # fmt: skip
    return ""


def fill(with_pip: str) -> None:
    """Install uv by the pip of a Python, then the lock and the course."""
    python, lock = str(interpreter()), ROOT / "requirements.txt"
    own = ROOT / ".venv" / "uv.txt"
    block = re.search(r"^uv==.*\n( +--.*\n)+", lock.read_text("utf-8"), re.M)
    own.write_text(block[0] if block else "", encoding="utf-8")
    pip = [with_pip, "-m", "pip", "--python", python, "install", "-qq"]
    pip += ["--no-input", "--disable-pip-version-check"]
    pip += ["--require-hashes", "-r", str(own)]
    run(pip, NOT_FILLED.format("pip"), pip_settings(with_pip))
    # The build backend is in the lock: no isolation, no network.
    course = ["--no-deps", "--no-build-isolation", "-e", str(ROOT)]
    for verb, *words in (
        ["sync", "--require-hashes", str(lock)],
        ["install", *course],
    ):
        uv = [python, "-m", "uv", "pip", verb, "--python", python]
        run([*uv, *words], NOT_FILLED.format("uv"))
    run([python, "-c", "import jupyterlab"], ELSEWHERE)


def pip_settings(python: str) -> dict[str, str]:
    """Return as variables what a user's pip.conf says of where from only."""
    settings = {"PIP_CONFIG_FILE": os.devnull}
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        listed = subprocess.run(
            [python, "-m", "pip", "config", "list"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=variables(),
            check=True,
        ).stdout.decode(errors="replace")  # fmt: skip
        for name, value in re.findall(r"^\S+?\.([a-z-]+)=(.*)", listed, re.M):
            variable = "PIP_" + name.upper().replace("-", "_")
            if re.search(KEPT, variable) and variable not in os.environ:
                settings[variable] = str(ast.literal_eval(value.strip()))
    return settings


def run(
    command: list[str], failure: str, settings: dict[str, str] | None = None
) -> None:
    """Run a command, pass on its words, raise SetupError if it fails."""
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        env={**variables(), **(settings or {})},
        cwd=str(ROOT),
        # It inherits the lock: if this process is killed, the next set-up
        # waits for what it left behind.
        close_fds=False,
    ) as process:
        for raw in process.stdout or ():
            line = raw.decode(errors="replace").rstrip()
            if not line.startswith((" + ", " - ", " ~ ")):
                print(f"  {line}", flush=True)
    if process.returncode in (-9, 137):
        raise SetupError(KILLED)
    if process.returncode:
        raise SetupError(failure)


def variables() -> dict[str, str]:
    """Return the environment variables without those that would bend this."""
    has_links = any("FIND_LINKS" in name for name in os.environ)
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("PYTHONPATH", "PYTHONHOME")
        and (has_links or name not in ("PIP_NO_INDEX", "UV_NO_INDEX"))
        and (name[:3] not in ("PIP", "UV_") or re.search(KEPT, name))
    }
    # A user's pip.conf may say `user = true`, which fails here.
    return {**kept, "PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0"}


@contextlib.contextmanager
def only_one() -> Iterator[None]:
    """Hold the set-up's lock, waiting for another set-up to end.

    The operating system drops the lock with its process, however it ends. The
    file is outside ``.venv``, which may be made anew.
    """
    with (ROOT / ".venv.lock").open("w") as lock:
        os.set_inheritable(lock.fileno(), True)
        if not try_lock(lock.fileno()):
            print("Waiting for another set-up in this folder", flush=True)
            while not try_lock(lock.fileno()):
                time.sleep(0.2)
        yield


def try_lock(descriptor: int) -> bool:
    """Lock an open file if nobody else has; say whether it worked."""
    with contextlib.suppress(OSError):
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


if __name__ == "__main__":
    sys.exit(main())
