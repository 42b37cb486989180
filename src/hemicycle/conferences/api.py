"""Editions by API."""

from django.http import Http404, HttpRequest
from ninja import Router

from hemicycle.conferences import queries
from hemicycle.conferences.models import Conference
from hemicycle.conferences.schemas import EditionOut, FigureOut
from hemicycle.kit.i18n import text, translations

router = Router(tags=["editions"])


def _edition(conference: Conference) -> EditionOut:
    figures = [
        FigureOut(
            label=translations(text(figure.label)),
            value=figure.value,
            qualifier=translations(text(figure.qualifier)),
            definition=translations(text(figure.definition)),
            source=figure.source,
            certainty=figure.certainty,
        )
        for figure in conference.figures.all()
    ]
    return EditionOut(
        slug=conference.slug,
        number=conference.number,
        year=conference.year,
        name=translations(text(conference.name)),
        theme=translations(text(conference.theme)),
        starts_on=conference.starts_on,
        ends_on=conference.ends_on,
        timezone=conference.timezone,
        city=conference.city,
        country=conference.country,
        figures=figures,
    )


@router.get("/{conference}/editions", auth=None, response=list[EditionOut], url_name="editions")
def editions(request: HttpRequest, conference: str) -> list[EditionOut]:  # noqa: ARG001
    """List the public editions of the series, latest first, every figure with its definition and source."""
    edition: Conference = request.conference  # type: ignore[attr-defined]
    if edition.stage == "draft":
        raise Http404
    return [_edition(row) for row in queries.editions(conference=edition)]
