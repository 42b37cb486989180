"""The processes of a site: pages and worker."""

import argparse
import signal
import sys
import threading

from hemicycle.config import periodic

STOP = (signal.SIGINT, signal.SIGTERM)


def run(command: str, arguments: list[str]) -> int:
    """Run `serve` or `work`."""
    import django  # noqa: PLC0415 - only these commands need it

    django.setup()
    return {"serve": serve, "work": work}[command](arguments)


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
    if not str(settings.TASKS["default"]["BACKEND"]).endswith("DatabaseBackend"):
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
