"""Measure the recommendation engine: `python benchmarks/recommendation.py DATA [--embedder WORD] [--only NAME …]`.

DATA holds `matching/goldstandard.json.gz` (Stelmakh et al., arXiv 2303.16750): the loss is the share of the differences in
expertise put in the wrong order, mean over ten draws. Then made-up events, five runs of each, every row that of the run
with the median of CPU seconds. Prints a row per instance and writes
`benchmarks/results/recommendation.json`.
"""

import argparse
import gzip
import json
import os
import platform
import resource
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from importlib.metadata import version
from itertools import combinations
from multiprocessing import get_context
from operator import itemgetter
from pathlib import Path
from time import perf_counter, process_time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from hemicycle.engines.recommendation import Problem, board, fit, solve, verify
from hemicycle.engines.recommendation.embedders import Embedder, named
from hemicycle.engines.recommendation.generate import generate
from hemicycle.engines.recommendation.lists import Board
from hemicycle.engines.recommendation.matching import blocks
from hemicycle.engines.recommendation.vocabulary import LANGUAGES

RESULTS = Path(__file__).parent / "results" / "recommendation.json"
INSTANCES = ("700", "5000", "20000", "languages", "gold")
RUNS = 5
KEYS = ("instance", "value", "bound", "floor", "published", "seconds", "cpu_seconds", "memory_mb")
LINE = "{:<44}{:>10}{:>7}{:>10}{:>11}{:>9}{:>12}{:>10}"


class Rows:
    """Prints and keeps what was measured."""

    def __init__(self) -> None:
        self.rows: list[dict[str, object]] = []

    def keep(self, rows: list[dict[str, object]]) -> None:
        """Print rows and keep them."""
        for row in rows:
            print(LINE.format(*map(str, row.values())), flush=True)
        self.rows += rows

    def add(
        self, name: str, value: object, floor: object, published: object = "", *, took: tuple[float, float]
    ) -> None:
        """Take a row; memory is the peak of the process so far."""
        memory = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        row = (name, value, "", floor, published, round(took[0], 3), round(took[1], 3), memory)
        self.rows.append(dict(zip(KEYS, row, strict=True)))

    def save(self) -> None:
        """Write everything with the versions it was measured with; rows of other instances stay."""
        before = json.loads(RESULTS.read_text(encoding="utf-8"))["rows"] if RESULTS.exists() else []
        known = {row["instance"] for row in self.rows}
        about = {
            "python": platform.python_version(),
            "machine": platform.machine(),
            "cores": os.cpu_count(),
            "libraries": {
                name: version(name) for name in ("numpy", "scipy", "snowballstemmer", "simplemma", "py3langid")
            },
            "rows": [row for row in before if row["instance"] not in known] + self.rows,
        }
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Print a row per instance."""
    parser = argparse.ArgumentParser(description="Measure the recommendation engine.")
    parser.add_argument("data", type=Path)
    parser.add_argument("--embedder", default="")
    parser.add_argument("--only", nargs="*", choices=INSTANCES, default=INSTANCES)
    options = parser.parse_args()
    print(LINE.format(*KEYS))
    rows = Rows()
    for name in options.only:
        found = []
        for _ in range(RUNS if name.isdigit() else 1):
            with ProcessPoolExecutor(1, get_context("spawn")) as pool:
                found.append(pool.submit(measure, name, options.data, options.embedder).result())
        rows.keep([sorted(same, key=itemgetter("cpu_seconds"))[len(same) // 2] for same in zip(*found, strict=True)])
    rows.save()


def measure(name: str, data: Path, embedder: str) -> list[dict[str, object]]:
    """Return the rows of one instance, in a process of its own that has read an English text before."""
    rows = Rows()
    solve(generate(people=9, seed=1))
    if name == "languages":
        languages(rows)
    elif name == "gold":
        gold(rows, data, None, "gold standard, words only", 0.254, "TPMS 0.28")
        if embedder:
            title = f"gold standard with {Path(embedder).name}"
            gold(rows, data, named(embedder), title, 0.238, "SPECTER+MFR 0.24")
    else:
        event(rows, int(name))
    return rows.rows


def gold(rows: Rows, data: Path, embedder: Embedder | None, name: str, floor: float, published: str) -> None:
    """Measure the loss on the gold standard for reviewers."""
    with gzip.open(data / "matching" / "goldstandard.json.gz") as file:
        given = json.load(file)
    text = {paper: f"{title or ''}. {abstract or ''}" for paper, (title, abstract) in given["papers"].items()}
    papers = sorted({paper for judged in given["refs"].values() for paper in judged})
    people = list(given["refs"])
    begin = perf_counter(), process_time()
    losses = []
    for draw in given["profiles"].values():
        found = fit(
            [[text[p] for p in draw[person]] for person in people], [text[p] for p in papers], embedder=embedder
        )
        wrong = whole = 0.0
        for row, person in enumerate(people):
            for (a, x), (b, y) in combinations(given["refs"][person].items(), 2):
                apart = (found[row, papers.index(a)] - found[row, papers.index(b)]) * (x - y)
                whole += abs(x - y)
                wrong += abs(x - y) * (0.5 if apart == 0 else apart < 0)
        losses.append(wrong / whole)
    rows.add(name, round(float(np.mean(losses)), 4), f"<={floor}", published, took=since(begin))


def languages(rows: Rows) -> None:
    """Compare the lists of the same 200 people in one language and in eight, by tags alone."""
    begin = perf_counter(), process_time()
    english = generate(people=200, seed=2)
    lists = solve(english).lists
    for name, spoken in (("each in turn", None), ("mixed", LANGUAGES)):
        runs = [(one,) for one in LANGUAGES[1:]] if spoken is None else [spoken]
        overlaps = [overlap(lists, solve(generate(people=200, seed=2, languages=used)).lists) for used in runs]
        rows.add(f"200 people in 8 languages, {name}", round(min(overlaps), 3), ">=0.8", took=since(begin))
    bare = overlap(
        solve(without_texts(english)).lists,
        solve(without_texts(generate(people=200, seed=2, languages=LANGUAGES))).lists,
    )
    rows.add("200 people in 8 languages, tags only", round(bare, 3), ">=0.8", took=since(begin))
    words = overlap(lists, solve(without_texts(english)).lists)
    rows.add("200 people in English, with texts and without", round(words, 3), "", took=since(begin))


def without_texts(problem: Problem) -> Problem:
    """Return the problem with tags only."""
    return replace(problem, people=tuple(replace(person, offers="", needs="", about="") for person in problem.people))


def overlap(one: dict, other: dict) -> float:
    """Return the mean share of a list that is on the other one too."""
    sets = [({a.id for a in one[name]}, {b.id for b in other[name]}) for name in one]
    return float(np.mean([len(a & b) / max(len(a), 1) for a, b in sets]))


def event(rows: Rows, size: int) -> None:
    """Build the lists of a made-up event, look how fair they are, and edit profiles."""
    problem = generate(people=size, seed=1, sessions=20, organisations=size // 3)
    begin = perf_counter(), process_time()
    made = board(problem)
    floor = {700: "0.05 CPU", 5000: "0.83 CPU", 20000: "22 CPU"}[size]
    rows.add(f"{size} people, full build", f"{since(begin)[1]:.3f}", floor, took=since(begin))
    begin = perf_counter(), process_time()
    scores = size < 5000
    broken = verify(problem, made.solution, scores=scores)
    rows.add(f"{size} rules broken{' (caps, filters, mutual)' * (not scores)}", len(broken), "0", took=since(begin))
    fairness(rows, made, size)
    edits(rows, made, size)


def fairness(rows: Rows, made: Board, size: int) -> None:
    """Compare with everybody's best 20 by their own fit."""
    begin = perf_counter(), process_time()
    lists = [list(partners) for partners in made.partners]
    both = [list(partners) + list(given) for partners, given in zip(made.partners, made.given, strict=True)]
    plain, chance = everybodys_best(made, both)
    for name, shown, yes in (("plain", plain, chance[0]), ("ours", both, chance[1])):
        counts = Counter(other for mine in shown for other in mine)
        few = sum(counts[row] < 5 for row in range(size)) / size
        sets = [set(mine) for mine in shown]
        back = sum(row in sets[other] for row, mine in enumerate(shown) for other in mine) / max(
            1, sum(map(len, shown))
        )
        value = f"{max(counts.values())}/{100 * few:.1f}%/{100 * back:.0f}%/{yes:.3f}"
        rows.add(
            f"{size} {name}: most/<5/returned/yes", value, "" if name == "plain" else "20/0%/95%", took=since(begin)
        )
    mutual = max(Counter(other for mine in lists for other in mine).values())
    floor = {700: ">=+5%"}.get(size, ">=+20%")
    rows.add(f"{size} on mutual lists at most", mutual, "20", took=since(begin))
    rows.add(f"{size} expected two-sided yes", f"{100 * (chance[1] / chance[0] - 1):+.1f}%", floor, took=since(begin))


