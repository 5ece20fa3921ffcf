"""The guides for those who teach and those who change the course."""

import re

import pytest
from decks import slides

from tools.notebooks.lessons import ROOT

TEACHING = ROOT / "docs" / "teaching.md"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
README = ROOT / "README.md"

PLAN = re.compile(
    r"^##+ (?P<title>[^\n]*)\((?P<minutes>\d+) minutes\)\n"
    r"(?P<words>.*?)(?P<table>(?:^\|[^\n]*\n)+)",
    re.MULTILINE | re.DOTALL,
)
ROW = re.compile(
    r"^\| (?P<minutes>\d+) \| (?P<lesson>.*?) ?\| (?P<what>.*) \|$"
)
LINK = re.compile(r"\[(\d\d)\]\(\.\./(notebooks/(\d\d)_\w+\.ipynb)\)")
BUDGET = {"17": 180, "18": 300}
"""Seconds that a lesson may take; 60 where nothing is said."""


def rows(table: str) -> list[re.Match]:
    """Return the rows of a plan, without its head."""
    found = [ROW.match(line) for line in table.splitlines()[2:]]
    assert all(found), table
    return found


WORDS = TEACHING.read_text(encoding="utf-8")
PLANS = list(PLAN.finditer(WORDS))
LESSON_ROWS = [
    row for plan in PLANS for row in rows(plan["table"]) if row["lesson"]
]


def test_there_are_two_plans_whose_minutes_add_up():
    assert [int(plan["minutes"]) for plan in PLANS] == [180, *[45] * 6]
    numbers = [plan["title"].split(".")[0] for plan in PLANS[1:]]
    assert numbers == ["1", "2", "3", "4", "5", "6"]
    for plan in PLANS:
        minutes = [int(row["minutes"]) for row in rows(plan["table"])]
        assert sum(minutes) == int(plan["minutes"]), plan["title"]


@pytest.mark.parametrize("row", LESSON_ROWS, ids=lambda row: row["lesson"][:4])
def test_the_minutes_of_a_row_are_those_of_its_slides(row):
    label, file, number = LINK.fullmatch(row["lesson"]).groups()
    assert label == number
    lesson = ROOT / file
    assert lesson.is_file()
    if row["what"] == "exercises":
        return
    numbers = re.match(r"slides? ([\d–, ]+): ", row["what"])
    named = []
    for part in numbers[1].split(", "):
        first, _, last = part.partition("–")
        named += range(int(first), int(last or first) + 1)
    assert named == sorted({*named})
    minutes = [slide.minutes for slide in slides(lesson)]
    assert int(row["minutes"]) == sum(minutes[slide - 1] for slide in named)


def test_the_seconds_of_the_map_keep_what_is_said():
    measured = re.findall(
        r"^\| \[(\d\d) .*\| (\d+) \|$", README.read_text("utf-8"), re.M
    )
    assert len(measured) >= 17
    together = re.search(r"(\d) at a time", README.read_text("utf-8"))
    slower = 1.5 if int(together[1]) > 1 else 1
    for lesson, seconds in measured:
        assert int(seconds) <= slower * BUDGET.get(lesson, 60), lesson
    words = " ".join(WORDS.split())
    assert "take at most 60 seconds on two cores; lesson 17" in words
    assert f"takes at most {BUDGET['17']}." in words


def test_the_hardware_is_that_of_the_readme():
    readme = README.read_text(encoding="utf-8")
    memory = re.search(r"at most (\d\.\d) GB of memory each", readme)
    disk = re.search(r"git, make, and (\d+) GB of disk", readme)
    words = " ".join(WORDS.split())
    assert f"at most {memory[1]} GB of memory" in words
    assert f"need {disk[1]} GB of disk" in words


@pytest.mark.parametrize(
    "path", [README, TEACHING, CONTRIBUTING], ids=lambda p: p.stem
)
def test_every_command_and_file_of_a_guide_exists(path):
    text = path.read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    called = re.findall(r"(?:`|^    )make (?:-C \S+ )?([a-z]+)", text, re.M)
    assert called and {*called} <= targets
    for module in re.findall(r"python -m (utils[\w.]*|tools|reviews)", text):
        place = ROOT / module.replace(".", "/")
        assert place.is_dir() or place.with_suffix(".py").is_file(), module
    for link in re.findall(r"\]\((?!http)([^)#]+)\)", text):
        assert (path.parent / link).exists(), link
    for name in re.findall(
        r"`((?:utils|lessons|figures|tools|tests|docs|binder)/[\w./]*)`", text
    ):
        assert (ROOT / name).exists(), name


def test_each_kind_of_change_takes_five_lines_and_ends_with_its_check():
    text = CONTRIBUTING.read_text(encoding="utf-8")
    kinds = re.findall(r"^## (\w+ an? \w+)\n\n((?:\d\. .*\n)+)", text, re.M)
    assert [kind for kind, _ in kinds] == [
        *("Edit a lesson", "Add a lesson", "Add a figure"),
        *("Add a widget", "Add an exercise", "Edit a quiz"),
    ]
    for kind, lines in kinds:
        steps = lines.splitlines()
        assert [step[:2] for step in steps] == [f"{n}." for n in range(1, 6)]
        assert steps[-1].startswith("5. Check: `"), kind
