from django.apps import AppConfig


class DoorConfig(AppConfig):
    """Signed tickets, devices, scans, check-in lists, and the papers of the day."""

    name = "hemicycle.door"
    label = "door"

    def ready(self) -> None:
        """Register the subscriptions and the papers."""
        from hemicycle.door import runs, subscribers  # noqa: PLC0415

        subscribers.wire()
        runs.wire()
