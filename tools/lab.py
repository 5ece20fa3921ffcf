"""JupyterLab on the lessons, with the course's settings.

``make lab``, or ``python -m tools lab`` with any option of JupyterLab
(``--no-browser``, ``--port=9000``). It opens lesson 00, the reader's own once
``make mine`` has made one. The settings are in ``.jupyter``; what a
reader sets in JupyterLab itself still wins over them. Kernels start in an
IPython folder of the course's own, ``.jupyter/ipython``: it keeps the reader's
start-up files out of the lessons, and lets a lesson be opened unchanged.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from tools.answers import MINE
from tools.notebooks.lessons import KERNEL_VARIABLES, ROOT
from utils.errors import reason


def trust(folder: Path) -> list[str]:
    """Sign the notebooks in ``folder``, so that their outputs are shown.

    Without a signature JupyterLab holds back what a notebook brought along:
    the descriptions of figures, the widgets.

    Returns:
        The names of the notebooks that had no signature yet.
    """
    import nbformat
    from nbformat.sign import NotebookNotary

    try:
        notary = NotebookNotary()
    except Exception as problem:  # traitlets and sqlite have their own
        why = reason(problem)
        print(f"the lessons are not trusted: {why}", file=sys.stderr)
        return []
    signed = []
    for path in sorted(folder.rglob("*.ipynb")):
        if ".ipynb_checkpoints" in path.parts:
            continue
        try:
            notebook = nbformat.read(path, as_version=4)
        except (ValueError, OSError) as problem:
            why = reason(problem, named=False)
            print(f"{path.name} is not trusted: {why}", file=sys.stderr)
            continue
        if not notary.check_signature(notebook):
            notary.sign(notebook)
            signed.append(path.name)
    notary.store.close()
    return signed


def main(arguments: list[str] | None = None) -> None:
    """Open JupyterLab on the lessons; return when it is shut down."""
    settings = [str(ROOT / ".jupyter"), os.environ.get("JUPYTER_CONFIG_PATH")]
    # An addition to the reader's own configuration, not a replacement.
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, settings))
    os.environ.update(KERNEL_VARIABLES)
    _keep_elsewhere_without_home()
    for name in ("notebooks", MINE):
        trust(ROOT / name)
    from jupyterlab.labapp import main as run_jupyterlab

    given = sys.argv[1:] if arguments is None else arguments
    run_jupyterlab([*_defaults(given), *given])


def _keep_elsewhere_without_home() -> None:
    """Give Jupyter another folder where home cannot be written."""
    from jupyter_core.paths import jupyter_data_dir

    try:
        Path(jupyter_data_dir()).mkdir(parents=True, exist_ok=True)
        if os.access(jupyter_data_dir(), os.W_OK):
            return
    except OSError:
        pass
    place = tempfile.mkdtemp(prefix="rnn-course-")
    for name in ("CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR"):
        os.environ[f"JUPYTER_{name}"] = str(Path(place) / name.lower())
    print(
        "your home folder cannot be written: what JupyterLab keeps there, its "
        f"settings say, is in {place} this time",
        file=sys.stderr,
    )


def _defaults(given: list[str]) -> list[str]:
    """Return the course's options, without those that are given anyway."""
    first = "00_start_here.ipynb"
    folder = MINE if (ROOT / MINE / first).is_file() else "notebooks"
    defaults = {
        # The root is the course, so that a lesson can show ../figures.
        "--ServerApp.root_dir": ROOT,
        "--LabApp.default_url": f"/lab/tree/{folder}/{first}",
    }
    named = {option.split("=")[0] for option in given}
    return [f"{k}={v}" for k, v in defaults.items() if k not in named]


if __name__ == "__main__":
    main()
