"""Run every test on SQLite and on PostgreSQL; start a PostgreSQL of our own when none is given.

The PostgreSQL server lives in a temporary folder, listens on a Unix socket only, and ends with the tests.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTEST = [sys.executable, "-m", "pytest"]
FLOOR = "90"


def binaries() -> Path:
    """Return the folder of the newest installed PostgreSQL."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if not found:
        sys.exit("PostgreSQL is not installed: run scripts/system_packages.sh")
    return found[-1]


def as_server(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root; its own system user does it then."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


class Server:
    """A PostgreSQL of our own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bin = binaries()

    def __enter__(self) -> str:
        """Start it and return its address."""
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        self.folder.chmod(0o755)
        data = self.folder / "data"
        run = partial(subprocess.run, check=True, stdout=subprocess.DEVNULL, cwd="/")
        run(as_server([str(self.bin / "initdb"), "-D", str(data), "-U", "tests", "-A", "trust", "-E", "UTF8"]))
        options = f"-c listen_addresses= -c unix_socket_directories={self.folder} -c fsync=off -c max_connections=120"
        start = [
            str(self.bin / "pg_ctl"),
            "-D",
            str(data),
            "-o",
            options,
            "-w",
            "-l",
            str(self.folder / "log"),
            "start",
        ]
        run(as_server(start))
        return f"postgresql://tests@{str(self.folder).replace('/', '%2F')}/postgres"

    def __exit__(self, *_: object) -> None:
        """Stop it."""
        stop = [str(self.bin / "pg_ctl"), "-D", str(self.folder / "data"), "-m", "immediate", "stop"]
        subprocess.run(as_server(stop), check=False, stdout=subprocess.DEVNULL, cwd="/")


def pytest(*arguments: str, **environment: str) -> int:
    """Run pytest; return its exit code."""
    print("::", "pytest", *arguments, environment.get("HEMICYCLE_DATABASE_URL", "")[:10], flush=True)
    return subprocess.run([*PYTEST, *arguments], cwd=ROOT, env={**os.environ, **environment}, check=False).returncode


def main() -> int:
    """Run all; return 0 when all passed."""
    workers = ["-n", "2", "--dist", "loadfile"]
    covered = ["--cov", "--cov-report=", "--cov-append"]
    for old in ROOT.glob(".coverage*"):
        old.unlink()
    failed = pytest("tests", "--ignore=tests/journeys", *workers, *covered)
    folder = Path(tempfile.mkdtemp(prefix="hemicycle-pg-"))
    try:
        with Server(folder) as address:
            paths = [f"tests/{name}" for name in DATABASE_TESTS if (ROOT / "tests" / name).exists()]
            failed |= pytest(*paths, *workers, HEMICYCLE_DATABASE_URL=address)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    failed |= pytest("tests/journeys", "-p", "no:xdist")
    report = [sys.executable, "-m", "coverage", "report"]
    failed |= subprocess.run([*report, f"--fail-under={FLOOR}"], cwd=ROOT, check=False).returncode
    exact = [*report, "--include=*/engines/*,*/rules.py", "--fail-under=100"]
    failed |= subprocess.run(exact, cwd=ROOT, check=False).returncode
    return 1 if failed else 0


DATABASE_TESTS = (
    "accounts", "agenda", "architecture", "audit", "conferences", "config", "demo", "desk", "directory", "door", "matchmaking",
    "notifications", "registration", "website", "hosting",
)  # fmt: skip

if __name__ == "__main__":
    sys.exit(main())
