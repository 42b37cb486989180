import json
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemicycle.engines.checking import BadProblem
from hemicycle.engines.files import BadFile
from hemicycle.engines.programme import Acknowledged, Effect, Relation, Rule, Setting, SideEvent, Similar, Window
from hemicycle.engines.programme.formats import agenda_json, tracks_json, xml
from hemicycle.engines.programme.formats.agenda_json import write_agenda
from hemicycle.engines.programme.formats.compact import read_compact, write_compact
from hemicycle.engines.programme.formats.own import read_json
from hemicycle.engines.programme.formats.schedule import Event, Schedule, Voice, clashes, moved, problem_of
from hemicycle.engines.programme.formats.tracks_json import write_tracks
from hemicycle.engines.programme.formats.xml import read_xml, write_xml
from hemicycle.engines.programme.generate import generate
from hemicycle.engines.programme.verify import check
from tests.engines.programme.builders import agenda, all_weights, at, people, tracks

SCHEMA = json.loads(Path(agenda_json.__file__).parents[1].joinpath("schema.json").read_text())


def full():
    problem = generate(sessions=8, rooms=2, days=2, seed=1, attendees=3)
    first, second = problem.sessions[0].id, problem.sessions[1].id
    return replace(
        problem,
        sessions=(
            replace(problem.sessions[0], start=(1, 540), room="room 1", windows=(Window(1, 540, 1800),)),
            *problem.sessions[1:],
        ),
        rules=(Setting(Rule.OVERFLOW, Effect.BLOCK, 3),),
        acknowledged=(Acknowledged(Rule.SAME_TOPIC, frozenset({first, second})),),
        published=(at(first, 540, "room 1", 1),),
        draft=(at(second, 570, "room 2", 0),),
    )


def instance():
    return tracks(
        {"A": [{"presenters": people("p"), "order": 2}, {"slots": 2}], "B": [{"attendees": people("p", "q")}]},
        weights=all_weights(2),
        chairs={"A": ("c",)},
        tracks_sessions=((0, 5), (0, 0)),
        tracks_rooms=((1, 0), (0, -3)),
        sessions_rooms=((0, 4), (0, 0)),
        similar=((0, 9), (9, 0)),
        submissions_sessions=((1, 0), (0, 0), (0, 2)),
        timezones=((0, 1), (0, 0), (10, 0)),
    )


def test_what_is_written_is_read():
    assert read_json(write_agenda(full())) == full()
    assert read_json(write_tracks(instance())) == instance()


