"""The trainings behind the lessons, as a command."""

import subprocess
import sys

import pytest

from lessons.chatbot import experiments as chatbot
from lessons.stock_prices import experiments as stock_prices
from lessons.temperature import experiments as temperature
from utils import runtime

STAGES = {
    "chatbot": chatbot.STAGES,
    "stock_prices": stock_prices.ALL,
    "temperature": temperature.ALL,
}


@pytest.fixture
def made(monkeypatch) -> list:
    """What `run_stages` does, in its order, but without TensorFlow."""
    done = []
    monkeypatch.setattr(runtime, "start", done.append)
    return done


@pytest.mark.parametrize(
    ("names", "done"),
    [([], [7, "a", "b"]), (["b"], [7, "b"]), (["b", "a"], [7, "b", "a"])],
)
def test_named_stages_are_run_or_all(made, names, done):
    stages = {name: lambda name=name: made.append(name) for name in "ab"}
    assert runtime.run_stages(stages, names, seed=7) == 0
    assert made == done


def test_an_unknown_stage_is_one_sentence_before_anything_runs(made, capsys):
    stages = {name: lambda name=name: made.append(name) for name in "ab"}
    assert runtime.run_stages(stages, ["a", "c"], seed=7) == 2
    assert made == []
    assert capsys.readouterr().err == "A stage is one of a, b, got c.\n"


def test_stages_of_the_chatbot_share_what_they_read(monkeypatch):
    read, given = [], []
    monkeypatch.setattr(
        chatbot.Material, "load", lambda: read.append(1) or "material"
    )
    monkeypatch.setattr(
        chatbot, "STAGES", {"one": given.append, "other": given.append}
    )
    stages = chatbot.stages()
    assert read == []
    for make in stages.values():
        make()
    assert (read, given) == ([1], ["material", "material"])


@pytest.mark.slow
@pytest.mark.parametrize("lesson", STAGES)
def test_every_command_answers_an_unknown_name(lesson):
    command = [sys.executable, "-m", f"lessons.{lesson}.experiments", "alll"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    known = ", ".join(STAGES[lesson])
    assert done.stderr == f"A stage is one of {known}, got alll.\n"
