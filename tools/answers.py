"""What was written into the lessons: copies to write in, a course reset.

``make mine`` copies the lessons to where a reader's answers outlive updates.
``make reset`` takes what a class has left out of ``notebooks/`` and keeps it.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from tools.notebooks.lessons import LESSONS, ROOT, SOLUTIONS, notebooks_in

MINE = "my_lessons"
COPIED = ".copied.json"
KEPT = "kept"
CHECKPOINTS = ".ipynb_checkpoints"
CLOSE_FIRST = """\
In JupyterLab, first close the tabs of the lessons (File > Close All Tabs) and
shut down their kernels (Kernel > Shut Down All Kernels): a tab that is still
open would write what it shows back over the lesson."""
NO_GIT = (
    "reset takes the lessons as stored from git, and {}; unpack the archive "
    "of the course once more, into another folder. Nothing was changed."
)


def mine_command(name: str = MINE, root: Path = ROOT) -> int:
    """Copy lessons and solutions to a reader's own folder; return 0.

    A copy that was changed stays as it is; one that was not is brought up to
    date. The folder lies beside ``notebooks/``, so that links and pictures
    lead where they led.

    Args:
        name: The folder's name.
        root: The project's folder.

    Raises:
        ValueError: The folder lies elsewhere, or has a name of the course's.
    """
    target = root / name
    if target.parent != root or not name.strip(". ") or _is_taken(target):
        raise ValueError(
            "mine takes the name of a new folder beside notebooks/, or of "
            f"one that it has made, such as {MINE}, got {name!r}"
        )
    sources = [
        path
        for place in (LESSONS.name, f"{LESSONS.name}/{SOLUTIONS.name}")
        for path in notebooks_in(root / place)
    ]
    target.mkdir(exist_ok=True)
    if not (target / ".gitignore").exists():
        text = "# Your own: git passes over it.\n*\n"
        (target / ".gitignore").write_text(text, "utf-8")
    copied, kept = _copy(sources, root / LESSONS.name, target)
    stay = f"; {kept} were there and stay as they are" if kept else ""
    print(f"{copied} notebooks copied to {name}/, as last saved{stay}.")
    print("Write in these; notebooks/ stays as it is, and can be updated.")
    return 0


def _copy(
    sources: Sequence[Path], folder: Path, target: Path
) -> tuple[int, int]:
    """Copy files to another folder; return how many, and how many stay.

    What a copy was when it was made is noted: who has not written in it
    loses nothing when it is replaced.
    """
    note = target / COPIED
    made: dict[str, str] = {}
    with suppress(OSError, ValueError):  # none yet, or torn: nothing is known
        made = json.loads(note.read_text("utf-8"))
    copied = 0
    for source in sources:
        name = source.relative_to(folder).as_posix()
        content, copy = source.read_bytes(), target / name
        digest = sha256(content).hexdigest()
        if copy.exists():
            now = sha256(copy.read_bytes()).hexdigest()
            if now != made.get(name) or now == digest:
                continue
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(content)
        made[name] = digest
        copied += 1
    note.write_text(json.dumps(made, indent=1), "utf-8")
    return copied, len(sources) - copied


def _is_taken(folder: Path) -> bool:
    """Tell whether a folder holds something and `mine_command` is not it."""
    if not folder.is_dir():
        return folder.exists()
    return any(folder.iterdir()) and not (folder / ".gitignore").is_file()


def reset_command(
    *,
    yes: bool = False,
    root: Path = ROOT,
    now: Callable[[], datetime] = datetime.now,
) -> int:
    """Keep what was changed or added under ``notebooks/``, then restore it.

    Args:
        yes: Do not ask.
        root: The project's folder.
        now: Tells the date and time that name the folder of what is kept.

    Returns:
        0, also if the reader says no.

    Raises:
        ValueError: There is no git, no stored lesson, or nobody to ask.
        OSError: What is there cannot be kept; it stays where it is.
    """
    changed, added = differing(root)
    if not changed and not added:
        _remove_checkpoints(root)
        print("The lessons are as they were stored: there is nothing to do.")
        return 0
    folder = _new_folder(root, f"{now():%Y-%m-%d_%H%M}")
    place = folder.relative_to(root).as_posix()
    for title, names in (("Changed", changed), ("Added", added)):
        if names:
            print("\n".join([f"{title}:", *map(shown, names)]))
    print(f"\nA copy goes to {place}/, then notebooks/ is put back as stored.")
    print(CLOSE_FIRST)
    if not yes and not _agreed():
        print("Nothing was changed.")
        return 0
    for name in [*changed, *added]:
        _keep(root / name, folder / name)
    _git(root, "restore", "--source=HEAD", "--staged", "--worktree",
         "--", LESSONS.name)  # fmt: skip
    for name in added:
        _remove(root / name)
    _remove_checkpoints(root)
    kept = f"; what was there is in {place}/" if folder.exists() else ""
    print(f"Done. The lessons are as stored{kept}.")
    return 0


def differing(root: Path) -> tuple[list[str], list[str]]:
    """Return what differs from the last commit, and what is in none.

    Both are names below the project's folder; a checkpoint counts as none.

    Raises:
        ValueError: There is no git, or no stored lesson.
    """
    tree = _git(root, "ls-tree", "-r", "-z", "--name-only", "HEAD",
                LESSONS.name)  # fmt: skip
    if not tree:
        raise ValueError(NO_GIT.format("this folder is no part of it"))
    options = ("--name-only", "-z", "--relative", "--no-renames")
    changed = _git(root, "diff", *options, "HEAD", "--", LESSONS.name)
    others = _git(root, "ls-files", "-z", "--others", "--", LESSONS.name)
    stored = set(_names(tree))
    differing = [*_names(changed), *_names(others)]
    added = sorted({name for name in differing if name not in stored})
    return (
        sorted({*differing} & stored),
        [name for name in added if CHECKPOINTS not in Path(name).parts],
    )


def shown(name: str) -> str:
    """Return a name as a line that any terminal can print."""
    return f"  {name if name.isprintable() else ascii(name)}"


def _names(output: str) -> list[str]:
    """Return the names in git's output, as it ends each with a zero."""
    return [name for name in output.split("\0") if name]


