"""Measure the programme engine: `python benchmarks/programme.py DATA [--only NAME …] [--seconds S] [--seed N]`.

DATA/programme/cosplib holds workbooks of the library CoSPLib, DATA/programme/agendas published schedules. One row for
each instance, each in a process of its own, so that its memory is its own; then results/programme.json, where rows
that were not run stay as they are. Every timetable and every agenda is checked by the verifier.
"""

import argparse
import json
import lzma
import platform
import resource
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from importlib import import_module
from importlib.metadata import version
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path
from random import Random
from time import perf_counter, process_time
from typing import Any

from hemicycle.engines.programme import Interest, Person, Placement, Problem, Solution, Window, solve, verify
from hemicycle.engines.programme.cosplib.answer import answer, unscaled
from hemicycle.engines.programme.cosplib.solver import solve_full
from hemicycle.engines.programme.cosplib.verify import total, verify_rows
from hemicycle.engines.programme.cosplib.workbook import read_instance
from hemicycle.engines.programme.formats.compact import read_compact, write_compact
from hemicycle.engines.programme.formats.schedule import Schedule, clashes, moved, problem_of
from hemicycle.engines.programme.formats.xml import read_xml, write_xml
from hemicycle.engines.programme.generate import generate
from hemicycle.engines.programme.verify import check, measure

RESULTS = Path(__file__).parent / "results" / "programme.json"
FLOORS = {
    "N2OR": 1,
    "GECCO19": 1_000_027,
    "GECCO20": 5_781,
    "GECCO21": 10_933,
    "GECCO22": 1_498,
    "GECCO23": 659,
    "OR60F": 427,
    "OR60F2": 29,
}
AGENDAS = (
    "31c3.xml.xz",
    "debconf17.xml.xz",
    "fosdem2024.xml.xz",
    "fosdem2024.compact.json",
    "pyconfr2024.compact.json",
)
COLUMNS = ("instance", "value", "bound", "floor", "seconds", "cpu", "memory", "status", "verified", "note")
LINE = "{:<24}{:>9}{:>9}{:>11}{:>9}{:>9}{:>8}  {:<11}{:<9}{}"
Row = dict[str, Any]


def main() -> None:
    """Print a row for each instance and write them down."""
    parser = argparse.ArgumentParser(description="Measure the programme engine.")
    parser.add_argument("data", type=Path)
    parser.add_argument("--only", nargs="*", default=[], help="names of rows; all when not given")
    parser.add_argument("--seconds", type=float, default=120.0, help="for each workbook")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    rows = _rows(options.data / "programme", options.seconds, options.seed)
    unknown = sorted(set(options.only) - set(rows))
    if unknown:
        parser.error(f"not known: {', '.join(unknown)}; known: {', '.join(rows)}")
    print(LINE.format(*COLUMNS))
    for name in options.only or rows:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
            row = {"instance": name} | process.submit(_measured, rows[name]).result()
        print(LINE.format(*("" if row.get(key) is None else row[key] for key in COLUMNS)), flush=True)
        _write(row)


def _rows(data: Path, seconds: float, seed: int) -> dict[str, Callable[[], Row]]:
    """Return what there is to measure, by name."""
    found: dict[str, Callable[[], Row]] = {
        path.stem: partial(workbook, path, seconds, seed) for path in sorted((data / "cosplib").glob("*.xlsx"))
    }
    agendas = data / "agendas"
    return (
        found
        | {
            "60 sessions": partial(sixty, seed),
            "60 with favourites": partial(favourites, seed),
            "60 planned anew": partial(planned_anew, seed),
            "fosdem2024 favourites": partial(fosdem, agendas / "fosdem2024.compact.json", seed),
        }
        | {name: partial(round_trip, agendas / name) for name in AGENDAS}
    )


def _measured(row: Callable[[], Row]) -> Row:
    """Run a row; add peak memory of this process in MB (Linux counts in KB, macOS in bytes).

    OR-Tools is loaded before, so that this is not counted.
    """
    import_module("ortools.sat.python.cp_model")
    found = row()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return found | {"memory": round(peak / (2**20 if sys.platform == "darwin" else 2**10))}


