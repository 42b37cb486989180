"""From ballots to winners, with what they cost whom and how far the result can be trusted."""

from collections import Counter
from collections.abc import Callable, Sequence
from fractions import Fraction

from hemicycle.engines.clock import Clock
from hemicycle.engines.opinions.shares.audit import replay
from hemicycle.engines.opinions.shares.certificate import certify
from hemicycle.engines.opinions.shares.completion import Round, add_one, by_votes
from hemicycle.engines.opinions.shares.equal import equal_shares
from hemicycle.engines.opinions.shares.indexed import Indexed
from hemicycle.engines.opinions.shares.ledger import Ledger
from hemicycle.engines.opinions.shares.payments import by_category
from hemicycle.engines.opinions.shares.phragmen import phragmen
from hemicycle.engines.opinions.shares.problem import Completion, Money, Problem, Rule
from hemicycle.engines.opinions.shares.solution import Paid, Phase, Progress, Solution, Status, Winner


def solve(
    problem: Problem,
    *,
    rule: Rule = Rule.MES,
    completion: Completion = Completion.ADD1U,
    seconds: float = 10.0,
    seed: int = 0,
    minimum: int = 10,
    progress: Callable[[Progress], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Solution:
    """Choose projects within the budget.

    Args:
        problem: projects, voters, budget.
        rule: how; `completion` counts for Equal Shares only.
        seconds: wall time for ADD1, after which the best so far is given (status STOPPED).
        seed: of the published order that decides ties. minimum: fewest supporters a line of `Winner.paid` stands for.
        progress: called once for each round. cancel: asked as often; True stops as if time were up.
    """
    clock = Clock(seconds=seconds, cancel=cancel)
    index = Indexed(problem, seed)
    account = _Account(problem, index, minimum)
    endowment: Fraction | None = None
    ended, audit = True, None
    if rule is Rule.MES:
        last, ended = _rounds(index, completion, _stopper(clock, progress, account))
        winners = account.shares(last)
        endowment = last.endowment / index.scale
        audit = _audit(problem, index, last, ended=ended and completion is not Completion.NONE)
        if completion is Completion.ADD1U:
            winners += account.votes(by_votes(index, last.projects))
    elif rule is Rule.PHRAGMEN:
        winners = account.phragmen()
    else:
        winners = account.votes(by_votes(index, []))
    chosen = {winner.project for winner in winners}
    return Solution(
        rule=rule,
        completion=completion if rule is Rule.MES else Completion.NONE,
        status=Status.COMPLETE if ended else Status.STOPPED,
        winners=tuple(winners),
        endowment=endowment,
        spent=sum(winner.price for winner in winners),
        uncovered=uncovered(problem, chosen),
        order=tuple(index.ids[c] for c in index.order),
        certificate=certify(problem, chosen),
        audit=audit,
        seconds=round(clock.elapsed(), 3),
    )


def uncovered(problem: Problem, winners: set[str]) -> float:
    """Return the share of voters none of whose projects are among the winners, 0 without voters."""
    nothing = sum(1 for voter in problem.voters if winners.isdisjoint(voter.supports))
    return nothing / max(1, len(problem.voters))


def _stopper(clock: Clock, progress: Callable[[Progress], None] | None, account: "_Account") -> Callable[[Round], bool]:
    """Return what is asked between two rounds: it tells the progress and says whether time is up."""

    def stop(best: Round) -> bool:
        if progress is not None:
            spent = account.money(account.index.cost(best.projects))
            progress(Progress(clock.elapsed(), float(best.endowment / account.index.scale), len(best.steps), spent))
        return clock.over()

    return stop


def _rounds(index: Indexed, completion: Completion, stop: Callable[[Round], bool]) -> tuple[Round, bool]:
    endowment = Fraction(index.budget, max(1, index.voters))
    first = Round(endowment, tuple(equal_shares(index, endowment)))
    if completion is Completion.NONE:
        return first, True
    return add_one(index, first, stop=stop)


def _audit(problem: Problem, index: Indexed, last: Round, *, ended: bool) -> bool:
    """Say whether exact fractions choose the same, and one unit more would pass the budget (if that was the end)."""
    order = [index.ids[c] for c in index.order]
    bought, _ = replay(problem, last.endowment / index.scale, order)
    right = bought == [index.ids[c] for c in last.projects]
    if ended and len(last.steps) < len(index.candidates):
        costs = dict(zip(index.ids, index.costs, strict=True))
        more, _ = replay(problem, (last.endowment + index.unit) / index.scale, order)
        right = right and sum(costs[project] for project in more) > index.budget
    return right


class _Account:
    """Turns purchases into winners."""

    def __init__(self, problem: Problem, index: Indexed, minimum: int) -> None:
        self.problem, self.index, self.minimum = problem, index, minimum
        self.categories: list[Counter[str]] = [Counter() for _ in index.sizes]
        for voter, number in zip(problem.voters, index.class_of, strict=True):
            self.categories[number][voter.category] += 1

    def money(self, amount: int) -> Money:
        """Return an amount of the index in the problem's money."""
        exact = Fraction(amount, self.index.scale)
        return exact.numerator if exact.denominator == 1 else exact

    def shares(self, last: Round) -> list[Winner]:
        """Return the winners of a round of Equal Shares, with exact payments."""
        ledger = Ledger(self.index, last.endowment)
        found = []
        for project in last.projects:
            bill = ledger.buy(project)
            paid = self._paid(project, bill.paid, bill.unit)
            found.append(self._winner(project, Phase.SHARES, most=bill.price, paid=paid))
        return found

    def phragmen(self) -> list[Winner]:
        """Return the winners of Phragmén's rule; what supporters pay is how much their load grows."""
        found = []
        for bought in phragmen(self.index):
            each = [bought.load - before for before in bought.before]
            paid = self._paid(bought.project, each, 1)
            found.append(self._winner(bought.project, Phase.SHARES, most=max(each), paid=paid))
        return found

    def votes(self, projects: Sequence[int]) -> list[Winner]:
        """Return winners that nobody's share paid for."""
        return [self._winner(project, Phase.VOTES) for project in projects]

    def _paid(self, project: int, each: Sequence[Fraction | int], unit: int) -> tuple[Paid, ...]:
        people: Counter[str] = Counter()
        sums: dict[str, Fraction | int] = {}
        for number, amount in zip(self.index.support[project].classes, each, strict=True):
            for category, count in self.categories[number].items():
                people[category] += count
                sums[category] = sums.get(category, 0) + count * amount
        amounts = {category: Fraction(amount) / (unit * self.index.scale) for category, amount in sums.items()}
        return by_category(people, amounts, minimum=self.minimum) if any(people) else ()

    def _winner(
        self, project: int, phase: Phase, *, most: Fraction | None = None, paid: tuple[Paid, ...] = ()
    ) -> Winner:
        return Winner(
            project=self.index.ids[project],
            price=self.money(self.index.costs[project]),
            supporters=self.index.support[project].voters,
            phase=phase,
            most=None if most is None else most / self.index.scale,
            paid=paid,
        )