def _git(root: Path, *words: str) -> str:
    """Run git in a folder and return what it says.

    Raises:
        ValueError: There is no git, or it refuses.
    """
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *words],
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            stdin=subprocess.DEVNULL,
            check=False,
        )
    except FileNotFoundError:
        raise ValueError(NO_GIT.format("git is not installed")) from None
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["it does not say why"]
        raise ValueError(NO_GIT.format(f"git says: {said[0]}"))
    return done.stdout


def _new_folder(root: Path, name: str) -> Path:
    """Return a folder to keep things in that is not there yet."""
    folder, number = root / KEPT / name, 1
    while folder.exists():
        number += 1
        folder = root / KEPT / f"{name}_{number}"
    return folder


def _agreed() -> bool:
    """Ask; return whether the answer is yes.

    Raises:
        ValueError: There is nobody to ask.
    """
    try:
        answer = input("Go on? [y/N] ")
    except (EOFError, RuntimeError):
        print()
        raise ValueError(
            "reset takes an answer at a terminal, or --yes (make reset "
            "YES=1). Nothing was changed."
        ) from None
    return answer.strip().lower() in ("y", "yes")


def _keep(path: Path, place: Path) -> None:
    """Copy a file, a link or a folder; nothing if it was deleted."""
    place.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir() and not path.is_symlink():
        shutil.copytree(path, place, symlinks=True)
    elif path.exists() or path.is_symlink():
        shutil.copy2(path, place, follow_symlinks=False)


def _remove(path: Path) -> None:
    """Remove what was added, and the folders that it leaves empty."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    for folder in path.parents:
        if folder.name == LESSONS.name or not folder.is_dir():
            break
        if any(folder.iterdir()):
            break
        folder.rmdir()


def _remove_checkpoints(root: Path) -> None:
    """Remove the copies that JupyterLab makes when a lesson is saved."""
    for folder in [*(root / LESSONS.name).rglob(CHECKPOINTS)]:
        shutil.rmtree(folder, ignore_errors=True)
