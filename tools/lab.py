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
from pathlib import Path

from tools.answers import MINE

ROOT = Path(__file__).resolve().parent.parent


def trust(folder: Path) -> list[str]:
    """Sign the notebooks in ``folder``, so that their outputs are shown.

    Without a signature JupyterLab holds back what a notebook brought along:
    the descriptions of figures, the widgets.

    Returns:
        The names of the notebooks that had no signature yet.
    """
    import nbformat
    from nbformat.sign import NotebookNotary

    notary = NotebookNotary()
    signed = []
    for path in sorted(folder.rglob("*.ipynb")):
        if ".ipynb_checkpoints" in path.parts:
            continue
        try:
            notebook = nbformat.read(path, as_version=4)
        except (ValueError, OSError) as problem:
            print(f"{path.name} is not trusted: {problem}", file=sys.stderr)
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
    os.environ["IPYTHONDIR"] = str(ROOT / ".jupyter" / "ipython")
    for name in ("notebooks", MINE):
        trust(ROOT / name)
    from jupyterlab.labapp import main as run_jupyterlab

    given = sys.argv[1:] if arguments is None else arguments
    run_jupyterlab([*_defaults(given), *given])


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
