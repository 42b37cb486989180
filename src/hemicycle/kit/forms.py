"""How forms look and which lines they take: one renderer, one line field, one status for a form that came back."""

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
CONTROL_BUT_LINES = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


class Renderer(TemplatesSetting):
    """Every form and field through kit's templates: label, help, error above the field, then the field."""

    form_template_name = "kit/forms/form.html"
    field_template_name = "kit/forms/field.html"


def no_control_characters(value: str) -> None:
    """Refuse line breaks and invisible direction marks: names and subjects end up in mail headers and badges."""
    if CONTROL.search(value):
        raise ValidationError(_("Use letters, figures and signs on one line only."))


class Line(forms.CharField):
    """One line of text."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 200)
        super().__init__(**kwargs)
        self.validators.append(no_control_characters)


class Text(forms.CharField):
    """Several lines of text."""

    def __init__(self, *, rows: int = 4, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 4000)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def clean(self, value: Any) -> str:
        """Return the text without control characters."""
        return CONTROL_BUT_LINES.sub("", super().clean(value))


class Mail(forms.EmailField):
    """An e-mail address, kept in lower case."""

    default_error_messages = {"invalid": _("Write the full address, for example name@example.eu")}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 254)
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("autocomplete", "email")

    def clean(self, value: Any) -> str:
        """Return the address in lower case; one person has one address."""
        return str(super().clean(value)).lower()


class Addresses(Text):
    """Several e-mail addresses, with line breaks, blanks, commas or semicolons between; one unreadable word is named."""

    def __init__(self, *, most: int = 500, **kwargs: Any) -> None:
        self.most = most
        super().__init__(rows=5, max_length=60_000, **kwargs)

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        """Return the addresses in lower case, each once."""
        found = list(dict.fromkeys(word.lower() for word in re.split(r"[\s,;]+", super().clean(value)) if word))
        for word in found:
            try:
                validate_email(word)
            except ValidationError:
                raise ValidationError(gettext("“%(word)s” is not an email address.") % {"word": word[:80]}) from None
        if len(found) > self.most:
            raise ValidationError(gettext("Invite at most %(number)s people at a time.") % {"number": self.most})
        return found


def status(form: forms.BaseForm) -> int:
    """Return 422 for a form that came back with errors, else 200."""
    return 422 if form.is_bound and form.errors else 200


def lazy_choices(source: Callable[[], list[tuple[str, str]]], empty: Any) -> Callable[[], list[tuple[str, Any]]]:
    """Return choices read at each use, in the reader's language, with a first empty one."""
    return lambda: [("", empty), *source()]


def tell(form: forms.BaseForm, error: ValidationError) -> None:
    """Show what an operation refused beside the field it is about, or at the top."""
    found = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for name, sentences in found.items():
        form.add_error(name if name in form.fields else None, sentences)


def tell_stale(form: forms.BaseForm, *, version: int) -> None:
    """Say that somebody else saved; what was typed stays, and the next press is meant for the newer version."""
    form.add_error(
        None, _("Somebody else saved in the meantime. Your answers are still here; compare, then save again.")
    )
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["version"] = str(version)  # type: ignore[index]
