"""The reader's own settings change neither a lesson nor the set-up."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from tools.check import NOTEBOOKS
from tools.notebooks.lessons import KERNEL_VARIABLES, ROOT, choose, lessons

pytestmark = pytest.mark.slow

HOME = {
    ".keras/keras.json": json.dumps(
        {
            "backend": "jax",
            "floatx": "float16",
            "epsilon": 0.1,
            "image_data_format": "channels_first",
        }
    ),
    ".config/matplotlib/matplotlibrc": (
        "text.usetex: True\nsavefig.bbox: tight\nsavefig.transparent: True\n"
        "xtick.direction: in\nmathtext.fontset: stix\nfigure.dpi: 33\n"
        "axes.unicode_minus: False\nlines.linestyle: --\nimage.cmap: jet\n"
    ),
    ".ipython/profile_default/startup/own.py": (
        "import numpy as np\nnp.set_printoptions(precision=2)\n"
        "import random; sorted = max\n"
    ),
    ".ipython/profile_default/ipython_config.py": (
        "c.InteractiveShell.ast_node_interactivity = 'all'\n"
    ),
    ".config/pip/pip.conf": "[install]\ntarget = /nowhere\nuser = true\n",
    ".config/uv/uv.toml": 'resolution = "lowest"\n',
}
"""Files of a reader's home, each of which has spoilt a lesson somewhere."""

VARIABLES = {
    "KERAS_BACKEND": "jax",
    "KERAS_MAX_EPOCHS": "1",
    "TF_ENABLE_ONEDNN_OPTS": "1",
    "OMP_NUM_THREADS": "7",
    "OPENBLAS_NUM_THREADS": "5",
    "LC_ALL": "C",
    "LANG": "tr_TR.UTF-8",
    "TZ": "Asia/Seoul",
    "PYTHONSAFEPATH": "1",
    "PYTHONOPTIMIZE": "",
    "PYTHONHASHSEED": "5",
    "PIP_CONSTRAINT": "/nowhere.txt",
    "IPYTHONDIR": "",
}


@pytest.fixture
def hostile(tmp_path):
    """Return the variables of a reader with settings of all kinds."""
    for name, text in HOME.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    folders = {"HOME": tmp_path, "XDG_CONFIG_HOME": tmp_path / ".config"}
    given = {**os.environ, **VARIABLES}
    given |= {name: str(folder) for name, folder in folders.items()}
    given["IPYTHONDIR"] = str(tmp_path / ".ipython")
    given["MPLCONFIGDIR"] = str(tmp_path / ".config/matplotlib")
    return given


@pytest.mark.parametrize("lesson", ["02", "07", "12"])
def test_a_lesson_gives_its_stored_outputs(hostile, lesson):
    (notebook,) = choose([lesson], lessons())
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider",
         *NOTEBOOKS, str(notebook)],
        cwd=ROOT,
        env={**hostile, **KERNEL_VARIABLES},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.skipif(not shutil.which("make"), reason="there is no make")
def test_make_takes_no_python_variables_along(hostile):
    probe = (
        "probe: ; @$(PYTHON) -c 'import os, sys; print(sys.flags.safe_path, "
        '*[n for n in os.environ if n in ("PYTHONPATH", "PYTHONHOME")])\''
    )
    done = subprocess.run(
        ["make", "--no-print-directory", f"--eval={probe}", "probe"],
        cwd=ROOT,
        env={**hostile, "PYTHONPATH": "/nowhere"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["False"]


def test_keras_on_another_backend_is_told_to_restart(hostile, tmp_path):
    fake = tmp_path / "keras" / "__init__.py"
    fake.parent.mkdir()
    fake.write_text("class config:\n    backend = staticmethod(lambda: 'j')\n")
    program = "import keras\nfrom utils import runtime\nruntime.start()"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={
            **hostile,
            "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)]),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert "runs on j: restart the kernel" in done.stderr
