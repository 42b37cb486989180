"""Accounts' pages beside allauth's."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hemicycle.accounts import operations
from hemicycle.accounts.events import MayNotErase
from hemicycle.accounts.forms import Erase
from hemicycle.accounts.models import User
from hemicycle.kit import clock, privacy
from hemicycle.kit.access import signed_in
from hemicycle.kit.forms import status as form_status


@signed_in
def second_factor(request: HttpRequest) -> HttpResponse:
    """Tell an organiser that the desk asks for a second factor, and how to get one."""
    return render(request, "accounts/second_factor.html", status=403)


@signed_in
def my_data(request: HttpRequest) -> HttpResponse:
    """Show what is kept about a person, why and how long; let them take it or have it erased (GDPR art. 15, 17, 20)."""
    person: User = request.user  # type: ignore[assignment]
    form = Erase(request.POST or None, email=person.email)
    if form.is_valid():
        try:
            operations.erase(person=person, actor=person, now=clock.now())
        except MayNotErase as reason:
            form.add_error(None, str(reason))
        else:
            logout(request)
            messages.success(request, _("Your data is erased."))
            return redirect("/")
    context = {"form": form, "kept": privacy.counted(person)}
    return render(request, "accounts/my_data.html", context, status=form_status(form))


@signed_in
def my_data_file(request: HttpRequest) -> HttpResponse:
    """Hand a person everything that is kept about them, in a form that machines read (GDPR art. 20)."""
    response = JsonResponse(privacy.belongings(request.user), json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response
