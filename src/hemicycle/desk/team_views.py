"""The team: who is in it, asking somebody, taking a role away, and the page of whoever is asked."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hemicycle.conferences import queries, team
from hemicycle.conferences.enums import Role
from hemicycle.conferences.middleware import ConferenceRequest
from hemicycle.conferences.models import Invitation, TeamMember
from hemicycle.conferences.permissions import CAPABILITIES, may
from hemicycle.desk import forms
from hemicycle.kit import clock, tokens
from hemicycle.kit.access import organiser, public
from hemicycle.kit.forms import status as form_status


def _page(request: ConferenceRequest, form: forms.Invite) -> HttpResponse:
    table = [(name, [role in roles for role in Role]) for name, roles in CAPABILITIES.items()]
    changes = may(request.user, "team.change", request.conference)
    context = {
        "team": queries.team(conference=request.conference),
        "invitations": queries.invitations(conference=request.conference) if changes else [],
        "may_change": changes,
        "form": form,
        "roles": list(Role),
        "table": table,
    }
    return render(request, "desk/team.html", context, status=form_status(form))


@organiser("desk.open")
def show(request: ConferenceRequest) -> HttpResponse:
    """Show the team and the table of roles and capabilities."""
    return _page(request, forms.Invite())


@organiser("team.change")
def invite(request: ConferenceRequest) -> HttpResponse:
    """Ask an address to join the team in a role."""
    form = forms.Invite(request.POST or None)
    if form.is_valid():
        try:
            team.invite(
                conference=request.conference,
                language=get_language() or "en",
                actor=request.user,
                now=clock.now(),
                **form.cleaned_data,
            )
        except team.AlreadyInTeam:
            form.add_error("email", _("This person has the role already."))
        else:
            messages.success(request, _("An invitation is on its way to %(email)s.") % form.cleaned_data)
            return redirect("desk:team", request.conference.slug)
    return _page(request, form)


@organiser("team.change")
def take(request: ConferenceRequest, member_id: int) -> HttpResponse:
    """Take a role away, after asking once more."""
    member = get_object_or_404(TeamMember, conference=request.conference, pk=member_id)
    back = reverse("desk:team", args=[request.conference.slug])
    context = {
        "heading": _("Take this role away?"),
        "sentence": _("%(name)s will no longer work here as: %(role)s. The person keeps their account.")
        % {"name": member.person.name, "role": member.get_role_display()},
        "action": _("Yes, take it away"),
        "back": back,
    }
    if request.POST.get("yes"):
        try:
            team.take_role(member=member, actor=request.user, now=clock.now())
        except team.LastOwner:
            sentence = _(
                "This is the last owner: nobody could change the edition any more. Make somebody else owner first."
            )
            return render(request, "kit/confirm.html", context | {"sentence": sentence, "action": ""}, status=409)
        messages.success(request, _("The role is taken away."))
        return redirect(back)
    return render(request, "kit/confirm.html", context)


@organiser("team.change")
def withdraw(request: ConferenceRequest, invitation_id: int) -> HttpResponse:
    """Take an invitation back, after asking once more."""
    invitation = get_object_or_404(Invitation, conference=request.conference, pk=invitation_id)
    back = reverse("desk:team", args=[request.conference.slug])
    if request.POST.get("yes"):
        team.withdraw(invitation=invitation, actor=request.user, now=clock.now())
        messages.success(request, _("The invitation is withdrawn; its link no longer works."))
        return redirect(back)
    context = {
        "heading": _("Withdraw this invitation?"),
        "sentence": _("The link sent to %(email)s will stop working.") % {"email": invitation.email},
        "action": _("Yes, withdraw it"),
        "back": back,
    }
    return render(request, "kit/confirm.html", context)


@public
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Say yes to an invitation: the link shows one button, the button acts."""
    try:
        invitation = team.invitation_of(token=token)
        if request.method == "POST":
            team.join(token=token, language=get_language() or "en", now=clock.now())
            messages.success(request, _("You are in the team. Sign in with your address: a code comes by mail."))
            return redirect(
                f"{reverse('account_login')}?next={reverse('desk:overview', args=[invitation.conference.slug])}"
            )
    except (tokens.BadToken, team.InvitationGone):
        return render(request, "desk/join_gone.html", status=410)
    context = {"invitation": invitation, "edition": invitation.conference}
    return render(request, "desk/join.html", context)
