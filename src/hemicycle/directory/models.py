"""Organisations, one record each through all editions, facts with a validity, and who looks after them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from hemicycle.conferences.models import Conference, Term
from hemicycle.directory.enums import Check, FactKind, MemberType
from hemicycle.kit.privacy import NOT_PERSONAL, Basis, Personal
from hemicycle.kit.tenancy import ScopedManager


class Organisation(models.Model):
    """A cluster, company, authority or any other organisation; `listed` ones have a public page."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    country = models.CharField(max_length=2)
    region = models.CharField(max_length=5, blank=True)
    city = models.CharField(max_length=100, blank=True)
    website = models.URLField(blank=True)
    languages = models.JSONField(default=list, blank=True)
    domain = models.CharField(max_length=253, blank=True)
    about = models.TextField(blank=True)
    kind = models.ForeignKey(Term, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    ecosystems = models.ManyToManyField(Term, related_name="+")
    members = models.PositiveIntegerField(null=True, blank=True)
    member_types = models.JSONField(default=list, blank=True)
    staff = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    listed = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["domain"], name="directory_by_domain")]
        constraints = [
            models.UniqueConstraint(fields=["name", "country"], name="directory_one_name_per_country"),
            models.CheckConstraint(
                condition=Q(staff__isnull=True) | Q(staff__gte=0), name="directory_staff_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def types(self) -> list[str]:
        """The kinds of its members as words."""
        return [str(MemberType(key).label) for key in self.member_types]


class Alias(models.Model):
    """A name and address an organisation had before it was merged into another record; both still lead there."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="aliases")
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    country = models.CharField(max_length=2)

    class Meta:
        verbose_name = _("earlier name")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class Fact(models.Model):
    """Something true of an organisation from a day to a day; a grant ends, a label expires.

    What a manager writes waits for an organiser; only confirmed facts are shown and decide.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="facts")
    kind = models.CharField(max_length=12, choices=FactKind.choices)
    title = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    source = models.CharField(max_length=300, blank=True)
    confirmed = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("fact")
        ordering = ["-valid_from", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="directory_fact_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.valid_from} to {self.valid_until or '…'})"


_managing = Personal(
    _("look after an organisation's page"), Basis.CONTRACT, _("the person, other managers, the team"),
    _("as long as the person manages it"),
)  # fmt: skip


class Manager(models.Model):
    """A person who looks after an organisation's page, facts and people."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="managers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()

    privacy = {"id": NOT_PERSONAL, "organisation": _managing, "person": _managing, "since": _managing}

    class Meta:
        verbose_name = _("manager")
        ordering = ["since", "id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "person"], name="directory_one_manager_once")]

    def __str__(self) -> str:
        return f"Manager {self.pk}"


class ManagerInvitation(models.Model):
    """An address asked to manage an organisation; it becomes a manager when its reader says yes."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    invited_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    _asked = Personal(
        _("look after an organisation's page"), Basis.CONTRACT, _("the person, other managers, the team"),
        _("until answered or withdrawn"),
    )  # fmt: skip
    privacy = {
        "id": NOT_PERSONAL, "version": NOT_PERSONAL, "organisation": _asked, "email": _asked, "invited_by": _asked,
        "invited_at": _asked,
    }  # fmt: skip
    privacy_address = "email"

    class Meta:
        verbose_name = _("invitation")
        ordering = ["invited_at", "id"]
        constraints = [
            models.UniqueConstraint("organisation", Lower("email"), name="directory_one_invitation_per_address")
        ]

    def __str__(self) -> str:
        return f"Invitation {self.pk}"


class JoinRequest(models.Model):
    """A person with an address of the organisation who asks to manage it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="join_requests")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()

    _asked = Personal(
        _("look after an organisation's page"), Basis.CONTRACT, _("the person, other managers, the team"),
        _("until answered or withdrawn"),
    )  # fmt: skip
    privacy = {"id": NOT_PERSONAL, "organisation": _asked, "person": _asked, "asked_at": _asked}

    class Meta:
        verbose_name = _("request to join")
        ordering = ["asked_at", "id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "person"], name="directory_one_request_once")]

    def __str__(self) -> str:
        return f"Request {self.pk}"


class Waiver(models.Model):
    """A check that an organiser set aside, and why."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="waivers")
    check_key = models.CharField(max_length=12, choices=Check.choices)
    reason = models.CharField(max_length=300)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    given_at = models.DateTimeField()

    _decided = Personal(
        _("show who set a check aside"), Basis.PUBLIC_TASK, _("the team"), _("as long as the waiver stands")
    )
    privacy = {
        "id": NOT_PERSONAL, "organisation": NOT_PERSONAL, "check_key": NOT_PERSONAL, "reason": NOT_PERSONAL,
        "given_by": _decided, "given_at": _decided,
    }  # fmt: skip

    class Meta:
        verbose_name = _("waiver")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "check_key"], name="directory_one_waiver_per_check")
        ]

    def __str__(self) -> str:
        return f"{self.get_check_key_display()}: {self.reason}"


class Intake(models.Model):
    """A file of organisations that was read and waits for somebody's yes."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="+")
    rows = models.JSONField()
    created_at = models.DateTimeField()

    objects = ScopedManager(conference="conference")

    def __str__(self) -> str:
        return f"Intake {self.pk}"
