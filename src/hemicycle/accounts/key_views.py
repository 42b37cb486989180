"""Keys for programs: listed, made, ended."""

import rules
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from hemicycle.accounts import operations, queries
from hemicycle.accounts.forms import NewKey
from hemicycle.accounts.models import User
from hemicycle.accounts.rules import key_fault
from hemicycle.kit.access import signed_in
from hemicycle.kit.forms import status as form_status


def _proven(request: HttpRequest) -> bool:
    return bool(rules.test_rule("second_factor", request, None))


def _may_make(request: HttpRequest) -> bool:
    """Say whether this session is strong enough for a key: that of a team member opens the team's part."""
    asked = settings.HEMICYCLE_SECOND_FACTOR and rules.test_rule("in_a_team", request.user)
    return _proven(request) or not asked


@signed_in
def keys(request: HttpRequest) -> HttpResponse:
    """List a person's keys and make a new one; its secret is on the answer to the form and nowhere else."""
    person: User = request.user  # type: ignore[assignment]
    now, may_make, secret = timezone.now(), _may_make(request), ""
    if request.method == "POST" and not may_make:
        return redirect("accounts:second_factor")
    form = NewKey(request.POST or None)
    if form.is_valid():
        try:
            _key, secret = operations.make_key(
                person=person, second_factor=_proven(request), now=now, **form.cleaned_data
            )
        except operations.NameTaken:
            form.add_error("name", _("You have a key of this name. Choose another, or end that one."))
        except operations.TooManyKeys:
            form.add_error(None, _("Twenty keys work already. End one that you do not need any more."))
        else:
            form = NewKey()
    rows = [
        (key, key_fault(now=now, expires_at=key.expires_at, revoked_at=key.revoked_at))
        for key in queries.keys(person=person)
    ]
    context = {
        "form": form,
        "rows": rows,
        "secret": secret,
        "curl": f'curl -H "Authorization: Bearer {secret}" {settings.BASE_URL}/api/account' if secret else "",
        "may_make": may_make,
    }
    return render(request, "accounts/keys.html", context, status=form_status(form))


@signed_in
def revoke(request: HttpRequest, key_id: int) -> HttpResponse:
    """End a key."""
    found = queries.key(person=request.user, key_id=key_id)
    if found is None:
        raise Http404
    if request.method == "POST":
        operations.revoke_key(key=found, actor=request.user, now=timezone.now())  # type: ignore[arg-type]
        messages.success(
            request, _("%(name)s is ended. Programs with it are refused from now on.") % {"name": found.name}
        )
    return redirect("accounts:keys")
