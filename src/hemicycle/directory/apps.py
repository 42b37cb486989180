from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Organisations and the dated facts about them."""

    name = "hemicycle.directory"
    label = "directory"

    def ready(self) -> None:
        """Register the mails and the subscriptions."""
        from hemicycle.directory import messages, subscribers  # noqa: F401, PLC0415

        subscribers.wire()
