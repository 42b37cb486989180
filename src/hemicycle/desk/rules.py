"""Pure decisions of the desk."""

from collections.abc import Sequence

from hemicycle.kit.i18n import LANGUAGES


def languages(chosen: Sequence[str], *, verb: str, code: str) -> list[str]:
    """Return the languages after one press: add at the end, move up or down, remove; the last one stays."""
    found = list(chosen)
    if verb == "add":
        return [*found, code] if code in LANGUAGES and code not in found else found
    if code not in found:
        return found
    here = found.index(code)
    if verb == "remove":
        return [*found[:here], *found[here + 1 :]] if len(found) > 1 else found
    there = here + (-1 if verb == "up" else 1)
    if 0 <= there < len(found):
        found[here], found[there] = found[there], found[here]
    return found
