"""The command line: `hemicycle demo | serve | work | manage | solve`."""

import os
import sys

USAGE = """usage: hemicycle COMMAND [options]

  demo   set up the demo conference and open it (--reset starts afresh, --port N)
  serve  serve pages and live streams on 127.0.0.1 (--host, --port)
  work   do the queued work and what is due (--queues)
  manage Django's own commands: migrate, check, createsuperuser, …
  solve  run an engine on a file (see `hemicycle solve --help`)
"""


def main(argv: list[str] | None = None) -> int:
    """Run one command; return its exit code."""
    arguments = sys.argv[1:] if argv is None else argv
    command, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if command == "solve":
        from hemicycle.engines.command import main as solve  # noqa: PLC0415 - engines need no Django

        return solve(rest)
    if command == "demo":
        os.environ["HEMICYCLE_DEMO"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hemicycle.config.settings")
    if command == "manage":
        from django.core.management import execute_from_command_line  # noqa: PLC0415

        execute_from_command_line(["hemicycle manage", *rest])
        return 0
    if command == "demo":
        from hemicycle.demo import command as demo  # noqa: PLC0415

        return demo.run(rest)
    if command in ("serve", "work"):
        from hemicycle.config import processes  # noqa: PLC0415

        return processes.run(command, rest)
    print(USAGE, file=sys.stderr)
    return 0 if command in ("", "-h", "--help", "help") else 2


if __name__ == "__main__":
    sys.exit(main())
