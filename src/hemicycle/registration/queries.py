"""Every read about places and seats."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils.formats import date_format
from django.utils.translation import gettext

from hemicycle.conferences.models import Conference
from hemicycle.directory.models import Organisation
from hemicycle.directory.queries import facts_of
from hemicycle.kit import countries
from hemicycle.kit.i18n import text
from hemicycle.registration import questionnaire, rules
from hemicycle.registration.enums import (
    HOLDS_PLACE,
    ON_SITE_MODES,
    PLACE,
    SEAT_ENDED,
    QuestionKind,
    SeatStatus,
    SideKind,
    Status,
)
from hemicycle.registration.models import (
    Category,
    Consent,
    Invitation,
    Question,
    Registration,
    SavedView,
    Seat,
    SeatInvitation,
    SideEvent,
    Tally,
)


def registration_of(*, conference: Conference, person: Any) -> Registration | None:
    """Return a person's registration in an edition with what pages show of it, or None.

    It is read once for each person object, which lives as long as the request.
    """
    if not getattr(person, "is_authenticated", False):
        return None
    known: dict[int, Registration | None] = person.__dict__.setdefault("_registrations", {})
    if conference.pk not in known:
        rows = Registration.objects.select_related("person", "organisation", "stakeholder", "category")
        known[conference.pk] = rows.filter(conference=conference, person=person).first()
    return known[conference.pk]


def registrations_of(*, person: Any) -> list[Registration]:
    """Return a person's registrations over all editions, latest edition first."""
    rows = Registration._base_manager.filter(person=person)  # noqa: SLF001 - a person's own, over all editions
    return list(rows.select_related("conference").order_by("-conference__year"))


def by_feed_key(*, conference: Conference, key: str) -> Registration | None:
    """Return the registration behind a private calendar address, or None."""
    return Registration.objects.select_related("person").filter(conference=conference, feed_key=key).first()


def places_left(*, conference: Conference) -> int:
    """Return how many places on site no registration holds; forms that are being filled in are not counted here."""
    rows = Registration.objects.filter(conference=conference, status__in=HOLDS_PLACE, mode__in=ON_SITE_MODES)
    return max(0, conference.capacity - rows.count())


def consents_of(*, registration: Registration) -> dict[str, Consent]:
    """Return the consents that are given now, by kind."""
    return {consent.kind: consent for consent in registration.consents.filter(withdrawn_at__isnull=True)}


@dataclass(frozen=True)
class Filter:
    """What was typed and chosen over the organiser's list."""

    search: str = ""
    status: str = ""
    kind: str = ""
    country: str = ""
    category: str = ""
    mode: str = ""


def listed(*, conference: Conference, chosen: Filter | None = None) -> QuerySet[Registration]:
    """Return the organiser's list, latest first, by what was typed and chosen."""
    chosen = chosen or Filter()
    rows: QuerySet[Registration] = Registration.objects.select_related(
        "person", "organisation", "stakeholder", "category", "group"
    ).filter(conference=conference)
    for word in chosen.search.split()[:5]:
        rows = rows.filter(
            Q(person__first_name__icontains=word)
            | Q(person__last_name__icontains=word)
            | Q(person__email__icontains=word)
            | Q(organisation__name__icontains=word)
            | Q(code__iexact=word)
        )
    exact = {
        "status": chosen.status, "stakeholder__key": chosen.kind, "country": chosen.country,
        "category__slug": chosen.category, "mode": chosen.mode,
    }  # fmt: skip
    return rows.filter(**{path: value for path, value in exact.items() if value}).order_by("-created_order")


def saved_views(*, conference: Conference) -> list[SavedView]:
    """Return the filters the team keeps."""
    return list(SavedView.objects.filter(conference=conference))


def invitations(*, conference: Conference, limit: int = 200) -> list[Invitation]:
    """Return the invitations and codes, latest first."""
    return list(Invitation.objects.filter(conference=conference).select_related("category")[:limit])


def by_day(*, conference: Conference) -> list[tuple[date, int, int]]:
    """Return for each day with arrivals: the day in the edition's zone, how many came, and how many in all by then."""
    rows = Registration.objects.filter(conference=conference).annotate(
        day=TruncDate("submitted_at", tzinfo=conference.zone)
    )
    found, total = [], 0
    for day, number in rows.order_by("day").values_list("day").annotate(number=Count("id")):
        total += number
        found.append((day, number, total))
    return found


