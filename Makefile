# PartnerHub: `make demo` shows it, `make test` proves it, `make check` reads it. `make help` lists the rest.
PYTHON ?= python3
PORT ?=
SETUP = $(PYTHON) partnerhub/embedded/installation.py
RUN = .venv/bin/python -m partnerhub.embedded

# Byte code that is not stored makes every start seconds slower.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset test test-all outside bench check format audit sbom messages setup services stop lock

help: ## List the commands
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

demo: ## Run the whole portal with demo data: http://127.0.0.1:8000/ (or PORT=…); Ctrl-C stops it
	@$(SETUP) demo
	@$(RUN) demo $(if $(PORT),--port $(PORT))

demo-reset: ## Throw the demo's data away
	@$(SETUP) demo
	@$(RUN) demo-reset

test: setup ## Run the tests, two at a time, on servers of their own (PYTEST="-k word" narrows)
	@.venv/bin/pytest -n 2 --dist loadgroup -m "not slow" $(PYTEST)

test-all: setup ## Run the slow tests too: killed processes, nonsense at the API, every page from outside
	@.venv/bin/pytest -n 2 --dist loadgroup $(PYTEST)

outside: setup ## Of the slow tests, look at every page from outside: axe, valid HTML, keyboard, headers (6 minutes)
	@.venv/bin/pytest -n 2 --dist loadgroup tests/outside $(PYTEST)

check: setup ## Read the code: style, types, storeys, migrations, templates, translations, deployment, secrets
	@$(RUN) check

format: setup ## Bring the Python code into its form
	@.venv/bin/ruff check --fix --quiet; .venv/bin/ruff format --quiet

bench: setup ## Measure the portal beside a bare Django (BENCH="--leads 10000 --largest 3000" is quick)
	@.venv/bin/python -m tests.benchmarks $(BENCH); status=$$?; $(RUN) stop --dir var/bench; exit $$status

audit: setup ## Ask the package index about known weaknesses of what a server runs (needs the network)
	@.venv/bin/pip-audit --requirement requirements.lock --require-hashes --disable-pip

sbom: setup ## List what a server runs, with versions, hashes and licences: var/sbom.json
	@$(RUN) sbom

messages: setup ## Collect new sentences into the translation catalogues
	@$(RUN) messages

setup: ## Make .venv with everything a developer needs
	@$(SETUP) dev

services: setup ## Start PostgreSQL and Valkey in var/dev and print their settings
	@$(RUN) services --dir var/dev

stop: ## Stop what `make services` started
	@$(RUN) stop --dir var/dev

lock: setup ## Make the hash-locked requirement files again after a change in pyproject.toml
	@$(RUN) lock
