"""Pabulib's `.pb` files (Stolicki, Szufa, Talmon: "Pabulib: A Participatory Budgeting Library", 2020; pabulib.org/format).

Three sections META, PROJECTS, VOTES; each has a line with its columns, then rows, all separated by semicolons.
"""

from dataclasses import dataclass

from hemicycle.engines.files import BadFile
from hemicycle.engines.opinions.delimited import Row, amount, check_unique, rows, whole

SECTIONS = ("META", "PROJECTS", "VOTES")
APPROVAL = ("approval", "choose-1")
SCORED = ("cumulative", "scoring")
ORDINAL = "ordinal"


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a section: the line it begins in, column → cell."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Pabulib:
    """A file that keeps the format: `meta` and the line of each key, projects and votes with their lines.

    Every project has `project_id` and a readable `cost`, every vote a `voter_id` and `vote`; ids are unique.
    """

    meta: dict[str, str]
    lines: dict[str, int]
    projects: tuple[Entry, ...]
    votes: tuple[Entry, ...]

    @property
    def vote_type(self) -> str:
        """Return the kind of ballot; approval when the file does not say."""
        return self.meta.get("vote_type", "approval").lower()


def parse(text: str) -> Pabulib:
    """Return the sections of a file.

    Raises:
        BadFile: a section or column is missing, an id is doubled or unknown, the kind of ballot is not known.
    """
    parts = _sections(text)
    keys = {entry.cells["key"].lower(): entry for entry in _entries(parts["META"], ("key", "value"))}
    meta = {key: entry.cells["value"] for key, entry in keys.items()}
    projects = _entries(parts["PROJECTS"], ("project_id", "cost"))
    votes = _entries(parts["VOTES"], ("voter_id", "vote"))
    found = Pabulib(meta, {key: entry.line for key, entry in keys.items()}, projects, votes)
    if found.vote_type not in (*APPROVAL, *SCORED, ORDINAL):
        raise BadFile(found.lines["vote_type"], f"vote_type {found.vote_type[:40]!r} is not known")
    _check_ids(found)
    return found


def choices(entry: Entry) -> list[str]:
    """Return the projects a vote names, in its order."""
    return [word.strip() for word in entry.cells["vote"].split(",") if word.strip()]


def scores(found: Pabulib, entry: Entry, longest: int) -> list[tuple[str, int]]:
    """Return (project, score from 1) of a vote, whatever its kind.

    Approval gives 1 each. Cumulative and scoring: the points; 0 and less are no support. Ordinal: the first of the
    longest ballot's k places gives k, the next k − 1, ….

    Raises:
        BadFile: there are not as many points as projects, or one is no whole number.
    """
    named = choices(entry)
    if found.vote_type in APPROVAL:
        return [(project, 1) for project in named]
    if found.vote_type == ORDINAL:
        return [(project, longest - place) for place, project in enumerate(named)]
    points = [word.strip() for word in entry.cells.get("points", "").split(",") if word.strip()]
    if len(points) != len(named):
        raise BadFile(entry.line, f"{len(named)} projects but {len(points)} points")
    given = [(project, whole(entry.line, word, "points")) for project, word in zip(named, points, strict=True)]
    return [(project, score) for project, score in given if score > 0]


def _sections(text: str) -> dict[str, list[Row]]:
    parts: dict[str, list[Row]] = {}
    into: list[Row] | None = None
    for line, cells in rows(text, delimiter=";"):
        name = cells[0].upper()
        if name in SECTIONS and not any(cells[1:]):
            if name in parts:
                raise BadFile(line, f"section {name} is there twice")
            into = parts.setdefault(name, [])
        elif into is None:
            raise BadFile(line, "a line META is expected first")
        else:
            into.append((line, cells))
    for name in SECTIONS:
        if len(parts.get(name, ())) < 1:
            raise BadFile(1, f"section {name} is missing or has no columns")
    return parts


def _entries(part: list[Row], needed: tuple[str, ...]) -> tuple[Entry, ...]:
    line, head = part[0]
    columns = [column.lower() for column in head]
    for column in needed:
        if column not in columns:
            raise BadFile(line, f"column {column} is missing")
    found = []
    for at, cells in part[1:]:
        entry = Entry(at, dict(zip(columns, cells, strict=False)))
        for column in needed:
            if column not in entry.cells:
                raise BadFile(at, f"{column} is missing")
        found.append(entry)
    return tuple(found)


def _check_ids(found: Pabulib) -> None:
    known: set[str] = set()
    for entry in found.projects:
        check_unique(entry.line, [entry.cells["project_id"]], "project")
        if entry.cells["project_id"] in known:
            raise BadFile(entry.line, f"project {entry.cells['project_id']} is there twice")
        amount(entry.line, entry.cells["cost"], "cost")
        known.add(entry.cells["project_id"])
    voters: set[str] = set()
    for entry in found.votes:
        if entry.cells["voter_id"] in voters:
            raise BadFile(entry.line, f"voter {entry.cells['voter_id']} is there twice")
        voters.add(entry.cells["voter_id"])
        named = choices(entry)
        check_unique(entry.line, named, "project")
        for project in named:
            if project not in known:
                raise BadFile(entry.line, f"project {project[:40]} is not known")
