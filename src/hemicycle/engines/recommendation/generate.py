"""Made-up events of any size, equal for equal seeds: for tests, benchmarks and trying out."""

from random import Random

from hemicycle.engines.recommendation.problem import Problem, Profile
from hemicycle.engines.recommendation.vocabulary import TOPICS

GROUPS = 8
WORDS = 12
FILLER = 400


def generate(
    *, people: int, seed: int, languages: tuple[str, ...] = ("en",), sessions: int = 0, organisations: int = 0
) -> Problem:
    """Return an event in which a few topics are asked for and offered far more often than others.

    Args:
        people, seed: number, and seed of the random numbers.
        languages: language of each person in turn, of `vocabulary.LANGUAGES`; all else is equal for any choice.
        sessions, organisations: numbers, 0 for none.
    """
    rng = Random(seed)  # noqa: S311  # made-up data, not a secret
    names = sorted(TOPICS)
    popular = [1 / (1 + place) ** 0.7 for place in range(len(names))]
    crowd = []
    for number in range(people):
        offered, wanted = (sorted(set(rng.choices(names, popular, k=rng.randint(2, 4)))) for _ in range(2))
        language = languages[number % len(languages)]
        own = [_filler(rng) for _ in range(WORDS)]
        crowd.append(
            Profile(
                id=f"p{number}",
                offers=_text(rng, offered, language, own[: WORDS // 2]),
                needs=_text(rng, wanted, language, own[WORDS // 2 :]),
                offer_tags=frozenset(offered),
                need_tags=frozenset(wanted),
                language=language,
                sessions=frozenset(f"s{rng.randrange(sessions)}" for _ in range(3)) if sessions else frozenset(),
                organisation=f"o{rng.randrange(organisations)}" if organisations else "",
            )
        )
    return Problem(people=tuple(crowd), parents={name: f"all {name[:2]}" for name in names})


def _text(rng: Random, topics: list[str], language: str, own: list[str]) -> str:
    words = [TOPICS[topic][language] for topic in topics] + own
    rng.shuffle(words)
    return " ".join(words)


def _filler(rng: Random) -> str:
    """Return a word without a meaning, as a name of a product is; some are met often."""
    number = int(rng.paretovariate(0.8)) % FILLER
    return "".join("bdfgklmnprstvz"[(number >> shift) % 14] + "aeiou"[(number >> shift) % 5] for shift in (0, 3, 6))
