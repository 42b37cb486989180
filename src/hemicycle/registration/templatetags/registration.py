"""Reasons in words."""

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hemicycle.conferences.models import Term
from hemicycle.directory.enums import FactKind
from hemicycle.registration.rules import Missing, Reason

register = template.Library()


@register.filter
def why(reason: Reason) -> str:
    """Say what is missing for an audience, in one sentence."""
    if reason.missing == Missing.STAKEHOLDER:
        term = Term.objects.filter(kind="stakeholder", key=reason.about).first()
        return _("You did not register as: %(kind)s.") % {"kind": term or reason.about}
    if reason.missing == Missing.INVITATION:
        return _("Seats are by personal invitation of the host.")
    if reason.missing == Missing.EXCLUDED:
        return _("Your kind of organisation is not meant here.")
    words = {"kind": FactKind(reason.about).label, "day": date_format(reason.day, "DATE_FORMAT") if reason.day else ""}
    sentences = {
        Missing.FACT: _("Your organisation is not recorded as: %(kind)s."),
        Missing.FACT_EXPIRED: _("Your organisation was recorded as %(kind)s until %(day)s."),
        Missing.FACT_NOT_YET: _("Your organisation becomes %(kind)s on %(day)s, after this event."),
    }
    return sentences[reason.missing] % words
