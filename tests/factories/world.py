"""One whole edition with everything a page can show, for the walks over all addresses."""

from datetime import UTC, datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django_scopes import scope

from hemicycle.accounts import operations as accounts
from hemicycle.accounts.models import ApiKey
from hemicycle.agenda import operations as agenda
from hemicycle.conferences import operations as conferences
from hemicycle.conferences import runs, team
from hemicycle.directory import joining
from hemicycle.directory import operations as directory
from hemicycle.door import operations as door
from hemicycle.door import scans
from hemicycle.door.models import CheckList
from hemicycle.hosting import operations as hosting
from hemicycle.kit.uploads import PDF
from hemicycle.matchmaking import operations as matchmaking
from hemicycle.matchmaking import plans
from hemicycle.matchmaking.models import Plan
from hemicycle.notifications.models import Mail
from hemicycle.registration import drafts, invitations, questionnaire, seats, setup
from hemicycle.registration.models import Category, Question
from hemicycle.website import operations as website
from tests import factories
from tests.factories import NOON

CANARY = "canary-7f3a"


def build(slug="baltic2030", *, canary=""):
    """Return the edition and the keys of its things; `canary` stands in every hidden text."""
    factories.term()
    green = conferences.add_term(kind="transition", key="green", label="Green", colour="green")
    skills = conferences.add_term(kind="driver", key="skills", label="Skills", colour="skills")
    conference = factories.edition(slug=slug)
    with scope(conference=conference.pk):
        return conference, _fill(conference, green, skills, canary)


def _fill(conference, green, skills, canary):
    slug = conference.slug
    conferences.set_venue(
        conference=conference, name="House", address="Square 1", latitude=50.8, longitude=4.35, directions="By **train**.",
        rooms=[{"slug": "gold", "name": "Gold Hall", "capacity": 300}, {"slug": "arc", "name": "Arc", "capacity": 50}],
    )  # fmt: skip
    conferences.describe(
        conference=conference,
        figures=[
            {
                "label": "people",
                "value": 700,
                "qualifier": "around",
                "definition": "Registered people.",
                "on_home": True,
            }
        ],
        outputs=["A declaration"],
        bodies=[{"role": "host", "name": "The Commission"}],
    )
    action = conferences.add_policy_action(
        conference=conference, slug="pathways", title="Pathways", summary="Together."
    )
    rooms = {room.slug: room for room in conference.rooms.all()}
    voice = agenda.add_speaker(
        conference=conference, slug="ana", name="Ana Kovač", role="CEO", organisation="Cluster", country="HR"
    )
    factories.session(conference, "opening", voices=[(voice, "speaker")], format="plenary")
    factories.session(
        conference, "circular", start=datetime(2030, 5, 7, 9, 0, tzinfo=UTC), room=rooms["gold"], terms=[green, skills],
        policy_actions=[action], voices=[(voice, "moderator")],
    )  # fmt: skip
    factories.session(conference, "coffee", start=datetime(2030, 5, 7, 10, 0, tzinfo=UTC), format="break")
    agenda.release(conference=conference, note="First", actor=None, now=NOON)
    factories.session(conference, "secret", start=datetime(2030, 5, 8, 9, 0, tzinfo=UTC), title=f"Unreleased {canary}")
    side = seats.create_side_event(
        conference=conference, slug="assembly", title="Assembly", about="For *partnerships*.", host="ECCP", capacity=2,
        starts_at=datetime(2030, 5, 6, 12, 0, tzinfo=UTC), ends_at=datetime(2030, 5, 6, 15, 0, tzinfo=UTC),
        audience={"fact": "partnership"}, audience_words="Partnerships", how_to_become="Join one.",
    )  # fmt: skip
    website.write_news(
        conference=conference, slug="open", label="News", title="Open", summary="It is open.", body="Come.", published_at=NOON,
        actor=None, now=NOON,
    )  # fmt: skip
    website.write_news(
        conference=conference, slug="tomorrow", label="News", title=f"Tomorrow {canary}", summary=canary or "x", body="Later.",
        published_at=NOON + timedelta(days=3), actor=None, now=NOON,
    )  # fmt: skip
    for page in ("privacy", "accessibility", "cookies"):
        website.write_page(conference=conference, slug=page, title=page.title(), body="Words.", legal=True)
    highlight = website.add_highlight(
        conference=conference, icon="handshake", title="Meet", text="Partners.", page="agenda"
    )
    organisation = directory.organisation_for(name=f"Org {slug}", country="BE", website="https://example.eu")
    directory.add_fact(
        organisation=organisation,
        kind="partnership",
        title="Euro",
        valid_from=datetime(2029, 1, 1).date(),
        valid_until=None,
    )
    looked_after = _looked_after(conference, organisation, canary)
    factories.meeting_slots(conference)
    one = factories.profile(conference, organisation=organisation)
    two = factories.profile(conference, country="FR", offers=(f"hidden {canary}" if canary else "an offer",))
    three = factories.profile(conference, country="DE")
    waits = matchmaking.ask(sender=three, receiver=one, message="Let us meet", now=NOON)
    asked = matchmaking.ask(sender=one, receiver=two, message="Shall we?", now=NOON)
    matchmaking.answer(meeting_request=asked, yes=True, now=NOON)
    plan = plans.start(conference=conference, actor=None, seconds=0.5, now=NOON)
    plans.perform(plan_id=plan.pk, now=NOON)
    plans.publish(plan=Plan.objects.get(pk=plan.pk), actor=None, now=NOON)
    owner = factories.member(conference, "owner")
    factories.key(one.registration.person)
    draft, category, question, answered, file_question = _questions(conference, canary)
    questionnaire.write(registration=one.registration, answers={"scan": factories.pdf_answer()})
    invitation = team.invite(
        conference=conference, email="asked@example.eu", role="programme", language="en", actor=owner, now=NOON
    )
    door.prepare_lists(conference=conference, actor=None, now=NOON)
    checklist = CheckList.objects.get(conference=conference, kind="conference")
    device = door.make_device(
        conference=conference, name=f"Door {canary}", lists=[checklist], walk_ins=True, actor=None, now=NOON
    )
    door.enrol(conference=conference, code=door.make_code(device=device, actor=None, now=NOON), now=NOON)
    scans.by_hand(checklist=checklist, registration=three.registration, actor=owner, now=NOON)
    certificate = door.issue_certificate(registration=three.registration, actor=None, now=NOON)
    run = runs.start(conference=conference, kind="registration.export", actor=None, now=NOON, chosen={}, form="csv")
    host, host_question, paper = _hosting(conference, side, canary)
    return {
        "host": host, "host_question": host_question, "paper": paper,
        "draft": draft, "category": category, "question": question,
        "room": rooms["gold"], "highlight": highlight, "invitation": invitation, "member": conference.team.get(role="owner"),
        "owner": owner, "participant": one.registration.person, "registration": one.registration, "profile": two,
        "request": waits, "plan": plan, "session": "circular", "speaker": "ana", "news": "open", "page": "cookies",
        "side_event": side, "mail": Mail.objects.filter(kind="PlaceConfirmed").first(), "door": factories.member(conference, "door"),
        "api_key": ApiKey.objects.get(person=one.registration.person),
        "own_profile": one, "list": checklist, "device": device, "certificate": certificate, "run": run,
        "answered": answered, "file_question": file_question, **looked_after,
    }  # fmt: skip


