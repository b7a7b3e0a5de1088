# Works where Python 3.11 or later, git and make are; everything else goes into .venv.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
UNIT ?= fixtures/millbrook
OUT ?= out

VENV := .venv
BIN := $(VENV)/bin
LOCK := requirements.lock

# The environment is made anew when the folder has moved or the Python has changed.
PLACE := $(shell { pwd; $(PYTHON) --version; } 2>&1 | cksum | cut -d' ' -f1)
MADE := $(VENV)/made-$(PLACE)
READY := $(VENV)/ready-$(PLACE)

# What the pages need of GOV.UK's design system. Where it cannot be had, they have a plain look.
FETCHED := web/frontend/files/htmx.min.js

# Rota's own style sheets and scripts, each joined from its parts.
JOINED := web/static/joined/rota.css
PARTS := $(wildcard web/frontend/styles/*/*.css web/frontend/scripts/*/*.js)

FRONT := $(FETCHED) $(JOINED)

# Behind a proxy that signs for itself, only the system's certificates are true.
export UV_SYSTEM_CERTS ?= 1
export UV_PYTHON_DOWNLOADS := never
UV := $(BIN)/uv --quiet pip
COMPILE = $(UV) compile pyproject.toml --all-extras --group dev --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-header --no-annotate --output-file $(LOCK)

.PHONY: help
help:  ## Say what can be made
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{printf "%-14s %s\n", $$1, $$2}'

.PHONY: setup
setup: $(READY) $(FRONT)  ## Make .venv, with the command rota in it, and fetch the pages' front-end files

.PHONY: run
run: $(READY) $(FRONT)  ## Try Rota in a browser with the example unit (UNIT=folder, OUT=folder)
	@exec $(BIN)/rota demo $(UNIT) --folder $(OUT)

.PHONY: plan
plan: $(READY)  ## Plan a unit from its files (UNIT=folder, OUT=folder)
	@exec $(BIN)/rota plan $(UNIT) --out $(OUT)

.PHONY: test
test: $(READY) $(FRONT)  ## Run the tests
	@$(BIN)/python -m pytest --numprocesses auto --dist worksteal

.PHONY: soak
soak: $(READY) $(FRONT)  ## Run the tests with all they can try, where make test tries samples
	@SOAK=1 $(BIN)/python -m pytest --numprocesses auto --dist worksteal

.PHONY: check
check: $(READY)  ## Check form, types and the arrows between packages
	@$(BIN)/ruff format --check
	@$(BIN)/ruff check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

.PHONY: bench
bench: $(READY)  ## Measure how fast and how well Rota plans
	@$(BIN)/python -m tests.benchmarks
	@$(BIN)/python -m tests.benchmarks pages

.PHONY: wheel
wheel: $(READY) $(FRONT)  ## Build a package to install elsewhere, into dist
	@$(BIN)/python -m hatchling build --target wheel

.PHONY: lock
lock: $(MADE)  ## Write the lock file anew, keeping the versions that still fit
	@$(COMPILE)

.PHONY: upgrade
upgrade: $(MADE)  ## Write the lock file anew with the newest versions
	@$(COMPILE) --upgrade

.PHONY: clean
clean:  ## Remove everything that was made
	@rm -rf web/frontend/files web/frontend/node_modules web/static/joined
	@rm -rf $(VENV) $(OUT) dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# uv itself comes from its own lines of the lock. Wheels only: an old pip would try to compile it.
$(MADE):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Rota needs Python 3.11 or later, but $(PYTHON) says: $$($(PYTHON) --version 2>&1)" >&2; \
		echo "Maybe another is installed? Name it: make setup PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot make virtual environments: its modules venv and ensurepip are missing." >&2; \
		echo "Maybe on Debian or Ubuntu: apt install python3-venv" >&2; exit 1; }
	@echo "Making $(VENV) ..."
	@$(PYTHON) -m venv --clear $(VENV)
	@sed -n '/^uv==/,/[^\\]$$/p' $(LOCK) > $(VENV)/uv.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --only-binary :all: \
		--require-hashes --requirement $(VENV)/uv.txt
	@touch $@

# Bytecode is made here, since some machines forbid Python to keep it, and every start would pay.
$(READY): $(MADE) $(LOCK) pyproject.toml
	@$(UV) sync --python $(BIN)/python --require-hashes --compile-bytecode $(LOCK)
	@$(UV) install --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q rota solver web
	@touch $@

# If it fails it says why, and all else goes on.
$(FETCHED): web/frontend/package-lock.json web/frontend/fetch.py web/frontend/stripping.py | $(READY)
	@$(BIN)/python -m web.frontend.fetch

$(JOINED): web/frontend/joining.py $(PARTS) | $(READY)
	@$(BIN)/python web/frontend/joining.py
	@touch $@
