"""Papers for everybody: what the desk can ask for, and how a worker makes it."""

from hemicycle.conferences.models import Run
from hemicycle.conferences.runs import CannotMake, Kind, Made, Told, offer
from hemicycle.door import documents, queries
from hemicycle.door.enums import RunKind
from hemicycle.files.typesetting import CannotSet

PREFIX = "door."


def make(run: Run, told: Told) -> Made:
    """Return the papers of a run as a PDF.

    Raises:
        CannotMake: the typesetter refuses; the sentence says why.
    """
    conference, kind = run.conference, run.kind.removeprefix(PREFIX)
    everybody = queries.listed_openly if kind == RunKind.BOOKLET else queries.with_places
    rows = list(everybody(conference=conference))
    told(0, len(rows))

    def count(number: int) -> None:
        told(number, len(rows))

    try:
        if kind == RunKind.BOOKLET:
            content = documents.booklet(rows, conference=conference, told=count)
        else:
            content = documents.badges(rows, conference=conference, kind=kind, told=count)
    except CannotSet as error:
        raise CannotMake(str(error)) from error
    return Made(content=content, name=f"{conference.slug}-{kind}.pdf", media="application/pdf")


KINDS = tuple(
    Kind(f"{PREFIX}{kind.value}", kind.label, make, "door.papers", "door:papers", alone=True) for kind in RunKind
)


def wire() -> None:
    """Make the papers known."""
    offer(*KINDS)
