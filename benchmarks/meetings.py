"""Measure the meetings engine: `python benchmarks/meetings.py DATA [--seconds S] [--only NAME …] [--variants N]`.

DATA holds instances of the Business-to-Business Meeting Scheduling Problem (`NAME.original.dzn`) and `published.csv`
with the columns `instance` and `optimum`, or a folder `meetings` with that. One row per
instance, then made-up problems of the product profile. `--variants N` measures N relatives of the public instances
instead (see `meetings_variants.py`).
"""

import argparse
import csv
import json
import os
import platform
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from random import Random
from resource import RUSAGE_SELF, getrusage
from time import perf_counter, process_time
from typing import Any

import numpy as np
import ortools
from meetings_variants import KINDS, variant

from hemicycle.engines.meetings import Problem, Profile, solve, verify
from hemicycle.engines.meetings.clock import Clock
from hemicycle.engines.meetings.construct import construct
from hemicycle.engines.meetings.dzn import read_dzn
from hemicycle.engines.meetings.eject import Filler
from hemicycle.engines.meetings.generate import generate
from hemicycle.engines.meetings.indexed import Indexed

RESULTS = Path(__file__).parent / "results" / "meetings.json"
# Chance of a blocked slot with which the runs of usable slots force about as many gaps as in the bars.
AWAY_SMALL, AWAY_LARGE = 0.06, 0.0825
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
    away: float = 0.1
    waiting: bool = False
    bar: str = ""

    def problem(self) -> Problem:
        """Return the problem of this row; equal in every run. `waiting`: blocked slots count as gaps."""
        problem = generate(
            people=self.people,
            requests=self.requests,
            slots=self.slots,
            tables=self.tables,
            load=self.load,
            floor=self.floor,
            away=self.away,
            seed=1,
        )
        return replace(problem, profile=Profile.LITERATURE, spread=None) if self.waiting else problem


MADE_UP = (
    MadeUp("800 requests", 2, 170, 800, 16, 60, bar="all"),
    MadeUp("5000 requests", 10, 700, 5000, 20, 300, bar="all"),
    MadeUp("20000 requests", 20, 2000, 20000, 25, 900, bar="99.98 %"),
    MadeUp("60000 requests", 30, 5000, 60000, 30, 2200, bar="99.99 %"),
    MadeUp("800 waiting counts", 10, 170, 800, 16, 60, away=AWAY_SMALL, waiting=True, bar="101/64"),
    MadeUp("5000 waiting counts", 10, 700, 5000, 20, 300, away=AWAY_LARGE, waiting=True, bar="727/604"),
    MadeUp("800 over", 10, 170, 800, 16, 35, load=2, bar="0.4 %"),
    MadeUp("1600 over", 10, 170, 1600, 16, 60, load=2, bar="0.9 %"),
    MadeUp("1600 over, floor 2", 10, 170, 1600, 16, 60, load=2, floor=2, bar="0 short"),
    MadeUp("5000 over", 10, 400, 5000, 20, 150, load=2, bar="1.4 %"),
    MadeUp("20000 over", 10, 1300, 20000, 25, 500, load=2, bar="1.8 %"),
)
# Meetings taken out of a full timetable and put back: milliseconds for each.
REPAIRS = (
    ("800 repair", 170, 800, 16, 60),
    ("5000 repair", 700, 5000, 20, 300),
    ("20000 repair", 2000, 20000, 25, 900),
)


