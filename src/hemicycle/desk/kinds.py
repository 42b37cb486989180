"""The lists of an edition that are edited alike: rooms, hosts and partners, figures, EU policy."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from hemicycle.conferences.models import Body, Figure, PolicyAction, Room
from hemicycle.desk import forms

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Kind:
    """One kind of list: its rows, its form, its words."""

    key: str
    model: type[models.Model]
    form: type[forms.Section]
    title: "StrOrPromise"
    new: "StrOrPromise"
    empty: "StrOrPromise"
    slug_from: str = ""
    """The field its address is made of, if it has one."""
    initial: dict[str, object] = field(default_factory=dict)


KINDS = {
    kind.key: kind
    for kind in (
        Kind("rooms", Room, forms.Room, _("Rooms"), _("New room"),
             _("No room yet. Sessions and side events choose from this list."), "name", {"step_free": True}),
        Kind("bodies", Body, forms.Body, _("Hosts and partners"), _("New host or partner"),
             _("Nobody yet. Who hosts, supports or partners the edition stands on the home page.")),
        Kind("figures", Figure, forms.Figure, _("Figures"), _("New figure"),
             _("No figure yet. Every number is published with what it counts and where it comes from.")),
        Kind("policy", PolicyAction, forms.Policy, _("EU policy"), _("New policy action or initiative"),
             _("Nothing yet. Sessions, proposals and pledges link to what stands here."), "title"),
    )
}  # fmt: skip
