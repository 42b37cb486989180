"""The command line of the engines: `solve ENGINE FILE …`, one JSON document out, words on standard error."""

import os
import sys
from importlib import import_module

from hemicycle.engines.terminal import BadCall, Parser

BROKEN = 2
# name → (module with `options(parser)` and `run(options)`, what it answers)
ENGINES = {
    "meetings": ("hemicycle.engines.meetings.command", "who meets whom, when, at which table"),
    "opinions": ("hemicycle.engines.opinions.commands.opinions", "what a consultation says, and what it does not"),
    "ranking": ("hemicycle.engines.opinions.commands.ranking", "places, ties and majorities of priorities"),
    "shares": ("hemicycle.engines.opinions.commands.shares", "a programme that everybody pays for"),
    "programme": ("hemicycle.engines.programme.command", "sessions to rooms and times"),
    "recommend": ("hemicycle.engines.recommendation.command", "whom to meet, with reasons"),
}


def main(argv: list[str]) -> int:
    """Solve a file and print the answer; return the exit code.

    `argv` is what follows `hemicycle solve` (a leading "solve" is allowed): ENGINE FILE [options].
    0: there is an answer, "infeasible" included. 2: a file or an option is broken; one line on standard error.
    """
    words = argv[1:] if argv[:1] == ["solve"] else argv
    try:
        options = _parser(words).parse_args(words)
        return int(import_module(ENGINES[options.engine][0]).run(options))
    except BadCall as broken:
        print("hemicycle solve: " + " ".join(str(broken).split()), file=sys.stderr)  # noqa: T201
        return BROKEN
    except SystemExit:  # --help was printed
        return 0


def _parser(words: list[str]) -> Parser:
    """Return the parser; only the engine that is asked for is loaded."""
    parser = Parser(prog="hemicycle solve", description="Solve a file with one of the engines.")
    engines = parser.add_subparsers(dest="engine", required=True, metavar="ENGINE")
    if "recommend" in words:  # its products are many and small: with threads they take twice the work; read at import
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for name, (module, text) in ENGINES.items():
        engine = engines.add_parser(name, help=text)
        if name in words:
            import_module(module).options(engine)
    return parser
