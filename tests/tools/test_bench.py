"""The bench: its table, its ratios, its polite refusal."""

import json

import pytest

from tools import bench

NOTES = {"seconds_per_epoch": 10.0, "peak_memory_mb": 2000.0}
OURS = {"seconds_per_epoch": 1.0, "peak_memory_mb": 500.0}


@pytest.fixture
def faked(monkeypatch, tmp_path):
    """Replace the measuring processes, keep all the rest."""
    monkeypatch.setattr(bench, "ROOT", tmp_path)

    def measured(name, fraction):
        assert fraction in (0.2, 1.0)
        return dict(NOTES if "notes" in name else OURS)

    monkeypatch.setattr(bench, "_in_own_process", measured)
    return tmp_path / "build" / "bench.json"


def test_the_ratios_are_notes_over_ours(faked, capsys):
    assert bench.main([]) == 0
    shown = capsys.readouterr().out
    assert "20% of the reviews" in shown
    assert "seconds per epoch: the notes' takes 10.0 x ours" in shown
    record = json.loads(faked.read_text(encoding="utf-8"))
    assert record["ratios"]["peak_memory_mb"] == 4.0
    assert record["fraction"] == 0.2


def test_too_little_memory_is_one_sentence(faked, monkeypatch, capsys):
    monkeypatch.setattr(bench, "FULL_NEEDS_GB", 10**6)
    assert bench.main(["--full"]) == 1
    assert "so it is not run" in capsys.readouterr().out
    assert not faked.exists()


@pytest.mark.usefixtures("faked")
def test_a_failed_measurement_is_shown_and_fails(monkeypatch, capsys):
    monkeypatch.setattr(
        bench, "_in_own_process", lambda *_: {"failed": "out of memory"}
    )
    assert bench.main([]) == 1
    assert "failed: out of memory" in capsys.readouterr().out


def test_every_cell_is_measured_with_and_without_xla():
    names = {*bench.measurements(0.2)}
    for how in ("with", "without"):
        assert {f"{cell}(8) {how} XLA" for cell in bench.CELLS} <= names


def test_every_widget_is_measured():
    names = {*bench.widget_names()}
    assert "lessons.recurrent_cell.widget" in names
    assert "utils.widgets.layer_shapes" in names
    assert "utils.widgets.panel" not in names
    rows = bench.measurements(0.2)
    assert sum(n.startswith("widget ") for n in rows) == len(names)
    assert "widget recurrent_cell, a redraw" in rows
