"""Pure decisions: an audience rule as the boxes somebody ticks, and back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WORDS = ("fact", "stakeholder")


@dataclass(frozen=True)
class Audience:
    """Three lists of conditions such as `fact:label`: one of the first, one of the second as well, none of the third."""

    one_of: tuple[str, ...] = ()
    also_one_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()


def _condition(word: str) -> dict[str, str]:
    kind, _colon, value = word.partition(":")
    return {kind: value}


def to_rule(audience: Audience) -> dict[str, Any]:
    """Return the rule of `registration.rules.not_eligible`; nothing ticked means everybody."""
    parts: list[dict[str, Any]] = [
        {"any": [_condition(word) for word in words]} for words in (audience.one_of, audience.also_one_of) if words
    ]
    if audience.none_of:
        parts.append({"none": [_condition(word) for word in audience.none_of]})
    if not parts:
        return {}
    return parts[0] if len(parts) == 1 else {"all": parts}


def from_rule(rule: Mapping[str, Any]) -> Audience | None:
    """Return the boxes of a rule; None when it says more than boxes can (rules nest without end)."""
    if not rule:
        return Audience()
    ((word, value),) = rule.items()
    if word in WORDS:
        return Audience(one_of=(f"{word}:{value}",))
    parts = value if word == "all" else [rule]
    anys: list[tuple[str, ...]] = []
    nones: list[tuple[str, ...]] = []
    for part in parts:
        found = _list(part)
        if found is None:
            return None
        (nones if found[0] == "none" else anys).append(found[1])
    if len(anys) > 2 or len(nones) > 1:  # noqa: PLR2004 - as many as there are lists of boxes
        return None
    anys += [()] * (2 - len(anys))
    return Audience(one_of=anys[0], also_one_of=anys[1], none_of=nones[0] if nones else ())


def _list(part: Mapping[str, Any]) -> tuple[str, tuple[str, ...]] | None:
    ((word, value),) = part.items()
    if word in WORDS:
        return "any", (f"{word}:{value}",)
    if word not in ("any", "none"):
        return None
    words = [_leaf(inner) for inner in value]
    return None if None in words else (word, tuple(str(found) for found in words))


def _leaf(part: Mapping[str, Any]) -> str | None:
    ((word, value),) = part.items()
    return f"{word}:{value}" if word in WORDS else None


def conditions(rule: Mapping[str, Any]) -> Sequence[str]:
    """Return every condition a rule names, at any depth."""
    if not rule:
        return ()
    ((word, value),) = rule.items()
    return (f"{word}:{value}",) if word in WORDS else tuple(name for part in value for name in conditions(part))
