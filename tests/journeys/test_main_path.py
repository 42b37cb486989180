"""A visitor registers, finds a partner, the meeting is scheduled by the optimiser, both see it in their calendar."""

import re
import urllib.request

import icalendar
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey
PARTNER = "Duarte Figueiredo"


def letter(visitor, address, kind):
    """Open the latest mail of a kind to an address in the demo's mailbox; return its first link."""
    for _ in range(40):
        visitor.page.goto(f"{visitor.address}/demo/mailbox/?to={address}")
        found = visitor.page.get_by_role("link", name=kind, exact=True)
        if found.count():
            found.first.click()
            frame = visitor.page.frame_locator("iframe").first
            return frame.get_by_role("link").first.get_attribute("href")
        visitor.page.wait_for_timeout(250)
    pytest.fail(f"no {kind} to {address}")


def calendar(address):
    with urllib.request.urlopen(address) as answer:
        return [str(event["summary"]) for event in icalendar.Calendar.from_ical(answer.read()).walk("VEVENT")]


def register(visitor, first, last, email):
    visitor.go("/ecc2024/register/")
    page = visitor.page
    page.get_by_label("First name").fill(first)
    page.get_by_label("Last name").fill(last)
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Organisation").fill("Atelier du Lin")
    page.get_by_label("Country").select_option("FR")
    page.get_by_label("You come as").select_option(label="Company")
    visitor.press("Hold my place")
    assert page.get_by_role("alert").get_by_role("link").all_inner_texts() == [
        "I have read the data protection notice.: Tick the box to go on"
    ]
    assert page.get_by_label("First name").input_value() == first
    page.get_by_label("I have read the data protection notice.").check()
    visitor.press("Hold my place")
    assert "on its way" in page.inner_text("main")
    page.goto(letter(visitor, email, "ConfirmYourAddress"))
    visitor.check()
    assert page.get_by_role("heading", level=1).inner_text() == f"Hello, {first}"


@pytest.mark.parametrize("width", [1440, 390])
def test_from_registration_to_the_meeting_in_both_calendars(visit, width):
    guest, partner, owner = visit(width=width), visit(width=width), visit(width=width)
    email = f"zoe{width}@atelier-du-lin.example"
    register(guest, "Zoë", f"L’Hôpital-{width}", email)
    feed = guest.page.get_by_label("Calendar address").input_value()

    guest.go("/ecc2024/side-events/")
    guest.press("Assembly of European cluster partnerships and Euroclusters", role="link")
    assert "This is for others" in guest.page.inner_text("main")
    assert "How to become eligible" in guest.page.inner_text("main")

    guest.go("/ecc2024/profile/")
    guest.press("Save my profile")
    assert "Write at least one thing" in guest.page.inner_text("main")
    guest.page.get_by_label("I offer (1)").fill("Linen blades for small wind turbines")
    guest.page.get_by_label("I look for (1)").fill("Test sites at sea")
    guest.press("Save my profile")

    guest.page.get_by_label("Search").fill("Figueiredo Duarte")
    guest.press("Search")
    guest.press(PARTNER, role="link")
    guest.page.get_by_label("Why meet?").fill("Your test site, our blades.")
    guest.press("Ask for a meeting")
    assert "Your request is sent." in guest.page.inner_text("main")

    partner.sign_in("partner").go("/ecc2024/meetings/")
    row = partner.page.get_by_role("listitem").filter(has_text=f"L’Hôpital-{width}")
    partner.press("Accept", within=row)
    partner_feed = partner.go("/ecc2024/me/") and partner.page.get_by_label("Calendar address").input_value()

    owner.sign_in("owner").go("/ecc2024/desk/matchmaking/")
    owner.press("Schedule the meetings")
    owner.page.get_by_role("button", name="Publish this schedule").wait_for(timeout=60_000)
    owner.check()
    assert "Everything found a place." in owner.page.inner_text("main")
    owner.press("Publish this schedule")

    guest.go("/ecc2024/meetings/")
    mine = guest.page.get_by_role("listitem").filter(has_text=PARTNER)
    assert re.search(r"Table \d+", mine.inner_text())
    assert [title for title in calendar(feed) if title.startswith(PARTNER)] != []
    assert f"Zoë L’Hôpital-{width} (Atelier du Lin)" in calendar(partner_feed)
    letter(guest, email, "MeetingsScheduled")

    guest.go("/ecc2024/me/cancel/")
    guest.press("Yes, give it back")
    partner.go("/ecc2024/meetings/")
    assert f"L’Hôpital-{width}" not in partner.page.locator(".meeting").all_inner_texts()[0]
    letter(partner, "partner@demo.hemicycle.example", "MeetingCancelled")


PUBLIC = (
    "/ecc2024/", "/ecc2024/agenda/", "/ecc2024/agenda/?view=list&day=2024-05-08", "/ecc2024/agenda/product-passport/",
    "/ecc2024/speakers/", "/ecc2024/speakers/thierry-breton/", "/ecc2024/side-events/", "/ecc2024/venue/", "/ecc2024/news/",
    "/ecc2024/editions/", "/ecc2024/register/", "/ecc2024/subscribe/", "/ecc2024/privacy/", "/ecc2024/page/cookies/",
    "/ecc2024/now/", "/accounts/login/", "/accounts/login/code/", "/demo/people/", "/demo/mailbox/", "/ecc2024/nowhere/",
)  # fmt: skip
DESK = (
    "",
    "registrations/",
    "side-events/",
    "side-events/assembly-partnerships/",
    "registrations/?search=a&status=confirmed",
    "agenda/",
    "matchmaking/",
    "team/",
    "settings/",
    "history/",
)


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_every_page_is_clean(visit, width, scheme):
    visitor = visit(width=width, scheme=scheme)
    for path in PUBLIC:
        visitor.go(path)
    person = visit(width=width, scheme=scheme).sign_in("participant")
    for path in ("me/", "me/ticket/", "me/cancel/", "people/", "people/?country=DE", "meetings/", "profile/"):
        person.go(f"/ecc2024/{path}")
    owner = visit(width=width, scheme=scheme).sign_in("owner")
    for path in DESK:
        owner.go(f"/ecc2024/desk/{path}")
    for path in ("/accounts/", "/accounts/2fa/", "/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/"):
        owner.go(path)


def test_bookmark_before_sign_in_is_merged_later(visit):
    visitor = visit()
    visitor.go("/ecc2024/agenda/")
    star = visitor.page.get_by_role("button", name=re.compile("Add to my agenda: Warm-up"))
    star.click()
    # A retried locator, not a polled expression: the page's own policy forbids evaluating strings.
    expect(visitor.page.locator("[data-star-count]")).to_have_text("1")
    assert star.get_attribute("aria-pressed") == "true"
    visitor.sign_in("participant").go("/ecc2024/agenda/?mine=1")
    visitor.go("/ecc2024/me/")
    assert "Warm-up" in visitor.page.inner_text("main")


def test_colours_that_cannot_be_read_are_refused(visit):
    owner = visit().sign_in("owner")
    owner.go("/ecc2024/desk/settings/look/")
    owner.page.get_by_label("Brand colour").fill("#ffee00")
    owner.press("Save")
    assert "at least 4.5:1 is needed" in owner.page.inner_text("main")


def test_the_clock_moves_and_now_follows(visit):
    visitor = visit()
    visitor.go("/ecc2024/now/")
    visitor.press("Day one")
    assert "7 May 2024" in visitor.page.inner_text(".demo-bar")
    assert "Nothing is running" not in visitor.page.inner_text("main")
    visitor.press("Registration open")
