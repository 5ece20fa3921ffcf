# One command for each thing to do; `make` alone lists them. Windows without
# make: the head of utils/environment.py has the plain commands.

.DEFAULT_GOAL := help
.PHONY: help setup all run test lab notebooks figures site slides bench leaderboard lock clean distclean

PYTHON ?= $(shell command -v python3 || command -v python || echo python3)

# Inside the conda environment of environment.yml that one is used; everywhere
# else .venv, which `setup` makes and repairs.
ifeq ($(CONDA_DEFAULT_ENV),recurrent-networks)
COURSE_PYTHON := python
else
COURSE_PYTHON := .venv/bin/python
endif

help: ## List what make can do
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' \
		$(MAKEFILE_LIST)

setup: ## Create or repair .venv from the lock (every other target does)
ifeq ($(COURSE_PYTHON),.venv/bin/python)
	@$(PYTHON) -m utils.environment
endif

all: figures site slides test ## Build everything, then check it

run: setup ## Execute every lesson into build/, or one: LESSON=17
	@$(COURSE_PYTHON) -m utils.notebooks run $(LESSON)

test: setup ## Lint, unit tests, and every notebook's outputs compared
	$(COURSE_PYTHON) -m ruff check .
	$(COURSE_PYTHON) -m ruff format --check .
	$(COURSE_PYTHON) -m pytest -n 2 --dist loadscope --nbval \
		--nbval-sanitize-with tests/nbval_sanitize.cfg \
		--nbval-current-env tests notebooks

lab: setup ## Open JupyterLab on the lessons
	@$(COURSE_PYTHON) -m utils.lab

notebooks: setup ## Execute and save the lessons, or one: LESSON=17
	@$(COURSE_PYTHON) -m utils.notebooks save $(LESSON)

figures: setup ## Draw every figure again, into figures/
	@$(COURSE_PYTHON) -m utils.diagrams

site: setup ## Build the site: lessons as stored, solutions, figures
	@$(COURSE_PYTHON) -m utils.site

slides: setup ## Make slides of the lessons (needs npm), or of one: LESSON=17
	@$(COURSE_PYTHON) -m utils.slides build $(LESSON)

bench: setup ## Measure time and memory; the notes' whole recipe: FULL=1
	@$(COURSE_PYTHON) -m utils.bench $(if $(FULL),--full)

leaderboard: setup ## Run what is missing; on a cluster: SCHEDULER=tcp://...
	@$(COURSE_PYTHON) -m utils.leaderboard run \
		$(if $(SCHEDULER),--scheduler $(SCHEDULER))

lock: ## Compile requirements.in into the hash lock requirements.txt
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet uv==0.13.9
	build/lock/bin/python -m uv pip compile --quiet --universal \
		--generate-hashes --python-version 3.11 --no-header \
		requirements.in -o requirements.txt
	rm -rf build/lock

clean: ## Remove build/ and caches; .venv stays
	rm -rf build .pytest_cache .ruff_cache .hypothesis
	find . -path ./.venv -prune -o -type d \
		\( -name __pycache__ -o -name .ipynb_checkpoints \) -prune \
		-exec rm -rf {} +

distclean: clean ## Remove .venv as well
	rm -rf .venv *.egg-info
