"""Files in and out: Polis exports, the wide table, and the answer as JSON.

* `participants-votes.csv`: participant, group-id, …, n-disagree, then one column for each statement.
* `votes.csv`: one row for each vote with comment-id, voter-id and vote; the latest timestamp of a pair counts.
* wide: the first column (or `participant`) names the participant; every other one is a statement, but `category` and
  what Polis adds.

In all of them 1 is agree, -1 disagree, 0 pass, and empty not voted.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from hemicycle.engines.files import BadFile
from hemicycle.engines.opinions.delimited import Row, check_unique, check_width, rows
from hemicycle.engines.opinions.statements.problem import NOT_VOTED, Problem
from hemicycle.engines.opinions.statements.solution import Group, Solution

CODES = {"1": 1, "0": 0, "-1": -1, "": NOT_VOTED, "1.0": 1, "0.0": 0, "-1.0": -1, "+1": 1}
LONG = ("comment-id", "voter-id", "vote")
PERSON, LAST = "participant", "n-disagree"
NO_STATEMENTS = (PERSON, "category", "xid", "group-id", "n-comments", "n-votes", "n-agree", LAST)
NO_GROUPS = "no clear groups"
MOST_CELLS = 10**9


def read(text: str) -> Problem:
    """Return the problem of a file; the heading tells its form.

    Raises:
        BadFile: the text cannot be read; names the line and the reason.
    """
    line, head = next(reader := rows(text))
    if set(LONG) <= set(head):
        return _read_long(head, reader)
    check_unique(line, [head[0] or PERSON, *head[1:]], "column")
    person = _person(head)
    begin = head.index(LAST) + 1 if LAST in head else 0
    columns = [at for at in range(begin, len(head)) if at != person and head[at] not in NO_STATEMENTS]
    return _read_wide(head, person, columns, reader)


def published_groups(text: str) -> dict[str, str]:
    """Return participant → group-id of a `participants-votes.csv`, for those who have one.

    Raises:
        BadFile: the column is missing, or a row is too short.
    """
    line, head = next(reader := rows(text))
    if "group-id" not in head:
        raise BadFile(line, "column group-id is missing")
    found = {}
    for at, cells in reader:
        check_width(at, cells, head)
        found[cells[_person(head)]] = cells[head.index("group-id")]
    return {person: group for person, group in found.items() if group}


def answer(problem: Problem, solution: Solution) -> dict[str, Any]:
    """Return what a solution says as JSON values; without positions, which are nobody's business with names."""
    test = solution.test
    return {
        "groups": NO_GROUPS if solution.groups is None else _groups(solution.groups),
        "test": {
            "p": test.p,
            "agreement": test.agreement,
            "smallest": test.smallest,
            "needed": test.needed,
            "clear": test.clear,
        },
        "representative": [
            [
                {
                    "statement": found.statement,
                    "answer": found.answer,
                    "inside": found.inside,
                    "outside": found.outside,
                    "p": found.p,
                }
                for found in solution.findings
                if found.group == group
            ]
            for group in range(len(solution.groups or ()))
        ],
        "common_ground": [
            {"statement": common.statement, "lower_bound": common.lower_bound} for common in solution.common_ground
        ],
        "axes": [
            {
                "share": axis.share,
                "statements": [
                    {"statement": statement, "weight": weight}
                    for statement, weight in zip(problem.statements, axis.weights, strict=True)
                ],
            }
            for axis in solution.axes
        ],
        "clusters": _groups(solution.clusters),
        "silhouette": solution.silhouette,
        "people": len(problem.people),
        "left_out": solution.left_out,
        "seconds": solution.seconds,
    }


def _groups(groups: tuple[Group, ...]) -> list[dict[str, Any]]:
    return [{"members": list(group.members)} for group in groups]


def _person(head: list[str]) -> int:
    """Return the column that names the participant."""
    return head.index(PERSON) if PERSON in head else 0


def _read_wide(head: list[str], person: int, columns: list[int], reader: Iterator[Row]) -> Problem:
    people: dict[str, None] = {}
    votes = bytearray()
    for line, cells in reader:
        check_width(line, cells, head)
        _add(people, line, cells[person])
        try:
            codes = [CODES[cells[at]] for at in columns]
        except KeyError as error:
            raise BadFile(line, f"a vote must be 1, 0, -1 or empty, not {str(error.args[0])[:40]!r}") from error
        votes += np.array(codes, dtype=np.int8).tobytes()
    table = np.frombuffer(bytes(votes), dtype=np.int8).reshape(len(people), len(columns))
    return Problem(people=tuple(people), statements=tuple(head[at] for at in columns), votes=table)


def _read_long(head: list[str], reader: Iterator[Row]) -> Problem:
    statement_at, person_at, vote_at = (head.index(name) for name in LONG)
    time_at = head.index("timestamp") if "timestamp" in head else None
    people: dict[str, int] = {}
    statements: dict[str, int] = {}
    latest: dict[tuple[int, int], tuple[int, int]] = {}
    for line, cells in reader:
        check_width(line, cells, head)
        check_unique(line, [cells[statement_at]], "comment-id")
        check_unique(line, [cells[person_at]], "voter-id")
        vote = CODES.get(cells[vote_at], NOT_VOTED)
        if vote == NOT_VOTED:
            raise BadFile(line, f"a vote must be 1, 0 or -1, not {cells[vote_at][:40]!r}")
        at = 0 if time_at is None else _time(line, cells[time_at])
        pair = (
            people.setdefault(cells[person_at], len(people)),
            statements.setdefault(cells[statement_at], len(statements)),
        )
        if pair not in latest or latest[pair][0] <= at:
            latest[pair] = (at, vote)
    if len(people) * len(statements) > MOST_CELLS:
        raise BadFile(1, f"more than {MOST_CELLS} pairs of a voter and a comment")
    votes = np.full((len(people), len(statements)), NOT_VOTED, dtype=np.int8)
    for (person, statement), (_, vote) in latest.items():
        votes[person, statement] = vote
    return Problem(people=tuple(people), statements=tuple(statements), votes=votes)


def _add(people: dict[str, None], line: int, name: str) -> None:
    check_unique(line, [name], "participant")
    if name in people:
        raise BadFile(line, f"participant {name[:40]} is there twice")
    people[name] = None


def _time(line: int, word: str) -> int:
    if not (word.isascii() and word.isdigit() and len(word) < 20):  # noqa: PLR2004
        raise BadFile(line, f"timestamp must be a number, not {word[:40]!r}")
    return int(word)
