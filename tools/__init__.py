"""What authors run: ``python -m tools``, which lists its commands."""