def _write(row: Row) -> None:
    """Put a row among the results, with the versions it was measured with."""
    RESULTS.parent.mkdir(exist_ok=True)
    known = json.loads(RESULTS.read_text(encoding="utf-8"))["rows"] if RESULTS.exists() else []
    rows = [row if one["instance"] == row["instance"] else one for one in known]
    rows += [] if row in rows else [row]
    told = {
        "python": platform.python_version(),
        "versions": {name: version(name) for name in ("numpy", "ortools")},
        "machine": platform.machine(),
        "cores": cpu_count(),
        "rows": rows,
    }
    RESULTS.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


class _Watch:
    """Wall and CPU seconds since it was made; all threads count."""

    def __init__(self) -> None:
        self.begin, self.cpu = perf_counter(), process_time()

    def figures(self) -> Row:
        """Return both, rounded."""
        return {"seconds": round(perf_counter() - self.begin, 2), "cpu": round(process_time() - self.cpu, 2)}


def workbook(path: Path, seconds: float, seed: int) -> Row:
    """Minimise the library's full objective."""
    instance = read_instance(path.read_bytes())
    watch = _Watch()
    found = solve_full(instance, seconds=seconds, seed=seed, workers=2)
    figures = watch.figures()
    told = answer(instance, found)
    wrong, terms = verify_rows(instance, told["tracks"], told["submissions"])
    verified = not wrong and unscaled(instance, total(instance, terms)) == told["value"]
    counts = (len(instance.tracks), len(instance.submissions), len(instance.sessions), len(instance.rooms))
    return figures | {
        "value": told["value"],
        "bound": told["bound"],
        "floor": FLOORS.get(path.stem),
        "status": told["status"],
        "verified": "yes" if verified else "NO",
        "note": "{} tracks, {} submissions, {} sessions, {} rooms".format(*counts),
    }


def _sixty(attendees: int = 0) -> Problem:
    return generate(sessions=60, rooms=5, days=2, seed=1, attendees=attendees)


def _row(problem: Problem, found: Solution, level: str, figures: Row) -> Row:
    """Return the figures of one level of a solution."""
    one = next(one for one in found.levels if one.name == level)
    return figures | {
        "value": one.value,
        "bound": one.bound,
        "status": found.status.value,
        "verified": "yes" if verify(problem, found).ok else "NO",
    }


def sixty(seed: int) -> Row:
    """Every organiser's rule; two CPU seconds."""
    problem = _sixty()
    watch = _Watch()
    phases: dict[str, float] = {}
    found = solve(
        problem, seconds=20, seed=seed, progress=lambda told: phases.setdefault(told.phase, watch.figures()["cpu"])
    )
    figures = watch.figures()
    after = min(cpu for phase, cpu in phases.items() if phase in ("interests", "comfort"))
    levels = ", ".join(f"{one.name} {one.value}/{one.bound}" for one in found.levels)
    note = f"rules proven after {after:.1f} s CPU; {levels}"
    return _row(problem, found, "rules", figures) | {"floor": "2 s CPU", "note": note}


def favourites(seed: int) -> Row:
    """The same with 300 people's eight favourites each; eight CPU seconds."""
    problem = _sixty(attendees=300)
    watch = _Watch()
    found = solve(problem, seconds=7.5, seed=seed)
    figures = watch.figures()
    levels = ", ".join(f"{one.name} {one.value}/{one.bound}" for one in found.levels)
    return _row(problem, found, "interests", figures) | {"floor": 626, "note": levels}


def planned_anew(seed: int) -> Row:
    """A room closes on the second day, and a speaker drops a day; three CPU seconds."""
    problem = _sixty()
    told = solve(problem, seconds=20, seed=seed).agenda
    changed, forced = disturbed(problem, told)
    watch = _Watch()
    found = solve(changed, seconds=20, seed=seed)
    figures = watch.figures()
    moved_ones = {now.session for now, before in zip(found.agenda, told, strict=True) if now != before}
    note = f"{len(moved_ones)} of {len(told)} sessions moved, {len(forced)} had to"
    verdict = {"floor": "3 s CPU", "note": note}
    if moved_ones != forced:
        verdict["note"] += ": OTHERS MOVED"
    return _row(changed, found, "changes", figures) | verdict


