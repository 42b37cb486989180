"""An owner invites a colleague, who edits a session, sees the conflict, releases, and publishes a piece of news."""

import re

import pytest

from tests.journeys.test_main_path import letter

pytestmark = pytest.mark.journey


def choose_language(visitor, name):
    visitor.page.locator("language-tabs").get_by_role("button", name=name).click()


@pytest.mark.parametrize("width", [1440, 390])
def test_a_colleague_is_invited_and_joins(visit, width):
    owner, colleague = visit(width=width), visit(width=width)
    email = f"colleague-{width}@example.eu"
    owner.sign_in("owner").go("/ecc2024/desk/team/")
    owner.page.get_by_label("Email address").fill("nobody")
    owner.press("Send the invitation")
    assert "Write the full address" in owner.page.inner_text("main")
    owner.page.get_by_label("Email address").fill(email)
    owner.page.get_by_label("Role", exact=True).select_option("programme")
    owner.press("Send the invitation")
    assert "invited, not answered yet" in owner.page.inner_text("main")

    colleague.page.goto(letter(colleague, email, "TeamInvitation"))
    colleague.check()
    colleague.press("Yes, I join")
    assert "You are in the team." in colleague.page.inner_text("main")
    owner.go("/ecc2024/desk/team/")
    assert "programme" in owner.page.get_by_role("row").filter(has_text=email).inner_text()


@pytest.mark.parametrize("width", [1440, 390])
def test_a_session_is_edited_its_conflict_seen_and_released(visit, width):
    programme, guest = visit(width=width).sign_in("programme"), visit(width=width)
    programme.go("/ecc2024/desk/agenda/")
    programme.press(re.compile("One passport, many products"), role="link")
    programme.page.get_by_label("Room").select_option(label="The Arc (150)")
    programme.page.get_by_label("Ends").fill("2024-05-07T10:00")
    programme.press("Save")
    assert "The session ends before it starts." in programme.page.inner_text("main")
    assert programme.page.get_by_label("Room").locator("option:checked").inner_text() == "The Arc (150)"
    programme.page.get_by_label("Ends").fill("2024-05-07T12:45")
    choose_language(programme, "français")
    programme.page.locator("#id_title_fr").fill(f"Un passeport, {width} produits")
    programme.press("Save")
    assert "The Arc is taken at that time: Four weeks" in programme.page.inner_text("main")
    programme.page.get_by_label("What changed").fill(f"The passport moves, {width}")
    programme.press("Publish")
    assert re.search(r"Release \d+ is public", programme.page.inner_text("main"))

    guest.go("/ecc2024/agenda/product-passport/")
    assert "The Arc" in guest.page.inner_text("main")
    guest.go("/language/fr/?next=/ecc2024/agenda/product-passport/")
    assert f"Un passeport, {width} produits" in guest.page.inner_text("h1")


@pytest.mark.parametrize("width", [1440, 390])
def test_news_is_written_previewed_and_published(visit, width):
    owner, guest = visit(width=width).sign_in("owner"), visit(width=width)
    title = f"Doors open at nine {width}"
    owner.go("/ecc2024/desk/news/new/")
    owner.page.locator("#id_title_en").fill(title)
    owner.page.locator("#id_summary_en").fill("Come early.")
    owner.page.locator("#id_body_en").fill("## Bring your ticket\n\nOn your **phone**.")
    owner.press("Save")
    assert "Write this in English" in owner.page.inner_text("main")
    owner.page.locator("#id_label_en").fill("Practical")
    owner.press("Preview")
    assert owner.page.locator("#preview h2").inner_text() == "Bring your ticket"
    owner.press("Save")
    assert "draft" in owner.page.get_by_role("row").filter(has_text=title).inner_text()
    owner.press(f"Publish: {title}", role="link")
    owner.press("Publish now")
    guest.go("/ecc2024/news/")
    guest.press(title, role="link")
    assert "On your phone." in guest.page.inner_text("main")


PAGES = (
    "settings/", "settings/languages/", "settings/windows/", "settings/look/", "settings/legal/", "settings/list/bodies/",
    "settings/list/figures/", "settings/list/figures/new/", "settings/list/policy/", "venue/", "agenda/new/",
    "agenda/session/product-passport/", "agenda/session/product-passport/remove/", "agenda/speakers/", "agenda/speakers/new/",
    "news/", "news/new/", "news/pages/", "news/pages/new/", "news/highlights/", "news/highlights/new/",
)  # fmt: skip


@pytest.mark.parametrize(("width", "scheme"), [(1440, "dark"), (390, "light")])
def test_every_page_of_the_desk_is_clean(visit, width, scheme):
    owner = visit(width=width, scheme=scheme).sign_in("owner")
    for path in PAGES:
        owner.go(f"/ecc2024/desk/{path}")
    visit(width=width, scheme=scheme).go("/_ui/")


def test_languages_and_rooms_by_hand(visit):
    owner = visit(width=390).sign_in("owner")
    owner.go("/ecc2024/desk/settings/languages/")
    owner.page.get_by_label("Add a language").select_option("lv")
    owner.press("Add")
    owner.press("Move up: latviešu")
    owner.press("Remove: latviešu")
    owner.go("/ecc2024/desk/venue/")
    owner.press("The Arc", role="link")
    owner.press("Remove", role="link")
    owner.press("Yes, remove it")
    assert "It cannot go yet: it is used here." in owner.page.inner_text("main")
