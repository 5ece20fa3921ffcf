"""A reader's copies of the lessons, and the reset between two classes."""

import io
import os
import subprocess
import sys
from datetime import datetime

import pytest

from tools import answers
from tools.__main__ import main
from tools.notebooks import lessons as places
from tools.site import build

FILES = {
    "notebooks/00_start_here.ipynb": "start",
    "notebooks/01_words.ipynb": "lesson",
    "notebooks/solutions/01_solutions.ipynb": "solution",
    "README.md": "readme",
}
ADDED = (
    "notebooks/01_words-Copy1.ipynb",
    "notebooks/Untitled.ipynb",
    "notebooks/내 답 & 'more' $HOME.ipynb",
    "notebooks/new folder/data.csv",
    "notebooks/-rf",
)
"""What a class leaves behind, under all kinds of names."""

NOON = "2026-11-29_1200"


def git(folder, *words):
    identity = ["-c", "user.name=A", "-c", "user.email=a@b.c"]
    subprocess.run(
        ["git", "-C", folder, *identity, *words],
        check=True,
        capture_output=True,
    )


@pytest.fixture
def plain(tmp_path):
    """A course without git."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.fixture
def course(plain):
    """A course in git, as a clone is."""
    git(plain, "init", "-q")
    git(plain, "add", ".")
    git(plain, "commit", "-qm", "all")
    return plain


def reset(root, **options):
    noon = datetime(2026, 11, 29, 12)
    return answers.reset_command(root=root, now=lambda: noon, **options)


def files(root):
    """Every file of a folder with its text, but git's."""
    return {
        path.relative_to(root).as_posix(): path.read_text()
        for path in root.rglob("*")
        if path.is_file() and ".git" not in path.relative_to(root).parts
    }


@pytest.fixture
def used(course):
    """A course after a class."""
    (course / "notebooks/01_words.ipynb").write_text("answered")
    (course / "notebooks/solutions/01_solutions.ipynb").unlink()
    for name in ADDED:
        (course / name).parent.mkdir(exist_ok=True)
        (course / name).write_text(name)
    checkpoints = course / "notebooks/.ipynb_checkpoints"
    checkpoints.mkdir()
    (checkpoints / "01_words-checkpoint.ipynb").write_text("older")
    return course


def test_a_reset_keeps_what_it_takes_out(used, capsys):
    (used / "README.md").write_text("written by the teacher")
    assert reset(used, yes=True) == 0
    said = capsys.readouterr().out
    assert "close the tabs" in said and f"kept/{NOON}/" in said
    left = files(used)
    kept = {f"kept/{NOON}/{name}": name for name in ADDED}
    kept[f"kept/{NOON}/notebooks/01_words.ipynb"] = "answered"
    assert left == FILES | kept | {"README.md": "written by the teacher"}
    assert not (used / "notebooks/new folder").exists()
    assert reset(used) == 0
    assert "nothing to do" in capsys.readouterr().out
    assert files(used) == left


def test_the_site_says_which_lessons_are_not_as_stored(
    used, capsys, monkeypatch
):
    monkeypatch.setattr(build, "build", lambda site: site.mkdir(parents=True))
    monkeypatch.setattr(build, "ROOT", used)
    monkeypatch.setattr(build, "SITE", used / "build/site")
    assert build.site_command() == 0
    said = capsys.readouterr().out.splitlines()[1:]
    names = ["notebooks/01_words.ipynb", "notebooks/solutions/01_solutions"]
    assert len(said) == 2 + len(ADDED)
    for name, line in zip(names, said, strict=False):
        assert line.startswith("with your changes") and name in line


def test_a_site_of_no_clone_is_built_without_that(plain, capsys, monkeypatch):
    monkeypatch.setattr(build, "build", lambda site: site.mkdir(parents=True))
    monkeypatch.setattr(build, "ROOT", plain)
    monkeypatch.setattr(build, "SITE", plain / "build/site")
    assert build.site_command() == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_two_resets_in_a_minute_keep_both(used):
    assert reset(used, yes=True) == 0
    (used / "notebooks/01_words.ipynb").write_text("again")
    git(used, "add", "notebooks")
    assert reset(used, yes=True) == 0
    second = used / f"kept/{NOON}_2/notebooks/01_words.ipynb"
    assert second.read_text() == "again"
    assert (used / "notebooks/01_words.ipynb").read_text() == "lesson"


@pytest.mark.parametrize("answer", ["", "n", "no", "what?"])
def test_who_does_not_say_yes_keeps_everything(used, monkeypatch, answer):
    before = files(used)
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{answer}\n"))
    assert reset(used) == 0
    assert files(used) == before
    monkeypatch.setattr("sys.stdin", io.StringIO("Y\n"))
    assert reset(used) == 0
    assert (used / "notebooks/01_words.ipynb").read_text() == "lesson"


@pytest.mark.parametrize("stream", [None, io.StringIO("")])
def test_without_a_terminal_it_asks_for_an_option(used, monkeypatch, stream):
    before = files(used)
    monkeypatch.setattr("sys.stdin", stream)
    with pytest.raises(ValueError, match=r"takes an answer .* or --yes"):
        reset(used)
    assert files(used) == before


def test_a_deleted_lesson_comes_back(course, capsys):
    (course / "notebooks/01_words.ipynb").unlink()
    assert reset(course, yes=True) == 0
    assert files(course) == FILES
    assert "as stored.\n" in capsys.readouterr().out


