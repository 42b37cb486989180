"""Every registered task, run twice in a row and in swapped order: the second run changes nothing."""

import importlib
import inspect
from pathlib import Path

import pytest
from django.apps import apps
from django_scopes import scope, scopes_disabled

from hemicycle.kit import tasks
from tests.factories.world import build

SOURCE = Path(__file__).resolve().parents[2] / "src" / "hemicycle"


def registered():
    """Return the dotted names of all task functions of the house."""
    found = []
    for path in SOURCE.glob("*/tasks.py"):
        name = f"hemicycle.{path.parent.name}.tasks"
        if path.parent.name != "kit":
            module = importlib.import_module(name)
            found += [f"{name}.{n}" for n, f in inspect.getmembers(module, inspect.isfunction) if f.__module__ == name]
    return sorted(found)


def arguments(name, conference, things):
    known = {
        "conference_id": conference.pk,
        "run_id": things["run"].pk,
        "plan_id": things["plan"].pk,
        "mail_id": things["mail"].pk,
    }
    return {parameter: known[parameter] for parameter in inspect.signature(tasks.function(name)).parameters}


def everything():
    """Return all rows of the house but queued work, which counts its own attempts."""
    with scopes_disabled():
        return {
            model._meta.label: sorted(map(str, model._base_manager.values_list()))
            for model in apps.get_models()
            if model.__module__.startswith("hemicycle.") and model._meta.label != "audit.Job"
        }


@pytest.fixture
def world(db, noon):
    with scopes_disabled():
        return build()


@pytest.mark.parametrize("name", registered())
def test_a_task_run_twice_is_run_once(world, name):
    conference, things = world
    with scope(conference=conference.pk):
        tasks.function(name)(**arguments(name, conference, things))
        once = everything()
        tasks.function(name)(**arguments(name, conference, things))

    assert everything() == once


def test_all_tasks_in_any_order_end_in_the_same_state(world):
    conference, things = world
    with scope(conference=conference.pk):
        for name in registered():
            tasks.function(name)(**arguments(name, conference, things))
        forwards = everything()
        for name in reversed(registered()):
            tasks.function(name)(**arguments(name, conference, things))

    assert everything() == forwards


def test_the_house_knows_its_tasks():
    assert registered() == [
        "hemicycle.audit.tasks.forget",
        "hemicycle.conferences.tasks.do_run",
        "hemicycle.conferences.tasks.forget_runs",
        "hemicycle.demo.tasks.arrive",
        "hemicycle.matchmaking.tasks.schedule",
        "hemicycle.matchmaking.tasks.tell_everybody",
        "hemicycle.notifications.tasks.deliver",
        "hemicycle.notifications.tasks.forget",
        "hemicycle.registration.tasks.forget_editions",
        "hemicycle.registration.tasks.look_after_waiting_lists",
        "hemicycle.registration.tasks.offer_freed_places",
        "hemicycle.website.tasks.tell",
        "hemicycle.website.tasks.tell_everywhere",
    ]
