"""Enters the people of the demo: places, profiles, requests and seats, each at its own instant."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hemicycle.accounts.models import User
from hemicycle.agenda import operations as agenda
from hemicycle.demo.directory import details, look_after
from hemicycle.demo.organisations import SOURCE
from hemicycle.demo.organisations import Organisation as Invented
from hemicycle.demo.people import Person, World
from hemicycle.demo.requests import Request
from hemicycle.demo.stage import Stage
from hemicycle.directory import operations as directory
from hemicycle.directory.models import Organisation
from hemicycle.kit import tokens
from hemicycle.matchmaking import operations as matchmaking
from hemicycle.matchmaking.models import MeetingRequest, Profile
from hemicycle.registration import operations as registration
from hemicycle.registration import queries, seats
from hemicycle.registration.models import Registration, SideEvent

SEATED = datetime(2024, 4, 10, 8, 0, tzinfo=UTC)
BOOKMARKED = ("product-passport", "second-machine", "who-pays-for-resilience")


class Arrivals:
    """Takes people in one after the other and remembers their rows by position."""

    def __init__(self, stage: Stage, world: World) -> None:
        self.stage, self.world = stage, world
        self.organisations = [self._organisation(item) for item in world.organisations]
        self.registrations: dict[int, Registration] = {}
        self.profiles: dict[int, Profile] = {}

    def _organisation(self, item: Invented) -> Organisation:
        row = directory.organisation_for(
            name=item.name,
            country=item.country,
            city=item.city,
            about="Invented for the demo.",
            kind=self.stage.terms["stakeholder", item.kind],
            ecosystems=[self.stage.terms["ecosystem", key] for key in item.ecosystems],
            **details(item),
        )
        for fact in item.facts:
            directory.add_fact(
                organisation=row, kind=fact.kind, title=fact.title, valid_from=fact.valid_from,
                valid_until=fact.valid_until, source=SOURCE,
            )  # fmt: skip
        return row

    def until(self, moment: datetime) -> None:
        """Register and confirm everybody who comes before a moment and is not here yet."""
        for index, person in enumerate(self.world.people):
            if person.registered_at < moment and index not in self.registrations:
                self.registrations[index] = self._arrive(person)

    def _arrive(self, person: Person) -> Registration:
        conference = self.stage.conference
        details = registration.Details(
            email=person.email,
            first_name=person.first,
            last_name=person.last,
            stakeholder=self.stage.terms["stakeholder", person.stakeholder],
            country=person.country,
            mode="on_site",
            organisation=self.organisations[person.organisation],
            job_title=person.job_title,
            needs=person.needs,
            language=person.language,
            consents=person.consents,
            category=self.stage.categories["participant"],
        )
        row = registration.register(conference=conference, details=details, now=person.registered_at)
        claim = tokens.Claim(conference_id=conference.pk, subject=row.pk, version=row.version)
        token = tokens.issue(purpose="registration.confirm", claim=claim)
        return registration.confirm_address(conference=conference, token=token, now=person.confirmed_at)

    def speakers(self) -> dict[str, User]:
        """Return speaker → account of the invented speakers."""
        return {
            person.speaker: self.registrations[index].person
            for index, person in enumerate(self.world.people)
            if person.speaker
        }

    def look_after_organisations(self) -> None:
        """Let the first person of many organisations manage it, in the order of arrival."""
        people: dict[int, list[User]] = {}
        for index in sorted(self.registrations):
            people.setdefault(self.world.people[index].organisation, []).append(self.registrations[index].person)
        look_after(
            organisations=self.organisations, people=people, conference=self.stage.conference, team=self.stage.owner
        )

    def write_profiles(self) -> None:
        """Write the profiles in the order of time."""
        rows = [(person.profile, index) for index, person in enumerate(self.world.people) if person.profile is not None]
        for profile, index in sorted(rows, key=lambda row: (row[0].written_at, row[1])):
            self.profiles[index] = matchmaking.write_profile(
                registration=self.registrations[index],
                about=profile.about,
                offers=[line.text for line in profile.offers],
                needs=[line.text for line in profile.needs],
                ecosystems=[self.stage.terms["ecosystem", key] for key in profile.ecosystems],
                visible=True,
                now=profile.written_at,
            )

    def meet(self, requests: Sequence[Request]) -> None:
        """Send all requests and give the answers, in the order of time."""
        events = [(request.sent_at, number, False) for number, request in enumerate(requests)]
        events += [(row.answered_at, number, True) for number, row in enumerate(requests) if row.answered_at]
        sent: dict[int, MeetingRequest] = {}
        for now, number, answers in sorted(events):
            request = requests[number]
            if answers:
                matchmaking.answer(meeting_request=sent[number], yes=bool(request.yes), now=now)
            else:
                sender, receiver = self.profiles[request.sender], self.profiles[request.receiver]
                sent[number] = matchmaking.ask(sender=sender, receiver=receiver, message=request.message, now=now)

    def take_seats(self) -> None:
        """Seat most of those who are in an audience; the demo's own people choose for themselves."""
        rng = random.Random("seats")
        now = SEATED
        events = list(SideEvent.objects.filter(conference=self.stage.conference).select_related("room"))
        for index, person in enumerate(self.world.people):
            wanted = rng.random() < 0.72
            row = self.registrations[index]
            if not wanted or person.email.endswith("@demo.hemicycle.example"):
                continue
            for event in events:
                if not queries.why_not(registration=row, side_event=event):
                    seats.take(registration=row, side_event=event, swap=False, now=now)
                    now += timedelta(minutes=19)
                    break

    def bookmark(self) -> None:
        """Mark three sessions for the demo's participant."""
        for index, person in enumerate(self.world.people):
            if person.email == "participant@demo.hemicycle.example":
                agenda.merge_bookmarks(
                    conference=self.stage.conference, person=self.registrations[index].person, slugs=BOOKMARKED
                )
