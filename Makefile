# LearnIn's commands. Each sets up what is missing first. The scripts are in make/.
SHELL = /bin/sh
.DEFAULT_GOAL = help
.PHONY: help run test check build words demo bench chain lock backup restore

python = $(or $(shell make/python),$(error no Python 3.11 or later))
prepare = $(python) -m make.run --prepare
manage = .venv/bin/python manage.py

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

run: ## Start LearnIn on this machine: http://127.0.0.1:8000 (another port: make run PORT=8001)
	@PORT=$(PORT) exec $(python) -m make.run

test: ## Everything a commit must pass: lint, types, contracts, both databases, browser journeys
	@exec $(python) -m make.test

check: ## The quick half of it: no PostgreSQL, no browser
	@exec $(python) -m make.test --quick

build: ## Environment, packages, styles, scripts and translations, without starting anything
	@$(python) -m make.environment

words: ## Collect and compile the translations
	@$(python) -m make.environment --tests
	@$(manage) words

demo: ## Build the example country, where it is not there yet
	@$(prepare)
	@LEARNIN_DEBUG=1 $(manage) demo

bench: ## Measure what a page costs
	@$(python) -m make.environment --tests
	@.venv/bin/python -m bench

chain: ## Walk the whole chain on real input: make chain DATA=../shared/data
	@$(if $(DATA),,$(error make chain DATA=../shared/data))$(python) -m make.environment --tests
	@.venv/bin/python -m chain $(DATA)

lock: ## Lock the Python packages again (newest versions: make lock UPGRADE=1)
	@$(python) -m make.lock $(if $(UPGRADE),--upgrade)

backup: ## Database and files into one archive: make backup FILE=learnin.tar.gz
	@$(if $(FILE),,$(error make backup FILE=learnin.tar.gz))$(python) -m make.environment
	@$(manage) backup $(FILE)

restore: ## Database and files back from an archive: make restore FILE=learnin.tar.gz
	@$(if $(FILE),,$(error make restore FILE=learnin.tar.gz))$(python) -m make.environment
	@$(manage) restore $(FILE)
	@$(manage) migrate --no-input
