"""pip for the set-up: quiet, explained when it fails, checked afterwards.

Standard library only, and syntax of Python 3.7, like ``utils.environment``.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
from pathlib import Path
from typing import IO


class SetupError(Exception):
    """What keeps the environment from being set up, in one sentence."""


def interpreter(root: Path) -> Path:
    """Return where the environment's Python is, present or not."""
    inside = "Scripts/python.exe" if os.name == "nt" else "bin/python"
    return root / ".venv" / inside


def distributions(folder: Path) -> list[str]:
    """Return the names of the ``*.dist-info`` folders in ``folder``."""
    return sorted(entry.name for entry in folder.glob("*.dist-info"))


def drop_incomplete(folder: Path) -> None:
    """Forget packages of which files are missing or cut short.

    pip takes a package for installed once its ``*.dist-info`` is there; an
    interrupted pip leaves such folders without the files. Without that
    folder, pip installs the package again. What pip has set aside for an
    upgrade that never ended begins with a tilde.
    """
    for leftover in folder.glob("~*"):
        shutil.rmtree(str(leftover), ignore_errors=True)
    for name in distributions(folder):
        if not is_complete(folder, name):
            shutil.rmtree(str(folder / name))


def is_complete(folder: Path, distribution: str) -> bool:
    """Say whether each file in the package's RECORD is there in full."""
    record = folder / distribution / "RECORD"
    try:
        with record.open(encoding="utf-8", newline="") as lines:
            for path, _, size in csv.reader(lines):
                # Compiled files come and go.
                if path.endswith(".pyc"):
                    continue
                found = (folder / path).stat().st_size
                if size and found != int(size):
                    return False
    except (OSError, ValueError):
        return False
    return True


def plain_environment() -> dict[str, str]:
    """Return the variables without those that would bend Python or pip."""
    bending = ("PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX")
    kept = {k: v for k, v in os.environ.items() if k not in bending}
    # A user's pip.conf may say `user = true`, which fails in an environment.
    return {**kept, "PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0"}


def install(root: Path, arguments: list[str]) -> None:
    """Run ``pip install`` with its words in a file, and say how far it is.

    Raises:
        SetupError: pip failed; the sentence says why.
    """
    command = [str(interpreter(root)), "-m", "pip", "install"]
    command += ["--no-input", "--disable-pip-version-check"]
    command += ["--progress-bar", "off", *arguments]
    unpacking = root / ".venv" / "unpacking"
    shutil.rmtree(str(unpacking), ignore_errors=True)
    unpacking.mkdir()
    # The usual temporary folder may be small: unpack where there is room.
    variables = {**plain_environment(), "TMPDIR": str(unpacking)}
    log = root / ".venv" / "setup.log"
    try:
        with log.open("w", encoding="utf-8") as words:
            failed = run_pip(command, variables, words)
    finally:
        shutil.rmtree(str(unpacking), ignore_errors=True)
    if failed:
        raise SetupError(explain(log))


def run_pip(
    command: list[str], variables: dict[str, str], words: IO[str]
) -> int:
    """Run pip, write its words, print a line now and then."""
    collected = 0
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        env=variables,
        # pip inherits the set-up's lock: if this process is killed, the
        # next set-up waits for the pip it left behind.
        close_fds=False,
    ) as process:
        for raw in process.stdout or ():
            line = raw.decode(errors="replace")
            words.write(line)
            # pip processes what is on this disk and collects the rest.
            if line.startswith(("Collecting ", "Processing ")):
                collected += 1
                if collected % 40 == 0:
                    print(f"  {collected} packages collected", flush=True)
            if line.startswith("Installing collected packages"):
                print(f"  {line.count(',') + 1} to install", flush=True)
    return process.returncode


def explain(log: Path) -> str:
    """Say in one sentence why pip failed, from what it wrote."""
    words = log.read_text(encoding="utf-8", errors="replace")
    lowered = words.lower()
    reasons = {
        "no space left": "The disk filled up during the set-up: free some",
        "do not match the hashes": "A downloaded package is not the one in "
        "the lock (its hash differs): look at the registry or proxy in use",
        "connection": "The package registry could not be reached: check the "
        "network or proxy",
    }
    for sign, sentence in reasons.items():
        if sign in lowered:
            return f"{sentence}, then run this again (details: {log})."
    last = next(
        (line for line in reversed(words.splitlines()) if "ERROR" in line),
        "no reason given",
    )
    return f"pip could not install the packages: {last} (details: {log})."