def main() -> None:
    """Print a row per instance and the sums; write them all to `results/meetings.json`."""
    parser = argparse.ArgumentParser(description="Measure the meetings engine.")
    parser.add_argument("data", type=Path, help="the folder of the instances, or the one above it")
    parser.add_argument("--seconds", type=float, default=45.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--variants", type=int, default=0, help="measure so many relatives of the instances instead")
    options = parser.parse_args()
    folder = options.data / "meetings" if (options.data / "meetings").is_dir() else options.data
    print(HEAD)
    with (folder / "published.csv").open(encoding="utf-8") as published:
        optimum = {row["instance"]: row["optimum"] for row in csv.DictReader(published)}
    if options.variants:
        variants(folder, list(optimum), options)
        return
    rows = []
    for name, best in optimum.items():
        if not options.only or name in options.only:
            source = str(folder / f"{name}.original.dzn")
            rows.append(apart(name, source, options.seconds, options.seed, best))
    same = sum(row["value"] == row["bound"] == int(row["published"]) for row in rows)
    total = sum(row["seconds"] for row in rows)
    print(f"{same} of {len(rows)} proven equal to the published optimum, {total:.1f} s in all")
    rows += [
        apart(made.name, made, made.seconds, options.seed, made.bar)
        for made in MADE_UP
        if not options.only or made.name in options.only
    ]
    for name, *size in REPAIRS:
        if not options.only or name in options.only:
            rows.append(repair(name, *size))
    if not options.only:
        write(rows)


def variants(folder: Path, names: list[str], options: argparse.Namespace) -> None:
    """Print a row for each of so many relatives of the instances, and how many ended without a proof."""
    every = [(name, kind) for kind in range(len(KINDS)) for name in names]
    chosen = [every[place * len(every) // options.variants] for place in range(min(options.variants, len(every)))]
    rows = []
    for name, kind in chosen:
        source = str(folder / f"{name}.original.dzn")
        rows.append(apart(f"{name}.{KINDS[kind].__name__}", source, options.seconds, options.seed, "", kind))
    proven = Counter(row["status"] for row in rows)
    print(", ".join(f"{count} {status}" for status, count in proven.most_common()), f"of {len(rows)} variants")


def repair(name: str, people: int, requests: int, slots: int, tables: int) -> dict[str, Any]:
    """Take a tenth of the meetings out of a timetable and insert them again in another order; print the row."""
    ix = Indexed(generate(people=people, requests=requests, slots=slots, tables=tables, seed=1))
    rng = Random(1)  # made-up data, not a secret
    table, _ = construct(ix, rng)
    out = [m for m in range(requests) if table.slot[m] < 0]
    for m in rng.sample([m for m in range(requests) if table.slot[m] >= 0], requests // 10):
        table.remove(m)
        out.append(m)
    rng.shuffle(out)
    begin, work = perf_counter(), process_time()
    inserted = sum(table.insert(m) for m in out)
    took, cpu = perf_counter() - begin, process_time() - work
    row = {
        "instance": name, "value": "", "bound": "", "floor": "0.25 ms", "published": "", "seconds": round(took, 4),
        "cpu": round(cpu, 4), "memory": getrusage(RUSAGE_SELF).ru_maxrss // 1024, "first": 0.0, "status": "",
        "verified": "", "note": f"{1000 * cpu / inserted:.3f} ms for each of {inserted}, {len(out) - inserted} without a place",
    }  # fmt: skip
    print(LINE.format(*row.values()), flush=True)
    return row


def apart(*arguments: Any) -> dict[str, Any]:
    """Measure in a process of its own, so that its memory is its own; print the row."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        row = process.submit(measure, *arguments).result()
    print(LINE.format(*row.values()), flush=True)
    return row


def measure(
    name: str, source: str | MadeUp, seconds: float, seed: int, bar: str, kind: int | None = None
) -> dict[str, Any]:
    """Solve and verify one problem; the floor of an original is the published optimum, proven."""
    published = "" if isinstance(source, MadeUp) else bar
    problem = source.problem() if isinstance(source, MadeUp) else read_dzn(Path(source).read_text(encoding="utf-8"))
    if kind is not None:
        problem = variant(problem, Path(source).name.split(".")[0], kind)  # type: ignore[arg-type]
    first = time_to_first(problem, seed)
    begin, work = perf_counter(), process_time()
    solution = solve(problem, seconds=seconds, seed=seed)
    took, cpu = perf_counter() - begin, process_time() - work
    lost = 100 * (1 - solution.weight / max(1, solution.weight_bound))
    peak = getrusage(RUSAGE_SELF).ru_maxrss // 1024
    return {
        "instance": name, "value": "none" if solution.value is None else solution.value, "bound": solution.bound,
        "floor": bar, "published": published, "seconds": round(took, 2), "cpu": round(cpu, 2), "memory": peak,
        "first": round(first, 4), "status": str(solution.status),
        "verified": "yes" if verify(problem, solution).ok else "NO",
        "note": f"{solution.placed}/{solution.requested} placed" + (f", {lost:.2f} % of weight to the bound" if lost else "")
        + "".join(f", {level.value} short of the floors" for level in solution.levels if level.name == "floor" and level.value)
        + "".join(f" {reason.text}" for reason in solution.reasons[:1]),
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
