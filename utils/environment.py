r"""The course's own environment, created, checked and repaired.

``make`` does this before everything else. Without make, by hand (left) it is
the same:

    python3 -m utils.environment            make setup
    .venv/bin/python -m utils.notebooks run make run
    .venv/bin/python -m utils.lab           make lab

On Windows: ``py -3.11 -m utils.environment`` (3.12 and 3.13 also work), then
``.venv\Scripts\python -m utils.notebooks run`` and so on.

The environment is ``.venv``, filled from the hash lock ``requirements.txt``.
A stamp in it, written last, says what it was made from. A current stamp is
found in a fraction of a second and nothing is installed; without one (never
set up, interrupted, lock changed, folder moved) what is missing is added and
what is broken is replaced.

Standard library only, and syntax of Python 3.7: a wrong Python must get a
sentence, not a syntax error.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from utils.packages import (
    SetupError,
    distributions,
    drop_incomplete,
    install,
    interpreter,
    plain_environment,
)

ROOT = Path(__file__).resolve().parent.parent
VERSIONS = ((3, 11), (3, 12), (3, 13))
"""The Python versions that every locked package supports."""
GIGABYTE = 1e9
FULL_SIZE = 4 * GIGABYTE
"""Bytes a set-up from nothing needs: 3 stay, the rest is for unpacking."""
SPARE_SIZE = 0.3 * GIGABYTE
"""Bytes that any repair, however small, is given."""
PROBE = (
    "import platform, sys; print('%d.%d' % sys.version_info[:2], "
    "platform.python_implementation(), sys.maxsize > 2**32, "
    "getattr(sys, '_base_executable', sys.executable), sep='|')"
)
"""Asks an interpreter what it is; shims may be found and yet not run."""


def main() -> int:
    """Bring ``.venv`` up to date; return the exit code."""
    try:
        if not is_current(ROOT):
            with only_one(ROOT):
                # Another set-up may have finished while this one waited.
                if not is_current(ROOT):
                    set_up(ROOT)
    except SetupError as problem:
        print(problem, file=sys.stderr)
        return 1
    except OSError as problem:
        print(f"The set-up stopped: {problem}.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped; the same command continues here.", file=sys.stderr)
        return 130
    return 0


def site_packages(root: Path, version: str) -> Path:
    """Return the folder that holds the environment's packages."""
    inside = "Lib" if os.name == "nt" else f"lib/python{version}"
    return root / ".venv" / inside / "site-packages"


def fingerprint(root: Path, version: str) -> str:
    """Return one hash of everything the environment is made from."""
    digest = hashlib.sha256()
    for name in ("requirements.txt", "pyproject.toml"):
        digest.update((root / name).read_bytes() + b"\0")
    # The editable install holds the folder's path: a moved folder needs it
    # again.
    digest.update(version.encode() + b"\0" + os.fsencode(str(root)))
    return digest.hexdigest()


def is_current(root: Path) -> bool:
    """Say whether the environment is whole and made from this lock."""
    try:
        stamp = json.loads(stamp_file(root).read_text(encoding="utf-8"))
        expected = set(stamp["distributions"])
    except (OSError, ValueError, KeyError, TypeError):
        return False
    version = running_version(root)
    if version is None or stamp.get("made_from") != fingerprint(root, version):
        return False
    return expected <= set(distributions(site_packages(root, version)))


def stamp_file(root: Path) -> Path:
    """Return the file that says what the environment was made from."""
    return root / ".venv" / "setup.json"


def write_stamp(root: Path, version: str) -> None:
    """Record a finished set-up; the file appears whole or not at all."""
    stamp = {
        "made_from": fingerprint(root, version),
        "distributions": distributions(site_packages(root, version)),
    }
    draft = stamp_file(root).with_suffix(".draft")
    draft.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    draft.replace(stamp_file(root))


