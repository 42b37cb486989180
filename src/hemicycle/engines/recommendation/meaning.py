"""What texts mean, as vectors of an embedder, in standard units for each pair of languages."""

from collections.abc import Sequence

import numpy as np

from hemicycle.engines.recommendation.embedders import Embedder
from hemicycle.engines.recommendation.lexicon import Floats, Ints
from hemicycle.engines.recommendation.parts import Shares
from hemicycle.engines.recommendation.problem import Profile

SAMPLE = 200


class Meaning:
    """Vectors of what people need and offer; a profile without a text is average."""

    def __init__(self, embedder: Embedder) -> None:
        """Keep the embedder; nothing is computed before `read`."""
        self.embedder = embedder

    def read(self, people: Sequence[Profile], languages: Sequence[str]) -> None:
        """Embed everybody, and learn mean and deviation for each pair of languages."""
        self.needs = self.embedder.embed([person.needed for person in people], "need")
        self.offers = self.embedder.embed([person.offered for person in people], "offer")
        self.needed = np.array([bool(person.needed) for person in people], np.float32)
        self.offered = np.array([bool(person.offered) for person in people], np.float32)
        self.names = names = sorted(set(languages))
        self.code = np.array([names.index(language) for language in languages], np.int64)
        count = len(names)
        self.mean = np.zeros((count, count), np.float32)
        self.deviation = np.ones((count, count), np.float32)
        for a in range(count):
            for b in range(count):
                self._learn(a, b)

    def replace(self, row: int, person: Profile, language: str) -> None:
        """Embed an edited profile in one of the languages of the event."""
        self.code[row] = self.names.index(language)
        self.needs[row] = self.embedder.embed([person.needed], "need")[0]
        self.offers[row] = self.embedder.embed([person.offered], "offer")[0]
        self.needed[row], self.offered[row] = bool(person.needed), bool(person.offered)

    def standard(self, rows: Ints, columns: Ints) -> tuple[Floats, Floats]:
        """Return how near in meaning needs are to offers, both ways (rows × columns); 0 is average."""
        there, back = self.needs[rows] @ self.offers[columns].T, self.offers[rows] @ self.needs[columns].T
        pairs, turned = np.ix_(self.code[rows], self.code[columns]), np.ix_(self.code[columns], self.code[rows])
        there -= self.mean[pairs]
        there /= self.deviation[pairs]
        back -= self.mean[turned].T
        back /= self.deviation[turned].T
        there *= self.needed[rows][:, None] * self.offered[columns]
        back *= self.offered[rows][:, None] * self.needed[columns]
        return there, back

    def add(self, rows: Ints, columns: Ints, there: Floats, back: Floats, shares: Shares) -> None:
        """Add weight · meaning to the logits of both directions."""
        parts = self.standard(rows, columns)
        same = self.code[rows][:, None] == self.code[columns]
        weight = np.where(same, np.float32(shares.same[1]), np.float32(shares.across[1]))
        there += weight * parts[0]
        back += weight * parts[1]

    def _learn(self, a: int, b: int) -> None:
        """Take the unit from up to 200 × 200 pairs spread evenly, texts that are there."""
        mine, other = (
            rows[np.linspace(0, len(rows) - 1, min(len(rows), SAMPLE)).astype(np.int64)] if len(rows) else rows
            for rows in (self._rows(a, self.needed), self._rows(b, self.offered))
        )
        apart = mine[:, None] != other
        values = (self.needs[mine] @ self.offers[other].T)[apart]
        if len(values):
            self.mean[a, b] = values.mean()
            self.deviation[a, b] = values.std() or 1

    def _rows(self, language: int, present: Floats) -> Ints:
        return np.flatnonzero((self.code == language) & (present > 0))
