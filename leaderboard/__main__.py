"""``python -m leaderboard``: run what is missing, derive the table."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from leaderboard import comparison, engine, estimate, results
from leaderboard.answers import AnswersError
from leaderboard.combine import add_ensembles
from leaderboard.entries import ENTRIES
from leaderboard.plan import with_members
from leaderboard.shipped import RECIPES, measure, measured, train_weights
from leaderboard.shipped.classifier import load
from leaderboard.unlabelled import import_archive
from utils.classify import store
from utils.classify.protocol import VALIDATION_REVIEWS
from utils.imdb import SourceError
from utils.runtime import run_command


def main(arguments: list[str] | None = None) -> int:
    """Return 0 if all that was asked for ended with a result."""
    parser = _parser()
    options = parser.parse_args(arguments)
    known = {"run": ENTRIES, "weights": RECIPES}.get(options.command, {})
    for name in getattr(options, "names", ()):
        if name not in known:
            parser.error(f"there are {', '.join(known)}, but no {name}")
    if options.command == "one":
        job = engine.job_from_line(options.job)
        print(engine.as_line(engine.run(ENTRIES[job.name], job)))
        return 0
    if options.command == "weights":
        return weights_command(options)
    if options.command == "read":
        return read_command(options.text)
    try:
        if options.command == "unlabelled":
            count = import_archive(options.archive)
            print(f"cached: {count:,} reviews without labels")
            return 0
        failures = _run(options) if options.command == "run" else 0
        if not getattr(options, "dry", False):
            _write_tables()
    except (results.ResultsError, AnswersError, SourceError) as error:
        print(f"{error}.", file=sys.stderr)
        return 1
    return int(failures > 0)


def _parser() -> argparse.ArgumentParser:
    """Return what reads the command line."""
    parser = argparse.ArgumentParser(prog="python -m leaderboard")
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="run what is missing")
    run.add_argument("names", nargs="*", metavar="NAME")
    run.add_argument("--workers", type=int, default=1, help="at a time")
    run.add_argument("--scheduler", help="address of a Dask scheduler")
    run.add_argument(
        "--dry", action="store_true", help="say how long it will take"
    )
    run.add_argument(
        "--refit",
        action="store_true",
        help="train on all 25,000 reviews as well, as validation chose",
    )
    commands.add_parser("table", help="write the tables anew")
    weights = commands.add_parser(
        "weights", help="list the weights that come with the course"
    )
    weights.add_argument("names", nargs="*", metavar="NAME")
    weights.add_argument("--train", action="store_true", help="make them anew")
    weights.add_argument(
        "--measure", action="store_true", help="write what they reach"
    )
    weights.add_argument(
        "--compare", action="store_true", help="with what is written there"
    )
    read = commands.add_parser(
        "read", help="let the choice that ships read a review"
    )
    read.add_argument("text", help="a review, in English")
    unlabelled = commands.add_parser(
        "unlabelled", help="read the reviews without labels, from an archive"
    )
    unlabelled.add_argument(
        "archive", type=Path, help="aclImdb_v1.tar.gz of Maas et al."
    )
    one = commands.add_parser("one", help="run one job, print its result")
    one.add_argument("job", help="a line of JSON")
    return parser


def _run(options: argparse.Namespace) -> int:
    """Run what is missing; return how many runs have no result."""
    entries = with_members(ENTRIES[name] for name in options.names or ENTRIES)
    wanted = ("random", "neighbours", *(["all"] if options.refit else []))
    if options.dry:
        print(estimate.as_text(entries, wanted))
        return 0
    failures = 0
    for result in engine.run_missing(
        entries,
        wanted=wanted,
        workers=options.workers,
        scheduler=options.scheduler,
    ):
        print(_line(result), flush=True)
        failures += not isinstance(result, engine.Result)
    return failures


def _write_tables() -> None:
    """Derive all tables from the runs, and print the leaderboard."""
    entries = ENTRIES.values()
    add_ensembles(entries)
    ranking = results.write_leaderboard(entries)
    comparison.write_ablations()
    validations = comparison.write_validations(entries)
    results.write_page()
    for row in ranking.itertuples():
        print(f"{row.name:<40}{row.validation_accuracy:>8}", end="")
        print(f"{row.test_accuracy or '–':>8}")
    print(comparison.foretold_as_text(validations))


def weights_command(options: argparse.Namespace) -> int:
    """List shipped weights, train or measure them; return 0 if all fit."""
    chosen = options.names or tuple(RECIPES)
    for name in chosen:
        if options.train:
            train_weights(name)
        elif options.measure:
            measure(name)
    fits = [_fits(name) for name in chosen]
    if options.compare:
        fits += [_keeps_its_word(name) for name in chosen]
    return int(not min(fits, default=True))


def read_command(text: str) -> int:
    """Print the probability that a review is positive; return 0."""
    try:
        (share,) = load().positive([text])
    except (ValueError, store.UnfitError) as error:
        print(f"{str(error).rstrip('.')}.", file=sys.stderr)
        return 1
    print(f"{share:.2f} that it is positive")
    return 0


def _fits(name: str) -> bool:
    """Print one line on some weights; return whether they can be used."""
    try:
        store.read(name)
    except store.UnfitError as problem:
        print(f"{name:<16} does not fit: {problem}")
        return False
    size = (store.FOLDER / f"{name}.npz").stat().st_size / 1000
    known = ", ".join(f"{k} {v}" for k, v in store.facts(name).items())
    print(f"{name:<16} {size:>4.0f} kB  {known}")
    return True


def _keeps_its_word(name: str) -> bool:
    """Print what is recorded beside what is measured; say if it is so."""
    recorded, now = store.facts(name), measured(name)
    for fact, value in now.items():
        print(f"{name:<16} {fact}: {recorded[fact]}, measured {value}")
    # An answer in a thousand may lie on the edge of another processor.
    key = "validation_accuracy"
    return abs(recorded[key] - now[key]) <= 0.001


def _line(result: engine.Result | engine.RunError) -> str:
    """Return what is printed when a job ends."""
    if not isinstance(result, engine.Result):
        return f"no result: {result}"
    run = result.run
    shown = "all reviews taught"
    if run.validation_correct is not None:
        share = run.validation_correct / VALIDATION_REVIEWS
        shown = f"{share:.4f} on validation"
    return (
        f"{result.job}: {shown}, {run.seconds:.0f} s, "
        f"{run.peak_memory_mb:,.0f} MB"
    )


if __name__ == "__main__":
    run_command(main)
