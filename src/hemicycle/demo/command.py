"""`hemicycle demo`: set the demo up, then run pages and worker together."""

import argparse
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

STOP = (signal.SIGINT, signal.SIGTERM)


def run(arguments: list[str]) -> int:
    """Set the demo up if it is new, then run pages and worker together until stopped.

    Setting up is a process of its own, so that nothing of it stays in memory while the demo runs.
    """
    parser = argparse.ArgumentParser(prog="hemicycle demo")
    parser.add_argument("--reset", action="store_true", help="start afresh")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--no-serve", action="store_true", help="only set it up")
    chosen = parser.parse_args(arguments)
    if chosen.no_serve:
        _prepare(reset=chosen.reset, port=chosen.port)
        return 0
    hemicycle = [sys.executable, "-m", "hemicycle"]
    prepared = subprocess.run([*hemicycle, "demo", "--no-serve", *arguments], check=False)  # noqa: S603
    if prepared.returncode:
        return prepared.returncode
    environment = {
        **os.environ,
        "HEMICYCLE_DEMO": "1",
        "HEMICYCLE_BASE_URL": f"http://127.0.0.1:{chosen.port}",
        "HEMICYCLE_RATE_FACTOR": os.environ.get("HEMICYCLE_RATE_FACTOR", "10"),
    }
    parts = [["serve", "--port", str(chosen.port)], ["work"]]
    children = [subprocess.Popen([*hemicycle, *part], env=environment) for part in parts]  # noqa: S603
    return _watch(children)


def _prepare(*, reset: bool, port: int) -> None:
    import django  # noqa: PLC0415 - the environment is set by now

    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from hemicycle.demo.load import load  # noqa: PLC0415

    database = Path(settings.DATABASES["default"]["NAME"])
    if connection.vendor == "sqlite":
        database.parent.mkdir(parents=True, exist_ok=True)
        if reset:
            for suffix in ("", "-wal", "-shm"):
                Path(f"{database}{suffix}").unlink(missing_ok=True)
    call_command("migrate", verbosity=0)
    load(progress=lambda sentence: print(sentence, flush=True))  # noqa: T201
    _welcome(port)


def _welcome(port: int) -> None:
    from hemicycle.demo.roles import ROLES  # noqa: PLC0415

    home = f"http://127.0.0.1:{port}"
    lines = [
        "",
        f"  The European Cluster Conference 2024 is open: {home}/",
        f"  Sign in as one of these with one press:       {home}/demo/people/",
        *[f"    {role.label!s:<21} {role.email}" for role in ROLES],
        f"  What was sent by mail:                        {home}/demo/mailbox/",
        "  Ctrl-C stops everything; the next start keeps the data.",
        "",
    ]
    print("\n".join(lines), flush=True)  # noqa: T201


def _watch(children: list[subprocess.Popen[bytes]]) -> int:
    """Wait until somebody stops us or a child ends; then stop all of them."""
    stopping = threading.Event()
    for number in STOP:
        signal.signal(number, lambda *_: stopping.set())
    while not stopping.is_set() and all(child.poll() is None for child in children):
        time.sleep(0.2)
    failed = [child.returncode for child in children if child.poll() not in (None, 0)]
    for child in children:
        if child.poll() is None:
            child.send_signal(signal.SIGTERM)
    for child in children:
        try:
            child.wait(timeout=8)
        except subprocess.TimeoutExpired:
            child.kill()
    return 0 if stopping.is_set() else (failed or [0])[0]
