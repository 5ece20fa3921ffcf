"""Execute a notebook from top to bottom in a fresh kernel and watch it."""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import psutil
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import (
    CellExecutionError,
    CellTimeoutError,
    DeadKernelError,
)
from nbformat import NotebookNode

from tools.notebooks.lessons import KERNEL_VARIABLES, ROOT
from utils.errors import reason

CELL_TIMEOUT = 3600
"""Seconds after which a cell counts as hanging."""

SAMPLE_EVERY = 0.1
"""Seconds between two looks at the kernel's memory."""

STOPS = (
    CellExecutionError,
    CellTimeoutError,
    RuntimeError,  # a kernel that died or did not start
    asyncio.CancelledError,
)
"""What nbclient raises when a notebook does not run to its end."""

WRITTEN_OVER = re.compile(r"[^\n]*\r(?!\n)")
"""What a terminal shows until the line is written anew."""

ANSI = re.compile(r"\x1b\[[0-9;]*m")


class LessonError(Exception):
    """A notebook that did not run to its end; ``str`` is one sentence.

    Attributes:
        traceback: What the kernel had to say, for whoever wants it whole.
    """

    def __init__(self, sentence: str, traceback: str = "") -> None:
        super().__init__(sentence)
        self.traceback = traceback


@dataclass
class Execution:
    """An executed notebook and what it cost.

    Attributes:
        notebook: The notebook with its new outputs.
        seconds: Wall-clock time, start of the kernel included.
        peak_megabytes: Largest resident memory of the kernel and its
            children, in MB (10**6 bytes).
    """

    notebook: NotebookNode
    seconds: float
    peak_megabytes: float


@dataclass
class MemoryWatch:
    """Looks at a process and its children until told to stop."""

    peak_bytes: int = 0
    _done: threading.Event = field(default_factory=threading.Event)

    def start(self, pid: int) -> None:
        """Watch process ``pid`` from a thread of its own."""
        threading.Thread(target=self._watch, args=(pid,), daemon=True).start()

    def stop(self) -> None:
        """Stop watching."""
        self._done.set()

    def _watch(self, pid: int) -> None:
        try:
            kernel = psutil.Process(pid)
            while not self._done.wait(SAMPLE_EVERY):
                family = [kernel, *kernel.children(recursive=True)]
                used = sum(_resident_bytes(process) for process in family)
                self.peak_bytes = max(self.peak_bytes, used)
        except psutil.Error:
            return


class LessonClient(NotebookClient):
    """A notebook client that says which lines are printed as they come."""

    on_line: Callable[[str], None]
    current_cell: int = 0
    _unfinished_line: str = ""

    def process_message(
        self, msg: dict[str, Any], cell: NotebookNode, cell_index: int
    ) -> NotebookNode | None:
        """Handle one message of the kernel, after looking at it."""
        self.current_cell = cell_index
        content = msg["content"]
        if msg["msg_type"] == "stream" and content["name"] == "stdout":
            *lines, self._unfinished_line = (
                self._unfinished_line + content["text"]
            ).split("\n")
            for line in lines:
                self.on_line(line.rpartition("\r")[2])
        return super().process_message(msg, cell, cell_index)

    @property
    def was_interrupted(self) -> bool:
        """Whether a signal made nbclient shut the kernel down."""
        return hasattr(self, "_async_cleanup_kernel_future")


