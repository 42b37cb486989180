"""A participant's own pages: everything that is theirs in one place, and as a calendar."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from hemicycle.agenda import queries as agenda
from hemicycle.conferences.middleware import ConferenceRequest
from hemicycle.kit import calendars
from hemicycle.kit.access import participant, public
from hemicycle.matchmaking import queries as matchmaking
from hemicycle.registration import forms, letters, queries, tickets
from hemicycle.registration.enums import PLACE
from hemicycle.website import personal


@participant
def mine(request: ConferenceRequest) -> HttpResponse:
    """Show place, ticket, side events, own sessions, meetings and consents."""
    conference = request.conference
    registration = queries.registration_of(conference=conference, person=request.user)
    if registration is None:
        raise Http404
    meetings = matchmaking.meetings_of(person_id=registration.person_id, conference=conference)
    context = {
        "registration": registration,
        "has_place": registration.status in PLACE,
        "seats": queries.seats_of(registration=registration),
        "sessions": agenda.own_sessions(conference=conference, person=request.user),
        "meetings": [
            (meeting, matchmaking.partner(meeting.request, person_id=registration.person_id).registration)
            for meeting in meetings
        ],
        "profile": matchmaking.profile_of(registration=registration),
        "position": letters.position(registration) if registration.status == "waiting" else None,
        "form": forms.Consents(initial=dict.fromkeys(queries.consents_of(registration=registration), True)),
        "feed": letters.link("website:feed", conference, registration.feed_key),
        "qr": tickets.svg(letters.ticket_text(registration, conference)),
    }
    return render(request, "website/mine.html", context)


@public
def feed(request: ConferenceRequest, key: str) -> HttpResponse:
    """Give a person's calendar by its private address: place, side events, own sessions, meetings."""
    registration = queries.by_feed_key(conference=request.conference, key=key)
    if registration is None:
        raise Http404
    entries = personal.calendar_entries(registration=registration, conference=request.conference)
    content = calendars.render(
        name=str(request.conference.name), entries=entries, organiser=request.conference.contact_email
    )
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")
