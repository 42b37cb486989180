"""Registrations from the exports of other tools: whose columns they are, and what is wrong with each row.

pretix: order list "attendees" (CSV/XLSX); Indico: registrants' export; b2match: participants' export; own: our export.
A dry run reads everything and writes nothing; the import itself is all or nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from hemicycle.kit import countries
from hemicycle.kit.forms import CONTROL

SOURCES: dict[str, dict[str, tuple[str, ...]]] = {
    "own": {
        "first_name": ("first_name",), "last_name": ("last_name",), "email": ("email",), "organisation": ("organisation",),
        "job_title": ("job_title",), "country": ("country",), "category": ("category",),
    },
    "pretix": {
        "first_name": ("Attendee name: Given name",), "last_name": ("Attendee name: Family name",),
        "name": ("Attendee name",), "email": ("Attendee email", "E-mail"), "organisation": ("Company",),
        "country": ("Country",), "category": ("Product",),
    },
    "indico": {
        "first_name": ("First Name",), "last_name": ("Last Name",), "name": ("Name",), "email": ("Email Address", "Email"),
        "organisation": ("Affiliation",), "job_title": ("Position",), "country": ("Country",),
    },
    "b2match": {
        "first_name": ("First name",), "last_name": ("Last name",), "email": ("Email",),
        "organisation": ("Organization name", "Organization"), "job_title": ("Position", "Job title"),
        "country": ("Country",), "category": ("Participant type",),
    },
}  # fmt: skip
CODE = 2
LONGEST = {"first_name": 100, "last_name": 100, "organisation": 200, "job_title": 150}


@dataclass(frozen=True)
class Row:
    """A row of the file: its number (the head is 1), what was read, and what is wrong with it."""

    number: int
    values: Mapping[str, str]
    faults: tuple[str, ...] = field(default=())


def source_of(columns: set[str]) -> str:
    """Return the tool whose export has these columns, by most columns known; "" when names or addresses are missing."""
    best = max(
        SOURCES, key=lambda name: sum(any(word in columns for word in words) for words in SOURCES[name].values())
    )
    known = {key for key, words in SOURCES[best].items() if any(word in columns for word in words)}
    return best if "email" in known and known & {"first_name", "name"} else ""


def read(table: list[dict[str, str]], *, source: str, default_country: str) -> list[Row]:
    """Return the rows with their faults; addresses that stand there twice are a fault of the second one."""
    names = {countries.name(code).casefold(): code for code, _name in countries.choices()}
    seen: dict[str, int] = {}
    found = []
    for number, cells in enumerate(table, 2):
        values = {
            key: next((cells[word] for word in words if cells.get(word)), "") for key, words in SOURCES[source].items()
        }
        if values.pop("name", "") and not values["first_name"]:
            whole = next(cells[word] for word in SOURCES[source]["name"] if cells.get(word))
            values["first_name"], _space, values["last_name"] = whole.partition(" ")
        values["email"] = values["email"].lower()
        word = values.get("country", "")
        values["country"] = (
            word.upper() if len(word) == CODE else names.get(word.casefold(), "" if word else default_country)
        )
        faults = _faults(values, word)
        if values["email"] in seen:
            faults.append(_("The address stands in row %(number)s already.") % {"number": seen[values["email"]]})
        seen.setdefault(values["email"], number)
        found.append(Row(number, values, tuple(faults)))
    return found


def _faults(values: Mapping[str, str], country: str) -> list[str]:
    faults = []
    if not values["first_name"] and not values["last_name"]:
        faults.append(_("The name is missing."))
    try:
        validate_email(values["email"])
    except ValidationError:
        faults.append(_("“%(email)s” is not an email address.") % {"email": values["email"][:80]})
    if values["country"] not in {code for code, _name in countries.choices()}:
        faults.append(_("“%(country)s” is not a country.") % {"country": country[:40]})
    for key, longest in LONGEST.items():
        if len(values.get(key, "")) > longest or CONTROL.search(values.get(key, "")):
            faults.append(
                _("“%(words)s” is too long or has signs that cannot stand here.") % {"words": values[key][:40]}
            )
    return faults
