"""Measure the opinions engine: `python benchmarks/opinions.py DATA [--only NAME …] [--copies N]`.

DATA holds `opinions/` (four Polis exports with published groups) and `ballots/` (Pabulib files with official winners).
One row per instance, each in a process of its own, so that seconds and memory are its own; the file is read in them.
"""

import argparse
import json
import os
import platform
import resource
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter, process_time
from typing import Self

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
import scipy

from hemicycle.engines.opinions import pabulib
from hemicycle.engines.opinions.ranking import generate as made_ballots
from hemicycle.engines.opinions.ranking import solver as ranking
from hemicycle.engines.opinions.ranking import verify as verify_ranking
from hemicycle.engines.opinions.ranking.formats import read as read_ranking
from hemicycle.engines.opinions.shares import Completion, Rule
from hemicycle.engines.opinions.shares import generate as made_election
from hemicycle.engines.opinions.shares import solver as shares
from hemicycle.engines.opinions.shares import verify as verify_shares
from hemicycle.engines.opinions.shares.formats import read as read_shares
from hemicycle.engines.opinions.statements import Problem, Solution
from hemicycle.engines.opinions.statements import generate as made_votes
from hemicycle.engines.opinions.statements import solver as statements
from hemicycle.engines.opinions.statements.cluster import rand_index
from hemicycle.engines.opinions.statements.evidence import placeable
from hemicycle.engines.opinions.statements.findings import representative
from hemicycle.engines.opinions.statements.formats import published_groups
from hemicycle.engines.opinions.statements.formats import read as read_votes

RESULTS = Path(__file__).parent / "results" / "opinions.json"
WORDS = ("instance", "value", "bound", "floor", "published", "seconds", "cpu", "MB", "note")
LINE = "{:<30}{:>9}{:>9}{:>9}{:>11}{:>9}{:>8}{:>7}  {}"
CONSULTATIONS = {
    "vtaiwan.uberx": 0.75,
    "american-assembly.bowling-green": 0.75,
    "15-per-hour-seattle": 0.57,
    "brexit-consensus": 0.64,
}
ELECTIONS = {
    "Poland_Wieliczka_2023_Green_Budget": (Rule.MES, Completion.ADD1),
    "Poland_Swiecie_2023": (Rule.MES, Completion.ADD1),
    "Netherlands_Assen_2024": (Rule.MES, Completion.ADD1),
    "Poland_Krakow_2022_Podgorze": (Rule.VOTES, Completion.NONE),
}


@dataclass(frozen=True)
class Row:
    """What one instance gave; seconds and CPU seconds of the solver, peak memory of the whole process."""

    instance: str
    value: str
    bound: str
    floor: str
    published: str
    seconds: float
    cpu: float
    memory: int
    note: str


class Watch:
    """Wall and CPU seconds of a `with` block."""

    def __enter__(self) -> Self:
        self.wall, self.cpu = perf_counter(), process_time()
        return self

    def __exit__(self, *_: object) -> None:
        self.wall, self.cpu = perf_counter() - self.wall, process_time() - self.cpu


def row(
    name: str, watch: Watch, *, value: object, floor: object, note: str, bound: object = "", published: object = ""
) -> Row:
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Row(
        name,
        str(value),
        str(bound),
        str(floor),
        str(published),
        round(watch.wall, 2),
        round(watch.cpu, 2),
        memory,
        note,
    )


def consultation(data: Path, name: str) -> Row:
    """Compare the groups with the published ones, over three seeds."""
    text = (data / "opinions" / name / "participants-votes.csv").read_text(encoding="utf-8")
    problem, published = read_votes(text), published_groups(text)
    with Watch() as watch:
        first = statements.solve(problem)
    found = [first, *(statements.solve(problem, seed=seed) for seed in (1, 2))]
    indices = [agreement(solution, published) for solution in found]
    clear = "groups named" if first.groups is not None else "no clear groups"
    spread = max(indices) - min(indices)
    note = (
        f"{clear}; p {first.test.p}, halves {first.test.agreement}, smallest {first.test.smallest}; spread {spread:.3f}"
    )
    return row(name, watch, value=f"{min(indices):.3f}", floor=CONSULTATIONS[name], published="ARI 1", note=note)


def agreement(solution: Solution, published: dict[str, str]) -> float:
    """Return the adjusted Rand index with the published groups, over the people in both."""
    number = {person: place for place, group in enumerate(solution.clusters) for person in group.members}
    both = [person for person in published if person in number]
    theirs = np.unique([published[person] for person in both], return_inverse=True)[1]
    return rand_index(theirs, np.array([number[person] for person in both]))


def shuffled(data: Path, name: str, copies: int) -> Row:
    """Count refusals and findings on copies whose votes are shuffled within every statement."""
    problem = read_votes((data / "opinions" / name / "participants-votes.csv").read_text(encoding="utf-8"))
    refused, findings = 0, 0
    with Watch() as watch:
        for seed in range(copies):
            copy = made_votes.shuffle(problem, seed=seed)
            solution = statements.solve(copy, seed=seed)
            refused += solution.groups is None
            findings += unconditional(copy, solution, seed)
    note = f"{findings / copies:.2f} findings on average in {copies} copies (floor 1)"
    return row(f"shuffled {name}"[:29], watch, value=f"{refused / copies:.0%}", floor="95%", note=note)


