"""News and speakers by API, as published and released."""

import pytest
from django_scopes import scopes_disabled

from tests.factories.world import CANARY, build

pytestmark = pytest.mark.django_db


@pytest.fixture
def slug(noon):
    with scopes_disabled():
        return build("here2030", canary=CANARY)[0].slug


def test_news_of_tomorrow_is_not_there(slug, client):
    rows = client.get(f"/api/{slug}/news").json()
    assert [row["slug"] for row in rows] == ["open"]
    assert client.get(f"/api/{slug}/news/open").json()["body"] == {"en": "Come."}
    assert client.get(f"/api/{slug}/news/tomorrow").status_code == 404


def test_speakers_of_the_release(slug, client):
    (row,) = client.get(f"/api/{slug}/speakers").json()
    assert (row["name"], sorted(row["sessions"])) == ("Ana Kovač", ["circular", "opening"])
