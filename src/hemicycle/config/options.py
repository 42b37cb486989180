"""Every deployment choice, read once from the environment; nothing else in the product reads it."""

from dataclasses import dataclass
from pathlib import Path

from environs import Env

HOME = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Options:
    """What differs between two installations of the same release."""

    secret_key: str
    field_keys: tuple[str, ...]
    debug: bool
    demo: bool
    base_url: str
    hosts: tuple[str, ...]
    database_url: str
    data: Path
    cache_url: str
    mail_url: str
    mail_from: str
    second_factor: bool
    trusted_proxies: int
    rate_factor: int
    at_once: int
    oidc: dict[str, str]
    clock: str


DEVELOPMENT_KEY = "development-only-key-never-used-by-a-site-that-people-reach"


def read() -> Options:
    """Return the options of this process; a site without HEMICYCLE_SECRET_KEY runs only as demo or in tests."""
    env = Env()
    with env.prefixed("HEMICYCLE_"):
        demo = env.bool("DEMO", False)
        base_url = env.str("BASE_URL", "http://127.0.0.1:8000").rstrip("/")
        data = Path(env.str("DATA", str(HOME / "var")))
        return Options(
            secret_key=env.str("SECRET_KEY", "") or _kept_key(data, demo=demo),
            field_keys=tuple(env.list("FIELD_KEYS", [])),
            debug=env.bool("DEBUG", False),
            demo=demo,
            base_url=base_url,
            hosts=tuple(env.list("HOSTS", ["127.0.0.1", "localhost", "testserver"])),
            database_url=env.str("DATABASE_URL", ""),
            data=data,
            cache_url=env.str("CACHE_URL", ""),
            mail_url=env.str("MAIL_URL", ""),
            mail_from=env.str("MAIL_FROM", "Hemicycle <no-reply@localhost>"),
            second_factor=env.bool("SECOND_FACTOR", True),
            trusted_proxies=env.int("TRUSTED_PROXIES", 0),
            rate_factor=env.int("RATE_FACTOR", 1),
            at_once=max(1, env.int("AT_ONCE", 8)),
            oidc={key: env.str(f"OIDC_{key.upper()}", "") for key in ("name", "server", "client_id", "client_secret")},
            clock=env.str("CLOCK", "hemicycle.demo.clock.now" if demo else "hemicycle.kit.clock.system"),
        )


def _kept_key(data: Path, *, demo: bool) -> str:
    """Return the demo's own random key, made at its first start; anything else gets the development key."""
    if not demo:
        return DEVELOPMENT_KEY
    from django.core.management.utils import get_random_secret_key  # noqa: PLC0415 - settings are not ready yet

    kept = data / "secret_key"
    if not kept.exists():
        data.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(get_random_secret_key())
    return kept.read_text()