def test_little_is_needed():
    least = {"step": 30, "days": [{"id": 1, "blocks": [["09:00", "10:00"]]}], "rooms": [{"id": "r"}], "sessions": []}
    found = read_json(json.dumps(least))

    assert (found.days[0].id, found.days[0].blocks, found.sessions, found.changeover) == ("1", ((540, 600),), (), 0)
    least["sessions"] = [{"id": "s", "length": 30, "people": [{"person": "p"}]}]
    assert read_json(json.dumps(least)).sessions[0].people[0].role == "speaker"


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ('"step": 30', '"step": 0', 1, "step must be a whole number from 1"),
        ('"step": 30', '"step": true', 1, "step must be a whole number from 1"),
        ('"step": 30', '"stop": 30', 1, "stop is not known"),
        ('"step": 30,', "", 1, "step is missing"),
        ('"model": "agenda"', '"model": "x"', 1, "model must be agenda or tracks"),
        ('"09:00"', '"9"', 5, "days 1: blocks must be HH:MM"),
        ('"r1"', "[]", 8, "rooms 1: id must be a name"),
        ('"windows": [', '"windows": 3, "x": [', 8, "rooms 1: x is not known"),
        ('"windows": [', '"windows": [5, ', 8, "rooms 1: windows 1: an object is expected"),
        ('"day": "d1", "from"', '"day": "d9", "from"', 8, "rooms 1: windows 1: day d9 is not known"),
        ('"length": 30', '"length": 1e9', 10, "sessions 1: length must be a whole number from 1"),
        ('"format": "panel"', '"format": 3', 10, "sessions 1: format must be a text"),
        ('"topics": ["x"]', '"topics": "x"', 10, "sessions 1: topics must be a list"),
        ('"at": "09:00"', '"at": "48:01"', 10, "sessions 1: start: at must be HH:MM"),
        (
            '"kind": "before"',
            '"kind": "overflow"',
            12,
            "relations 1: kind must be one of before, right_after, same_day,",
        ),
        ('"b": "s2"', '"b": "s1"', 1, "relation before s1 s1: two known sessions are needed"),
        ('["09:00", "10:00"]', '["09:00"]', 5, "days 1: blocks must be pairs of times"),
        ('"id": "s2"', '"id": ""', 11, "sessions 2: id must be a name"),
        ('"step": 30', '"step": NaN', 1, "NaN is no number"),
        ('"step": 30,', '"step": 30', 3, "Expecting ',' delimiter"),
    ],
)
def test_a_broken_agenda_file_is_refused(old, new, line, reason):
    text = """{"model": "agenda",
 "step": 30,
 "days": [
  {"id": "d1",
   "blocks": [["09:00", "10:00"]]}
 ],
 "rooms": [
  {"id": "r1", "windows": [{"day": "d1", "from": "09:00", "to": "10:00"}]}],
 "sessions": [
  {"id": "s1", "length": 30, "format": "panel", "topics": ["x"], "start": {"day": "d1", "at": "09:00"}},
  {"id": "s2", "length": 30}],
 "relations": [{"kind": "before", "a": "s1", "b": "s2"}]}"""
    assert read_json(text).step == 30
    if "blocks" in reason and "HH" in reason:
        line = 4
    if "pairs" in reason:
        line = 4

    with pytest.raises(BadFile) as refused:
        read_json(text.replace(old, new, 1))

    assert (refused.value.line, refused.value.reason[: len(reason)]) == (line, reason)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"weights": []}, "weights: an object is expected"),
        ({"weights": {"luck": 1}}, "weights: luck is not known"),
        ({"weights": {"order": 1.5}}, "weights: order must be a whole number from -1000000000"),
        ({"rooms": [{"name": "R"}, {"name": "R"}]}, "room R: the name is there 2 times"),
        ({"tracks": [{"name": "A", "rooms": {"Z": 1}}]}, "tracks 1: rooms: Z is not known"),
        ({"tracks": [{"name": "A", "rooms": []}]}, "tracks 1: rooms must be an object"),
        ({"similar": [{"a": "A", "b": "A", "penalty": 1}]}, "similar 1: two known tracks are needed"),
        ({"submissions": [{"name": "p", "track": "Z"}]}, "submissions 1: track Z is not known"),
    ],
)
def test_a_broken_tracks_file_is_refused(change, reason):
    data = {
        "model": "tracks",
        "weights": {"order": 1},
        "sessions": [{"name": "S", "slots": 2}],
        "rooms": [{"name": "R"}],
        "tracks": [{"name": "A"}],
        "submissions": [{"name": "p", "track": "A"}],
    }
    assert read_json(json.dumps(data)).weights.order == 1

    with pytest.raises(BadFile) as refused:
        read_json(json.dumps(data | change))

    assert refused.value.reason == reason


@pytest.mark.parametrize("text", ["", "[]", "3", "{", "[" * 100_000, '{"step": Infinity}', '"x"', "{}", "9" * 5000])
def test_something_else_is_refused(text):
    with pytest.raises(BadFile):
        read_json(text)
    with pytest.raises(BadFile):
        read_compact(text)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["days", "rooms", "sessions", "step", "model", "events", "id"]), inner, max_size=4
            )
        ),
        max_leaves=12,
    )
)
@settings(max_examples=60, deadline=None)
def test_no_data_makes_the_readers_stumble(data):
    for read in (read_json, read_compact):
        with suppress(BadFile):
            assert read(json.dumps(data))


def test_the_schema_says_what_the_readers_say():
    assert set(SCHEMA["$defs"]) == {"agenda", "tracks"}
    for name, form in (("agenda", agenda_json), ("tracks", tracks_json)):
        written = SCHEMA["$defs"][name]
        assert fields(written) == form.KEYS[""]
        for key, schema in written["properties"].items():
            entry = schema.get("items", schema)
            if entry.get("type") == "object":
                assert fields(entry) == form.KEYS[key], key


def fields(schema):
    assert schema["additionalProperties"] is False
    return {key: key in schema.get("required", ()) for key in schema["properties"]}


def test_the_schema_knows_every_word():
    written = SCHEMA["$defs"]["agenda"]["properties"]

    assert written["rules"]["items"]["properties"]["rule"]["enum"] == list(agenda_json.RULES)
    assert written["rules"]["items"]["properties"]["effect"]["enum"] == list(agenda_json.EFFECTS)
    assert written["relations"]["items"]["properties"]["kind"]["enum"] == list(agenda_json.KINDS)
    assert fields(written["sessions"]["items"]["properties"]["people"]["items"]) == agenda_json.KEYS["appearance"]
    assert fields(written["sessions"]["items"]["properties"]["start"]) == agenda_json.KEYS["moment"]
    assert fields(written["rooms"]["items"]["properties"]["windows"]["items"]) == agenda_json.KEYS["window"]


