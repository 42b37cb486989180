"""The organiser's own questions: who is asked what, and where the answers are kept."""

from collections.abc import Iterable, Mapping
from typing import Any

from hemicycle.conferences.models import Conference
from hemicycle.kit import secrets
from hemicycle.registration import rules
from hemicycle.registration.models import Answer, Category, Question, Registration

PURPOSE = "registration.answer"


def questions(*, conference: Conference) -> list[Question]:
    """Return the questions of an edition in order, with their categories and what they hang on."""
    rows = Question.objects.filter(conference=conference).select_related("depends_on")
    return list(rows.prefetch_related("categories"))


def asked(found: list[Question], answers: Mapping[str, Any], *, category: Category | None) -> list[Question]:
    """Return the questions that are asked of somebody who answered so far."""
    facts = [
        rules.Asked(
            key=question.key,
            categories=frozenset(row.pk for row in question.categories.all()),
            depends_on=question.depends_on.key if question.depends_on else "",
            values=frozenset(str(value) for value in question.values),
        )
        for question in found
    ]
    keys = set(rules.answers_asked(facts, answers, category=category.pk if category else 0))
    return [question for question in found if question.key in keys]


def write(*, registration: Registration, answers: Mapping[str, Any]) -> None:
    """Keep the answers to the questions that are asked; what is not asked any more is forgotten."""
    if not answers and (registration.version == 1 or not registration.answers.exists()):
        return
    found = asked(questions(conference=registration.conference), answers, category=registration.category)
    registration.answers.exclude(question__in=found).delete()
    for question in found:
        value = answers.get(question.key)
        if value in (None, "", []):
            registration.answers.filter(question=question).delete()
            continue
        kept = (
            {"value": None, "secret": secrets.seal(value, purpose=PURPOSE)}
            if question.restricted
            else {"value": value, "secret": None}
        )
        Answer.objects.update_or_create(registration=registration, question=question, defaults=kept)


def read(*, registration: Registration, restricted: bool) -> dict[str, Any]:
    """Return key → answer; restricted ones only when asked for, by whoever may."""
    return values(registration.answers.select_related("question"), restricted=restricted)


def values(answers: Iterable[Answer], *, restricted: bool) -> dict[str, Any]:
    """Return key → answer of rows whose questions are loaded."""
    found = {}
    for answer in answers:
        if answer.secret is None:
            found[answer.question.key] = answer.value
        elif restricted:
            found[answer.question.key] = secrets.unseal(answer.secret, purpose=PURPOSE)
    return found


def forget_restricted(*, conference: Conference) -> int:
    """Delete every restricted answer of an edition; return how many."""
    return Answer.objects.filter(registration__conference=conference, secret__isnull=False).delete()[0]
