"""What hosts and the team write about side events."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hemicycle.conferences import queries as conferences
from hemicycle.conferences.enums import TermKind
from hemicycle.conferences.models import Conference
from hemicycle.directory.enums import FactKind
from hemicycle.hosting import rules
from hemicycle.kit.forms import Addresses, Line, Mail, Text
from hemicycle.kit.moments import Moment
from hemicycle.kit.translated import Translated, TranslatedForm
from hemicycle.kit.uploads import PDF, Upload
from hemicycle.registration.desk_forms import QuestionForm
from hemicycle.registration.enums import QuestionKind, SeatStatus, SideKind
from hemicycle.registration.models import SideEvent


class HostForm(TranslatedForm):
    """What a host may change: the words, and how seats are given."""

    about = Translated(label=_("What it is about"), rows=8, max_length=8000, required=False,
                       help_text=_("Markdown: ## heading, **bold**, [words](address), - list."))  # fmt: skip
    audience_words = Translated(label=_("Who may come, in one sentence"), max_length=300, required=False)
    how_to_become = Translated(label=_("How to become eligible"), rows=4, max_length=2000, required=False)
    needs_approval = forms.BooleanField(
        label=_("The host decides about each request"), required=False,
        help_text=_("Whom you invite by name gets a seat at once all the same."),
    )  # fmt: skip
    closes_at = Moment(label=_("Seats are given until"), required=False, help_text=_("Empty: until it begins."))
    version = forms.IntegerField(widget=forms.HiddenInput)


BOXES = ("one_of", "also_one_of", "none_of")


class SideEventForm(HostForm):
    """A side event or workshop, as the team sets it up."""

    title = Translated(label=_("Title"))
    host = Translated(label=_("Host"))
    kind = forms.ChoiceField(label=_("Kind"), choices=SideKind.choices)
    session_slug = forms.ChoiceField(
        label=_("Session of the programme"), required=False,
        help_text=_("For a workshop: its seats are then offered on the session's page."),
    )  # fmt: skip
    starts_at = Moment(label=_("Starts"))
    ends_at = Moment(label=_("Ends"))
    room = forms.ChoiceField(label=_("Room"), required=False)
    capacity = forms.IntegerField(label=_("Seats"), min_value=0, max_value=100_000)
    invitation_only = forms.BooleanField(label=_("By personal invitation only"), required=False)
    one_of = forms.MultipleChoiceField(
        label=_("Who may come: one of these"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing ticked: everybody with a place in the conference."),
    )  # fmt: skip
    also_one_of = forms.MultipleChoiceField(
        label=_("… and also one of these"), required=False, widget=forms.CheckboxSelectMultiple
    )
    none_of = forms.MultipleChoiceField(
        label=_("… but none of these"), required=False, widget=forms.CheckboxSelectMultiple
    )
    replace_rule = forms.BooleanField(
        label=_("Replace the audience by the boxes above"), required=False,
        help_text=_("This audience was written by another tool and says more than boxes can. Unticked, it stays."),
    )  # fmt: skip
    field_order = (
        "title", "host", "about", "kind", "session_slug", "starts_at", "ends_at", "room", "capacity", *BOXES,
        "replace_rule", "audience_words", "how_to_become", "invitation_only", "needs_approval", "closes_at",
    )  # fmt: skip

    def __init__(
        self, *args: Any, conference: Conference, event: SideEvent | None, sessions: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, languages=conference.languages, **kwargs)
        self.rooms = {str(room.pk): room for room in conferences.rooms(conference=conference)}
        self.rule = event.audience if event else {}
        boxes = rules.from_rule(self.rule)
        choices = _conditions()
        for name in BOXES:
            self.fields[name].choices = choices  # type: ignore[attr-defined]
            self.initial.setdefault(name, list(getattr(boxes or rules.Audience(), name)))
        if boxes is not None:
            del self.fields["replace_rule"]
        self.fields["room"].choices = [  # type: ignore[attr-defined]
            ("", _("not known yet")), *((key, f"{room.name} ({room.capacity})") for key, room in self.rooms.items())
        ]  # fmt: skip
        self.fields["session_slug"].choices = [("", _("none")), *sessions]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Check what belongs together."""
        cleaned = super().clean() or {}
        starts, ends, room = cleaned.get("starts_at"), cleaned.get("ends_at"), self.rooms.get(cleaned.get("room", ""))
        if starts and ends and ends <= starts:
            self.add_error("ends_at", gettext("It must end after it begins."))
        if room is not None and (cleaned.get("capacity") or 0) > room.capacity:
            self.add_error("capacity", gettext("%(room)s has %(number)s seats.") % {
                "room": room.name, "number": room.capacity,
            })  # fmt: skip
        if cleaned.get("kind") == SideKind.WORKSHOP and not cleaned.get("session_slug"):
            self.add_error("session_slug", gettext("Choose the session this workshop is."))
        return cleaned

    def answers(self) -> dict[str, Any]:
        """Return what the operations take."""
        found = self.values("version", "replace_rule", *BOXES)
        found["room"] = self.rooms.get(found["room"])
        if "replace_rule" not in self.fields or self.cleaned_data["replace_rule"]:
            ticked = {name: tuple(self.cleaned_data[name]) for name in BOXES}
            found["audience"] = rules.to_rule(rules.Audience(**ticked))
        return found


def _conditions() -> list[tuple[str, Any]]:
    facts = [(f"fact:{kind.value}", kind.label) for kind in FactKind]
    return facts + [(f"stakeholder:{term.key}", term.label) for term in conferences.terms(kind=TermKind.STAKEHOLDER)]


class HostQuestion(QuestionForm):
    """A question of the host's; nothing restricted, no files, and no ways of coming."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["categories"], self.fields["restricted"]
        kinds = [(key, label) for key, label in QuestionKind.choices if key != QuestionKind.FILE]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class Ask(forms.Form):
    """Who is asked to host."""

    email = Mail(label=_("Email address"))


class Invite(forms.Form):
    """Who is invited to come."""

    emails = Addresses(label=_("Email addresses"), help_text=_("They get a seat without fitting the audience."))


class Batch(forms.Form):
    """What is done with the chosen rows."""

    do = forms.ChoiceField(choices=[(word, word) for word in ("approve", "decline", "came", "not_came")])
    reason = Text(label=_("Reason, sent with a refusal"), required=False, rows=2, max_length=1000)


class Search(forms.Form):
    """What is looked for in the list."""

    search = Line(required=False, max_length=100)
    status = forms.ChoiceField(required=False, choices=[("", ""), *SeatStatus.choices])
    page = forms.IntegerField(required=False, min_value=1)


class Write(forms.Form):
    """A mail to the people of a side event."""

    to = forms.MultipleChoiceField(
        label=_("To"), widget=forms.CheckboxSelectMultiple, initial=[SeatStatus.CONFIRMED],
        choices=[
            (SeatStatus.CONFIRMED, _("people with a seat")), (SeatStatus.WAITING, _("the waiting list")),
            (SeatStatus.PENDING, _("people you have not decided about")),
        ],
    )  # fmt: skip
    subject = Line(label=_("Subject"), max_length=150)
    words = Text(label=_("Text"), rows=8, max_length=8000)


class PaperForm(forms.Form):
    """A paper that came out of it."""

    title = Line(label=_("Title"))
    file = Upload(label=_("File"), kinds=[PDF], megabytes=15)
    shown = forms.BooleanField(label=_("Show it to everybody at once"), required=False)
