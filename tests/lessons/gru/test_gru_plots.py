"""What is left of a state, drawn."""

import numpy as np
import pytest

from lessons.gru import plots


def test_state_kept_draws_a_curve_a_gate():
    states = {z: np.power(z, np.arange(4)) for z in (1.0, 0.5, 0.0)}
    figure, description = plots.state_kept(states)
    drawn = {
        line.get_label(): list(line.get_ydata())
        for line in figure.axes[0].lines
    }
    assert drawn == {f"z = {z:g}": list(v) for z, v in states.items()}
    assert "1, 0.5, 0:" in description


def test_a_gate_is_a_share():
    with pytest.raises(ValueError, match="gate takes"):
        plots.state_kept({1.5: [1, 1]})
