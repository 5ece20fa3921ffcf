"""For a shop: what its reviews say, ``python -m reviews``."""
