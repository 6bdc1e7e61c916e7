# Two commands for everyone: `make demo` tries the platform out, `make test` proves it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The demonstration ends with this make, even when make is killed.
TIED := $(shell command -v setpriv >/dev/null 2>&1 && echo setpriv --pdeathsig TERM)

.PHONY: demo test lint setup analysis cluster lock clean

demo: $(VENV)/ready
	@exec $(TIED) $(BIN)/gongzhi demo

test: $(VENV)/ready-to-test
	@exec $(BIN)/python tools/prove.py

lint: $(VENV)/ready-to-test
	@exec $(BIN)/python tools/prove.py --only-lint

setup: $(VENV)/ready-to-test

$(VENV)/bin/python:
	@tools/make-venv $(PYTHON) $(VENV)

$(VENV)/ready: requirements/base.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing what the platform runs on (about a minute the first time) ..."
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/base.txt
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/ready-to-test: requirements/dev.txt $(VENV)/ready
	@echo "Installing what the tests need ..."
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

# For heavy questions (docs/handbook/analysis.md): over Parquet, and over a Spark cluster, half a gigabyte and Java 17 more.
analysis cluster: $(VENV)/ready
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/$@.txt

# Needs uv (pip install uv). Run after changing requirements/*.in.
lock:
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate requirements/base.in -o requirements/base.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -c requirements/base.txt requirements/analysis.in -o requirements/analysis.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -c requirements/base.txt -c requirements/analysis.txt requirements/cluster.in -o requirements/cluster.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -c requirements/base.txt -c requirements/analysis.txt requirements/dev.in -o requirements/dev.txt

clean:
	rm -rf $(VENV) .gongzhi
