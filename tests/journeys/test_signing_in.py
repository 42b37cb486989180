"""Passkeys and second factors with a real (virtual) authenticator in a real browser."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey


@pytest.fixture
def at_home(visit):
    """A visitor at `localhost`: a passkey is bound to a name, never to an IP address (WebAuthn, section 5.1.2)."""

    def new(**options):
        visitor = visit(**options)
        visitor.address = visitor.address.replace("127.0.0.1", "localhost")
        device = visitor.context.new_cdp_session(visitor.page)
        device.send("WebAuthn.enable")
        device.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "transport": "internal",
                    "hasResidentKey": True,
                    "hasUserVerification": True,
                    "isUserVerified": True,
                    "automaticPresenceSimulation": True,
                }
            },
        )
        return visitor

    return new


def test_a_passkey_is_added_and_signs_in(at_home):
    visitor = at_home().sign_in("partner")
    visitor.go("/accounts/2fa/webauthn/add/")
    visitor.page.get_by_label("Name").fill("Laptop")
    passkey = visitor.page.get_by_label("Passwordless")
    if passkey.count():
        passkey.check()
    visitor.press("Add")
    visitor.go("/accounts/2fa/webauthn/")
    assert "Laptop" in visitor.page.inner_text("main")

    visitor.context.clear_cookies()
    visitor.go("/accounts/login/")
    visitor.press("Use a passkey")
    visitor.go("/accounts/")
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Hello, Duarte Figueiredo")


def test_my_data_is_shown_and_taken_along(visit):
    for width in (1440, 390):
        visitor = visit(width=width).sign_in("participant")
        visitor.go("/accounts/")
        visitor.press("My data", role="link")
        assert "hold a place" in visitor.page.inner_text("main")
        visitor.page.get_by_label("Your email address, to be sure").fill("other@example.eu")
        visitor.press("Erase everything")
        assert "not the address of your account" in visitor.page.inner_text("main")
        with visitor.page.expect_download() as taken:
            visitor.page.get_by_role("link", name="Download it all").click()
        assert taken.value.suggested_filename == "my-data.json"
