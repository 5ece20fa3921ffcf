# One command for each thing to do; `make` alone lists them. Windows without
# make: the README has the plain commands.

.DEFAULT_GOAL := help
.PHONY: help setup all run check test lab demo mine reset notebooks figures site slides bench leaderboard lock clean distclean

# They would hide the course, put another package in its place, leave the
# checks of lessons out, or wait for a programmer at the end.
unexport PYTHONSAFEPATH PYTHONPATH PYTHONHOME PYTHONOPTIMIZE PYTHONINSPECT

# In the locale C a folder with Korean letters has no name otherwise.
export PYTHONUTF8 := 1

PYTHON ?= $(shell command -v python3 || command -v python || echo python3)

# Inside the conda environment of environment.yml that one is used; everywhere
# else .venv, which `setup` makes and repairs.
ifeq ($(CONDA_DEFAULT_ENV),recurrent-networks)
COURSE_PYTHON := python
else ifeq ($(OS),Windows_NT)
COURSE_PYTHON := .venv/Scripts/python
else
COURSE_PYTHON := .venv/bin/python
endif

help: ## List what make can do
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' \
		$(MAKEFILE_LIST)

setup: ## Create or repair .venv from the lock (every other target does)
ifneq ($(COURSE_PYTHON),python)
	@command -v "$(PYTHON)" >/dev/null || { echo "Python is missing: get" \
		"3.11, 3.12 or 3.13 from your package manager or python.org," \
		"then run this again." >&2; exit 1; }
	@"$(PYTHON)" -m tools.setup
endif

all: figures site slides test ## Build everything, then check it

run: setup ## Execute every lesson into build/, side by side; one: LESSON=17
	@$(COURSE_PYTHON) -m tools run $(LESSON)

check: setup ## What a minute is enough for, or all of a lesson: LESSON=12
	@$(COURSE_PYTHON) -m tools check $(LESSON)

test: setup ## Everything; with new examples: HYPOTHESIS=random
	@$(COURSE_PYTHON) -m tools test

lab: setup ## Open JupyterLab on the lessons
	@$(COURSE_PYTHON) -m tools lab

demo: setup ## All widgets on one page; for phones too: HOST=0.0.0.0
	@$(COURSE_PYTHON) -m tools demo $(if $(HOST),--host $(HOST))

mine: setup ## Copy the lessons to my_lessons/, to write in; yours stay
	@$(COURSE_PYTHON) -m tools mine

reset: setup ## Between two classes: keep what was changed, restore lessons
	@$(COURSE_PYTHON) -m tools reset $(if $(YES),--yes)

notebooks: setup ## Execute and save the lessons, or one: LESSON=17
	@$(COURSE_PYTHON) -m tools save $(LESSON)

figures: setup ## Draw every figure again, into figures/
	@$(COURSE_PYTHON) -m figures.draw

site: setup ## Build the site: lessons as stored, solutions, figures
	@$(COURSE_PYTHON) -m tools site

slides: setup ## Build the slides, or one deck: LESSON=17; HANDOUT=1, WATCH=1
	@$(COURSE_PYTHON) -m tools slides $(LESSON) \
		$(if $(WATCH),--watch) $(if $(HANDOUT),--handout)

bench: setup ## Measure time and memory; all of it: FULL=1; PART=reviews
	@$(COURSE_PYTHON) -m tools bench $(if $(FULL),--full) \
		$(if $(PART),--part $(PART))
	@$(COURSE_PYTHON) -m leaderboard weights --compare

leaderboard: setup ## Run what is missing; how long: DRY=1; on a cluster: SCHEDULER=tcp://...
	@$(COURSE_PYTHON) -m leaderboard run \
		$(if $(SCHEDULER),--scheduler $(SCHEDULER)) $(if $(DRY),--dry)

lock: setup ## Compile requirements.in into the hash lock requirements.txt
	$(COURSE_PYTHON) -m uv pip compile --quiet --universal \
		--generate-hashes --python-version 3.11 --no-header \
		requirements.in -o requirements.txt

clean: ## Remove build/ and caches; .venv stays
	rm -rf build .pytest_cache .ruff_cache .hypothesis
	find . -path ./.venv -prune -o -type d \
		\( -name __pycache__ -o -name .ipynb_checkpoints \) -prune \
		-exec rm -rf {} +

distclean: clean ## Remove .venv as well
	rm -rf .venv .venv.lock *.egg-info
