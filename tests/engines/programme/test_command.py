import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from hemicycle.engines import command
from hemicycle.engines.programme.cosplib.verify import total, verify_rows
from hemicycle.engines.programme.formats.agenda_json import write_agenda
from hemicycle.engines.programme.formats.tracks_json import write_tracks
from hemicycle.engines.programme.generate import generate
from tests.engines.programme.builders import agenda, all_weights, at, people, tracks, workbook


@pytest.fixture
def file(tmp_path):
    def write(content, name):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


def run(capsys, *words):
    code = command.main(["solve", "programme", *words])
    caught = capsys.readouterr()
    return code, caught.out, caught.err


def instance():
    return tracks(
        {"A": [{"presenters": people("p")}, {}], "B": [{"presenters": people("p")}]},
        weights=all_weights(),
        tracks_sessions=((0, 3), (0, 0)),
    )


@pytest.mark.parametrize("model", ["full", "exact"])
def test_a_workbook_gives_one_document_by_its_names(capsys, file, model):
    path = file(workbook(instance()), "a.xlsx")
    code, out, _ = run(capsys, path, "--json", "--seconds", "10", "--model", model, "--seed", "1", "--workers", "1")
    found = json.loads(out)

    assert code == 0
    assert {key: found[key] for key in ("value", "bound", "status", "full", "reasons")} == {
        "value": 0,
        "bound": 0,
        "status": "optimal",
        "full": 0,
        "reasons": [],
    }
    wrong, terms = verify_rows(instance(), found["tracks"], found["submissions"])
    assert (wrong, total(instance(), terms)) == ([], 0)
    assert set(found["tracks"][0]) == {"session", "room", "track"}
    assert set(found["submissions"][0]) == {"submission", "session", "room", "position"}
    assert found["submissions"][0]["position"] >= 1


def test_the_own_form_reaches_both_models(capsys, file):
    code, out, _ = run(capsys, file(write_tracks(instance()), "t.json"), "--json", "--seconds", "10")
    assert (code, json.loads(out)["value"]) == (0, 0)

    problem = agenda("a", {"id": "b", "topics": frozenset("x")}, published=(at("a"),))
    code, out, _ = run(capsys, file(write_agenda(problem), "a.json"), "--json", "--seconds", "10")
    found = json.loads(out)
    assert (code, found["status"], found["value"], found["blocked"], found["conflicts"]) == (0, "optimal", 0, False, [])
    assert found["agenda"][0] == {"session": "a", "day": "d1", "start": "09:00", "room": "r1"}
    assert [one["name"] for one in found["levels"]] == ["changes", "blocking", "rules", "interests", "comfort"]


def test_conflicts_are_told_with_their_effect(capsys, file):
    text = write_agenda(agenda({"id": "a", "audience": 9}, rooms=1))
    data = json.loads(text)
    data["rooms"][0]["capacity"] = 4
    data["rules"] = [{"rule": "overflow", "effect": "block"}]
    _, out, _ = run(capsys, file(json.dumps(data), "a.json"), "--json", "--seconds", "5")
    found = json.loads(out)

    assert found["blocked"]
    assert found["conflicts"] == [
        {
            "rule": "overflow",
            "effect": "block",
            "amount": 5,
            "sessions": ["a"],
            "text": "a expects 5 people more than r1 holds.",
        }
    ]


def test_infeasible_is_an_answer(capsys, file):
    path = file(workbook(tracks({"A": [{"slots": 3}]})), "a.xlsx")
    code, out, _ = run(capsys, path, "--json")
    found = json.loads(out)
    assert (code, found["status"], found["value"], found["tracks"], found["terms"]) == (0, "infeasible", None, [], {})
    assert found["reasons"] == ["Submission A0 takes 3 time slots; the longest session has 2."]

    code, out, _ = run(capsys, file(write_agenda(agenda({"id": "a", "length": 999})), "a.json"), "--json")
    found = json.loads(out)
    assert (code, found["status"], found["value"], found["agenda"]) == (0, "infeasible", None, [])


def test_without_json_a_person_reads_a_summary(capsys, file):
    _, out, _ = run(capsys, file(workbook(instance()), "a.xlsx"), "--seconds", "5")
    assert out.splitlines()[0].startswith("optimal after")
    assert any(line.endswith(": A") for line in out.splitlines())

    _, out, _ = run(capsys, file(write_agenda(agenda("a")), "a.json"), "--seconds", "5")
    assert "changes: 0, at least 0" in out.splitlines()
    assert any(line.startswith("d1 ") and line.endswith(": a") for line in out.splitlines())


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"", "a.xlsx", "a.xlsx: line 1: the file is not an .xlsx workbook"),
        (b"\0\1\2", "a.json", "a.json: line 1: Expecting value"),
        (b"\xff", "a.json", "a.json: line 1: the text is not UTF-8"),
        (b"{}", "a.json", "a.json: line 1: step is missing"),
    ],
)
def test_a_broken_file_is_one_line(capsys, file, content, name, message):
    code, out, err = run(capsys, file(content, name), "--json")

    assert (code, out, err.count("\n")) == (2, "", 1)
    assert message in err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("/nowhere/a.xlsx",), "/nowhere/a.xlsx: No such file or directory"),
        (("a\0.xlsx",), "embedded null byte"),
        (("x.json", "--model", "half"), "argument --model: invalid choice: 'half'"),
    ],
)
def test_a_broken_call_is_one_line(capsys, words, message):
    code, out, err = run(capsys, *words)

    assert (code, out, err.count("\n")) == (2, "", 1)
    assert message in err


def test_control_c_gives_the_best_so_far(capsys, file):
    problem = generate(sessions=40, rooms=4, days=2, seed=1, attendees=60)
    path = file(write_agenda(problem), "a.json")
    threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGINT)).start()
    code, out, err = run(capsys, path, "--json", "--seconds", "1000000")

    assert (code, json.loads(out)["status"]) == (0, "feasible")
    assert err


def test_importing_the_engine_is_cheap():
    source = Path(command.__file__).parents[2]
    code = (
        "import sys, hemicycle.engines.programme; print({'numpy', 'scipy', 'ortools', 'openpyxl'} & set(sys.modules))"
    )
    found = subprocess.run([sys.executable, "-c", code], cwd=source, capture_output=True, text=True, check=True)

    assert found.stdout == "set()\n"
