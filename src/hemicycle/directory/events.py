"""What happened to organisations."""

from dataclasses import dataclass


@dataclass(frozen=True)
class OrganisationsMerging:
    """Two records become one, in this transaction.

    Every plain key to the losing one is moved right after this event without anybody asking; an app subscribes when
    its rows need more than that, for example where both organisations may have a row of which only one can stay.
    """

    kept_id: int
    gone_id: int