# Published schedules

XML = """<?xml version="1.0" encoding="UTF-8"?>
<schedule>
<conference><title>Days</title><days>2</days></conference>
<day date="2024-02-03" index="1">
<room name="Hall"/>
<room name="Hall"><event id="1" guid="g-1"><date>2024-02-03T10:00:00+01:00</date><start>10:00</start>
<duration>00:30</duration><room>Hall</room><title>A &amp; B</title><track>T</track><type>talk</type>
<language>en</language><abstract>Text</abstract><abstract/><links><link href="x">y</link></links>
<persons><person id="7">Ada</person><person>Bob</person></persons></event>
<event id="2"><date>2024-02-04T00:30:00+01:00</date><start>00:30</start><duration>1:00:00</duration><title>Night</title>
</event></room>
<room name="Yard"><event id="4"><start>11:00</start><duration>00:20</duration></event></room>
</day>
<day date="2024-02-04" index="2"></day>
<day date="2024-02-05" index="3"><room name="Cellar"><event guid="g-3"><start>09:00</start><duration>00:10</duration>
<title>Late</title></event></room></day>
</schedule>"""


def test_a_schedule_is_read():
    found = read_xml(XML.encode())

    assert found.title == "Days"
    assert [(one.id, one.day, one.start, one.length, one.room, one.title) for one in found.events] == [
        ("1", 1, 600, 30, "Hall", "A & B"),
        ("2", 1, 1470, 60, "Hall", "Night"),
        ("4", 1, 660, 20, "Yard", ""),
        ("g-3", 3, 540, 10, "Cellar", "Late"),
    ]
    first = found.events[0]
    assert first.voices == (Voice("7", "Ada"), Voice("", "Bob"))
    assert (first.guid, first.track, first.language, first.others) == ("g-1", "T", "en", (("abstract", "Text"),))


def test_a_schedule_makes_the_round_trip():
    found = read_xml(XML.encode())

    assert read_xml(write_xml(found)).events == found.events
    compact = read_compact(write_compact(found))
    assert [(one.id, one.start) for one in compact.events] == [("1", 600), ("2", 1470), ("4", 660), ("g-3", 540)]
    assert read_compact(write_compact(compact)) == compact
    roomy = replace(compact, rooms=(("Hall", 80), ("Yard", None)))
    assert read_compact(write_compact(roomy)) == roomy
    assert [(one.id, one.start) for one in read_xml(write_xml(compact)).events] == [
        ("1", 600),
        ("2", 1470),
        ("4", 660),
        ("g-3", 540),
    ]


@given(st.text(max_size=20), st.text(max_size=20))
@settings(max_examples=60, deadline=None)
def test_any_text_survives_or_is_left_out(title, name):
    event = Event(
        id="1", day=1, date="2024-02-03", start=600, length=30, room="r", title=title, voices=(Voice("1", name),)
    )
    found = read_xml(write_xml(Schedule(title=title, events=(event,))))

    assert [one.id for one in found.events] == ["1"]


BOMB = '<!DOCTYPE lolz [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><schedule><day>&b;</day></schedule>'


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (BOMB, 1, "a document type is not allowed"),
        ('<!DOCTYPE s SYSTEM "file:///etc/passwd"><schedule/>', 1, "a document type is not allowed"),
        ("", 1, "no element found"),
        ("<schedule>", 1, "no element found"),
        ("<a></b>", 1, "mismatched tag"),
        ("\0\1", 1, "not well-formed (invalid token)"),
        ("<html/>", 1, "a schedule is expected"),
        ("<schedule>" + "<a>" * 30, 1, "more than 20 levels or 20000 events"),
        ('<?xml version="1.0" encoding="klingon"?><schedule/>', 1, "unknown encoding: klingon"),
        (XML.replace("<start>10:00", "<start>10:77"), 6, "the start of an event must be HH:MM"),
        (XML.replace("<duration>00:30", "<duration>long"), 6, "the duration of an event must be HH:MM"),
        (XML.replace("<duration>00:30", "<duration>00:00"), 6, "the duration of an event is 0"),
        (XML.replace('date="2024-02-03"', 'date="2024-99-03"'), 6, "2024-99-03 is not a date"),
        (XML.replace('id="2"', 'id="1"'), 2, "event 1 is there twice"),
    ],
)
def test_a_broken_schedule_is_refused(text, line, reason):
    with pytest.raises(BadFile) as refused:
        read_xml(text.encode())

    assert (refused.value.line, refused.value.reason) == (line, reason)


