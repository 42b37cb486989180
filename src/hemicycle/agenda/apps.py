from django.apps import AppConfig


class AgendaConfig(AppConfig):
    """Sessions, speakers, releases, bookmarks."""

    name = "hemicycle.agenda"
    label = "agenda"

    def ready(self) -> None:
        """Subscribe."""
        from hemicycle.agenda import subscribers  # noqa: PLC0415

        subscribers.wire()
