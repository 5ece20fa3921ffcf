"""``python -m reviews``: what reviews say, one by one or a file at a time.

python -m reviews read "Not great, but I recommend it."
python -m reviews label reviews.csv --out labelled.csv
python -m reviews train reviews.csv --label stars --out my_model/
"""

from __future__ import annotations

import argparse
import glob
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from reviews import workers
from reviews.labels import label_file
from reviews.layout import FileError, Layout, Wishes
from reviews.output import STANDARD, Report
from utils.classify import MODELS
from utils.errors import reason
from utils.runtime import run_command

EPILOGUE = """\
examples:
  python -m reviews read "Not great, but I recommend it."
  python -m reviews label reviews.csv --out labelled.csv
  python -m reviews label "2026-*.csv" --out labelled/
  zcat reviews.csv.gz | python -m reviews label - --out -
  python -m reviews train reviews.csv --column comment --label stars \\
      --out my_model/
  python -m reviews label more.csv --model my_model/ --out labelled.csv

The classifiers that come with the course (bigru, gru, lstm, simple_rnn) know
English film reviews. For other things and other languages, train your own.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return 0 if it could do what was asked."""
    options = _parser().parse_args(arguments)
    try:
        match options.command:
            case "read":
                return _read(options)
            case "label":
                return _label(options)
            case "train":
                from reviews.training import train_command

                return train_command(options, _wishes(options))
    except BrokenPipeError:
        raise
    except OSError as error:
        print(f"{reason(error)}.", file=sys.stderr)
    except (ValueError, MemoryError) as error:
        print(f"{str(error).rstrip('.')}.", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    """Return what reads the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m reviews",
        description="Say what reviews say: positive or negative, or what "
        "you have taught a model of your own.",
        epilog=EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True)
    read = commands.add_parser("read", help="one text")
    read.add_argument("text", help="a review; - reads standard input")
    label = commands.add_parser("label", help="files, row by row")
    label.add_argument(
        "file", nargs="+", help="CSV files (or .csv.gz), patterns, or -"
    )
    label.add_argument(
        "--out",
        required=True,
        help="the file with labels, a folder for several files, or -",
    )
    label.add_argument("--jobs", type=_jobs, help="processes; one a core")
    label.add_argument(
        "--scheduler", help="of a Dask cluster, such as tcp://10.0.0.1:8786"
    )
    train = commands.add_parser(
        "train", help="a model of your own, from rows that have labels"
    )
    train.add_argument("file", help="CSV file (or .csv.gz), or -")
    train.add_argument(
        "--label", required=True, help="name of the column with labels"
    )
    train.add_argument("--out", required=True, help="folder of the model")
    train.add_argument("--seed", type=int, default=1, help="of the training")
    for command in (read, label):
        command.add_argument(
            "--model",
            default="bigru",
            help=f"one of {', '.join(MODELS)}, or a folder that train made",
        )
    for command in (label, train):
        command.add_argument(
            "--column", help="name or number of the column with reviews"
        )
        command.add_argument("--encoding", help="such as utf-8 or cp949")
        command.add_argument(
            "--delimiter", type=_delimiter, help="between columns: , ; | tab"
        )
        command.add_argument(
            "--no-header",
            action="store_true",
            help="the first line is a row, not names",
        )
    return parser


def _delimiter(text: str) -> str:
    r"""Return a delimiter; "tab" and "\t" are one."""
    sign = "\t" if text in ("tab", r"\t") else text
    if len(sign) != 1:
        raise argparse.ArgumentTypeError(f"takes one sign, got {text!r}")
    return sign


def _jobs(text: str) -> int:
    """Return a number of processes, at least 1."""
    if not (text.isascii() and text.isdigit() and int(text)):
        raise argparse.ArgumentTypeError(f"takes 1 or more, got {text!r}")
    return int(text)


def _wishes(options: argparse.Namespace) -> Wishes:
    """Return what was said about the file."""
    return Wishes(
        options.encoding,
        options.delimiter,
        options.column,
        False if options.no_header else None,
    )


def _read(options: argparse.Namespace) -> int:
    """Say what one text says."""
    text = sys.stdin.read() if options.text == STANDARD else options.text
    (answer,) = workers.label(options.model, [text])
    if not answer.label:
        print("There is no word that the model knows.", file=sys.stderr)
        return 1
    said = "that it is positive" if options.model in MODELS else "for it"
    print(
        f"{answer.label}: {options.model} gives {answer.probability:.2f} "
        f"{said}; it knows {answer.known:.0%} of the words"
    )
    return 0


def _label(options: argparse.Namespace) -> int:
    """Label one file or several; return 0 if each got labels."""
    pairs = _pairs(options.file, options.out)
    spread = (
        workers.on_a_cluster(options.model, options.scheduler)
        if options.scheduler
        else workers.on_this_machine(options.model, options.jobs)
    )
    workers.labeller(options.model)  # what does not fit is said at once
    status = 0
    with spread as spreads:
        for source, target in pairs:
            began = time.perf_counter()
            try:
                with _bar(source) as bar:
                    report = label_file(
                        source,
                        target,
                        spreads,
                        _wishes(options),
                        told=lambda layout, name=source: _tell(name, layout),
                        progress=bar.update,
                        run=workers.identity(options.model),
                    )
            except FileError as error:
                print(f"{error}.", file=sys.stderr)
                status = 1
                continue
            _say(report, time.perf_counter() - began)
    return status


def _pairs(files: Sequence[str], out: str) -> list[tuple[str, str]]:
    """Return each file that is read with the one that is written.

    Raises:
        FileError: A pattern fits no file, or several files meet in one.
    """
    sources: list[str] = []
    for name in files:
        path = str(Path(name).expanduser()) if name != STANDARD else name
        found = [path]
        if (
            name != STANDARD
            and not Path(path).exists()
            and glob.has_magic(path)
        ):
            found = sorted(glob.glob(path, recursive=True))  # noqa: PTH207
        if not found:
            raise FileError(f"No file is called {name}")
        sources += found
    folder = Path(out).expanduser()
    if out.endswith("/") or folder.is_dir():
        names = [Path(source).name for source in sources]
        if len({*names}) < len(names):
            raise FileError("Two of the files have the same name")
        return [
            (s, str(folder / n)) for s, n in zip(sources, names, strict=True)
        ]
    if len(sources) > 1:
        raise FileError(
            f"{len(sources)} files need a folder: give --out {out}/"
        )
    return [(sources[0], out)]


@contextmanager
def _bar(source: str) -> Iterator[Any]:
    """Show how much of a file has been read, where somebody looks."""
    from tqdm import tqdm

    path = Path(source)
    size = path.stat().st_size if path.is_file() else None
    with tqdm(
        total=size,
        unit="B",
        unit_scale=True,
        desc=path.name,
        disable=None,
        file=sys.stderr,
    ) as bar:
        yield bar


def _tell(name: str, layout: Layout) -> None:
    """Say how a file is read."""
    print(f"{Path(name).name}: {layout}", file=sys.stderr)


def _say(report: Report, seconds: float) -> None:
    """Say what happened to the rows."""
    print(
        f"{report.rows:,} rows, {report.labelled:,} labelled in "
        f"{seconds:.1f} s, {report.rows / seconds:,.0f} a second; "
        f"{report.bad:,} left out",
        file=sys.stderr,
    )
    for line, why in report.first_bad:
        print(f"line {line}: {why}", file=sys.stderr)
    hidden = report.bad - len(report.first_bad)
    if hidden:
        print(f"and {hidden:,} more", file=sys.stderr)


if __name__ == "__main__":
    run_command(main)
