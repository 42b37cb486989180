"""What the API says about the released agenda."""

from datetime import datetime

from ninja import Schema


class VoiceOut(Schema):
    """Somebody in a session."""

    slug: str
    name: str
    role: str


class SessionOut(Schema):
    """A released session."""

    slug: str
    title: dict[str, str]
    abstract: dict[str, str]
    format: str
    starts_at: datetime
    ends_at: datetime
    room: str
    transitions: list[str]
    drivers: list[str]
    voices: list[VoiceOut]
    sample: bool


class AgendaOut(Schema):
    """A release."""

    number: int
    released_at: datetime
    timezone: str
    sessions: list[SessionOut]


class SpeakerOut(Schema):
    """A released speaker with the sessions they appear in."""

    slug: str
    name: str
    role: dict[str, str]
    organisation: str
    country: str
    bio: dict[str, str]
    sessions: list[str]
    sample: bool
