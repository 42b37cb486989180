"""Links that act: one signer, the purpose, the edition and a version inside the signature."""

from dataclasses import dataclass
from datetime import timedelta

from django.core import signing


class BadToken(Exception):
    """The link is broken, too old, of another purpose, or was used already."""


@dataclass(frozen=True)
class Claim:
    """What a token says: whose (`subject`), in which edition, at which version of the row."""

    conference_id: int
    subject: int
    version: int


def issue(*, purpose: str, claim: Claim) -> str:
    """Return a URL-safe token that only `read` with the same purpose accepts."""
    return signing.dumps([claim.conference_id, claim.subject, claim.version], salt=f"hemicycle.{purpose}")


def read(*, purpose: str, token: str, max_age: timedelta | None) -> Claim:
    """Return the claim of a token; the caller compares its version with the row to make it work once.

    Raises:
        BadToken: forged, expired, or issued for another purpose.
    """
    try:
        conference_id, subject, version = signing.loads(token, salt=f"hemicycle.{purpose}", max_age=max_age)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise BadToken from error
    return Claim(conference_id=conference_id, subject=subject, version=version)
