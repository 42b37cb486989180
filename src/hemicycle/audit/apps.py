from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Who did what, when; and the work that is queued."""

    name = "hemicycle.audit"
    label = "audit"
