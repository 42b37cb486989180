"""Tags that a free text speaks of: proposed to the person, who confirms or does not."""

from collections.abc import Mapping

from hemicycle.engines.recommendation.languages import root, words


def propose(text: str, language: str, labels: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Return the tags whose label in this language is in the text, in any form of its words.

    Args:
        text, language: as somebody wrote it.
        labels: tag → language → label.
    """
    said = _roots(text, language)
    found = []
    for tag in sorted(labels):
        label = _roots(labels[tag].get(language, ""), language)
        if label and any(said[at : at + len(label)] == label for at in range(len(said) - len(label) + 1)):
            found.append(tag)
    return found


def _roots(text: str, language: str) -> list[str]:
    return [found for word in words(text) if (found := root(word, language))]
