"""What a reader of a notebook sees: trainings, stops, and errors."""

import queue
import re
import time

import pytest
from jupyter_client.manager import start_new_kernel

pytestmark = pytest.mark.slow

START = """
import numpy as np
from utils import runtime, training
from utils.exercises.code import Function
runtime.start()
import keras
x = np.random.rand(640, 4, 2).astype("float32")
y = x.mean((1, 2))
model = keras.Sequential([keras.Input((4, 2)), keras.layers.GRU(2),
                          keras.layers.Dense(1)])
model.compile("sgd", "mse")
first = keras.Sequential([keras.Input((4, 2)), keras.layers.GRU(2)])
"""
TRAIN = "history = training.fit(model, x, y, epochs=2, jit_compile=False)"
LOSSES = "print(history.curves['loss'])"
ENDLESS = """
history = training.fit(
    model, x, y, epochs=100_000, validation_data=(x, y), patience=90_000,
    jit_compile=False,
)
print(history.epochs == len(history.curves["val_loss"]) > 0)
print(history.curves["val_loss"][history.best_epoch - 1]
      == min(history.curves["val_loss"]))
"""


@pytest.fixture(scope="module")
def kernel():
    """Start a kernel with a small model in it."""
    manager, client = start_new_kernel()
    yield Kernel(manager, client)
    client.stop_channels()
    manager.shutdown_kernel(now=True)


class Kernel:
    """A kernel that runs cells as JupyterLab does."""

    def __init__(self, manager, client) -> None:
        self.manager, self.client = manager, client
        assert self.run("start", START)[1] == "ok"

    def run(self, cell: str, source: str, stop_at: str | None = None):
        """Return what a cell prints or raises, and the status of its run."""
        content = {"code": source, "silent": False, "store_history": True}
        message = self.client.session.msg("execute_request", content)
        message["metadata"]["cellId"] = cell
        self.client.shell_channel.send(message)
        said, again = "", None
        while True:
            if again is not None and time.monotonic() > again:
                # Python drops an interrupt that meets a destructor.
                self.manager.interrupt_kernel()
                again = time.monotonic() + 10
            try:
                reply = self.client.get_iopub_msg(timeout=1)
            except queue.Empty:
                continue  # what never ends is ended by pytest-timeout
            if reply["parent_header"].get("msg_id") != message["msg_id"]:
                continue
            kind, content = reply["msg_type"], reply["content"]
            said += content.get("text", "")
            if kind == "error":
                said += "\n".join(content["traceback"])
            if again is None and stop_at is not None and stop_at in said:
                again = time.monotonic()
            if kind == "status" and content["execution_state"] == "idle":
                break
        while True:
            reply = self.client.get_shell_msg(timeout=60)
            if reply["parent_header"]["msg_id"] == message["msg_id"]:
                break
        status = reply["content"]["status"]
        return re.sub(r"\x1b\[[\d;]*m", "", said), status


def test_a_cell_that_is_run_again_trains_from_the_same_weights(kernel):
    said, _ = kernel.run("train", TRAIN)
    # It is written over by the first epoch.
    assert said.startswith("compiling ...\repoch 1/2")
    once, _ = kernel.run("show", LOSSES)
    kernel.run("train", TRAIN)
    assert kernel.run("show", LOSSES)[0] == once
    kernel.run("train", TRAIN.replace("epochs=2", "epochs=3"))
    assert once.rstrip("]\n") in kernel.run("show", LOSSES)[0]


def test_another_cell_trains_on(kernel):
    kernel.run("train", TRAIN)
    once, _ = kernel.run("show", LOSSES)
    kernel.run("more", f"{TRAIN}\n{TRAIN}")
    more, _ = kernel.run("show", LOSSES)
    assert more != once
    kernel.run("more", f"{TRAIN}\n{TRAIN}")
    assert kernel.run("show", LOSSES)[0] == more


def test_a_training_that_is_stopped_keeps_what_it_has_learned(kernel):
    said, status = kernel.run("endless", ENDLESS, stop_at="epoch      3/")
    assert status == "ok", said
    assert "Stopped by you after" in said and "Traceback" not in said
    assert said.endswith("True\nTrue\n")


def test_a_cell_that_is_stopped_says_so_without_a_traceback(kernel):
    loop = "print('on', flush=True)\nwhile True:\n    pass"
    said, status = kernel.run("loop", loop, stop_at="on")
    assert status == "error"
    assert "Stopped by you." in said and "Traceback" not in said


def test_a_function_that_never_ends_is_what_is_spoken_of(kernel):
    check = (
        "def f(x):\n    print('on', flush=True)\n"
        "    while True:\n        pass\n"
        "question = Function(text='', because='', hint='', "
        "reference=abs, inputs=lambda _: (1,))\n"
        "print(question.feedback(f))"
    )
    said, status = kernel.run("check", check, stop_at="on")
    assert status == "ok"
    assert "your function did not come to an end" in said


def test_a_failed_assertion_says_what_it_means(kernel):
    said, status = kernel.run("assert", "assert 1 + 1 == 3")
    assert status == "error"
    assert "assert 1 + 1 == 3" in said
    assert "no fault of your\nmachine" in said
