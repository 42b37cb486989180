from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The European Cluster Conference 2024 as demo edition; absent from every other site."""

    name = "hemicycle.demo"
    label = "demo"
