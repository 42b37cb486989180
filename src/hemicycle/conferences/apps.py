from django.apps import AppConfig


class ConferencesConfig(AppConfig):
    """Series, editions, their places and teams, and the taxonomy."""

    name = "hemicycle.conferences"
    label = "conferences"

    def ready(self) -> None:
        """Register the permission table."""
        from hemicycle.conferences import permissions  # noqa: F401, PLC0415
