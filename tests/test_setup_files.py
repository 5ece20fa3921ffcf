"""The files that set the course up agree with each other."""

import re
from pathlib import Path

import pytest
import yaml

from utils import environment

ROOT = environment.ROOT
PIN = re.compile(r"(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ]+)")
VERSIONS = [f"{major}.{minor}" for major, minor in environment.VERSIONS]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def direct() -> list[str]:
    """The lines of requirements.in that name a package."""
    lines = read("requirements.in").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def locked() -> dict[str, str]:
    """Each ``name==version`` of the lock, with all that stands below it."""
    blocks = re.split(r"\n(?=[a-z0-9])", read("requirements.txt"))
    return {block.split(" ")[0].strip(): block for block in blocks}


def commands(job: dict) -> str:
    """All that a CI job runs, on one line."""
    runs = [step["run"] for step in job["steps"] if "run" in step]
    return " ".join(" ".join(runs).split())


def test_each_direct_dependency_is_pinned_and_has_a_reason():
    without = [
        line
        for line in direct()
        if not re.fullmatch(rf"{PIN.pattern} +# \w.{{10,}}", line)
    ]
    assert without == []


def test_each_direct_dependency_is_in_the_lock():
    pins = {PIN.match(line).group().lower() for line in direct()}
    # The lock spells every name with hyphens.
    pins = {pin.replace("_", "-") for pin in pins}
    assert pins - set(locked()) == set()


def test_the_whole_lock_is_hashed():
    unhashed = [
        pin for pin, block in locked().items() if "--hash=sha256:" not in block
    ]
    assert unhashed == []
    assert len(locked()) > len(direct())


def test_the_lock_names_no_registry():
    assert "://" not in read("requirements.txt")
    assert "-index" not in read("requirements.txt").split("==", 1)[0]


def test_conda_gets_the_same_packages():
    conda = yaml.safe_load(read("environment.yml"))
    assert "python=3.11" in conda["dependencies"]
    (pip,) = [d["pip"] for d in conda["dependencies"] if isinstance(d, dict)]
    pins = [PIN.match(line).group() for line in direct()]
    assert sorted(pip) == sorted([*pins, "-e ."])
    assert f"($(CONDA_DEFAULT_ENV),{conda['name']})" in read("Makefile")


def test_python_versions_agree():
    bounds = f">=3.11,<3.{int(VERSIONS[-1].split('.')[1]) + 1}"
    assert f'requires-python = "{bounds}"' in read("pyproject.toml")
    linux = yaml.safe_load(read(".github/workflows/ci.yml"))["jobs"]["linux"]
    assert linux["strategy"]["matrix"]["python"] == VERSIONS


@pytest.fixture
def jobs():
    return yaml.safe_load(read(".github/workflows/ci.yml"))["jobs"]


@pytest.mark.parametrize("system", ["linux", "macos"])
def test_ci_runs_what_the_reader_runs(jobs, system):
    assert commands(jobs[system]) == "make test"


def test_ci_on_windows_runs_the_commands_of_make_test(jobs):
    makefile = read("Makefile").replace("\\\n\t", "")
    lines = re.search(r"^test: .*\n((?:\t.*\n)+)", makefile, re.M)[1]
    by_make = lines.replace("$(COURSE_PYTHON)", r".venv\Scripts\python")
    set_up = "python -m utils.environment "
    assert commands(jobs["windows"]) == set_up + " ".join(by_make.split())


def test_ci_tries_the_newest_versions_weekly_and_may_fail(jobs):
    # YAML reads the key `on` as true.
    triggers = yaml.safe_load(read(".github/workflows/ci.yml"))[True]
    assert {"push", "pull_request", "schedule"} <= set(triggers)
    assert len(triggers["schedule"][0]["cron"].split()) == 5
    assert jobs["newest"]["continue-on-error"] is True
    required = [name for name in jobs if "continue-on-error" in jobs[name]]
    assert required == ["newest"]
    assert "pytest" in commands(jobs["newest"])


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
