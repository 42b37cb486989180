"""The demo's content, one file a kind of thing."""

from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent


def read(name: str) -> Any:
    """Return one file of content."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((FOLDER / f"{name}.yaml").read_text(), Loader=loader)  # noqa: S506 - a safe loader, in C where there is one
