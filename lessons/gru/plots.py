"""What is left of a state, for several update gates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from utils import theme
from utils.arguments import check_number


def state_kept(states: Mapping[float, Any]) -> tuple[Figure, str]:
    """Draw what is left of a state of 1 for several update gates.

    Args:
        states: Update gate z -> the state at the start and after each
            step, (steps,), values from 0 to 1.

    Raises:
        TypeError: An update gate is not a number.
        ValueError: A gate is not from 0 to 1.
    """
    figure, axes = theme.subplots(height=3.2)
    for gate, values in states.items():
        check_number("gate", gate, minimum=0, maximum=1)
        steps = np.arange(len(values))
        axes.plot(steps, values, label=f"z = {gate:g}")
    axes.set(xlabel="steps since it was written", ylabel="what is left")
    axes.set_ylim(-0.03, 1.05)
    figure.legend(loc="outside right upper")
    return figure, (
        "What is left of a state of 1 against the steps since it was "
        f"written, for an update gate of {', '.join(f'{z:g}' for z in states)}"
        ": the nearer z is to 1, the longer the state lasts."
    )
