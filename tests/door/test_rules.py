"""What tickets say and how scans are read, without a database."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.door import rules, signing
from hemicycle.door.enums import ListKind, Result

NOW = datetime(2030, 5, 7, 9, 0, tzinfo=UTC)
CODE = "ABCDEFGHJKLMNP2"
SECRET = "a secret of the site"
PAIR = signing.new_pair(secret=SECRET, owner="7")


def signed(*, edition=7, code=CODE, pair=PAIR, secrets=(SECRET,), owner="7"):
    return signing.ticket(edition=edition, code=code, version=3, sealed=pair.sealed, secrets=secrets, owner=owner)


def genuine(text, public=PAIR.public):
    ticket = rules.read_ticket(text)
    return signing.is_ours(said=ticket.said, signature=ticket.signature, public=public)


def test_a_signed_ticket_proves_itself_and_carries_edition_and_code():
    ticket = rules.read_ticket(signed())
    assert (ticket.edition, ticket.code, genuine(signed())) == (7, CODE, True)


def test_a_signed_ticket_is_read_in_small_letters_and_with_blanks_around():
    assert rules.read_ticket(f"  {signed().lower()}\n") == rules.read_ticket(signed())


@pytest.mark.parametrize("at", [4, 8, 20, 24, 60, 120])
def test_a_ticket_changed_anywhere_is_not_ours(at):
    text = signed()
    other = text[:at] + ("3" if text[at] != "3" else "4") + text[at + 1 :]
    ticket = rules.read_ticket(other)
    assert ticket is None or not signing.is_ours(said=ticket.said, signature=ticket.signature, public=PAIR.public)


def test_a_ticket_of_another_key_is_not_ours():
    other = signing.new_pair(secret=SECRET, owner="7")
    assert genuine(signed(pair=other)) is False


def test_a_sealed_key_opens_with_an_older_secret_and_with_nothing_else():
    assert signed(secrets=("new", SECRET)) == signed()
    for secrets, owner in ((("other",), "7"), ((SECRET,), "8")):
        with pytest.raises(signing.CannotOpen):
            signed(secrets=secrets, owner=owner)


def test_a_signature_that_is_no_base32_is_not_ours():
    assert signing.is_ours(said="HC2.7.A.1", signature="1" * 103, public=PAIR.public) is False


@pytest.mark.parametrize(
    ("text", "code"),
    [("HC1:ecc2024:" + CODE, CODE), (CODE.lower(), CODE), ("ABCDE-FGHJK LMNP2", CODE), ("HC1:x", None), ("", None),
     ("ABCDEFGHJKLMNP0", None), ("https://evil.example/", None), ("A" * 401, None), ("HC2.1." + CODE + ".1.A", None)],
)  # fmt: skip
def test_tickets_of_the_first_kind_and_typed_codes_are_read(text, code):
    found = rules.read_ticket(text)
    assert (found.code if found else None) == code


def refused(text, *, genuine=True):
    return rules.refused(ticket=rules.read_ticket(text), edition=7, slug="here", genuine=genuine)


def test_what_is_refused_before_anybody_is_looked_up():
    assert refused("rubbish") == Result.UNKNOWN
    assert refused(signed(edition=8)) == Result.OTHER_EDITION
    assert refused("HC1:there:" + CODE) == Result.OTHER_EDITION
    assert refused(signed(), genuine=False) == Result.FORGED
    assert [refused(text) for text in (signed(), CODE, "HC1:here:" + CODE)] == [None] * 3


@pytest.mark.parametrize(
    ("status", "mode", "kind", "seat", "first", "result"),
    [
        ("confirmed", "on_site", ListKind.CONFERENCE, False, True, Result.IN),
        ("checked_in", "on_site", ListKind.CONFERENCE, False, False, Result.DOUBLE),
        ("checked_in", "on_site", ListKind.SESSION, False, True, Result.IN),
        ("confirmed", "on_site", ListKind.SIDE_EVENT, True, True, Result.IN),
        ("confirmed", "on_site", ListKind.SIDE_EVENT, False, True, Result.NO_SEAT),
        ("confirmed", "online", ListKind.CONFERENCE, False, True, Result.ONLINE),
        ("confirmed", "hybrid", ListKind.CONFERENCE, False, True, Result.IN),
        ("cancelled", "on_site", ListKind.CONFERENCE, False, True, Result.CANCELLED),
        ("declined", "on_site", ListKind.CONFERENCE, False, True, Result.CANCELLED),
        ("waiting", "on_site", ListKind.CONFERENCE, False, True, Result.NOT_CONFIRMED),
    ],
)
def test_what_the_door_answers(status, mode, kind, seat, first, result):
    found = rules.Found(status=status, mode=mode, seat=seat)
    assert rules.admitted(found=found, kind=kind, first=first) == result


def test_nobody_is_unknown():
    assert rules.admitted(found=None, kind="conference", first=True) == Result.UNKNOWN


def item(**values):
    return {"id": str(uuid4()), "list": 1, "at": "2030-05-07T11:00:00+02:00", "ticket": CODE} | values


def test_an_item_is_read_with_its_instant_in_utc():
    found = rules.read_item(item())
    assert (found.at, found.text, found.list_id) == (NOW, CODE, 1)


@pytest.mark.parametrize(
    "raw",
    [None, 1, "x", [], {}, item(id="x"), item(list="1"), item(list=True), item(list=2**70), item(at="yesterday"), item(at=5),
     item(at="2030-05-07T11:00:00"), item(kind="out"), item(method="magic"), item(kind="undo"), item(undoes=str(uuid4())),
     item(person=-1), item(person="1"), item(at="9999-12-31T23:59:59-12:00")],
)  # fmt: skip
def test_garbage_is_no_item_and_no_error(raw):
    assert rules.read_item(raw) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text() | st.integers(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "list", "at", "kind", "x"]), inner)
    ),
)


@given(JSON)
def test_nothing_that_json_can_say_raises(raw):
    rules.read_item(raw)


@given(st.text(max_size=500))
def test_no_text_raises(text):
    rules.read_ticket(text)


def at(**values):
    defaults = {"at": NOW, "sent_at": NOW, "received_at": NOW, "enrolled_at": NOW - timedelta(hours=9)}
    return rules.corrected(**(defaults | values))


def test_a_device_whose_clock_is_wrong_is_corrected_by_what_passed_on_it():
    for wrong in (timedelta(hours=2), timedelta(days=-400)):
        scanned = NOW + wrong
        assert at(at=scanned, sent_at=scanned + timedelta(minutes=10)) == NOW - timedelta(minutes=10)


def test_a_scan_is_never_in_the_future_nor_before_the_device_was_enrolled():
    assert at(at=NOW + timedelta(hours=1)) == NOW
    assert at(at=NOW - timedelta(days=3)) == NOW - timedelta(hours=9)
    assert at(sent_at=None, at=NOW - timedelta(days=3), enrolled_at=None) == NOW
