"""Who comes: categories, invitations, groups, registrations, consents, and what is left to count."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hemicycle.conferences.models import Conference, Term
from hemicycle.directory.models import Organisation
from hemicycle.kit.i18n import I18nCharField, I18nTextField
from hemicycle.kit.privacy import NOT_PERSONAL, Basis, Personal
from hemicycle.kit.tenancy import ScopedManager
from hemicycle.registration.enums import HOLDS_PLACE, ConsentKind, Mode, Status


def new_code() -> str:
    """Return a ticket code that cannot be guessed and can be read aloud (75 bits, no 0/O, 1/I)."""
    return "".join(secrets.choice("23456789ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(15))


def new_feed_key() -> str:
    """Return the secret part of a private calendar address."""
    return secrets.token_urlsafe(24)


class Category(models.Model):
    """How people come: for some kinds of stakeholders or for all, with places of its own, with or without approval."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="+")
    slug = models.SlugField(max_length=60)
    name = I18nCharField(max_length=120)
    note = I18nTextField(blank=True)
    stakeholders = models.ManyToManyField(Term, blank=True, related_name="+")
    quota = models.PositiveIntegerField(null=True, blank=True)
    needs_approval = models.BooleanField(default=False)
    decision_on = models.DateField(null=True, blank=True)
    invitation_only = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedManager(conference="conference")

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["conference", "slug"], name="registration_category_slug")]

    def __str__(self) -> str:
        return str(self.name)


class Invitation(models.Model):
    """A code that lets people in: for one address or for so many people, past approval, into a category."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=20, default=new_code)
    email = models.EmailField(blank=True)
    category = models.ForeignKey(Category, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    skips_approval = models.BooleanField(default=True)
    uses = models.PositiveIntegerField(default=1)
    used = models.PositiveIntegerField(default=0)
    expires_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    objects = ScopedManager(conference="conference")
    _invited = Personal(
        _("invite somebody"), Basis.PUBLIC_TASK, _("the person, registration team"), _("retention of the edition")
    )
    privacy = {
        "id": NOT_PERSONAL, "conference": NOT_PERSONAL, "code": NOT_PERSONAL, "email": _invited, "category": NOT_PERSONAL,
        "skips_approval": NOT_PERSONAL, "uses": NOT_PERSONAL, "used": NOT_PERSONAL, "expires_at": NOT_PERSONAL,
        "created_at": NOT_PERSONAL,
    }  # fmt: skip
    privacy_address = "email"

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "code"], name="registration_invitation_code"),
            models.CheckConstraint(condition=Q(used__lte=F("uses")), name="registration_invitation_not_overused"),
        ]

    def __str__(self) -> str:
        return self.code


class Group(models.Model):
    """People registered together by one of them; they wait and are offered places together."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    contact = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()

    objects = ScopedManager(conference="conference")
    _together = Personal(
        _("register people together"), Basis.CONTRACT, _("the person, registration team"), _("retention of the edition")
    )
    privacy = {
        "id": NOT_PERSONAL, "conference": NOT_PERSONAL, "name": _together, "contact": _together, "created_at": _together,
    }  # fmt: skip

    def __str__(self) -> str:
        return self.name


class Registration(models.Model):
    """A person's registration in an edition."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    stakeholder = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+")
    category = models.ForeignKey(Category, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
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
        "category": _place, "group": _place, "approved_at": NOT_PERSONAL,
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


class SavedView(models.Model):
    """A filter of the organiser's list that the team uses again."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500)

    objects = ScopedManager(conference="conference")

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["conference", "name"], name="registration_one_view_per_name")]

    def __str__(self) -> str:
        return self.name


class Intake(models.Model):
    """A file of registrations that was read and waits for somebody's yes; its rows are sealed and kept for a day."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="+")
    source = models.CharField(max_length=12)
    rows = models.BinaryField()
    created_at = models.DateTimeField()

    objects = ScopedManager(conference="conference")

    def __str__(self) -> str:
        return f"Intake {self.pk}"