def ask(command: list[str]) -> str | None:
    """Return what ``command`` prints, or None if it does not run.

    However long it takes: on a busy machine a slow answer must not pass for
    a broken interpreter, which would be replaced.
    """
    try:
        answer = subprocess.run(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            env=plain_environment(),
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return answer.stdout.decode(errors="replace").strip()


def running_version(root: Path) -> str | None:
    """Return "3.11" and the like if the environment's Python runs."""
    python = interpreter(root)
    if not python.exists():
        return None
    version = "import sys; print('%d.%d' % sys.version_info[:2])"
    return ask([str(python), "-I", "-S", "-c", version])


def find_python() -> str:
    """Return a Python to make the environment with.

    The one that runs this if it fits, else the first on the PATH that does.

    Raises:
        SetupError: None fits; the sentence says what was found.
    """
    names = [f"python{major}.{minor}" for major, minor in VERSIONS]
    found = []
    for name in [sys.executable, *names, "python3", "python"]:
        path = shutil.which(name) if name else None
        answer = ask([path, "-c", PROBE]) if path else None
        if answer is None or answer.count("|") != 3:
            continue
        version, implementation, is_64_bit, base = answer.split("|")
        if (version, implementation, is_64_bit) in [
            (f"{major}.{minor}", "CPython", "True")
            for major, minor in VERSIONS
        ]:
            # Not one inside an environment: that one may be rebuilt.
            return base
        bits = "" if is_64_bit == "True" else ", 32 bit"
        found.append(f"{implementation} {version}{bits}")
    raise SetupError(
        "The course needs Python 3.11, 3.12 or 3.13 (CPython, 64 bit) and "
        f"found {', '.join(dict.fromkeys(found)) or 'none'}: install one "
        "from your package manager or python.org, then run this again."
    )


def set_up(root: Path) -> None:
    """Create what is missing in ``.venv`` and replace what is broken."""
    started = time.monotonic()
    with contextlib.suppress(FileNotFoundError):
        stamp_file(root).unlink()
    version = running_version(root)
    usable = tuple(map(int, (version or "0").split("."))) in VERSIONS
    if usable and ask([str(interpreter(root)), "-m", "pip", "--version"]):
        check_disk(root)
        drop_incomplete(site_packages(root, str(version)))
        print(f"Bringing .venv (Python {version}) up to date:")
    else:
        python = find_python()
        empty(root / ".venv")
        check_disk(root)
        create(root, python)
        version = running_version(root)
        print(f"Setting up .venv with Python {version}, once:")
    lock = str(root / "requirements.txt")
    install(root, ["--require-hashes", "-r", lock])
    # The build backend is in the lock: no isolation, no network.
    install(root, ["--no-deps", "--no-build-isolation", "-e", str(root)])
    write_stamp(root, str(version))
    print(f"  ready after {time.monotonic() - started:.0f} s")


def empty(venv: Path) -> None:
    """Remove what is in ``.venv``, but the lock that this run holds.

    The folder itself stays: it may be a link to a roomier disk.
    """
    for entry in venv.iterdir():
        if entry.name == "setup.lock":
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def create(root: Path, python: str) -> None:
    """Make an environment that holds pip and nothing else.

    Raises:
        SetupError: This Python has no working venv module.
    """
    venv = str(root / ".venv")
    if ask([python, "-m", "venv", venv]) is None or not ask(
        [str(interpreter(root)), "-m", "pip", "--version"]
    ):
        raise SetupError(
            f"{python} cannot make an environment: its venv or ensurepip "
            "module is missing (on Debian or Ubuntu: apt install "
            "python3-venv)."
        )


def check_disk(root: Path) -> None:
    """See that the packages will fit.

    Raises:
        SetupError: They will not.
    """
    venv = root / ".venv"
    present = 0
    for folder, _, names in os.walk(str(venv)):
        for name in names:
            # A notebook that runs meanwhile makes and removes files.
            with contextlib.suppress(FileNotFoundError):
                present += Path(folder, name).lstat().st_size
    needed = max(FULL_SIZE - present, SPARE_SIZE)
    free = shutil.disk_usage(str(venv)).free
    if free < needed:
        raise SetupError(
            f"The set-up needs {needed / GIGABYTE:.1f} GB free on the disk "
            f"of {venv} and there is {free / GIGABYTE:.1f} GB: free some, "
            "or make .venv a link to a folder on a roomier disk."
        )


@contextlib.contextmanager
def only_one(root: Path) -> Iterator[None]:
    """Hold the set-up's lock, waiting for another set-up to end.

    The operating system drops the lock with its process, however it ends.
    """
    venv = root / ".venv"
    if venv.exists() and not venv.is_dir():
        raise SetupError(f"{venv} is a file: move it out of the way.")
    venv.mkdir(exist_ok=True)
    with (venv / "setup.lock").open("w") as lock:
        os.set_inheritable(lock.fileno(), True)
        if not try_lock(lock.fileno()):
            print("Waiting for another set-up in this folder", flush=True)
            while not try_lock(lock.fileno()):
                time.sleep(0.2)
        yield


def try_lock(descriptor: int) -> bool:
    """Lock an open file if nobody else has; say whether it worked."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
