"""TensorFlow, started quietly and the same way in every lesson."""

from __future__ import annotations

import contextlib
import importlib
import os
import platform
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from utils.errors import check_integer, reason

THREADS = 1
"""Threads of an operation: one adds in the same order on every run.

TensorFlow's own switch, ``enable_op_determinism``, also turns XLA off, and
without XLA a recurrent layer trains three to four times slower.
"""


LAYERS = "utils.classify.lookup_classes"
"""The module with layers of the course's own: a saved model may hold them."""

FOREIGN_BACKEND = (
    "Keras was imported before the course and runs on {}: restart the kernel "
    "and run the lesson from its first cell."
)

FOREIGN_SETTINGS = (
    "Keras cannot take its settings in {} ({}): repair or delete this file, "
    "then restart the kernel."
)


@contextlib.contextmanager
def quiet_stderr() -> Iterator[None]:
    """Hold back what native code writes to file descriptor 2.

    TensorFlow prints start-up notes below its own log level, so no setting
    silences them. If the block raises, what was held back is written out
    after all: it may say why.
    """
    if sys.stderr is None:  # closed by the caller: nobody would see it
        yield
        return
    sys.stderr.flush()
    saved = os.dup(2)
    with tempfile.TemporaryFile() as held:
        os.dup2(held.fileno(), 2)
        try:
            yield
        except BaseException:
            os.dup2(saved, 2)
            held.seek(0)
            os.write(2, held.read())
            raise
        finally:
            os.dup2(saved, 2)
            os.close(saved)


def start(seed: int = 42) -> None:
    """Import TensorFlow quietly, one thread an operation, seeds fixed.

    After this ``import keras`` prints nothing, and two runs of the same
    lesson on the same machine give the same numbers, whatever the reader's
    variables and ``~/.keras/keras.json`` say.

    Args:
        seed: Seed of Python's, NumPy's and TensorFlow's generators.

    Raises:
        RuntimeError: Keras runs already, on another backend, or cannot take
            the reader's own settings.
    """
    seed = check_integer("seed", seed, minimum=0, maximum=2**32 - 1)
    first_time = "tensorflow" not in sys.modules
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"
    os.environ["KERAS_BACKEND"] = "tensorflow"
    _forget_compiler_flags()
    with quiet_stderr():
        keras = _import_keras()
        if keras.config.backend() != "tensorflow":
            raise RuntimeError(FOREIGN_BACKEND.format(keras.config.backend()))
        import tensorflow as tf

        keras.config.set_floatx("float32")
        keras.config.set_epsilon(1e-7)
        keras.config.set_image_data_format("channels_last")
        keras.config.set_max_epochs(None)
        keras.config.set_max_steps_per_epoch(None)
        importlib.import_module(LAYERS)
        if first_time:
            with contextlib.suppress(RuntimeError):
                tf.config.threading.set_intra_op_parallelism_threads(THREADS)
                tf.config.threading.set_inter_op_parallelism_threads(THREADS)
            _wake_compiler(tf)
    _explain_errors()
    keras.utils.set_random_seed(seed)


def _import_keras() -> Any:
    """Return the module; say so if the reader's settings keep it away."""
    try:
        import keras
    except (AttributeError, OSError, ValueError) as error:
        home = os.environ.get("KERAS_HOME") or os.path.expanduser("~/.keras")  # noqa: PTH111
        place = Path(home) / "keras.json"
        if not place.exists():
            raise
        why = reason(error, named=False)
        raise RuntimeError(FOREIGN_SETTINGS.format(place, why)) from None
    return keras


def _forget_compiler_flags() -> None:
    """Drop a reader's flags of XLA but for where CUDA is.

    Some change digits, and one that a newer version no longer knows ends the
    process without a word.
    """
    os.environ.pop("TF_XLA_FLAGS", None)
    flags = os.environ.pop("XLA_FLAGS", "").split()
    if kept := [f for f in flags if f.startswith("--xla_gpu_cuda_data_dir=")]:
        os.environ["XLA_FLAGS"] = " ".join(kept)


def running_cell() -> tuple[str, int] | None:
    """Return which cell of a notebook is running, and the number of its run.

    The name is the cell's id, or its source where the front end gives none.
    None outside of a notebook.
    """
    kernel = getattr(_shell(), "kernel", None)
    if kernel is None:
        return None
    request = kernel.get_parent("shell")
    name = request.get("metadata", {}).get("cellId")
    source = request.get("content", {}).get("code", "")
    return name or source, kernel.shell.execution_count


