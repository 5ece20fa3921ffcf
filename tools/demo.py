"""The widgets of all lessons as one page without code, by Voilà.

``make demo`` opens it for the projector, ``make demo HOST=0.0.0.0`` also for
the phones of a class, behind a token that the printed address contains.
"""

from __future__ import annotations

import os
import secrets
import socket
from string import ascii_lowercase

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tools.notebooks.lessons import KERNEL_VARIABLES, ROOT

DEMO = ROOT / "build" / "demo" / "demo.ipynb"
HERE = ("localhost", "127.0.0.1", "::1")
"""Hosts that nobody else reaches: no token is needed."""

PANELS = {
    "01 Order": "lessons.sequential_data.widget.panel()",
    "02 A recurrent neuron": "lessons.recurrent_cell.widget.panel()",
    "03 Counting": "lessons.counting_parameters.widget.panel()",
    "05 Shapes": "utils.widgets.layer_shapes.panel(layers=2)",
    "06 A fading gradient": "lessons.long_term_dependencies.widget.panel()",
    "07 The gates of an LSTM": "utils.widgets.gates.panel('lstm')",
    "08 The gates of a GRU": "utils.widgets.gates.panel('gru')",
    "09 Two directions": "lessons.bidirectional.widget.panel()",
    "10 Padding": "lessons.padding_and_masking.widget.panel()",
    "17 Your own review": "lessons.imdb_classifier.widget.panel()",
    "20 A chatbot": "lessons.chatbot.widget.panel()",
}
"""Heading -> what makes the widget; its module is imported first."""

ACCESS_KEYS = "1234567890" + ascii_lowercase
"""One for each panel: of two links with the same key, none answers."""

STYLE = """<style>
html { scroll-snap-type: y proximity; }
h1, h2 { scroll-snap-align: start; }
.jp-Cell:has(.course-panel) { min-height: 84vh; }
.course-panel { font-size: 120%; }
.course-panel > .course-picture { max-width: 860px; }
.course-panel .course-picture img { width: 100%; }
nav a { margin-right: 1em; white-space: nowrap; }
a:focus-visible { outline: 2px solid #0072b2; }
</style>
"""


def notebook() -> NotebookNode:
    """Return the page as a notebook: a heading and a widget each."""
    links = " ".join(
        f'<a href="#panel-{name[:2]}" accesskey="{key}">{name}</a>'
        for key, name in zip(ACCESS_KEYS, PANELS, strict=False)
    )
    title = "# Recurrent networks, to try\n\n"
    keys = (
        "Page Down leads to the next, Tab from control to control, arrows "
        "move sliders; F11 fills the screen.\n\n"
    )
    cells = [new_markdown_cell(f"{STYLE}\n{title}{keys}<nav>{links}</nav>")]
    for name, call in PANELS.items():
        module = call[: call.index(".panel")]
        heading = f'<h2 id="panel-{name[:2]}">{name}</h2>'
        cells += [
            new_markdown_cell(heading),
            new_code_cell(f"import {module}\n\n{call}"),
        ]
    made = new_notebook(cells=cells)
    made.metadata["title"] = "Recurrent networks, to try"
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python"}
    return made


def options(host: str, port: int, token: str) -> list[str]:
    """Return what Voilà is called with."""
    given = [
        str(DEMO),
        f"--port={port}",
        f"--Voila.ip={host}",
        "--strip_sources=True",
        "--VoilaConfiguration.show_tracebacks=False",
    ]
    return [*given, f"--token={token}"] if token else given


def demo_command(host: str, port: int, *, browser: bool = True) -> int:
    """Serve the page until Ctrl-C; return the exit status.

    Args:
        host: The address to listen on; others than this machine's own ask
            for a token.
        port: The port to listen on.
        browser: Open a browser here.
    """
    from voila.app import Voila

    os.environ.update(KERNEL_VARIABLES)
    DEMO.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook(), DEMO)
    token = "" if host in HERE else secrets.token_urlsafe(9)
    if token:
        print(f"for the class: http://{_name(host)}:{port}/?token={token}")
    words = options(host, port, token)
    Voila.launch_instance([*words, *([] if browser else ["--no-browser"])])
    return 0


def _name(host: str) -> str:
    """Return how others on the network call this machine."""
    if host not in ("0.0.0.0", "::"):
        return host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing
        except OSError:
            return socket.gethostname()
        return probe.getsockname()[0]
