from django.apps import AppConfig


class RegistrationConfig(AppConfig):
    """Places in an edition, side events, tickets."""

    name = "hemicycle.registration"
    label = "registration"

    def ready(self) -> None:
        """Register who is a participant, the mails, the long work and the subscriptions."""
        from hemicycle.registration import messages, permissions, runs, subscribers  # noqa: F401, PLC0415

        runs.wire()
        subscribers.wire()
