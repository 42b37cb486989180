# Two commands: `make demo` opens the conference, `make test` proves it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PYTHONPATH := src
export PYTHONDONTWRITEBYTECODE := 1

.PHONY: demo test check bench bench-engines audit lock format migrations messages clean

demo: $(VENV)/.runtime
	@$(BIN)/python -m hemicycle demo $(if $(RESET),--reset) $(if $(PORT),--port $(PORT))

test: $(VENV)/.dev
	@bash scripts/system_packages.sh
	@$(MAKE) --no-print-directory check
	@$(BIN)/python scripts/run_tests.py

check: $(VENV)/.dev
	$(BIN)/ruff check src tests scripts benchmarks
	$(BIN)/ruff format --check src tests scripts benchmarks
	$(BIN)/lint-imports --no-cache
	$(BIN)/djlint src --lint --quiet
	$(BIN)/python -m hemicycle manage makemigrations --check --dry-run
	$(BIN)/deptry src
	$(BIN)/mypy

bench: $(VENV)/.dev
	$(BIN)/python benchmarks/web.py
	$(BIN)/python benchmarks/rush.py

ENGINES = meetings programme recommendation opinions
bench-engines: $(VENV)/.dev
	$(if $(DATA),,$(error Say where the public instances lie: make bench-engines DATA=folder))
	for engine in $(ENGINES); do $(BIN)/python benchmarks/$$engine.py $(DATA) || exit 1; done

audit: $(VENV)/.dev
	$(BIN)/pip-audit --require-hashes --disable-pip -r requirements/runtime.lock
	$(BIN)/python -m hemicycle manage check --deploy --fail-level WARNING

format: $(VENV)/.dev
	$(BIN)/ruff check --fix-only src tests scripts benchmarks
	$(BIN)/ruff format src tests scripts benchmarks

migrations: $(VENV)/.dev
	$(BIN)/python -m hemicycle manage makemigrations

messages: $(VENV)/.dev
	$(BIN)/python scripts/messages.py extract
	$(BIN)/python scripts/messages.py compile
	$(BIN)/python scripts/reference.py

lock: $(VENV)/.dev
	bash scripts/lock.sh

clean:
	rm -rf $(VENV) var

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements/runtime.lock | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/runtime.lock
	$(BIN)/python scripts/messages.py compile
	$(BIN)/python -c "from hemicycle.engines.meetings.anneal import warm; warm()"
	@touch $@

$(VENV)/.dev: requirements/dev.lock | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	$(BIN)/python scripts/messages.py compile
	$(BIN)/python -c "from hemicycle.engines.meetings.anneal import warm; warm()"
	$(BIN)/python -c "from hemicycle.engines.programme.cosplib.anneal import warm; warm()"
	@touch $@ $(VENV)/.runtime
