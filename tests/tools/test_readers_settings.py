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
        "import pandas as pd; pd.set_option('display.max_rows', 2)\n"
        "pd.set_option('display.precision', 1); np.random.seed = print\n"
    ),
    ".ipython/profile_default/ipython_kernel_config.py": (
        "c.InlineBackend.figure_formats = {'svg'}\n"
        "c.InlineBackend.rc = {'figure.dpi': 33}\n"
        "c.IPKernelApp.exec_lines = ['print = len']\n"
    ),
    ".jupyter/jupyter_config.json": (
        '{"MultiKernelManager": {"default_kernel_name": "other"},'
        ' "NotebookClient": {"timeout": 1, "kernel_name": "other"}}'
    ),
    ".local/share/jupyter/kernels/python3/kernel.json": (
        '{"argv": ["/bin/false"], "display_name": "P", "language": "python"}'
    ),
    "startup.py": "raise SystemExit(7)\n",
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
    "XLA_FLAGS": "--xla_that_is_no_more=1 --xla_cpu_enable_fast_math=true",
    "TF_XLA_FLAGS": "--tf_xla_that_never_was",
    "NUMEXPR_MAX_THREADS": "abc",
    "MPLBACKEND": "TkAgg",
    "LC_NUMERIC": "de_DE.UTF-8",
    "PYTHONUTF8": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONSTARTUP": "startup.py",
    "NO_COLOR": "1",
    "FORCE_COLOR": "3",
    "COLUMNS": "20",
    "PYTHONWARNINGS": "error",
    "TF_NUM_INTRAOP_THREADS": "3",
    "TF_NUM_INTEROP_THREADS": "many",
    "LINES": "2",
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
    given["PYTHONSTARTUP"] = str(tmp_path / "startup.py")
    given["JUPYTER_CONFIG_DIR"] = str(tmp_path / ".jupyter")
    given["JUPYTER_DATA_DIR"] = str(tmp_path / ".local/share/jupyter")
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


DRAWN = """
import hashlib
from utils import theme
figure, axes = theme.subplots()
axes.plot([1, -2.5], label="$x^2$")
axes.legend()
print(hashlib.sha256(theme.png(figure)).hexdigest())
"""


def test_a_picture_has_the_same_bytes(hostile):
    one, other = (
        subprocess.run(
            [sys.executable, "-c", DRAWN],
            cwd=ROOT,
            env={**variables, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        )
        for variables in (os.environ, hostile)
    )
    assert one.stdout == other.stdout != ""


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ('{"backend": "jax", ', "tensorflow float32"),
        ("\ufeff{}", "tensorflow float32"),
        ("[]", "keras.json ("),
        ('{"floatx": "mixed_float16"}', "keras.json (Invalid `floatx`"),
    ],
)
def test_settings_of_keras_are_not_heeded_or_named(tmp_path, settings, told):
    (tmp_path / "keras.json").write_text(settings, encoding="utf-8")
    program = (
        "from utils import runtime; runtime.start(); import keras\n"
        "print(keras.config.backend(), keras.config.floatx())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={
            **os.environ, "KERAS_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)
        },
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert told in (done.stdout + done.stderr).splitlines()[-1]


@pytest.mark.skipif(not shutil.which("make"), reason="there is no make")
def test_make_takes_no_python_variables_along(hostile):
    probe = (
        "probe: ; @$(PYTHON) -c 'import os, sys; print(sys.flags.safe_path, "
        '*[n for n in os.environ if n.startswith("PYTHON") and n[6:] in '
        '("PATH", "HOME", "OPTIMIZE", "INSPECT")])\''
    )
    done = subprocess.run(
        ["make", "--no-print-directory", f"--eval={probe}", "probe"],
        cwd=ROOT,
        env={
            **hostile,
            "PYTHONPATH": "/nowhere",
            "PYTHONOPTIMIZE": "2",
            "PYTHONINSPECT": "1",
        },
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
