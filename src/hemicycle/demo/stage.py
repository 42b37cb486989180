"""Enters what the demo edition shows: the archive, the edition, its site, its agenda and its side events."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from hemicycle.accounts import operations as accounts
from hemicycle.accounts.models import User
from hemicycle.agenda import operations as agenda
from hemicycle.agenda.models import Session, Speaker
from hemicycle.conferences import operations as conferences
from hemicycle.conferences.models import Conference, PolicyAction, Room, Series, Term
from hemicycle.demo.roles import ROLES
from hemicycle.demo.words import read, slug
from hemicycle.door import operations as door
from hemicycle.door import queries
from hemicycle.kit import tokens
from hemicycle.kit.i18n import text
from hemicycle.matchmaking import operations as matchmaking
from hemicycle.registration import operations as registration
from hemicycle.registration import seats, setup
from hemicycle.registration.models import Category, Question
from hemicycle.website import operations as website
from hemicycle.website.models import Subscriber

FOUNDED = datetime(2023, 11, 6, 9, 0, tzinfo=UTC)
RELEASED = datetime(2024, 3, 25, 9, 0, tzinfo=UTC)
TEAM = {
    "owner": ("Hélène", "Aubertin"),
    "registration": ("Pieter", "Goossens"),
    "programme": ("Saoirse", "Kinnane"),
    "matchmaking": ("Matteo", "Bellandi"),
    "door": ("Anouk", "Verhaege"),
}
_CERTAIN_FIELDS = ("label", "qualifier", "definition")


@dataclass
class Stage:
    """What has been entered so far and is needed further on."""

    conference: Conference
    owner: User
    terms: dict[tuple[str, str], Term]
    rooms: dict[str, Room] = field(default_factory=dict)
    actions: dict[str, PolicyAction] = field(default_factory=dict)
    categories: dict[str, Category] = field(default_factory=dict)

    def local(self, day: date | str, clock: str) -> datetime:
        """Return a clock time of the venue as an instant."""
        return datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=self.conference.zone).astimezone(UTC)


def taxonomy() -> dict[tuple[str, str], Term]:
    """Enter the one taxonomy."""
    return {
        (kind, row["key"]): conferences.add_term(
            kind=kind, key=row["key"], label=text(row["label"]), colour=row.get("colour", ""), order=order
        )
        for kind, rows in read("taxonomy").items()
        for order, row in enumerate(rows)
    }


def _texts(row: dict[str, Any], *names: str) -> dict[str, Any]:
    """Return a row with some of its values as texts in many languages."""
    return {name: text(value) if name in names else value for name, value in row.items()}


def archive() -> Series:
    """Enter the series and its eight past editions with their figures, hosts and outputs."""
    rows = read("editions")
    series = rows["series"]
    made = conferences.create_series(slug=series["slug"], name=text(series["name"]), about=text(series["about"]))
    for row in rows["editions"]:
        if row["slug"] != "ecc2024":
            conference = conferences.create_edition(
                series=made, actor=None, now=FOUNDED, stage="archived", languages=["en"], **_edition(row)
            )
            describe(conference, row)
    return made


def _edition(row: dict[str, Any]) -> dict[str, Any]:
    names = ("slug", "number", "year", "name", "short_name", "theme", "about", "starts_on", "ends_on", "date_note")
    values = {name: row[name] for name in (*names, "city", "country", "timezone", "online") if name in row}
    return _texts(values, "name", "theme", "about")


def describe(conference: Conference, row: dict[str, Any]) -> None:
    """Enter the figures, outputs and hosts of one edition."""
    bodies = [{"role": "host", "name": text(name)} for name in row.get("hosts", [])]
    bodies += [{"role": "supporter", "name": text(name)} for name in row.get("supporters", [])]
    conferences.describe(
        conference=conference,
        figures=[_texts(figure, *_CERTAIN_FIELDS) for figure in row.get("figures", [])],
        outputs=[text(title) for title in row.get("outputs", [])],
        bodies=bodies,
    )


def edition(series: Series) -> Conference:
    """Enter the open edition."""
    content = read("ecc2024")
    row = next(row for row in read("editions")["editions"] if row["slug"] == "ecc2024")
    plain = ("short_name", "timezone", "city", "country", "online", "hashtag", "contact_email", "languages", "capacity")
    texts = ("name", "theme", "lead", "about", "fee_note", "privacy_text", "sample_note")
    values = {name: content[name] for name in plain} | {name: text(content[name]) for name in texts}
    values |= {name: row[name] for name in ("slug", "number", "year", "starts_on", "ends_on", "date_note")}
    conference = conferences.create_edition(
        series=series, actor=None, now=FOUNDED, stage="open", **values, **content["legal"]
    )
    zone = conference.zone
    windows = {name: datetime.fromisoformat(at).replace(tzinfo=zone) for name, at in content["windows"].items()}
    return conferences.change_edition(
        conference=conference, seen_version=conference.version, actor=None, now=FOUNDED, **windows
    )


def team(conference: Conference) -> User:
    """Enter the team's people; they sign in by a code to their address. Return the owner."""
    people = {}
    for role in ROLES:
        if role.team_role:
            first, last = TEAM[role.key]
            person = accounts.person_for(email=role.email, first_name=first, last_name=last, language="en")
            accounts.verify_address(person=person)
            people[role.key] = person
            conferences.give_role(
                conference=conference, person=person, role=role.team_role, actor=people["owner"], now=FOUNDED
            )
    return people["owner"]


