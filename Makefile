#: make demo     set up, then build the example handouts and the site into build/
#: make check    set up, then check format, lint and types, and run the tests that print no sheet and open no browser
#: make test     set up, then check format, lint and types, and run every test
#: make messages LANGUAGE=fr     bring the fixed words of a language (or, without LANGUAGE, of all) up to date with the templates
#: make wheel    draw all exercises, then build the package with their drawings, into dist/
#: make lock     choose the Python packages again (make lock LOCK=--upgrade: the newest of each)
#: make review        print the example patients in every layout, with a picture of all pages, into build/review/sheets/
#: make review-site   put a picture of every kind of page of the site into build/review/site/
#: make clean    remove all that make has made
#: Another Python than the first found: make demo PYTHON=/path/to/python3.12

# The first that is new enough. setup/system.sh says so where there is none.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
export PYTHON

.PHONY: random-plans help demo check test messages wheel lock review review-site clean
.NOTPARALLEL:                           # they share .venv

help:
	@sed -n 's/^#: //p' Makefile

demo:
	@sh setup/system.sh demo
	@sh setup/venv.sh requirements.txt
	.venv/bin/handouts pdf examples
	.venv/bin/handouts site
	@printf '%s\n' "$(CURDIR)"/build/handouts/*.pdf "$(CURDIR)/build/site/index.html"

define lint
.venv/bin/ruff format --check
.venv/bin/ruff check
.venv/bin/mypy
endef

check:
	@sh setup/system.sh demo
	@sh setup/venv.sh requirements-test.txt
	$(lint)
	.venv/bin/python -m pytest -n auto --dist loadscope -m "not pdf and not browser"

# A file of tests stays in one process, so that what its tests share is made once.
test:
	@sh setup/system.sh test
	@sh setup/venv.sh requirements-test.txt
	$(lint)
	.venv/bin/python -m pytest -n auto --dist loadscope

# What is in no template any more goes; what is new is left empty for the translator.
messages:
	.venv/bin/pybabel -q extract -F setup/messages.cfg -k phrase --add-location=file --sort-by-file --project=handouts \
		--no-wrap -o build/handouts.pot .
	@test -z "$(LANGUAGE)" || test -e templates/locale/$(LANGUAGE)/LC_MESSAGES/handouts.po || \
		.venv/bin/pybabel -q init -i build/handouts.pot -d templates/locale -D handouts -l $(LANGUAGE) --no-wrap
	.venv/bin/pybabel -q update -i build/handouts.pot -d templates/locale -D handouts --no-wrap --no-fuzzy-matching \
		--ignore-obsolete --ignore-pot-creation-date $(if $(LANGUAGE),-l $(LANGUAGE))

wheel:
	@sh setup/system.sh demo
	@sh setup/venv.sh requirements.txt
	.venv/bin/python -m handouts.app.shipping
	.venv/bin/python -m hatchling build -t wheel

lock:
	@sh setup/lock.sh $(LOCK)

# A hundred thousand random patients, planned and held against a second reading of the notes: a few minutes, not in `make test`.
random-plans:
	@sh setup/venv.sh requirements-test.txt
	.venv/bin/python tests/benchmarks/random_plans.py

review:
	@sh setup/system.sh test
	@sh setup/venv.sh requirements-test.txt
	.venv/bin/python tests/review.py build/review/sheets

review-site:
	@sh setup/system.sh test
	@sh setup/venv.sh requirements-test.txt
	.venv/bin/handouts site
	.venv/bin/python tests/screenshots.py build/site build/review/site

# The folder build/ itself stays: git keeps it.
clean:
	rm -rf .venv .pytest_cache .hypothesis .ruff_cache .mypy_cache dist src/handouts/bundled
	find build -mindepth 1 ! -path build/.gitignore -delete
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
