"""Organisations read from a table: what each row says, and what is wrong with it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from hemicycle.directory import regions, rules
from hemicycle.directory.enums import LANGUAGES, MemberType
from hemicycle.kit import countries
from hemicycle.kit.forms import CONTROL, CONTROL_BUT_LINES

LONGEST = {"name": 200, "city": 100, "website": 200, "domain": 253, "about": 4000}
MOST = {"members": 1_000_000, "staff": 10_000}
CODE = 2


@dataclass(frozen=True)
class Row:
    """A row of the file: its number (the head is 1), what was read, what is wrong, and what would happen."""

    number: int
    values: Mapping[str, Any]
    faults: tuple[str, ...] = field(default=())
    new: bool = True


def read(
    table: list[dict[str, str]],
    *,
    kinds: Collection[str],
    ecosystems: Collection[str],
    known: Collection[tuple[str, str]],
) -> list[Row]:
    """Return the rows; empty cells say nothing. `known` are (name in small letters, country) of what there is."""
    allowed = {
        "kind": set(kinds), "ecosystems": set(ecosystems), "languages": set(LANGUAGES), "member_types": set(MemberType.values)
    }  # fmt: skip
    seen: dict[tuple[str, str], int] = {}
    found = []
    for number, cells in enumerate(table, 2):
        country = country_of(cells.get("country", ""))
        values, faults = _values(cells, country=country, allowed=allowed)
        if not country:
            faults.append(_("“%(country)s” is not a country.") % {"country": cells.get("country", "")[:40]})
        key = (values.get("name", "").casefold(), country)
        if key in seen:
            faults.append(_("This organisation stands in row %(number)s already.") % {"number": seen[key]})
        seen.setdefault(key, number)
        found.append(Row(number, {**values, "country": country}, tuple(faults), key not in known))
    return found


def country_of(words: str) -> str:
    """Return the code of a country written as code or by its name, "" if there is none."""
    codes = {countries.name(code).casefold(): code for code, _name in countries.choices()}
    if len(words) == CODE:
        return words.upper() if words.upper() in codes.values() else ""
    return codes.get(words.casefold(), "")


def _values(
    cells: Mapping[str, str], *, country: str, allowed: Mapping[str, set[str]]
) -> tuple[dict[str, Any], list[str]]:
    values: dict[str, Any] = {}
    faults: list[str] = []
    for name in ("name", "city", "website", "domain", "about", "kind", "region"):
        if words := " ".join(cells.get(name, "").split()) if name != "about" else cells.get(name, ""):
            values[name] = words
    for name in ("languages", "ecosystems", "member_types"):
        if words := cells.get(name, ""):
            values[name] = [word.strip() for word in words.replace(";", ",").split(",") if word.strip()]
    for name, most in MOST.items():
        if words := cells.get(name, ""):
            values[name] = words.replace(",", ".")
            if not _number(values[name], whole=name == "members", most=most):
                faults.append(_("“%(words)s” is not a number that fits here.") % {"words": words[:40]})
    if not values.get("name"):
        faults.append(_("The name is missing."))
    for name, good in allowed.items():
        given = values.get(name, [])
        unknown = sorted(set(given if isinstance(given, list) else [given]) - good)
        faults += [
            _("“%(words)s” is not known for %(column)s.") % {"words": word[:40], "column": name} for word in unknown
        ]
    return values, faults + _text_faults(values, country=country)


def _text_faults(values: Mapping[str, Any], *, country: str) -> list[str]:
    faults = []
    if rules.region_fault(values.get("region", ""), country=country, known=regions.names()):
        faults.append(_("“%(code)s” is no region of NUTS 2024 in this country.") % {"code": values["region"][:40]})
    if rules.domain_fault(values.get("domain", "")):
        faults.append(_("“%(domain)s” is no mail domain of its own.") % {"domain": values["domain"][:80]})
    try:
        URLValidator(schemes=["http", "https"])(values.get("website", "https://example.eu"))
    except ValidationError:
        faults.append(_("“%(address)s” is not a web address.") % {"address": values["website"][:80]})
    for name, longest in LONGEST.items():
        words, signs = values.get(name, ""), CONTROL_BUT_LINES if name == "about" else CONTROL
        if len(words) > longest or signs.search(words):
            faults.append(_("“%(words)s” is too long or has signs that cannot stand here.") % {"words": words[:40]})
    return faults


def _number(words: str, *, whole: bool, most: int) -> bool:
    try:
        number = Decimal(words)
    except InvalidOperation:
        return False
    return number.is_finite() and 0 <= number <= most and (not whole or number == number.to_integral_value())
