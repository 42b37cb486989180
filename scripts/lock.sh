#!/usr/bin/env bash
# Writes both locks with hashes for every supported Python, and no registry address.
set -euo pipefail
cd "$(dirname "$0")/.."
.venv/bin/python -m pip install --quiet uv
compile=(.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate)
"${compile[@]}" requirements/dev.in -o requirements/dev.lock "$@"
"${compile[@]}" requirements/runtime.in -c requirements/dev.lock -o requirements/runtime.lock
