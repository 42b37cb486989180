"""What the pages of registration, organisations, side events, the door and long work do, a program can do too."""

from hemicycle.config.api import api
from tests.architecture.test_pages import ROUTES

APPS = ("registration", "directory", "hosting", "door")
STEPS = "a step of one form: a program sends the form whole"
LINK = "the link in a mail proves that somebody reads that mail; a key proves nothing of the kind"
SCREEN = "part of a page that works without network, not data"
ORG, REG, TEAM, SIDE = "/organisations/{organisation}", "/registrations", "/door", "/side-events/{slug}"

# Page → the operations that do or say the same (method and address under /api/{conference}), or one sentence why none does.
TABLE = {
    "registration:register": [f"POST {REG}", "GET /categories", "GET /questions"],
    "registration:draft": STEPS,
    "registration:review": STEPS,
    "registration:confirm": LINK,
    "registration:transfer_accept": LINK,
    "registration:change": ["GET /me", "PATCH /me"],
    "registration:own_file": ["GET /me/files/{question_id}"],
    "registration:transfer": ["POST /me/transfer"],
    "registration:colleagues": ["POST /me/colleagues"],
    "registration:delegation": [f"GET {ORG}/people", f"POST {ORG}/people"],
    "registration:consents": ["GET /me/consents", "PUT /me/consents"],
    "registration:ticket": ["GET /me/papers"],
    "registration:ticket_worker": SCREEN,
    "registration:cancel": ["POST /me/cancel"],
    "registration:desk_list": [f"GET {REG}"],
    "registration:desk_act": [f"POST {REG}/decide"],
    "registration:desk_view": [f"GET {REG}/views", f"POST {REG}/views", f"DELETE {REG}/views/{{view_id}}"],
    "registration:desk_statistics": [f"GET {REG}/statistics"],
    "registration:desk_export": [f"POST {REG}/exports"],
    "registration:desk_guard": [f"POST {REG}/exports/guard", f"GET {REG}/guard"],
    "registration:desk_setup": ["GET /categories", "GET /questions", "GET /invitations"],
    "registration:desk_category_new": ["POST /categories"],
    "registration:desk_category": ["PATCH /categories/{category}", "DELETE /categories/{category}"],
    "registration:desk_question_new": ["POST /questions"],
    "registration:desk_question": ["PATCH /questions/{question_id}", "DELETE /questions/{question_id}"],
    "registration:desk_invite": ["POST /invitations"],
    "registration:desk_import": [f"POST {REG}/lists", f"GET {REG}/lists/{{run_id}}"],
    "registration:desk_take_in": [f"POST {REG}/lists/enter"],
    "registration:desk_detail": [f"GET {REG}/{{registration_id}}", f"GET {REG}/{{registration_id}}/history"],
    "registration:desk_file": [f"GET {REG}/{{registration_id}}/files/{{question_id}}"],
    "directory:list": ["GET /organisations"],
    "directory:page": [f"GET {ORG}"],
    "directory:invited": LINK,
    "directory:mine": ["GET /me/organisations"],
    "directory:join": [f"POST {ORG}/join"],
    "directory:own": [f"GET {ORG}/workspace"],
    "directory:own_edit": [f"PATCH {ORG}"],
    "directory:own_fact_new": [f"POST {ORG}/facts"],
    "directory:own_fact": [f"PATCH {ORG}/facts/{{fact_id}}"],
    "directory:own_fact_remove": [f"DELETE {ORG}/facts/{{fact_id}}"],
    "directory:own_invite": [f"POST {ORG}/invitations"],
    "directory:own_withdraw": [f"DELETE {ORG}/invitations/{{asked_id}}"],
    "directory:own_answer": [f"POST {ORG}/join-requests/{{asked_id}}"],
    "directory:own_take": [f"POST {ORG}/managers/{{manager_id}}/remove"],
    "directory:desk_list": ["GET /organisations"],
    "directory:desk_export": ["POST /organisation-export", "GET /organisation-export"],
    "directory:desk_add": ["POST /organisations"],
    "directory:desk_duplicates": ["GET /organisation-duplicates"],
    "directory:desk_merge": ["GET /organisation-merges", "POST /organisation-merges"],
    "directory:desk_import": ["POST /organisation-lists", "GET /organisation-lists/{run_id}"],
    "directory:desk_take_in": ["POST /organisation-lists/enter"],
    "directory:desk_show": [f"GET {ORG}/workspace"],
    "directory:desk_edit": [f"PATCH {ORG}"],
    "directory:desk_waive": [f"PUT {ORG}/waivers/{{check}}", f"DELETE {ORG}/waivers/{{check}}"],
    "directory:desk_fact_new": [f"POST {ORG}/facts"],
    "directory:desk_fact": [f"PATCH {ORG}/facts/{{fact_id}}"],
    "directory:desk_fact_confirm": [f"POST {ORG}/facts/{{fact_id}}/confirm"],
    "directory:desk_fact_remove": [f"DELETE {ORG}/facts/{{fact_id}}"],
    "directory:desk_invite": [f"POST {ORG}/invitations"],
    "directory:desk_withdraw": [f"DELETE {ORG}/invitations/{{asked_id}}"],
    "directory:desk_answer": [f"POST {ORG}/join-requests/{{asked_id}}"],
    "directory:desk_take": [f"POST {ORG}/managers/{{manager_id}}/remove"],
    "hosting:mine": ["GET /me/hosting"],
    "hosting:join": LINK,
    "hosting:event": [f"GET {SIDE}"],
    "hosting:seat": [f"POST {SIDE}/seat", f"DELETE {SIDE}/seat", "GET /me/seats"],
    "hosting:paper": [f"GET {SIDE}/papers", f"GET {SIDE}/papers/{{paper_id}}"],
    "hosting:people": [f"GET {SIDE}/seats"],
    "hosting:act": [f"POST {SIDE}/decide"],
    "hosting:export": [f"GET {SIDE}/seats/file"],
    "hosting:words": [f"GET {SIDE}/setup", f"PATCH {SIDE}"],
    "hosting:questions": [f"GET {SIDE}/questions"],
    "hosting:question_new": [f"POST {SIDE}/questions"],
    "hosting:question": [f"PATCH {SIDE}/questions/{{question_id}}", f"DELETE {SIDE}/questions/{{question_id}}"],
    "hosting:invite": [f"GET {SIDE}/invitations", f"POST {SIDE}/invitations", f"DELETE {SIDE}/invitations/{{invitation_id}}"],
    "hosting:write": [f"POST {SIDE}/messages"],
    "hosting:papers": [f"GET {SIDE}/papers/all", f"POST {SIDE}/papers"],
    "hosting:paper_change": [f"PATCH {SIDE}/papers/{{paper_id}}", f"DELETE {SIDE}/papers/{{paper_id}}"],
    "hosting:desk": ["GET /side-events"],
    "hosting:desk_add": ["POST /side-events"],
    "hosting:desk_event": [f"GET {SIDE}/setup", f"PATCH {SIDE}", f"GET {SIDE}/hosts"],
    "hosting:desk_hosts": [
        f"POST {SIDE}/hosts", f"DELETE {SIDE}/hosts/{{host_id}}", f"DELETE {SIDE}/host-invitations/{{invitation_id}}",
    ],
    "hosting:desk_remove": [f"DELETE {SIDE}"],
    "door:scan": [f"{call} {TEAM}/{word}" for call, word in (
        ("POST", "enrol"), ("GET", "list"), ("POST", "scans"), ("POST", "walk-ins"), ("GET", "badge/{registration_id}"),
    )],
    "door:worker": SCREEN,
    "door:manifest": SCREEN,
    "door:icon": SCREEN,
    "door:verify": ["GET /certificates/{certificate}"],
    "door:my_papers": ["GET /me/papers", "POST /me/papers/certificate"],
    "door:my_ticket": ["GET /me/papers/ticket"],
    "door:my_certificate": ["GET /me/papers/certificate"],
    "door:my_invitation": ["POST /me/papers/invitation"],
    "door:desk": [f"GET {TEAM}/lists", f"GET {TEAM}/latest", f"GET {TEAM}/doubles"],
    "door:prepare": [f"POST {TEAM}/lists"],
    "door:absent": [f"POST {REG}/absent"],
    "door:list": [
        f"GET {TEAM}/lists/{{list_id}}/people", f"POST {TEAM}/lists/{{list_id}}/check-ins",
        f"DELETE {TEAM}/lists/{{list_id}}/check-ins/{{registration_id}}",
    ],
    "door:devices": [f"GET {TEAM}/devices", f"POST {TEAM}/devices"],
    "door:device": [f"GET {TEAM}/devices/{{device_id}}", f"POST {TEAM}/devices/{{device_id}}/code"],
    "door:switch_off": [f"POST {TEAM}/devices/{{device_id}}/switch-off"],
    "door:badge": [f"GET {TEAM}/papers/badges/{{registration_id}}"],
    "door:papers": [f"GET {TEAM}/papers", f"POST {TEAM}/papers"],
    "door:guard_list": [f"GET {TEAM}/papers/guard"],
    "door:attendance_csv": [f"GET {TEAM}/attendance/file", f"GET {TEAM}/attendance"],
    "door:attendance_xlsx": [f"GET {TEAM}/attendance/file"],
    "desk:run": ["GET /runs/{run_id}"],
    "desk:run_progress": ["GET /runs/{run_id}"],
    "desk:run_stop": ["POST /runs/{run_id}/stop"],
    "desk:run_file": ["GET /runs/{run_id}/file"],
}  # fmt: skip
NONE = {"registration:draft", "registration:review", "registration:confirm", "registration:transfer_accept",
        "registration:ticket_worker", "directory:invited", "hosting:join", "door:worker", "door:manifest", "door:icon"}  # fmt: skip


def pages():
    """Return the names of the pages that this is about."""
    return {name for name, _view, _ in ROUTES if name.split(":")[0] in APPS or name.startswith("desk:run")}


def operations():
    """Return every operation as method and address."""
    return {
        f"{method.upper()} {path.removeprefix('/api/{conference}')}"
        for path, methods in api.get_openapi_schema()["paths"].items()
        for method in methods
    }


def test_every_page_names_what_a_program_calls_and_no_page_is_gone():
    assert (sorted(pages() - set(TABLE)), sorted(set(TABLE) - pages())) == ([], [])


def test_every_operation_that_is_named_exists():
    named = {operation for said in TABLE.values() if isinstance(said, list) for operation in said}
    assert sorted(named - operations()) == []


def test_pages_without_an_operation_are_few_and_say_why():
    assert {name for name, said in TABLE.items() if isinstance(said, str)} == NONE
    assert [name for name, said in TABLE.items() if not said] == []
