import numpy as np

from hemicycle.engines.recommendation import Problem, Profile


def person(name, offers="", needs="", **more):
    return Profile(id=name, offers=offers, needs=needs, language=more.pop("language", "en"), **more)


def event(*people, **more):
    return Problem(people=people, **more)


ADA = person("ada", offers="solar panels", needs="battery storage")
BOB = person("bob", offers="battery storage for houses", needs="solar panels")
EVE = person("eve", offers="bees", needs="honey")


class Letters:
    """An embedder for tests: how often each letter is there."""

    name, version, dim = "letters", "1", 26

    def __init__(self):
        self.asked = []

    def embed(self, texts, kind):
        self.asked.append((kind, list(texts)))
        rows = np.array([[text.lower().count(chr(97 + k)) for k in range(26)] for text in texts], np.float32)
        rows = rows.reshape(len(texts), 26)
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def ids(solution):
    return {name: [entry.id for entry in entries] for name, entries in solution.lists.items()}
