"""The command line of the engines: `solve ENGINE FILE …`, one JSON document out, words on standard error."""

import argparse
import json
import math
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from hemicycle.engines.files import BadFile
from hemicycle.engines.meetings import Problem, Progress, Solution, solve
from hemicycle.engines.meetings.formats import answer, read

BROKEN = 2


class _BadCall(Exception):
    """An option or a file that cannot be used; the message is the line a person reads."""


class _Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        raise _BadCall(message)


def main(argv: list[str]) -> int:
    """Solve a file and print the answer; return the exit code.

    `argv` is what follows `hemicycle solve` (a leading "solve" is allowed): ENGINE FILE [options].
    0: there is an answer, "infeasible" included. 2: a file or an option is broken; one line on standard error.
    """
    words = argv[1:] if argv[:1] == ["solve"] else argv
    try:
        return _solve_meetings(_parser().parse_args(words))
    except _BadCall as broken:
        print("hemicycle solve: " + " ".join(str(broken).split()), file=sys.stderr)  # noqa: T201
        return BROKEN
    except SystemExit:  # --help was printed
        return 0


def _parser() -> _Parser:
    parser = _Parser(prog="hemicycle solve", description="Solve a file with one of the engines.")
    engines = parser.add_subparsers(dest="engine", required=True, metavar="ENGINE")
    meetings = engines.add_parser("meetings", help="who meets whom, when, at which table")
    meetings.add_argument("file", type=Path, help="a .dzn file, or the project's own JSON")
    meetings.add_argument("--seconds", type=_seconds, default=10.0, help="wall time (10)")
    meetings.add_argument("--seed", type=_whole(0), default=0, help="of the random numbers (0)")
    meetings.add_argument("--workers", type=_whole(1), default=2, help="threads of the proof (2)")
    meetings.add_argument("--spread", type=_whole(0), help="greatest difference of breaks between two people (2)")
    meetings.add_argument("--json", action="store_true", help="print one JSON document")
    return parser


def _seconds(word: str) -> float:
    try:
        value = float(word)
    except ValueError:
        value = 0.0
    if not (math.isfinite(value) and value > 0):
        raise argparse.ArgumentTypeError(f"{word!r} is not a number above 0")
    return value


def _whole(low: int) -> Callable[[str], int]:
    def whole(word: str) -> int:
        if not word.isdecimal() or not low <= int(word) < 2**31:
            raise argparse.ArgumentTypeError(f"{word!r} is not a whole number from {low}")
        return int(word)

    return whole


def _solve_meetings(options: argparse.Namespace) -> int:
    dzn = options.file.suffix.lower() == ".dzn"
    problem = _read(options.file, lambda text: read(text, dzn=dzn, spread=options.spread))
    with _interruptible() as interrupted:
        solution = solve(
            problem,
            seconds=options.seconds,
            seed=options.seed,
            workers=options.workers,
            progress=_say,
            cancel=interrupted,
        )
    found = answer(problem, solution, numbers=dzn)
    print(json.dumps(found, ensure_ascii=False) if options.json else _summary(problem, solution, found))  # noqa: T201
    return 0


def _read(path: Path, reader: Callable[[str], Problem]) -> Problem:
    try:
        return reader(path.read_text(encoding="utf-8"))
    except BadFile as broken:
        raise _BadCall(f"{path}: line {broken.line}: {broken.reason}") from broken
    except UnicodeDecodeError as broken:
        line = broken.object[: broken.start].count(b"\n") + 1
        raise _BadCall(f"{path}: line {line}: the text is not UTF-8") from broken
    except (OSError, ValueError) as broken:
        reason = getattr(broken, "strerror", None) or broken
        raise _BadCall(f"{path}: {reason}") from broken


@contextmanager
def _interruptible() -> Iterator[Callable[[], bool]]:
    """Turn Ctrl-C into a question that the solver asks, for as long as it runs."""
    pressed = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield pressed.is_set
        return
    before = signal.signal(signal.SIGINT, lambda *_: pressed.set())
    try:
        yield pressed.is_set
    finally:
        signal.signal(signal.SIGINT, before)


def _say(progress: Progress) -> None:
    value = "" if progress.value is None else f", {progress.value} gaps (at least {progress.bound})"
    text = f"{progress.seconds:6.1f} s  {progress.phase}: {progress.placed} of {progress.requested} meetings{value}"
    print(text, file=sys.stderr)  # noqa: T201


def _summary(problem: Problem, solution: Solution, found: dict[str, Any]) -> str:
    """Say the result in a few lines."""
    lines = [f"{solution.status.value} after {solution.seconds} s: {solution.placed} of {solution.requested} meetings"]
    if solution.value is not None:
        lines.append(f"{solution.value} gaps, at least {solution.bound}; {len(problem.tables)} slots")
    lines += [reason.text for reason in solution.reasons]
    lines += [f"{entry['meeting']}: {' '.join(entry['reasons'])}" for entry in found["unplaced"]]
    return "\n".join(lines)
