"""Registrations by API: anybody registers as by the form; the team lists, reads, decides."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from ninja import Query, Router
from ninja.pagination import PageNumberPagination, paginate

from hemicycle.audit import operations as trail
from hemicycle.audit import queries as audit
from hemicycle.audit.schemas import EntryOut, entry
from hemicycle.kit import clock
from hemicycle.kit.api import Refused, Rows, checked, team
from hemicycle.kit.api import edition as edition_of
from hemicycle.kit.ratelimit import within
from hemicycle.kit.uploads import hand_out
from hemicycle.registration import approval, batches, forms, invitations, operations, queries, questionnaire
from hemicycle.registration.api_words import by_word, consents, plain, seat, stakeholders
from hemicycle.registration.api_words import questionnaire as answered
from hemicycle.registration.models import Registration
from hemicycle.registration.queries import Filter
from hemicycle.registration.schemas import (
    DayOut,
    Decision,
    Done,
    GuardOut,
    PersonOut,
    RegisteredOut,
    RegisterIn,
    RegistrationOut,
    StatisticsOut,
    ViewIn,
    ViewOut,
)

router = Router(tags=["registration"])
INVITATION = {
    "unknown": "Nobody made this code.",
    "used": "This code was used up.",
    "over": "The time of this code is over.",
    "other": "This invitation is for another email address.",
    "category": "This code is for another way of coming.",
    "needed": "This way of coming is by invitation: send its code.",
}
CLOSED = "Registration is not open."


def _form(conference: Any, wish: RegisterIn) -> forms.Register:
    offered = queries.categories(conference=conference, code=wish.code)
    data: dict[str, Any] = wish.dict(exclude={"consents", "answers"})
    data["stakeholder"] = stakeholders([wish.stakeholder], field="stakeholder")[0]
    known = {row.slug: row.pk for row in offered}
    data["category"] = by_word([wish.category], known, field="category")[0] if wish.category else None
    data |= {f"consent_{kind}": True for kind in wish.consents}
    return forms.Register(data, online=conference.online, categories=offered, codes=True)


@router.post(
    "/{conference}/registrations",
    auth=None,
    response={202: RegisteredOut},
    url_name="register",
    operation_id="register",
)
def register(request: HttpRequest, conference: str, wish: RegisterIn) -> tuple[int, RegisteredOut]:  # noqa: ARG001
    """Register somebody; the answer is the same for an address that is registered already."""
    edition = edition_of(request)
    if not within(request, "register", per_hour=20):
        raise Refused(429, "Too many registrations from here. Wait an hour.")
    form = _form(edition, wish)
    checked(form)
    cleaned = form.cleaned_data
    answers = answered(
        edition,
        questions=questionnaire.questions(conference=edition),
        category=cleaned["category"],
        answers=wish.answers,
    )
    try:
        invitations.check(
            conference=edition,
            email=cleaned["email"],
            code=cleaned["code"],
            category=cleaned["category"],
            now=clock.now(),
        )
        details = operations.submitted_details(cleaned, language=get_language() or "en", answers=answers)
        operations.register(conference=edition, details=details, now=clock.now())
    except invitations.BadInvitation as refused:
        raise Refused(422, INVITATION[refused.why], {"code": INVITATION[refused.why]}) from refused
    except operations.RegistrationClosed as refused:
        raise Refused(409, CLOSED) from refused
    return 202, RegisteredOut(email=cleaned["email"], title="A mail says how it goes on.")


@router.get("/{conference}/registrations", response=list[RegistrationOut], url_name="registrations")
@paginate(PageNumberPagination, page_size=100)
def registrations(
    request: HttpRequest,
    conference: str,  # noqa: ARG001
    search: str = Query("", max_length=100),
    status: str = Query("", max_length=12),
    kind: str = Query("", max_length=50),
    country: str = Query("", max_length=2),
    category: str = Query("", max_length=60),
    mode: str = Query("", max_length=10),
) -> Rows[RegistrationOut]:
    """List the registrations, latest first, for the registration team."""
    edition = team(request, "registration.see")
    chosen = Filter(search=search, status=status, kind=kind, country=country, category=category, mode=mode)
    found = queries.listed(conference=edition, chosen=chosen)
    return Rows(found, lambda row: RegistrationOut(**plain(row)))


@router.get("/{conference}/registrations/statistics", response=StatisticsOut, url_name="registration_statistics")
def statistics(request: HttpRequest, conference: str) -> StatisticsOut:  # noqa: ARG001
    """Count who comes: by state, country, kind and day, and how many of those who began arrived."""
    edition = team(request, "registration.see")
    figures = queries.figures(conference=edition)
    days = [DayOut(day=day, number=number, total=total) for day, number, total in queries.by_day(conference=edition)]
    return StatisticsOut(
        capacity=edition.capacity, left=figures.left, statuses=figures.statuses, countries=dict(figures.countries),
        kinds=dict(figures.kinds), days=days, funnel=queries.funnel(conference=edition),
    )  # fmt: skip


@router.get("/{conference}/registrations/guard", response=list[GuardOut], url_name="registration_guard")
@paginate(PageNumberPagination, page_size=100)
def guard(request: HttpRequest, conference: str) -> Rows[GuardOut]:  # noqa: ARG001
    """List people with restricted answers, for the guard; the history says who took it."""
    edition = team(request, "registration.guard")
    trail.record(action="guard list taken", target=edition, actor=request.user, at=clock.now(), kind="api")
    found = queries.listed(conference=edition).prefetch_related("answers__question")
    return Rows(found, _guarded)


def _guarded(row: Registration) -> GuardOut:
    return GuardOut(
        id=row.pk, status=row.status, first_name=row.person.first_name, last_name=row.person.last_name,
        organisation=str(row.organisation or ""), answers=questionnaire.values(row.answers.all(), restricted=True),
    )  # fmt: skip


def _row(request: HttpRequest, registration_id: int) -> Registration:
    edition = team(request, "registration.see")
    found = queries.listed(conference=edition).filter(pk=registration_id).first()
    if found is None:
        raise Http404
    return found


@router.get("/{conference}/registrations/{int:registration_id}", response=PersonOut, url_name="registration")
def registration(request: HttpRequest, conference: str, registration_id: int) -> PersonOut:  # noqa: ARG001
    """Return one registration with its person and answers; restricted answers are for the guard's list only."""
    found = _row(request, registration_id)
    person = found.person
    return PersonOut(
        **plain(found), first_name=person.first_name, last_name=person.last_name, email=person.email,
        job_title=found.job_title, needs=found.needs, answers=questionnaire.read(registration=found, restricted=False),
        consents=consents(found), seats=[seat(row) for row in queries.seats_of(registration=found)],
    )  # fmt: skip


