"""Accounts' pages beside allauth's."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hemicycle.kit.access import signed_in


@signed_in
def second_factor(request: HttpRequest) -> HttpResponse:
    """Tell an organiser that the desk asks for a second factor, and how to get one."""
    return render(request, "accounts/second_factor.html", status=403)
