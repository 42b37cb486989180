from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Where everything is put together."""

    name = "hemicycle.config"
    label = "config"
