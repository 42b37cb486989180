"""What the team writes about registration."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hemicycle.conferences.enums import TermKind
from hemicycle.conferences.models import Conference, Term
from hemicycle.kit import countries
from hemicycle.kit.forms import Addresses, Line, Text, lazy_choices
from hemicycle.kit.i18n import text
from hemicycle.kit.translated import Translated, TranslatedForm
from hemicycle.kit.uploads import TableFile
from hemicycle.registration.enums import QuestionKind
from hemicycle.registration.models import Category, Question


class Batch(forms.Form):
    """What is done with the chosen rows."""

    do = forms.ChoiceField(choices=[(word, word) for word in ("approve", "decline", "cancel", "again")])
    reason = Text(label=_("Reason, sent with the mail"), required=False, rows=2, max_length=1000)


class View(forms.Form):
    """A filter under a name."""

    name = Line(label=_("Keep this view as"), max_length=60)
    query = forms.CharField(widget=forms.HiddenInput, max_length=500, required=False)


class CategoryForm(TranslatedForm):
    """A way of coming."""

    name = Translated(label=_("Name"), max_length=120)
    note = Translated(label=_("Note"), required=False, max_length=500)
    slug = forms.SlugField(label=_("Short name in addresses"), max_length=60)
    stakeholders: forms.ModelMultipleChoiceField[Term] = forms.ModelMultipleChoiceField(
        label=_("For these kinds only; none chosen: for all"),
        queryset=Term.objects.filter(kind=TermKind.STAKEHOLDER),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    quota = forms.IntegerField(label=_("Places of its own"), required=False, min_value=0, max_value=100_000)
    needs_approval = forms.BooleanField(label=_("The team approves each one"), required=False)
    decision_on = forms.DateField(
        label=_("Decided by"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("People are told this day."),
    )  # fmt: skip
    invitation_only = forms.BooleanField(label=_("By invitation only"), required=False)
    order = forms.IntegerField(label=_("Order"), min_value=0, max_value=999, initial=0)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    def __init__(self, *args: Any, conference: Conference, category: Category | None = None, **kwargs: Any) -> None:
        super().__init__(*args, languages=conference.languages, **kwargs)
        self.conference, self.category = conference, category

    def clean_slug(self) -> str:
        """Return the short name if no other way of coming has it."""
        slug = str(self.cleaned_data["slug"])
        others = Category.objects.filter(conference=self.conference, slug=slug)
        if others.exclude(pk=self.category.pk if self.category else 0).exists():
            raise ValidationError(_("Another way of coming has this short name."))
        return slug


class QuestionForm(TranslatedForm):
    """A question of the organiser's own."""

    label = Translated(label=_("Question"))
    help = Translated(label=_("Explanation"), required=False, max_length=500)
    key = forms.SlugField(label=_("Short name in exports"), max_length=40)
    kind = forms.ChoiceField(label=_("Answer"), choices=QuestionKind.choices)
    options = Text(
        label=_("Choices"), required=False, rows=5,
        help_text=_("One in a line, as “key = words”. In several languages: “key = words | fr: mots | nl: woorden”."),
    )  # fmt: skip
    required = forms.BooleanField(label=_("Must be answered"), required=False)
    restricted = forms.BooleanField(
        label=_("For the guard only"), required=False,
        help_text=_("Stored encrypted, shown to the registration team only, deleted a week after the edition."),
    )  # fmt: skip
    categories: forms.ModelMultipleChoiceField[Category] = forms.ModelMultipleChoiceField(
        label=_("Asked of these only; none chosen: of all"), queryset=Category.objects.none(),
        widget=forms.CheckboxSelectMultiple, required=False,
    )  # fmt: skip
    depends_on: forms.ModelChoiceField[Question] = forms.ModelChoiceField(
        label=_("Asked only after"), queryset=Question.objects.none(), required=False, empty_label=_("– always –")
    )
    values = Line(  # type: ignore[assignment]  # a field is taken out of the class, the method stays
        label=_("when the answer is one of"), required=False, help_text=_("Keys, with commas between.")
    )
    order = forms.IntegerField(label=_("Order"), min_value=0, max_value=999, initial=0)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    def __init__(
        self,
        *args: Any,
        conference: Conference,
        questions: Sequence[Question],
        question: Question | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, languages=conference.languages, **kwargs)
        self.conference, self.question = conference, question
        own = question.pk if question else None
        self._limit("categories", Category._base_manager.filter(conference=conference))  # noqa: SLF001 - one edition's
        others = Question._base_manager.filter(pk__in=[row.pk for row in questions if row.pk != own])  # noqa: SLF001
        self._limit("depends_on", others)

    def _limit(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows

    def clean_key(self) -> str:
        """Return the short name if no other question has it."""
        key = str(self.cleaned_data["key"])
        others = Question.objects.filter(conference=self.conference, key=key)
        if others.exclude(pk=self.question.pk if self.question else 0).exists():
            raise ValidationError(_("Another question has this short name."))
        return key

    def clean_options(self) -> list[dict[str, Any]]:
        """Return the choices; a line that cannot be read is named."""
        found: list[dict[str, Any]] = []
        for number, line in enumerate(self.cleaned_data["options"].splitlines(), 1):
            if not line.strip():
                continue
            key, sign, words = (part.strip() for part in line.partition("="))
            first, *others = (part.strip() for part in words.split("|"))
            labels = {(self.conference.languages or ["en"])[0]: first}
            labels |= {code.strip(): word.strip() for code, _colon, word in (other.partition(":") for other in others)}
            if not sign or not key or not all(labels.values()) or key in {row["key"] for row in found}:
                raise ValidationError(
                    gettext("Line %(number)s is not “key = words” with a key of its own.") % {"number": number}
                )
            found.append({"key": key, "label": labels})
        return found

    def clean(self) -> dict[str, Any]:
        """Check that what belongs together is there, and that no question hangs on itself."""
        cleaned = super().clean() or {}
        kind, options = cleaned.get("kind"), cleaned.get("options")
        if kind in (QuestionKind.CHOICE, QuestionKind.SEVERAL) and not options and "options" not in self.errors:
            self.add_error("options", gettext("Write at least one choice."))
        if cleaned.get("depends_on") and not cleaned.get("values"):
            self.add_error("values", gettext("Say after which answers it is asked."))
        above = cleaned.get("depends_on")
        while above is not None and self.question is not None:
            if above.pk == self.question.pk:
                self.add_error("depends_on", gettext("The questions would hang on each other."))
                break
            above = above.depends_on
        return cleaned

    def data_to_write(self) -> dict[str, Any]:
        """Return what is written."""
        found = TranslatedForm.values(self, "categories", "version")
        found["values"] = [word.strip() for word in self.cleaned_data["values"].split(",") if word.strip()]
        return found

    @staticmethod
    def options_as_text(options: Sequence[dict[str, Any]], languages: Sequence[str]) -> str:
        """Return stored choices as the lines they are written in."""
        lines = []
        for row in options:
            labels = dict(text(row["label"]).data)
            first = labels.pop((list(languages) or ["en"])[0], "") or next(iter(labels.values()), "")
            lines.append(" | ".join([f"{row['key']} = {first}", *(f"{code}: {word}" for code, word in labels.items())]))
        return "\n".join(lines)


class Invite(forms.Form):
    """Who is invited, or how many people a code lets in."""

    people = Addresses(
        label=_("Email addresses"),
        required=False,
        help_text=_("One in a line; each gets a mail with a code of its own."),
    )
    uses = forms.IntegerField(label=_("or a code for so many people"), required=False, min_value=1, max_value=100_000)
    category: forms.ModelChoiceField[Category] = forms.ModelChoiceField(
        label=_("Way of coming"), queryset=Category.objects.none(), required=False, empty_label=_("any")
    )
    skips_approval = forms.BooleanField(label=_("Stands for the approval"), required=False, initial=True)
    until = forms.DateField(
        label=_("Works until the end of"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, conference: Conference, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        field = self.fields["category"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Category._base_manager.filter(conference=conference)  # noqa: SLF001 - one edition's

    def clean_until(self) -> date | None:
        """Return the day if it is to come."""
        until: date | None = self.cleaned_data["until"]
        if until is not None and until < self.today:
            raise ValidationError(gettext("This day is over."))
        return until

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        cleaned = super().clean() or {}
        if bool(cleaned.get("people")) == bool(cleaned.get("uses")) and not self.errors:
            raise ValidationError(gettext("Write addresses, or a number for one code: one of the two."))
        return cleaned


class Upload(forms.Form):
    """A file from another tool."""

    file = TableFile(label=_("CSV or XLSX file"), help_text=_("Nothing is entered yet; you see what was read first."))
    country = forms.ChoiceField(
        label=_("Country where the file names none"), required=False,
        choices=lazy_choices(countries.choices, _("Select a country")),
    )  # fmt: skip


class TakeIn(forms.Form):
    """What all people of a file have in common."""

    intake = forms.IntegerField(widget=forms.HiddenInput)
    stakeholder: forms.ModelChoiceField[Term] = forms.ModelChoiceField(
        label=_("They come as"),
        queryset=Term.objects.filter(kind=TermKind.STAKEHOLDER),
        empty_label=_("Select what fits best"),
    )
    category: forms.ModelChoiceField[Category] = forms.ModelChoiceField(
        label=_("Way of coming"), queryset=Category.objects.none(), required=False, empty_label=_("none")
    )

    def __init__(self, *args: Any, conference: Conference, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["category"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Category._base_manager.filter(conference=conference)  # noqa: SLF001 - one edition's
