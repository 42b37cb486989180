"""A person: one record through everything."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hemicycle.kit.privacy import NOT_PERSONAL, Basis, Personal


class People(BaseUserManager["User"]):
    """Makes people by their address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Return a new person; without a password they sign in by code or passkey."""
        person = self.model(email=email.lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Return a new site administrator."""
        return self.create_user(email, password, is_superuser=True, is_staff=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an address; the word on screens is *person*."""

    email = models.EmailField(unique=True)
    first_name = models.CharField(max_length=100, blank=True)
    last_name = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=10, default="en")
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[People] = People()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    _account = Personal(
        _("sign in and be addressed"), Basis.CONTRACT, _("the person, organisers of their editions"), _("until erased")
    )
    privacy = {
        "id": NOT_PERSONAL, "password": NOT_PERSONAL, "is_superuser": NOT_PERSONAL, "is_staff": NOT_PERSONAL,
        "is_active": NOT_PERSONAL, "erased_at": NOT_PERSONAL,
        "email": _account, "first_name": _account, "last_name": _account, "language": _account,
        "last_login": _account, "date_joined": _account,
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="accounts_one_person_per_address")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name as printed on a badge; the address's first part until it is known."""
        return f"{self.first_name} {self.last_name}".strip() or self.email.partition("@")[0]

    @property
    def initials(self) -> str:
        """One or two letters for a portrait that is missing."""
        return "".join(part[0] for part in (self.first_name, self.last_name) if part).upper() or self.email[:1].upper()

    def get_full_name(self) -> str:
        """Return the name (Django's interface)."""
        return self.name


class ApiKey(models.Model):
    """What a program sends to act for a person, under /api/ and nowhere else; of its secret only the digest is kept.

    The digest is of 256 random bits, so that no slow hash is needed and one look-up by index finds it.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    prefix = models.CharField(max_length=12)
    digest = models.BinaryField(max_length=32, unique=True)
    read_only = models.BooleanField(default=False)
    second_factor = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    _key = Personal(_("let programs act for the person"), Basis.CONTRACT, _("the person"), _("until erased"))
    privacy = {
        "id": NOT_PERSONAL, "digest": NOT_PERSONAL, "read_only": NOT_PERSONAL, "second_factor": NOT_PERSONAL,
        "person": _key, "name": _key, "prefix": _key, "created_at": _key, "expires_at": _key, "last_used_at": _key,
        "revoked_at": _key,
    }  # fmt: skip

    class Meta:
        verbose_name = _("key for programs")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="accounts_key_ends_later")
        ]

    def __str__(self) -> str:
        return self.prefix