def _looked_after(conference, organisation, canary):
    """Managers, an invitation, somebody who asks, a fact that waits, and a record without a public page."""
    organisation = directory.change(
        organisation=organisation, seen_version=1, actor=None, now=NOON, listed=True, members=20, region="BE10",
        domain=f"{conference.slug}.example", ecosystems=[], kind=conferences.add_term(
            kind="stakeholder", key="cluster-org", label="Cluster organisation"
        ),
    )  # fmt: skip
    directory.organisation_for(name=f"Org {conference.slug} AISBL", country="BE", website="https://example.eu")
    directory.create(name=f"Quiet {conference.slug} {canary}", country="BE", about=canary, actor=None, now=NOON)
    waits = directory.write_fact(
        organisation=organisation, fact=None, seen_version=0, confirmed=False, actor=None, now=NOON, kind="label",
        title=f"Gold {canary}", valid_from=datetime(2029, 1, 1).date(),
    )  # fmt: skip
    manager = joining.add(organisation=organisation, person=factories.person(), actor=None, now=NOON)
    asks = factories.person(email=f"asks@{conference.slug}.example")
    accounts.verify_address(person=asks)
    asking = joining.ask(organisation=organisation, person=asks, conference=conference, now=NOON)
    asked = joining.invite(
        organisation=organisation, email="later@example.eu", conference=conference, language="en", actor=None, now=NOON
    )
    directory.waive(organisation=organisation, check="staff", reason="Recognised.", actor=None, now=NOON)
    return {"organisation": organisation, "fact": waits, "manager": manager, "asked": asked, "asks": asking}


def _questions(conference, canary):
    """A way of coming, an invitation, a restricted question and a form on its way; return the key of its address."""
    guests = Category.objects.create(conference=conference, slug="guests", name="Guests", quota=5, needs_approval=True)
    born = Question.objects.create(conference=conference, key="born", label="Born on", kind="past", restricted=True)
    row = factories.confirmed(conference, category=guests)
    scan = Question.objects.create(conference=conference, key="scan", label="Scan", kind="file")
    scanned = factories.pdf_answer(canary)
    questionnaire.write(registration=row, answers={"born": canary or "1980-02-29", "scan": scanned})
    invitations.make_code(conference=conference, actor=None, now=NOON, uses=3)
    details = {
        "first_name": "Ada", "last_name": "Byron", "country": "BE", "stakeholder": row.stakeholder_id, "mode": "on_site",
        "organisation": "", "job_title": "", "needs": "",
    }  # fmt: skip
    key = drafts.begin(
        conference=conference, email="ada@example.eu", category=None, mode="on_site", details=details, now=NOON
    )
    return key, guests, born, row, scan


def _hosting(conference, side, canary):
    """A host with a question, an invitation of each sort and a paper that only hosts see."""
    host = factories.person()
    hosting.make_host(side_event=side, person=host, actor=None, now=NOON)
    hosting.ask(side_event=side, email="asked.host@example.eu", actor=host, now=NOON)
    seats.invite(side_event=side, emails=["guest@example.eu"], actor=host, now=NOON)
    question = setup.write_question(
        conference=conference, question=None, seen_version=0, categories=[], actor=host, now=NOON, side_event=side,
        key="lunch", label="Lunch?", kind="yes", options=[], required=False, restricted=False, depends_on=None,
        values=[], order=0,
    )  # fmt: skip
    file = SimpleUploadedFile("out.pdf", b"%PDF-1.7 " + (canary or "nothing").encode())
    file.kind = PDF
    paper = hosting.add_paper(side_event=side, title="Output", file=file, shown=False, actor=host, now=NOON)
    return host, question, paper
