"""Every read about profiles, requests and meetings."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext

from hemicycle.conferences.models import Conference
from hemicycle.kit import calendars
from hemicycle.matchmaking.enums import PlanState, RequestStatus, WhyNot
from hemicycle.matchmaking.models import Entry, Meeting, MeetingRequest, Plan, Profile, Slot
from hemicycle.registration.enums import PLACE
from hemicycle.registration.models import Registration

Key = TypeVar("Key", str, tuple[str, str])
_people = "registration__person", "registration__organisation", "registration__stakeholder"


def _shown(conference: Conference) -> QuerySet[Profile]:
    rows: QuerySet[Profile] = Profile.objects.filter(
        conference=conference, visible=True, registration__status__in=PLACE
    )
    return rows.select_related(*_people)


def profile_of(*, registration: Registration) -> Profile | None:
    """Return a participant's own profile, or None before they wrote one."""
    return Profile.objects.select_related(*_people).filter(registration=registration).first()


def profile(*, conference: Conference, profile_id: int) -> Profile | None:
    """Return a visible profile of the edition, or None."""
    return (
        _shown(conference)
        .prefetch_related(Prefetch("entries", Entry.objects.order_by("-kind", "order")), "ecosystems")
        .filter(pk=profile_id)
        .first()
    )


def people(
    *, conference: Conference, search: str = "", country: str = "", ecosystem: str = "", kind: str = ""
) -> QuerySet[Profile]:
    """Return the visible profiles by what was typed and chosen, in order of name."""
    rows = _shown(conference)
    for word in search.split()[:5]:
        rows = rows.filter(
            Q(registration__person__first_name__icontains=word)
            | Q(registration__person__last_name__icontains=word)
            | Q(registration__organisation__name__icontains=word)
            | Q(about__icontains=word)
            | Q(pk__in=Entry.objects.filter(text__icontains=word).values("profile"))
        )
    if country:
        rows = rows.filter(registration__country=country)
    if ecosystem:
        rows = rows.filter(ecosystems__key=ecosystem)
    if kind:
        rows = rows.filter(registration__stakeholder__key=kind)
    return rows.order_by("registration__person__last_name", "registration__person__first_name", "pk").prefetch_related(
        Prefetch("entries", Entry.objects.order_by("-kind", "order", "id")), "ecosystems"
    )


@dataclass(frozen=True)
class Facets:
    """How many visible profiles each choice holds, most first."""

    countries: list[tuple[str, int]]
    ecosystems: list[tuple[str, str, int]]
    kinds: list[tuple[str, str, int]]


def facets(*, conference: Conference) -> Facets:
    """Return the counts beside the filters."""
    rows = _shown(conference).order_by()
    countries: dict[str, set[int]] = defaultdict(set)
    ecosystems: dict[tuple[str, str], set[int]] = defaultdict(set)
    kinds: dict[tuple[str, str], set[int]] = defaultdict(set)
    stakeholder, ecosystem = "registration__stakeholder", "ecosystems"
    fields = (
        "registration__country",
        f"{stakeholder}__key",
        f"{stakeholder}__label",
        f"{ecosystem}__key",
        f"{ecosystem}__label",
    )
    for pk, country, kind, kind_label, key, label in rows.values_list("pk", *fields):
        countries[country].add(pk)
        kinds[kind, str(kind_label)].add(pk)
        if key:
            ecosystems[key, str(label)].add(pk)
    return Facets(
        countries=_most(countries),
        ecosystems=[(key, label, number) for (key, label), number in _most(ecosystems)],
        kinds=[(key, label, number) for (key, label), number in _most(kinds)],
    )


def _most(groups: dict[Key, set[int]]) -> list[tuple[Key, int]]:
    return sorted(((key, len(members)) for key, members in groups.items()), key=lambda item: (-item[1], item[0]))


def requests_between(*, a: Profile, b: Profile) -> list[MeetingRequest]:
    """Return the requests between two people, either way."""
    return list(MeetingRequest.objects.filter(Q(sender=a, receiver=b) | Q(sender=b, receiver=a)))


def requests_of(*, profile: Profile) -> list[MeetingRequest]:
    """Return a person's requests both ways, latest first, with partner and meeting loaded."""
    rows = MeetingRequest.objects.filter(Q(sender=profile) | Q(receiver=profile))
    paths = [f"{side}__{path}" for side in ("sender", "receiver") for path in _people]
    return list(rows.select_related("meeting__slot", *paths))


def request_of(*, profile: Profile, request_id: int) -> MeetingRequest | None:
    """Return a request a person sent or received, or None."""
    rows = MeetingRequest.objects.filter(Q(sender=profile) | Q(receiver=profile), pk=request_id)
    return rows.select_related("sender__registration__person", "receiver__registration__person").first()


def open_requests(*, profile: Profile) -> int:
    """Return how many of a person's requests wait for an answer."""
    return MeetingRequest.objects.filter(sender=profile, status=RequestStatus.REQUESTED).count()


def counts(*, conference: Conference) -> dict[str, int]:
    """Return profiles, requests by status, and meetings that take place."""
    rows = MeetingRequest.objects.filter(conference=conference).order_by().values_list("status")
    held = Count("meeting", filter=Q(meeting__isnull=False, meeting__cancelled_at__isnull=True))
    groups = list(rows.annotate(number=Count("id"), held=held))
    by_status = {status: number for status, number, _ in groups}
    return {
        "profiles": _shown(conference).count(),
        "requested": by_status.get(RequestStatus.REQUESTED, 0),
        "accepted": by_status.get(RequestStatus.ACCEPTED, 0),
        "declined": by_status.get(RequestStatus.DECLINED, 0),
        "meetings": sum(held for _, _, held in groups),
    }