def test_a_schedule_with_too_much_text_is_refused(monkeypatch):
    monkeypatch.setattr(xml, "TEXT", 10)
    with pytest.raises(BadFile, match="more than 10 characters"):
        read_xml(XML.encode())


def compact_event(**changes):
    usual = {"id": "a", "day": 1, "date": "2024-02-03", "start": 600, "dur": 30, "room": "r", "title": "t"}
    return usual | changes


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"events": [], "rooms": {"r": -1}}, "rooms must map names to places or null"),
        ({"events": [], "rooms": []}, "rooms must map names to places or null"),
        ({"events": [3]}, "event 1: an object is expected"),
        ({"events": [compact_event(id=5)]}, "event 1: id must be a text"),
        ({"events": [compact_event(start=1.5)]}, "event 1: start must be a whole number"),
        ({"events": [compact_event(dur=0)]}, "event 1: the length must be from 1 to 2880"),
        ({"events": [compact_event(day=0)]}, "event 1: the day must be from 1 to 366"),
        ({"events": [compact_event(date="9999-12-31")]}, "event 1: date must be YYYY-MM-DD"),
        ({"events": [compact_event(), compact_event(id="b", date="2024-02-04")]}, "event 2: day 1 has two dates"),
        ({"events": [compact_event(speakers=[1])]}, "event 1: speakers must be a list of texts"),
        ({"events": [compact_event(), compact_event()]}, "event 2: id a is there twice"),
    ],
)
def test_a_broken_compact_file_is_refused(data, reason):
    with pytest.raises(BadFile, match=reason):
        read_compact(json.dumps(data))


def talk(name, start, track="T", room="r", day=1, who="", length=30):
    voices = (Voice("", who),) if who else ()
    date = f"2024-02-0{day + 2}"
    return Event(
        id=name,
        day=day,
        date=date,
        start=start,
        length=length,
        room=room,
        title=name,
        track=track,
        voices=voices,
        begins="x",
    )


def test_tracks_stay_in_their_place():
    schedule = Schedule(
        title="Days",
        events=(
            talk("a", 600, who="ada"),
            talk("b", 630),
            talk("c", 660, track="U"),
            talk("d", 690, track=""),
            talk("e", 610, room="q", who="ada", day=1),
            talk("f", 600, day=2),
        ),
        rooms=(("r", 10),),
    )
    problem = problem_of(schedule, step=10)
    spans = {
        one.id: (one.room, one.windows[0].day, one.windows[0].start, one.windows[0].end) for one in problem.sessions
    }

    assert spans["a"] == spans["b"] == ("r", 0, 600, 660)
    assert (spans["c"], spans["f"]) == (("r", 0, 660, 690), ("r", 1, 600, 630))
    assert problem.sessions[3].topics == frozenset()
    assert clashes(schedule) == [("e", "ada")]
    assert [one.what for one in check(problem, problem.draft)] == ["two sessions at once"]
    swapped = moved(schedule, (replace(problem.draft[0], start=630), *problem.draft[1:]))
    assert (swapped.events[0].start, swapped.events[0].begins, swapped.events[1].begins) == (630, "", "x")


def test_made_up_problems_are_equal_for_equal_seeds():
    assert generate(sessions=9, rooms=2, days=1, seed=3) == generate(sessions=9, rooms=2, days=1, seed=3)
    assert len(generate(sessions=24, rooms=2, days=1, seed=3, attendees=2).interests) == 2
    with pytest.raises(BadProblem, match="sessions: 25 do not fit into 8 blocks"):
        generate(sessions=25, rooms=2, days=1, seed=3)


def test_every_part_of_a_problem_is_written():
    problem = agenda(
        {"id": "a", "topics": frozenset("x")},
        {"id": "b", "topics": frozenset("y")},
        relations=(Relation(Rule.BEFORE, "a", "b"),),
        similar=(Similar("x", "y", 3),),
        side_events=(SideEvent(id="e", window=Window(0, 1500, 1600), people=frozenset("p")),),
    )

    assert read_json(write_agenda(problem)) == problem
