from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, and how they sign in."""

    name = "hemicycle.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Register the predicates and the adapter's mails."""
        from hemicycle.accounts import messages, permissions  # noqa: F401, PLC0415
