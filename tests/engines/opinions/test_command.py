import json
import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from hemicycle.engines import command, opinions
from hemicycle.engines.opinions.commands import shares
from hemicycle.engines.opinions.statements.generate import generate
from tests.engines.opinions.elections import PB
from tests.engines.opinions.test_formats import CHOICES, EXPORT, LONG, ORDINAL, TABLE, WIDE

SCHEMA = json.loads((Path(opinions.__file__).parent / "schema.json").read_text(encoding="utf-8"))


@pytest.fixture
def file(tmp_path):
    def write(text, name):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    return write


def run(capsys, *words):
    code = command.main(list(words))
    caught = capsys.readouterr()
    return code, caught.out, caught.err


def faults(value, schema, path="answer"):
    """What of a JSON value is not as its schema says; the few keywords that the schema uses."""
    if "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].rsplit("/", 1)[1]]
    if "oneOf" in schema:
        found = [faults(value, choice, path) for choice in schema["oneOf"]]
        return [] if sum(not fault for fault in found) == 1 else [f"{path}: not one of the choices"]
    kinds = {"object": dict, "array": list, "string": str, "number": (int, float), "integer": int, "boolean": bool}
    kinds["null"] = type(None)
    named = schema.get("type", list(kinds))
    allowed = tuple(kinds[kind] for kind in ([named] if isinstance(named, str) else named))
    flat = tuple(kind for group in allowed for kind in (group if isinstance(group, tuple) else (group,)))
    wrong = [] if isinstance(value, flat) and (bool in flat or not isinstance(value, bool)) else [f"{path}: {value!r}"]
    if ("const" in schema and value != schema["const"]) or ("enum" in schema and value not in schema["enum"]):
        wrong.append(f"{path}: {value!r} is not allowed")
    if isinstance(value, int | float) and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        wrong.append(f"{path}: {value!r} is out of range")
    if isinstance(value, dict) and "properties" in schema:
        properties = schema["properties"]
        assert set(properties) == set(schema["required"]), path
        wrong += [f"{path}: {key}" for key in set(value) ^ set(properties)]
        wrong += [
            fault
            for key in set(value) & set(properties)
            for fault in faults(value[key], properties[key], f"{path}.{key}")
        ]
    if isinstance(value, list) and "items" in schema:
        wrong += [fault for at, item in enumerate(value) for fault in faults(item, schema["items"], f"{path}[{at}]")]
    return wrong


def table(problem):
    rows = [["participant", *problem.statements]]
    rows += [
        [p, *("" if v == 2 else str(v) for v in row)]
        for p, row in zip(problem.people, problem.votes.tolist(), strict=True)
    ]
    return "\n".join(",".join(row) for row in rows)


TWO = table(generate(people=80, statements=24, seed=2, answered=0.8, divided=0.8))


@pytest.mark.parametrize(
    ("engine", "text", "name", "words"),
    [
        ("shares", PB, "a.pb", ()),
        ("shares", PB, "a.PB", ("--rule", "phragmen")),
        ("shares", PB, "a.pb", ("--rule", "votes", "--budget", "40", "--minimum", "0")),
        ("shares", TABLE, "a.csv", ("--completion", "none", "--unit", "0.5")),
        ("ranking", ORDINAL, "a.pb", ("--times", "20")),
        ("ranking", CHOICES, "a.csv", ("--minimum", "1", "--times", "20")),
        ("opinions", WIDE, "a.csv", ()),
        ("opinions", EXPORT, "a.csv", ("--minimum", "1")),
        ("opinions", LONG, "a.csv", ()),
        ("opinions", TWO, "a.csv", ("--seed", "1")),
    ],
)
def test_every_answer_keeps_its_schema(capsys, file, engine, text, name, words):
    code, out, _ = run(capsys, engine, file(text, name), "--json", *words)

    assert code == 0
    assert faults(json.loads(out), SCHEMA["$defs"][engine]) == []


def test_shares_gives_winners_and_what_they_cost(capsys, file):
    _, out, _ = run(capsys, "solve", "shares", file(PB, "a.pb"), "--json", "--completion", "add1")
    found = json.loads(out)

    assert [(w["project"], w["price"], w["supporters"]) for w in found["winners"]] == [("a", 60, 2)]
    assert (found["endowment"], found["uncovered"], found["audit"], found["spent"]) == (49, 0.5, True, 60)
    assert found["certificate"] == {"axiom": "EJR+ up to any project", "holds": True, "neglected": []}


def test_neglected_groups_are_told(capsys, file):
    text = "voter,a,b\ncost,10,10\nbudget,10,\n" + "".join(f"x{i},1,\n" for i in range(2)) + "y,,1\n"
    _, out, _ = run(capsys, "shares", file(text, "a.csv"), "--json", "--rule", "votes", "--budget", "20.5")
    two = "voter,a,b,c\ncost,10,10,4\nbudget,20,,\nv,1,1,\nw,1,1,\nx,,,1\n"
    _, neglect, _ = run(capsys, "shares", file(two, "b.csv"), "--json", "--rule", "votes")

    assert len(json.loads(out)["winners"]) == 2
    assert json.loads(neglect)["certificate"]["neglected"] == [{"project": "c", "voters": 1, "worth": 0}]


