from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    """The public site of an edition."""

    name = "hemicycle.website"
    label = "website"

    def ready(self) -> None:
        """Register the mails and subscriptions."""
        from hemicycle.website import messages, subscribers  # noqa: F401, PLC0415

        subscribers.wire()
