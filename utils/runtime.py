"""TensorFlow, started quietly and the same way in every lesson."""

from __future__ import annotations

import contextlib
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

from utils.arguments import check_integer

THREADS = 1
"""Threads of an operation: one adds in the same order on every run.

TensorFlow's own switch, ``enable_op_determinism``, also turns XLA off, and
without XLA a recurrent layer trains three to four times slower.
"""


@contextlib.contextmanager
def quiet_stderr() -> Iterator[None]:
    """Hold back what native code writes to file descriptor 2.

    TensorFlow prints start-up notes below its own log level, so no setting
    silences them. If the block raises, what was held back is written out
    after all: it may say why.
    """
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
    lesson on the same machine give the same numbers.

    Args:
        seed: Seed of Python's, NumPy's and TensorFlow's generators.
    """
    seed = check_integer("seed", seed, minimum=0, maximum=2**32 - 1)
    first_time = "tensorflow" not in sys.modules
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
    with quiet_stderr():
        import keras
        import tensorflow as tf

        if first_time:
            with contextlib.suppress(RuntimeError):
                tf.config.threading.set_intra_op_parallelism_threads(THREADS)
                tf.config.threading.set_inter_op_parallelism_threads(THREADS)
            _wake_compiler(tf)
    keras.utils.set_random_seed(seed)


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


def versions() -> dict[str, str]:
    """Return the versions that results depend on, by package name."""
    names = ("tensorflow", "keras", "numpy", "scikit-learn")
    return {"python": platform.python_version()} | {
        name: metadata.version(name) for name in names
    }


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
