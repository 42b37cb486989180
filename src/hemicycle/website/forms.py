"""What visitors write, and what the team writes for them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hemicycle.kit.forms import Mail
from hemicycle.kit.moments import Moment
from hemicycle.kit.translated import Translated, TranslatedForm


class Subscribe(forms.Form):
    """Ask for news."""

    email = Mail(label=_("Email address"), help_text=_("We send one link to confirm it, and news only after that."))


class Written(TranslatedForm):
    """A text with the version its writer saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class News(Written):
    """A piece of news."""

    title = Translated(label=_("Title"))
    label = Translated(label=_("Label"), max_length=40, help_text=_("One or two words, for example: Agenda."))
    summary = Translated(label=_("Summary"), rows=3, max_length=600,
                         help_text=_("Stands on the home page and in the feed."))  # fmt: skip
    body = Translated(label=_("Text"), rows=12, max_length=20_000, required=False,
                      help_text=_("Markdown: ## heading, **bold**, [words](address), - list."))  # fmt: skip


class Publish(forms.Form):
    """From when on a piece of news is shown."""

    at = Moment(label=_("Shown from"))
    tell = forms.BooleanField(label=_("Tell the subscribers by mail then"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class Page(Written):
    """A page of text."""

    title = Translated(label=_("Title"))
    body = Translated(label=_("Text"), rows=16, max_length=40_000,
                      help_text=_("Markdown: ## heading, **bold**, [words](address), - list."))  # fmt: skip
    legal = forms.BooleanField(label=_("A legal page"), required=False,
                               help_text=_("Other pages are listed under the venue; a legal page is not."))  # fmt: skip
    shown = forms.BooleanField(label=_("Shown to everybody"), required=False)


ICONS = (
    ("handshake", _("handshake")), ("sparkles", _("sparkles")), ("mic", _("microphone")), ("users", _("people")),
    ("network", _("network")), ("calendar", _("calendar")), ("megaphone", _("megaphone")), ("flag", _("flag")),
    ("leaf", _("leaf")), ("cpu", _("chip")), ("shield", _("shield")), ("graduation-cap", _("graduation cap")),
    ("coins", _("coins")), ("factory", _("factory")), ("globe", _("globe")), ("messages-square", _("conversation")),
)  # fmt: skip
TARGETS = (
    ("", _("no page")), ("agenda", _("Agenda")), ("speakers", _("Speakers")), ("side-events", _("Side events")),
    ("venue", _("Venue")), ("news", _("News")), ("register", _("Register")), ("people", _("People")),
    ("editions", _("All editions")),
)  # fmt: skip


class Highlight(Written):
    """One reason to come."""

    icon = forms.ChoiceField(label=_("Icon"), choices=ICONS)
    title = Translated(label=_("Title"), max_length=120)
    text = Translated(label=_("Text"), rows=3, max_length=400)
    page = forms.ChoiceField(label=_("Leads to"), choices=TARGETS, required=False)
    shown = forms.BooleanField(label=_("Shown to everybody"), required=False)
