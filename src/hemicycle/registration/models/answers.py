"""What is asked and answered, forms on their way, and places on their way to a colleague."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hemicycle.conferences.models import Conference
from hemicycle.kit.i18n import I18nCharField, I18nTextField
from hemicycle.kit.privacy import NOT_PERSONAL, Basis, Personal
from hemicycle.kit.tenancy import ScopedManager
from hemicycle.registration.enums import QuestionKind
from hemicycle.registration.models.places import Category, Registration
from hemicycle.registration.models.side_events import SideEvent


class Question(models.Model):
    """A question of the organiser's own, or of a side event's host; restricted answers are stored encrypted and go after the edition."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="+")
    side_event = models.ForeignKey(SideEvent, null=True, blank=True, on_delete=models.CASCADE, related_name="questions")
    key = models.SlugField(max_length=40)
    label = I18nCharField(max_length=200)
    help = I18nTextField(blank=True)
    kind = models.CharField(max_length=12, choices=QuestionKind.choices)
    options = models.JSONField(default=list, blank=True)
    required = models.BooleanField(default=False)
    restricted = models.BooleanField(default=False)
    categories = models.ManyToManyField(Category, blank=True, related_name="+")
    depends_on = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    values = models.JSONField(default=list, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedManager(conference="conference")

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "key"], name="registration_question_key"),
            models.CheckConstraint(condition=Q(kind__in=QuestionKind.values), name="registration_question_kind"),
        ]

    def __str__(self) -> str:
        return str(self.label)


class Answer(models.Model):
    """What somebody answered; of a restricted question only the encrypted words are stored."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="+")
    value = models.JSONField(null=True, blank=True)
    secret = models.BinaryField(null=True, blank=True)

    _said = Personal(
        _("answer what the organiser needs to know"), Basis.CONTRACT, _("the person, registration team"),
        _("retention of the edition; what the guard needs: a week after the edition"),
    )  # fmt: skip
    privacy = {"id": NOT_PERSONAL, "registration": _said, "question": _said, "value": _said, "secret": _said}

    class Meta:
        ordering = ["question__order", "question_id"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "question"], name="registration_one_answer"),
            models.CheckConstraint(
                condition=Q(secret__isnull=True) | Q(value__isnull=True), name="registration_secret_or_plain"
            ),
        ]

    def __str__(self) -> str:
        return f"Answer {self.pk}"


class AnswerFile(models.Model):
    """The bytes of an answer that is a file, always encrypted; name, media type and size stand in the answer."""

    answer = models.OneToOneField(Answer, on_delete=models.CASCADE, related_name="file")
    content = models.BinaryField()

    privacy = {"id": NOT_PERSONAL, "answer": Answer._said, "content": Answer._said}  # noqa: SLF001 - the same answer

    def __str__(self) -> str:
        return f"File of answer {self.answer_id}"


class Draft(models.Model):
    """A form that is being filled in: its place is held for a while, its words are kept for whoever comes back."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="+")
    key_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField()
    category = models.ForeignKey(Category, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    on_site = models.BooleanField(default=True)
    details = models.JSONField(default=dict)
    answers = models.BinaryField(null=True, blank=True)
    held_until = models.DateTimeField()
    kept_until = models.DateTimeField()

    objects = ScopedManager(conference="conference")
    _typed = Personal(
        _("keep what was typed until it is sent"), Basis.CONTRACT, _("the person"), _("two weeks, or until it is sent")
    )
    privacy = {
        "id": NOT_PERSONAL, "conference": NOT_PERSONAL, "key_hash": NOT_PERSONAL, "email": _typed, "category": _typed,
        "on_site": _typed, "details": _typed, "answers": _typed, "held_until": NOT_PERSONAL, "kept_until": NOT_PERSONAL,
    }  # fmt: skip
    privacy_address = "email"

    def __str__(self) -> str:
        return f"Draft {self.pk}"


class Transfer(models.Model):
    """A place on its way to a colleague; it changes hands when the colleague says yes."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="transfers")
    email = models.EmailField()
    first_name = models.CharField(max_length=100)
    last_name = models.CharField(max_length=100)
    version = models.PositiveIntegerField(default=1)
    offered_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    _hands = Personal(
        _("hand a place to a colleague"),
        Basis.CONTRACT,
        _("both people, registration team"),
        _("retention of the edition"),
    )
    privacy = {
        "id": NOT_PERSONAL, "registration": _hands, "email": _hands, "first_name": _hands, "last_name": _hands,
        "version": NOT_PERSONAL, "offered_at": _hands, "ends_at": NOT_PERSONAL, "accepted_at": _hands,
    }  # fmt: skip
    privacy_address = "email"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["registration"], condition=Q(accepted_at__isnull=True), name="registration_one_transfer"
            )
        ]

    def __str__(self) -> str:
        return f"Transfer {self.pk}"
