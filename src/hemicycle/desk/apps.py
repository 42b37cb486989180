from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The organisers' side."""

    name = "hemicycle.desk"
    label = "desk"
