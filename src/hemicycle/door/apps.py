from django.apps import AppConfig


class DoorConfig(AppConfig):
    """Signed tickets, devices, scans, check-in lists, and the papers of the day."""

    name = "hemicycle.door"
    label = "door"

    def ready(self) -> None:
        """Register the subscriptions."""
        from hemicycle.door import subscribers  # noqa: PLC0415

        subscribers.wire()
