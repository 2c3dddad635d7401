# `make report` builds the environment and runs the sample quarter; `make test` builds it and tests. `make check`: the fast tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: report test check sweep twins relations faults bench lock licences clean
.DELETE_ON_ERROR:

report: $(VENV)/.run
	$(BIN)/lscb run --period 2017-18-Q4 --area E06000045 --sample

test: $(VENV)/.test
	$(BIN)/python -m pytest -n auto --dist loadgroup --no-loadscope-reorder

# The house (lint, types, arrows, sizes), the calculations, and what is quick of the tools.
check: $(VENV)/.test
	$(BIN)/python -m pytest tests/end_to_end/test_house.py tests/lscb tests/openstats tests/claimcheck \
	  --hypothesis-profile=fast -m "not slow and not shared and not browser"

# Every authority of five quarters with invented returns: hours; goes on where it was left.
sweep: $(VENV)/.test
	$(BIN)/python tests/end_to_end/sweep.py

# Other cases with the same protected tables, by the hundred: what differs in a guarded pack is printed. Hours.
twins: $(VENV)/.test
	$(BIN)/python tests/adversary/told.py 40 --period 2017-18-Q2 2017-18-Q3 2017-18-Q4
	$(BIN)/python tests/adversary/twins.py 60 --period 2017-18-Q2 2017-18-Q3 2017-18-Q4
	$(BIN)/python tests/adversary/twins.py 40 --circulated 2017-18-Q2 2017-18-Q3

# Sums and bounds that a patient reader finds and nobody declared, in three invented worlds: a minute.
relations: $(VENV)/.test
	$(BIN)/python tests/adversary/undeclared_sums.py

# Kills, full disks and damaged files: afterwards the next run heals or names them.
faults: $(VENV)/.test
	PYTHONPATH=tests/board_packs/publish:tests/cellguard $(BIN)/python -m faults

bench: $(VENV)/.test
	PYTHONPATH=tests/benchmarks $(BIN)/python -m bench_quarter

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed. If it has another name: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

# In a git checkout, a notebook that is saved with cases is committed without them (.gitattributes).
$(VENV)/.run: $(VENV)/.python requirements.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@if git rev-parse --git-dir >/dev/null 2>&1; then \
	  git config filter.nbstripout.clean '"$(CURDIR)/$(BIN)/python" -m nbstripout --keep-id' && \
	  git config filter.nbstripout.smudge cat && git config filter.nbstripout.required true; fi
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

licences: $(VENV)/.run
	$(BIN)/python .ci/licences.py

clean:
	@git config --remove-section filter.nbstripout 2>/dev/null || true
	rm -rf $(VENV) outputs/*/
