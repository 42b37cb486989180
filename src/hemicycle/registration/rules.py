"""Pure decisions about places and seats: values in, values out."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from hemicycle.registration.enums import GIVEN_BACK_FROM, Status


@dataclass(frozen=True)
class DatedFact:
    """A fact about an organisation, valid from a day to a day (both included)."""

    kind: str
    valid_from: date
    valid_until: date | None

    def holds(self, on: date) -> bool:
        """Say whether the fact is true on a day."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)


@dataclass(frozen=True)
class Asked:
    """A question as far as it decides who is asked: its categories (none: all) and the answer it hangs on."""

    key: str
    categories: frozenset[int] = frozenset()
    depends_on: str = ""
    values: frozenset[str] = frozenset()


class Missing(StrEnum):
    """Why somebody is not in an audience."""

    STAKEHOLDER = "stakeholder"
    FACT = "fact"
    FACT_EXPIRED = "fact expired"
    FACT_NOT_YET = "fact not yet"
    EXCLUDED = "excluded"


@dataclass(frozen=True)
class Reason:
    """One missing condition: which, about what, and the day it ended or begins."""

    missing: Missing
    about: str
    day: date | None = None


@dataclass(frozen=True)
class Turn:
    """Who waits together: one person or a group that is kept together, in a category (0: none)."""

    size: int
    category: int = 0


def served(queue: Sequence[Turn], *, free: int, quotas: Mapping[int, int]) -> list[int]:
    """Return the positions in a queue that get places now, in order.

    `free` places are left in all, `quotas` says how many are left in a category (not named: no quota). Nobody passes
    somebody who waits for the same places: a turn that does not fit into the whole stops everybody behind it; one that
    does not fit into its category stops those behind it in that category only.
    """
    left, full, found = dict(quotas), set(), []
    for position, turn in enumerate(queue):
        if turn.size > free:
            break
        if turn.category in full or turn.size > left.get(turn.category, turn.size):
            full.add(turn.category)
            continue
        free -= turn.size
        if turn.category in left:
            left[turn.category] -= turn.size
        found.append(position)
    return found


def answers_asked(questions: Sequence[Asked], answers: Mapping[str, Any], *, category: int) -> list[str]:
    """Return the keys of the questions that are asked of somebody, in order.

    A question may belong to categories, and may hang on another one: it is asked when that one is asked and answered
    with one of the values named.
    """
    asked: list[str] = []
    for question in questions:
        if question.categories and category not in question.categories:
            continue
        if question.depends_on and question.depends_on not in asked:
            continue
        given = answers.get(question.depends_on)
        values = {str(value) for value in (given if isinstance(given, list) else [given])}
        if question.depends_on and not values & question.values:
            continue
        asked.append(question.key)
    return asked


def may_cancel(*, status: Status, now: datetime, closes_at: datetime | None) -> bool:
    """Say whether a place in this state may be given back at this instant."""
    return status in GIVEN_BACK_FROM and (closes_at is None or now < closes_at)


def retention_over(*, ended: date, months: int, today: date) -> bool:
    """Say whether data of an edition that ended on a day has been kept for its months; the 31st ends with a short month."""
    year, month = divmod(ended.year * 12 + ended.month - 1 + months, 12)
    last = date(year, month + 1, min(ended.day, monthrange(year, month + 1)[1]))
    return today > last


def not_eligible(
    rule: Mapping[str, Any], *, facts: Sequence[DatedFact], stakeholder: str, on: date
) -> tuple[Reason, ...]:
    """Return what is missing for an audience on a day; nothing missing means eligible.

    A rule is `{"any": [...]}`, `{"all": [...]}`, `{"none": [...]}`, `{"fact": kind}` or
    `{"stakeholder": key}`; the empty rule lets everybody in.

    Raises:
        ValueError: the rule has a word that is none of these.
    """
    if not rule:
        return ()
    ((word, value),) = rule.items()
    if word == "fact":
        return _fact(value, facts, on)
    if word == "stakeholder":
        return () if stakeholder == value else (Reason(Missing.STAKEHOLDER, value),)
    if word not in ("any", "all", "none"):
        raise ValueError(f"unknown word in an audience rule: {word}")
    parts = [not_eligible(part, facts=facts, stakeholder=stakeholder, on=on) for part in value]
    if word == "any":
        return () if not parts or not all(parts) else tuple(reason for part in parts for reason in part)
    if word == "all":
        return tuple(reason for part in parts for reason in part)
    return () if all(parts) else (Reason(Missing.EXCLUDED, str(value)),)


def _fact(kind: str, facts: Sequence[DatedFact], on: date) -> tuple[Reason, ...]:
    of_kind = [fact for fact in facts if fact.kind == kind]
    if any(fact.holds(on) for fact in of_kind):
        return ()
    ended = [fact.valid_until for fact in of_kind if fact.valid_until is not None and fact.valid_until < on]
    begins = [fact.valid_from for fact in of_kind if fact.valid_from > on]
    if ended:
        return (Reason(Missing.FACT_EXPIRED, kind, max(ended)),)
    if begins:
        return (Reason(Missing.FACT_NOT_YET, kind, min(begins)),)
    return (Reason(Missing.FACT, kind),)


def overlap(*, a: tuple[datetime, datetime], b: tuple[datetime, datetime]) -> bool:
    """Say whether two spans share an instant; one that begins when the other ends does not."""
    return a[0] < b[1] and b[0] < a[1]
