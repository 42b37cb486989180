"""The site as the tests run it: the real one, with queued work done at once and mail kept in memory."""

import os
import tempfile

os.environ["HEMICYCLE_DEMO"] = "1"
os.environ["HEMICYCLE_CLOCK"] = "hemicycle.kit.clock.system"
os.environ.setdefault("HEMICYCLE_DATA", tempfile.mkdtemp(prefix="hemicycle-tests-"))
os.environ.setdefault("HEMICYCLE_SECRET_KEY", "only-for-tests-and-known-to-everybody")

from hemicycle.config.settings import *  # noqa: F403
from hemicycle.config.settings import DATABASES

TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": ["default", "mail", "solver"]}
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
HEMICYCLE_RATE_FACTOR = 1000
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the races run in other processes. Durability is not what the tests are about.
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(os.environ["HEMICYCLE_DATA"], "test.sqlite3")}  # noqa: PTH118
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
