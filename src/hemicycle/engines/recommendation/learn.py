"""Weights from what people decided: logistic regression, held near the prior by a penalty.

Only the parts of the fit are looked at, never how often somebody was chosen. Cox, "The regression analysis of binary
sequences" (1958); Newton's method, penalty on the distance to the prior as in le Cessie, van Houwelingen (1992).
"""

import numpy as np
from numpy.typing import NDArray

from hemicycle.engines.recommendation.problem import Weights
from hemicycle.engines.recommendation.scoring import Scores

PENALTY = 10.0
STEPS = 50
SMALL = 1e-9


def learn(scores: Scores) -> Weights:
    """Return weights (lex + sem + tag = 1, none below 0) with the slope and bias that fit the decisions best."""
    prior = scores.weights
    decisions = scores.problem.decisions
    answers = np.array([decision.yes for decision in decisions], np.float64)
    rows = np.array([scores.row[decision.person] for decision in decisions])
    parts = scores.parts(rows, np.array([scores.row[decision.other] for decision in decisions]))
    start = np.array(scores.shares.same)
    used = np.array([True, scores.meaning is not None, True])
    while True:
        columns = np.flatnonzero(used)
        found = _fit(parts[:, columns], answers, np.append(start[columns], prior.bias))
        low = columns[found[:-1] < 0]
        if not len(low):
            break
        used[low] = False
    weights = np.zeros(3)
    weights[columns] = found[:-1]
    slope = float(weights.sum())
    if slope < SMALL or weights[0] + weights[2] < SMALL:
        return prior
    lex, sem, tag = (float(weight) for weight in weights / slope)
    return Weights(lex=lex, sem=sem, tag=tag, slope=slope, bias=float(found[-1]))


def _fit(parts: NDArray[np.float64], answers: NDArray[np.float64], prior: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return coefficients and intercept of a penalised logistic regression; the intercept is hardly penalised."""
    rows = np.column_stack([parts, np.ones(len(parts))])
    penalty = np.full(len(prior), PENALTY)
    penalty[-1] = SMALL * len(parts)
    now = prior.copy()
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(rows @ now, -30, 30)))
        slope = rows.T @ (answers - chance) - penalty * (now - prior)
        curve = (rows * (chance * (1 - chance))[:, None]).T @ rows + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        now = now + np.clip(step, -2, 2)
        if np.abs(step).max() < SMALL:
            break
    return now
