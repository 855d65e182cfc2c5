# Plain enough for the make that macOS ships (3.81); the work is in setup.sh.
CAIRN = .venv/bin/cairn
PYTHON = .venv/bin/python

.PHONY: help setup setup-test demo test check clean
.DEFAULT_GOAL := help

help:
	@echo "make demo     start everything on this computer and open the phone"
	@echo "make test     run all tests"
	@echo "make check    lint, format and types"
	@echo "make setup    only make .venv and .venv/bin/cairn"
	@echo "make clean    remove .venv; what the demo remembers (.cairn) stays"

setup:
	@sh setup.sh

setup-test:
	@sh setup.sh test

# No shell around cairn: Ctrl-C reaches it directly, and make waits for its last line.
demo: setup
	@$(CAIRN) up

test: setup-test
	@$(PYTHON) -m pytest

check: setup-test
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy

clean:
	@rm -rf .venv build cairn.egg-info
