# Two commands do it all: `make demo` runs the main job, `make test` passes the tests. Both set up .venv by themselves.
.PHONY: demo test test-browser lint run dev format golden bench fuzz soak lock clean help

PY := .venv/bin/python

help:  ## what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

run:
	@sh scripts/setup.sh run

dev:
	@sh scripts/setup.sh dev

demo: run  ## read the example story and make its page in onrecord-demo/
	@.venv/bin/onrecord demo

test: lint  ## every check and every test
	$(PY) -m pytest -n 2

test-browser: dev  ## the live page in a browser; installs Chromium where it can
	@sh scripts/browser.sh
	ONRECORD_BROWSER=required $(PY) -m pytest tests/browser

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

bench: run  ## speed, memory and peers of reading, as one table (some minutes)
	@sh scripts/extra.sh bench
	@PYTHONPATH=src .venv-bench/bin/python benchmarks/reading.py

fuzz: run  ## look for text that makes reading fail, a minute each for text and pages
	@sh scripts/extra.sh fuzz
	@for target in fuzz/fuzz_*.py; do PYTHONPATH=src .venv-fuzz/bin/python $$target -max_total_time=60 -max_len=1500 -len_control=0 -dict=fuzz/news.dict || exit 1; done

soak: dev  ## kill a watch at 50 random moments, and look whether its record is right
	ONRECORD_KILLS=50 $(PY) -m pytest tests/replay

lock:  ## pin the dependencies anew (needs uv)
	sh scripts/lock.sh

clean:  ## remove what was built
	rm -rf .venv .venv-bench .venv-fuzz onrecord-demo dist build
