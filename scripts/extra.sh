#!/bin/sh
# Makes or mends .venv-NAME from requirements/NAME.txt, apart from .venv: scripts/extra.sh bench|fuzz (after make run).
set -eu
cd "$(dirname "$0")/.."
wanted="requirements/$1.txt" venv=".venv-$1"
cmp -s "$wanted" "$venv/made-from.txt" && exit 0
echo "Setting up $venv (under a minute; once) …" >&2
.venv/bin/python -m venv "$venv"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r "$wanted"
cp "$wanted" "$venv/made-from.txt"
