"""Small worlds for tests, made through the operations where one exists."""

import base64
from datetime import UTC, datetime, timedelta
from itertools import count

from django.utils import timezone

from hemicycle.accounts import operations as accounts
from hemicycle.accounts.models import User
from hemicycle.agenda import operations as agenda
from hemicycle.conferences import operations as conferences
from hemicycle.conferences.models import Conference, Term
from hemicycle.kit import tokens
from hemicycle.matchmaking import operations as matchmaking
from hemicycle.registration import operations as registration
from hemicycle.registration.models import Registration

NOON = datetime(2030, 4, 15, 10, 0, tzinfo=UTC)
OPENS, CLOSES = NOON - timedelta(days=30), NOON + timedelta(days=20)
_numbers = count(1)


def term(kind="stakeholder", key="cluster-org", label="Cluster organisation"):
    return conferences.add_term(kind=kind, key=key, label=label)


def edition(*, capacity=100, slug="baltic2030", stage="open", **values) -> Conference:
    series = values.pop("series", None) or conferences.create_series(slug=f"series-{slug}", name=f"Series of {slug}")
    defaults = {
        "slug": slug, "number": 1, "year": 2030, "name": f"Conference {slug}", "short_name": slug, "lead": "Two days in May.",
        "starts_on": datetime(2030, 5, 7).date(), "ends_on": datetime(2030, 5, 8).date(), "timezone": "Europe/Brussels",
        "city": "Brussels", "country": "BE", "stage": stage, "capacity": capacity, "registration_opens_at": OPENS,
        "registration_closes_at": CLOSES, "contact_email": "hello@example.eu", "languages": ["en"], "controller": "The hosts",
        "controller_contact": "data@example.eu",
    }  # fmt: skip
    return conferences.create_edition(series=series, actor=None, now=NOON, **(defaults | values))


def person(**values) -> User:
    number = next(_numbers)
    defaults = {"email": f"person{number}@example.eu", "first_name": f"First{number}", "last_name": f"Last{number}"}
    return User.objects.create_user(**(defaults | values))


def key(someone, *, name="", days=90, read_only=False, second_factor=True, now=None) -> str:
    """Make a key for programs and return its secret."""
    _key, secret = accounts.make_key(
        person=someone, name=name or f"Key {next(_numbers)}", read_only=read_only, days=days, second_factor=second_factor,
        now=now or timezone.now(),
    )  # fmt: skip
    return secret


def details(*, email=None, **values) -> registration.Details:
    number = next(_numbers)
    defaults = {
        "email": email or f"guest{number}@example.eu", "first_name": f"Guest{number}", "last_name": "Ålund",
        "stakeholder": Term.objects.filter(kind="stakeholder").first() or term(), "country": "BE", "mode": "on_site",
    }  # fmt: skip
    return registration.Details(**(defaults | values))


def token(row: Registration) -> str:
    claim = tokens.Claim(conference_id=row.conference_id, subject=row.pk, version=row.version)
    return tokens.issue(purpose="registration.confirm", claim=claim)


def registered(conference, *, now=NOON, **values) -> Registration:
    return registration.register(conference=conference, details=details(**values), now=now)


def confirmed(conference, *, now=NOON, **values) -> Registration:
    row = registered(conference, now=now, **values)
    return registration.confirm_address(conference=conference, token=token(row), now=now)


def profile(conference, *, offers=("a pilot line",), needs=("a buyer",), **values):
    row = confirmed(conference, **values)
    return matchmaking.write_profile(
        registration=row, about="We build.", offers=offers, needs=needs, ecosystems=[], visible=True, now=NOON
    )


def member(conference, role="owner", **values) -> User:
    someone = person(**values)
    conferences.give_role(conference=conference, person=someone, role=role, actor=None, now=NOON)
    return someone


def session(conference, slug="opening", *, start=None, minutes=60, **values):
    start = start or datetime(2030, 5, 7, 8, 0, tzinfo=UTC)
    defaults = {"title": f"Session {slug}", "abstract": "About it.", "format": "workshop"}
    return agenda.add_session(
        conference=conference,
        slug=slug,
        starts_at=start,
        ends_at=start + timedelta(minutes=minutes),
        **(defaults | values),
    )


def meeting_slots(conference, *, number=4, tables=10):
    start = datetime(2030, 5, 8, 7, 0, tzinfo=UTC)
    step = timedelta(minutes=20)
    matchmaking.set_slots(
        conference=conference, slots=[(start + step * n, start + step * (n + 1), tables, 0) for n in range(number)]
    )


def pdf_answer(words="nothing"):
    """Return an answer that is a file."""
    content = f"%PDF {words}".encode()
    return {
        "name": "scan.pdf", "media": "application/pdf", "size": len(content), "content": base64.b64encode(content).decode()
    }  # fmt: skip
