import pytest

from hemicycle.accounts import operations as accounts
from hemicycle.directory import joining, operations
from tests import factories
from tests.factories import NOON


@pytest.fixture
def cluster(edition):
    """A cluster with a public page and a mail domain of its own."""
    kind = factories.term()
    return operations.create(
        name="Alpha Cluster", country="BE", kind=kind, domain="alpha.example", listed=True, actor=None, now=NOON
    )


@pytest.fixture
def manager(cluster):
    person = factories.person(email="mia@alpha.example", first_name="Mia", last_name="Maes")
    joining.add(organisation=cluster, person=person, actor=None, now=NOON)
    return person


@pytest.fixture
def colleague(cluster):
    """Somebody with a confirmed address of the organisation."""
    person = factories.person(email="carl@alpha.example", first_name="Carl", last_name="Coene")
    accounts.verify_address(person=person)
    return person
