from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Organisations and the dated facts about them."""

    name = "hemicycle.directory"
    label = "directory"

    def ready(self) -> None:
        """Register the mails, the long work and the subscriptions."""
        from hemicycle.directory import messages, runs, subscribers  # noqa: F401, PLC0415

        runs.wire()
        subscribers.wire()
