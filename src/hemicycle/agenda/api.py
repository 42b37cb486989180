"""The released agenda by API."""

from django.http import Http404, HttpRequest
from ninja import Router

from hemicycle.agenda import queries
from hemicycle.agenda.released import ReleasedAgenda
from hemicycle.agenda.schemas import AgendaOut, SessionOut, SpeakerOut, VoiceOut
from hemicycle.conferences.models import Conference
from hemicycle.kit.i18n import translations

router = Router(tags=["agenda"])


def _released(request: HttpRequest) -> tuple[Conference, ReleasedAgenda]:
    edition: Conference = request.conference  # type: ignore[attr-defined]
    released = None if edition.stage == "draft" else queries.released(conference=edition)
    if released is None:
        raise Http404
    return edition, released


@router.get("/{conference}/agenda", auth=None, response=AgendaOut, url_name="agenda")
def agenda(request: HttpRequest, conference: str) -> AgendaOut:  # noqa: ARG001
    """Return the latest release; what is not released is not there."""
    edition, released = _released(request)
    sessions = [
        SessionOut(
            slug=session.slug,
            title=translations(session.title),
            abstract=translations(session.abstract),
            format=session.format,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            room=session.room,
            transitions=[tag.key for tag in session.transitions],
            drivers=[tag.key for tag in session.drivers],
            voices=[VoiceOut(slug=voice.slug, name=voice.name, role=voice.role) for voice in session.voices],
            sample=session.sample,
        )
        for session in released.sessions
    ]
    return AgendaOut(
        number=released.number, released_at=released.released_at, timezone=edition.timezone, sessions=sessions
    )


@router.get("/{conference}/speakers", auth=None, response=list[SpeakerOut], url_name="speakers")
def speakers(request: HttpRequest, conference: str) -> list[SpeakerOut]:  # noqa: ARG001
    """List the speakers of the latest release with their sessions."""
    _edition, released = _released(request)
    return [
        SpeakerOut(
            slug=row.slug, name=row.name, role=translations(row.role), organisation=row.organisation, country=row.country,
            bio=translations(row.bio), sessions=[session.slug for session in released.of_speaker(row.slug)],
            sample=row.sample,
        )
        for row in released.speakers
    ]  # fmt: skip
