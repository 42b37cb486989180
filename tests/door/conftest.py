"""A door: lists, a device or two, and what they send."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from tests.factories import NOON

from hemicycle.door import operations
from hemicycle.door.models import CheckList


class Door:
    """An enrolled device and its way to speak."""

    def __init__(self, conference, name="Main", kinds=("conference",), *, walk_ins=False):
        self.conference = conference
        operations.prepare_lists(conference=conference, actor=None, now=NOON)
        rows = list(CheckList.objects.filter(conference=conference, kind__in=kinds))
        self.list = rows[0]
        self.device = operations.make_device(
            conference=conference, name=name, lists=rows, walk_ins=walk_ins, actor=None, now=NOON
        )
        code = operations.make_code(device=self.device, actor=None, now=NOON)
        self.device, self.secret = operations.enrol(
            conference=conference, code=code.lower(), now=NOON - timedelta(hours=9)
        )

    @property
    def headers(self):
        return {"Authorization": f"Bearer {self.secret}"}

    def item(self, ticket="", *, at=NOON, **values):
        return {
            "id": str(uuid4()), "list": self.list.pk, "at": at.isoformat(), "ticket": ticket, "method": "camera",
        } | values  # fmt: skip

    def post(self, client, *items, sent_at=NOON, path="scans", **values):
        body = {"sent_at": sent_at.isoformat(), "scans": list(items)} | values
        return client.post(
            f"/api/{self.conference.slug}/door/{path}",
            json.dumps(body),
            content_type="application/json",
            headers=self.headers,
        )

    def results(self, client, *items, **values):
        return [answer["result"] for answer in self.post(client, *items, **values).json()["answers"]]

    def listing(self, client, **headers):
        return client.get(f"/api/{self.conference.slug}/door/list", headers=self.headers | headers)


@pytest.fixture
def door(edition, noon):
    return Door(edition)
