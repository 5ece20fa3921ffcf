"""Fixtures that several test modules share."""

from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import settings

from utils import runtime

pytest.register_assert_rewrite("imdb_fakes")

from imdb_fakes import original, world  # noqa: E402  (rewrite it first)

__all__ = ["original", "world"]

REFERENCE = Path(__file__).resolve().parents[2] / "shared" / "imdb"
"""Keras's own files, where somebody has put them beside the project."""

# The notebooks in there break rules on purpose: nbval leaves them alone.
collect_ignore = ["fixtures"]

settings.register_profile("course", deadline=None, derandomize=True)
settings.load_profile("course")


@pytest.fixture(scope="session")
def keras() -> ModuleType:
    """Keras on a TensorFlow that was started quietly, once a session."""
    runtime.start(seed=0)
    import keras

    return keras


@pytest.fixture(scope="session")
def reference_data() -> Path:
    """The folder of Keras's own IMDB files; without it a test is skipped."""
    if not REFERENCE.is_dir():
        pytest.skip("Keras's IMDB files are not in ../shared/imdb")
    return REFERENCE
