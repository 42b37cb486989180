"""Every write about places: under the edition's row lock, audited, mailed after commit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Max
from django_scopes import scope

from hemicycle.accounts import operations as accounts
from hemicycle.accounts.models import User
from hemicycle.audit import operations as audit
from hemicycle.conferences.models import Conference, Term
from hemicycle.conferences.queries import lock
from hemicycle.conferences.rules import is_open
from hemicycle.directory.models import Organisation
from hemicycle.kit import tokens
from hemicycle.kit.events import publish
from hemicycle.kit.tasks import later
from hemicycle.notifications.queries import told_people
from hemicycle.registration import letters, rules, seats
from hemicycle.registration.enums import HOLDS_PLACE, Status
from hemicycle.registration.events import EditionForgotten, PlaceConfirmed, RegistrationCancelled
from hemicycle.registration.messages import SeeYouTomorrow
from hemicycle.registration.models import Consent, Registration, Tally, new_code, new_feed_key

HOLD = timedelta(hours=24)
OFFER = timedelta(hours=48)
NEEDS_KEPT = timedelta(days=7)


class RegistrationClosed(Exception):
    """Registration has not begun, or is over."""


class LinkUsed(Exception):
    """The link was used before, or a newer one was sent."""


class HoldOver(Exception):
    """The place is no longer held; it went to the next person."""


class CannotCancel(Exception):
    """The place was already given back, or the deadline has passed."""


@dataclass(frozen=True)
class Details:
    """What somebody writes into the registration form."""

    email: str
    first_name: str
    last_name: str
    stakeholder: Term
    country: str
    mode: str
    organisation: Organisation | None = None
    job_title: str = ""
    needs: str = ""
    language: str = "en"
    consents: tuple[str, ...] = ()


def taken_places(conference: Conference) -> int:
    """Count the places that are taken on site, under the caller's lock."""
    return Registration.objects.filter(conference=conference, status__in=HOLDS_PLACE, mode="on_site").count()


@transaction.atomic
def register(*, conference: Conference, details: Details, now: datetime) -> Registration:
    """Hold a place, or a turn in the waiting list, and send the link that confirms the address.

    An address that is registered already changes nothing and gets a mail that says so; the answer on
    screen is the same. Taking part online needs no place.

    Raises:
        RegistrationClosed: outside the window.
    """
    conference = lock(conference_id=conference.pk)
    if not is_open(now=now, opens_at=conference.registration_opens_at, closes_at=conference.registration_closes_at):
        raise RegistrationClosed
    person = accounts.person_for(
        email=details.email, first_name=details.first_name, last_name=details.last_name, language=details.language
    )
    known = Registration.objects.filter(conference=conference, person=person).first()
    if known is not None and known.status not in (Status.CANCELLED, Status.DECLINED):
        letters.already_registered(registration=known, conference=conference, now=now)
        return known
    status = _status_on_arrival(conference, details.mode)
    registration = known or Registration(conference=conference, person=person)
    _write(registration, details=details, status=status, now=now)
    for kind in details.consents:
        Consent.objects.create(registration=registration, kind=kind, given_at=now)
    audit.record(action="registered", target=registration, actor=None, at=now, status=status)
    letters.confirm_your_address(registration=registration, conference=conference, now=now)
    return registration


def _status_on_arrival(conference: Conference, mode: str) -> Status:
    if mode != "on_site":
        return Status.SUBMITTED
    waiting = Registration.objects.filter(
        conference=conference, status=Status.WAITING, waiting_since__isnull=False
    ).count()
    return rules.status_on_arrival(taken=taken_places(conference), capacity=conference.capacity, waiting=waiting)


def _write(registration: Registration, *, details: Details, status: Status, now: datetime) -> None:
    last = Registration.objects.filter(conference_id=registration.conference_id).aggregate(last=Max("created_order"))
    registration.created_order = (last["last"] or 0) + 1
    registration.organisation = details.organisation
    registration.stakeholder = details.stakeholder
    registration.country, registration.mode = details.country, details.mode
    registration.job_title, registration.needs = details.job_title, details.needs
    registration.status, registration.submitted_at, registration.held_until = status, now, now + HOLD
    registration.confirmed_at = registration.cancelled_at = registration.waiting_since = None
    if registration.pk:
        registration.version += 1
        registration.code, registration.feed_key = new_code(), new_feed_key()
    registration.save()


