"""Who hosts what an address names."""

from typing import Any

import rules

from hemicycle.hosting.models import Host


@rules.predicate
def host(person: Any, target: Any) -> bool:
    """Whoever hosts this side event of the edition; `target` is (edition, short name)."""
    conference, slug = target
    return Host.objects.filter(side_event__conference=conference, side_event__slug=slug, person=person).exists()


rules.set_rule("host", host)
