# Every goal does its own set-up on a fresh machine: python3 >= 3.11 with venv, make and git are all it needs.
#
#   make demo     invent a shop of 1,200 products, draw, import, index and serve it; prints the address (Ctrl-C ends)
#   make test     every test, with the real data sets where they are (make test-quick leaves the slow ones out)
#   make check    ruff, mypy and the import contract
#   make bench    the benchmarks (beside other engines, where they install)
#   make clean    remove what the goals made in this folder
#
#   PORT=8000     where the demo is served; the next free port is taken when it is in use
#   PIP_OPTIONS=  more for pip, such as --index-url; torch is taken as exactly the pinned version from there

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
PORT ?= 8000
PIP_OPTIONS ?=
BIN := .venv/bin
TORCH := $(shell sed -n 's/^ *"\(torch==[^"]*\)",$$/\1/p' pyproject.toml)

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUNBUFFERED := 1
# Parallel over requests and tests, not inside one.
export OMP_NUM_THREADS ?= 1

.PHONY: help demo test test-quick check format models debian bench clean
help:
	@sed -n 's/^# \{0,2\}//p' Makefile | sed -n '3,10p'

# Torch first and by its exact version, so that nothing later can bring another build of it.
.venv/.ready: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "python3 >= 3.11 is needed; name one with PYTHON=..."; exit 1; }
	@[ -x $(BIN)/python ] || { echo "Making .venv"; $(PYTHON) -m venv .venv; }
	@echo "Installing $(TORCH) (a large download the first time; log in .venv/install.log)"
	@: > .venv/install.log
	@scripts/pip_install.sh $(PIP_OPTIONS) $(TORCH)
	@echo "Installing bowerbird with everything for training and development"
	@scripts/pip_install.sh $(PIP_OPTIONS) -e '.[train,demo,speech,postgres,dev]'
	@$(BIN)/python -m pytest -q --no-header -p no:cacheprovider tests/test_install.py
	@touch $@

# The encoders are built once, into $$BOWERBIRD_MODELS or ~/.cache/bowerbird/models; later calls find them there.
models: .venv/.ready
	@$(BIN)/bowerbird models build

demo: models
	@port=$$($(BIN)/python scripts/free_port.py $(PORT)) && exec $(BIN)/bowerbird demo --folder .demo --port $$port

debian: .venv/.ready
	@scripts/install_for_tests.sh

test: models debian
	@$(BIN)/python -m pytest -n 2 --dist loadfile

test-quick: .venv/.ready
	@$(BIN)/python -m pytest -m "not realdata and not crash and not models and not browser"

check: .venv/.ready
	@echo "ruff check";  $(BIN)/ruff check --quiet .
	@echo "ruff format"; $(BIN)/ruff format --quiet --check .
	@echo "mypy";        $(BIN)/mypy
	@echo "lint-imports"; $(BIN)/lint-imports

format: .venv/.ready
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format .

# The engines to compare with are installed by the script itself, each into an environment of its own, and left out
# where they have no build for this machine.
bench: models
	@$(BIN)/python benchmarks/search.py

clean:
	rm -rf .venv .demo .mypy_cache .ruff_cache .pytest_cache .hypothesis benchmarks/.work build dist
