from django.apps import AppConfig


class ConferencesConfig(AppConfig):
    """Series, editions, their places and teams, and the taxonomy."""

    name = "hemicycle.conferences"
    label = "conferences"

    def ready(self) -> None:
        """Register the permission table and the subscriptions."""
        from hemicycle.conferences import permissions, subscribers  # noqa: F401, PLC0415

        subscribers.wire()
