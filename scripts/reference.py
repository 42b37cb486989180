"""Write what the documents say from what the code says: the API's description and the permission table."""

import json
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"


def openapi() -> str:
    """Return the API's OpenAPI description."""
    from hemicycle.config.api import api

    return json.dumps(api.get_openapi_schema(), indent=2, sort_keys=True) + "\n"


def permissions() -> str:
    """Return the table of roles and capabilities in Markdown."""
    from hemicycle.conferences.enums import Role
    from hemicycle.conferences.permissions import CAPABILITIES

    head = ["# Roles and capabilities", "", "Written from the code by `scripts/reference.py`; a test compares.", ""]
    head += ["| capability | " + " | ".join(Role.values) + " |", "| --- |" + " --- |" * len(Role)]
    rows = [
        f"| {name} | " + " | ".join("✓" if role in roles else "" for role in Role) + " |"
        for name, roles in CAPABILITIES.items()
    ]
    return "\n".join([*head, *rows]) + "\n"


def personal_data() -> str:
    """Return the processing record: which field holds what about people, why, and how long."""
    from hemicycle.kit.privacy import record

    head = [
        "# Personal data",
        "",
        "Written from the models' annotations by `scripts/reference.py`; a test compares.",
        "",
    ]
    head += ["| field | purpose | basis | seen by | kept |", "| --- | --- | --- | --- | --- |"]
    rows = [f"| {model}.{field} | {n.purpose} | {n.basis} | {n.seen_by} | {n.period} |" for model, field, n in record()]
    return "\n".join([*head, *rows]) + "\n"


FILES = {"openapi.json": openapi, "permissions.md": permissions, "personal-data.md": personal_data}


def main() -> None:
    """Write all of them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hemicycle.config.settings")
    import django

    django.setup()
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for name, source in FILES.items():
        (REFERENCE / name).write_text(source())


if __name__ == "__main__":
    main()
