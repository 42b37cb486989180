"""Dated facts read from a table: whose each is, from when to when, and what is wrong with it."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hemicycle.directory.enums import FactKind
from hemicycle.directory.formats.imports import Row, country_of
from hemicycle.kit.forms import CONTROL, CONTROL_BUT_LINES

NEEDED = frozenset({"organisation", "country", "kind", "title", "valid_from"})
LONGEST = {"title": 200, "source": 300, "note": 4000}
NO = frozenset({"no", "false", "0"})
DAY = len("2024-05-06")


def read(table: list[dict[str, str]], *, organisations: Collection[tuple[str, str]]) -> list[Row]:
    """Return the rows; `organisations` are (name in small letters, country) that a fact may belong to."""
    seen: dict[tuple[Any, ...], int] = {}
    found = []
    for number, cells in enumerate(table, 2):
        values, faults = _values(cells)
        if (values["organisation"].casefold(), values["country"]) not in organisations:
            faults.append(
                _("There is no organisation “%(name)s” in this country.") % {"name": values["organisation"][:60]}
            )
        key = tuple(values[name] for name in ("organisation", "country", "kind", "title", "valid_from"))
        if key in seen:
            faults.append(_("This fact stands in row %(number)s already.") % {"number": seen[key]})
        seen.setdefault(key, number)
        found.append(Row(number, values, tuple(faults)))
    return found


def _values(cells: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    faults = []
    values: dict[str, Any] = {name: cells.get(name, "") for name in ("organisation", "kind", *LONGEST)}
    values["country"] = country_of(cells.get("country", ""))
    values["confirmed"] = cells.get("confirmed", "").casefold() not in NO
    if values["kind"] not in FactKind.values:
        faults.append(_("“%(words)s” is not known for %(column)s.") % {"words": values["kind"][:40], "column": "kind"})
    if not values["title"]:
        faults.append(_("The title is missing."))
    for name in ("valid_from", "valid_until"):
        words = cells.get(name, "")
        values[name] = _day(words)
        if values[name] is None and (words or name == "valid_from"):
            faults.append(_("“%(words)s” is not a day; write it as 2024-05-31.") % {"words": words[:40]})
    if values["valid_from"] and values["valid_until"] and values["valid_until"] < values["valid_from"]:
        faults.append(_("It ends before it begins."))
    for name, longest in LONGEST.items():
        signs = CONTROL_BUT_LINES if name == "note" else CONTROL
        if len(values[name]) > longest or signs.search(values[name]):
            faults.append(
                _("“%(words)s” is too long or has signs that cannot stand here.") % {"words": values[name][:40]}
            )
    return values, faults


def _day(words: str) -> str | None:
    """Return a day as ISO 8601 says it; a spreadsheet's day comes with a midnight."""
    try:
        return date.fromisoformat(words[:DAY]).isoformat()
    except ValueError:
        return None
