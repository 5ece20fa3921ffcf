"""The package behind the lessons; importing it costs nothing.

Lessons import from here what a student need not write: drawing, data
plumbing, checking. Four floors, imports point downwards only:
``widgets`` → ``classify``, ``tasks``, ``leaderboard`` → ``diagrams``,
``plots``, ``imdb``, ``training``, ``exercises`` → ``cells``,
``parameters``, ``theme``, ``runtime``, ``arguments``.
"""
