"""What people write about themselves."""

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import validate_email
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hemicycle.conferences.enums import TermKind
from hemicycle.conferences.models import Term
from hemicycle.kit import countries
from hemicycle.kit.forms import Line, Mail, Text, lazy_choices, no_control_characters
from hemicycle.kit.i18n import text
from hemicycle.kit.uploads import JPEG, PDF, PNG, Upload, safe_name
from hemicycle.registration import questionnaire
from hemicycle.registration.enums import ConsentKind, Mode, QuestionKind
from hemicycle.registration.groups import Member
from hemicycle.registration.models import Category, Question

OLDEST = date(1900, 1, 1)
NAME = 100


class Register(forms.Form):
    """The registration form: one page, asked once, used everywhere."""

    first_name = Line(label=_("First name"), max_length=100)
    last_name = Line(label=_("Last name"), max_length=100)
    email = Mail(label=_("Email address"), help_text=_("Your ticket and agenda go to this address."))
    organisation = Line(label=_("Organisation"), required=False)
    job_title = Line(label=_("Function"), required=False, max_length=150)
    country = forms.ChoiceField(
        label=_("Country"),
        choices=lazy_choices(countries.choices, _("Select a country")),
        error_messages={"required": _("Choose the country of your organisation")},
    )
    stakeholder = forms.ModelChoiceField(
        label=_("You come as"),
        queryset=Term.objects.filter(kind=TermKind.STAKEHOLDER),
        empty_label=_("Select what fits best"),
        error_messages={"required": _("Choose what fits best")},
    )
    mode = forms.ChoiceField(
        label=_("How will you take part?"), choices=Mode.choices, initial=Mode.ON_SITE, widget=forms.RadioSelect
    )
    needs = Text(
        label=_("Accessibility needs"),
        required=False,
        rows=3,
        max_length=1000,
        help_text=_("For example step-free access, sign language, captions. Only the registration team reads this."),
    )
    consent_list = forms.BooleanField(
        label=_("Show my name on the participants' list"),
        required=False,
        help_text=_("You can change this at any time."),
    )
    consent_matchmaking = forms.BooleanField(
        label=_("I want to meet partners: let participants find my matchmaking profile"), required=False
    )
    consent_newsletter = forms.BooleanField(label=_("Tell me about later editions"), required=False)
    notice = forms.BooleanField(
        label=_("I have read the data protection notice."),
        error_messages={"required": _("Tick the box to go on")},
    )

    category: forms.ModelChoiceField[Category] = forms.ModelChoiceField(
        label=_("How do you come?"),
        queryset=Category.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose how you come")},
    )
    code = Line(label=_("Invitation code"), required=False, max_length=40, help_text=_("If you have one."))

    def __init__(
        self, *args: Any, online: bool = True, categories: Sequence[Category] = (), codes: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        limit_categories(self, categories)
        if not codes:
            del self.fields["code"]
        for name, token in (
            ("first_name", "given-name"),
            ("last_name", "family-name"),
            ("organisation", "organization"),
            ("job_title", "organization-title"),
            ("country", "country"),
        ):
            self.fields[name].widget.attrs["autocomplete"] = token
        if not online:
            del self.fields["mode"]

    def clean(self) -> dict[str, Any]:
        """Fill in what an edition does not ask, and check that the category is for this kind of stakeholder."""
        cleaned = super().clean() or {}
        cleaned.setdefault("mode", Mode.ON_SITE)
        cleaned.setdefault("category", None)
        cleaned.setdefault("code", "")
        category, stakeholder = cleaned["category"], cleaned.get("stakeholder")
        if category is not None and stakeholder is not None:
            kinds = list(category.stakeholders.all())
            if kinds and stakeholder not in kinds:
                names = get_text_list([str(kind) for kind in kinds], gettext("or"))
                self.add_error("category", gettext("This is for: %(names)s.") % {"names": names})
        return cleaned


def limit_categories(form: forms.Form, categories: Sequence[Category]) -> None:
    """Offer these ways of coming, the first of them chosen; without any the form does not ask."""
    if not categories:
        del form.fields["category"]
        return
    field = form.fields["category"]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = Category._base_manager.filter(pk__in=[row.pk for row in categories])  # noqa: SLF001 - one edition's
    field.initial = categories[0].pk


class Questionnaire(forms.Form):
    """The organiser's own questions, as far as they are asked of somebody of this category."""

    def __init__(
        self,
        data: Any,
        files: Any = None,
        *,
        questions: Sequence[Question],
        category: Category | None,
        today: date,
        initial: Mapping[str, Any],
    ) -> None:
        self.questions, self.category, self.today = list(questions), category, today
        super().__init__(data, files, initial={f"q_{key}": value for key, value in initial.items()})
        possible = [row for row in self.questions if not row.categories.all() or category in row.categories.all()]
        for question in possible:
            field = self._field(question)
            field.must = question.required  # type: ignore[attr-defined]  # said beside the label
            if question.depends_on:
                field.widget.attrs |= {
                    "data-depends": f"q_{question.depends_on.key}",
                    "data-values": json.dumps([str(v) for v in question.values]),
                }
            self.fields[f"q_{question.key}"] = field

    def _field(self, question: Question) -> forms.Field:
        """Return the field of a question; whether it must be answered depends on the others and is checked in `clean`."""
        asks: dict[str, Any] = {"label": str(question.label), "help_text": str(question.help), "required": False}
        options = [(str(row["key"]), str(text(row["label"]))) for row in question.options]
        make: dict[QuestionKind, Callable[[], forms.Field]] = {
            QuestionKind.TEXT: lambda: Text(rows=3, max_length=2000, **asks),
            QuestionKind.CHOICE: lambda: forms.ChoiceField(choices=[("", _("Choose")), *options], **asks),
            QuestionKind.SEVERAL: lambda: forms.MultipleChoiceField(
                choices=options, widget=forms.CheckboxSelectMultiple, **asks
            ),
            QuestionKind.YES: lambda: forms.BooleanField(**asks),
            QuestionKind.NUMBER: lambda: forms.DecimalField(max_digits=12, decimal_places=2, **asks),
            QuestionKind.DATE: lambda: forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), **asks),
            QuestionKind.PAST: lambda: forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), **asks),
            QuestionKind.COUNTRY: lambda: forms.ChoiceField(
                choices=lazy_choices(countries.choices, _("Select a country")), **asks
            ),
            QuestionKind.ORGANISATION: lambda: Line(**asks),
            QuestionKind.FILE: lambda: self._file(question, asks),
        }
        return make[QuestionKind(question.kind)]()

    def _file(self, question: Question, asks: dict[str, Any]) -> forms.Field:
        before = self.initial.get(f"q_{question.key}")
        if before:
            kept = gettext("Kept: %(name)s. Choose another file to replace it.") % {"name": before["name"]}
            asks = asks | {"help_text": f"{asks['help_text']} {kept}".strip()}
        elif not asks["help_text"]:
            asks = {name: value for name, value in asks.items() if name != "help_text"}
        return Upload(kinds=[PDF, PNG, JPEG], megabytes=5, **asks)

    def clean(self) -> dict[str, Any]:
        """Keep the answers to what is asked; ask for those that must be given; dates of birth lie in the past."""
        cleaned = super().clean() or {}
        given = self.answers()
        for question in questionnaire.asked(self.questions, given, category=self.category):
            name = f"q_{question.key}"
            value = cleaned.get(name)
            if question.required and name not in self.errors and value in (None, "", [], False):
                self.add_error(name, gettext("Please answer this question."))
            if question.kind == QuestionKind.PAST and isinstance(value, date) and not self._plausible(value):
                self.add_error(name, gettext("This date must lie in the past."))
        return cleaned

    def _plausible(self, value: date) -> bool:
        return OLDEST <= value < self.today

    def answers(self) -> dict[str, Any]:
        """Return key → answer as plain values of what was filled in and is asked."""
        plain = {}
        for question in self.questions:
            value = self.cleaned_data.get(f"q_{question.key}")
            if value in (None, "", [], False):
                continue
            if isinstance(value, date):
                value = value.isoformat()
            elif isinstance(value, Decimal):
                value = str(value.normalize())
            elif isinstance(value, UploadedFile):
                value = _packed(value)
            plain[question.key] = True if value is True else value
        keys = {question.key for question in questionnaire.asked(self.questions, plain, category=self.category)}
        return {key: value for key, value in plain.items() if key in keys}