def house(stage: Stage) -> None:
    """Enter the venue, its rooms, the policy actions of the year and the meeting slots."""
    venue = dict(read("venue"))
    rooms = [_texts(room, "name", "equipment") for room in venue.pop("rooms")]
    conferences.set_venue(
        conference=stage.conference, rooms=rooms, **_texts(venue, "directions", "accessibility", "nearby")
    )
    stage.rooms = {room.slug: room for room in stage.conference.rooms.all()}
    for order, row in enumerate(read("policy")):
        stage.actions[row["slug"]] = conferences.add_policy_action(
            conference=stage.conference, order=order, **_texts(row, "title", "summary")
        )
    matchmaking.set_slots(conference=stage.conference, slots=_slots(stage))


def _slots(stage: Stage) -> list[tuple[datetime, datetime, int, int]]:
    plan = read("ecc2024")["slots"]
    length = plan["minutes"] * 60
    found = []
    for block, span in enumerate(plan["blocks"]):
        start, end = (stage.local(plan["date"], span[side]).timestamp() for side in ("from", "to"))
        for at in range(int(start), int(end), length):
            begins, ends = (datetime.fromtimestamp(instant, tz=UTC) for instant in (at, at + length))
            found.append((begins, ends, plan["tables"], block))
    return found


def site(stage: Stage) -> None:
    """Enter the pages, the reasons to come and the news."""
    for order, row in enumerate(read("pages")):
        website.write_page(conference=stage.conference, order=order, **_texts(row, "title", "body"))
    for order, row in enumerate(read("ecc2024")["highlights"]):
        website.add_highlight(conference=stage.conference, order=order, **_texts(row, "title", "text"))
    last = datetime(2024, 4, 12, 14, 0, tzinfo=UTC)
    for row in read("news"):
        published = datetime.fromisoformat(row["at"]).replace(tzinfo=stage.conference.zone)
        values = _texts(
            {name: value for name, value in row.items() if name != "at"}, "label", "title", "summary", "body"
        )
        website.write_news(
            conference=stage.conference, actor=stage.owner, now=min(published, last), published_at=published,
            sample=True, **values,
        )  # fmt: skip
    for number in range(1, 25):
        _subscriber(stage, f"reader{number}@press.example", language=("en", "fr", "nl", "de")[number % 4], now=last)


def _subscriber(stage: Stage, email: str, *, language: str, now: datetime) -> None:
    """Let an address ask for news and say yes to the mail."""
    website.subscribe(conference=stage.conference, email=email, language=language, now=now)
    row = Subscriber.objects.get(conference=stage.conference, email=email)
    claim = tokens.Claim(conference_id=stage.conference.pk, subject=row.pk, version=row.version)
    token = tokens.issue(purpose="website.subscribe", claim=claim)
    website.confirm_subscription(conference=stage.conference, token=token, now=now)


def ways_of_coming(stage: Stage) -> None:
    """Enter how people come, and what the press is asked."""
    rows, now = read("registration"), stage.conference.registration_opens_at or stage.conference.zone_midnight()
    for order, row in enumerate(rows["categories"]):
        values = {
            "note": "",
            "quota": None,
            "needs_approval": False,
            "decision_on": None,
            "invitation_only": False,
            **row,
        }
        kinds = [stage.terms["stakeholder", key] for key in values.pop("stakeholders", [])]
        stage.categories[row["slug"]] = setup.write_category(
            conference=stage.conference, category=None, seen_version=0, stakeholders=kinds, actor=stage.owner, now=now,
            **_texts(values, "name", "note"), order=order,
        )  # fmt: skip
    questions: dict[str, Question] = {}
    for order, row in enumerate(rows["questions"]):
        values = {"help": "", "required": False, "restricted": False, "options": [], "values": [], **row}
        values["depends_on"] = questions.get(values.get("depends_on", ""))
        categories = [stage.categories[slug] for slug in values.pop("categories")]
        questions[row["key"]] = setup.write_question(
            conference=stage.conference, question=None, seen_version=0, categories=categories, actor=stage.owner, now=now,
            **_texts(values, "label", "help"), order=order,
        )  # fmt: skip


