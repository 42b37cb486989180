"""The demo's participants: registered, confirmed, and matched through the operations."""

from datetime import UTC, date, datetime, timedelta

from hemicycle.conferences.models import Conference, Term
from hemicycle.demo import crowd
from hemicycle.directory import operations as directory
from hemicycle.directory.models import Organisation
from hemicycle.kit import tokens
from hemicycle.matchmaking import operations as matchmaking
from hemicycle.matchmaking.models import Profile
from hemicycle.registration import operations as registration
from hemicycle.registration.models import Registration

FIRST = datetime(2024, 2, 12, 9, 0, tzinfo=UTC)
STEP = timedelta(minutes=128)
PARTICIPANT = crowd.Guest(
    "Marta", "Lindqvist", "participant@demo.hemicycle.example", "SE", "Göteborg", "Nordic CleanTech Cluster", "cluster-org",
    "renewable-energy", "Cluster manager",
)  # fmt: skip
PARTNER = crowd.Guest(
    "Tomasz", "Zieliński", "partner@demo.hemicycle.example", "PL", "Gdańsk", "Pomerania Offshore Wind Network", "cluster-org",
    "renewable-energy", "Head of international affairs",
)  # fmt: skip


def enter(conference: Conference) -> None:
    """Register everybody, write profiles, and ask for meetings."""
    people = crowd.guests()
    people[0], people[1] = PARTICIPANT, PARTNER
    terms = {(term.kind, term.key): term for term in Term.objects.all()}
    rows = [_register(conference, guest, number, terms) for number, guest in enumerate(people)]
    profiles = [_profile(row, guest, number, terms) for number, (row, guest) in enumerate(zip(rows, people, strict=True)) if number < crowd.IN_MATCHMAKING]
    _meetings(people[: crowd.IN_MATCHMAKING], profiles)


def _organisation(guest: crowd.Guest, number: int, terms: dict[tuple[str, str], Term]) -> Organisation:
    before = Organisation.objects.count()
    found = directory.organisation_for(
        name=guest.organisation,
        country=guest.country,
        city=guest.city,
        kind=terms["stakeholder", guest.kind],
        website=f"https://{crowd.ascii_of(guest.organisation)}.example",
        ecosystems=[terms["ecosystem", guest.sector]],
    )
    if Organisation.objects.count() > before:
        _facts(found, guest, number)
    return found


def _facts(organisation: Organisation, guest: crowd.Guest, number: int) -> None:
    """Give some organisations a grant or label: running, ended, or beginning after the side event."""
    spans = ((date(2022, 9, 1), date(2025, 2, 28)), (date(2021, 2, 1), date(2024, 3, 31)), (date(2024, 9, 1), date(2027, 8, 31)))
    if guest is PARTICIPANT or guest.kind == "partnership" or number % 13 == 5:
        start, end = spans[0] if guest is PARTICIPANT else spans[number % 3]
        directory.add_fact(organisation=organisation, kind="partnership", title="Eurocluster grant (sample)", valid_from=start, valid_until=end)
    if guest.kind in ("national-association", "network"):
        directory.add_fact(
            organisation=organisation, kind="association", title="National association (sample)", valid_from=date(2015, 1, 1), valid_until=None
        )


def _register(conference: Conference, guest: crowd.Guest, number: int, terms: dict[tuple[str, str], Term]) -> Registration:
    at = FIRST + STEP * number
    details = registration.Details(
        email=guest.email,
        first_name=guest.first_name,
        last_name=guest.last_name,
        stakeholder=terms["stakeholder", guest.kind],
        country=guest.country,
        mode="on_site",
        organisation=_organisation(guest, number, terms),
        job_title=guest.job_title,
        consents=("list", "matchmaking") if number < crowd.IN_MATCHMAKING else ("list",) if number % 3 else (),
    )
    row = registration.register(conference=conference, details=details, now=at)
    claim = tokens.Claim(conference_id=conference.pk, subject=row.pk, version=row.version)
    token = tokens.issue(purpose="registration.confirm", claim=claim)
    return registration.confirm_address(conference=conference, token=token, now=at + timedelta(minutes=7))


def _profile(row: Registration, guest: crowd.Guest, number: int, terms: dict[tuple[str, str], Term]) -> Profile:
    offers, needs = crowd.lines(guest, number)
    sector = terms["ecosystem", guest.sector]
    return matchmaking.write_profile(
        registration=row,
        about=f"{guest.organisation} brings firms, research and authorities of {guest.city} together and looks for partners abroad.",
        offers=offers,
        needs=needs,
        ecosystems=[sector],
        visible=True,
        now=datetime(2024, 3, 20, 9, 0, tzinfo=UTC) + timedelta(minutes=number),
    )


def _meetings(people: list[crowd.Guest], profiles: list[Profile]) -> None:
    """Ask and answer; the two people of the demo have not found each other yet."""
    for number, wish in enumerate(crowd.wishes(people)):
        sender, receiver = profiles[wish.sender], profiles[wish.receiver]
        at = datetime(2024, 3, 25, 9, 0, tzinfo=UTC) + timedelta(minutes=30 * number)
        row = matchmaking.ask(sender=sender, receiver=receiver, message=wish.message, now=at)
        if wish.answer != "wait":
            matchmaking.answer(meeting_request=row, yes=wish.answer == "accept", now=at + timedelta(hours=5))
    start = datetime(2024, 5, 8, 7, 0, tzinfo=UTC)
    step = timedelta(minutes=20)
    morning = [(start + step * n, start + step * (n + 1), 60, 0) for n in range(11)]
    noon = start + timedelta(hours=5)
    matchmaking.set_slots(conference=profiles[0].conference, slots=morning + [(noon + step * n, noon + step * (n + 1), 60, 1) for n in range(9)])