def _packed(file: UploadedFile) -> dict[str, Any]:
    """Return an uploaded file as plain values."""
    kind = file.kind  # type: ignore[attr-defined]
    file.seek(0)
    return {
        "name": safe_name(file.name or "", kind), "media": kind.media, "size": file.size,
        "content": base64.b64encode(file.read()).decode(),
    }  # fmt: skip


class Change(forms.Form):
    """What somebody may change about themselves later."""

    first_name = Line(label=_("First name"), max_length=100)
    last_name = Line(label=_("Last name"), max_length=100)
    organisation = Line(label=_("Organisation"), required=False)
    job_title = Line(label=_("Function"), required=False, max_length=150)
    country = forms.ChoiceField(label=_("Country"), choices=lazy_choices(countries.choices, _("Select a country")))
    needs = Text(label=_("Accessibility needs"), required=False, rows=3, max_length=1000)


class HandOver(forms.Form):
    """Who takes over a place."""

    first_name = Line(label=_("First name"), max_length=100)
    last_name = Line(label=_("Last name"), max_length=100)
    email = Mail(label=_("Email address"))


class Colleagues(forms.Form):
    """Colleagues to bring along, one in a line."""

    people = Text(
        label=_("Your colleagues"),
        rows=6,
        help_text=_("One person in a line: first name, last name, email address, with commas between."),
    )

    def clean_people(self) -> list[Member]:
        """Return the colleagues; a line that cannot be read is named."""
        found = []
        for number, line in enumerate(self.cleaned_data["people"].splitlines(), 1):
            if not line.strip():
                continue
            parts = [part.strip() for part in line.split(",")]
            try:
                first, last, email = parts
                validate_email(email)
                no_control_characters(first + last)
            except (ValueError, ValidationError):
                raise ValidationError(
                    gettext("Line %(number)s is not “first name, last name, email address”: %(line)s")
                    % {"number": number, "line": line.strip()[:80]}
                ) from None
            if not first or not last or max(len(first), len(last)) > NAME:
                raise ValidationError(gettext("Line %(number)s lacks a name.") % {"number": number})
            found.append(Member(email=email.lower(), first_name=first, last_name=last))
        return found


