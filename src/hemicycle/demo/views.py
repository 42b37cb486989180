"""The demo's pages: move the clock, sign in as somebody, read the mail."""

import base64
from uuid import UUID

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.clickjacking import xframe_options_sameorigin

from hemicycle.conferences.queries import current
from hemicycle.demo import clock, roles
from hemicycle.kit.access import public
from hemicycle.kit.tasks import later
from hemicycle.notifications import delivery, queries
from hemicycle.notifications.models import Mail


@public
def move(request: HttpRequest) -> HttpResponse:
    """Move the demo's clock; what is due by then is done."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    phase = request.POST.get("phase", "")
    if request.method == "POST" and phase in clock.PHASES:
        clock.move(phase)
        later("hemicycle.registration.tasks.look_after_waiting_lists")
        later("hemicycle.website.tasks.tell_everywhere")
        if (edition := current()) is not None:
            later("hemicycle.demo.tasks.arrive", conference_id=edition.pk)
    return redirect(target)


@public
def people(request: HttpRequest) -> HttpResponse:
    """Offer one sign-in per role."""
    return render(request, "demo/people.html", {"roles": roles.ROLES, "conference": current()})


@public
def sign_in(request: HttpRequest, role: str) -> HttpResponse:
    """Sign in as the demo's person of a role, second factor included."""
    found = roles.find(role)
    edition = current()
    person = roles.person(found) if found else None
    if found is None or edition is None or person is None:
        raise Http404
    if request.method != "POST":
        return redirect("demo:people")
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    if found.desk:
        record_authentication(request, person, method="mfa", type="demo")
        return redirect("desk:overview", edition.slug)
    return redirect(found.lands, edition.slug)


@public
def mailbox(request: HttpRequest) -> HttpResponse:
    """List what was sent."""
    address = request.GET.get("to", "")
    return render(request, "demo/mailbox.html", {"mails": queries.mailbox(address=address), "address": address})


def _mail(uuid: UUID) -> Mail:
    mail = Mail.objects.filter(uuid=uuid).first()
    if mail is None:
        raise Http404
    return mail


@public
def letter(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show one mail as its reader sees it."""
    mail = _mail(uuid)
    return render(request, "demo/letter.html", {"mail": mail, "letter": delivery.render(mail)})


@public
@xframe_options_sameorigin
def letter_html(request: HttpRequest, uuid: UUID) -> HttpResponse:  # noqa: ARG001
    """Give the mail's HTML for the frame, its own inline styles allowed there and nothing else."""
    mail = _mail(uuid)
    html = delivery.render(mail).html
    if (picture := delivery.qr_png(mail)) is not None:
        html = html.replace("cid:ticket", f"data:image/png;base64,{base64.b64encode(picture).decode()}")
    response = HttpResponse(html.replace("<head>", '<head><base target="_top">'))
    response["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; "
        "sandbox allow-top-navigation-by-user-activation"
    )
    return response


@public
def letter_calendar(request: HttpRequest, uuid: UUID) -> HttpResponse:  # noqa: ARG001
    """Give the mail's calendar file."""
    mail = _mail(uuid)
    if mail.calendar is None:
        raise Http404
    return HttpResponse(bytes(mail.calendar), content_type="text/calendar; charset=utf-8")
