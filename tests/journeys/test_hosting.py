"""A participant asks for a seat in a workshop; its host decides, writes, and puts a paper on the site."""

from playwright.sync_api import expect

from tests.journeys.test_main_path import letter

WORKSHOP = "/ecc2024/side-events/passport-lab/"


def test_a_seat_is_asked_for_decided_and_told(visit, tmp_path):
    guest = visit(width=390, scheme="dark").sign_in("participant")
    guest.go("/ecc2024/agenda/product-passport/")
    guest.press("Take a seat", role="link")
    guest.press("Ask for a seat")
    expect(guest.page.get_by_text("Please answer this question.").first).to_be_visible()
    guest.page.get_by_label("Which product do you know best?").select_option(label="Furniture")
    guest.press("Ask for a seat")
    expect(guest.page.get_by_text("You asked for a seat; the host decides")).to_be_visible()

    host = visit().sign_in("host")
    host.press("Passport lab: seats at the tables", role="link")
    host.page.get_by_label("Klara Lindqvist").check()
    host.press("Approve")
    expect(host.page.get_by_text("Done for 1 person.")).to_be_visible()
    host.press("Write to all", role="link")
    host.page.get_by_label("Subject").fill("Your table")
    host.page.get_by_label("Text").fill("Table four is yours.")
    host.press("Send")
    host.press("Papers", role="link")
    wrong = tmp_path / "notes.pdf"
    wrong.write_bytes(b"words, no PDF")
    host.page.get_by_label("Title").fill("What the tables found")
    host.page.get_by_label("File").set_input_files(wrong)
    host.press("Add")
    expect(host.page.get_by_text("This is none of: PDF").first).to_be_visible()

    guest.go(WORKSHOP)
    expect(guest.page.get_by_text("You have a seat")).to_be_visible()
    letter(guest, "participant@demo.hemicycle.example", "HostWrites")
    guest.go(WORKSHOP)
    guest.press("Give my seat back")
    expect(guest.page.get_by_role("button", name="Ask for a seat")).to_be_visible()


def test_the_team_sets_up_a_side_event_at_the_same_time_and_a_participant_swaps(visit):
    team = visit().sign_in("registration")
    team.go("/ecc2024/desk/side-events/new/")
    team.page.locator("#id_title_en").fill("Evening walk through the Magritte rooms")
    team.page.locator("#id_host_en").fill("City of Brussels")
    team.page.get_by_label("Starts").fill("2024-05-06T16:00")
    team.page.get_by_label("Ends").fill("2024-05-06T18:00")
    team.page.get_by_label("Seats", exact=True).fill("20")
    team.press("Save")
    expect(team.page.get_by_text("Nobody hosts it yet.")).to_be_visible()

    guest = visit(width=390, scheme="dark").sign_in("participant")
    guest.go("/ecc2024/side-events/assembly-partnerships/")
    guest.press("Take a seat")
    guest.go("/ecc2024/side-events/")
    guest.press("Evening walk through the Magritte rooms", role="link")
    guest.press("Take a seat")
    expect(guest.page.get_by_role("heading", name="Two at the same time")).to_be_visible()
    guest.press("Swap: take this one, give the other back")
    expect(guest.page.get_by_text("You have a seat").first).to_be_visible()
    guest.go("/ecc2024/side-events/assembly-partnerships/")
    expect(guest.page.get_by_role("button", name="Take a seat")).to_be_visible()
