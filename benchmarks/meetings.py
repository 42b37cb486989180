"""Measure the meetings engine: `python benchmarks/meetings.py DATA [--seconds S] [--only NAME …]`.

DATA holds instances of the Business-to-Business Meeting Scheduling Problem (`NAME.original.dzn`) and `published.csv`
with the columns `instance` and `optimum`. One row per instance, then made-up problems of the product profile.
"""

import argparse
import csv
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import perf_counter

from hemicycle.engines.meetings import Problem, solve, verify
from hemicycle.engines.meetings.clock import Clock
from hemicycle.engines.meetings.construct import construct
from hemicycle.engines.meetings.dzn import read_dzn
from hemicycle.engines.meetings.eject import Filler
from hemicycle.engines.meetings.generate import generate
from hemicycle.engines.meetings.indexed import Indexed

WORDS = ("instance", "value", "bound", "published", "seconds", "first", "status", "verified")
HEAD = "{:<22}{:>7}{:>7}{:>11}{:>9}{:>8}  {:<12}{:<10}".format(*WORDS)
LINE = "{:<22}{:>7}{:>7}{:>11}{:>9.1f}{:>8.3f}  {:<12}{:<10}{}"


@dataclass(frozen=True)
class MadeUp:
    """A problem to generate, and how long it may take."""

    name: str
    seconds: float
    people: int
    requests: int
    slots: int
    tables: int
    load: float = 1.0
    floor: int = 0

    def problem(self) -> Problem:
        """Return the problem of this row; equal in every run."""
        return generate(
            people=self.people,
            requests=self.requests,
            slots=self.slots,
            tables=self.tables,
            load=self.load,
            floor=self.floor,
            seed=1,
        )


MADE_UP = (
    MadeUp("800 requests", 2, 170, 800, 16, 60),
    MadeUp("800 too few tables", 10, 170, 800, 16, 35, load=2),
    MadeUp("1600 over-subscribed", 10, 170, 1600, 16, 60, load=2, floor=2),
    MadeUp("5000 requests", 10, 700, 5000, 20, 300),
    MadeUp("20000 requests", 20, 2000, 20000, 25, 900),
)


def main() -> None:
    """Print a row per instance and the sums."""
    parser = argparse.ArgumentParser(description="Measure the meetings engine.")
    parser.add_argument("data", type=Path)
    parser.add_argument("--seconds", type=float, default=45.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", nargs="*", default=[])
    options = parser.parse_args()
    print(HEAD)
    same = rows = 0
    total = 0.0
    with (options.data / "published.csv").open(encoding="utf-8") as published:
        for row in csv.DictReader(published):
            name, optimum = row["instance"], row["optimum"]
            if options.only and name not in options.only:
                continue
            problem = read_dzn((options.data / f"{name}.original.dzn").read_text(encoding="utf-8"))
            proven, seconds = measure(name, problem, seconds=options.seconds, seed=options.seed, published=optimum)
            rows, same, total = rows + 1, same + proven, total + seconds
    print(f"{same} of {rows} proven equal to the published optimum, {total:.1f} s in all")
    for made in MADE_UP:
        if not options.only or made.name in options.only:
            measure(made.name, made.problem(), seconds=made.seconds, seed=options.seed, published="")


def measure(name: str, problem: Problem, *, seconds: float, seed: int, published: str) -> tuple[bool, float]:
    """Solve, verify and print; return whether the published optimum was proven, and the seconds."""
    first = time_to_first(problem, seed)
    begin = perf_counter()
    solution = solve(problem, seconds=seconds, seed=seed)
    took = perf_counter() - begin
    verdict = "yes" if verify(problem, solution).ok else "NO"
    lost = 100 * (1 - solution.weight / max(1, solution.weight_bound))
    note = f"{solution.placed}/{solution.requested} placed" + (f", {lost:.2f} % of weight to the bound" if lost else "")
    value = "none" if solution.value is None else solution.value
    print(LINE.format(name, value, solution.bound, published, took, first, solution.status, verdict, note), flush=True)
    return str(solution.value) == published and solution.value == solution.bound, took


def time_to_first(problem: Problem, seed: int) -> float:
    """Return the seconds to the first timetable that holds everything that will be held at once."""
    begin = perf_counter()
    table, left = construct(Indexed(problem), Random(seed))
    if left and problem.profile == "literature":
        clock = Clock(seconds=5, iterations=None, cancel=None)
        Filler(table, Random(seed)).run(clock.share(seconds=5, part=1), lambda: None)
    return perf_counter() - begin


if __name__ == "__main__":
    main()
