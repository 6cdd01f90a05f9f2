# Two commands do it all: `make demo` runs the main job, `make test` passes the tests. Both set up .venv by themselves.
.PHONY: demo test lint run dev format golden lock clean help

PY := .venv/bin/python

help:  ## what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

run:
	@sh scripts/setup.sh run

dev:
	@sh scripts/setup.sh dev

demo: run  ## read the example story and make its page in onrecord-demo/
	@.venv/bin/onrecord demo

test: lint  ## every check and every test
	$(PY) -m pytest -n 2

lint: dev
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	.venv/bin/lint-imports --no-cache

format: dev  ## put the code into form
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

golden: dev  ## write the golden cases anew (look at the difference before you commit it)
	$(PY) scripts/golden.py

lock:  ## pin the dependencies anew (needs uv)
	sh scripts/lock.sh

clean:  ## remove what was built
	rm -rf .venv onrecord-demo dist build
