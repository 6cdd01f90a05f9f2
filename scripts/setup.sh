#!/bin/sh
# Makes or mends .venv: scripts/setup.sh run|dev. Finds a Python that will do and says in one line what to do where none will.
set -u
cd "$(dirname "$0")/.." || exit 1
fits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'
for python in ${PYTHON:-python3.13 python3.12 python3.11 python3 python}; do
  if "$python" -c "$fits" >/dev/null 2>&1; then
    # A folder's own older interpreter is kept while it works, so that a second run is quick.
    [ -x .venv/bin/python ] && .venv/bin/python -c "$fits" >/dev/null 2>&1 && python=.venv/bin/python
    exec "$python" scripts/setup.py "$1"
  fi
done
found=$( { ${PYTHON:-python3} --version || echo none; } 2>&1 | head -n 1)
echo "onrecord: needs Python 3.11, 3.12 or 3.13 (found: $found): install one of them, or run: make ${1:-run} PYTHON=/path/to/python3.11" >&2
exit 1