def funnel(*, conference: Conference) -> dict[str, int]:
    """Return how many registered, confirmed their address, have a place, and came."""
    rows = Registration.objects.filter(conference=conference)
    return rows.aggregate(
        registered=Count("id"),
        proven=Count(
            "id", filter=Q(confirmed_at__isnull=False) | Q(waiting_since__isnull=False) | Q(approved_at__isnull=False)
        ),
        placed=Count("id", filter=Q(status__in=PLACE)),
        came=Count("id", filter=Q(status=Status.CHECKED_IN)),
    )


@dataclass(frozen=True)
class Figures:
    """What the desk shows: by status; places left on site; by country and by kind of those who hold a place."""

    statuses: dict[str, int]
    left: int
    countries: list[tuple[str, int]]
    kinds: list[tuple[str, int]]


def figures(*, conference: Conference) -> Figures:
    """Count an edition's registrations in two queries: those that are kept, and the tally of those that are not."""
    rows = Registration.objects.filter(conference=conference).order_by()
    fields = ("status", "mode", "country", "stakeholder__label")
    groups = [
        *rows.values_list(*fields).annotate(number=Count("id")),
        *Tally.objects.filter(conference=conference).values_list(*fields, "number"),
    ]
    statuses: Counter[str] = Counter()
    countries: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    taken = 0
    for status, mode, country, kind, number in groups:
        statuses[status] += number
        if status in HOLDS_PLACE:
            taken += number if mode in ON_SITE_MODES else 0
            countries[country] += number
            kinds[str(kind)] += number
    return Figures(
        statuses=dict(statuses),
        left=max(0, conference.capacity - taken),
        countries=countries.most_common(),
        kinds=kinds.most_common(),
    )


def counts(*, conference: Conference) -> dict[str, int]:
    """Return how many registrations stand in each status."""
    rows = (
        Registration.objects.filter(conference=conference).values_list("status").annotate(number=Count("id")).order_by()
    )
    return {str(Status(status)): number for status, number in rows}


@dataclass(frozen=True)
class SideEventRow:
    """A side event with how full it is and, for a participant, their seat or why not."""

    event: SideEvent
    taken: int
    seat: Seat | None = None
    reasons: tuple[rules.Reason, ...] = ()
    clash: SideEvent | None = None
    invited: bool = False

    @property
    def left(self) -> int:
        """Seats nobody holds."""
        return max(0, self.event.capacity - self.taken)


def _asked(registration: Registration | None) -> Any:
    email = registration.person.email if registration else ""
    return Exists(SeatInvitation.objects.filter(side_event=OuterRef("pk"), email=email))


def _which(*, kind: str, session: str, only: str) -> dict[str, str]:
    if only:
        return {"slug": only}
    return {"session_slug": session} if session else {"kind": kind}


def side_events(
    *, conference: Conference, registration: Registration | None = None, kind: str = SideKind.SIDE_EVENT,
    session: str = "", only: str = "",
) -> list[SideEventRow]:  # fmt: skip
    """Return the side events in order of time, seen by a participant or by a visitor; those of a session, or one."""
    events = list(
        SideEvent.objects.filter(conference=conference, **_which(kind=kind, session=session, only=only))
        .select_related("room")
        .annotate(taken=Count("seats", filter=Q(seats__status=SeatStatus.CONFIRMED)), asked=_asked(registration))
    )
    for event in events:
        event.conference = conference
    if registration is None:
        return [SideEventRow(event=event, taken=event.taken) for event in events]
    facts = _dated(registration)
    mine = {seat.side_event_id: seat for seat in seats_of(registration=registration)}
    rows = []
    for event in events:
        clash = next(
            (
                seat.side_event
                for seat in mine.values()
                if seat.side_event_id != event.pk and _same_time(seat.side_event, event)
            ),
            None,
        )
        rows.append(
            SideEventRow(
                event=event,
                taken=event.taken,
                seat=mine.get(event.pk),
                reasons=() if event.asked else _missing(event, registration, facts),
                clash=clash,
                invited=event.asked,
            )
        )
    return rows


def side_event(*, conference: Conference, slug: str) -> SideEvent | None:
    """Return a side event of the edition, or None."""
    return SideEvent.objects.filter(conference=conference, slug=slug).select_related("room").first()


