from dataclasses import replace
from random import Random

import numpy as np
import pytest

from hemicycle.engines.recommendation import Decision, Weights, solve, verify
from hemicycle.engines.recommendation.generate import generate
from hemicycle.engines.recommendation.meaning import Meaning
from hemicycle.engines.recommendation.scoring import Scores
from tests.engines.recommendation.builders import Letters

PROBLEM = generate(people=120, seed=9, languages=("en", "de"))


def decided(truth, number, *, embedder=None, problem=PROBLEM):
    scores = Scores(problem, truth, None if embedder is None else Meaning(embedder))
    rng = Random(1)
    found = []
    logits = scores.logits(np.arange(scores.size))[0]
    for _ in range(number):
        a, b = rng.sample(range(scores.size), 2)
        logit = float(logits[a, b])
        found.append(Decision(scores.people[a].id, scores.people[b].id, rng.random() < 1 / (1 + np.exp(-logit))))
    return replace(problem, decisions=tuple(found))


def test_few_decisions_leave_the_prior():
    solution = solve(decided(Weights(bias=0), 199))

    assert (solution.learned, solution.weights) == (False, Weights())


def test_the_weights_come_near_those_people_decide_by():
    problem = decided(Weights(lex=0.1, sem=0, tag=0.9, slope=2, bias=-1), 1500)
    solution = solve(problem)

    assert solution.learned
    assert solution.weights.tag == pytest.approx(0.9, abs=0.1)
    assert solution.weights.sem == 0
    assert solution.weights.slope == pytest.approx(2, abs=0.7)
    assert solution.weights.bias == pytest.approx(-1, abs=0.3)
    assert verify(problem, solution) == ()


def test_meaning_is_learned_with_an_embedder():
    problem = decided(Weights(lex=0.1, sem=0.8, tag=0.1, slope=2, bias=0), 800, embedder=Letters())
    solution = solve(problem, embedder=Letters())

    assert solution.weights.sem > solution.weights.lex + solution.weights.tag


def test_a_part_people_dislike_counts_for_nothing():
    problem = generate(people=60, seed=9)
    scores = Scores(problem, Weights())
    rows = np.array([(a, b) for a in range(60) for b in range(60) if a != b])
    lex, _, tag = scores.parts(rows[:, 0], rows[:, 1]).T
    names = [(scores.people[a].id, scores.people[b].id) for a, b in rows]
    liked = tuple(Decision(*pair, bool(t > x + 0.5)) for pair, x, t in zip(names, lex, tag, strict=True))
    disliked = tuple(Decision(*pair, bool(t + x < 0.5)) for pair, x, t in zip(names, lex, tag, strict=True))

    assert solve(replace(problem, decisions=liked)).weights.lex == 0
    assert solve(replace(problem, decisions=disliked)).weights == Weights()


def test_learning_ends(monkeypatch):
    monkeypatch.setattr("hemicycle.engines.recommendation.learn.STEPS", 1)

    assert solve(decided(Weights(bias=0), 200)).learned


def test_popularity_plays_no_part():
    problem = generate(people=30, seed=9)
    everybody = tuple(Decision(person.id, "p0", yes=True) for person in problem.people if person.id != "p0")
    weights = [solve(replace(problem, decisions=everybody * many)).weights for many in (7, 8)]

    assert all(np.isfinite([w.lex, w.tag, w.slope, w.bias]).all() for w in weights)
