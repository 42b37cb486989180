"""Words that only some may read, encrypted in the database (Fernet: AES-128-CBC with HMAC-SHA256).

The keys come from `HEMICYCLE_FIELD_KEYS` (newest first) or from the site's secret key; a dump of the database alone
opens nothing.
"""

import base64
import json
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class Unreadable(Exception):
    """The words were sealed with another key or for another purpose, or are damaged."""


@lru_cache(maxsize=32)
def _box(purpose: str, keys: tuple[str, ...]) -> MultiFernet:
    boxes = []
    for key in keys:
        derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"hemicycle.{purpose}".encode())
        boxes.append(Fernet(base64.urlsafe_b64encode(derive.derive(key.encode()))))
    return MultiFernet(boxes)


def _keys() -> tuple[str, ...]:
    return tuple(settings.HEMICYCLE_FIELD_KEYS) or (settings.SECRET_KEY,)


def seal(value: Any, *, purpose: str) -> bytes:
    """Return a plain value encrypted; each purpose has a key of its own."""
    return _box(purpose, _keys()).encrypt(json.dumps(value, ensure_ascii=False).encode())


def unseal(secret: bytes | memoryview, *, purpose: str) -> Any:
    """Return what was sealed.

    Raises:
        Unreadable: another key, another purpose, or damaged.
    """
    try:
        return json.loads(_box(purpose, _keys()).decrypt(bytes(secret)))
    except InvalidToken as error:
        raise Unreadable from error


def seal_bytes(content: bytes, *, purpose: str) -> bytes:
    """Return a file encrypted, like `seal`."""
    return _box(purpose, _keys()).encrypt(content)


def unseal_bytes(secret: bytes | memoryview, *, purpose: str) -> bytes:
    """Return a sealed file.

    Raises:
        Unreadable: another key, another purpose, or damaged.
    """
    try:
        return _box(purpose, _keys()).decrypt(bytes(secret))
    except InvalidToken as error:
        raise Unreadable from error
