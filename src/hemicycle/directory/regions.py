"""The regions of NUTS 2024 (Eurostat), levels 1 to 3, read once from the file beside this one."""

import csv
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("nuts2024.csv")


@cache
def names() -> dict[str, str]:
    """Return code → name of every region."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["label"] for row in csv.DictReader(file)}


def name(code: str) -> str:
    """Return a region's name with its code; an unknown code is its own name."""
    found = names().get(code, "")
    return f"{found} ({code})" if found else code