@transaction.atomic
def confirm_address(*, conference: Conference, token: str, now: datetime) -> Registration:
    """Confirm an address by its link: a held or offered place becomes a confirmed one, a turn counts.

    Raises:
        kit.tokens.BadToken: not our link, or another edition's.
        LinkUsed: the link worked once already.
        HoldOver: the time to confirm is over.
    """
    claim = tokens.read(purpose="registration.confirm", token=token, max_age=None)
    if claim.conference_id != conference.pk:
        raise tokens.BadToken
    conference = lock(conference_id=conference.pk)
    registration = Registration.objects.select_related("person").filter(conference=conference, pk=claim.subject).first()
    if registration is None or registration.version != claim.version:
        raise LinkUsed
    if registration.status == Status.CANCELLED or (registration.held_until and registration.held_until <= now):
        raise HoldOver
    registration.version += 1
    accounts.verify_address(person=registration.person)
    if registration.status == Status.WAITING:
        _start_waiting(registration, conference=conference, now=now)
    else:
        _confirm(registration, conference=conference, now=now)
    return registration


def _start_waiting(registration: Registration, *, conference: Conference, now: datetime) -> None:
    registration.waiting_since, registration.held_until = now, None
    registration.save(update_fields=["version", "waiting_since", "held_until"])
    audit.record(action="address confirmed", target=registration, actor=registration.person, at=now)
    letters.on_waiting_list(registration=registration, conference=conference, now=now)
    later("hemicycle.registration.tasks.offer_freed_places", conference_id=conference.pk)


def _confirm(registration: Registration, *, conference: Conference, now: datetime) -> None:
    registration.status, registration.confirmed_at, registration.held_until = Status.CONFIRMED, now, None
    registration.save(update_fields=["version", "status", "confirmed_at", "held_until"])
    audit.record(action="confirmed", target=registration, actor=registration.person, at=now)
    publish(
        PlaceConfirmed(conference_id=conference.pk, registration_id=registration.pk, person_id=registration.person_id)
    )
    letters.place_confirmed(registration=registration, conference=conference, now=now)


@transaction.atomic
def cancel(*, registration: Registration, actor: User, now: datetime) -> None:
    """Give a place back: its seats and meetings are freed here and now, the next person hears after commit.

    Raises:
        CannotCancel: the place is not held any more, or the deadline has passed.
    """
    conference = lock(conference_id=registration.conference_id)
    registration.refresh_from_db()
    if not rules.may_cancel(status=Status(registration.status), now=now, closes_at=conference.changes_close_at):
        raise CannotCancel
    _free(registration, now=now)
    audit.record(action="cancelled", target=registration, actor=actor, at=now)
    letters.place_given_back(registration=registration, conference=conference, now=now)
    later("hemicycle.registration.tasks.offer_freed_places", conference_id=conference.pk)


def _free(registration: Registration, *, now: datetime) -> None:
    registration.status, registration.cancelled_at, registration.held_until = Status.CANCELLED, now, None
    registration.version += 1
    registration.save(update_fields=["status", "cancelled_at", "held_until", "version"])
    seats.give_back_all(registration=registration, now=now)
    publish(
        RegistrationCancelled(
            conference_id=registration.conference_id,
            registration_id=registration.pk,
            person_id=registration.person_id,
        )
    )


@transaction.atomic
def offer_freed_places(*, conference_id: int, now: datetime) -> int:
    """End holds that ran out, then offer every free place to the waiting list in order; return how many offers."""
    conference = lock(conference_id=conference_id)
    ended = Registration.objects.select_related("person").filter(
        conference=conference, held_until__lte=now, status__in=[Status.SUBMITTED, Status.OFFERED, Status.WAITING]
    )
    for registration in ended:
        _free(registration, now=now)
        audit.record(action="hold ended", target=registration, actor=None, at=now)
        letters.hold_ended(registration=registration, conference=conference, now=now)
    queue = Registration.objects.select_related("person").filter(
        conference=conference, status=Status.WAITING, waiting_since__isnull=False
    )
    free = rules.freed(taken=taken_places(conference), capacity=conference.capacity, waiting=queue.count())
    for registration in queue[:free]:
        registration.status, registration.held_until = Status.OFFERED, now + OFFER
        registration.version += 1
        registration.save(update_fields=["status", "held_until", "version"])
        audit.record(action="offered", target=registration, actor=None, at=now)
        letters.place_offered(registration=registration, conference=conference, now=now)
    return free