def press(stage: Stage, *, now: datetime) -> None:
    """Let people of the press ask to come; the registration team of the demo decides."""
    for row in read("registration")["press"]:
        answers = {key: str(row[key]) for key in ("medium", "camera", "crew", "born") if key in row}
        details = registration.Details(
            email=row["email"], first_name=row["first"], last_name=row["last"], country=row["country"], mode="on_site",
            stakeholder=stage.terms["stakeholder", "media"], category=stage.categories["press"], answers=answers,
            job_title="Journalist",
        )  # fmt: skip
        asked = registration.register(conference=stage.conference, details=details, now=now)
        claim = tokens.Claim(conference_id=stage.conference.pk, subject=asked.pk, version=asked.version)
        token = tokens.issue(purpose="registration.confirm", claim=claim)
        registration.confirm_address(conference=stage.conference, token=token, now=now)


def side_events(stage: Stage) -> None:
    """Enter the two assemblies of the eve."""
    for row in read("side_events"):
        names = ("slug", "capacity", "audience")
        texts = ("title", "about", "host", "audience_words", "how_to_become", "sample_note")
        seats.create_side_event(
            conference=stage.conference,
            starts_at=stage.local(row["date"], row["start"]),
            ends_at=stage.local(row["date"], row["end"]),
            room=stage.rooms[row["room"]],
            **{name: row[name] for name in names},
            **{name: text(row[name]) for name in texts},
        )


def door_lists(stage: Stage) -> None:
    """Prepare the door: its lists, and two devices that wait for their codes."""
    door.prepare_lists(conference=stage.conference, actor=stage.owner, now=RELEASED)
    lists = queries.lists(conference=stage.conference)
    for name, kinds in (("Main entrance", ("conference",)), ("Assemblies", ("conference", "side_event"))):
        served = [row for row in lists if row.kind in kinds]
        door.make_device(
            conference=stage.conference, name=name, lists=served, walk_ins=True, actor=stage.owner, now=RELEASED
        )


def speakers(stage: Stage, people: dict[str, User]) -> dict[str, Speaker]:
    """Enter the 56 speakers; invented ones are registered people, so that nobody meets while speaking."""
    rows = read("speakers")
    found = {}
    for order, row in enumerate([*rows["public"], *rows["sample"]]):
        sample = "key" not in row
        name = f"{row['first']} {row['last']}" if sample else row["name"]
        key = slug(name) if sample else row["key"]
        found[key] = agenda.add_speaker(
            conference=stage.conference, slug=key, name=name, role=text(row["role"]),
            organisation=row["organisation"], country=row.get("country", ""), bio=text(row.get("bio", "")),
            sample=sample, person=people.get(key), order=order,
        )  # fmt: skip
    return found


def programme(stage: Stage, people: dict[str, User]) -> None:
    """Enter speakers and sessions, and release the agenda."""
    voices = speakers(stage, people)
    for row in read("agenda")["sessions"]:
        _session(stage, row, voices)
    agenda.release(
        conference=stage.conference, note=text(read("agenda")["released_note"]), actor=stage.owner, now=RELEASED
    )


def _session(stage: Stage, row: dict[str, Any], voices: dict[str, Speaker]) -> Session:
    axes = {key: term for (kind, key), term in stage.terms.items() if kind in ("transition", "driver")}
    return agenda.add_session(
        conference=stage.conference,
        slug=row["slug"],
        title=text(row["title"]),
        abstract=text(row["abstract"]),
        format=row["format"],
        starts_at=stage.local(row["day"], row["from"]),
        ends_at=stage.local(row["day"], row["to"]),
        room=stage.rooms[row["room"]] if "room" in row else None,
        sample=True,
        terms=[axes[key] for key in row.get("terms", [])],
        policy_actions=[stage.actions[key] for key in row.get("actions", [])],
        voices=[(voices[key], role) for key, role in row.get("voices", [])],
    )
