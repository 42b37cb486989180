"""`hemicycle solve ranking FILE`: a Pabulib ordinal `.pb` file, or a table."""

import argparse
from typing import Any

from hemicycle.engines import terminal
from hemicycle.engines.opinions.ranking import Progress, solve
from hemicycle.engines.opinions.ranking.formats import answer, read


def options(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    terminal.common(parser, file="a Pabulib ordinal .pb file, or a table (CSV) of ballots")
    parser.add_argument("--times", type=terminal.whole(1), default=1000, help="draws of the bootstrap (1000)")
    parser.add_argument("--category", default="category", help="column that tells the stakeholder category")
    parser.add_argument("--minimum", type=terminal.whole(0), default=10, help="fewest people of a category (10)")


def run(given: argparse.Namespace) -> int:
    """Read, solve, print; return the exit code."""
    pb = given.file.suffix.lower() == ".pb"
    problem = terminal.read_text(given.file, lambda text: read(text, pb=pb, category=given.category))
    with terminal.interruptible() as interrupted:
        solution = solve(
            problem,
            seconds=given.seconds,
            seed=given.seed,
            times=given.times,
            minimum=given.minimum,
            progress=_say,
            cancel=interrupted,
        )
    found = answer(solution)
    return terminal.put(found, summary=lambda: _summary(found), as_json=given.json)


def _say(progress: Progress) -> None:
    terminal.say(f"{progress.seconds:6.1f} s  {progress.phase}")


def _summary(found: dict[str, Any]) -> str:
    """Say the result in a few lines."""
    lines = [f"{found['people']} ballots, after {found['seconds']} s"]
    for place in found["places"]:
        ties = f", practically tied with {', '.join(place['tied_with'])}" if place["tied_with"] else ""
        lines.append(f"{place['place']:3} {place['item']} ({place['low']}-{place['high']}){ties}")
    proven = "proven" if found["kemeny"]["proven"] else "not proven"
    lines.append(f"Kemeny ({proven}): {', '.join(found['kemeny']['order'])}")
    return "\n".join(lines)
