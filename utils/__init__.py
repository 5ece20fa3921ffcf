"""What two or more lessons share; importing it costs nothing.

What one lesson alone needs stands in ``lessons``, what authors run in
``tools``, the study behind lesson 18 in ``leaderboard``. Nothing in here
imports from those rooms (checked by import-linter, see ``pyproject.toml``).
"""
