# One word per habit. `make run` and `make test` do all their own set-up; see README.
SHELL := /bin/bash
VENV := .venv
PY := $(VENV)/bin/python
PO := $(wildcard dashboard/translations/*/LC_MESSAGES/messages.po)
MO := $(PO:.po=.mo)

.PHONY: run test check browser seed bench fmt pack translations clean help

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: $(VENV)/run.stamp $(MO) ## set up what is needed and start the product with demo data
	$(PY) app.py

test: $(VENV)/dev.stamp $(MO) ## set up what the tests need and run all of them
	@bash dev/setup.sh test
	$(PY) -m pytest -rs -n 3 --dist loadfile

check: $(VENV)/dev.stamp ## style and imports, in seconds
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m pytest -rs tests/test_architecture.py tests/test_registries.py tests/test_docs.py

browser: $(VENV)/dev.stamp $(MO) ## only the tests in real Chromium
	@bash dev/setup.sh test
	$(PY) -m pytest -rs tests/browser

seed: $(VENV)/run.stamp $(MO) ## fill an empty database with demo data, without serving
	$(VENV)/bin/flask --app app seed

bench: $(VENV)/dev.stamp $(MO) ## figures of speed and size; CASES=10000000 for the large run
	@bash dev/setup.sh test
	$(PY) -m tests.bench --cases $(or $(CASES),1000000)

fmt: $(VENV)/dev.stamp ## format the code
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

pack: $(VENV)/dev.stamp ## build a region pack: make pack PROVINCE=福建
	$(PY) -m data.regions.build $(or $(PROVINCE),$(error say which: make pack PROVINCE=福建)) --fetch --out instance/regions/$(PROVINCE)

translations: $(VENV)/dev.stamp ## collect the strings into the English catalogue
	$(PY) -m babel.messages.frontend -q extract -F dashboard/translations/babel.cfg -k _ -k lazy_gettext -o instance/messages.pot .
	$(VENV)/bin/pybabel -q update -i instance/messages.pot -d dashboard/translations --no-fuzzy-matching

clean: ## remove what was made, but not the data in instance/
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis $(MO)

$(VENV)/run.stamp: requirements.txt dev/setup.sh
	@bash dev/setup.sh run
	@touch $@

$(VENV)/dev.stamp: requirements.txt requirements-dev.txt dev/setup.sh
	@bash dev/setup.sh dev
	@touch $(VENV)/run.stamp $@

%.mo: %.po | $(VENV)/run.stamp
	$(VENV)/bin/pybabel compile -i $< -o $@ -l $(notdir $(patsubst %/LC_MESSAGES/,%,$(dir $<)))
