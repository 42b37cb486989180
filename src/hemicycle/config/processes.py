"""The processes of a site: pages, worker, and the demo that runs both."""

import argparse
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from hemicycle.config import periodic

STOP = (signal.SIGINT, signal.SIGTERM)


def run(command: str, arguments: list[str]) -> int:
    """Run `serve`, `work` or `demo`."""
    import django  # noqa: PLC0415 - the demo sets its environment first

    django.setup()
    return {"serve": serve, "work": work, "demo": demo}[command](arguments)


def serve(arguments: list[str]) -> int:
    """Serve pages and live streams until stopped."""
    import uvicorn  # noqa: PLC0415

    parser = argparse.ArgumentParser(prog="hemicycle serve")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    chosen = parser.parse_args(arguments)
    uvicorn.run(
        "hemicycle.config.asgi:application", host=chosen.host, port=chosen.port, log_level="warning", lifespan="off",
        timeout_graceful_shutdown=3,
    )  # fmt: skip
    return 0


def work(arguments: list[str]) -> int:
    """Do queued work, and what is due by the clock, until stopped."""
    from django.conf import settings  # noqa: PLC0415
    from django.utils.crypto import get_random_string  # noqa: PLC0415
    from django_tasks_db.management.commands.db_worker import Worker  # noqa: PLC0415

    parser = argparse.ArgumentParser(prog="hemicycle work")
    parser.add_argument("--queues", default="*", help="default,mail,solver or * for all")
    chosen = parser.parse_args(arguments)
    if not settings.TASKS["default"]["BACKEND"].endswith("DatabaseBackend"):
        print("This site's task backend brings its own worker.", file=sys.stderr)  # noqa: T201
        return 2
    threading.Thread(target=periodic.loop, daemon=True).start()
    worker = Worker(
        queue_names=chosen.queues.split(","), interval=0.3, batch=False, backend_name="default", startup_delay=False,
        max_tasks=None, worker_id=get_random_string(32), excluded_queue_names=[],
    )  # fmt: skip
    for number in STOP:
        signal.signal(number, worker.shutdown)
    worker.run()
    return 0


def demo(arguments: list[str]) -> int:
    """Set the demo up if it is new, then run pages and worker together until stopped."""
    parser = argparse.ArgumentParser(prog="hemicycle demo")
    parser.add_argument("--reset", action="store_true", help="start afresh")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--no-serve", action="store_true", help="only set it up")
    chosen = parser.parse_args(arguments)
    _prepare(reset=chosen.reset)
    if chosen.no_serve:
        return 0
    environment = {
        **os.environ,
        "HEMICYCLE_DEMO": "1",
        "HEMICYCLE_BASE_URL": f"http://127.0.0.1:{chosen.port}",
        "HEMICYCLE_RATE_FACTOR": os.environ.get("HEMICYCLE_RATE_FACTOR", "10"),
    }
    parts = [["serve", "--port", str(chosen.port)], ["work"]]
    children = [subprocess.Popen([sys.executable, "-m", "hemicycle", *part], env=environment) for part in parts]  # noqa: S603
    _welcome(chosen.port)
    return _watch(children)


def _prepare(*, reset: bool) -> None:
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


def _welcome(port: int) -> None:
    from hemicycle.demo.roles import ROLES  # noqa: PLC0415

    home = f"http://127.0.0.1:{port}"
    lines = [
        "",
        f"  The European Cluster Conference 2024 is open: {home}/",
        f"  Sign in as one of these with one press:       {home}/demo/people/",
        *[f"    {str(role.label):<18} {role.email}" for role in ROLES],
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
