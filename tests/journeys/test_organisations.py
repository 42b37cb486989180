"""An organisation from both sides: its manager proposes and invites, the desk confirms and merges."""

import re

import pytest

from tests.journeys.test_main_path import letter

pytestmark = pytest.mark.journey
MINE = "/ecc2024/my-organisations/of/scania-circular-textiles-cluster/"


@pytest.mark.parametrize("width", [1440, 390])
def test_a_manager_and_the_desk_look_after_an_organisation(visit, width):
    manager, team, guest = visit(width=width), visit(width=width), visit(width=width)
    manager.sign_in("participant").go("/ecc2024/my-organisations/")
    manager.press("Scania Circular Textiles Cluster", role="link")
    assert "% complete" in manager.page.inner_text("main")
    manager.press("Change", role="link")
    manager.page.get_by_label("Region").fill("FR10")
    manager.press("Save")
    assert "This region is in another country." in manager.page.inner_text("main")
    manager.page.get_by_label("Region").fill("SE224")
    manager.press("Save")
    assert "SE224" in manager.page.inner_text("main")

    title = f"Regional label {width}"
    manager.press("Add a fact", role="link")
    manager.page.get_by_label("Kind").select_option("label")
    manager.page.get_by_label("Name").fill(title)
    manager.page.get_by_label("From").fill("2024-01-01")
    manager.press("Save")
    assert "waits for the team" in manager.page.inner_text("main")
    guest.go("/ecc2024/organisations/scania-circular-textiles-cluster/")
    assert title not in guest.page.inner_text("main")

    team.sign_in("registration").go("/ecc2024/desk/organisations/?state=waiting")
    team.press("Scania Circular Textiles Cluster", role="link")
    team.press(f"Confirm {title}")
    guest.go("/ecc2024/organisations/scania-circular-textiles-cluster/")
    assert title in guest.page.inner_text("main")


def test_a_double_is_merged_and_its_address_leads_on(visit):
    team = visit().sign_in("registration")
    team.go("/ecc2024/desk/organisations/new/")
    team.page.get_by_label("Name").fill("Minho Fibre-Works Cluster, S.A.")
    team.page.get_by_label("Country").select_option("PT")
    team.press("Save")
    team.go("/ecc2024/desk/organisations/duplicates/")
    pair = team.page.get_by_role("listitem").filter(has_text="Minho Fibre-Works")
    team.press(re.compile("Keep “Minho Fibre Works Cluster”"), role="link", within=pair)
    team.press("Merge them")
    assert "The old name and address lead here." in team.page.inner_text("main")
    team.go("/ecc2024/organisations/minho-fibre-works-cluster-sa/")
    assert team.page.inner_text("h1") == "Minho Fibre Works Cluster"


def test_an_invited_colleague_says_yes(visit):
    manager, colleague = visit().sign_in("participant"), visit()
    manager.go(MINE)
    manager.page.get_by_label("Email address").fill("textile-friend@example.eu")
    manager.press("Send the invitation")
    colleague.page.goto(letter(colleague, "textile-friend@example.eu", "ManagerInvitation"))
    colleague.check()
    colleague.press("Yes, I will")
    assert "/accounts/login/" in colleague.page.url
    manager.go(MINE)
    assert "textile-friend@example.eu" in manager.page.inner_text("main")
    assert "Withdraw the invitation of textile-friend@example.eu" not in manager.page.content()
