"""Our own static files, read where a service worker is put together."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from django.contrib.staticfiles import finders


@cache
def content(name: str) -> bytes:
    """Return a static file by its name."""
    path = finders.find(name)
    return Path(path).read_bytes() if isinstance(path, str) else b""


@cache
def release(*names: str) -> str:
    """Return a name for these files: another file, another name."""
    whole = sha256()
    for name in names:
        whole.update(content(name))
    return whole.hexdigest()[:16]
