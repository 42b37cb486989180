"""Local times in forms, also in the night the clocks change."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from hemicycle.kit.moments import Moment, MomentWidget, instants

BRUSSELS = ZoneInfo("Europe/Brussels")


@pytest.fixture(autouse=True)
def _zone():
    with timezone.override(BRUSSELS):
        yield


@pytest.mark.parametrize(
    ("local", "hours"),
    [
        (datetime(2030, 5, 7, 9, 0), [(7, 0)]),
        (datetime(2030, 3, 31, 2, 30), []),
        (datetime(2030, 10, 27, 2, 30), [(0, 30), (1, 30)]),
    ],
)
def test_a_clock_time_is_one_instant_none_or_two(local, hours):
    assert [(found.hour, found.minute) for found in instants(local, BRUSSELS)] == hours


@pytest.mark.parametrize(
    ("written", "fold", "instant"),
    [
        ("2030-05-07T09:00", "", datetime(2030, 5, 7, 7, 0, tzinfo=UTC)),
        ("2030-10-27T02:30", "0", datetime(2030, 10, 27, 0, 30, tzinfo=UTC)),
        ("2030-10-27T02:30", "1", datetime(2030, 10, 27, 1, 30, tzinfo=UTC)),
        ("", "", None),
    ],
)
def test_a_moment_is_an_instant(written, fold, instant):
    assert Moment(required=False).clean((written, fold)) == instant


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("2030-03-31T02:30", "does not exist in Europe/Brussels"),
        ("2030-10-27T02:30", "show this time twice"),
        ("tomorrow", "Write a day and a time"),
        ("", "This field is required."),
    ],
)
def test_a_moment_that_is_none_is_told(written, sentence):
    with pytest.raises(ValidationError) as told:
        Moment().clean((written, ""))
    assert sentence in told.value.messages[0]


def test_the_second_of_two_equal_times_is_shown_as_such():
    page = MomentWidget().render("at", datetime(2030, 10, 27, 1, 30, tzinfo=UTC), {"id": "id_at"})

    assert [word in page for word in ("2030-10-27T02:30", '<option value="1" selected>', "CEST, UTC+02:00")] == [
        True
    ] * 3


def test_a_plain_time_is_shown_with_its_zone():
    page = MomentWidget().render("at", datetime(2030, 5, 7, 7, 0, tzinfo=UTC), {"id": "id_at"})

    assert ("Europe/Brussels (CEST, UTC+02:00)" in page, "<select" in page) == (True, False)


def test_a_moment_changed_or_not():
    initial = datetime(2030, 5, 7, 7, 0, tzinfo=UTC)
    values = (("2030-05-07T09:00", ""), ("2030-05-07T10:00", ""), ("never", ""))
    assert [Moment().has_changed(initial, value) for value in values] == [False, True, True]
