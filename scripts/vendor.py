"""Fetch the front-end files we ship, by developers only: fonts, icons, decoder, axe for tests.

Say which packages, or none for all: `scripts/vendor.py zxing-wasm`. Needs the npm client; the files are committed with
version, licence and SHA-256 in `vendor.json`.
"""

import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STATIC = ROOT / "src/hemicycle/kit/static/kit"
RECORD = ROOT / "src/hemicycle/kit/vendor.json"
SCRIPTS = ("latin", "latin-ext", "greek", "cyrillic")
ICONS = (  # noqa: SIM905
    "accessibility arrow-left arrow-right ban bell bookmark building-2 bus calendar calendar-plus "
    "chart-column check chevron-down chevron-left chevron-right circle-alert circle-check circle-help circle-x clock "
    "coins cpu download external-link eye eye-off factory file-text filter fingerprint "
    "flag globe graduation-cap handshake history hotel hourglass inbox info key-round "
    "landmark languages layout-dashboard layout-grid leaf link list lock log-in log-out "
    "mail map-pin megaphone menu message-circle messages-square mic minus network newspaper "
    "palette pencil plane play plus qr-code refresh-cw rss search send "
    "settings share-2 shield shield-check smartphone sparkles square star table-2 ticket "
    "train-front trash-2 triangle-alert user user-plus users utensils wrench x "
).split()
PACKAGES = {
    "@fontsource-variable/inter": {
        f"files/inter-{s}-wght-normal.woff2": f"vendor/inter-{s}-wght-normal.woff2" for s in SCRIPTS
    },
    "@fontsource-variable/manrope": {
        f"files/manrope-{s}-wght-normal.woff2": f"vendor/manrope-{s}-wght-normal.woff2" for s in SCRIPTS
    },
    "axe-core": {"axe.min.js": "../../../../../tests/vendor/axe.min.js"},
    "lucide-static": {},
    "zxing-wasm": {
        "dist/iife/reader/index.js": "vendor/zxing-reader.js",
        "dist/reader/zxing_reader.wasm": "vendor/zxing-reader.wasm",
    },
}
RENAMED = {"circle-help": "circle-question-mark"}


def unpack(package: str, folder: Path) -> Path:
    """Download a package and return its folder."""
    done = subprocess.run(
        ["npm", "pack", "--silent", "--pack-destination", str(folder), package],
        check=True,
        capture_output=True,
        text=True,
    )
    target = folder / package.replace("/", "_")
    with tarfile.open(folder / done.stdout.strip().splitlines()[-1]) as archive:
        archive.extractall(target, filter="data")
    return target / "package"


def sprite(source: Path) -> str:
    """Return one SVG with a symbol per icon."""
    symbols = []
    for name in ICONS:
        path = source / "icons" / f"{name}.svg"
        if not path.exists():
            path = source / "icons" / f"{RENAMED.get(name, name)}.svg"
        inner = re.search(r"<svg[^>]*>(.*)</svg>", path.read_text(), re.DOTALL)
        assert inner, name
        body = re.sub(r"\s+", " ", inner.group(1)).strip()
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{body}</symbol>')
        if name == "bookmark":
            filled = body.replace("<path ", '<path fill="currentColor" ')
            symbols.append(f'<symbol id="bookmark-filled" viewBox="0 0 24 24">{filled}</symbol>')
    style = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {style}>\n' + "\n".join(symbols) + "\n</svg>\n"


def main() -> None:
    """Fetch, copy, write the record; what is not asked for keeps its files and its record."""
    wanted = sys.argv[1:] or list(PACKAGES)
    record = [row for row in json.loads(RECORD.read_text()) if row["package"] not in wanted]
    with tempfile.TemporaryDirectory() as place:
        for package in wanted:
            files = PACKAGES[package]
            source = unpack(package, Path(place))
            about = json.loads((source / "package.json").read_text())
            written = []
            for origin, target in files.items():
                destination = (STATIC / target).resolve()
                destination.parent.mkdir(parents=True, exist_ok=True)
                destination.write_bytes((source / origin).read_bytes())
                written.append(destination)
            if package == "lucide-static":
                (STATIC / "icons.svg").write_text(sprite(source))
                written.append(STATIC / "icons.svg")
            for path in written:
                digest = hashlib.sha256(path.read_bytes()).hexdigest()
                record.append(
                    {
                        "file": str(path.relative_to(ROOT)),
                        "package": package,
                        "version": about["version"],
                        "licence": about["license"],
                        "sha256": digest,
                    }
                )
            print(package, about["version"], about["license"])
    RECORD.write_text(json.dumps(record, indent=2) + "\n")


if __name__ == "__main__":
    main()
