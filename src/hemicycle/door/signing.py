"""Tickets that prove themselves: an Ed25519 key pair (RFC 8032), its private half sealed by the site's secret.

Plain values in and out: no rows, no settings.
"""

import os
from base64 import b32decode, b32encode
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PREFIX = "HC2"
NONCE = 12
PURPOSE = b"hemicycle.door.ticket-key"


class CannotOpen(Exception):
    """None of the site's secrets opens the key; it was sealed under another one."""


@dataclass(frozen=True)
class Pair:
    """A new key pair: the public key raw (32 bytes), the private one sealed."""

    public: bytes
    sealed: bytes


def _sealer(secret: str) -> AESGCM:
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode()))


def new_pair(*, secret: str, owner: str) -> Pair:
    """Make a key pair; `owner` names the edition, so that a sealed key fits no other."""
    key = Ed25519PrivateKey.generate()
    nonce = os.urandom(NONCE)
    sealed = nonce + _sealer(secret).encrypt(nonce, key.private_bytes_raw(), owner.encode())
    return Pair(public=key.public_key().public_bytes_raw(), sealed=sealed)


def _open(sealed: bytes, *, secrets: Iterable[str], owner: str) -> Ed25519PrivateKey:
    for secret in secrets:
        try:
            raw = _sealer(secret).decrypt(sealed[:NONCE], sealed[NONCE:], owner.encode())
        except InvalidTag:
            continue
        return Ed25519PrivateKey.from_private_bytes(raw)
    raise CannotOpen


def ticket(*, edition: int, code: str, version: int, sealed: bytes, secrets: Iterable[str], owner: str) -> str:
    """Return what a ticket's QR code says: `HC2.<edition>.<code>.<version>.<signature>`.

    Capital letters, figures and dots only: a QR code in alphanumeric mode, and keyboard scanners of any layout.

    Raises:
        CannotOpen: the site's secret is another one than the key was sealed with.
    """
    said = f"{PREFIX}.{edition}.{code}.{version}"
    signature = _open(sealed, secrets=secrets, owner=owner).sign(said.encode())
    return f"{said}.{b32encode(signature).decode().rstrip('=')}"


def is_ours(*, said: str, signature: str, public: bytes) -> bool:
    """Say whether a ticket's signature is of the edition's key."""
    try:
        raw = b32decode(signature + "=" * (-len(signature) % 8))
        Ed25519PublicKey.from_public_bytes(public).verify(raw, said.encode())
    except (InvalidSignature, ValueError):
        return False
    return True
