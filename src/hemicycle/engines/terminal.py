"""What every engine's command line needs: options, files, Ctrl-C, words on standard error."""

import argparse
import json
import math
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from hemicycle.engines.files import BadFile

T = TypeVar("T")


class BadCall(Exception):
    """An option or a file that cannot be used; the message is the line a person reads."""


class Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        """Raise instead of printing the usage and leaving."""
        raise BadCall(message)


def seconds(word: str) -> float:
    """Read a number of seconds above 0."""
    try:
        value = float(word)
    except ValueError:
        value = 0.0
    if not (math.isfinite(value) and value > 0):
        raise argparse.ArgumentTypeError(f"{word!r} is not a number above 0")
    return value


def whole(low: int) -> Callable[[str], int]:
    """Return a reader of whole numbers from `low`."""

    def read(word: str) -> int:
        if not word.isdecimal() or not low <= int(word) < 2**31:
            raise argparse.ArgumentTypeError(f"{word!r} is not a whole number from {low}")
        return int(word)

    return read


def common(parser: argparse.ArgumentParser, *, file: str, limit: float = 10.0) -> None:
    """Add what all engines take: the file, --seconds, --seed, --workers, --json."""
    parser.add_argument("file", type=Path, help=file)
    parser.add_argument("--seconds", type=seconds, default=limit, help=f"wall time ({limit:g})")
    parser.add_argument("--seed", type=whole(0), default=0, help="of the random numbers (0)")
    parser.add_argument("--workers", type=whole(1), default=2, help="threads (2)")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def read_text(path: Path, reader: Callable[[str], T]) -> T:
    """Give the file's text to `reader`; turn whatever is wrong with it into one line.

    Raises:
        BadCall: naming file, line where known, and reason.
    """
    try:
        return reader(path.read_text(encoding="utf-8"))
    except BadFile as broken:
        raise BadCall(f"{path}: line {broken.line}: {broken.reason}") from broken
    except UnicodeDecodeError as broken:
        line = broken.object[: broken.start].count(b"\n") + 1
        raise BadCall(f"{path}: line {line}: the text is not UTF-8") from broken
    except (OSError, ValueError) as broken:
        reason = getattr(broken, "strerror", None) or broken
        raise BadCall(f"{path}: {reason}") from broken


@contextmanager
def interruptible() -> Iterator[Callable[[], bool]]:
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


def say(text: str) -> None:
    """Say how far it is, on standard error."""
    print(text, file=sys.stderr)  # noqa: T201


def put(found: Any, *, summary: Callable[[], str], as_json: bool) -> int:
    """Print the answer: one JSON document, or a few lines for a person. Return the exit code."""
    print(json.dumps(found, ensure_ascii=False) if as_json else summary())  # noqa: T201
    return 0
