"""The reference documents say what the code says."""

import pytest
from scripts import reference


@pytest.mark.parametrize("name", sorted(reference.FILES))
def test_the_reference_is_up_to_date(name):
    assert (reference.REFERENCE / name).read_text() == reference.FILES[name](), "run scripts/reference.py"
