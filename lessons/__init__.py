"""One folder a lesson: what no other lesson needs."""
