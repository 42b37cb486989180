"""`hemicycle solve programme FILE`: a CoSPLib workbook or the project's own JSON."""

import argparse
from pathlib import Path
from typing import Any

from hemicycle.engines import terminal
from hemicycle.engines.files import BadFile
from hemicycle.engines.programme.cosplib.answer import answer
from hemicycle.engines.programme.cosplib.exact import solve_exact
from hemicycle.engines.programme.cosplib.instance import Instance
from hemicycle.engines.programme.cosplib.solver import solve_full
from hemicycle.engines.programme.cosplib.workbook import read_instance
from hemicycle.engines.programme.solution import Progress


def options(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    terminal.common(parser, file="a CoSPLib workbook (.xlsx), or the project's own JSON", limit=120.0)
    parser.add_argument("--model", choices=("full", "exact"), default="full", help="objective of a workbook (full)")


def run(given: argparse.Namespace) -> int:
    """Read, solve, print; return the exit code."""
    instance = _workbook(given.file)
    solve = solve_exact if given.model == "exact" else solve_full
    with terminal.interruptible() as interrupted:
        found = solve(
            instance,
            seconds=given.seconds,
            seed=given.seed,
            workers=given.workers,
            progress=_say,
            cancel=interrupted,
        )
    told = answer(instance, found)
    return terminal.put(told, summary=lambda: _summary(told), as_json=given.json)


def _workbook(path: Path) -> Instance:
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
    lines += [f"{row['session']}, {row['room']}: {row['track']}" for row in told["tracks"]]
    return "\n".join([*lines, *told["reasons"]])
