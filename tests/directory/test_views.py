"""The pages of organisations, by who looks at them."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hemicycle.directory import joining, merging, operations
from hemicycle.directory.models import Fact, JoinRequest, Manager, ManagerInvitation, Organisation, Waiver
from hemicycle.kit import tokens
from tests import factories
from tests.factories import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


@pytest.fixture
def at(edition):
    return lambda name, *args: reverse(f"directory:{name}", args=[edition.slug, *args])


@pytest.fixture
def team(edition, signed_in):
    return signed_in(factories.member(edition, "registration"), second_factor=True)


def said(answer):
    return answer.content.decode()


def test_the_public_sees_only_pages_that_are_open_and_facts_that_are_true_today(client, at, cluster):
    operations.create(name="Hidden", country="BE", actor=None, now=NOON)
    for title, start, end, sure in (
        ("True today", date(2029, 1, 1), None, True), ("Over", date(2028, 1, 1), date(2029, 1, 1), True),
        ("Waits", date(2029, 1, 1), None, False),
    ):  # fmt: skip
        operations.write_fact(
            organisation=cluster, fact=None, seen_version=0, confirmed=sure, actor=None, now=NOON, kind="label", title=title,
            valid_from=start, valid_until=end,
        )  # fmt: skip
    assert "Hidden" not in said(client.get(at("list")))
    assert "Alpha Cluster" in said(client.get(at("list"), {"search": "alpha", "kind": "cluster-org", "country": "BE"}))
    assert "No organisation fits" in said(client.get(at("list"), {"search": "zzz"}))
    page = said(client.get(at("page", "alpha-cluster")))
    assert [words in page for words in ("True today", "Over", "Waits", "alpha.example")] == [True, False, False, False]
    assert client.get(at("page", "hidden")).status_code == client.get(at("page", "none")).status_code == 404


def test_a_manager_edits_and_two_get_told(client, at, cluster, manager, signed_in):
    signed_in(manager)
    address = at("own_edit", cluster.slug)
    sent = {
        "city": "Ghent",
        "region": "be23",
        "domain": "other.example",
        "version": "1",
        "name": "Other",
        "listed": "",
    }
    assert client.post(address, sent).status_code == 302
    row = Organisation.objects.get()
    assert (row.city, row.region, row.domain, row.name, row.listed) == (
        "Ghent",
        "BE23",
        "alpha.example",
        "Alpha Cluster",
        True,
    )
    stale = client.post(address, sent | {"city": "Liège"})
    assert (stale.status_code, "Somebody else saved" in said(stale)) == (422, True)
    assert client.post(address, sent | {"city": "Liège", "version": "2"}).status_code == 302
    wrong = client.post(address, sent | {"region": "FR10", "version": "3"})
    assert (wrong.status_code, "This region is in another country." in said(wrong)) == (422, True)


def test_nobody_else_comes_into_a_managers_pages(client, at, cluster, signed_in, edition):
    names = ("own", "own_edit", "own_fact_new", "own_invite")
    assert {client.get(at(name, cluster.slug)).status_code for name in names} == {302}
    signed_in(factories.person())
    assert {client.get(at(name, slug)).status_code for name in names for slug in (cluster.slug, "none")} == {403}
    edition.stage = "draft"
    edition.save()
    assert client.get(at("mine")).status_code == 403


def test_a_managers_fact_waits_until_the_desk_confirms_it(client, at, cluster, manager, signed_in, edition):
    signed_in(manager)
    fact = {"kind": "label", "title": "Gold", "valid_from": "2029-01-01", "valid_until": "2028-01-01", "version": "0"}
    wrong = client.post(at("own_fact_new", cluster.slug), fact)
    assert (wrong.status_code, "The last day is before the first." in said(wrong)) == (422, True)
    assert client.post(at("own_fact_new", cluster.slug), fact | {"valid_until": ""}).status_code == 302
    row = Fact.objects.get()
    assert "waits for the team" in said(client.get(at("own", cluster.slug)))
    signed_in(factories.member(edition, "registration"), second_factor=True)
    assert "waits for the team" in said(client.get(at("desk_list"), {"state": "waiting"}))
    client.post(at("desk_fact_confirm", cluster.slug, row.pk))
    assert not Fact.objects.get().confirmed
    client.post(at("desk_fact_confirm", cluster.slug, row.pk), {"yes": "yes"})
    assert Fact.objects.get().confirmed
    changed = client.post(
        at("desk_fact", cluster.slug, row.pk), fact | {"valid_until": "", "title": "Silver", "version": "1"}
    )
    assert (changed.status_code, Fact.objects.get().title) == (302, "Silver")
    assert "Remove this fact?" in said(client.get(at("desk_fact_remove", cluster.slug, row.pk)))
    client.post(at("desk_fact_remove", cluster.slug, row.pk), {"yes": "yes"})
    assert Fact.objects.count() == 0


def test_people_are_invited_asked_answered_and_leave_by_the_page(
    client, at, cluster, manager, colleague, signed_in, edition
):
    signed_in(manager)
    assert client.post(at("own_invite", cluster.slug), {"email": "no"}).status_code == 422
    assert client.get(at("own_invite", cluster.slug)).status_code == 302
    assert client.post(at("own_invite", cluster.slug), {"email": manager.email}).status_code == 422
    client.post(at("own_invite", cluster.slug), {"email": "x@y.eu"})
    asked = ManagerInvitation.objects.get()
    assert "x@y.eu" in said(client.get(at("own", cluster.slug)))
    client.post(at("own_withdraw", cluster.slug, asked.pk), {"yes": "yes"})
    assert ManagerInvitation.objects.count() == 0

    signed_in(colleague)
    assert "Ask to join" in said(client.get(at("mine")))
    client.post(at("join"), {"organisation": cluster.slug})
    assert "waits for an answer" in said(client.get(at("mine")))
    client.post(at("join"), {"organisation": "none"})
    signed_in(factories.person())
    answer = client.post(at("join"), {"organisation": cluster.slug}, follow=True)
    assert "not of this organisation" in said(answer)

    signed_in(manager)
    request = JoinRequest.objects.get()
    client.post(at("own_answer", cluster.slug, request.pk), {"say": "maybe"})
    client.post(at("own_answer", cluster.slug, request.pk), {"say": "yes"})
    other = Manager.objects.get(person=colleague)
    assert "Take this person out?" in said(client.get(at("own_take", cluster.slug, other.pk)))
    client.post(at("own_take", cluster.slug, other.pk), {"yes": "yes"})
    last = Manager.objects.get()
    silent = client.post(at("own_take", cluster.slug, last.pk), {"yes": "yes"})
    assert (silent.status_code, "You are the last one here." in said(silent)) == (422, True)
    left = client.post(at("own_take", cluster.slug, last.pk), {"yes": "yes", "word": "Ask Carl."})
    assert (left.status_code, left["Location"]) == (302, at("mine"))


def test_an_invitation_is_accepted_by_its_link(client, at, cluster, edition, signed_in):
    invited = joining.invite(
        organisation=cluster, email="new@alpha.example", conference=edition, language="en", actor=None, now=NOON
    )
    claim = tokens.Claim(conference_id=edition.pk, subject=invited.pk, version=1)
    address = at("invited", tokens.issue(purpose=joining.PURPOSE, claim=claim))
    assert "new@alpha.example" in said(client.get(address))
    assert Manager.objects.count() == 0
    answer = client.post(address)
    assert answer["Location"] == f"/accounts/login/?next={at('own', cluster.slug)}"
    assert Manager.objects.get().person.email == "new@alpha.example"
    assert client.get(address).status_code == 410


def test_the_desk_makes_edits_waives_and_exports(team, at, cluster, work):
    made = {"name": "Beta", "country": "FR", "listed": "on", "version": "0", "staff": "0.5"}
    assert team.post(at("desk_add"), made).status_code == 302
    twice = team.post(at("desk_add"), made)
    assert (twice.status_code, "There is an organisation of this name" in said(twice)) == (422, True)
    assert team.post(at("desk_edit", "beta"), made | {"name": "Béta", "version": "1", "listed": ""}).status_code == 302
    assert Organisation.objects.get(slug="beta").name == "Béta"
    team.post(at("desk_waive", cluster.slug), {"check": "staff", "reason": "Recognised."})
    assert "Set aside:" in said(team.get(at("desk_show", cluster.slug)))
    team.post(at("desk_waive", cluster.slug), {"check": "none"})
    team.get(at("desk_waive", cluster.slug))
    assert Waiver.objects.count() == 1
    with work():
        made = team.post(at("desk_export", "json") + "?search=alpha")
    assert [row["name"] for row in team.get(f"{made['Location']}file/").json()] == ["Alpha Cluster"]
    assert (team.get(at("desk_export", "pdf")).status_code, team.get(at("desk_export", "csv")).status_code) == (
        404,
        302,
    )


def test_the_desk_merges_after_showing_what_moves(team, at, cluster):
    double = operations.create(name="Alpha Cluster AISBL", country="BE", listed=True, actor=None, now=NOON)
    query = f"?kept={cluster.slug}&gone={double.slug}"
    assert "the same name" in said(team.get(at("desk_duplicates")))
    assert "Nothing refers" in said(team.get(at("desk_merge") + query))
    assert team.get(at("desk_merge")).status_code == 302
    assert team.get(at("desk_merge") + f"?kept={cluster.slug}&gone={cluster.slug}").status_code == 302
    assert team.post(at("desk_merge") + query, {"kept_version": "x"}).status_code == 422
    stale = team.post(at("desk_merge") + query, {"kept_version": "9", "gone_version": "1"}, follow=True)
    assert "changed in the meantime" in said(stale)
    team.post(at("desk_merge") + query, {"kept_version": "1", "gone_version": "1"})
    assert Organisation.objects.get() == cluster
    assert team.get(at("page", double.slug))["Location"] == at("page", cluster.slug)
    assert "No two records" in said(team.get(at("desk_duplicates")))


def test_the_desk_reads_a_list_and_enters_it_once(team, at, work):
    def load(content):
        with work():
            sent = team.post(at("desk_import"), {"file": SimpleUploadedFile("a.csv", content.encode())})
        return team.get(sent["Location"], follow=True)

    def enter():
        with work():
            answer = team.post(at("desk_take_in"), sent)
        return said(team.get(answer["Location"]))

    assert "must name the columns" in said(load("a,b\n1,2\n"))
    assert "Row 2" in said(load("name,country\n,BE\n"))
    shown = load("name,country\nBeta,BE\n")
    sent = {"intake": shown.context["take"].initial["intake"]}
    assert ("Every row is right." in said(shown), Organisation.objects.count()) == (True, 0)
    assert "1 new" in enter()
    assert "entered already" in enter()
    assert "entered already" in said(team.post(at("desk_take_in"), follow=True))
    for _ in range(2):
        answer = team.post(at("desk_take_in"), sent)
    assert answer["Location"] == at("desk_import")
    assert (
        team.get(at("desk_import") + "?run=x").status_code,
        team.get(at("desk_import") + "?run=99").status_code,
    ) == (404, 404)


def test_who_may_only_look_sees_no_buttons_that_change(edition, at, cluster, signed_in):
    client = signed_in(factories.member(edition, "programme"), second_factor=True)
    page = said(client.get(at("desk_list")))
    assert ("Alpha Cluster" in page, "Bring a list" in page) == (True, False)
    assert client.get(at("desk_show", cluster.slug)).status_code == 403


def test_the_desk_cares_for_people_as_managers_do(team, at, cluster, manager, colleague, edition):
    joining.ask(organisation=cluster, person=colleague, conference=edition, now=NOON)
    team.post(at("desk_invite", cluster.slug), {"email": "x@y.eu"})
    team.post(at("desk_withdraw", cluster.slug, ManagerInvitation.objects.get().pk), {"yes": "yes"})
    team.post(at("desk_answer", cluster.slug, JoinRequest.objects.get().pk), {"say": "no"})
    team.post(at("desk_take", cluster.slug, Manager.objects.get().pk), {"yes": "yes"})
    assert (ManagerInvitation.objects.count(), JoinRequest.objects.count(), Manager.objects.count()) == (0, 0, 0)


def test_things_of_another_organisation_are_not_reached_through_ones_own(
    client, at, cluster, manager, colleague, signed_in, edition
):
    other = operations.create(name="Other", country="BE", domain="alpha.example", actor=None, now=NOON)
    fact = operations.write_fact(
        organisation=other, fact=None, seen_version=0, confirmed=True, actor=None, now=NOON, kind="label", title="Gold",
        valid_from=date(2029, 1, 1),
    )  # fmt: skip
    foreign = {
        "own_fact": fact.pk, "own_fact_remove": fact.pk,
        "own_take": joining.add(organisation=other, person=factories.person(), actor=None, now=NOON).pk,
        "own_answer": joining.ask(organisation=other, person=colleague, conference=edition, now=NOON).pk,
        "own_withdraw": joining.invite(
            organisation=other, email="x@y.eu", conference=edition, language="en", actor=None, now=NOON
        ).pk,
    }  # fmt: skip
    signed_in(manager)
    sent = {"yes": "yes", "say": "yes"}
    assert {client.post(at(name, cluster.slug, key), sent).status_code for name, key in foreign.items()} == {404}
    assert {client.post(at(name, other.slug, key), sent).status_code for name, key in foreign.items()} == {403}


def test_what_cannot_be_merged_is_said(team, at, cluster, monkeypatch):
    double = operations.create(name="Alpha Cluster AISBL", country="BE", actor=None, now=NOON)

    def refuse(**values):
        raise merging.CannotMerge

    monkeypatch.setattr(merging, "merge", refuse)
    answer = team.post(
        at("desk_merge") + f"?kept={cluster.slug}&gone={double.slug}",
        {"kept_version": "1", "gone_version": "1"},
        follow=True,
    )
    assert "nothing was moved" in said(answer)


def test_a_file_that_is_too_large_is_refused_unread(team, at, monkeypatch):
    monkeypatch.setattr("hemicycle.kit.uploads.MEGABYTE", 1)
    answer = team.post(at("desk_import"), {"file": SimpleUploadedFile("a.csv", b"name,country\n")})
    assert (answer.status_code, "at most 10 MB are taken" in said(answer)) == (422, True)
