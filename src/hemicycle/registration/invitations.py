"""Personal invitations and codes: who may come past approval, and into which category."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from hemicycle.audit import operations as audit
from hemicycle.conferences.models import Conference
from hemicycle.registration import letters
from hemicycle.registration.models import Category, Invitation


class BadInvitation(Exception):
    """The code does not let this person in; `why` is `unknown`, `used`, `over`, `other`, `category` or `needed`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def check(
    *, conference: Conference, email: str, code: str, category: Category | None, now: datetime
) -> Invitation | None:
    """Return the invitation behind a code, or None when none was given and none is needed.

    Raises:
        BadInvitation: with the reason.
    """
    code = "".join(code.split()).upper()
    if not code:
        if category is not None and category.invitation_only:
            raise BadInvitation("needed")
        return None
    found = Invitation.objects.filter(conference=conference, code=code).first()
    if found is None:
        raise BadInvitation("unknown")
    if found.email and found.email.lower() != email.lower():
        raise BadInvitation("other")
    if found.expires_at is not None and found.expires_at <= now:
        raise BadInvitation("over")
    if found.used >= found.uses:
        raise BadInvitation("used")
    if found.category_id is not None and (category is None or category.pk != found.category_id):
        raise BadInvitation("category")
    return found


def use(*, conference: Conference, email: str, code: str, category: Category | None, now: datetime) -> bool:
    """Use a code once, under the edition's lock; say whether it stands for an approval.

    Raises:
        BadInvitation: with the reason.
    """
    found = check(conference=conference, email=email, code=code, category=category, now=now)
    if found is None:
        return False
    Invitation.objects.filter(pk=found.pk).update(used=F("used") + 1)
    return found.skips_approval


@transaction.atomic
def invite(
    *, conference: Conference, emails: Iterable[str], actor: Any, now: datetime, language: str = "en", **values: Any
) -> list[Invitation]:
    """Make one personal invitation for each address and send it."""
    made = []
    for email in dict.fromkeys(email.lower() for email in emails):
        row = Invitation.objects.create(conference=conference, email=email, created_at=now, **values)
        letters.invited(invitation=row, conference=conference, language=language, now=now)
        made.append(row)
    if made:
        audit.record(action="invited", target=conference, actor=actor, at=now, number=len(made))
    return made


@transaction.atomic
def make_code(*, conference: Conference, actor: Any, now: datetime, **values: Any) -> Invitation:
    """Make a code for so many people."""
    row = Invitation.objects.create(conference=conference, created_at=now, **values)
    audit.record(action="code made", target=conference, actor=actor, at=now, uses=row.uses)
    return row
