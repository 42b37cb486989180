"""Reads of hosts' desks and papers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from hemicycle.conferences.models import Conference
from hemicycle.conferences.rules import free_slug
from hemicycle.door.enums import ListKind
from hemicycle.door.models import CheckIn, CheckList
from hemicycle.hosting.models import Host, HostInvitation, Paper
from hemicycle.registration import questionnaire, rules
from hemicycle.registration.enums import PLACE, SEAT_ENDED, SeatStatus
from hemicycle.registration.models import Answer, Question, Registration, Seat, SeatInvitation, SideEvent
from hemicycle.registration.queries import in_words


def events(*, conference: Conference, person: Any = None) -> list[SideEvent]:
    """Return the side events and workshops with how many seats are confirmed, waited for and asked for."""
    rows = SideEvent.objects.filter(conference=conference)
    if person is not None:
        rows = rows.filter(hosts__person=person)
    counted = {
        status.value: Count("seats", filter=Q(seats__status=status), distinct=True)
        for status in (SeatStatus.CONFIRMED, SeatStatus.WAITING, SeatStatus.PENDING)
    }
    return list(rows.select_related("room").annotate(**counted))


def event(*, conference: Conference, slug: str) -> SideEvent | None:
    """Return a side event or workshop of the edition, or None."""
    return SideEvent.objects.filter(conference=conference, slug=slug).select_related("room", "conference").first()


def free_address(*, conference: Conference, title: str) -> str:
    """Return the word of a new side event's address, made of its title."""
    taken = SideEvent.objects.filter(conference=conference).values_list("slug", flat=True)
    return free_slug(title, taken={"new", "join", *taken})


def hosted(*, conference: Conference, person: Any) -> frozenset[str]:
    """Return the short names of what a person hosts in the edition."""
    if not getattr(person, "is_authenticated", False):
        return frozenset()
    rows = Host.objects.filter(side_event__conference=conference, person=person)
    return frozenset(rows.values_list("side_event__slug", flat=True))


def hosts(*, side_event: SideEvent) -> list[Host]:
    """Return the host team."""
    return list(Host.objects.filter(side_event=side_event).select_related("person"))


def host_invitations(*, side_event: SideEvent) -> list[HostInvitation]:
    """Return who is asked to host and did not answer yet."""
    return list(HostInvitation.objects.filter(side_event=side_event))


def invitations(*, side_event: SideEvent) -> list[SeatInvitation]:
    """Return who is invited to come."""
    return list(SeatInvitation.objects.filter(side_event=side_event))


def papers(*, side_event: SideEvent, shown_only: bool = True) -> list[Paper]:
    """Return the papers, for everybody those that are shown."""
    rows = Paper.objects.filter(side_event=side_event)
    return list(rows.filter(shown=True) if shown_only else rows)


@dataclass(frozen=True)
class Row:
    """One person of a host's list: the seat, the answers in order of the questions, when they came."""

    seat: Seat
    answers: dict[str, Any]
    said: list[tuple[Question, str]]
    came_at: datetime | None


def seats(*, side_event: SideEvent, status: str = "", search: str = "") -> QuerySet[Seat]:
    """Return the seats in order of asking, by what was typed and chosen."""
    rows: QuerySet[Seat] = Seat.objects.filter(side_event=side_event).select_related(
        "registration__person", "registration__organisation", "registration__stakeholder"
    )
    rows = rows.filter(status=status) if status else rows.exclude(status__in=SEAT_ENDED)
    for word in search.split()[:5]:
        rows = rows.filter(
            Q(registration__person__first_name__icontains=word)
            | Q(registration__person__last_name__icontains=word)
            | Q(registration__organisation__name__icontains=word)
        )
    return rows.order_by("taken_at", "pk")


def rows(*, side_event: SideEvent, found: Iterable[Seat], asked: list[Question]) -> list[Row]:
    """Return a page of seats with the answers to what is asked and attendance, in two queries more."""
    kept = list(found)
    keys = [seat.registration_id for seat in kept]
    answers: dict[int, list[Any]] = {}
    if asked:
        wanted = Answer.objects.filter(registration__in=keys, question__side_event=side_event)
        for answer in wanted.select_related("question"):
            answers.setdefault(answer.registration_id, []).append(answer)
    came = dict(
        CheckIn.objects.filter(checklist__side_event=side_event, registration__in=keys).values_list(
            "registration_id", "at"
        )
    )
    made = []
    for seat in kept:
        given = questionnaire.values(answers.get(seat.registration_id, []), restricted=False)
        words = [
            (question, in_words(question, given[question.key]) if question.key in given else "") for question in asked
        ]
        made.append(Row(seat=seat, answers=given, said=words, came_at=came.get(seat.registration_id)))
    return made


def questions(*, side_event: SideEvent) -> list[Question]:
    """Return what the host asks."""
    return questionnaire.questions(conference=side_event.conference, side_event=side_event)


def columns(*, side_event: SideEvent) -> list[Question]:
    """Return the same as columns of a table: their words and choices, not of whom they are asked."""
    return list(Question.objects.filter(conference=side_event.conference, side_event=side_event))


def figures(*, side_event: SideEvent) -> dict[str, int]:
    """Return how many seats stand in each state."""
    rows = Seat.objects.filter(side_event=side_event).order_by().values_list("status").annotate(number=Count("id"))
    return dict(rows)


def check_list(*, side_event: SideEvent) -> CheckList | None:
    """Return the door's list of a side event, or None before it was made."""
    return CheckList.objects.filter(side_event=side_event, kind=ListKind.SIDE_EVENT).first()


def eligible(*, side_event: SideEvent) -> tuple[int, int]:
    """Return how many people with a place are in the audience on its day, and how many have a place, in one query."""
    people: dict[int, str] = {}
    facts: dict[int, list[rules.DatedFact]] = {}
    found = Registration.objects.filter(conference=side_event.conference_id, status__in=PLACE).order_by()
    fact = "organisation__facts__"
    for pk, stakeholder, kind, since, until, confirmed in found.values_list(
        "pk", "stakeholder__key", f"{fact}kind", f"{fact}valid_from", f"{fact}valid_until", f"{fact}confirmed"
    ):
        people[pk] = stakeholder
        if confirmed:
            facts.setdefault(pk, []).append(rules.DatedFact(kind=kind, valid_from=since, valid_until=until))
    on = side_event.conference.local(side_event.starts_at).date()
    good = sum(
        not rules.not_eligible(side_event.audience, facts=facts.get(pk, []), stakeholder=stakeholder, on=on)
        for pk, stakeholder in people.items()
    )
    return good, len(people)