def disturbed(problem: Problem, told: tuple[Placement, ...]) -> tuple[Problem, set[str]]:
    """Close the last room on the second day; keep the first speaker who has one session from its day.

    Returns the problem with the agenda published, and the sessions that cannot stay.
    """
    last = problem.rooms[-1]
    rooms = (*problem.rooms[:-1], replace(last, windows=(Window(0, 0, 24 * 60),)))
    times = Counter(one.person for session in problem.sessions for one in session.people)
    bound = {person.id for person in problem.people if person.windows}
    speaker, session = next(
        (one.person, session.id)
        for session in problem.sessions
        for one in session.people
        if times[one.person] == 1 and one.person not in bound
    )
    place = next(one for one in told if one.session == session)
    free = Person(id=speaker, windows=(Window(1 - place.day, 0, 24 * 60),))
    closed = {one.session for one in told if one.room == last.id and one.day == 1}
    others = tuple(person for person in problem.people if person.id != speaker)
    changed = replace(problem, rooms=rooms, people=(*others, free), published=told)
    return changed, closed | {session}


def fosdem(path: Path, seed: int) -> Row:
    """2,000 people's made-up favourites, tracks left in their rooms and hours; twenty seconds."""
    schedule = read_compact(path.read_text(encoding="utf-8"))
    problem = problem_of(schedule, interests=made_up(schedule, 2000, 8, Random(seed)))
    before = measure(problem, problem.draft)["interests"]
    watch = _Watch()
    found = solve(problem, seconds=20, seed=seed)
    figures = watch.figures()
    row = _row(problem, found, "interests", figures)
    new = moved(schedule, found.agenda)
    note = (
        f"{before} overlaps before, {100 * (row['value'] / before - 1):+.1f} %; speakers in two places: "
        f"{len(clashes(schedule))} before, {len(clashes(new))} now; broken before: {len(check(problem, problem.draft))}"
    )
    return row | {"floor": "-52 %", "note": note}


def made_up(schedule: Schedule, people: int, favourites: int, rng: Random) -> list[Interest]:
    """Return people who like three tracks and bookmark mostly their talks."""
    tracks = sorted({event.track for event in schedule.events})
    of = {track: [event.id for event in schedule.events if event.track == track] for track in tracks}
    everything = [event.id for event in schedule.events]
    found = []
    for number in range(people):
        near = [name for track in rng.sample(tracks, min(3, len(tracks))) for name in of[track]]
        wished = set(rng.sample(near, min(len(near), favourites * 3 // 4)))
        wished |= set(rng.sample(everything, favourites - len(wished)))
        found.append(Interest(f"guest {number}", frozenset(wished)))
    return found


def round_trip(path: Path) -> Row:
    """Read a schedule, write it in both forms, read these: the same events each time."""
    content = path.read_bytes()
    content = lzma.decompress(content) if path.suffix == ".xz" else content
    watch = _Watch()
    given = read_compact(content.decode()) if path.name.endswith(".json") else read_xml(content)
    kept = [_key(read_xml(write_xml(given))), _key(read_compact(write_compact(given)))]
    figures = watch.figures()
    same = all(one == _key(given) for one in kept)
    count = min(map(len, kept))
    return figures | {
        "value": count,
        "bound": len(given.events),
        "floor": len(given.events),
        "status": "kept" if same else "CHANGED",
        "verified": "yes" if same else "NO",
        "note": "events after a round trip through XML and through JSON; the bound is how many there were",
    }


def _key(schedule: Schedule) -> list[tuple[Any, ...]]:
    """Return what must survive of every event."""
    return sorted(
        (one.id, one.day, one.date, one.start, one.length, one.room, one.title, one.track, len(one.voices))
        for one in schedule.events
    )


if __name__ == "__main__":
    main()
