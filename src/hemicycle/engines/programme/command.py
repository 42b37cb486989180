"""`hemicycle solve programme FILE`: a CoSPLib workbook or the project's own JSON."""

import argparse
from pathlib import Path
from typing import Any

from hemicycle.engines import terminal
from hemicycle.engines.files import BadFile
from hemicycle.engines.programme.cosplib import answer as tracks
from hemicycle.engines.programme.cosplib.exact import solve_exact
from hemicycle.engines.programme.cosplib.instance import Instance
from hemicycle.engines.programme.cosplib.solver import solve_full
from hemicycle.engines.programme.cosplib.workbook import read_instance
from hemicycle.engines.programme.formats.agenda_json import answer
from hemicycle.engines.programme.formats.own import read_json
from hemicycle.engines.programme.problem import Problem
from hemicycle.engines.programme.solution import Progress
from hemicycle.engines.programme.solver import solve


def options(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    terminal.common(parser, file="a CoSPLib workbook (.xlsx), or the project's own JSON", limit=120.0)
    parser.add_argument("--model", choices=("full", "exact"), default="full", help="objective of a workbook (full)")


def run(given: argparse.Namespace) -> int:
    """Read, solve, print; return the exit code."""
    problem = _read(given.file)
    with terminal.interruptible() as interrupted:
        limits = {
            "seconds": given.seconds,
            "seed": given.seed,
            "workers": given.workers,
            "progress": _say,
            "cancel": interrupted,
        }
        if isinstance(problem, Instance):
            solver = solve_exact if given.model == "exact" else solve_full
            told = tracks.answer(problem, solver(problem, **limits))
        else:
            told = answer(problem, solve(problem, **limits))
    return terminal.put(told, summary=lambda: _summary(told), as_json=given.json)


def _read(path: Path) -> Problem | Instance:
    if path.suffix.lower() != ".xlsx":
        return terminal.read_text(path, read_json)
    try:
        return read_instance(path.read_bytes())
    except BadFile as broken:
        raise terminal.BadCall(f"{path}: line {broken.line}: {broken.reason}") from broken
    except (OSError, ValueError) as broken:
        reason = getattr(broken, "strerror", None) or broken
        raise terminal.BadCall(f"{path}: {reason}") from broken


def _say(progress: Progress) -> None:
    value = "nothing yet" if progress.value is None else f"{progress.value:g}"
    known = "" if progress.bound is None else f" (at least {progress.bound:g})"
    terminal.say(f"{progress.seconds:6.1f} s  {progress.phase}: {value}{known}")


def _summary(told: dict[str, Any]) -> str:
    """Say the result in a few lines."""
    lines = [f"{told['status']} after {told['seconds']} s: {told['value']}, at least {told['bound']}"]
    lines += [f"{row['name']}: {row['value']}, at least {row['bound']}" for row in told.get("levels", ())]
    lines += [f"{row['session']}, {row['room']}: {row['track']}" for row in told.get("tracks", ())]
    lines += [f"{row['day']} {row['start']}, {row['room']}: {row['session']}" for row in told.get("agenda", ())]
    return "\n".join([*lines, *told["reasons"]])
