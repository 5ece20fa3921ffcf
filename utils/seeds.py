"""One model trained again from another seed, without compiling it again."""

from __future__ import annotations

from typing import Any

from utils import runtime


def restart(model: Any, seed: int) -> None:
    """Give a compiled model the initial weights of another seed.

    The weights are drawn anew, as building the model after
    ``runtime.set_seed(seed)`` would draw them, and so are the random states
    of its Dropout layers; what the optimizer remembers of earlier steps is
    set back to zero. The compiled training
    step stays, so a second seed costs no second compilation, which for a
    recurrent layer under XLA takes longer than a small training.

    Args:
        model: A built and compiled ``keras.Model``.
        seed: An integer from 0 to 2**32 - 1.

    Raises:
        ValueError: The model is not compiled, or ``seed`` out of range.
    """
    import keras

    optimizer = getattr(model, "optimizer", None)
    if optimizer is None:
        raise ValueError(
            "model takes a compiled model, got one without an optimizer: "
            "call model.compile(...) first"
        )
    runtime.set_seed(seed)
    fresh = keras.models.clone_model(model)
    model.set_weights(fresh.get_weights())
    states = zip(_random_states(model), _random_states(fresh), strict=True)
    for state, drawn in states:
        state.assign(drawn)
    for variable in optimizer.variables:
        if variable.name != "learning_rate":
            variable.assign(keras.ops.zeros_like(variable))


def _random_states(model: Any) -> list[Any]:
    """Return the variables that Dropout layers draw their masks from.

    Keras keeps them out of ``weights``.
    """
    return [v for v in model.variables if v.name == "seed_generator_state"]
