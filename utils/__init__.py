"""The package behind the lessons; importing it costs nothing.

Lessons import from here what a student need not write: drawing, data
plumbing, checking. Four floors; imports point down or stay on their floor,
never up and never in a circle:
``widgets`` → ``classify``, ``pooled_reader``, ``shipped``, ``tasks``,
``leaderboard`` → ``diagrams``,
``plots``, ``imdb``, ``training``, ``seeds``, ``lookup``, ``review_files``,
``exercises``, ``quiz`` →
``cells``, ``parameters``, ``theme``, ``runtime``, ``intervals``,
``arguments``, ``files``.
Beside the floors stand tools, which nothing on a floor imports:
``environment``, ``packages``, ``lab``, ``notebooks``, ``slides``, ``site``,
``bench``.
"""
