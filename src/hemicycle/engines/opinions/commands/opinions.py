"""`hemicycle solve opinions FILE`: a Polis export (file or folder), or a wide table."""

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hemicycle.engines import terminal

if TYPE_CHECKING:
    from hemicycle.engines.opinions.statements import Progress

NO_GROUPS = "no clear groups"
EXPORTS = ("participants-votes.csv", "votes.csv")


def options(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    terminal.common(
        parser, file="a Polis export, its folder, or a table (CSV) of participants and statements", limit=60
    )
    parser.add_argument("--minimum", type=terminal.whole(0), default=10, help="votes a finding needs on each side (10)")


def run(given: argparse.Namespace) -> int:
    """Read, solve, print; return the exit code."""
    # thousands of small products: a second thread only waits for the first, longest on a busy machine
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from hemicycle.engines.opinions.statements import solve  # noqa: PLC0415  # NumPy reads the line above once
    from hemicycle.engines.opinions.statements.formats import answer, read  # noqa: PLC0415

    problem = terminal.read_text(_export(given.file), read)
    with terminal.interruptible() as interrupted:
        solution = solve(
            problem,
            seconds=given.seconds,
            seed=given.seed,
            minimum=given.minimum,
            progress=_say,
            cancel=interrupted,
        )
    found = answer(problem, solution)
    return terminal.put(found, summary=lambda: _summary(found), as_json=given.json)


def _export(path: Path) -> Path:
    """Return the export in a folder, or the path itself."""
    return next((path / name for name in EXPORTS if (path / name).is_file()), path)


def _say(progress: "Progress") -> None:
    terminal.say(f"{progress.seconds:6.1f} s  {progress.phase}")


def _summary(found: dict[str, Any]) -> str:
    """Say the result in a few lines."""
    test = found["test"]
    groups = found["groups"]
    sizes = groups if groups == NO_GROUPS else " and ".join(str(len(group["members"])) for group in groups) + " people"
    lines = [f"{sizes}, after {found['seconds']} s; {found['left_out']} of {found['people']} voted too little"]
    lines.append(
        f"p {test['p']} (at most 0.05), agreement of halves {test['agreement']} (at least 0.3), "
        f"smallest group {test['smallest']} (at least {test['needed']})"
    )
    for number, typical in enumerate(found["representative"], 1):
        lines += [
            f"group {number}: {one['answer']} with {one['statement']} ({one['inside']:.0%}, others {one['outside']:.0%})"
            for one in typical[:5]
        ]
    lines += [f"common: {one['statement']} (at least {one['lower_bound']:.0%})" for one in found["common_ground"][:5]]
    return "\n".join(lines)