def seats_of(*, registration: Registration) -> list[Seat]:
    """Return the seats and turns a person holds, by time."""
    rows = Seat.objects.filter(registration=registration).exclude(status__in=SEAT_ENDED)
    return list(rows.select_related("side_event__room", "registration").order_by("side_event__starts_at"))


def _dated(registration: Registration) -> list[rules.DatedFact]:
    return [
        rules.DatedFact(kind=fact.kind, valid_from=fact.valid_from, valid_until=fact.valid_until)
        for fact in facts_of(organisation=registration.organisation)
    ]


def _missing(event: SideEvent, registration: Registration, facts: list[rules.DatedFact]) -> tuple[rules.Reason, ...]:
    if event.invitation_only:
        return (rules.Reason(rules.Missing.INVITATION, ""),)
    return rules.not_eligible(
        event.audience,
        facts=facts,
        stakeholder=registration.stakeholder.key,
        on=event.starts_at.astimezone(event.conference.zone).date(),
    )


def is_invited(*, registration: Registration, side_event: SideEvent) -> bool:
    """Say whether the host invited this person's confirmed address."""
    return SeatInvitation.objects.filter(side_event=side_event, email=registration.person.email).exists()


def why_not(*, registration: Registration, side_event: SideEvent) -> tuple[rules.Reason, ...]:
    """Return what a person misses for a side event's audience, on the event's day; nothing means welcome."""
    if is_invited(registration=registration, side_event=side_event):
        return ()
    return _missing(side_event, registration, _dated(registration))


def _same_time(a: SideEvent, b: SideEvent) -> bool:
    return rules.overlap(a=(a.starts_at, a.ends_at), b=(b.starts_at, b.ends_at))


def clashing(*, registration: Registration, side_event: SideEvent) -> list[Seat]:
    """Return a person's seats at other side events of the same time."""
    return [
        seat
        for seat in seats_of(registration=registration)
        if seat.side_event_id != side_event.pk and _same_time(seat.side_event, side_event)
    ]


def categories(*, conference: Conference, code: str = "") -> list[Category]:
    """Return the ways of coming that are offered; those by invitation only to whoever brings a code."""
    rows = Category.objects.filter(conference=conference).prefetch_related("stakeholders")
    return [row for row in rows if code or not row.invitation_only]


def brought_by(*, conference: Conference, person: Any, organisation: Organisation) -> list[Registration]:
    """Return the people of an organisation whom somebody registered, latest first."""
    rows = Registration.objects.filter(conference=conference, group__contact=person, organisation=organisation)
    return list(rows.select_related("person").order_by("-created_order"))


def open_questions(*, conference: Conference) -> tuple[list[Question], frozenset[str]]:
    """Return the questions that anybody may be asked, and the ways of coming that are open to anybody.

    What is asked only of who comes by invitation, or only after such a question, is not among them.
    """
    ways = frozenset(row.slug for row in categories(conference=conference))
    found: list[Question] = []
    for row in questionnaire.questions(conference=conference):
        own = {item.slug for item in row.categories.all()}
        if (not own or own & ways) and (row.depends_on is None or row.depends_on.pk in {item.pk for item in found}):
            found.append(row)
    return found, ways


def has_invitations(*, conference: Conference) -> bool:
    """Say whether the form asks for a code."""
    return Invitation.objects.filter(conference=conference).exists()


def said(
    *, conference: Conference, answers: Mapping[str, Any], category: Category | None
) -> list[tuple[Question, str]]:
    """Return the questions that were asked with the answers in words."""
    found = questionnaire.asked(questionnaire.questions(conference=conference), answers, category=category)
    return [(question, in_words(question, answers[question.key])) for question in found if question.key in answers]


def in_words(question: Question, value: Any) -> str:
    """Return an answer as people read it."""
    labels = {str(row["key"]): str(text(row["label"])) for row in question.options}
    if isinstance(value, list):
        return ", ".join(labels.get(str(item), str(item)) for item in value)
    if value is True:
        return str(gettext("yes"))
    if question.kind == QuestionKind.FILE:
        return str(value["name"])
    if question.kind in (QuestionKind.DATE, QuestionKind.PAST):
        return date_format(date.fromisoformat(value), "DATE_FORMAT")
    if question.kind == QuestionKind.COUNTRY:
        return countries.name(value)
    return labels.get(str(value), str(value))
