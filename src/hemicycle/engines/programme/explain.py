"""What an agenda breaks and why a session cannot be elsewhere, in sentences for the organiser."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hemicycle.engines.programme.problem import Effect, Placement, Problem, Rule
from hemicycle.engines.programme.rules import Conflict, conflicts
from hemicycle.engines.programme.solution import Reason
from hemicycle.engines.programme.verify import check


@dataclass(frozen=True, slots=True)
class Explanation:
    """One conflict and its sentence."""

    rule: Rule
    effect: Effect
    amount: int
    sessions: tuple[str, ...]
    text: str


SENTENCES: dict[Rule, Callable[[Conflict], str]] = {
    Rule.BEFORE: lambda one: f"{one.sessions[0]} does not end before {one.sessions[1]} begins.",
    Rule.RIGHT_AFTER: lambda one: f"{one.sessions[1]} does not follow right after {one.sessions[0]}.",
    Rule.SAME_DAY: lambda one: f"{one.sessions[0]} and {one.sessions[1]} are on different days.",
    Rule.NOT_PARALLEL: lambda one: f"{one.sessions[0]} and {one.sessions[1]} run at the same time.",
    Rule.PARALLEL: lambda one: f"{one.sessions[0]} and {one.sessions[1]} do not run at the same time.",
    Rule.SAME_ROOM: lambda one: f"{one.sessions[0]} and {one.sessions[1]} are in different rooms.",
    Rule.SAME_TOPIC: lambda one: f"Sessions on {one.about} run at the same time: {_list(one)}.",
    Rule.SAME_SECTOR: lambda one: f"Sessions for {one.about} run at the same time: {_list(one)}.",
    Rule.SIMILAR_TOPICS: lambda one: f"Similar topics ({one.about}) run at the same time: {_list(one)}.",
    Rule.ROOM_STABILITY: lambda one: f"Sessions on {one.about} use {one.amount + 1} rooms.",
    Rule.OVERFLOW: lambda one: f"{one.sessions[0]} expects {one.amount} people more than {one.about} holds.",
    Rule.EQUIPMENT: lambda one: f"{one.about} lacks {one.amount} of the things {one.sessions[0]} needs.",
}


def _list(one: Conflict) -> str:
    return ", ".join(one.sessions)


def explain(problem: Problem, agenda: Sequence[Placement]) -> tuple[Explanation, ...]:
    """Return a sentence for each conflict of a complete agenda; acknowledged ones stay silent."""
    return tuple(
        Explanation(one.rule, one.effect, one.amount, one.sessions, SENTENCES[one.rule](one))
        for one in conflicts(problem, {placed.session: placed for placed in agenda})
        if not one.acknowledged
    )


def why_not(problem: Problem, agenda: Sequence[Placement], wished: Placement) -> tuple[Reason, ...]:
    """Return what would break if one session of a valid agenda were moved and nothing else; empty when it could be."""
    others = [placed for placed in agenda if placed.session != wished.session]
    return tuple(
        Reason(_sentence(one.what, one.sessions, one.people, one.room), one.sessions, one.people)
        for one in check(problem, [*others, wished])
    )


def _sentence(what: str, sessions: tuple[str, ...], people: tuple[str, ...], room: str | None) -> str:
    about = "; ".join([*([", ".join(people)] if people else []), *([room] if room else [])])
    return f"{' and '.join(sessions)}: {what.replace('_', ' ')}{f' ({about})' if about else ''}."
