#!/bin/sh
# Pins every dependency with hashes and without index addresses. Needs uv.
set -eu
cd "$(dirname "$0")/.."
compile() { uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" "$@"; }
compile --extra serve pyproject.toml requirements/run.in -o requirements/run.txt
compile requirements/dev.in -o requirements/dev.txt
compile --extra serve pyproject.toml requirements/bench.in -o requirements/bench.txt
compile pyproject.toml requirements/fuzz.in -o requirements/fuzz.txt
