"""The files that set the course up agree with each other."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from tools import setup

ROOT = setup.ROOT
PIN = re.compile(r"(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ]+)")
VERSIONS = [*setup.VERSIONS]
WEEKLY = ["weekly", "corpus", "newest"]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def direct() -> list[str]:
    """The lines of both requirements files that name a package."""
    lines = read("requirements-lessons.in") + read("requirements.in")
    return [
        line
        for line in lines.splitlines()
        if line and not line.startswith(("#", "-r "))
    ]


def locked() -> dict[str, str]:
    """Each ``name==version`` of the lock, with all that stands below it."""
    blocks = re.split(r"\n(?=[a-z0-9])", read("requirements.txt"))
    return {block.split(" ")[0].strip(): block for block in blocks}


def commands(job: dict) -> str:
    """All that a CI job runs, on one line."""
    runs = [step["run"] for step in job["steps"] if "run" in step]
    return " ".join(" ".join(runs).split())


def test_each_direct_dependency_is_pinned_with_a_reason_and_locked():
    reason = rf"{PIN.pattern} +# \w.{{10,}}"
    assert [line for line in direct() if not re.fullmatch(reason, line)] == []
    # The lock spells every name with hyphens.
    pins = {PIN.match(line).group().lower() for line in direct()}
    assert {pin.replace("_", "-") for pin in pins} - {*locked()} == set()


def test_the_whole_lock_is_hashed_and_names_no_registry():
    blocks = locked()
    assert [p for p in blocks if "--hash=sha256:" not in blocks[p]] == []
    assert len(blocks) > len(direct())
    assert "://" not in read("requirements.txt")
    assert "-index" not in read("requirements.txt").split("==", 1)[0]


def test_conda_gets_the_same_packages():
    conda = yaml.safe_load(read("environment.yml"))
    assert "python=3.11" in conda["dependencies"]
    (pip,) = [d["pip"] for d in conda["dependencies"] if isinstance(d, dict)]
    assert pip == ["-r requirements.in", "-e ."]
    assert f"($(CONDA_DEFAULT_ENV),{conda['name']})" in read("Makefile")


def test_python_versions_agree(jobs):
    bounds = f">=3.11,<3.{int(VERSIONS[-1].split('.')[1]) + 1}"
    assert f'requires-python = "{bounds}"' in read("pyproject.toml")
    assert jobs["check"]["strategy"]["matrix"]["python"] == VERSIONS


@pytest.fixture
def jobs():
    return yaml.safe_load(read(".github/workflows/ci.yml"))["jobs"]


def test_ci_checks_every_system_and_the_whole_on_linux(jobs):
    matrix = jobs["check"]["strategy"]["matrix"]
    systems = [name.split("-")[0] for name in matrix["system"]]
    assert systems == ["ubuntu", "macos", "windows"]
    assert commands(jobs["check"]) == "make check"
    assert commands(jobs["whole"]) == "make test"
    assert commands(jobs["weekly"]) == "make test HYPOTHESIS=random"
    tried = {job["system"] for job in jobs["weekly"]["strategy"]["matrix"]
             ["include"]}  # fmt: skip
    assert tried == {*matrix["system"]}


def test_ci_does_the_rest_weekly_and_only_the_newest_versions_may_fail(jobs):
    # YAML reads the key `on` as true.
    triggers = yaml.safe_load(read(".github/workflows/ci.yml"))[True]
    assert {"push", "pull_request", "schedule"} <= set(triggers)
    assert len(triggers["schedule"][0]["cron"].split()) == 5
    assert [name for name in jobs if "if" in jobs[name]] == WEEKLY
    may_fail = [name for name in jobs if "continue-on-error" in jobs[name]]
    assert may_fail == ["newest"]
    assert commands(jobs["newest"]).endswith("python -m tools test")


@pytest.mark.parametrize("target", ["run", "check", "test", "lab"])
def test_windows_gets_the_commands_of_make(target):
    line = rf"^{target}: .*\n\t@\$\(COURSE_PYTHON\) (-m tools \w+)"
    by_make = re.search(line, read("Makefile"), re.M)[1]
    assert f"    .venv\\Scripts\\python {by_make}\n" in read("README.md")


def test_pages_publishes_what_make_site_builds_and_may_do_no_more():
    workflow = yaml.safe_load(read(".github/workflows/pages.yml"))
    build, publish = workflow["jobs"]["build"], workflow["jobs"]["publish"]
    assert commands(build) == "make site"
    assert build["steps"][-1]["with"]["path"] == "build/site"
    assert workflow["permissions"] == {"contents": "read"}
    assert "permissions" not in build
    assert publish["permissions"] == {"pages": "write", "id-token": "write"}
    assert commands(publish) == ""


def test_the_check_of_a_fresh_machine_runs_make_test():
    last = read(".ci/run").splitlines()[-1]
    assert last.startswith("exec ")
    assert last.endswith("make test")
    minutes = int(re.search(r" (\d+)m ", last)[1])
    assert minutes < 90
    assert Path(ROOT, ".ci", "run").read_bytes().startswith(b"#!")


def test_every_target_of_make_is_listed_and_phony():
    makefile = read("Makefile")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.M))
    listed = set(re.findall(r"^([a-z]+):.*## [A-Z]", makefile, re.M))
    phony = set(re.search(r"\.PHONY: (.*)", makefile)[1].split())
    assert targets == listed == phony


def test_both_licences_are_there_and_packaged():
    assert "MIT License" in read("LICENSE")
    assert "creativecommons.org/licenses/by/4.0" in read("LICENSE-CC-BY-4.0")
    assert '"LICENSE", "LICENSE-CC-BY-4.0"' in read("pyproject.toml")


def test_the_citation_agrees_with_the_project():
    citation = yaml.safe_load(read("CITATION.cff"))
    project = tomllib.loads(read("pyproject.toml"))
    assert citation["version"] == project["project"]["version"]
    assert citation["license"] == ["MIT", "CC-BY-4.0"]
    assert f"## {citation['version']} " in read("CHANGELOG.md")
