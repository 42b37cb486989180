"""Keys, check-in lists, devices, scans and what follows from them, certificates and papers."""

import secrets
import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hemicycle.conferences.models import Conference
from hemicycle.door.enums import ListKind, Method, Result, ScanKind
from hemicycle.kit.i18n import I18nCharField
from hemicycle.kit.privacy import NOT_PERSONAL, Basis, Personal
from hemicycle.kit.tenancy import ScopedManager
from hemicycle.registration.models import Registration, SideEvent

READABLE = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def new_verification_code() -> str:
    """Return a certificate's code: cannot be guessed, can be typed from paper (75 bits, no 0/O, 1/I)."""
    return "".join(secrets.choice(READABLE) for _ in range(15))


class TicketKey(models.Model):
    """The key pair that signs an edition's tickets (Ed25519, RFC 8032); the private half is encrypted."""

    conference = models.OneToOneField(Conference, on_delete=models.CASCADE, related_name="+")
    public = models.BinaryField(max_length=32)
    sealed = models.BinaryField(max_length=200)
    made_at = models.DateTimeField()

    objects = ScopedManager(conference="conference")

    def __str__(self) -> str:
        return f"key of {self.conference_id}"


class CheckList(models.Model):
    """Whom people are counted for: the conference, a side event, a session."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=ListKind.choices)
    reference = models.SlugField(max_length=80, blank=True)
    title = I18nCharField(max_length=200)
    side_event = models.ForeignKey(SideEvent, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager(conference="conference")

    class Meta:
        ordering = ["kind", "starts_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "kind", "reference"], name="door_one_list_each"),
            models.CheckConstraint(condition=Q(kind__in=ListKind.values), name="door_known_list"),
        ]

    def __str__(self) -> str:
        return str(self.title)


class Device(models.Model):
    """A phone or laptop at a door: enrolled by a code once, recognised by a secret, switched off by the desk."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    lists = models.ManyToManyField(CheckList, related_name="+")
    walk_ins = models.BooleanField(default=False)
    code_digest = models.CharField(max_length=64, blank=True, db_index=True)
    code_until = models.DateTimeField(null=True, blank=True)
    secret_digest = models.CharField(max_length=64, null=True, unique=True)
    made_at = models.DateTimeField()
    enrolled_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager(conference="conference")

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["conference", "name"], name="door_one_device_per_name")]

    def __str__(self) -> str:
        return self.name


_door = Personal(
    _("admit people and count who came"),
    Basis.CONTRACT,
    _("registration team, door staff"),
    _("retention of the edition"),
)


class Scan(models.Model):
    """One reading of a ticket as a device reported it; written once, never changed.

    `uuid` comes from the device, so that a batch sent twice is taken once. `result` is what was answered then.
    """

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="+")
    uuid = models.UUIDField(default=uuid.uuid4)
    device = models.ForeignKey(Device, null=True, on_delete=models.PROTECT, related_name="+")
    checklist = models.ForeignKey(CheckList, on_delete=models.CASCADE, related_name="+")
    registration = models.ForeignKey(Registration, null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=5, choices=ScanKind.choices, default=ScanKind.IN)
    method = models.CharField(max_length=10, choices=Method.choices)
    undoes = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="+")
    scanned_at = models.DateTimeField()
    received_at = models.DateTimeField()
    result = models.CharField(max_length=15, choices=Result.choices)

    objects = ScopedManager(conference="conference")
    privacy = {
        "id": NOT_PERSONAL, "conference": NOT_PERSONAL, "uuid": NOT_PERSONAL, "device": NOT_PERSONAL,
        "checklist": NOT_PERSONAL, "registration": _door, "kind": NOT_PERSONAL, "method": NOT_PERSONAL,
        "undoes": NOT_PERSONAL, "scanned_at": _door, "received_at": _door, "result": _door,
    }  # fmt: skip

    class Meta:
        ordering = ["-received_at", "-id"]
        indexes = [
            models.Index(fields=["checklist", "registration"], name="door_scans_of_one"),
            models.Index(fields=["conference", "-received_at"], name="door_latest_scans"),
        ]
        constraints = [models.UniqueConstraint(fields=["device", "uuid"], name="door_a_scan_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.result}"


class CheckIn(models.Model):
    """Somebody is in: one row for a person and a list, pointing at the first scan that stands."""

    checklist = models.ForeignKey(CheckList, on_delete=models.CASCADE, related_name="check_ins")
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="+")
    scan = models.ForeignKey(Scan, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    privacy = {"id": NOT_PERSONAL, "checklist": _door, "registration": _door, "scan": NOT_PERSONAL, "at": _door}

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [models.UniqueConstraint(fields=["checklist", "registration"], name="door_in_once")]

    def __str__(self) -> str:
        return f"{self.checklist} {self.at:%H:%M}"


class Double(models.Model):
    """Two scans of one person at one list: told to both devices."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="+")
    first = models.ForeignKey(Scan, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Scan, on_delete=models.CASCADE, related_name="+")

    objects = ScopedManager(conference="conference")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="door_one_double")]

    def __str__(self) -> str:
        return f"{self.first_id} {self.second_id}"


class Certificate(models.Model):
    """A certificate of attendance and the code that anybody can check it by."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="+")
    registration = models.OneToOneField(Registration, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=20, unique=True, default=new_verification_code)
    issued_at = models.DateTimeField()

    objects = ScopedManager(conference="conference")
    _proof = Personal(
        _("prove that somebody attended"), Basis.CONTRACT, _("the person, whoever has the certificate's code"),
        _("retention of the edition"),
    )  # fmt: skip
    privacy = {
        "id": NOT_PERSONAL, "conference": NOT_PERSONAL, "registration": _proof, "code": _proof, "issued_at": _proof,
    }  # fmt: skip

    def __str__(self) -> str:
        return self.code
