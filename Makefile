# Every command sets up what it needs on first use: a virtual environment in .venv.
PYTHON ?= python3
BIN := .venv/bin
STAGE ?= dev

.DEFAULT_GOAL := help
.PHONY: help serve test test-long check bench package deploy

help: ## list these commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /	/' | sort

.venv/ready: requirements.txt requirements-dev.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

serve: .venv/ready ## run everything on this machine (PORT=8000 STATE=.local DEMO=1)
	@$(BIN)/python -m ops serve

test: .venv/ready ## run all tests, as CI does
	@$(BIN)/python -m pytest -m "not long" -n 2 --dist loadfile --no-loadscope-reorder

test-long: .venv/ready ## run the longer searches
	@$(BIN)/python -m pytest -m long -n 2

check: .venv/ready ## lint, format and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

bench: package ## measure calls, units, bytes and cold starts; fails when a bound is broken
	@$(BIN)/python -m ops.bench

package: .venv/ready ## build the Lambda package and its CloudFormation template in build/ (STAGE=dev)
	@$(BIN)/python -m ops template --stage $(STAGE) --file build/resources.json
	@AWS_DEFAULT_REGION=$${AWS_DEFAULT_REGION:-eu-west-3} $(BIN)/chalice package --stage $(STAGE) \
		--merge-template build/resources.json build

deploy: .venv/ready ## put a stage into AWS and print what to paste (STAGE=dev FINISH="--email you@example.org")
	@$(BIN)/python -m ops provision --stage $(STAGE) --for-chalice $(PROVISION)
	@$(BIN)/chalice deploy --stage $(STAGE)
	@$(BIN)/python -m ops finish --stage $(STAGE) $(FINISH)
