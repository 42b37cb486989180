"""The one way upwards: an app publishes what happened, apps above it subscribe."""

from collections import defaultdict
from collections.abc import Callable
from typing import TypeVar

Event = TypeVar("Event")
_subscribers: dict[type, list[Callable[..., None]]] = defaultdict(list)


def subscribe(event: type[Event], handler: Callable[[Event], None]) -> None:
    """Call `handler` in the publisher's transaction whenever an `event` is published; twice is once."""
    if handler not in _subscribers[event]:
        _subscribers[event].append(handler)


def publish(event: object) -> None:
    """Hand the event to its subscribers, in the order of the apps, inside the running transaction."""
    for handler in _subscribers[type(event)]:
        handler(event)


def wiring() -> dict[str, list[str]]:
    """Return event name → handler paths; a test pins it."""
    return {
        f"{event.__module__}.{event.__name__}": [f"{handler.__module__}.{handler.__name__}" for handler in handlers]
        for event, handlers in sorted(_subscribers.items(), key=lambda item: f"{item[0].__module__}{item[0].__name__}")
        if handlers
    }
