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
LESSONS = sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb"))
SCREENS = ROOT / "build" / "screens"
START_SECONDS = 90


def serious_violations(page, context=None, **options) -> set[str]:
    """Return what axe finds in a page that is serious, or worse.

    Pages from files need ``preload=False``: axe would fetch the style sheets
    again, which they may not.
    """
    from axe_playwright_python.sync_playwright import Axe

    options |= {"resultTypes": ["violations"]}
    found = Axe().run(page, context=context, options=options).response
    return {
        f"{violation['id']}: {node['html'][:200]}"
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    }


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def widget_cells() -> list[tuple[str, str]]:
    """Return (lesson, source) of every cell that shows a live widget."""
    return [
        (path.stem, cell.source)
        for path in LESSONS
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "code" and ".panel(" in cell.source
    ]


def with_import(cell: tuple[str, str]) -> str:
    """Return the source of a cell, with the import of its widget."""
    lesson, source = cell
    if "import" in source:
        return source
    name = re.search(r"(\w+)\.panel\(", source)[1]
    of_lesson = f"lessons.{lesson.partition('_')[2]}"
    place = of_lesson if name == "widget" else "utils.widgets"
    return f"from {place} import {name}\n{source}"


def notebook_of(*sources: str) -> nbformat.NotebookNode:
    """Return a notebook of cells of code."""
    notebook = nbformat.v4.new_notebook()
    python = {"name": "python3", "display_name": "Python 3"}
    notebook.metadata["kernelspec"] = python | {"language": "python"}
    notebook.cells = [nbformat.v4.new_code_cell(text) for text in sources]
    return notebook


def tour() -> nbformat.NotebookNode:
    """Return a notebook with the widgets of all the lessons."""
    return notebook_of("import utils", *map(with_import, widget_cells()))


class Lab:
    """A running JupyterLab on a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.token = secrets.token_hex(16)
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = folder / "lab.log"
        self.work = work = folder / "course"
        (work / "notebooks").mkdir(parents=True)
        self.write("tour.ipynb", tour())
        for path in LESSONS:
            shutil.copy(path, work / "notebooks")
        shutil.copytree(ROOT / "figures", work / "figures")
        own = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
        places = {name: str(folder / name) for name in (*own, "IPYTHONDIR")}
        command = [
            sys.executable, "-m", "tools.lab", "--no-browser", "--allow-root",
            f"--port={self.port}", f"--IdentityProvider.token={self.token}",
            f"--ServerApp.root_dir={work}",
            "--LabApp.expose_app_in_browser=True", "--LabApp.news_url=None",
        ]  # fmt: skip
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=os.environ | places,
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

    def write(self, name: str, notebook: nbformat.NotebookNode) -> None:
        """Put a notebook beside the lessons."""
        nbformat.write(notebook, self.work / "notebooks" / name)

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
        place = f"{self.lab.address}/{space}/{name}"
        self.page.goto(f"{place}?token={self.lab.token}")
        self.page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
        self.idle(60_000)

    def run_all(self, milliseconds: int) -> None:
        """Run all cells and wait for the last one."""
        self.page.set_default_timeout(milliseconds)
        self.page.evaluate(
            "() => { jupyterapp.commands.execute('notebook:run-all-cells'); }"
        )

    def do(self, command: str, **arguments: object) -> None:
        """Run a command of JupyterLab to its end."""
        self.page.evaluate(
            "([name, given]) => jupyterapp.commands.execute(name, given)",
            [command, arguments],
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
