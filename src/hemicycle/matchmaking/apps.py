from django.apps import AppConfig


class MatchmakingConfig(AppConfig):
    """Profiles, meeting requests, the meeting schedule."""

    name = "hemicycle.matchmaking"
    label = "matchmaking"

    def ready(self) -> None:
        """Register the mails and the subscriptions."""
        from hemicycle.matchmaking import messages, subscribers  # noqa: F401, PLC0415

        subscribers.wire()
