from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """The mails the product sends, and what became of them."""

    name = "hemicycle.notifications"
    label = "notifications"
