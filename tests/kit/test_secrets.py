import pytest

from hemicycle.kit import secrets


def test_what_is_sealed_is_read_by_its_purpose_only(settings):
    sealed = secrets.seal({"born": "1980-02-29"}, purpose="a")

    assert secrets.unseal(memoryview(sealed), purpose="a") == {"born": "1980-02-29"}
    assert b"1980" not in sealed
    for purpose, content in (("b", sealed), ("a", sealed[:-2] + b"xx"), ("a", b"")):
        with pytest.raises(secrets.Unreadable):
            secrets.unseal(content, purpose=purpose)


def test_a_new_key_stands_first_and_the_old_one_still_opens(settings):
    settings.HEMICYCLE_FIELD_KEYS = ("old",)
    sealed = secrets.seal("word", purpose="a")
    settings.HEMICYCLE_FIELD_KEYS = ("new", "old")
    assert secrets.unseal(sealed, purpose="a") == "word"
    settings.HEMICYCLE_FIELD_KEYS = ("new",)
    with pytest.raises(secrets.Unreadable):
        secrets.unseal(sealed, purpose="a")
