"""What every engine asks of its input before it begins."""

from collections import Counter
from collections.abc import Iterable


class BadProblem(ValueError):
    """The input contradicts itself: an id is unknown or doubled, or a number is out of range."""


def need(condition: bool, sentence: str) -> None:  # noqa: FBT001 - read as a sentence
    """Refuse the input with a sentence.

    Raises:
        BadProblem: the condition does not hold.
    """
    if not condition:
        raise BadProblem(sentence)


def need_unique(what: str, ids: Iterable[str]) -> None:
    """Refuse ids that are there more than once.

    Raises:
        BadProblem: the first of them.
    """
    for key, count in Counter(ids).items():
        need(count == 1, f"{what} {key}: the id is there {count} times")
