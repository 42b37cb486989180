"""Reads about organisations."""

from hemicycle.directory.models import Fact, Organisation


def facts_of(*, organisation: Organisation | None) -> list[Fact]:
    """Return the dated facts of an organisation, none for a person without one."""
    return [] if organisation is None else list(Fact.objects.filter(organisation=organisation))


def names(*, starting: str = "", limit: int = 20) -> list[str]:
    """Return names of known organisations for completion."""
    return list(Organisation.objects.filter(name__icontains=starting).values_list("name", flat=True)[:limit])
