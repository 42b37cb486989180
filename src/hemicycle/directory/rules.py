"""Pure decisions about organisations: values in, values out."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from urllib.parse import urlsplit

from hemicycle.directory.enums import Check
from hemicycle.directory.hosts import PUBLIC_MAIL, SHARED_SITES

LEAST_STAFF, LEAST_MEMBERS, LEAST_TYPES = 0.5, 15, 2
CHECKED_KINDS = frozenset({"cluster-org"})
REGION = re.compile(r"[A-Z]{2}[0-9A-Z]{1,3}")
HOST = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
PREFIXES = {"GR": "EL", "GB": "UK"}
LEGAL_FORMS = frozenset(
    "ab ag ae aisbl aps as asbl asso association bv bvba cic doo dooel eeig eood ev eg fondation gie ggmbh gmbh inc kft kg kb lda llc "  # noqa: SIM905
    "llp ltd mbh mtu nv oe oo ood oy oyj plc sa sas sarl scarl scrl sia sl sp spa sprl srl sro stiftung uab vof vzw zrt zoo".split()
)


@dataclass(frozen=True)
class Profile:
    """What an organisation says about itself, as far as completeness and checks read it."""

    kind: str = ""
    region: str = ""
    website: str = ""
    about: str = ""
    staff: float | None = None
    members: int | None = None
    member_types: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    ecosystems: int = 0
    managers: int = 0


@dataclass(frozen=True)
class Item:
    """One line of the friendly list: what it is, whether it is done, or why it need not be."""

    key: str
    done: bool
    waiver: str = ""

    @property
    def met(self) -> bool:
        """Whether nothing is missing here."""
        return self.done or bool(self.waiver)


@dataclass(frozen=True)
class Known:
    """An organisation as far as it may be another one's double."""

    key: int
    name: str
    country: str
    website: str = ""
    domain: str = ""


@dataclass(frozen=True)
class Pair:
    """Two records that may be one organisation, and why: "name", "host" or both."""

    one: int
    other: int
    reasons: tuple[str, ...]


def holds(*, valid_from: date, valid_until: date | None, on: date) -> bool:
    """Say whether a fact is true on a day; both ends are included."""
    return valid_from <= on and (valid_until is None or on <= valid_until)


def checks(profile: Profile, *, waivers: dict[str, str]) -> list[Item]:
    """Return the checks of the European Cluster Collaboration Platform; other kinds of organisations have none."""
    if profile.kind not in CHECKED_KINDS:
        return []
    done = {
        Check.STAFF: (profile.staff or 0) >= LEAST_STAFF,
        Check.MEMBERS: (profile.members or 0) >= LEAST_MEMBERS,
        Check.TYPES: len(set(profile.member_types)) >= LEAST_TYPES,
        Check.SITE: bool(profile.website) and "en" in profile.languages,
    }
    return [Item(check.value, met, waivers.get(check.value, "")) for check, met in done.items()]


def completeness(profile: Profile) -> list[Item]:
    """Return what makes a profile complete, in the order in which people fill it."""
    return [
        Item("kind", bool(profile.kind)),
        Item("about", bool(profile.about)),
        Item("region", bool(profile.region)),
        Item("ecosystems", profile.ecosystems > 0),
        Item("website", bool(profile.website)),
        Item("managers", profile.managers > 0),
    ]


def percent(items: Sequence[Item]) -> int:
    """Return how much of a list is met, as a whole percentage; an empty list is complete."""
    return round(100 * sum(item.met for item in items) / len(items)) if items else 100


def region_fault(code: str, *, country: str, known: Collection[str]) -> str:
    """Say what is wrong with a region's code: "" (nothing), "shape", "country" or "unknown"."""
    if not code:
        return ""
    if not REGION.fullmatch(code):
        return "shape"
    if code[:2] != PREFIXES.get(country, country):
        return "country"
    return "" if code in known else "unknown"


def domain_fault(domain: str) -> str:
    """Say what is wrong with a mail domain: "" (nothing), "shape", or "public" when anybody can have an address there."""
    if not domain:
        return ""
    if not HOST.fullmatch(domain):
        return "shape"
    return "public" if domain in PUBLIC_MAIL else ""


def joins_by_domain(*, address: str, confirmed: bool, domain: str) -> bool:
    """Say whether an address lets its person ask to join: confirmed, and of the organisation's own mail domain."""
    host = address.rpartition("@")[2].lower()
    return confirmed and bool(host) and host == domain.lower() and not domain_fault(host)


def plain_name(name: str) -> str:
    """Return a name as it is compared: without accents, signs, legal forms and the article in front."""
    letters = unicodedata.normalize("NFKD", name.casefold().replace("&", " and "))
    latin = "".join(letter for letter in letters if not unicodedata.combining(letter))
    words = re.sub(r"[^\w]+", " ", re.sub(r"[.'’]", "", latin)).split()
    kept = [word for word in words if word not in LEGAL_FORMS and word != "the"]
    return "".join(kept or words)


def site_host(website: str) -> str:
    """Return the host of a website without www; "" for sites that many share."""
    host = (urlsplit(website).hostname or "").removeprefix("www.")
    return "" if any(host == shared or host.endswith(f".{shared}") for shared in SHARED_SITES) else host


def doubles(known: Sequence[Known]) -> list[Pair]:
    """Return pairs that may be one organisation: same country and the same plain name, website or mail domain."""
    groups: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for row in known:
        if name := plain_name(row.name):
            groups[row.country, "name", name].append(row.key)
        for host in {site_host(row.website), row.domain} - {""}:
            groups[row.country, "host", host].append(row.key)
    found: dict[tuple[int, int], set[str]] = defaultdict(set)
    for (_country, reason, _words), keys in groups.items():
        for one, other in pairwise(sorted(keys)):
            found[one, other].add(reason)
    pairs = [Pair(one, other, tuple(sorted(reasons, reverse=True))) for (one, other), reasons in found.items()]
    return sorted(pairs, key=lambda pair: (-len(pair.reasons), pair.one, pair.other))
