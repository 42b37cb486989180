"""The agenda in the organisers' desk: the draft, its sessions and speakers, and the releases."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hemicycle.agenda import clashes, drafts, forms, operations, queries
from hemicycle.agenda.models import Session, Speaker
from hemicycle.agenda.rules import Fault
from hemicycle.conferences import parts
from hemicycle.conferences import queries as conferences
from hemicycle.conferences.middleware import ConferenceRequest
from hemicycle.conferences.models import Conference
from hemicycle.conferences.refusals import saved
from hemicycle.kit import clock
from hemicycle.kit.access import organiser
from hemicycle.kit.forms import status as form_status
from hemicycle.kit.navigation import Link
from hemicycle.registration import queries as registration


def _tabs(conference: Conference, here: str) -> list[Link]:
    words = {"agenda:desk_draft": _("Sessions"), "agenda:desk_speakers": _("Speakers")}
    return [Link(reverse(name, args=[conference.slug]), label, current=name == here) for name, label in words.items()]


def _warnings(conference: Conference, draft: list[Session]) -> dict[int, list[str]]:
    return clashes.warnings(
        conference=conference,
        draft=draft,
        events=[row.event for row in registration.side_events(conference=conference)],
        interest=queries.interest(conference=conference),
    )


@organiser("agenda.change")
def draft(request: ConferenceRequest) -> HttpResponse:
    """Show the draft with what does not fit, and the releases."""
    rows = queries.draft(conference=request.conference)
    found = _warnings(request.conference, rows)
    context = {
        "draft": [(session, found.get(session.pk, [])) for session in rows],
        "clashing": len(found),
        "releases": queries.releases(conference=request.conference),
        "form": forms.Release(),
        "tabs": _tabs(request.conference, "agenda:desk_draft"),
    }
    return render(request, "agenda/desk_draft.html", context)


@organiser("agenda.publish")
def release(request: ConferenceRequest) -> HttpResponse:
    """Show the draft to the world."""
    form = forms.Release(request.POST)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.release(
                conference=request.conference, note=form.cleaned_data["note"], actor=request.user, now=clock.now()
            )
        except operations.NothingToRelease:
            messages.info(request, _("The draft says the same as the last release; nothing was published."))
        else:
            messages.success(request, _("Release %(number)s is public.") % {"number": made.number})
    return redirect("agenda:desk_draft", request.conference.slug)


def _forms(request: ConferenceRequest, session: Session | None) -> tuple[forms.SessionForm, Any]:
    conference = request.conference
    tags, actions = queries.tags(session=session), queries.actions(conference=conference, session=session)
    initial: dict[str, Any] = {"version": 0}
    voices = []
    if session:
        names = ("title", "abstract", "format", "starts_at", "ends_at", "expected", "version")
        initial = {name: getattr(session, name) for name in names}
        initial |= {
            "room": session.room_id or "",
            "terms": [str(term.pk) for term in tags if term.chosen],  # type: ignore[attr-defined]
            "policy_actions": [str(action.pk) for action in actions if action.chosen],  # type: ignore[attr-defined]
        }
        voices = [{"speaker": str(seen.speaker_id), "role": seen.role} for seen in queries.voices(session=session)]
    form = forms.SessionForm(
        request.POST or None, initial=initial, languages=conference.languages, tags=tags, actions=actions,
        rooms=conferences.rooms(conference=conference),
    )  # fmt: skip
    speakers = {str(speaker.pk): speaker for speaker in queries.speakers(conference=conference)}
    rows = forms.Voices(request.POST or None, initial=voices, prefix="voices", form_kwargs={"speakers": speakers})
    return form, rows


def _tell(form: forms.SessionForm, faults: list[Fault]) -> None:
    words = {
        Fault.ENDS_BEFORE_START: ("ends_at", _("The session ends before it starts.")),
        Fault.TOO_LONG: ("ends_at", _("A session lasts a day at most; make one for each day.")),
        Fault.SPEAKER_TWICE: (None, _("A speaker is named twice; keep one row with the main role.")),
    }
    for fault in faults:
        form.add_error(*words[fault])


def _write(request: ConferenceRequest, form: forms.SessionForm, session: Session | None, voices: Any) -> Session | None:
    answers: dict[str, Any] = form.answers() | {"voices": voices.answers(), "actor": request.user, "now": clock.now()}
    done: list[Session] = []

    def write() -> None:
        if session is None:
            done.append(drafts.create_session(conference=request.conference, **answers))
        else:
            seen = form.cleaned_data["version"]
            done.append(drafts.change_session(session=session, seen_version=seen, **answers))

    try:
        saved(form, write, row=session)
    except drafts.Impossible as error:
        _tell(form, error.faults)
    return done[0] if done else None


def _session_page(request: ConferenceRequest, session: Session | None) -> HttpResponse:
    form, voices = _forms(request, session)
    # Both are asked: every fault is told at once.
    if all([form.is_valid(), voices.is_valid()]):
        written = _write(request, form, session, voices)
        if written:
            rows = queries.draft(conference=request.conference)
            for sentence in _warnings(request.conference, rows).get(written.pk, []):
                messages.warning(request, sentence)
            messages.success(request, _("Saved. Visitors see it with the next release."))
            return redirect("agenda:desk_draft", request.conference.slug)
    context = {
        "form": form,
        "voices": voices,
        "heading": session.title if session else _("New session"),
        "back": reverse("agenda:desk_draft", args=[request.conference.slug]),
        "remove": reverse("agenda:desk_session_remove", args=[request.conference.slug, session.slug])
        if session
        else "",
    }
    wrong = voices.is_bound and not voices.is_valid()
    return render(request, "agenda/desk_session.html", context, status=422 if wrong else form_status(form))


@organiser("agenda.change")
def session_add(request: ConferenceRequest) -> HttpResponse:
    """Write a new session."""
    return _session_page(request, None)


@organiser("agenda.change")
def session_change(request: ConferenceRequest, slug: str) -> HttpResponse:
    """Change a session; two people editing get told."""
    return _session_page(request, get_object_or_404(Session, conference=request.conference, slug=slug))


def _remove(
    request: ConferenceRequest, *, name: str, context: dict[str, Any], remove: Callable[[], None], back: str
) -> HttpResponse:
    back = reverse(back, args=[request.conference.slug])
    context |= {"back": back, "heading": _("Remove %(name)s?") % {"name": name}, "action": _("Yes, remove it")}
    if not request.POST.get("yes"):
        return render(request, "kit/confirm.html", context)
    try:
        remove()
    except parts.InUse as error:
        context |= {"sentence": _("Still on stage; take the person out of these sessions first:"), "action": ""}
        return render(request, "kit/confirm.html", context | {"places": error.places}, status=409)
    messages.success(request, _("Removed."))
    return redirect(back)


@organiser("agenda.change")
def session_remove(request: ConferenceRequest, slug: str) -> HttpResponse:
    """Take a session out of the draft, after asking once more."""
    session = get_object_or_404(Session, conference=request.conference, slug=slug)
    return _remove(
        request, name=str(session.title), back="agenda:desk_draft",
        context={"sentence": _("It leaves the draft; visitors see it until the next release.")},
        remove=lambda: drafts.remove_session(session=session, actor=request.user, now=clock.now()),
    )  # fmt: skip


@organiser("agenda.change")
def speakers(request: ConferenceRequest) -> HttpResponse:
    """List the speakers of the draft."""
    rows = queries.speakers(conference=request.conference)
    context = {"speakers": rows, "tabs": _tabs(request.conference, "agenda:desk_speakers")}
    return render(request, "agenda/desk_speakers.html", context)


def _speaker_page(request: ConferenceRequest, speaker: Speaker | None) -> HttpResponse:
    conference = request.conference
    names = ("name", "role", "organisation", "country", "bio", "version")
    initial = {name: getattr(speaker, name) for name in names} if speaker else {"version": 0}
    form = forms.SpeakerForm(request.POST or None, initial=initial, languages=conference.languages)

    def write() -> object:
        values = form.values("version") | {"actor": request.user, "now": clock.now()}
        if speaker is None:
            return drafts.create_speaker(conference=conference, **values)
        return parts.change(row=speaker, seen_version=form.cleaned_data["version"], **values)

    if form.is_valid() and saved(form, write, row=speaker):
        messages.success(request, _("Saved. Visitors see it with the next release."))
        return redirect("agenda:desk_speakers", conference.slug)
    context = {
        "form": form,
        "heading": speaker.name if speaker else _("New speaker"),
        "back": reverse("agenda:desk_speakers", args=[conference.slug]),
        "remove": reverse("agenda:desk_speaker_remove", args=[conference.slug, speaker.slug]) if speaker else "",
    }
    return render(request, "kit/desk_form.html", context, status=form_status(form))


@organiser("agenda.change")
def speaker_add(request: ConferenceRequest) -> HttpResponse:
    """Write a new speaker."""
    return _speaker_page(request, None)


@organiser("agenda.change")
def speaker_change(request: ConferenceRequest, slug: str) -> HttpResponse:
    """Change a speaker; two people editing get told."""
    return _speaker_page(request, get_object_or_404(Speaker, conference=request.conference, slug=slug))


@organiser("agenda.change")
def speaker_remove(request: ConferenceRequest, slug: str) -> HttpResponse:
    """Take a speaker out of the draft, after asking once more."""
    speaker = get_object_or_404(Speaker, conference=request.conference, slug=slug)
    return _remove(
        request, name=speaker.name, back="agenda:desk_speakers",
        context={"sentence": _("The person leaves the draft; visitors see them until the next release.")},
        remove=lambda: drafts.remove_speaker(speaker=speaker, actor=request.user, now=clock.now()),
    )  # fmt: skip
