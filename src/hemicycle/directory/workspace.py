"""The pages managers and the team share: one organisation with its checks, facts and people.

Each entry asks who may come in, then calls these; `desk` says on whose side the page stands.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemicycle.audit import queries as audit
from hemicycle.conferences.middleware import ConferenceRequest
from hemicycle.conferences.refusals import saved
from hemicycle.directory import forms, joining, operations, queries, rules
from hemicycle.directory.enums import Check
from hemicycle.directory.models import Fact, JoinRequest, Manager, ManagerInvitation, Organisation
from hemicycle.kit import clock
from hemicycle.kit.forms import status as form_status


@dataclass(frozen=True)
class Place:
    """Where a page stands: in the desk or among the pages of a manager."""

    request: ConferenceRequest
    organisation: Organisation
    desk: bool

    @property
    def prefix(self) -> str:
        """The first part of the names of the addresses on this side."""
        return "directory:desk_" if self.desk else "directory:own_"

    @property
    def home(self) -> str:
        """The page of the organisation on this side."""
        name = "directory:desk_show" if self.desk else "directory:own"
        return reverse(name, args=[self.request.conference.slug, self.organisation.slug])

    def context(self, **more: Any) -> dict[str, Any]:
        """Return what all templates of both sides need."""
        base = "kit/desk.html" if self.desk else "kit/page.html"
        return {
            "base": base, "prefix": self.prefix, "organisation": self.organisation, "home": self.home, "in_desk": self.desk,
            **more,
        }  # fmt: skip


WORDS = {
    "kind": lambda: _("the kind of organisation"),
    "about": lambda: _("a few sentences about it"),
    "region": lambda: _("its region"),
    "ecosystems": lambda: _("its industrial ecosystems"),
    "website": lambda: _("its website"),
    "managers": lambda: _("somebody who looks after this page"),
}


def show(place: Place, *, invite: forms.Invite | None = None) -> HttpResponse:
    """Show an organisation as those who look after it see it."""
    organisation = place.organisation
    people = list(organisation.managers.select_related("person"))
    profile = queries.profile(organisation=organisation, managers=len(people))
    waivers = {row.check_key: row.reason for row in organisation.waivers.all()}
    checks, complete = rules.checks(profile, waivers=waivers), rules.completeness(profile)
    today = place.request.conference.local(clock.now()).date()
    context = place.context(
        managers=people,
        invitations=organisation.invitations.all(),
        join_requests=organisation.join_requests.select_related("person"),
        facts=[
            (fact, rules.holds(valid_from=fact.valid_from, valid_until=fact.valid_until, on=today))
            for fact in organisation.facts.all()
        ],
        checks=[(item, Check(item.key).label) for item in checks],
        complete=[(item, WORDS[item.key]()) for item in complete],
        percent=rules.percent([*checks, *complete]),
        form=invite or forms.Invite(),
        waive_form=forms.Waive() if place.desk and checks else None,
        history=audit.history(target=organisation, limit=20) if place.desk else [],
    )
    return render(place.request, "directory/workspace.html", context, status=form_status(context["form"]))


def edit(place: Place) -> HttpResponse:
    """Change an organisation; two people editing get told."""
    row, request = place.organisation, place.request
    form = forms.Organisation(request.POST or None, initial=forms.organisation_initial(row), team=place.desk)

    def write() -> object:
        return operations.change(
            organisation=row,
            seen_version=form.cleaned_data["version"],
            actor=request.user,
            now=clock.now(),
            **form.values(),
        )

    if form.is_valid() and saved(form, write, row=row):
        messages.success(request, _("Saved."))
        return redirect(place.home)
    context = place.context(form=form, heading=_("Change %(name)s") % {"name": row}, back=place.home)
    return render(request, "directory/form.html", context, status=form_status(form))


def fact(place: Place, fact_id: int | None) -> HttpResponse:
    """Write a fact; what a manager writes waits for the team."""
    request, row = place.request, None
    initial: dict[str, Any] = {"version": 0}
    if fact_id is not None:
        row = get_object_or_404(Fact, organisation=place.organisation, pk=fact_id)
        initial = {name: getattr(row, name) for name in forms.Fact.base_fields}
    form = forms.Fact(request.POST or None, initial=initial)

    def write() -> object:
        return operations.write_fact(
            organisation=place.organisation, fact=row, seen_version=form.cleaned_data["version"], confirmed=place.desk,
            actor=request.user, now=clock.now(), **form.values(),
        )  # fmt: skip

    if form.is_valid() and saved(form, write, row=row):
        messages.success(request, _("Saved.") if place.desk else _("Saved. It counts as soon as the team confirms it."))
        return redirect(place.home)
    intro = "" if place.desk else _("The team confirms what you write here before it is shown and counts.")
    context = place.context(
        form=form, heading=_("Fact about %(name)s") % {"name": place.organisation}, intro=intro, back=place.home,
        remove=_address(place, "fact_remove", row.pk) if row else "",
    )  # fmt: skip
    return render(request, "directory/form.html", context, status=form_status(form))


def _address(place: Place, name: str, *args: object) -> str:
    return reverse(f"{place.prefix}{name}", args=[place.request.conference.slug, place.organisation.slug, *args])


def fact_remove(place: Place, fact_id: int) -> HttpResponse:
    """Remove a fact, after asking once more."""
    row = get_object_or_404(Fact, organisation=place.organisation, pk=fact_id)
    if place.request.POST.get("yes"):
        operations.remove_fact(fact=row, actor=place.request.user, now=clock.now())
        messages.success(place.request, _("Removed."))
        return redirect(place.home)
    context = place.context(
        heading=_("Remove this fact?"), action=_("Yes, remove it"), back=place.home,
        sentence=_("“%(title)s” goes for good. If it was true once, give it a last day instead.") % {"title": row.title},
    )  # fmt: skip
    return render(place.request, "directory/confirm.html", context)


def invite(place: Place) -> HttpResponse:
    """Ask an address to manage the organisation."""
    form = forms.Invite(place.request.POST or None)
    if not form.is_valid():
        return show(place, invite=form) if form.is_bound else redirect(place.home)
    email = form.cleaned_data["email"]
    try:
        joining.invite(
            organisation=place.organisation, email=email, conference=place.request.conference,
            language=get_language() or "en", actor=place.request.user, now=clock.now(),
        )  # fmt: skip
    except joining.AlreadyManager:
        form.add_error("email", _("This person manages it already."))
        return show(place, invite=form)
    messages.success(place.request, _("An invitation is on its way to %(email)s.") % {"email": email})
    return redirect(place.home)


def withdraw(place: Place, asked_id: int) -> HttpResponse:
    """Take an invitation back."""
    row = get_object_or_404(ManagerInvitation, organisation=place.organisation, pk=asked_id)
    if place.request.POST.get("yes"):
        joining.withdraw(invitation=row, actor=place.request.user, now=clock.now())
        messages.success(place.request, _("The invitation is withdrawn; its link no longer works."))
    return redirect(place.home)


def answer(place: Place, asked_id: int) -> HttpResponse:
    """Say yes or no to somebody who asked to join."""
    row = get_object_or_404(JoinRequest, organisation=place.organisation, pk=asked_id)
    said = place.request.POST.get("say")
    if said in ("yes", "no"):
        joining.answer(
            join_request=row, yes=said == "yes", conference=place.request.conference, actor=place.request.user,
            now=clock.now(),
        )  # fmt: skip
        messages.success(place.request, _("Answered; a mail is on its way."))
    return redirect(place.home)


def take(place: Place, manager_id: int) -> HttpResponse:
    """End that somebody manages the organisation, after asking once more; the last one leaves with a word."""
    row = get_object_or_404(Manager.objects.select_related("person"), organisation=place.organisation, pk=manager_id)
    request, leaves = place.request, row.person_id == place.request.user.pk
    form = forms.Leave(request.POST or None) if leaves else None
    if request.POST.get("yes") and (form is None or form.is_valid()):
        try:
            joining.remove(
                manager=row, word=form.cleaned_data["word"] if form else "", conference=request.conference,
                actor=request.user, now=clock.now(),
            )  # fmt: skip
        except joining.LastManager:
            assert form is not None
            form.add_error("word", _("You are the last one here. Leave the organisers a word: who could follow you?"))
        else:
            messages.success(request, _("Done."))
            return (
                redirect("directory:mine", request.conference.slug)
                if leaves and not place.desk
                else redirect(place.home)
            )
    sentence = _("%(name)s will no longer look after this page.") % {"name": row.person.name}
    context = place.context(
        heading=_("Leave %(name)s?") % {"name": place.organisation} if leaves else _("Take this person out?"),
        sentence=_("You will no longer look after this page.") if leaves else sentence,
        action=_("Yes, leave") if leaves else _("Yes, take them out"), back=place.home, form=form,
    )  # fmt: skip
    return render(request, "directory/confirm.html", context, status=form_status(form) if form else 200)


def find(slug: str) -> Organisation:
    """Return an organisation by its address.

    Raises:
        Http404: there is none.
    """
    found = queries.by_slug(slug=slug)
    if found is None:
        raise Http404
    return found