def test_ranking_gives_places(capsys, file):
    _, out, _ = run(capsys, "ranking", file(ORDINAL, "a.pb"), "--json")
    found = json.loads(out)

    assert [(p["item"], p["place"]) for p in found["places"]] == [("a", 1), ("b", 2), ("c", 2)]
    assert found["kemeny"]["proven"]
    assert found["pairwise"][0] == {"item": "a", "other": "b", "above": 3, "below": 0}


def test_opinions_gives_groups_or_says_that_there_are_none(capsys, file):
    _, out, _ = run(capsys, "opinions", file(TWO, "a.csv"), "--json")
    _, none, _ = run(capsys, "opinions", file(WIDE, "b.csv"), "--json")
    found = json.loads(out)

    assert sorted(len(group["members"]) for group in found["groups"]) == [40, 40]
    assert len(found["representative"]) == 2
    assert (json.loads(none)["groups"], json.loads(none)["representative"]) == ("no clear groups", [])


def test_a_folder_of_an_export_will_do(capsys, file, tmp_path):
    file(EXPORT, "polis/participants-votes.csv")
    file(LONG, "long/votes.csv")

    for folder in ("polis", "long"):
        code, out, _ = run(capsys, "opinions", str(tmp_path / folder), "--json")
        assert (code, json.loads(out)["people"]) == (0, 2)


def test_without_json_a_person_reads_a_summary(capsys, file):
    _, programme, _ = run(capsys, "shares", file(PB, "a.pb"))
    _, votes, _ = run(capsys, "shares", file(PB.replace("60", "50").replace("c;50", "c;20"), "d.pb"), "--rule", "votes")
    _, places, _ = run(capsys, "ranking", file(ORDINAL, "a.pb"))
    _, groups, _ = run(capsys, "opinions", file(TWO, "a.csv"))
    _, none, _ = run(capsys, "opinions", file(WIDE, "b.csv"))

    assert programme.splitlines()[1:] == [
        "a: 60, 2 supporters (shares)",
        "b: 40, 1 supporters (votes)",
        "50.0% of the voters have nothing",
        "EJR+ up to any project: holds",
    ]
    assert votes.splitlines()[-1] == "EJR+ up to any project: holds"
    assert places.splitlines()[-1] == "Kemeny (proven): a, b, c"
    assert "practically tied with" in places
    assert groups.startswith("40 and 40 people")
    assert "group 1: " in groups
    assert none.startswith("no clear groups")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("shares", "x.pb", "--rule", "lots"), "argument --rule: invalid choice: 'lots'"),
        (("shares", "x.pb", "--completion", "more"), "argument --completion: invalid choice: 'more'"),
        (("shares", "x.pb", "--budget", "-5"), "argument --budget: '-5' is not an amount above 0"),
        (("shares", "x.pb", "--budget", "0"), "argument --budget: '0' is not an amount above 0"),
        (("shares", "x.pb", "--unit", "nan"), "argument --unit: 'nan' is not an amount above 0"),
        (("ranking", "x.pb", "--times", "0"), "argument --times: '0' is not a whole number from 1"),
        (("ranking", "/nowhere/x.pb"), "/nowhere/x.pb: No such file or directory"),
        (("opinions", "/"), "/: Is a directory"),
    ],
)
def test_a_broken_call_is_one_line(capsys, words, message):
    code, out, err = run(capsys, *words)

    assert (code, out, err.count("\n")) == (2, "", 1)
    assert message in err


@pytest.mark.parametrize(
    ("engine", "text", "name", "message"),
    [
        ("shares", "", "a.pb", "a.pb: line 1: the file is empty"),
        ("shares", b"META\n\xff", "a.pb", "a.pb: line 2: the text is not UTF-8"),
        ("shares", PB.replace("b;40", "b;x"), "a.pb", "a.pb: line 9: cost must be an amount"),
        ("ranking", PB, "a.pb", "a.pb: line 5: vote_type ordinal is expected"),
        ("ranking", "voter\nx", "a.csv", "a.csv: items: there are none"),
        ("opinions", "p,a\nx,1\nx,1", "a.csv", "a.csv: line 3: participant x is there twice"),
        ("opinions", b"\x00\x01\xfe", "a.csv", "a.csv: line 1: the text is not UTF-8"),
        ("opinions", "p,a\nx,1e9999", "a.csv", "a.csv: line 2: a vote must be 1, 0, -1 or empty"),
    ],
)
def test_a_broken_file_is_one_line_with_file_line_and_reason(capsys, file, engine, text, name, message):
    code, out, err = run(capsys, engine, file(text, name), "--json")

    assert (code, out, err.count("\n")) == (2, "", 1)
    assert message in err


def test_control_c_gives_the_best_so_far(capsys, file, monkeypatch):
    say = shares._Saying.__call__

    def press(saying, progress):
        say(saying, replace(progress, seconds=1.5))
        os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(shares._Saying, "__call__", press)
    code, out, err = run(capsys, "shares", file(PB, "a.pb"), "--json", "--completion", "add1")

    assert (code, json.loads(out)["status"], json.loads(out)["endowment"]) == (0, "stopped", 25)
    assert err == "   1.5 s  25 each: 0 projects\n"


def test_control_c_leaves_the_test_of_groups_undone(capsys, file, monkeypatch):
    monkeypatch.setattr(
        "hemicycle.engines.opinions.commands.opinions._say", lambda _: os.kill(os.getpid(), signal.SIGINT)
    )
    code, out, _ = run(capsys, "opinions", file(TWO, "a.csv"), "--json")

    assert (code, json.loads(out)["groups"], json.loads(out)["test"]["p"]) == (0, "no clear groups", None)
