# The verbs of the project. `make` alone lists them.
# PORT=8000 and XIUHUA_HOME=var are honoured where they matter; both may also stand in the environment.

PYTHON ?= python3.11
BIN := .venv/bin
VENDOR := src/xiuhua/look/static/vendor
PORT ?= 8000
XIUHUA_HOME ?= var
WORKERS ?= 2
export PORT XIUHUA_HOME

# With a server of its own around it, where PostgreSQL is asked for.
ifeq ($(XIUHUA_TEST_DB),postgresql)
UNDER := $(BIN)/python -m tests.postgres
endif

SETUP := .venv/.installed $(VENDOR)/.copied .venv/.messages

.DEFAULT_GOAL := help
.PHONY: help setup demo serve test check format bench proof docs lock clean

help:  ## list these verbs
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

setup: $(SETUP)  ## make .venv and bring the front-end files; does nothing when nothing changed

demo: $(SETUP)  ## play two weeks of an invented district, then serve it on PORT
	@$(BIN)/xiuhua demo

serve: $(SETUP)  ## serve the district that lies under XIUHUA_HOME
	@$(BIN)/xiuhua serve

test: $(SETUP)  ## run the tests on SQLite; XIUHUA_TEST_DB=postgresql takes PostgreSQL
	$(UNDER) $(BIN)/python -m pytest -n $(WORKERS) $(ARGS)

check: $(SETUP)  ## lint, types, import contracts, migrations in step, docs in step
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m django makemigrations --check --dry-run --settings tests.settings
	$(BIN)/python -m docs.made --check
	$(BIN)/python -m pytest -q -p no:randomly tests/docs

format: $(SETUP)  ## let the linter put right what it can
	$(BIN)/ruff check --fix .

bench: $(SETUP)  ## measure, each figure beside its floor
	$(BIN)/python -m bench $(ARGS)

proof: $(SETUP)  ## the long proofs; results go to bench/results
	$(BIN)/python -m bench.proof $(ARGS)

docs: $(SETUP)  ## write again the parts of docs/ that are made from the code
	$(BIN)/python -m docs.made

lock: $(SETUP)  ## resolve requirements/*.in into hashed locks, without addresses
	@for name in run dev; do $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
	  requirements/$$name.in --output-file requirements/$$name.txt || exit 1; done
	cd front && npm install --package-lock-only

clean:  ## remove what setup made; the data folder stays
	rm -rf .venv front/node_modules $(VENDOR) .mypy_cache .ruff_cache .pytest_cache .hypothesis \
	  .import_linter_cache

# --- What setup makes. A stamp is newer than everything it was made from, or it is made again. ---

.venv/.installed: requirements/dev.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 is needed; say where: make PYTHON=/path/to/python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENDOR)/.copied: front/package-lock.json front/vendor.py | .venv/.installed
	cd front && npm ci --silent
	$(BIN)/python front/vendor.py
	@touch $@

.venv/.messages: $(shell find src/xiuhua -name '*.po') | .venv/.installed
	@for file in $^; do \
	  $(BIN)/pybabel --quiet compile --input-file $$file --output-file $${file%.po}.mo || exit 1; done
	@touch $@
