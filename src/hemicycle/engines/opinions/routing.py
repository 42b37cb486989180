"""Which statement a person is asked next: votes stay even over statements and over stakeholder categories."""

from collections.abc import Collection, Mapping
from hashlib import sha256


def next_statement(
    votes: Mapping[str, Mapping[str, int]], *, seen: Collection[str], category: str, person: str
) -> str | None:
    """Return the statement with the fewest votes in the person's category, then in all; None when all are seen.

    Args:
        votes: statement → category → votes so far (passes count); every open statement is a key.
        seen: statements this person was asked already.
        category: of the person; "" is a category like the others.
        person: anything that differs from person to person; it alone decides among equals, so that not everybody
            begins with the same statement.
    """
    fresh = set(seen)
    return min(
        (statement for statement in votes if statement not in fresh),
        key=lambda statement: (
            votes[statement].get(category, 0),
            sum(votes[statement].values()),
            sha256(f"{person}:{statement}".encode()).digest(),
        ),
        default=None,
    )
