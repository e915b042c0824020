# The two commands: `make demo` shows the whole job, `make test` proves it.
# Both set up .venv themselves; they need Python 3.11 or newer, git and make.

PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11 python,\
	$(shell $(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))))
BIN := .venv/bin
DEMO := demo

.PHONY: demo test lint types office pictures data clean

demo: .venv/installed
	$(BIN)/toolkit demo -o $(DEMO)

test: .venv/developing lint types office
	$(BIN)/python -m pytest

lint: .venv/developing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/developing
	$(BIN)/mypy

# LibreOffice, Chromium, CJK fonts and poppler are parts of the tests. Where apt-get may be used they are
# installed; where they cannot be had, that is said, and in CI it is a failure.
office:
	@sh tests/office.sh

# The committed data that is made from the definitions; tests keep it fresh.
data: .venv/developing
	$(BIN)/python -m tests.make

# The pictures of the README, from the samples.
pictures: .venv/developing office
	$(BIN)/python -m tests.pictures docs/pictures

clean:
	rm -rf .venv $(DEMO)

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "需要 Python 3.11 或更新的版本 / Python 3.11 or newer is needed" >&2; exit 1; }
	$(PYTHON) -m venv .venv

.venv/installed: .venv/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

.venv/developing: .venv/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@ .venv/installed