def test_checkpoints_alone_go_without_a_word(course):
    folder = course / "notebooks/solutions/.ipynb_checkpoints"
    folder.mkdir()
    (folder / "01_solutions-checkpoint.ipynb").write_text("older")
    assert reset(course) == 0
    assert files(course) == FILES


def test_links_and_other_repositories_are_moved_and_not_followed(used):
    inner = used / "notebooks/their project"
    inner.mkdir()
    git(inner, "init", "-q")
    (inner / "a.txt").write_text("theirs")
    (used / "notebooks/link.md").symlink_to(used / "README.md")
    assert reset(used, yes=True) == 0
    kept = used / "kept" / NOON / "notebooks"
    assert (kept / "their project/a.txt").read_text() == "theirs"
    assert (kept / "link.md").is_symlink()
    assert not inner.exists() and (used / "README.md").exists()
    assert not (used / "notebooks/link.md").is_symlink()


def test_a_name_that_is_no_text_is_kept(course, capsys):
    if sys.platform != "linux":
        pytest.skip("every name is a text there")
    raw = os.fsencode(course / "notebooks") + b"/bad \xff\nname"
    with open(raw, "w") as file:  # noqa: PTH123 (a name in bytes)
        file.write("odd")
    assert reset(course, yes=True) == 0
    assert capsys.readouterr().out.isascii()
    kept = os.fsencode(course / "kept" / NOON / "notebooks")
    assert os.listdir(kept) == [b"bad \xff\nname"]  # noqa: PTH208


def test_without_git_it_says_so_and_changes_nothing(plain, monkeypatch):
    (plain / "notebooks/01_words.ipynb").write_text("answered")
    before = files(plain)
    # The folder of a test may lie in a repository: look no further up.
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(plain.parent))
    with pytest.raises(ValueError, match="not a git repository"):
        reset(plain, yes=True)
    monkeypatch.setenv("PATH", str(plain))
    with pytest.raises(ValueError, match="git is not installed"):
        reset(plain, yes=True)
    assert files(plain) == before


def test_an_archive_in_somebody_elses_repository_is_no_clone(plain):
    inner = plain / "unpacked"
    (inner / "notebooks").mkdir(parents=True)
    (inner / "notebooks/01_words.ipynb").write_text("answered")
    git(plain, "init", "-q")
    git(plain, "add", "README.md")
    git(plain, "commit", "-qm", "mine")
    with pytest.raises(ValueError, match="this folder is no part of it"):
        reset(inner, yes=True)
    assert (inner / "notebooks/01_words.ipynb").read_text() == "answered"


def test_a_readers_copies_are_never_written_over(course, capsys):
    assert answers.mine_command(root=course) == 0
    assert "3 notebooks copied to my_lessons/, as" in capsys.readouterr().out
    mine = course / "my_lessons"
    (mine / "01_words.ipynb").write_text("my answer")
    (mine / "00_start_here.ipynb").unlink()
    (course / "notebooks/01_words.ipynb").write_text("a new version")
    (course / "notebooks/02_new.ipynb").write_text("a new lesson")
    (course / "notebooks/02_new-Copy1.ipynb").write_text("a copy")
    assert answers.mine_command(root=course) == 0
    said = capsys.readouterr().out
    assert "2 notebooks copied to my_lessons/" in said
    assert "; 2 were there and stay" in said
    assert (mine / "01_words.ipynb").read_text() == "my answer"
    assert (mine / "02_new.ipynb").read_text() == "a new lesson"
    assert not (mine / "02_new-Copy1.ipynb").exists()
    git(course, "checkout", "--", "notebooks")
    status = ["git", "-C", course, "status", "--porcelain"]
    changed = subprocess.run(
        status, capture_output=True, text=True, check=True
    )
    assert "my_lessons" not in changed.stdout  # git passes over it


def test_a_copy_that_nobody_wrote_in_gets_what_was_saved_since(course, capsys):
    lesson = course / "notebooks/01_words.ipynb"
    copy = course / "my_lessons/01_words.ipynb"
    for text in ("an answer, saved late", "a new version"):
        assert answers.mine_command(root=course) == 0
        lesson.write_text(text)
        assert answers.mine_command(root=course) == 0
        assert copy.read_text() == text
        assert "1 notebooks copied" in capsys.readouterr().out
    copy.write_text("written in")
    lesson.write_text("a newer version")
    assert answers.mine_command(root=course) == 0
    assert copy.read_text() == "written in"


@pytest.mark.parametrize(
    "name", ["notebooks", "README.md", "..", ".", "", "a/b", "/tmp/lessons"]
)
def test_a_readers_copies_lie_beside_the_lessons(course, name):
    before = files(course)
    with pytest.raises(ValueError, match=r"takes the name of a new folder"):
        answers.mine_command(name, root=course)
    assert files(course) == before


def test_both_are_commands(monkeypatch):
    called = []
    monkeypatch.setattr(answers, "mine_command", called.append)
    monkeypatch.setattr(
        answers, "reset_command", lambda *, yes: called.append(yes)
    )
    for words in (["mine"], ["mine", "week_1"], ["reset"], ["reset", "--yes"]):
        main(words)
    assert called == ["my_lessons", "week_1", False, True]


def test_only_notebooks_with_a_number_and_a_name_are_lessons(tmp_path):
    for name in ("01_a", "02_b_c", "01_a-Copy1", "Untitled", "03", "x_01"):
        (tmp_path / f"{name}.ipynb").write_text("{}")
    found = [path.stem for path in places.notebooks_in(tmp_path)]
    assert found == ["01_a", "02_b_c"]
