"""All entries, by name."""

from __future__ import annotations

from utils.leaderboard import linear
from utils.leaderboard.protocol import Entry

ENTRIES: dict[str, Entry] = {entry.name: entry for entry in linear.ENTRIES}
"""Name -> entry, in the order in which lesson 18 tells of them."""
