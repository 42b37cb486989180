from django.apps import AppConfig


class KitConfig(AppConfig):
    """What every app uses and no visitor sees."""

    name = "hemicycle.kit"
    label = "kit"
