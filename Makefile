# One line each, no logic: what a target does is written in tools/.
PYTHON ?= python3
RUN := .venv/bin/python -m
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help venv serve build test lint outputs formulas figures check-links bench-links mathjax lock

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /: /'

venv:
	@$(PYTHON) tools/bootstrap.py

serve: venv ## serve the site with live reload
	$(RUN) mkdocs serve --no-strict

build: venv ## write the site into site/
	$(RUN) mkdocs build

test: lint ## run every check: lint, types, snippets, tools, the strict build, the site in a browser
	$(RUN) tools.browser
	$(RUN) pytest -n 2 --dist loadgroup

lint: venv ## check style and types
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) mypy

outputs: venv ## capture the output of every snippet, and the results of every page, again
	$(RUN) tools.outputs

formulas: venv ## check every formula on drawn inputs, and that every mutant of it is caught
	$(RUN) tools.formulas check --mutants

figures: venv ## draw every figure again
	$(RUN) tools.figures

check-links: venv ## request every reference and note what became of it
	$(RUN) tools.references check

bench-links: venv ## measure the link checker beside lychee and plain requests; takes some minutes
	$(RUN) tools.bench links

mathjax: venv ## make docs/assets/mathjax again from the npm packages
	$(RUN) tools.mathjax

lock: ## compile requirements.lock from pyproject.toml; needs uv
	uv pip compile --quiet --universal --python-version 3.11.5 --generate-hashes --no-annotate --group pyproject.toml:dev pyproject.toml --custom-compile-command 'make lock' --output-file requirements.lock
