"""What a kernel of `make lab` does otherwise than any other; run within it.

JupyterLab writes into every notebook that it opens what the kernel says of
its language, Python's version among it, and calls the notebook changed. With
the version that the lessons are stored with, opening one changes nothing.
"""

from ipykernel.ipkernel import IPythonKernel

IPythonKernel.language_info["version"] = "3"
