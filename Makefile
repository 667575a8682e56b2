# Two commands do everything: `make run` and `make test`. A machine needs python3, python3-venv and make.
PYTHON  ?= python3
VENV    ?= .venv
LETTER  ?= examples/letters/invented.en.txt
RESULTS ?= results
PORT    ?= 1540
PIP     := $(VENV)/bin/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help run brief test check bench clean

help:
	@echo "make run [LETTER=file]  brief a letter, then open the workbench on this machine"
	@echo "make brief [LETTER=file] read a letter, keep it, write its briefing to $(RESULTS)/"
	@echo "make test               run every test this machine can run"
	@echo "make check              lint, types, floor plan, facts"
	@echo "make bench              print the measured figures the docs quote"

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) install --constraint constraints.txt --editable '.[web]'
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) install --constraint constraints.txt --editable '.[dev,postgres,llm,web]'
	@touch $@ $(VENV)/.run

# The letter is shown to everyone: the server answers this machine alone.
run: brief
	$(VENV)/bin/open1540 serve --port $(PORT) --database-url $(RESULTS)/open1540.sqlite3

brief: $(VENV)/.run
	@mkdir -p $(RESULTS)
	$(VENV)/bin/open1540 brief "$(LETTER)" --database-url $(RESULTS)/open1540.sqlite3 --shown-to everyone \
	    --html $(RESULTS)/briefing.html --pdf $(RESULTS)/briefing.pdf
	@echo "the briefing: $(RESULTS)/briefing.html and $(RESULTS)/briefing.pdf; the record: $(RESULTS)/open1540.sqlite3"

test: $(VENV)/.dev
	$(VENV)/bin/python -m pytest -n auto

check: $(VENV)/.dev
	$(VENV)/bin/ruff check src tests benchmarks
	$(VENV)/bin/ruff format --check src tests benchmarks
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/open1540 facts check

bench: $(VENV)/.dev
	$(VENV)/bin/python benchmarks/reference.py
	$(VENV)/bin/python benchmarks/documents.py
	$(VENV)/bin/python benchmarks/laws.py
	$(VENV)/bin/python benchmarks/matrix.py
	$(VENV)/bin/python benchmarks/review.py
	$(VENV)/bin/python benchmarks/assistance.py
	$(VENV)/bin/python benchmarks/web.py
	$(VENV)/bin/python benchmarks/hostile.py

clean:
	rm -rf $(VENV) $(RESULTS) build dist .mypy_cache .ruff_cache .pytest_cache
