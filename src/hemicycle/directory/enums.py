"""The words about organisations."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FactKind(models.TextChoices):
    """What can be true of an organisation for a time."""

    PARTNERSHIP = "partnership", _("European cluster partnership or Eurocluster")
    ASSOCIATION = "association", _("national cluster association or network")
    LABEL = "label", _("cluster excellence label")
    PROGRAMME = "programme", _("national or regional cluster programme")


class MemberType(models.TextChoices):
    """What kinds of members an organisation has."""

    SME = "sme", _("small and medium-sized companies")
    LARGE = "large", _("large companies")
    RESEARCH = "research", _("research and education")
    PUBLIC = "public", _("public authorities")
    SUPPORT = "support", _("business support and investors")
    SOCIETY = "society", _("civil society")


class Check(models.TextChoices):
    """What the European Cluster Collaboration Platform asks of a cluster organisation."""

    STAFF = "staff", _("at least half a full-time post for managing the cluster")
    MEMBERS = "members", _("at least 15 members")
    TYPES = "types", _("members of at least two kinds")
    SITE = "site", _("a website in English")


# The official languages of the Union; their names come from Unicode CLDR.
LANGUAGES = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv".split()  # noqa: SIM905
