"""A language model that a test can wait for."""

from leaderboard.language_model import Pretraining

TINY_PRETRAINING = Pretraining(
    vocabulary=12,
    width=4,
    units=5,
    negatives=8,
    window=4,
    batch_size=3,
    learning_rates=(0.02, 0.01),
    held_out=20,
)
