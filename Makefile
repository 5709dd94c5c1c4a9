# make demo and make test need nothing but make and a Python >= 3.12: they set up the rest.
# PYTHON=/path/to/python3.13 chooses the interpreter that .venv is made with.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.presscheck-ready
PYTEST_ARGS ?= -n 2 --dist loadfile

export SE_AVOID_STATS = true

.PHONY: demo test lint format lock sbom wheelhouse setup browser postgres grid bench clean distclean
.DELETE_ON_ERROR:

demo: $(READY) browser
	$(BIN)/presscheck audit examples \
		--public-url https://www.defense.gov/News/News-Stories/ \
		--render always --fail-on never \
		--html demo-report.html --junit demo-junit.xml
	@echo "HTML report:  $(CURDIR)/demo-report.html"
	@echo "JUnit report: $(CURDIR)/demo-junit.xml"

test: $(READY) browser postgres grid
	$(BIN)/python -m pytest $(PYTEST_ARGS)

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(READY)
	sh tools/lock.sh $(BIN)/python $(LOCK_ARGS)

sbom: $(READY)
	sh tools/sbom.sh $(BIN)/python dist/presscheck.cdx.json

wheelhouse: $(READY)
	sh tools/wheelhouse.sh $(BIN)/python dist/wheelhouse $(WHEELHOUSE_ARGS)

setup: $(READY) browser postgres grid

browser: $(READY)
	@sh tools/browser.sh $(BIN)/python

postgres:
	@sh tools/postgres.sh

grid:
	@sh tools/grid.sh .bench/grid

bench: $(READY) browser
	$(BIN)/python -m benchmarks $(BENCH_ARGS)

$(READY): requirements-dev.txt pyproject.toml tools/setup.sh tools/python.sh
	sh tools/setup.sh $(VENV)
	@touch $@

clean:
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	rm -f demo-report.html demo-junit.xml
	find checker tests -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean
	rm -rf $(VENV) .bench
