"""Files in and out: Pabulib's ordinal `.pb`, two tables, and the answer as JSON.

Tables have a column `voter` and perhaps `category`. Either the other columns are the places (any heading that begins
with a digit or with "choice") and cells name items, or the other columns are items and cells hold places from 1. In the first
form a row whose voter is `items` may list items that nobody chose.

    voter,category,1,2,3            voter,category,forest,school,bridge
    anna,youth,forest,bridge,       anna,youth,1,,2
"""

import re
from typing import Any

from hemicycle.engines.files import BadFile
from hemicycle.engines.opinions import pabulib
from hemicycle.engines.opinions.delimited import Row, check_unique, check_width, rows, whole
from hemicycle.engines.opinions.ranking.problem import Ballot, Problem
from hemicycle.engines.opinions.ranking.solution import Place, Solution

CHOICE = re.compile(r"[0-9]|choice", re.IGNORECASE)


def read(text: str, *, pb: bool, category: str = "category") -> Problem:
    """Return the problem of a file.

    Args:
        text: of the file.
        pb: whether it is in Pabulib's form.
        category: the column of the votes that tells the stakeholder category, if it is there.

    Raises:
        BadFile: the text cannot be read; names the line and the reason.
    """
    return _read_pb(text, category) if pb else _read_table(text, category)


def answer(solution: Solution) -> dict[str, Any]:
    """Return everything a solution says as JSON values."""
    return {
        "people": solution.people,
        "places": _places(solution.places),
        "pairwise": [
            {"item": pair.item, "other": pair.other, "above": pair.above, "below": pair.below}
            for pair in solution.pairwise
        ],
        "kemeny": {
            "order": list(solution.kemeny.order),
            "disagreements": solution.kemeny.disagreements,
            "bound": solution.kemeny.bound,
            "proven": solution.kemeny.proven,
        },
        "categories": [
            {"category": part.name, "people": part.people, "places": _places(part.places)}
            for part in solution.categories
        ],
        "seconds": solution.seconds,
    }


def _places(places: tuple[Place, ...]) -> list[dict[str, Any]]:
    return [
        {
            "item": place.item,
            "place": place.place,
            "low": place.low,
            "high": place.high,
            "tied_with": list(place.tied_with),
            "score": place.score,
            "band": place.band,
        }
        for place in places
    ]


def _read_pb(text: str, category: str) -> Problem:
    found = pabulib.parse(text)
    if found.vote_type != pabulib.ORDINAL:
        raise BadFile(found.lines.get("vote_type", 1), f"vote_type ordinal is expected, not {found.vote_type}")
    return Problem(
        items=tuple(entry.cells["project_id"] for entry in found.projects),
        ballots=tuple(
            Ballot(
                id=entry.cells["voter_id"],
                choices=tuple(pabulib.choices(entry)),
                category=entry.cells.get(category, ""),
            )
            for entry in found.votes
        ),
    )


def _read_table(text: str, category: str) -> Problem:
    line, head = next(reader := rows(text))
    check_unique(line, head, "column")
    if head[0] != "voter":
        raise BadFile(line, "the first column must be voter")
    names = [name for name in head if name not in ("voter", category)]
    chosen = all(CHOICE.match(name) for name in names)
    items: dict[str, None] = {} if chosen else dict.fromkeys(names)
    ballots: dict[str, Ballot] = {}
    for at, cells in reader:
        check_width(at, cells, head)
        by = {column: cell for column, cell in zip(head, cells, strict=True) if column in names}
        choices = _named((at, list(by.values()))) if chosen else _placed((at, list(by.values())), names)
        items |= dict.fromkeys(choices)
        if chosen and cells[0] == "items":
            continue
        check_unique(at, [cells[0]], "voter")
        if cells[0] in ballots:
            raise BadFile(at, f"voter {cells[0]} is there twice")
        kind = cells[head.index(category)] if category in head else ""
        ballots[cells[0]] = Ballot(id=cells[0], choices=tuple(choices), category=kind)
    return Problem(items=tuple(items), ballots=tuple(ballots.values()))


def _named(row: Row) -> list[str]:
    choices = [cell for cell in row[1] if cell]
    check_unique(row[0], choices, "item")
    return choices


def _placed(row: Row, names: list[str]) -> list[str]:
    line, cells = row
    places = {name: whole(line, cell, f"place of {name}") for name, cell in zip(names, cells, strict=True) if cell}
    check_unique(line, (str(place) for place in places.values()), "place")
    for name, place in places.items():
        if place < 1:
            raise BadFile(line, f"place of {name} is below 1")
    return sorted(places, key=places.__getitem__)