@transaction.atomic
def change_consents(*, registration: Registration, wanted: Mapping[str, bool], actor: User, now: datetime) -> None:
    """Give or withdraw consents, each with its date."""
    given = {consent.kind: consent for consent in registration.consents.filter(withdrawn_at__isnull=True)}
    for kind, wish in wanted.items():
        if wish and kind not in given:
            Consent.objects.create(registration=registration, kind=kind, given_at=now)
            audit.record(action="consent given", target=registration, actor=actor, at=now, kind=kind)
        elif not wish and kind in given:
            given[kind].withdrawn_at = now
            given[kind].save(update_fields=["withdrawn_at"])
            audit.record(action="consent withdrawn", target=registration, actor=actor, at=now, kind=kind)


@transaction.atomic
def erase_person(*, person_id: int, now: datetime) -> None:
    """Take a person's words out of their registrations and give back places still to come; what is counted stays."""
    for registration in Registration._base_manager.filter(person_id=person_id):  # noqa: SLF001 - over all editions
        conference = lock(conference_id=registration.conference_id)
        with scope(conference=conference.pk):
            if rules.may_cancel(status=Status(registration.status), now=now, closes_at=_begins(conference)):
                _free(registration, now=now)
                later("hemicycle.registration.tasks.offer_freed_places", conference_id=conference.pk)
        registration.needs = registration.job_title = ""
        registration.organisation = None
        registration.code, registration.feed_key = new_code(), new_feed_key()
        registration.save()
        Consent.objects.filter(registration=registration, withdrawn_at__isnull=True).update(withdrawn_at=now)


def _begins(conference: Conference) -> datetime | None:
    days = conference.days()
    return datetime.combine(days[0], time.min, tzinfo=conference.zone) if days else None


@transaction.atomic
def forget_edition(*, conference: Conference, now: datetime) -> int:
    """Delete an edition's registrations once its retention is over, with all that hangs on them; keep the counts.

    Return how many were deleted; nobody is told, everybody was when they registered.
    """
    conference = lock(conference_id=conference.pk)
    days = conference.days()
    if not days or not rules.retention_over(
        ended=days[-1], months=conference.retention_months, today=conference.local(now).date()
    ):
        return 0
    rows = Registration.objects.filter(conference=conference).order_by()
    for status, mode, country, stakeholder_id, number in rows.values_list(
        "status", "mode", "country", "stakeholder_id"
    ).annotate(number=Count("id")):
        tally, _created = Tally.objects.get_or_create(
            conference=conference,
            status=status,
            mode=mode,
            country=country,
            stakeholder_id=stakeholder_id,
            defaults={"number": 0},
        )
        tally.number += number
        tally.save(update_fields=["number"])
    deleted = rows.count()
    if deleted:
        publish(EditionForgotten(conference_id=conference.pk))
        rows.delete()
        audit.record(action="retention over", target=conference, actor=None, at=now, registrations=deleted)
    return deleted


@transaction.atomic
def remind_on_the_eve(*, conference: Conference, now: datetime) -> int:
    """Write to everybody with a place on the day before the edition, once each; return how many.

    What nobody has to be told any more is not told: the mail goes out on the eve only.
    """
    days = conference.days()
    if not days or conference.local(now).date() != days[0] - timedelta(days=1):
        return 0
    conference = lock(conference_id=conference.pk)
    told = told_people(conference_id=conference.pk, kind=SeeYouTomorrow.kind)
    rows = Registration.objects.filter(conference=conference, status=Status.CONFIRMED).select_related("person")
    waiting = [row for row in rows if row.person_id not in told]
    for registration in waiting:
        letters.see_you_tomorrow(registration=registration, conference=conference, now=now)
    return len(waiting)


def forget_needs(*, conference: Conference, now: datetime) -> int:
    """Delete what people wrote about accessibility once the edition is a week over; return how many."""
    days = conference.days()
    if not days or conference.local(now).date() <= days[-1] + NEEDS_KEPT:
        return 0
    rows = Registration.objects.filter(conference=conference).exclude(needs="")
    return int(rows.update(needs=""))


def submitted_details(cleaned: Mapping[str, Any], *, organisation: Organisation | None, language: str) -> Details:
    """Return the details of a clean form."""
    consents = tuple(kind for kind in ("list", "images", "newsletter", "matchmaking") if cleaned.get(f"consent_{kind}"))
    return Details(
        email=cleaned["email"],
        first_name=cleaned["first_name"],
        last_name=cleaned["last_name"],
        stakeholder=cleaned["stakeholder"],
        country=cleaned["country"],
        mode=cleaned["mode"],
        organisation=organisation,
        job_title=cleaned["job_title"],
        needs=cleaned["needs"],
        language=language,
        consents=consents,
    )
