from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Organisations and the dated facts about them."""

    name = "hemicycle.directory"
    label = "directory"