@router.get(
    "/{conference}/registrations/{int:registration_id}/history",
    response=list[EntryOut],
    url_name="registration_history",
)
def history(request: HttpRequest, conference: str, registration_id: int) -> list[EntryOut]:  # noqa: ARG001
    """List what happened to a registration, latest first."""
    return [entry(row) for row in audit.history(target=_row(request, registration_id))]


@router.get(
    "/{conference}/registrations/{int:registration_id}/files/{int:question_id}",
    response={200: None},
    url_name="registration_file",
)
def answer_file(request: HttpRequest, conference: str, registration_id: int, question_id: int) -> HttpResponse:  # noqa: ARG001
    """Hand out the file somebody answered with; a restricted one to the guard's roles only, and the history says so."""
    row = _row(request, registration_id)
    found = questionnaire.file_answer(registration=row, question_id=question_id)
    if found is None:
        raise Http404
    if found.question.restricted:
        team(request, "registration.guard")
        trail.record(
            action="restricted file taken", target=row, actor=request.user, at=clock.now(), question=found.question.key
        )
    return hand_out(found.content, name=found.name, media=found.media)


@router.post("/{conference}/registrations/decide", response=Done, url_name="decide")
def decide(request: HttpRequest, conference: str, wish: Decision) -> Done:  # noqa: ARG001
    """Approve, decline, cancel, or write again."""
    edition = team(request, "registration.change")
    call: dict[str, Any] = {"conference": edition, "keys": wish.ids, "actor": request.user, "now": clock.now()}
    if wish.do == "decline":
        return Done(done=approval.decline(**call, reason=wish.reason))
    done = {"approve": approval.approve, "cancel": batches.cancel, "again": batches.write_again}[wish.do]
    return Done(done=done(**call))


@router.get("/{conference}/registrations/views", response=list[ViewOut], url_name="registration_views")
def views(request: HttpRequest, conference: str) -> list[ViewOut]:  # noqa: ARG001
    """List the filters that the team keeps."""
    edition = team(request, "registration.see")
    return [ViewOut(id=row.pk, name=row.name, query=row.query) for row in queries.saved_views(conference=edition)]


@router.post("/{conference}/registrations/views", response={201: ViewOut}, url_name="registration_view_keep")
def view_keep(request: HttpRequest, conference: str, wish: ViewIn) -> tuple[int, ViewOut]:  # noqa: ARG001
    """Keep a filter under a name; the same name is written over."""
    edition = team(request, "registration.change")
    row = batches.save_view(conference=edition, name=wish.name, query=wish.query)
    return 201, ViewOut(id=row.pk, name=row.name, query=row.query)


@router.delete(
    "/{conference}/registrations/views/{int:view_id}", response={204: None}, url_name="registration_view_drop"
)
def view_drop(request: HttpRequest, conference: str, view_id: int) -> tuple[int, None]:  # noqa: ARG001
    """Forget a filter."""
    edition = team(request, "registration.change")
    if not any(row.pk == view_id for row in queries.saved_views(conference=edition)):
        raise Http404
    batches.drop_view(conference=edition, key=view_id)
    return 204, None
