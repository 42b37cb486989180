"""What a reader of the agenda chooses, and what organisers write into the draft."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hemicycle.agenda.enums import AppearanceRole, Format
from hemicycle.agenda.models import Speaker
from hemicycle.conferences.models import Room
from hemicycle.kit import countries
from hemicycle.kit.forms import Line, Text, lazy_choices
from hemicycle.kit.moments import Moment
from hemicycle.kit.translated import Translated, TranslatedForm


class Filters(forms.Form):
    """Chosen day, view and filters; unknown values choose nothing."""

    day = forms.DateField(required=False)
    view = forms.ChoiceField(required=False, choices=[("grid", "grid"), ("list", "list")])
    transition = forms.CharField(required=False, max_length=50)
    driver = forms.CharField(required=False, max_length=50)
    format = forms.CharField(required=False, max_length=20)
    room = forms.CharField(required=False, max_length=50)
    mine = forms.BooleanField(required=False)


class Release(forms.Form):
    """What is said about a release."""

    note = Text(label=_("What changed"), required=False, rows=3, max_length=600,
                help_text=_("Shown beside the agenda. Only people whose sessions changed get a mail."))  # fmt: skip


class SessionForm(TranslatedForm):
    """A session of the draft."""

    title = Translated(label=_("Title"))
    abstract = Translated(label=_("Abstract"), rows=5, max_length=4000, required=False)
    format = forms.ChoiceField(label=_("Format"), choices=Format.choices)
    room = forms.ChoiceField(label=_("Room"), required=False)
    starts_at = Moment(label=_("Starts"))
    ends_at = Moment(label=_("Ends"))
    expected = forms.IntegerField(
        label=_("People expected"), required=False, min_value=0, max_value=100_000,
        help_text=_("Compared with the seats of the room, as the bookmarks are."),
    )  # fmt: skip
    terms = forms.MultipleChoiceField(label=_("Tags"), required=False, widget=forms.CheckboxSelectMultiple)
    policy_actions = forms.MultipleChoiceField(
        label=_("EU policy this is part of"), required=False, widget=forms.CheckboxSelectMultiple
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, rooms: Sequence[Room], tags: Sequence[Any], actions: Sequence[Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.tags = {str(term.pk): term for term in tags}
        self.actions = {str(action.pk): action for action in actions}
        self.rooms = {str(room.pk): room for room in rooms}
        self.fields["room"].choices = [  # type: ignore[attr-defined]
            ("", _("all rooms, or not known yet")),
            *((key, f"{room.name} ({room.capacity})") for key, room in self.rooms.items()),
        ]
        self.fields["terms"].choices = [  # type: ignore[attr-defined]
            (key, f"{term.get_kind_display()}: {term.label}") for key, term in self.tags.items()
        ]
        self.fields["policy_actions"].choices = [  # type: ignore[attr-defined]
            (key, str(action.title)) for key, action in self.actions.items()
        ]

    def answers(self) -> dict[str, Any]:
        """Return what the operations take, the chosen rows loaded."""
        found = self.values("version")
        found["room"] = self.rooms.get(found["room"])
        found["terms"] = [self.tags[key] for key in found["terms"]]
        found["policy_actions"] = [self.actions[key] for key in found["policy_actions"]]
        return found


class VoiceForm(forms.Form):
    """One speaker in a session; an empty row is no row."""

    speaker = forms.ChoiceField(label=_("Speaker"), required=False)
    role = forms.ChoiceField(label=_("Role"), required=False, choices=AppearanceRole.choices)

    def __init__(self, *args: Any, speakers: Mapping[str, Speaker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.speakers = speakers
        self.fields["speaker"].choices = [  # type: ignore[attr-defined]
            ("", _("nobody")), *((key, speaker.name) for key, speaker in speakers.items())
        ]  # fmt: skip


EMPTY_ROWS = 3


class _Voices(forms.BaseFormSet[VoiceForm]):
    """The speakers of a session in order, with a few empty rows."""

    def answers(self) -> list[tuple[Speaker, str]]:
        """Return (speaker, role) of every filled row."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("speaker")]
        speakers = self.form_kwargs["speakers"]
        return [(speakers[row["speaker"]], row["role"] or AppearanceRole.SPEAKER) for row in rows]


Voices = forms.formset_factory(VoiceForm, formset=_Voices, extra=EMPTY_ROWS, max_num=40, absolute_max=60)


class SpeakerForm(TranslatedForm):
    """A speaker of the draft."""

    name = Line(label=_("Name"), max_length=150)
    role = Translated(label=_("Position"), required=False)
    organisation = Line(label=_("Organisation"), required=False)
    country = forms.ChoiceField(
        label=_("Country"), required=False, choices=lazy_choices(countries.choices, _("Choose a country"))
    )
    bio = Translated(label=_("About the person"), rows=5, max_length=3000, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
