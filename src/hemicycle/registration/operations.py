"""Every write about places: under the edition's row lock, audited, mailed after commit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from hemicycle.accounts import operations as accounts
from hemicycle.accounts.models import User
from hemicycle.audit import operations as audit
from hemicycle.conferences.models import Conference, Term
from hemicycle.conferences.queries import lock
from hemicycle.conferences.rules import is_open
from hemicycle.directory.models import Organisation
from hemicycle.directory.operations import hold, organisation_for
from hemicycle.kit import tokens
from hemicycle.kit.events import publish
from hemicycle.kit.tasks import later
from hemicycle.notifications.queries import told_people
from hemicycle.registration import invitations, letters, places, questionnaire, rules, seats
from hemicycle.registration.enums import ON_SITE_MODES, Status
from hemicycle.registration.events import PlaceConfirmed, RegistrationCancelled
from hemicycle.registration.messages import SeeYouTomorrow
from hemicycle.registration.models import Category, Consent, Draft, Group, Registration, new_code, new_feed_key

HOLD = timedelta(hours=24)
OFFER = timedelta(hours=48)


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
    category: Category | None = None
    invitation: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def register(
    *,
    conference: Conference,
    details: Details,
    now: datetime,
    draft: Draft | None = None,
) -> Registration:
    """Hold a place, or a turn in the waiting list, or ask for approval, and send the link that confirms the address.

    An address that is registered already changes nothing and gets a mail that says so; the answer on
    screen is the same. Taking part online needs no place. With a `draft` its held place becomes this one.

    Raises:
        RegistrationClosed: outside the window.
        invitations.BadInvitation: a code that is unknown, used up, or somebody else's; or a category that asks for one.
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
    invited = invitations.use(
        conference=conference, email=details.email, code=details.invitation, category=details.category, now=now
    )
    status = _status_on_arrival(conference, details, approved=invited, draft=draft, now=now)
    registration = known or Registration(conference=conference, person=person)
    write_details(registration, details=details, status=status, now=now)
    audit.record(action="registered", target=registration, actor=None, at=now, status=status)
    letters.confirm_your_address(registration=registration, conference=conference, now=now)
    return registration


def _status_on_arrival(
    conference: Conference, details: Details, *, approved: bool, draft: Draft | None, now: datetime
) -> Status:
    if details.category is not None and details.category.needs_approval and not approved:
        return Status.PENDING
    if details.mode not in ON_SITE_MODES:
        return Status.SUBMITTED
    holding = draft is not None and draft.held_until > now and draft.on_site
    if holding or places.has_room(conference=conference, category=details.category, size=1, now=now, without=draft):
        return Status.SUBMITTED
    return Status.WAITING


def next_order(*, conference_id: int) -> int:
    """Return the place in the order of arrival of who comes now; the caller holds the edition's lock."""
    last = Registration.objects.filter(conference_id=conference_id).aggregate(last=Max("created_order"))
    return int(last["last"] or 0) + 1


def write_details(
    registration: Registration, *, details: Details, status: Status, now: datetime, group: Group | None = None,
    order: int = 0, held: bool = False,
) -> None:  # fmt: skip
    """Write who comes and where they stand, in order of arrival; the caller holds the edition's lock.

    Whoever writes many looks up once which `order` is next, and that the organisation is `held`.
    """
    registration.created_order = order or next_order(conference_id=registration.conference_id)
    registration.organisation = details.organisation
    if details.organisation and not held:
        registration.organisation = hold(details.organisation)
    registration.stakeholder = details.stakeholder
    registration.category, registration.group = details.category, group
    registration.country, registration.mode = details.country, details.mode
    registration.job_title, registration.needs = details.job_title, details.needs
    registration.status, registration.submitted_at, registration.held_until = status, now, now + HOLD
    registration.confirmed_at = registration.cancelled_at = registration.waiting_since = None
    registration.approved_at = None
    if registration.pk:
        registration.version += 1
        registration.code, registration.feed_key = new_code(), new_feed_key()
    registration.save()
    for kind in details.consents:
        Consent.objects.get_or_create(
            registration=registration, kind=kind, withdrawn_at=None, defaults={"given_at": now}
        )
    questionnaire.write(registration=registration, answers=details.answers)


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
        start_waiting(registration, conference=conference, now=now)
    elif registration.status == Status.PENDING:
        _await_decision(registration, conference=conference, now=now)
    else:
        confirm(registration, conference=conference, now=now)
    return registration


def start_waiting(registration: Registration, *, conference: Conference, now: datetime) -> None:
    """Let a turn in the waiting list count from now on; the caller holds the edition's lock."""
    registration.status, registration.waiting_since, registration.held_until = Status.WAITING, now, None
    registration.save(update_fields=["status", "version", "waiting_since", "held_until"])
    audit.record(action="waits", target=registration, actor=registration.person, at=now)
    letters.on_waiting_list(registration=registration, conference=conference, now=now)
    later("hemicycle.registration.tasks.offer_freed_places", conference_id=conference.pk)


