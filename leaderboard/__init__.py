"""Who classifies the reviews best: named entries under one protocol.

    python -m leaderboard run            what is still missing
    python -m leaderboard run NAME       one entry
    python -m leaderboard table          the tables anew, from the runs
    python -m leaderboard weights        what comes with the course

A run is one entry with one seed. Every run trains on the same 20,000
reviews, chooses what it has to choose on the same 5,000, and opens the
official test split once where it is there.
"""
