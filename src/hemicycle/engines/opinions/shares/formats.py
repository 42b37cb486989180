"""Files in and out: Pabulib's `.pb`, a table, and the answer as JSON.

The table has a column `voter`, perhaps `category`, then one column for each project; a row `cost` and, unless the
budget is given, a row `budget` with the amount in any one cell. Cells are scores; empty or 0 is no support.

    voter,category,opening,workshop,panel
    cost,,60,90,45
    budget,,120,,
    anna,youth,1,,1
"""

from fractions import Fraction
from typing import Any

from hemicycle.engines.files import BadFile
from hemicycle.engines.opinions import pabulib
from hemicycle.engines.opinions.delimited import Row, amount, check_unique, check_width, rows, whole
from hemicycle.engines.opinions.shares.problem import Money, Problem, Project, Voter
from hemicycle.engines.opinions.shares.solution import Solution


def read(
    text: str, *, pb: bool, budget: Fraction | None = None, unit: Fraction | None = None, category: str = "category"
) -> Problem:
    """Return the problem of a file.

    Args:
        text: of the file.
        pb: whether it is in Pabulib's form.
        budget: goes before that of the file. unit: as in `Problem`.
        category: the column of the votes that tells the stakeholder category, if it is there.

    Raises:
        BadFile: the text cannot be read; names the line and the reason.
    """
    reader = _read_pb if pb else _read_table
    projects, voters, found = reader(text, category)
    chosen = found if budget is None else budget
    if chosen is None:
        raise BadFile(1, "the budget is missing")
    return Problem(
        projects=tuple(projects), voters=tuple(voters), budget=_plain(chosen), unit=_plain(unit or Fraction(1))
    )


def answer(solution: Solution) -> dict[str, Any]:
    """Return everything a solution says as JSON values; money as whole numbers where it is whole."""
    certificate = solution.certificate
    return {
        "rule": solution.rule.value,
        "completion": solution.completion.value,
        "status": solution.status.value,
        "winners": [
            {
                "project": winner.project,
                "price": _number(winner.price),
                "supporters": winner.supporters,
                "phase": winner.phase.value,
                "most": None if winner.most is None else _number(winner.most),
                "paid": [
                    {"category": line.category, "supporters": line.supporters, "amount": _number(line.amount)}
                    for line in winner.paid
                ],
            }
            for winner in solution.winners
        ],
        "spent": _number(solution.spent),
        "endowment": None if solution.endowment is None else _number(solution.endowment),
        "uncovered": solution.uncovered,
        "certificate": {
            "axiom": "EJR+ up to any project",
            "holds": certificate.holds,
            "neglected": [
                {"project": gap.project, "voters": gap.voters, "worth": _number(gap.worth)}
                for gap in certificate.neglected
            ],
        },
        "audit": solution.audit,
        "order": list(solution.order),
        "seconds": solution.seconds,
    }


def _read_pb(text: str, category: str) -> tuple[list[Project], list[Voter], Fraction | None]:
    found = pabulib.parse(text)
    word = found.meta.get("budget")
    budget = None if word is None else amount(found.lines["budget"], word, "budget")
    projects = [
        Project(id=entry.cells["project_id"], cost=_plain(amount(entry.line, entry.cells["cost"], "cost")))
        for entry in found.projects
    ]
    longest = max((len(pabulib.choices(entry)) for entry in found.votes), default=0)
    voters = []
    for entry in found.votes:
        given = pabulib.scores(found, entry, longest)
        voters.append(_voter(entry.cells["voter_id"], given, entry.cells.get(category, "")))
    return projects, voters, budget


def _read_table(text: str, category: str) -> tuple[list[Project], list[Voter], Fraction | None]:
    line, head = next(reader := rows(text))
    names = [name for name in head if name not in ("voter", category)]
    check_unique(line, head, "column")
    if head[0] != "voter":
        raise BadFile(line, "the first column must be voter")
    costs: list[Fraction] | None = None
    budget: Fraction | None = None
    voters: dict[str, Voter] = {}
    for at, cells in reader:
        check_width(at, cells, head)
        by = {column: cell for column, cell in zip(head, cells, strict=True) if column in names}
        if cells[0] == "cost":
            costs = [amount(at, cell, f"cost of {name}") for name, cell in by.items()]
        elif cells[0] == "budget":
            budget = amount(at, "".join(by.values()), "budget")
        else:
            check_unique(at, [cells[0]], "voter")
            if cells[0] in voters:
                raise BadFile(at, f"voter {cells[0]} is there twice")
            given = _scores((at, list(by.values())), names)
            kind = cells[head.index(category)] if category in head else ""
            voters[cells[0]] = _voter(cells[0], given, kind)
    if costs is None:
        raise BadFile(line, "the row cost is missing")
    projects = [Project(id=name, cost=_plain(cost)) for name, cost in zip(names, costs, strict=True)]
    return projects, list(voters.values()), budget


def _scores(row: Row, names: list[str]) -> list[tuple[str, int]]:
    line, cells = row
    given = [(name, whole(line, cell, f"score of {name}")) for name, cell in zip(names, cells, strict=True) if cell]
    for name, score in given:
        if score < 0:
            raise BadFile(line, f"score of {name} is below 0")
    return [(name, score) for name, score in given if score]


def _voter(name: str, given: list[tuple[str, int]], category: str) -> Voter:
    scores = tuple(score for _, score in given)
    return Voter(
        id=name,
        supports=tuple(project for project, _ in given),
        scores=scores if any(score != 1 for score in scores) else (),
        category=category,
    )


def _plain(value: Fraction) -> Money:
    return value.numerator if value.denominator == 1 else value


def _number(value: Money) -> int | float:
    return int(value) if value == int(value) else round(float(value), 6)