def _await_decision(registration: Registration, *, conference: Conference, now: datetime) -> None:
    registration.held_until = None
    registration.save(update_fields=["version", "held_until"])
    audit.record(action="address confirmed", target=registration, actor=registration.person, at=now)
    if registration.approved_at is not None:
        settle_approved(registration, conference=conference, now=now)
    else:
        letters.pending_approval(registration=registration, conference=conference, now=now)


def settle_approved(registration: Registration, *, conference: Conference, now: datetime) -> None:
    """Give whoever was approved a place if there is one, else a turn in the waiting list."""
    if registration.mode not in ON_SITE_MODES or places.has_room(
        conference=conference, category=registration.category, size=1, now=now
    ):
        confirm(registration, conference=conference, now=now)
    else:
        start_waiting(registration, conference=conference, now=now)


def confirm(registration: Registration, *, conference: Conference, now: datetime) -> None:
    """Turn a held place into a confirmed one; the caller holds the edition's lock and saw that there is room."""
    registration.status, registration.confirmed_at, registration.held_until = Status.CONFIRMED, now, None
    registration.save(update_fields=["version", "status", "confirmed_at", "held_until"])
    audit.record(action="confirmed", target=registration, actor=registration.person, at=now)
    publish(
        PlaceConfirmed(conference_id=conference.pk, registration_id=registration.pk, person_id=registration.person_id)
    )
    letters.place_confirmed(registration=registration, conference=conference, now=now)


@transaction.atomic
def cancel(*, registration: Registration, actor: User, now: datetime, late: bool = False) -> None:
    """Give a place back: its seats and meetings are freed here and now, the next person hears after commit.

    The team may do so after the deadline (`late`).

    Raises:
        CannotCancel: the place is not held any more, or the deadline has passed.
    """
    conference = lock(conference_id=registration.conference_id)
    registration.refresh_from_db()
    if not rules.may_cancel(
        status=Status(registration.status), now=now, closes_at=None if late else conference.changes_close_at
    ):
        raise CannotCancel
    had_place = registration.status == Status.CONFIRMED
    free(registration, now=now)
    audit.record(action="cancelled", target=registration, actor=actor, at=now)
    letters.place_given_back(registration=registration, conference=conference, now=now, had_place=had_place)
    later("hemicycle.registration.tasks.offer_freed_places", conference_id=conference.pk)


def free(registration: Registration, *, now: datetime) -> None:
    """Take a place back, with seats and, above, meetings; the caller holds the edition's lock."""
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
        conference=conference,
        held_until__lte=now,
        status__in=[Status.SUBMITTED, Status.OFFERED, Status.WAITING, Status.PENDING],
    )
    for registration in ended:
        free(registration, now=now)
        audit.record(action="hold ended", target=registration, actor=None, at=now)
        letters.hold_ended(registration=registration, conference=conference, now=now)
    keys = [key for turn in places.next_served(conference=conference, now=now) for key in turn]
    for registration in Registration.objects.select_related("person").filter(pk__in=keys).order_by("created_order"):
        registration.status, registration.held_until = Status.OFFERED, now + OFFER
        registration.version += 1
        registration.save(update_fields=["status", "held_until", "version"])
        audit.record(action="offered", target=registration, actor=None, at=now)
        letters.place_offered(registration=registration, conference=conference, now=now)
    return len(keys)


@transaction.atomic
def change(
    *, registration: Registration, values: Mapping[str, Any], answers: Mapping[str, Any], actor: User, now: datetime
) -> None:
    """Write what somebody changes about themselves; place and status stay as they are."""
    person = registration.person
    accounts.change(
        person=person, first_name=values["first_name"], last_name=values["last_name"], language=person.language, now=now
    )
    name = values["organisation"]
    registration.organisation = organisation_for(name=name, country=values["country"]) if name else None
    registration.job_title, registration.needs = values["job_title"], values["needs"]
    registration.country = values["country"]
    registration.save(update_fields=["organisation", "job_title", "needs", "country"])
    questionnaire.write(registration=registration, answers=answers)
    audit.record(action="changed", target=registration, actor=actor, at=now)


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


CONSENTS = ("list", "images", "newsletter", "matchmaking")


def submitted_details(
    cleaned: Mapping[str, Any], *, language: str, answers: Mapping[str, Any] | None = None
) -> Details:
    """Return the details of a clean form; an organisation that is new is entered."""
    name = cleaned["organisation"]
    return Details(
        email=cleaned["email"],
        first_name=cleaned["first_name"],
        last_name=cleaned["last_name"],
        stakeholder=cleaned["stakeholder"],
        country=cleaned["country"],
        mode=cleaned["mode"],
        organisation=organisation_for(name=name, country=cleaned["country"]) if name else None,
        job_title=cleaned["job_title"],
        needs=cleaned["needs"],
        language=language,
        consents=tuple(kind for kind in CONSENTS if cleaned.get(f"consent_{kind}")),
        category=cleaned.get("category"),
        invitation=cleaned.get("code", ""),
        answers=answers or {},
    )
