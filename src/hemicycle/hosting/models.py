"""Who hosts a side event, who is asked to, and the papers that came out of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hemicycle.kit.privacy import NOT_PERSONAL, Basis, Personal
from hemicycle.kit.tenancy import ScopedManager
from hemicycle.registration.models import SideEvent

_HOST = Personal(
    _("run a side event"), Basis.CONTRACT, _("the team, the other hosts"), _("until the role is taken away")
)


class Host(models.Model):
    """A person who hosts a side event: sees its list, decides, writes to its people."""

    side_event = models.ForeignKey(SideEvent, on_delete=models.CASCADE, related_name="hosts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    added_at = models.DateTimeField()

    objects = ScopedManager(conference="side_event__conference")
    privacy = {"id": NOT_PERSONAL, "side_event": _HOST, "person": _HOST, "added_at": _HOST}

    class Meta:
        ordering = ["added_at", "id"]
        constraints = [models.UniqueConstraint(fields=["side_event", "person"], name="hosting_one_host")]

    def __str__(self) -> str:
        return f"Host {self.pk}"


class HostInvitation(models.Model):
    """An address that is asked to host."""

    side_event = models.ForeignKey(SideEvent, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField()
    invited_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = ScopedManager(conference="side_event__conference")
    privacy = {
        "id": NOT_PERSONAL, "side_event": _HOST, "email": _HOST, "invited_at": _HOST, "version": NOT_PERSONAL,
    }  # fmt: skip
    privacy_address = "email"

    class Meta:
        ordering = ["email"]
        constraints = [models.UniqueConstraint(fields=["side_event", "email"], name="hosting_one_invitation")]

    def __str__(self) -> str:
        return f"Invitation {self.pk}"


class Paper(models.Model):
    """A file that came out of a side event; shown to everybody once its host says so."""

    side_event = models.ForeignKey(SideEvent, on_delete=models.CASCADE, related_name="papers")
    title = models.CharField(max_length=200)
    file = models.FileField(upload_to="papers/%Y/", max_length=200)
    name = models.CharField(max_length=100)
    media = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    shown = models.BooleanField(default=False)
    uploaded_at = models.DateTimeField()

    objects = ScopedManager(conference="side_event__conference")

    class Meta:
        ordering = ["uploaded_at", "id"]

    def __str__(self) -> str:
        return self.title
