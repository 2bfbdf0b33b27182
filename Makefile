# SPDX-License-Identifier: EUPL-1.2
# Each target explains itself: `make help`.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV ?= .venv
PY := $(VENV)/bin/python
# Two workers suit the smallest machine; PYTEST_ARGS="-n 0 -k number" narrows things down.
WORKERS ?= 2
PYTEST_ARGS ?=
export PYTHONPATH := .:site

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z][a-z-]*:.*## /{printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: env
env: ## Create the environment that runs the city (locked, hashes checked)
	@$(PYTHON) scripts/environment.py --venv $(VENV) --lock requirements/base.txt

.PHONY: env-dev
env-dev: ## Create the environment that also tests and checks it
	@$(PYTHON) scripts/environment.py --venv $(VENV) --lock requirements/dev.txt

.PHONY: run
run: env ## Start the demo city, web and worker, on port 8000 (PORT moves it); Ctrl-C ends both
	@$(PY) scripts/run.py

.PHONY: test
test: env-dev ## Run the whole suite; lists by name what a missing service kept from running
	@$(PY) scripts/test.py --workers $(WORKERS) $(PYTEST_ARGS)

.PHONY: check
check: env-dev ## Format, lint, types, import laws, migrations in step, the house's own rules
	@$(PY) scripts/check.py

.PHONY: format
format: env-dev ## Put the code into shape
	@$(PY) -m ruff format . && $(PY) -m ruff check --fix .

.PHONY: services
services: ## Debian, root: install and start what the tests can use (PostgreSQL, Elasticsearch, …)
	@$(PYTHON) scripts/services.py start

.PHONY: services-stop
services-stop: ## Stop what `make services` started
	@$(PYTHON) scripts/services.py stop

.PHONY: services-status
services-status: ## Tell which services answer
	@$(PYTHON) scripts/services.py status

.PHONY: screenshots
screenshots: env-dev ## Remake docs/screens/ from the demo city, three widths (needs Chromium)
	@$(PY) scripts/screenshots.py

.PHONY: bench
bench: env-dev ## Run every benchmark, short; each prints one JSON line
	@$(PY) scripts/bench.py

.PHONY: lock
lock: ## Remake the lock files from pyproject.toml (needs uv)
	@$(PYTHON) scripts/lock.py

.PHONY: sbom
sbom: ## List what a city runs, with versions and hashes (CycloneDX), in var/sbom.json
	@$(PYTHON) scripts/environment.py --venv .venv-sbom --lock requirements/sbom.txt
	@mkdir -p var
	@.venv-sbom/bin/cyclonedx-py requirements requirements/base.txt \
		--pyproject pyproject.toml --output-reproducible --output-file var/sbom.json
	@echo "var/sbom.json"

.PHONY: clean
clean: ## Remove caches and the demo city's data (not the environment)
	rm -rf var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis staticfiles