def everybodys_best(made: Board, ours: list[list[int]]) -> tuple[list[list[int]], tuple[float, float]]:
    """Return everybody's 20 by their own fit, and the mean chance that both say yes for those and for ours."""
    scores = made.scores
    plain: list[list[int]] = []
    sums = [[0.0, 0], [0.0, 0]]
    for block in blocks(np.arange(scores.size), scores.size):
        there, back = scores.logits(block)
        yes = 1 / (1 + np.exp(-there))
        two = yes / (1 + np.exp(-back))
        yes[scores.mutual(block) < 0] = -1
        best = np.argpartition(-yes, 20, axis=1)[:, :20]
        for at, row in enumerate(block.tolist()):
            plain.append([int(other) for other in best[at] if yes[at, other] > 0])
            for total, mine in zip(sums, (plain[-1], ours[row]), strict=True):
                total[0] += float(two[at, mine].sum())
                total[1] += len(mine)
    return plain, (sums[0][0] / sums[0][1], sums[1][0] / sums[1][1])


def edits(rows: Rows, made: Board, size: int) -> None:
    """Edit thirty profiles, one after another: first a few words more in one text, then other needs altogether."""
    floor = {700: "1.7 CPU", 5000: "1.8 CPU", 20000: "17 CPU"}[size]
    for name, whole in (("three words more", False), ("other needs and tags", True)):
        costs, changed = [], []
        begin = perf_counter(), process_time()
        for number in range(30):
            person = made.scores.people[number * 7 % size]
            other = made.scores.people[(number * 13 + 5) % size]
            more = replace(person, needs=f"{person.needs} {' '.join(other.needs.split()[:3])}")
            new = replace(person, needs=other.needs, need_tags=other.need_tags) if whole else more
            start = process_time()
            changed.append(len(made.edit(new)))
            costs.append(1000 * (process_time() - start))
        value = f"{np.median(costs):.1f}, {np.median(changed):.0f} lists"
        rows.add(f"{size} {name}: ms, lists changed", value, floor, took=since(begin))


def since(begin: tuple[float, float]) -> tuple[float, float]:
    """Return wall and CPU seconds."""
    return perf_counter() - begin[0], process_time() - begin[1]


if __name__ == "__main__":
    main()
