"""An audience as boxes: what is ticked becomes a rule, a rule becomes boxes again, or says that it is more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemicycle.hosting.rules import Audience, conditions, from_rule, to_rule

LABEL, NETWORK = {"fact": "label"}, {"stakeholder": "network"}
words = st.lists(st.sampled_from(["fact:label", "fact:partnership", "stakeholder:network"]), unique=True).map(tuple)


@pytest.mark.parametrize(
    ("audience", "rule"),
    [
        (Audience(), {}),
        (Audience(one_of=("fact:label", "stakeholder:network")), {"any": [LABEL, NETWORK]}),
        (
            Audience(one_of=("fact:label",), also_one_of=("stakeholder:network",)),
            {"all": [{"any": [LABEL]}, {"any": [NETWORK]}]},
        ),
        (Audience(none_of=("stakeholder:network",)), {"none": [NETWORK]}),
        (
            Audience(one_of=("fact:label",), none_of=("stakeholder:network",)),
            {"all": [{"any": [LABEL]}, {"none": [NETWORK]}]},
        ),
    ],
)
def test_boxes_become_a_rule_and_boxes_again(audience, rule):
    assert to_rule(audience) == rule
    assert from_rule(rule) == audience


@given(words, words, words)
def test_every_ticking_comes_back(one_of, also_one_of, none_of):
    ticked = Audience(one_of, also_one_of, none_of)
    found = from_rule(to_rule(ticked))
    merged = ticked if one_of else Audience(also_one_of, (), none_of)
    assert found == merged


@pytest.mark.parametrize(
    ("rule", "audience"),
    [
        (LABEL, Audience(one_of=("fact:label",))),
        ({"all": [LABEL, NETWORK]}, Audience(one_of=("fact:label",), also_one_of=("stakeholder:network",))),
    ],
)
def test_short_rules_are_boxes_too(rule, audience):
    assert from_rule(rule) == audience


@pytest.mark.parametrize(
    "rule",
    [
        {"any": [{"all": [LABEL, NETWORK]}]},
        {"all": [{"all": [LABEL]}]},
        {"all": [LABEL, NETWORK, {"any": [LABEL, NETWORK]}]},
        {"all": [{"none": [LABEL]}, {"none": [NETWORK]}]},
    ],
)
def test_what_boxes_cannot_say_is_said_to_be_more(rule):
    assert from_rule(rule) is None


def test_conditions_are_found_at_any_depth():
    assert conditions({}) == ()
    assert conditions({"all": [LABEL, {"any": [NETWORK, {"none": [LABEL]}]}]}) == (
        "fact:label",
        "stakeholder:network",
        "fact:label",
    )
