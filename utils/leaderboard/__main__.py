"""``python -m utils.leaderboard``: run what is missing, derive the table."""

from __future__ import annotations

import argparse
import sys

from utils.leaderboard import engine, results, table
from utils.leaderboard.entries import ENTRIES
from utils.leaderboard.results import Run


def main(arguments: list[str] | None = None) -> int:
    """Return 0 if every run that was asked for ended with a result."""
    parser = argparse.ArgumentParser(prog="python -m utils.leaderboard")
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="run what is missing")
    run.add_argument("names", nargs="*", metavar="NAME")
    run.add_argument("--workers", type=int, default=1, help="at a time")
    run.add_argument("--scheduler", help="address of a Dask scheduler")
    commands.add_parser("table", help="write the two tables anew")
    one = commands.add_parser("one", help="run one task, print it")
    one.add_argument("name", choices=ENTRIES)
    one.add_argument("seed", type=int)
    options = parser.parse_args(arguments)
    if options.command == "one":
        done = engine.run(ENTRIES[options.name], options.seed)
        print(engine.as_line(done))
        return 0
    failures = 0
    if options.command == "run":
        unknown = [name for name in options.names if name not in ENTRIES]
        if unknown:
            known = ", ".join(ENTRIES)
            parser.error(f"there are {known}, but no {', '.join(unknown)}")
        chosen = [ENTRIES[name] for name in options.names or ENTRIES]
        for result in engine.run_missing(
            chosen, workers=options.workers, scheduler=options.scheduler
        ):
            print(_line(result), flush=True)
            failures += not isinstance(result, Run)
    ranking = results.write_leaderboard(ENTRIES.values())
    table.write_readme()
    for row in ranking:
        print(f"{row['name']:<36}{row['validation_accuracy']:>8}", end="")
        print(f"{row['test_accuracy'] or '–':>8}")
    return int(failures > 0)


def _line(result: Run | engine.RunError) -> str:
    """Return what is printed when a run ends."""
    if not isinstance(result, Run):
        return f"no result: {result}"
    return (
        f"{result.name}, seed {result.seed}: "
        f"{result.validation_correct / 5000:.4f} on validation, "
        f"{result.seconds:.0f} s, {result.peak_memory_mb:,.0f} MB"
    )


if __name__ == "__main__":
    sys.exit(main())
