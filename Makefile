# Few targets; each is one line of the README.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
DATA ?=
ONCE ?=
SAMPLES ?= 1

.DEFAULT_GOAL := help
.PHONY: help setup run test check fix bench verify clean

help: ## Show the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  \1\t/' | expand -t 12

.venv/.ready: requirements/all.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/all.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

setup: .venv/.ready ## Make .venv from the lock file

run: setup ## Start everything and stream a sample (DATA=folder: real CMS files, ONCE=1: end with a summary)
	$(BIN)/qio run $(if $(DATA),--data $(DATA) --samples $(SAMPLES)) $(if $(ONCE),--once)

test: setup ## Everything, on real embedded Kafka and PostgreSQL
	$(BIN)/pytest -m "not verify"

check: setup ## Format, lint, strict types, import rules, compose file
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml

fix: setup ## Format and mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup ## Speed and memory as ratios to a bare yardstick, one line of JSON each
	$(BIN)/python -m benchmarks

verify: setup ## What is too long for CI, at full size (needs DATA for the real files)
	$(BIN)/pytest -m verify

clean: ## Remove the environment, caches and the embedded stack's data
	-$(BIN)/python -c 'from pathlib import Path; from shared.stack.embedded import EmbeddedStack; EmbeddedStack(Path(".qio")).erase()'
	rm -rf .venv .qio .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info