def _shell() -> Any:
    """Return IPython's shell, or None outside of one."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython else None


GUARDED = """
An assertion is how this lesson checks itself; a failed one is no fault of your
machine. A result is not the one that the text relies on: a number was changed
above, say, a training was stopped, or a cell was left out or run twice. Run
the cell that was stopped again; or Kernel > Restart Kernel and Run All Cells
gives the lesson as it was."""

STOPPED = (
    "Stopped by you. This cell did not come to its end, so what it was to "
    "define may\nbe missing: run it again before the next one."
)


def _explain_errors() -> None:
    """Let a notebook say what a failed assertion and an interruption mean."""
    shell = _shell()
    if getattr(shell, "kernel", None) is None:
        return

    def explain(
        shell: Any, kind: type, error: BaseException, tb: Any, **how: Any
    ) -> None:
        if kind is KeyboardInterrupt:
            stopped = KeyboardInterrupt(STOPPED)
            shell._showtraceback(kind, stopped, [STOPPED])
            return
        shell.showtraceback((kind, error, tb), **how)
        print(GUARDED)

    shell.set_custom_exc((AssertionError, KeyboardInterrupt), explain)


class StoppedError(BaseException):
    """The system asks a command to end; ``str`` is the signal's number.

    Like `KeyboardInterrupt` no ``except Exception`` holds it up.
    """


def run_command(main: Callable[[], int]) -> NoReturn:
    """Run a command and leave with its exit status, however it ends.

    What the command has opened is closed on the way, so nothing stays
    half-written. Ctrl-C ends with 130, SIGTERM with 143, SIGHUP with 129
    (unless ``nohup`` said not to heed it), a reader that has gone
    (``| head``) with 141, a full disk and the like with 1 and a sentence.
    None shows a traceback.

    Args:
        main: Returns the exit status.
    """
    _answer_signals_once()
    status = 1
    try:
        _fill_closed_streams()
        try:
            status = main()
        except SystemExit as leaving:  # argparse, after a help
            status = leaving.code if isinstance(leaving.code, int) else 1
        if not sys.stdout.closed:
            sys.stdout.flush()
    except KeyboardInterrupt:
        print("\nstopped", file=sys.stderr)
        status = 130
    except StoppedError as stopped:
        status = 128 + int(str(stopped))
    except BrokenPipeError:
        _drop_output()
        status = 141
    except OSError as error:
        _drop_output()
        print(f"{reason(error)}.", file=sys.stderr)
        status = 1
    sys.exit(status)


def run_stages(
    stages: Mapping[str, Callable[[], Any]], names: Sequence[str], seed: int
) -> int:
    """Run the stages that are named, or all of them, after `start`.

    Args:
        stages: Name on the command line -> what makes it.
        names: From the command line; an unknown one is answered with a
            sentence before anything runs.
        seed: As in `start`.

    Returns:
        The exit status: 2 for an unknown name, else 0.
    """
    if unknown := [name for name in names if name not in stages]:
        known = ", ".join(stages)
        print(f"A stage is one of {known}, got {unknown[0]}.", file=sys.stderr)
        return 2
    start(seed)
    for name in names or stages:
        stages[name]()
    return 0


def _answer_signals_once() -> None:
    """Let what stops a command raise, but for what ``nohup`` has silenced."""

    def stop(number: int, _: Any) -> None:
        # A second one, on the way out, would end some library's own farewell
        # with a traceback.
        signal.signal(number, signal.SIG_IGN)
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        raise StoppedError(number)

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, stop)


def _fill_closed_streams() -> None:
    """Open what the caller has closed (``>&-``), so that no file gets in.

    Writing to standard output fails then, as it should; complaints go
    nowhere.
    """
    ways = (os.O_WRONLY, os.O_RDONLY, os.O_WRONLY)
    for number, (name, way) in enumerate(
        zip(("stdin", "stdout", "stderr"), ways, strict=True)
    ):
        if getattr(sys, name) is None:
            opened = os.open(os.devnull, way)
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)
            mode = "w" if number else "r"
            setattr(sys, name, open(number, mode, closefd=False))  # noqa: SIM115


def _drop_output() -> None:
    """Let Python's last flush of standard output go nowhere."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _wake_compiler(tf: Any) -> None:
    """Compile one trivial function, so XLA's greeting is held back too."""

    @tf.function(jit_compile=True)
    def double(number: Any) -> Any:
        return number + number

    double(tf.constant(1.0))


def set_seed(seed: int) -> None:
    """Fix the seeds of Python, NumPy and TensorFlow again.

    Args:
        seed: An integer from 0 to 2**32 - 1.
    """
    seed = check_integer("seed", seed, minimum=0, maximum=2**32 - 1)
    import keras

    keras.utils.set_random_seed(seed)


def peak_memory_mb() -> float:
    """Return the largest memory this process has used, in megabytes."""
    import psutil

    usage = psutil.Process().memory_info()
    if hasattr(usage, "peak_wset"):  # Windows
        return usage.peak_wset / 1e6
    status = Path("/proc/self/status")
    if status.exists():
        # The kernel's ru_maxrss would include the process that started us.
        lines = status.read_text(encoding="ascii").splitlines()
        peak = next(line for line in lines if line.startswith("VmHWM"))
        return int(peak.split()[1]) * 1024 / 1e6
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if platform.system() == "Darwin" else peak * 1024 / 1e6
