# The two commands: `make run` (the service, on the sample library) and `make test` (everything that is checked).
# Both build their environment in .venv first; PYTHON names the interpreter to build it with.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
LIBRARY := corpus/library/procedures corpus/library/briefings

.PHONY: run test lint types contracts measure lock clean
.DEFAULT_GOAL := run

run: $(VENV)/.installed
	$(BIN)/assistant ingest $(LIBRARY)
	$(BIN)/assistant serve

test: $(VENV)/.installed-dev
	scripts/system-packages
	$(MAKE) lint types contracts
	$(BIN)/pytest -n 2 --dist loadgroup

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev
	$(BIN)/mypy

contracts: $(VENV)/.installed-dev
	$(BIN)/lint-imports

# Speed and memory, as ratios to what the machine allows; several minutes.
measure: $(VENV)/.installed-dev
	$(BIN)/python -m scripts.measure_spine

# The lock files hold the exact version of everything. `make lock` writes them anew from pyproject.toml.
lock:
	scripts/lock

$(VENV)/.installed: requirements.lock pyproject.toml
	scripts/install $(PYTHON) $(VENV) requirements.lock
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	scripts/install $(PYTHON) $(VENV) requirements-dev.lock
	touch $@

clean:
	rm -rf $(VENV) build *.egg-info
