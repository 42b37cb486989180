"""From rows to printed papers: badges, tickets, certificates, letters and lists, set by Typst."""

import io
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from hemicycle.conferences.models import Conference
from hemicycle.door import queries
from hemicycle.door.models import Certificate
from hemicycle.files.typesetting import typeset
from hemicycle.kit import countries
from hemicycle.kit.i18n import LANGUAGES, speaking
from hemicycle.registration.letters import dates
from hemicycle.registration.models import Registration

TONES = ("#1f49d6", "#0b6b46", "#8a4b00", "#6b2fa0", "#b3152c", "#00616b", "#44506b", "#7a1f5c")
LAYOUTS = {"badges_a6": "a6", "badges_a5": "a5"}


@cache
def _template(name: str) -> str:
    return (Path(__file__).parent / "papers" / f"{name}.typ").read_text("utf-8")


def _qr(text: str) -> bytes:
    picture = io.BytesIO()
    segno.make(text, error="m").save(picture, kind="svg", xmldecl=False, nl=False, scale=1, border=2)
    return picture.getvalue()


def _head(conference: Conference, title: str) -> dict[str, Any]:
    """Return what every paper says of its edition, in the language that is spoken now."""
    venue = getattr(conference, "venue", None)
    return {
        "title": title,
        "language": (get_language() or "en")[:2],
        "conference": str(conference.name),
        "theme": str(conference.theme),
        "short": conference.short_name,
        "when": dates(conference),
        "place": ", ".join(filter(None, [venue.name if venue else "", conference.city])),
        "controller": conference.controller,
        "contact": conference.contact_email,
        "brand": conference.brand,
    }


def _person(registration: Registration) -> dict[str, Any]:
    person = registration.person
    return {
        "name": person.name,
        "size": _size(person.name),
        "job": registration.job_title,
        "organisation": str(registration.organisation or ""),
        "country": countries.name(registration.country) if registration.country else "",
        "kind": str(registration.stakeholder),
        "tone": TONES[queries.tone(registration)],
        "code": registration.code,
        "language": LANGUAGES.get(person.language, person.language),
    }


def _size(name: str) -> int:
    """Return a type size in points at which the longest word of a name and the whole name fit a badge."""
    longest = max((len(word) for word in name.split()), default=1)
    return max(13, min(30, 330 // max(longest, 1), 760 // max(len(name), 1)))


def badges(
    rows: Iterable[Registration], *, conference: Conference, kind: str, told: Callable[[int], None] = lambda _: None
) -> bytes:
    """Return a PDF with a badge on each page; `told` hears how many are prepared."""
    people, files = [], {}
    for number, row in enumerate(rows):
        picture = f"{number}.svg"
        files[picture] = _qr(queries.ticket_text(registration=row, conference=conference))
        people.append(_person(row) | {"qr": picture})
        told(number + 1)
    data = _head(conference, gettext("Badges")) | {
        "layout": LAYOUTS[kind], "people": people, "fold": gettext("fold here"), "qr": gettext("ticket code"),
    }  # fmt: skip
    return typeset(_template("badges"), data=data, files=files)


def ticket(*, registration: Registration, conference: Conference) -> bytes:
    """Return somebody's ticket as a page to print."""
    data = _head(conference, gettext("Ticket")) | _person(registration)
    data |= {
        "language": (get_language() or "en")[:2],
        "hint": gettext("Show the code at the door."),
        "qr": gettext("ticket code"),
    }
    files = {"qr.svg": _qr(queries.ticket_text(registration=registration, conference=conference))}
    return typeset(_template("ticket"), data=data, files=files)


def verification_address(*, certificate: Certificate, conference: Conference) -> str:
    """Return the public address where a certificate is checked."""
    return settings.BASE_URL + reverse("door:verify", args=[conference.slug, certificate.code])


def certificate(*, certificate: Certificate, registration: Registration, conference: Conference) -> bytes:
    """Return a certificate of attendance in the person's language."""
    with speaking(registration.person.language):
        address = verification_address(certificate=certificate, conference=conference)
        data = _head(conference, gettext("Certificate of attendance")) | {
            "name": registration.person.name,
            "organisation": str(registration.organisation or ""),
            "attended": gettext("took part in"),
            "certifies": gettext("This is to certify that"),
            "issued": gettext("Issued on %(day)s") % {"day": _day(conference.local(certificate.issued_at))},
            "check": gettext("Check this certificate at"),
            "address": address,
            "code": certificate.code,
            "qr": gettext("address of the check"),
        }
        return typeset(_template("certificate"), data=data, files={"qr.svg": _qr(address)})


def invitation(
    *, registration: Registration, conference: Conference, nationality: str, born_on: date | None, passport: str,
    address: str, today: datetime,
) -> bytes:  # fmt: skip
    """Return an invitation letter for a visa; the consulate's facts are printed as they were typed."""
    facts = [
        (gettext("Name"), registration.person.name),
        (gettext("Date of birth"), date_format(born_on, "DATE_FORMAT") if born_on else ""),
        (gettext("Nationality"), countries.name(nationality)),
        (gettext("Passport number"), passport),
        (gettext("Organisation"), str(registration.organisation or "")),
        (gettext("Function"), registration.job_title),
    ]
    data = _head(conference, gettext("Letter of invitation")) | {
        "to": address.splitlines() or [gettext("To whom it may concern")],
        "day": _day(conference.local(today)),
        "facts": [[label, value] for label, value in facts if value],
        "paragraphs": [
            gettext("We confirm that the person named below has a confirmed place at our conference and invite them to take part."),
            gettext("Please help them to travel in time. Travel and accommodation are at their own charge."),
        ],
        "question": gettext("Questions are answered at %(address)s.") % {"address": conference.contact_email},
        "reference": gettext("Reference %(code)s") % {"code": registration.code},
        "close": gettext("Yours faithfully,"),
    }  # fmt: skip
    return typeset(_template("invitation"), data=data)


def booklet(
    rows: Iterable[Registration], *, conference: Conference, told: Callable[[int], None] = lambda _: None
) -> bytes:
    """Return the participants' booklet: those who agreed to be on the list, in order of names."""
    people = []
    for number, row in enumerate(rows):
        people.append(_person(row))
        told(number + 1)
    note = gettext("Everybody here agreed to be on this list. It is for the people of this conference only.")
    data = _head(conference, gettext("Who is here")) | {"people": people, "note": note}
    return typeset(_template("booklet"), data=data)


def guard_list(rows: Iterable[Registration], *, conference: Conference, now: datetime) -> bytes:
    """Return the list for the house's guard: name and organisation, no more."""
    people = [[row.person.name, str(row.organisation or "")] for row in rows]
    data = _head(conference, gettext("Guard list")) | {
        "people": people, "columns": [gettext("Name"), gettext("Organisation")],
        "as_of": gettext("As of %(instant)s") % {"instant": date_format(conference.local(now), "DATETIME_FORMAT")},
    }  # fmt: skip
    return typeset(_template("guard"), data=data)


def _day(instant: datetime) -> str:
    return date_format(instant, "DATE_FORMAT")
