"""One's own ticket on a telephone without network."""

from playwright.sync_api import expect


def test_the_ticket_opens_without_network_and_is_forgotten_at_sign_out(visit):
    guest = visit(width=390, scheme="dark").sign_in("participant")
    guest.go("/ecc2024/me/ticket/")
    expect(guest.page.get_by_text("Kept on this device:")).to_be_visible()

    guest.context.set_offline(True)
    guest.page.reload()
    expect(guest.page.get_by_text("No network: this is the ticket kept on this device.")).to_be_visible()
    expect(guest.page.get_by_role("heading", name="Klara Lindqvist")).to_be_visible()
    expect(guest.page.locator(".ticket svg").first).to_be_visible()

    guest.context.set_offline(False)
    guest.go("/ecc2024/me/")
    guest.press("Sign out")
    assert guest.page.evaluate("caches.keys()") == []
