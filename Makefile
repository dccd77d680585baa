# Gần Dân. `make help` lists what can be made; T=path narrows the tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
T ?= tests
export GAN_DAN_DEMO ?= 1

.DEFAULT_GOAL := help
.PHONY: help run test soak bench load lint format translations vendor lock clean

help: ## List the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

run: $(VENV)/.run ## Set everything up and run the demo province on 127.0.0.1:$PORT (8000)
	@MALLOC_ARENA_MAX=2 exec $(BIN)/python -m app.serve

test: $(VENV)/.dev programs ## Set everything up and run all tests (T=tests/cases for one folder)
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(T)

soak: $(VENV)/.dev programs ## The long tests: whole files, full crosses, a hundred kills (kept in docs/soak; SOAK_SEED=... repeats one)
	SOAK_OUTPUT=docs/soak $(BIN)/python -m pytest -n 2 --dist loadfile -m soak $(T)

bench: $(VENV)/.dev ## Measure speed and memory (BENCH_CASES=1000000; takes a while)
	$(BIN)/python -m tests.bench $(BENCH)

load: $(VENV)/.dev ## Load a real server as checks 80 to 82 say (LOAD_MINUTES=10, LOAD_CASES=10000)
	LOAD_OUT=$${LOAD_OUT:-docs/soak/load.txt} MALLOC_ARENA_MAX=2 $(BIN)/python -m tests.load

lint: $(VENV)/.dev ## Style, types, templates
	$(BIN)/ruff check app tests wsgi.py
	$(BIN)/ruff format --check app tests wsgi.py
	$(BIN)/mypy
	$(BIN)/djlint --lint --quiet templates

format: $(VENV)/.dev ## Put the code in its usual dress
	$(BIN)/ruff check --fix app tests wsgi.py
	$(BIN)/ruff format app tests wsgi.py

translations: $(VENV)/.dev ## Collect new strings into the English catalogue and compile it
	$(BIN)/pybabel -q extract --ignore-dirs '.*' -F app/translations/babel.cfg -k _l -k N_ --no-location --sort-output --project=gan-dan -o app/translations/messages.pot .
	$(BIN)/pybabel -q update -i app/translations/messages.pot -d app/translations -l en --no-fuzzy-matching --ignore-obsolete --no-wrap
	$(BIN)/pybabel -q compile -d app/translations

vendor: ## Rebuild static/ from frontend/ (needs Node; the result is committed)
	sh frontend/build.sh

lock: ## Pin the dependencies anew (needs uv; maintainers only)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header -q -o requirements.txt
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-header -q -o requirements-dev.txt

clean: ## Remove the environment (never the data)
	rm -rf $(VENV) .pytest_cache .ruff_cache .mypy_cache .hypothesis

# The environment is made once and again whenever a lock file changes; uv is used where it is at hand.
INSTALL = if command -v uv >/dev/null 2>&1; then VIRTUAL_ENV=$(VENV) uv pip install -q --require-hashes -r $(1); \
	else $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r $(1); fi

$(BIN)/python:
	@echo "Making the environment..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed."; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt | $(BIN)/python
	@echo "Installing what the app needs (once)..."
	@$(call INSTALL,requirements.txt)
	@touch $@

$(VENV)/.dev: requirements-dev.txt | $(BIN)/python
	@echo "Installing what the tests need (once)..."
	@$(call INSTALL,requirements-dev.txt)
	@touch $@ $(VENV)/.run

# What the tests drive besides Python: a browser (Chromium without windows; chromium itself will do), a tracer of system calls, a reverse proxy, a reader of backups.
PROGRAMS := chromium-headless-shell strace nginx-light age
.PHONY: programs
programs:
	@missing=""; for name in chromium-headless-shell strace nginx age; do PATH="$$PATH:/usr/sbin" command -v $$name >/dev/null 2>&1 || missing="$$missing $$name"; done; \
	[ -z "$$missing" ] || if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
			apt-get install -y -qq --no-install-recommends $(PROGRAMS) >/dev/null || echo "Could not install:$$missing"; \
		else echo "Not found:$$missing. Tests that need them are skipped with the reason (CHROMIUM=path names a browser elsewhere)."; fi
