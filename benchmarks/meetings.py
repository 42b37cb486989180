"""Measure the meetings engine: `python benchmarks/meetings.py DATA [--seconds S] [--only NAME …]`.

DATA holds instances of the Business-to-Business Meeting Scheduling Problem (`NAME.original.dzn`) and `published.csv`
with the columns `instance` and `optimum`, or a folder `meetings` with that. One row per
instance, then made-up problems of the product profile.
"""

import argparse
import csv
import json
import os
import platform
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from random import Random
from resource import RUSAGE_SELF, getrusage
from time import perf_counter, process_time
from typing import Any

import numpy as np
import ortools

from hemicycle.engines.meetings import Problem, solve, verify
from hemicycle.engines.meetings.clock import Clock
from hemicycle.engines.meetings.construct import construct
from hemicycle.engines.meetings.dzn import read_dzn
from hemicycle.engines.meetings.eject import Filler
from hemicycle.engines.meetings.generate import generate
from hemicycle.engines.meetings.indexed import Indexed

RESULTS = Path(__file__).parent / "results" / "meetings.json"
WORDS = ("instance", "value", "bound", "floor", "published", "seconds", "cpu", "MB", "first", "status", "verified")
HEAD = "{:<22}{:>7}{:>7}{:>7}{:>11}{:>9}{:>8}{:>7}{:>8}  {:<12}{:<10}".format(*WORDS)
LINE = "{:<22}{:>7}{:>7}{:>7}{:>11}{:>9.1f}{:>8.1f}{:>7}{:>8.3f}  {:<12}{:<10}{}"


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
    """Print a row per instance and the sums; write them all to `results/meetings.json`."""
    parser = argparse.ArgumentParser(description="Measure the meetings engine.")
    parser.add_argument("data", type=Path, help="the folder of the instances, or the one above it")
    parser.add_argument("--seconds", type=float, default=45.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", nargs="*", default=[])
    options = parser.parse_args()
    folder = options.data / "meetings" if (options.data / "meetings").is_dir() else options.data
    print(HEAD)
    rows = []
    with (folder / "published.csv").open(encoding="utf-8") as published:
        for row in csv.DictReader(published):
            if not options.only or row["instance"] in options.only:
                source = str(folder / f"{row['instance']}.original.dzn")
                rows.append(apart(row["instance"], source, options.seconds, options.seed, row["optimum"]))
    same = sum(row["value"] == row["bound"] == int(row["published"]) for row in rows)
    total = sum(row["seconds"] for row in rows)
    print(f"{same} of {len(rows)} proven equal to the published optimum, {total:.1f} s in all")
    rows += [
        apart(made.name, made, made.seconds, options.seed, "")
        for made in MADE_UP
        if not options.only or made.name in options.only
    ]
    if not options.only:
        write(rows)


def apart(*arguments: Any) -> dict[str, Any]:
    """Measure in a process of its own, so that its memory is its own; print the row."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        row = process.submit(measure, *arguments).result()
    print(LINE.format(*row.values()), flush=True)
    return row


def measure(name: str, source: str | MadeUp, seconds: float, seed: int, published: str) -> dict[str, Any]:
    """Solve and verify one problem; the floor of an original is the published optimum, proven."""
    problem = source.problem() if isinstance(source, MadeUp) else read_dzn(Path(source).read_text(encoding="utf-8"))
    first = time_to_first(problem, seed)
    begin, work = perf_counter(), process_time()
    solution = solve(problem, seconds=seconds, seed=seed)
    took, cpu = perf_counter() - begin, process_time() - work
    lost = 100 * (1 - solution.weight / max(1, solution.weight_bound))
    peak = getrusage(RUSAGE_SELF).ru_maxrss // 1024
    return {
        "instance": name, "value": "none" if solution.value is None else solution.value, "bound": solution.bound,
        "floor": published, "published": published, "seconds": round(took, 2), "cpu": round(cpu, 2), "memory": peak,
        "first": round(first, 4), "status": str(solution.status),
        "verified": "yes" if verify(problem, solution).ok else "NO",
        "note": f"{solution.placed}/{solution.requested} placed" + (f", {lost:.2f} % of weight to the bound" if lost else ""),
    }  # fmt: skip


def write(rows: list[dict[str, Any]]) -> None:
    """Keep the rows with what they were measured with."""
    versions = {"python": platform.python_version(), "ortools": ortools.__version__, "numpy": np.__version__}
    document = {"versions": versions, "machine": platform.machine(), "cores": os.cpu_count(), "rows": rows}
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


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