class Delegation(Colleagues):
    """People of an organisation, registered by somebody who looks after it."""

    category: forms.ModelChoiceField[Category] = forms.ModelChoiceField(
        label=_("How they come"), queryset=Category.objects.none(), empty_label=None
    )
    stakeholder: forms.ModelChoiceField[Term] = forms.ModelChoiceField(
        label=_("They come as"), queryset=Term.objects.filter(kind=TermKind.STAKEHOLDER),
        empty_label=_("Select what fits best"),
    )  # fmt: skip
    mode = forms.ChoiceField(label=_("How they take part"), choices=Mode.choices, initial=Mode.ON_SITE)
    field_order = ("category", "stakeholder", "mode", "people")

    def __init__(self, *args: Any, categories: Sequence[Category], online: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].label = _("The people")
        limit_categories(self, categories)
        if not online:
            del self.fields["mode"]


class Cancel(forms.Form):
    """Give the place back: nothing to write, one button."""

    sure = forms.BooleanField(widget=forms.HiddenInput, required=False)


class Consents(forms.Form):
    """The consents, each on its own."""

    list = forms.BooleanField(label=ConsentKind.LIST.label, required=False)
    images = forms.BooleanField(label=ConsentKind.IMAGES.label, required=False)
    newsletter = forms.BooleanField(label=ConsentKind.NEWSLETTER.label, required=False)
    matchmaking = forms.BooleanField(label=ConsentKind.MATCHMAKING.label, required=False)


class Filter(forms.Form):
    """The organiser's list: what is typed and chosen."""

    search = Line(required=False, max_length=100)
    status = forms.CharField(required=False, max_length=12)
    kind = forms.CharField(required=False, max_length=50)
    country = forms.CharField(required=False, max_length=2)
    category = forms.CharField(required=False, max_length=60)
    mode = forms.CharField(required=False, max_length=10)
    page = forms.IntegerField(required=False, min_value=1)
