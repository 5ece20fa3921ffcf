"""JupyterLab on the lessons, and a page of it in a browser."""

import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[2]
LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SCREENS = ROOT / "build" / "screens"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
START_SECONDS = 90


def browser_path() -> str | None:
    """Return where the browser is, if there is one."""
    found = (shutil.which(name) for name in BROWSERS)
    return next(filter(None, found), None)


def widget_cells() -> list[tuple[str, str]]:
    """Return (lesson, source) of every cell that shows a live widget."""
    return [
        (path.stem, cell.source)
        for path in LESSONS
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "code" and ".panel(" in cell.source
    ]


def tour() -> nbformat.NotebookNode:
    """Return a notebook with the widgets of all the lessons."""
    cells = widget_cells()
    names = {re.search(r"(\w+)\.panel\(", source)[1] for _, source in cells}
    imports = "\n".join(f"from utils.widgets import {n}" for n in names)
    notebook = nbformat.v4.new_notebook()
    notebook.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    sources = [imports, *(source for _, source in cells)]
    notebook.cells = [nbformat.v4.new_code_cell(text) for text in sources]
    return notebook


class Lab:
    """A running JupyterLab on a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.token = secrets.token_hex(16)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = folder / "lab.log"
        work = folder / "course"
        (work / "notebooks").mkdir(parents=True)
        nbformat.write(tour(), work / "notebooks" / "tour.ipynb")
        for path in LESSONS:
            shutil.copy(path, work / "notebooks")
        shutil.copytree(ROOT / "figures", work / "figures")
        environment = os.environ | {
            "JUPYTER_CONFIG_DIR": str(folder / "config"),
            "JUPYTER_DATA_DIR": str(folder / "data"),
            "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
            "IPYTHONDIR": str(folder / "ipython"),
        }
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "utils.lab",
                    "--no-browser",
                    "--allow-root",
                    f"--port={self.port}",
                    f"--IdentityProvider.token={self.token}",
                    f"--ServerApp.root_dir={work}",
                    "--LabApp.expose_app_in_browser=True",
                    "--LabApp.news_url=None",
                ],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._wait()

    def _wait(self) -> None:
        """Return when the server answers."""
        url = f"{self.address}/api/status?token={self.token}"
        for _ in range(2 * START_SECONDS):
            assert self.process.poll() is None, self.log.read_text()
            try:
                with urllib.request.urlopen(url, timeout=5):
                    return
            except OSError:
                time.sleep(0.5)
        raise AssertionError(self.log.read_text())

    def stop(self) -> None:
        """End the server and its kernels."""
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Tab:
    """A page of JupyterLab with what it complained about."""

    def __init__(self, browser, lab: Lab) -> None:
        self.page = browser.new_page(viewport={"width": 1280, "height": 1600})
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda e: self.complaints.append(str(e)))
        self.page.on("console", self._heard)
        self.lab = lab

    def _heard(self, message) -> None:
        if message.type == "error":
            self.complaints.append(f"{message.text} {message.location}")

    def open(self, name: str) -> None:
        """Open a notebook and wait until its kernel is there."""
        # A workspace of its own: no other test's notebook is opened again.
        space = f"lab/workspaces/{secrets.token_hex(4)}/tree/notebooks"
        self.page.goto(
            f"{self.lab.address}/{space}/{name}?token={self.lab.token}"
        )
        self.page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
        self.idle(60_000)

    def run_all(self, milliseconds: int) -> None:
        """Run all cells and wait for the last one."""
        self.page.set_default_timeout(milliseconds)
        self.page.evaluate(
            "() => { jupyterapp.commands.execute('notebook:run-all-cells'); }"
        )

    def idle(self, milliseconds: int = 20_000) -> None:
        """Wait until the kernel has answered everything."""
        self.page.wait_for_function(
            "jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel"
            "?.status === 'idle'",
            timeout=milliseconds,
        )

    def tracebacks(self) -> list[str]:
        """Return the error outputs on the page."""
        selector = (
            '.jp-OutputArea-output[data-mime-type*="error"],'
            '.jp-OutputArea-output[data-mime-type*="stderr"]'
        )
        return self.page.locator(selector).all_inner_texts()

    def screenshot(self, name: str, locator=None) -> None:
        """Keep a picture of the page, or of a part of it."""
        SCREENS.mkdir(parents=True, exist_ok=True)
        (locator or self.page).screenshot(path=SCREENS / f"{name}.png")
