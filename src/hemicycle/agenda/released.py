"""The released agenda as plain values: what pages, calendar files and the API show, read from one JSON."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from hemicycle.agenda.enums import Format
from hemicycle.kit.i18n import LazyI18nString


@dataclass(frozen=True)
class Tag:
    """A term of the taxonomy on a session."""

    kind: str
    key: str
    label: LazyI18nString
    colour: str


@dataclass(frozen=True)
class Voice:
    """Somebody in a session."""

    slug: str
    name: str
    role: str


@dataclass(frozen=True)
class ReleasedSession:
    """A session as released; times are aware and in the edition's zone."""

    slug: str
    title: LazyI18nString
    abstract: LazyI18nString
    format: str
    starts_at: datetime
    ends_at: datetime
    room: str
    room_name: LazyI18nString
    tags: tuple[Tag, ...]
    voices: tuple[Voice, ...]
    actions: tuple[tuple[str, LazyI18nString], ...]
    sample: bool
    revision: int

    @property
    def day(self) -> date:
        """The local day it begins on."""
        return self.starts_at.date()

    @property
    def format_name(self) -> str:
        """The format in words."""
        return str(Format(self.format).label)

    @property
    def colour(self) -> str:
        """The colour word of its first tag that has one; plenaries have their own."""
        if self.format in (Format.PLENARY, Format.PANEL) and not self.room:
            return "plenary"
        return next((tag.colour for tag in (*self.transitions, *self.tags) if tag.colour), "plenary")

    @property
    def is_break(self) -> bool:
        """Whether this is a pause; nobody bookmarks one."""
        return self.format == Format.BREAK

    @property
    def transitions(self) -> list[Tag]:
        """The tags of the first axis."""
        return [tag for tag in self.tags if tag.kind == "transition"]

    @property
    def drivers(self) -> list[Tag]:
        """The tags of the second axis."""
        return [tag for tag in self.tags if tag.kind == "driver"]


@dataclass(frozen=True)
class ReleasedSpeaker:
    """A speaker as released."""

    slug: str
    name: str
    role: LazyI18nString
    organisation: str
    country: str
    bio: LazyI18nString
    sample: bool

    @property
    def initials(self) -> str:
        """Two letters for a portrait that is missing."""
        parts = self.name.split()
        return (parts[0][:1] + (parts[-1][:1] if len(parts) > 1 else "")).upper()


@dataclass(frozen=True)
class ReleasedAgenda:
    """One release, whole."""

    number: int
    released_at: datetime
    note: LazyI18nString
    sessions: tuple[ReleasedSession, ...]
    speakers: tuple[ReleasedSpeaker, ...]

    def session(self, slug: str) -> ReleasedSession | None:
        """Return a session by its slug, or None."""
        return next((session for session in self.sessions if session.slug == slug), None)

    def speaker(self, slug: str) -> ReleasedSpeaker | None:
        """Return a speaker by slug, or None."""
        return next((speaker for speaker in self.speakers if speaker.slug == slug), None)

    def of_speaker(self, slug: str) -> list[ReleasedSession]:
        """Return the sessions of a speaker in order of time."""
        return [session for session in self.sessions if any(voice.slug == slug for voice in session.voices)]


def parse(
    content: Mapping[str, Any], *, number: int, released_at: datetime, note: Any, zone: ZoneInfo
) -> ReleasedAgenda:
    """Read a release's JSON into values; times move into the edition's zone."""
    sessions = tuple(
        ReleasedSession(
            slug=row["slug"],
            title=LazyI18nString(row["title"]),
            abstract=LazyI18nString(row["abstract"]),
            format=row["format"],
            starts_at=datetime.fromisoformat(row["starts_at"]).astimezone(zone),
            ends_at=datetime.fromisoformat(row["ends_at"]).astimezone(zone),
            room=row["room"],
            room_name=LazyI18nString(row["room_name"]),
            tags=tuple(
                Tag(tag["kind"], tag["key"], LazyI18nString(tag["label"]), tag["colour"]) for tag in row["tags"]
            ),
            voices=tuple(Voice(**voice) for voice in row["voices"]),
            actions=tuple((action["slug"], LazyI18nString(action["title"])) for action in row["actions"]),
            sample=row["sample"],
            revision=row["revision"],
        )
        for row in content["sessions"]
    )
    speakers = tuple(
        ReleasedSpeaker(
            slug=row["slug"],
            name=row["name"],
            role=LazyI18nString(row["role"]),
            organisation=row["organisation"],
            country=row["country"],
            bio=LazyI18nString(row["bio"]),
            sample=row["sample"],
        )
        for row in content["speakers"]
    )
    return ReleasedAgenda(number=number, released_at=released_at, note=note, sessions=sessions, speakers=speakers)


def plain(voice: Voice) -> dict[str, str]:
    """Return a voice as a plain mapping."""
    return asdict(voice)
