# Every target does its own set-up: a machine with make and Python 3.11 or later (with venv) is enough.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: demo test lint bench tour reference accuracy setup requirements clean help

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PINS_VENV := .venv-pins
COMPILE := $(PINS_VENV)/bin/uv pip compile --no-config --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate
INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check

demo: $(VENV)/.ready ## read the sample papers and tell their story in one screen
	$(VENV)/bin/tally demo

test: $(VENV)/.ready ## run the tests (ARGS="-k period" for some of them)
	$(PY) -m pytest $(ARGS)

lint: $(VENV)/.ready ## style, format, types and the one-way imports
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports --no-logo

bench: $(VENV)/.bench ## measure speed and correctness against other tools
	$(PY) -m benchmarks.run $(ARGS)

tour: $(VENV)/.ready ## put what the commands print now into README.md and docs/ (look at the difference)
	$(PY) -m docs.renew_tour

reference: $(VENV)/.ready ## write docs/reference.md from the help of the commands, docs/checks.md from the checks
	$(PY) -m docs.make_reference
	$(PY) -m docs.make_checks

accuracy: $(VENV)/.ready ## measure how well papers are read and write it into docs/accuracy.md
	$(PY) -m docs.measure_accuracy $(ARGS)

setup: $(VENV)/.ready ## only make the environment in .venv

requirements: ## look up the newest allowed versions and pin them again
	@test -x $(PINS_VENV)/bin/uv || { $(PYTHON) -m venv $(PINS_VENV) && $(PINS_VENV)/bin/python -m pip install --quiet 'uv>=0.13,<0.14'; }
	$(COMPILE) pyproject.toml -o requirements.txt
	$(COMPILE) pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt
	$(COMPILE) --group bench -c requirements-dev.txt -o requirements-bench.txt

clean: ## remove the environment and everything that tools left behind
	rm -rf $(VENV) $(PINS_VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# Two stamps, since a changed pyproject.toml asks only for the quick step.
$(VENV)/.pins: requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("papertally needs Python 3.11 or later: make PYTHON=python3.12")'
	@$(PYTHON) -c 'import ensurepip, venv' || { echo "$(PYTHON) lacks venv; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@echo "Setting up $(VENV) (once; a minute or two)"
	@$(PY) -c 'import pip' 2>/dev/null || $(PYTHON) -m venv $(VENV)
	@$(INSTALL) --require-hashes -r requirements-dev.txt
	@touch $@

# Without isolation, so that the pinned uv_build is used and nothing is fetched; it looks for its own program on PATH.
$(VENV)/.ready: $(VENV)/.pins pyproject.toml
	@PATH="$(CURDIR)/$(VENV)/bin:$$PATH" $(INSTALL) --no-deps --no-build-isolation --no-index --editable .
	@touch $@

$(VENV)/.bench: $(VENV)/.ready requirements-bench.txt
	@$(INSTALL) --require-hashes -r requirements-bench.txt
	@touch $@
