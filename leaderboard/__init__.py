"""Who classifies the reviews best: named entries under one protocol.

    python -m leaderboard run            what is still missing
    python -m leaderboard run NAME       one entry, and those it is made of
    python -m leaderboard run --dry      how long that would take
    python -m leaderboard run --refit    and once more on all 25,000 reviews
    python -m leaderboard table          the tables anew, from the runs
    python -m leaderboard weights        what comes with the course

A run is one entry with one seed. All train on the same 20,000 reviews and
choose on the same 5,000: first the setting (a learning rate of three, a C of
eight), with the first seed; then each run its epoch. Every run opens the
official test split once where it is there, trials do not. What runs answered
is stored, a byte a review, so that entries are compared review by review. One
more run each is chosen and judged by neighbourhood in the archive (`splits`).
"""
