# The two commands of the README: `make serve` and `make test`. They need python3 (3.11+) and make.
PORT ?= 8000
HOST ?= 127.0.0.1
DATA ?= data
PYTHON ?= python3
BIN := .venv/bin

.PHONY: serve test check lock clean

serve: .venv/installed
	@$(BIN)/samenhang serve --host "$(HOST)" --port "$(PORT)" --data "$(DATA)"

test: .venv/tested
	@$(BIN)/pytest -n auto --dist loadfile

check: .venv/tested
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

.venv/python:
	@command -v $(PYTHON) >/dev/null || { echo "samenhang: python3 is missing: install Python 3.11 or newer"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "samenhang: Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) -V 2>&1)"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "samenhang: Python's venv module is missing (Debian: apt install python3-venv)"; exit 1; }
	@echo "making the virtual environment in .venv"
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/installed: .venv/python requirements.lock pyproject.toml hatch_build.py server/pages/editor/package-lock.json
	@echo "installing what Samenhang needs"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

.venv/tested: .venv/installed requirements-dev.lock
	@echo "installing what the tests need"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

# Renew the lock files from the ranges in pyproject.toml.
lock: .venv/tested
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --no-header --no-emit-index-url --python-version 3.11 pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --no-header --no-emit-index-url --python-version 3.11 --extra dev pyproject.toml -o requirements-dev.lock

clean:
	rm -rf .venv data dist build server/pages/static/editor