def unconditional(problem: Problem, solution: Solution, seed: int) -> int:
    """Return the number of findings for groups that were refused."""
    number = {person: place for place, group in enumerate(solution.clusters) for person in group.members}
    labels = np.array([number[person] for person in solution.placed])
    votes = problem.votes[placeable(problem.votes)]
    return len(representative(votes, problem.statements, labels, np.random.default_rng(seed), minimum=10))


def large_consultation(answered: float) -> Row:
    problem = made_votes.generate(people=10_000, statements=500, seed=1, answered=answered)
    with Watch() as watch:
        solution = statements.solve(problem)
    named = 0 if solution.groups is None else len(solution.groups)
    note = f"2 groups hidden; {len(solution.findings)} findings"
    return row(f"10,000 x 500, {answered:.0%} answered", watch, value=f"{named} groups", floor="8 s", note=note)


def election(data: Path, name: str) -> Row:
    """Compare the winners with the official ones."""
    text = (data / "ballots" / f"{name}.pb").read_text(encoding="utf-8")
    problem = read_shares(text, pb=True)
    official = {e.cells["project_id"] for e in pabulib.parse(text).projects if e.cells.get("selected") == "1"}
    rule, completion = ELECTIONS[name]
    with Watch() as watch:
        solution = shares.solve(problem, rule=rule, completion=completion)
    chosen = {winner.project for winner in solution.winners}
    right = "verified" if not verify_shares(problem, solution) else "WRONG"
    ejr = "EJR+" if solution.certificate.holds else "no EJR+"
    note = f"{rule}/{completion}, {right}, {ejr}, audit {solution.audit}, {solution.uncovered:.1%} with nothing"
    same = len(chosen & official) - len(chosen - official)
    return row(
        name[:29], watch, value=f"{same}/{len(official)}", floor=f"{len(official)}", published=len(official), note=note
    )


def large_election(completion: Completion) -> Row:
    problem = made_election.generate(voters=10_000, projects=200, budget=2_000_000, seed=1)
    with Watch() as watch:
        solution = shares.solve(problem, completion=completion)
    note = f"audit {solution.audit}, EJR+ {solution.certificate.holds}, endowment {float(solution.endowment or 0):g}"
    return row(f"10,000 x 200 {completion}", watch, value=f"{len(solution.winners)} won", floor="2 s", note=note)


def places(data: Path, name: str) -> Row:
    problem = read_ranking((data / "ballots" / f"{name}.pb").read_text(encoding="utf-8"), pb=True)
    return ranked(f"ranking {name}"[:29], problem)


def large_ranking(spread: float) -> Row:
    return ranked(
        f"30 x 10,000, spread {spread}", made_ballots.generate(people=10_000, items=30, seed=3, spread=spread)
    )


def ranked(name: str, problem: ranking.Problem) -> Row:
    with Watch() as watch:
        solution = ranking.solve(problem)
    kemeny = solution.kemeny
    right = "verified" if not verify_ranking(problem, solution) else "WRONG"
    note = f"Kemeny {'proven' if kemeny.proven else 'not proven'}, {solution.places[-1].band} bands, {right}"
    return row(name, watch, value=kemeny.disagreements, bound=kemeny.bound, floor="3 s", note=note)


def tasks(data: Path, copies: int) -> Iterator[tuple[str, Callable[..., Row], tuple[object, ...]]]:
    yield from ((name, consultation, (data, name)) for name in CONSULTATIONS)
    yield from ((f"shuffled {name}", shuffled, (data, name, copies)) for name in CONSULTATIONS)
    yield from ((f"10,000 x 500 {part}", large_consultation, (part,)) for part in (0.3, 1.0))
    yield from ((name, election, (data, name)) for name in ELECTIONS)
    yield from ((f"10,000 x 200 {rule}", large_election, (rule,)) for rule in (Completion.ADD1, Completion.ADD1U))
    yield ("ranking Krakow", places, (data, "Poland_Krakow_2022_Podgorze"))
    yield from ((f"30 x 10,000 {spread}", large_ranking, (spread,)) for spread in (1.0, 0.1, 0.0))


def main() -> None:
    """Print a row per instance and write them all to `results/opinions.json`."""
    parser = argparse.ArgumentParser(description="Measure the opinions engine.")
    parser.add_argument("data", type=Path)
    parser.add_argument("--only", nargs="*", default=[], help="instances whose name contains one of these words")
    parser.add_argument("--copies", type=int, default=20, help="shuffled copies of each consultation")
    options = parser.parse_args()
    print(LINE.format(*WORDS))
    found = []
    for name, function, arguments in tasks(options.data, options.copies):
        if options.only and not any(word in name for word in options.only):
            continue
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
            result = process.submit(function, *arguments).result()
        found.append(result)
        print(LINE.format(*asdict(result).values()), flush=True)
    if not options.only:
        write(found)


def write(found: list[Row]) -> None:
    RESULTS.parent.mkdir(exist_ok=True)
    versions = {"python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__}
    machine = {"machine": platform.machine(), "cores": os.cpu_count()}
    document = {"versions": versions, **machine, "rows": [asdict(one) for one in found]}
    RESULTS.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
