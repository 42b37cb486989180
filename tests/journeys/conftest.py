"""The demo as a new user starts it: real processes, real worker, real browser."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
AXE = (ROOT / "tests/vendor/axe.min.js").read_text()
CHROMIUM = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-quic",
]  # fmt: skip
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def demo():
    """Start `hemicycle demo` on a free port with fresh data; stop it as Ctrl-C does."""
    folder, port = tempfile.mkdtemp(prefix="hemicycle-journey-"), free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HEMICYCLE_", "DJANGO_"))}
    environment = {**kept, "HEMICYCLE_DATA": folder, "PYTHONPATH": str(ROOT / "src"), "HEMICYCLE_RATE_FACTOR": "100"}
    log = Path(folder) / "log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "hemicycle", "demo", "--port", str(port)], env=environment, stdout=out, stderr=out
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(f"{address}/ecc2024/", process, log)
        yield address
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0, log.read_text()
    finally:
        if process.poll() is None:
            process.kill()
        shutil.rmtree(folder, ignore_errors=True)


def _wait(address, process, log):
    for _ in range(240):
        assert process.poll() is None, log.read_text()
        try:
            urllib.request.urlopen(address, timeout=2)
        except OSError:
            time.sleep(0.5)
        else:
            return
    pytest.fail(f"the demo did not open: {log.read_text()}")


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        yield browser
        browser.close()


class Visitor:
    """Somebody with a browser of their own; every page they see is checked."""

    def __init__(self, browser, address, *, width=1440, scheme="light"):
        self.address = address
        self.context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        self.context.set_default_timeout(15_000)
        self.page = self.context.new_page()
        self.noise, self.foreign = [], []
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.noise.append(str(error)))
        self.page.on("request", self._watch)

    def _listen(self, message):
        # A page that answers 403, 409 or 422 on purpose is logged by the browser as a failed load.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.noise.append(message.text)

    def _watch(self, request):
        if not request.url.startswith((self.address, "data:", "blob:", "about:")):
            self.foreign.append(request.url)

    def go(self, path):
        answer = self.page.goto(self.address + path)
        assert answer.status < 500
        self.check()
        return answer

    def press(self, name, *, role="button", within=None):
        with self.page.expect_navigation():
            (within or self.page).get_by_role(role, name=name).first.click()
        self.check()

    def sign_in(self, role):
        self.page.goto(f"{self.address}/demo/people/")
        with self.page.expect_navigation():
            self.page.locator(f'form[action$="/{role}/"] button').click()
        return self

    def check(self):
        """No overflow, no axe violation, no console error, no request to another host."""
        over = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        self.page.evaluate(AXE)
        found = self.page.evaluate(f"axe.run(document, {{runOnly: {RULES}}})")["violations"]
        faults = [(v["id"], v["nodes"][0]["html"][:200]) for v in found]
        assert (self.page.url, over, faults, self.noise, self.foreign) == (self.page.url, 0, [], [], [])


@pytest.fixture
def visit(demo, browser):
    made = []

    def new(**options):
        made.append(Visitor(browser, demo, **options))
        return made[-1]

    yield new
    for visitor in made:
        visitor.context.close()
