"""One folder a lesson: what no other lesson needs."""

import utils

if not hasattr(utils, "__path__"):
    raise ImportError(
        f"another utils is in the way: {utils.__file__} hides the course's; "
        "give that file another name, then restart the kernel"
    )
