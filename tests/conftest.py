"""Fixtures that several test modules share."""

import pytest

pytest.register_assert_rewrite("imdb_fakes")

from imdb_fakes import original, world  # noqa: E402  (after the rewrite is asked for)

__all__ = ["original", "world"]
