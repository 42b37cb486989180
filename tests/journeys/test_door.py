"""Two doors, a camera, no network for a while: every scan arrives once, and both doors hear of the double."""

import base64
import re
import tempfile
from pathlib import Path

import pytest
import segno
from playwright.sync_api import expect

from tests.journeys.conftest import CHROMIUM, Visitor

pytestmark = pytest.mark.journey
READ = """async (data) => {
  const raw = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
  await ZXingWASM.prepareZXingModule({ overrides: { locateFile: () => "/static/kit/vendor/zxing-reader.wasm" } });
  const found = await ZXingWASM.readBarcodes(new Blob([raw]), { formats: ["QRCode"], tryHarder: true });
  return found[0].text;
}"""


def video(path, text, *, width=640, height=480):
    """Write what a camera would see: a QR code, then nothing, again and again (YUV4MPEG2)."""
    modules = [list(row) for row in segno.make(text, error="m").matrix_iter(scale=1, border=4)]
    scale = height // len(modules)
    left, top = (width - scale * len(modules)) // 2, (height - scale * len(modules)) // 2
    white, luma = bytes([255]) * width, bytearray([255]) * (width * height)
    for y, row in enumerate(modules):
        line = bytearray(white)
        for x, dark in enumerate(row):
            if dark:
                line[left + x * scale : left + (x + 1) * scale] = bytes(scale)
        for copy in range(scale):
            start = (top + y * scale + copy) * width
            luma[start : start + width] = line
    chroma, nothing = bytes([128]) * (width * height // 2), bytes([128]) * (width * height)
    with path.open("wb") as out:
        out.write(f"YUV4MPEG2 W{width} H{height} F10:1 Ip A1:1 C420jpeg\n".encode())
        for picture in [bytes(luma)] * 10 + [nothing] * 5:
            out.write(b"FRAME\n" + picture + chroma)


@pytest.fixture
def camera_of(browser):
    """Open browsers whose camera sees a ticket."""
    fake = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
    opened = []
    with tempfile.TemporaryDirectory() as folder:

        def seeing(text):
            path = Path(folder) / f"{len(opened)}.y4m"
            video(path, text)
            arguments = [*CHROMIUM, *fake, f"--use-file-for-fake-video-capture={path}"]
            opened.append(browser.browser_type.launch(executable_path="/usr/bin/chromium", args=arguments))
            return opened[-1]

        yield seeing
        for one in opened:
            one.close()


class Door(Visitor):
    """A phone at a door."""

    def enrol(self, code):
        self.context.grant_permissions(["camera"])
        self.page.goto(f"{self.address}/ecc2024/door/#{code}")
        expect(self.page.get_by_label("Enrolment code")).to_have_value(code)
        self.check()
        self.page.get_by_role("button", name="Enrol").click()
        expect(self.page.locator("#listed")).to_contain_text("700 people")
        # The worker keeps the page's files before the network may go.
        self.page.evaluate("navigator.serviceWorker.ready")
        self.check()

    def type(self, text):
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")

    def answer(self, word, name=None):
        expect(self.page.locator("#verdict")).to_be_visible()
        expect(self.page.locator("#verdict-word")).to_have_text(word)
        if name:
            expect(self.page.locator("#verdict-name")).to_have_text(name)

    def banner(self, text):
        expect(self.page.locator("#banner")).to_have_text(text)

    def logged(self):
        return self.page.locator("#log li")


def make_device(owner, name):
    """Make a device in the desk and return its enrolment code."""
    owner.go("/ecc2024/desk/door/devices/")
    owner.page.get_by_label("Name of the door").fill(name)
    owner.page.get_by_label("European Cluster Conference 2024").check()
    owner.page.get_by_label("May register people").check()
    owner.press("Make the device")
    owner.press("Show the enrolment code")
    return owner.page.locator(".ticket code").inner_text()


def signed_ticket(visitor):
    """Read the QR code of a participant's ticket page, as a camera would."""
    visitor.sign_in("participant").go("/ecc2024/me/ticket/")
    picture = base64.b64encode(visitor.page.locator(".qr").screenshot()).decode()
    visitor.page.goto(f"{visitor.address}/ecc2024/door/")
    visitor.page.wait_for_function("window.ZXingWASM")
    return visitor.page.evaluate(READ, picture)


def codes(owner, number):
    """Return (code, name) of people with a place, from the desk."""
    rows = owner.page.request.get(f"{owner.address}/api/ecc2024/registrations").json()["items"]
    return [row["code"] for row in rows if row["status"] == "confirmed"][:number]


def somebody_without_a_place(door):
    page = door.page
    page.get_by_role("button", name="Register somebody").click()
    door.check()
    page.get_by_role("button", name="Register and check in").click()
    expect(page.locator("#walk-fault")).to_contain_text("Please look at the marked answers.")
    for label, value in (("First name", "Ada"), ("Last name", "Byron"), ("Email address", "ada@engines.example")):
        page.get_by_label(label).fill(value)
    page.get_by_label("Country").select_option("IE")
    page.get_by_label("Comes as").select_option(label="Company")
    page.get_by_role("button", name="Register and check in").click()
    door.answer("Welcome", "Ada Byron")
    page.get_by_role("button", name="Undo").click()
    expect(door.logged().first).to_contain_text("Ada Byron Taken back")


def test_two_doors_without_network(visit, demo, camera_of):  # noqa: PLR0915 - one day, told in its order
    owner, guest = visit(), visit(width=390)
    ticket = signed_ticket(guest)
    assert re.fullmatch(r"HC2\.\d+\.[2-9A-HJ-NP-Z]{15}\.\d+\.[A-Z2-7]{103}", ticket)
    owner.sign_in("owner")
    people = codes(owner, 22)
    own = ticket.split(".")[2]
    others = [code for code in people if code != own][:20]
    browser = camera_of(ticket)
    left = Door(browser, demo, width=390)
    right = Door(browser, demo, width=1440, scheme="dark")
    left.enrol(make_device(owner, "Left door"))
    right.enrol(make_device(owner, "Right door"))

    # With network: the answer is the server's, by name search and by hand scanner.
    right.page.get_by_label("Search by name").fill("lindqvist klara")
    expect(right.page.locator("#found button")).to_have_count(1)
    right.check()
    right.page.get_by_label("Code, typed").focus()
    right.type("ABCDEFGHJKLMNP2")
    right.answer("No such ticket")
    right.check()
    right.page.keyboard.press("Escape")

    # Without network: the camera and nineteen codes on the left, one of them on the right as well.
    for door in (left, right):
        door.context.set_offline(True)
        door.banner("Offline, 0 scans waiting")
    left.page.get_by_role("button", name="Start the camera").click()
    left.answer("Welcome", "Klara Lindqvist")
    left.check()
    left.page.get_by_role("button", name="Next").click()
    left.page.get_by_role("button", name="Stop the camera").click()
    left.page.get_by_label("Code, typed").focus()
    for code in others[:19]:
        left.type(code)
        left.answer("Welcome")
    left.banner("Offline, 20 scans waiting")
    left.type(ticket)
    left.answer("Already checked in", "Klara Lindqvist")
    left.banner("Offline, 21 scans waiting")
    left.page.keyboard.press("Escape")
    left.page.reload()
    left.banner("Offline, 21 scans waiting")
    expect(left.page.locator("#listed")).to_contain_text("700 people")
    left.check()
    right.page.get_by_label("Code, typed").focus()
    right.type(others[0])
    right.answer("Welcome")
    right.type(others[19])
    right.answer("Welcome")
    right.page.keyboard.press("Escape")
    right.banner("Offline, 2 scans waiting")

    # The network is back: the later door first, the earlier scan wins all the same, both hear of it.
    right.context.set_offline(False)
    expect(right.page.locator("#banner")).to_be_hidden()
    left.context.set_offline(False)
    for door in (left, right):
        expect(door.page.locator("#banner")).to_be_hidden()
        expect(door.page.locator("#doubles li")).to_have_count(1)
        expect(door.page.locator("#doubles li")).to_contain_text(
            re.compile(r"was scanned twice: \S+ at Left door, \S+ at Right door")
        )
        expect(door.page.locator("#count")).to_have_text("21 in")
        door.check()
    owner.go("/ecc2024/desk/door/")
    card = owner.page.locator("li.card", has_text="European Cluster Conference 2024")
    expect(card).to_contain_text("21 of 700 in")

    somebody_without_a_place(right)

    # A device that is switched off gives nothing and loses nothing.
    owner.go("/ecc2024/desk/door/devices/")
    owner.press("Left door", role="link")
    owner.press("Switch off")
    expect(left.page.get_by_role("alert").filter(has_text="switched off")).to_be_visible()
    left.check()
    for door in (left, right):
        door.context.close()