def execute(
    path: Path,
    *,
    on_kernel: Callable[[int], None] = lambda _pid: None,
    on_cell: Callable[[int, int], None] = lambda _number, _cells: None,
    on_line: Callable[[str], None] = lambda _line: None,
    environment: dict[str, str] | None = None,
) -> Execution:
    """Execute the notebook in a fresh kernel, in its own folder.

    In a thread that is not the main one, signals do not end the kernel:
    whoever started the thread ends the process that ``on_kernel`` names.

    Args:
        path: The notebook's file; it is read, not written.
        on_kernel: Called with the number of the kernel's process.
        on_cell: Called when a cell of code starts, with its number, from
            1, and how many cells the notebook has.
        on_line: Called with each line printed, while the cell still runs.
        environment: Environment variables for the kernel, beside ours.

    Raises:
        LessonError: A cell raised, hung, or took the kernel with it, the
            kernel did not start, or the file is no notebook.
        KeyboardInterrupt: Somebody pressed Ctrl-C.
    """
    notebook = _read(path)
    # Without folders to look in, the manager knows one kernel: the Python
    # that runs this command, not one called python3 in the user's home.
    specs = KernelSpecManager(kernel_dirs=[])
    manager = AsyncKernelManager(
        kernel_name="python3", kernel_spec_manager=specs
    )
    client = LessonClient(
        notebook,
        km=manager,
        timeout=CELL_TIMEOUT,
        store_widget_state=False,
        record_timing=False,
    )
    client.on_line = on_line
    client.owns_km = True
    memory = MemoryWatch()

    def kernel_started(**_: Any) -> None:
        memory.start(manager.provisioner.pid)
        on_kernel(manager.provisioner.pid)

    client.on_notebook_start = kernel_started
    client.on_cell_start = lambda cell_index, **_: on_cell(
        cell_index + 1, len(notebook.cells)
    )
    started = time.perf_counter()
    with tempfile.TemporaryFile() as last_words:
        try:
            # Not client.execute, which leaves a thread's loop open.
            asyncio.run(
                client.async_execute(
                    cwd=str(path.parent),
                    env=_environment(environment or {}),
                    stderr=last_words,
                )
            )
        except BaseException as error:
            if client.was_interrupted:
                # nbclient shuts the kernel down and stumbles over its end.
                raise KeyboardInterrupt from None
            if not isinstance(error, STOPS):
                raise
            last_words.seek(0)
            trace = last_words.read().decode(errors="replace")
            raise _failure(path, client, error, trace) from None
        finally:
            memory.stop()
    for cell in client.nb.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "stream":
                output.text = WRITTEN_OVER.sub("", output.text)
    return Execution(
        notebook=client.nb,
        seconds=time.perf_counter() - started,
        peak_megabytes=memory.peak_bytes / 1e6,
    )


def _read(path: Path) -> NotebookNode:
    """Return the notebook in the file, without its old outputs."""
    try:
        notebook = nbformat.read(path, as_version=4)
    except (OSError, ValueError) as error:
        why = reason(error, named=False)
        sentence = f"{path.stem}: the file is no notebook: {why}"
        raise LessonError(sentence) from None
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []
            cell.execution_count = None
    return notebook


def _environment(extra: dict[str, str]) -> dict[str, str]:
    """Return the kernel's environment: ours, and ``utils`` importable."""
    paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        **KERNEL_VARIABLES,
        **extra,
    }


def _failure(
    path: Path, client: LessonClient, error: BaseException, stderr: str
) -> LessonError:
    """Say in one sentence where the notebook stopped and why.

    Args:
        path: The notebook's file.
        client: What executed it.
        error: What the client raised.
        stderr: What the kernel's process wrote past the notebook.
    """
    cell = client.nb.cells[client.current_cell]
    place = f"{path.stem}, cell {client.current_cell + 1}"
    if isinstance(error, CellTimeoutError):
        reason = f"still running after {CELL_TIMEOUT} s"
        return LessonError(f"{place}: {reason}", stderr)
    if isinstance(error, DeadKernelError):
        reason = "the kernel died (out of memory?)"
        return LessonError(f"{place}: {reason}", stderr)
    if not isinstance(error, CellExecutionError):
        reason = f"the kernel did not start: {error}"
        return LessonError(f"{path.stem}: {reason}", stderr)
    trace = ANSI.sub("", str(error))
    line = _line_in_cell(trace, cell)
    if line:
        place += f", line {line}: {cell.source.splitlines()[line - 1].strip()}"
    first, *_ = [*filter(None, str(error.evalue).splitlines()), ""]
    reason = f"{error.ename}: {first}".removesuffix(": ")
    return LessonError(f"{place}: {reason}", trace)


def _line_in_cell(trace: str, cell: NotebookNode) -> int | None:
    """Return the line of the cell at which the exception passed it."""
    count = cell.get("execution_count")
    found = re.findall(rf"Cell In\s?\[{count}\], line (\d+)", trace)
    numbers = [int(number) for number in found]
    lines = len(cell.source.splitlines())
    return next((line for line in numbers if line <= lines), None)


def _resident_bytes(process: psutil.Process) -> int:
    """Return the process's resident memory, 0 if it is gone."""
    try:
        return process.memory_info().rss
    except psutil.Error:
        return 0