def slots(*, conference: Conference) -> list[Slot]:
    """Return the meeting slots by time."""
    return list(Slot.objects.filter(conference=conference))


def plan(*, conference: Conference, plan_id: int) -> Plan | None:
    """Return a run of the scheduler in this edition, or None."""
    return Plan.objects.filter(conference=conference, pk=plan_id).first()


def plans(*, conference: Conference) -> list[Plan]:
    """Return the runs of the scheduler, latest first, without their schedules."""
    return list(Plan.objects.filter(conference=conference).defer("result")[:20])


def running_plan(*, conference: Conference) -> Plan | None:
    """Return the run that is going on, or None."""
    return Plan.objects.filter(conference=conference, state__in=[PlanState.QUEUED, PlanState.RUNNING]).first()


def meetings_of(*, person_id: int, conference: Conference, cancelled: bool = False) -> list[Meeting]:
    """Return a person's meetings by time, with both people loaded."""
    rows = Meeting.objects.filter(conference=conference).filter(
        Q(request__sender__registration__person_id=person_id) | Q(request__receiver__registration__person_id=person_id)
    )
    if not cancelled:
        rows = rows.filter(cancelled_at__isnull=True)
    paths = [f"request__{side}__{path}" for side in ("sender", "receiver") for path in _people]
    return list(rows.select_related("slot", *paths))


def partner(meeting_request: MeetingRequest, *, person_id: int) -> Profile:
    """Return the other side of a request, seen by one of the two."""
    mine: bool = meeting_request.sender.registration.person_id == person_id
    return meeting_request.receiver if mine else meeting_request.sender


def calendar_entries(*, person_id: int, conference: Conference) -> list[calendars.Entry]:
    """Return a person's meetings as calendar events; cancelled ones stay as cancelled, with the same UID."""
    entries = []
    for meeting in meetings_of(person_id=person_id, conference=conference, cancelled=True):
        other = partner(meeting.request, person_id=person_id).registration
        organisation = f" ({other.organisation})" if other.organisation else ""
        entries.append(
            calendars.Entry(
                uid=f"meeting-{meeting.request_id}@{conference.slug}.hemicycle",
                title=f"{other.person.name}{organisation}",
                starts_at=conference.local(meeting.slot.starts_at),
                ends_at=conference.local(meeting.slot.ends_at),
                changed_at=meeting.changed_at,
                sequence=meeting.sequence,
                place=f"Table {meeting.table}",
                cancelled=meeting.cancelled_at is not None,
                alarm=timedelta(minutes=10),
            )
        )
    return entries


def accepted(*, conference: Conference) -> list[MeetingRequest]:
    """Return the accepted requests whose two people still come, in a stable order."""
    rows = MeetingRequest.objects.filter(
        conference=conference,
        status=RequestStatus.ACCEPTED,
        sender__registration__status__in=PLACE,
        receiver__registration__status__in=PLACE,
    )
    return list(rows.select_related("sender__registration", "receiver__registration").order_by("pk"))


@dataclass(frozen=True)
class LeftOut:
    """An accepted request that found no place: its two people and why, in the reader's language."""

    request_id: int
    names: tuple[str, str]
    why: str


def left_out(*, plan: Plan, reader: Registration | None = None) -> list[LeftOut]:
    """Return what a run found no place for; with a `reader`, only their own, and nothing about a partner's agenda."""
    found: dict[int, list[list[Any]]] = dict(plan.result.get("unplaced", []))
    paths = "sender__registration__person", "receiver__registration__person"
    rows = MeetingRequest.objects.filter(conference_id=plan.conference_id, pk__in=found).select_related(*paths)
    if reader is not None:
        rows = rows.filter(Q(sender__registration=reader) | Q(receiver__registration=reader))
    requests = list(rows)
    grid = slots(conference=plan.conference) if requests else []
    times = [date_format(plan.conference.local(slot.starts_at), "TIME_FORMAT") for slot in grid]
    kept = []
    for row in requests:
        people = {p.registration_id: p.registration.person.name for p in (row.sender, row.receiver)}
        sentences = [_sentence(reason, people, times, reader) for reason in found[row.pk]]
        kept.append(LeftOut(row.pk, tuple(people.values()), " ".join(sentences)))  # type: ignore[arg-type]
    return kept


def _sentence(reason: list[Any], people: dict[int, str], times: list[str], reader: Registration | None) -> str:
    word, about, positions = reason
    if reader is not None and about != [reader.pk] and word in (WhyNot.CAPPED, WhyNot.BUSY):
        word, about = WhyNot.NO_COMMON, list(people)
    values = {
        "names": get_text_list([people[key] for key in about if key in people], gettext("and")),
        "times": get_text_list([times[position] for position in positions if position < len(times)], gettext("or")),
    }
    return str(WhyNot(word).label % values)


def published_plan(*, conference: Conference) -> Plan | None:
    """Return the schedule that holds now, or None."""
    return Plan.objects.filter(conference=conference, state=PlanState.PUBLISHED).order_by("-published_at").first()
