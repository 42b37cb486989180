"""`hemicycle solve shares FILE`: a Pabulib `.pb` file, or a table."""

import argparse
from fractions import Fraction
from typing import Any

from hemicycle.engines import terminal
from hemicycle.engines.opinions.delimited import AMOUNT
from hemicycle.engines.opinions.shares import Completion, Progress, Rule, solve
from hemicycle.engines.opinions.shares.formats import answer, read


def options(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    terminal.common(parser, file="a Pabulib .pb file, or a table (CSV) of voters and projects")
    parser.add_argument(
        "--rule", choices=[rule.value for rule in Rule], default="mes", help="how winners are found (mes)"
    )
    parser.add_argument(
        "--completion",
        choices=[completion.value for completion in Completion],
        default="add1u",
        help="what Equal Shares does with money left over (add1u)",
    )
    parser.add_argument("--budget", type=_amount, help="goes before that of the file")
    parser.add_argument("--unit", type=_amount, default=Fraction(1), help="a step of add1, for each voter (1)")
    parser.add_argument("--category", default="category", help="column that tells the stakeholder category")
    parser.add_argument(
        "--minimum", type=terminal.whole(0), default=10, help="fewest people a published line is about (10)"
    )


def run(given: argparse.Namespace) -> int:
    """Read, solve, print; return the exit code."""
    pb = given.file.suffix.lower() == ".pb"
    problem = terminal.read_text(
        given.file, lambda text: read(text, pb=pb, budget=given.budget, unit=given.unit, category=given.category)
    )
    with terminal.interruptible() as interrupted:
        solution = solve(
            problem,
            rule=Rule(given.rule),
            completion=Completion(given.completion),
            seconds=given.seconds,
            seed=given.seed,
            minimum=given.minimum,
            progress=_Saying(),
            cancel=interrupted,
        )
    found = answer(solution)
    return terminal.put(found, summary=lambda: _summary(found), as_json=given.json)


class _Saying:
    """Says the progress once a second."""

    def __init__(self) -> None:
        self.last = 0.0

    def __call__(self, progress: Progress) -> None:
        if progress.seconds - self.last >= 1:
            self.last = progress.seconds
            terminal.say(f"{progress.seconds:6.1f} s  {progress.endowment:g} each: {progress.winners} projects")


def _summary(found: dict[str, Any]) -> str:
    """Say the result in a few lines."""
    certificate = found["certificate"]
    lines = [f"{len(found['winners'])} projects for {found['spent']}, {found['status']} after {found['seconds']} s"]
    lines += [f"{w['project']}: {w['price']}, {w['supporters']} supporters ({w['phase']})" for w in found["winners"]]
    lines.append(f"{found['uncovered']:.1%} of the voters have nothing")
    lines.append(f"{certificate['axiom']}: {'holds' if certificate['holds'] else 'does not hold'}")
    return "\n".join(lines)


def _amount(word: str) -> Fraction:
    if AMOUNT.fullmatch(word) is None or Fraction(word.replace(",", ".")) <= 0:
        raise argparse.ArgumentTypeError(f"{word!r} is not an amount above 0")
    return Fraction(word.replace(",", "."))
