from django.apps import AppConfig


class HostingConfig(AppConfig):
    """Hosts of side events and workshops: their desk, their papers."""

    name = "hemicycle.hosting"
    label = "hosting"

    def ready(self) -> None:
        """Register the rule and the subscriptions."""
        from hemicycle.hosting import permissions, subscribers  # noqa: F401, PLC0415

        subscribers.wire()
