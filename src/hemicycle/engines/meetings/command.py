"""`hemicycle solve meetings FILE`: a `.dzn` file or the project's own JSON."""

import argparse
from typing import Any

from hemicycle.engines import terminal
from hemicycle.engines.meetings import Problem, Progress, Solution, solve
from hemicycle.engines.meetings.formats import answer, read


def options(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    terminal.common(parser, file="a .dzn file, or the project's own JSON")
    parser.add_argument("--spread", type=terminal.whole(0), help="greatest difference of breaks between two people (2)")


def run(given: argparse.Namespace) -> int:
    """Read, solve, print; return the exit code."""
    dzn = given.file.suffix.lower() == ".dzn"
    problem = terminal.read_text(given.file, lambda text: read(text, dzn=dzn, spread=given.spread))
    with terminal.interruptible() as interrupted:
        solution = solve(
            problem,
            seconds=given.seconds,
            seed=given.seed,
            workers=given.workers,
            progress=_say,
            cancel=interrupted,
        )
    found = answer(problem, solution, numbers=dzn)
    return terminal.put(found, summary=lambda: _summary(problem, solution, found), as_json=given.json)


def _say(progress: Progress) -> None:
    value = "" if progress.value is None else f", {progress.value} gaps (at least {progress.bound})"
    terminal.say(
        f"{progress.seconds:6.1f} s  {progress.phase}: {progress.placed} of {progress.requested} meetings{value}"
    )


def _summary(problem: Problem, solution: Solution, found: dict[str, Any]) -> str:
    """Say the result in a few lines."""
    lines = [f"{solution.status.value} after {solution.seconds} s: {solution.placed} of {solution.requested} meetings"]
    if solution.value is not None:
        lines.append(f"{solution.value} gaps, at least {solution.bound}; {len(problem.tables)} slots")
    lines += [reason.text for reason in solution.reasons]
    lines += [f"{entry['meeting']}: {' '.join(entry['reasons'])}" for entry in found["unplaced"]]
    return "\n".join(lines)
