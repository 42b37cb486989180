"""A key for programs: made, seen once, used without a browser, withdrawn, refused."""

import json
import urllib.error
import urllib.request

import pytest

pytestmark = pytest.mark.journey


def call(visitor, key, path, *, method="GET", body=None):
    """Call the API as a program does: no browser, no cookie; return status, media type and what was said."""
    request = urllib.request.Request(
        f"{visitor.address}/api/{path}", method=method, data=json.dumps(body).encode() if body is not None else None,
        headers={"Authorization": f"Bearer {key}", "Content-Type": "application/json"},
    )  # fmt: skip
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.headers["Content-Type"], json.load(answer)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.headers["Content-Type"], json.load(refused)


@pytest.mark.parametrize("width", [1440, 390])
def test_an_owner_makes_a_key_uses_it_and_withdraws_it(visit, width):
    owner, name = visit(width=width).sign_in("owner"), f"Badge printer {width}"
    owner.go("/accounts/keys/")
    owner.press("Make the key")
    assert owner.page.get_by_label("Name").get_attribute("aria-invalid") == "true"
    owner.page.get_by_label("Name").fill(name)
    owner.page.get_by_label("May only read").check()
    owner.press("Make the key")
    key = owner.page.get_by_label("Key", exact=True).input_value()
    assert key.startswith("hc_")
    owner.go("/accounts/keys/")
    assert (key in owner.page.content(), name in owner.page.inner_text("main")) == (False, True)

    status, _media, account = call(owner, key, "account")
    assert (status, account["key"]["name"], account["key"]["read_only"]) == (200, name, True)
    status, _media, found = call(owner, key, "ecc2024/registrations/statistics")
    assert (status, found["capacity"] > 0) == (200, True)
    status, media, refused = call(owner, key, "ecc2024/registrations/exports", method="POST", body={"form": "csv"})
    assert (status, media, refused["status"]) == (403, "application/problem+json", 403)

    owner.press(f"End {name}")
    assert "Programs with it are refused from now on." in owner.page.inner_text("body")
    for path in ("account", "ecc2024/registrations/statistics"):
        status, media, refused = call(owner, key, path)
        assert (status, media, refused["status"]) == (401, "application/problem+json", 401)
    assert call(owner, "hc_never-made", "account")[0] == 401
