# audiogen: `make help` lists what can be made.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
UV     := $(shell command -v uv 2>/dev/null)
ifdef UV
INSTALL := $(UV) pip install --quiet --python $(BIN)/python
else
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
endif

# Python keeps what it compiled, whatever the environment says: the tests start hundreds of processes.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo sample docs docs-pages test test-slow coverage lint format types check bench fuzz mutation clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/python:
	@$(PYTHON) -m venv $(VENV)

# A stamp for each set of packages: installing again happens only when pyproject.toml has changed.
$(VENV)/.user: pyproject.toml | $(BIN)/python
	@$(INSTALL) -e .
	@touch $@

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	@$(INSTALL) -e '.[dev]'
	@touch $@ $(VENV)/.user

demo: $(VENV)/.user ## narrate the example article; print the MP3's path, its length and what was left out
	@$(BIN)/python -m examples.demo

sample: $(VENV)/.user ## make docs/sample.mp3, a minute of the example
	@$(BIN)/python -m examples.sample

test: $(VENV)/.dev ## run the tests (five minutes on two cores)
	@$(BIN)/python -m pytest -q -n auto --dist worksteal -m "not slow"

test-slow: $(VENV)/.dev ## run the slow tests, which `make test` leaves out
	@$(BIN)/python -m pytest -q -m slow

coverage: $(VENV)/.dev ## run the tests and fail where they reach too little of the code
	@$(BIN)/python -m pytest -q -n auto --dist worksteal -m "not slow" --cov --cov-report term:skip-covered

lint: $(VENV)/.dev ## ruff: faults and format
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

format: $(VENV)/.dev ## put the code in its format
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

types: $(VENV)/.dev ## mypy --strict
	@$(BIN)/mypy

check: lint types test ## what CI runs: lint, types, tests

$(VENV)/.docs: pyproject.toml | $(BIN)/python
	@$(INSTALL) -e '.[docs]'
	@touch $@

docs: $(VENV)/.docs ## build the documentation as a site into site/; a broken link or anchor fails
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

docs-pages: $(VENV)/.dev ## write the pages of docs/ that are made of the source
	@$(BIN)/python -m tools.docs_pages

bench: $(VENV)/.dev ## measure speed and memory; print the figures
	@$(BIN)/python -m benchmarks.pipeline

# Seconds for each target of `make fuzz`.
FUZZ_SECONDS ?= 60

$(VENV)/.fuzz: pyproject.toml | $(BIN)/python
	@$(INSTALL) -e '.[fuzz]'
	@touch $@

fuzz: $(VENV)/.fuzz ## try random inputs, FUZZ_SECONDS=60 of them for each target; inputs at fault are put into fuzz/faults
	@$(BIN)/python -m fuzz --seconds $(FUZZ_SECONDS)

# How many mutants `make mutation` tries.
MUTANTS ?= 150

$(VENV)/.mutation: pyproject.toml $(VENV)/.dev
	@$(INSTALL) -e '.[mutation]'
	@touch $@

mutation: $(VENV)/.mutation ## try MUTANTS=150 small faults in cleaner and narration; print those that no test notices
	@$(BIN)/python -m tools.mutation --sample $(MUTANTS)

clean: ## remove what was made here, the environment too
	@rm -rf $(VENV) out dist build site .pytest_cache .mypy_cache .ruff_cache .hypothesis
