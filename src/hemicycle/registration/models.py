"""Places in an edition, the consents given with them, and seats at side events."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hemicycle.conferences.models import Conference, Room, Term
from hemicycle.directory.models import Organisation
from hemicycle.kit.i18n import I18nCharField, I18nTextField
from hemicycle.kit.privacy import NOT_PERSONAL, Basis, Personal
from hemicycle.kit.tenancy import ScopedManager
from hemicycle.registration.enums import HOLDS_PLACE, ConsentKind, Mode, SeatStatus, Status


def new_code() -> str:
    """Return a ticket code that cannot be guessed and can be read aloud (75 bits, no 0/O, 1/I)."""
    return "".join(secrets.choice("23456789ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(15))


def new_feed_key() -> str:
    """Return the secret part of a private calendar address."""
    return secrets.token_urlsafe(24)


class Registration(models.Model):
    """A person's registration in an edition."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    stakeholder = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+")
    job_title = models.CharField(max_length=150, blank=True)
    country = models.CharField(max_length=2)
    mode = models.CharField(max_length=10, choices=Mode.choices, default=Mode.ON_SITE)
    status = models.CharField(max_length=12, choices=Status.choices)
    needs = models.TextField(blank=True)
    code = models.CharField(max_length=20, unique=True, default=new_code)
    feed_key = models.CharField(max_length=40, unique=True, default=new_feed_key)
    version = models.PositiveIntegerField(default=1)
    submitted_at = models.DateTimeField()
    waiting_since = models.DateTimeField(null=True, blank=True)
    held_until = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    created_order = models.PositiveIntegerField()

    objects = ScopedManager(conference="conference")
    _place = Personal(
        _("hold a place and print a badge"),
        Basis.CONTRACT,
        _("the person, registration team"),
        _("retention of the edition"),
    )
    _needs = Personal(
        _("make the venue accessible"), Basis.CONSENT, _("registration team"), _("a week after the edition")
    )
    privacy = {
        "id": NOT_PERSONAL, "conference": NOT_PERSONAL, "status": NOT_PERSONAL, "version": NOT_PERSONAL,
        "created_order": NOT_PERSONAL, "held_until": NOT_PERSONAL, "waiting_since": NOT_PERSONAL,
        "person": _place, "organisation": _place, "stakeholder": _place, "job_title": _place, "country": _place,
        "mode": _place, "code": _place, "feed_key": _place, "submitted_at": _place, "confirmed_at": _place,
        "cancelled_at": _place, "needs": _needs,
    }  # fmt: skip

    class Meta:
        ordering = ["created_order"]
        indexes = [models.Index(fields=["conference", "status", "created_order"], name="registration_queue")]
        constraints = [
            models.UniqueConstraint(fields=["conference", "person"], name="registration_one_per_person"),
            models.UniqueConstraint(fields=["conference", "created_order"], name="registration_arrival_order"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="registration_known_status"),
        ]

    def __str__(self) -> str:
        return f"{self.code}"

    @property
    def holds_place(self) -> bool:
        """Whether a place is counted for this registration."""
        return self.status in HOLDS_PLACE

    @property
    def state(self) -> str:
        """The status as a word for people."""
        return str(self.get_status_display())


class Consent(models.Model):
    """One agreement, dated, as easy to withdraw as to give."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="consents")
    kind = models.CharField(max_length=12, choices=ConsentKind.choices)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    _proof = Personal(
        _("prove what was agreed"), Basis.LEGAL, _("the person, registration team"), _("retention of the edition")
    )
    privacy = {
        "id": NOT_PERSONAL, "registration": _proof, "kind": _proof, "given_at": _proof, "withdrawn_at": _proof,
    }  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "kind"], condition=Q(withdrawn_at__isnull=True), name="registration_one_consent"
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class SideEvent(models.Model):
    """An event beside the programme with its own host, audience, places and waiting list."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="+")
    slug = models.SlugField(max_length=80)
    title = I18nCharField(max_length=200)
    about = I18nTextField(blank=True)
    host = I18nCharField(max_length=200)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    capacity = models.PositiveIntegerField()
    audience = models.JSONField(default=dict, blank=True)
    audience_words = I18nCharField(max_length=300, blank=True)
    how_to_become = I18nTextField(blank=True)
    sample_note = I18nCharField(max_length=300, blank=True)

    objects = ScopedManager(conference="conference")

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "slug"], name="registration_side_event_slug"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="registration_side_event_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)


class Seat(models.Model):
    """A registration's seat at a side event."""

    side_event = models.ForeignKey(SideEvent, on_delete=models.CASCADE, related_name="seats")
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="seats")
    status = models.CharField(max_length=10, choices=SeatStatus.choices)
    taken_at = models.DateTimeField()

    _seat = Personal(
        _("hold a seat"), Basis.CONTRACT, _("the person, registration team, the host"), _("retention of the edition")
    )
    privacy = {
        "id": NOT_PERSONAL, "side_event": _seat, "registration": _seat, "status": _seat, "taken_at": _seat,
    }  # fmt: skip

    class Meta:
        ordering = ["taken_at", "id"]
        constraints = [models.UniqueConstraint(fields=["side_event", "registration"], name="registration_one_seat")]

    def __str__(self) -> str:
        return f"{self.side_event}: {self.status}"


class Tally(models.Model):
    """How many registrations of a kind an edition had, kept when the registrations themselves are gone."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="+")
    status = models.CharField(max_length=12, choices=Status.choices)
    mode = models.CharField(max_length=10, choices=Mode.choices)
    country = models.CharField(max_length=2)
    stakeholder = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()

    objects = ScopedManager(conference="conference")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "status", "mode", "country", "stakeholder"], name="registration_one_tally"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.status}"
