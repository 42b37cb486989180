import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from hemicycle.engines import command
from hemicycle.engines.meetings.formats import write_json
from hemicycle.engines.meetings.generate import generate
from tests.engines.meetings.test_formats import DZN

FITS = DZN.replace("fixed = [0, 4]", "fixed = [0, 0]")
FULL = FITS.replace("nTables = 1", "nTables = 0")


@pytest.fixture
def file(tmp_path):
    def write(text, name="a.dzn"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    return write


def run(capsys, *words):
    code = command.main(list(words))
    caught = capsys.readouterr()
    return code, caught.out, caught.err


def test_a_data_file_gives_one_document_counted_from_one(capsys, file):
    code, out, _ = run(capsys, "meetings", file(FITS), "--json", "--seconds", "5", "--spread", "2", "--seed", "3")
    found = json.loads(out)

    assert code == 0
    assert {
        key: found[key] for key in ("value", "bound", "status", "requested", "placed", "weight", "weight_bound")
    } == {
        "value": 0,
        "bound": 0,
        "status": "optimal",
        "requested": 2,
        "placed": 2,
        "weight": 2,
        "weight_bound": 2,
    }
    assert [row["meeting"] for row in found["schedule"]] == [1, 2]
    assert found["schedule"][0]["slot"] < found["schedule"][1]["slot"]
    assert {row["table"] for row in found["schedule"]} == {1}


def test_infeasible_is_an_answer(capsys, file):
    code, out, _ = run(capsys, "solve", "meetings", file(FULL), "--json")
    found = json.loads(out)

    assert code == 0
    assert (found["status"], found["value"], found["schedule"]) == ("infeasible", None, [])
    assert found["reasons"] == [
        "1 meetings must be held in 2 slots, with 0 tables over all these slots.",
        "2 meetings must be held, with 0 tables over all these slots.",
    ]


def test_own_form_explains_what_is_not_held(capsys, file):
    problem = generate(people=10, requests=20, slots=2, tables=3, seed=1, load=4)
    code, out, _ = run(capsys, "meetings", file(write_json(problem), "a.json"), "--json", "--seconds", "1")
    found = json.loads(out)

    assert code == 0
    assert found["placed"] + len(found["unplaced"]) == found["requested"] == 20
    assert all(entry["reasons"] for entry in found["unplaced"])


def test_without_json_a_person_reads_a_summary(capsys, file):
    problem = generate(people=10, requests=20, slots=2, tables=3, seed=1, load=4)
    _, out, _ = run(capsys, "meetings", file(write_json(problem), "a.json"), "--seconds", "1")
    _, none, _ = run(capsys, "meetings", file(FULL))

    assert "of 20 meetings" in out.splitlines()[0]
    assert len(out.splitlines()) > 2
    assert none.splitlines()[0].startswith("infeasible after")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "the following arguments are required: ENGINE"),
        (("meetings",), "the following arguments are required: file"),
        (("programmes", "x"), "argument ENGINE: invalid choice: 'programmes'"),
        (("meetings", "x", "--seconds", "0"), "argument --seconds: '0' is not a number above 0"),
        (("meetings", "x", "--seconds", "nan"), "argument --seconds: 'nan' is not a number above 0"),
        (("meetings", "x", "--seconds", "soon"), "argument --seconds: 'soon' is not a number above 0"),
        (("meetings", "x", "--seed=-1"), "argument --seed: '-1' is not a whole number from 0"),
        (("meetings", "x", "--workers", "0"), "argument --workers: '0' is not a whole number from 1"),
        (("meetings", "x", "--spread", "few"), "argument --spread: 'few' is not a whole number from 0"),
        (("meetings", "x", "--loud"), "unrecognized arguments: --loud"),
        (("meetings", "/nowhere/x.dzn"), "/nowhere/x.dzn: No such file or directory"),
        (("meetings", "a\0b"), "embedded null byte"),
    ],
)
def test_a_broken_call_is_one_line(capsys, words, message):
    code, out, err = run(capsys, *words)

    assert (code, out, err.count("\n")) == (2, "", 1)
    assert message in err


@pytest.mark.parametrize(
    ("text", "name", "message"),
    [
        (DZN.replace("= 3;", "= x;"), "a.dzn", "a.dzn: line 2: a value is expected, not 'x'"),
        ('{\n "slots": 1', "a.json", "a.json: line 2: Expecting ',' delimiter"),
        (b"{\n\xff", "a.json", "a.json: line 2: the text is not UTF-8"),
        ("[]", "a.json", "a.json: line 1: an object is expected"),
    ],
)
def test_a_broken_file_is_one_line_with_file_line_and_reason(capsys, file, text, name, message):
    code, out, err = run(capsys, "meetings", file(text, name), "--json")

    assert (code, out, err.count("\n")) == (2, "", 1)
    assert message in err


def test_help_is_no_error(capsys):
    code, out, _ = run(capsys, "--help")

    assert code == 0
    assert "meetings" in out


def test_control_c_gives_the_best_so_far(capsys, file):
    problem = generate(people=60, requests=290, slots=10, tables=30, seed=5, load=2.5)
    path = file(write_json(problem), "a.json")
    threading.Timer(0.6, os.kill, (os.getpid(), signal.SIGINT)).start()
    before = time.monotonic()
    code, out, err = run(capsys, "meetings", path, "--json", "--seconds", "60")

    assert time.monotonic() - before < 10
    assert (code, json.loads(out)["status"]) == (0, "feasible")
    assert "place: " in err


def test_other_threads_may_call_it(capsys, file):
    codes = []
    path = file(FITS)
    thread = threading.Thread(target=lambda: codes.append(command.main(["meetings", path, "--json"])))
    thread.start()
    thread.join()

    assert codes == [0]


def test_importing_the_engine_is_cheap():
    source = Path(command.__file__).parents[2]
    code = "import sys, hemicycle.engines.meetings; print({'numpy', 'scipy', 'ortools', 'django'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], cwd=source, capture_output=True, text=True, check=True)

    assert found.stdout == "set()\n"


@pytest.mark.parametrize(("given", "kept"), [(None, "1"), ("3", "3")])
def test_recommendations_use_one_thread_unless_somebody_says_otherwise(tmp_path, monkeypatch, capsys, given, kept):
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", given or "")
    if given is None:
        monkeypatch.delenv("OPENBLAS_NUM_THREADS")
    file = tmp_path / "people.json"
    file.write_text('[{"id": "ada", "needs": "solar"}, {"id": "bob", "offers": "solar"}]')
    assert command.main(["recommend", str(file), "--json"]) == 0
    assert os.environ["OPENBLAS_NUM_THREADS"] == kept
