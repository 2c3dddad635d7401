# Two commands: `make report` builds the environment and runs the sample quarter; `make test` builds it and tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: report test bench lock clean
.DELETE_ON_ERROR:

report: $(VENV)/.run
	$(BIN)/lscb run --period 2017-18-Q4 --area E06000045 --sample

test: $(VENV)/.test
	$(BIN)/python -m pytest

bench: $(VENV)/.test
	PYTHONPATH=tests/benchmarks $(BIN)/python -m bench_quarter

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed. If it has another name: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.python requirements.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.run requirements-test.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@

# Needs uv. Universal: one lock for every platform and Python from 3.11.
lock:
	uv pip compile pyproject.toml -q --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --extra build -o requirements.lock
	uv pip compile pyproject.toml -q --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --extra build --extra dask --extra test -c requirements.lock -o requirements-test.lock

clean:
	rm -rf $(VENV) outputs/*/
