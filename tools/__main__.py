"""``python -m tools``: what authors run; ``--help`` lists the commands."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence

from utils.errors import reason


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if given[:1] == ["lab"]:  # every option after it is JupyterLab's
            from tools import lab

            lab.main(given[1:])
            return 0
        if given[:1] == ["bench"]:
            from tools import bench

            return bench.main(given[1:])
        return _run(_parser().parse_args(given))
    except (ValueError, OSError) as error:
        print(reason(error), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\ninterrupted", file=sys.stderr)
        return 130


def _run(options: argparse.Namespace) -> int:
    """Run the command; what it needs is imported only now."""
    match options.command:
        case "run" | "save" | "lint" | "check" | "test":
            return _run_on_lessons(options)
        case "map":
            from tools.notebooks import course_map, glossary, heads

            course_map.write()
            glossary.write()
            for path in heads.write():
                print(f"{path.name} changed")
        case "links":
            from tools.notebooks import heads

            for path in heads.write(options.repository):
                print(f"{path.name} changed")
        case "slides":
            from tools.slides.build import slides_command

            return slides_command(
                options.lesson, watch=options.watch, handout=options.handout
            )
        case "mine" | "reset" | "demo":
            return _run_for_a_class(options)
        case "site":
            from tools.site.build import site_command

            return site_command()
    return 0


def _run_for_a_class(options: argparse.Namespace) -> int:
    """Run a command that students and their teachers use."""
    from tools import answers, demo

    match options.command:
        case "mine":
            return answers.mine_command(options.folder)
        case "reset":
            return answers.reset_command(yes=options.yes)
    return demo.demo_command(
        options.host, options.port, browser=not options.no_browser
    )


def _run_on_lessons(options: argparse.Namespace) -> int:
    """Run a command that executes lessons or checks them."""
    from tools import check
    from tools.notebooks import commands

    match options.command:
        case "run":
            return commands.run_command(options.lesson)
        case "save":
            return commands.save_command(
                options.lesson, traceback=options.traceback
            )
        case "lint":
            return commands.lint_command(options.file)
        case "check":
            return check.check_command(options.lesson)
    return check.test_command()


def _parser() -> argparse.ArgumentParser:
    """Return what reads the command line."""
    parser = argparse.ArgumentParser(prog="python -m tools")
    commands = parser.add_subparsers(dest="command", required=True)
    lesson = {"nargs": "*", "help": "a number or a name; all if left out"}
    run = commands.add_parser(
        "run", help="execute lessons into build/ and say what they cost"
    )
    run.add_argument("lesson", **lesson)
    check = commands.add_parser(
        "check", help="check what a minute is enough for, or a lesson wholly"
    )
    check.add_argument("lesson", **lesson)
    commands.add_parser("test", help="check everything")
    save = commands.add_parser(
        "save", help="execute notebooks and store them with their outputs"
    )
    save.add_argument("lesson", **lesson)
    save.add_argument(
        "--traceback", action="store_true", help="show an error whole"
    )
    lint = commands.add_parser("lint", help="check the rules of lessons")
    lint.add_argument("file", nargs="*", help="a notebook; all if left out")
    links = commands.add_parser(
        "links", help="write times and links at the heads of lessons"
    )
    links.add_argument(
        "repository",
        nargs="?",
        help="OWNER/NAME from now on; the one set before if left out",
    )
    commands.add_parser(
        "map", help="put the seconds of the last run into README and lessons"
    )
    slides = commands.add_parser(
        "slides", help="write the decks as build/slides/NN_name.html"
    )
    slides.add_argument("lesson", **lesson)
    slides.add_argument(
        "--watch", action="store_true", help="again whenever a deck changes"
    )
    slides.add_argument(
        "--handout", action="store_true", help="a PDF, four slides a page, too"
    )
    commands.add_parser("site", help="write build/site")
    mine = commands.add_parser(
        "mine", help="copy the lessons into a folder to write in"
    )
    mine.add_argument("folder", nargs="?", default="my_lessons")
    demo = commands.add_parser(
        "demo", help="all widgets on one page without code, for a class"
    )
    demo.add_argument("--host", default="localhost")
    demo.add_argument("--port", type=int, default=8866)
    demo.add_argument("--no-browser", action="store_true")
    reset = commands.add_parser(
        "reset", help="keep what a class changed, and restore the lessons"
    )
    reset.add_argument("--yes", action="store_true", help="do not ask")
    commands.add_parser("lab", help="open JupyterLab on the lessons")
    commands.add_parser("bench", help="measure time and memory")
    return parser


if __name__ == "__main__":
    # What stops a command otherwise than by Ctrl-C gets the same answer.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(main())
