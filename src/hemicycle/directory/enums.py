"""The words about organisations."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FactKind(models.TextChoices):
    """What can be true of an organisation for a time."""

    PARTNERSHIP = "partnership", _("European cluster partnership or Eurocluster")
    ASSOCIATION = "association", _("national cluster association or network")
    LABEL = "label", _("cluster excellence label")
