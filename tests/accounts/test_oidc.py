"""Signing in through an OpenID provider (OpenID Connect Core 1.0): a real one, on the loopback."""

import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount

from hemicycle.accounts import operations
from hemicycle.accounts.models import User
from tests.factories import person

pytestmark = pytest.mark.django_db
SECRET = "only for this test, thirty-two bytes"


class Provider(ThreadingHTTPServer):
    """A provider that has one person signed in already and checks what a client must send."""

    daemon_threads = True

    def __init__(self, claims):
        super().__init__(("127.0.0.1", 0), Answer)
        self.claims, self.codes = claims, {}
        self.address = f"http://127.0.0.1:{self.server_port}"

    def consent(self, location):
        """Do what the browser does at the provider: come back with a code and the state."""
        asked = {key: values[0] for key, values in parse_qs(urlsplit(location).query).items()}
        assert (asked["client_id"], asked["response_type"], asked["code_challenge_method"]) == ("us", "code", "S256")
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked["redirect_uri"]
        return urlsplit(asked["redirect_uri"]).path, {"code": code, "state": asked["state"]}


class Answer(BaseHTTPRequestHandler):
    def log_message(self, *_args):
        pass

    def do_GET(self):
        base = self.server.address
        if self.path == "/.well-known/openid-configuration":
            self._json(
                {
                    "issuer": base,
                    "authorization_endpoint": f"{base}/authorize",
                    "token_endpoint": f"{base}/token",
                    "userinfo_endpoint": f"{base}/me",
                    "jwks_uri": f"{base}/keys",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )
        elif self.path == "/me" and self.headers["Authorization"] == "Bearer access":
            self._json(self.server.claims)
        else:
            self._json({"error": "invalid_token"}, 401)

    def do_POST(self):
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        good = self.server.codes.pop(sent["code"][0], None) == sent["redirect_uri"][0] and "code_verifier" in sent
        if not good or sent["client_secret"] != [SECRET]:
            self._json({"error": "invalid_grant"}, 400)
            return
        now = int(time.time())
        token = {"iss": self.server.address, "aud": "us", "iat": now, "exp": now + 60, **self.server.claims}
        signed = jwt.encode(token, SECRET, algorithm="HS256")
        self._json({"access_token": "access", "token_type": "Bearer", "expires_in": 60, "id_token": signed})

    def _json(self, body, status=200):
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture
def provider(settings):
    made = []

    def start(**claims):
        server = Provider({"sub": "42", "given_name": "Ada", "family_name": "Byron", **claims})
        threading.Thread(target=server.serve_forever, daemon=True).start()
        made.append(server)
        app = {"provider_id": "oidc", "name": "EU Login", "client_id": "us", "secret": SECRET}
        app["settings"] = {"server_url": server.address, "oauth_pkce_enabled": True}
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
        return server

    yield start
    for server in made:
        server.shutdown()
        server.server_close()


def sign_in(client, server):
    begin = client.post("/accounts/oidc/oidc/login/")
    path, answer = server.consent(begin["Location"])
    return client.get(path, answer, follow=True)


def test_the_sign_in_page_offers_the_provider(client, provider):
    provider(email="ada@example.eu")

    assert "EU Login" in client.get("/accounts/login/").content.decode()


def test_a_registered_person_signs_in_by_the_address_the_provider_verified(client, provider):
    ada = person(email="ada@example.eu")
    operations.verify_address(person=ada)
    sign_in(client, provider(email="ada@example.eu", email_verified=True))

    assert client.session["_auth_user_id"] == str(ada.pk)
    assert SocialAccount.objects.get().uid == "42"


def test_an_address_the_provider_did_not_verify_opens_nothing(client, provider):
    operations.verify_address(person=person(email="ada@example.eu"))
    sign_in(client, provider(email="ada@example.eu", email_verified=False))

    assert "_auth_user_id" not in client.session
    assert SocialAccount.objects.count() == 0


def test_an_unknown_person_gets_no_account(client, provider):
    page = sign_in(client, provider(email="new@example.eu", email_verified=True))

    assert (User.objects.count(), page.status_code, "_auth_user_id" in client.session) == (0, 200, False)


def test_a_code_of_somebody_else_is_refused(client, provider):
    server = provider(email="ada@example.eu", email_verified=True)
    begin = client.post("/accounts/oidc/oidc/login/")
    path, answer = server.consent(begin["Location"])
    page = client.get(path, answer | {"code": "stolen"}, follow=True)

    assert (page.status_code < 500, "_auth_user_id" in client.session) == (True, False)
