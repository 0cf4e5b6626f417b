# The commands of this project. The environment lives in .venv and is made once; the stamps in it remember for which
# requirements. PYTHON=... picks the interpreter it is made with.

PYTHON ?=
ENVIRONMENT := .venv
BIN := $(ENVIRONMENT)/bin
COMPILE := $(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-emit-options

.PHONY: run test test-thorough check figures requirements clean
.DELETE_ON_ERROR:

run: $(ENVIRONMENT)/.installed-run
	@exec $(BIN)/python app.py

test: $(ENVIRONMENT)/.installed-test
	@scripts/system-packages
	@scripts/check

# The sweeps, which test leaves out: more cases of what its tests prove.
test-thorough: $(ENVIRONMENT)/.installed-test
	@scripts/system-packages
	@scripts/check thorough

# What needs no running: style, types, layers.
check: $(ENVIRONMENT)/.installed-test
	@scripts/check lint

# The article's ten experiments as videos and pictures in FOLDER, and the README's animation.
figures: $(ENVIRONMENT)/.installed-run
	@$(BIN)/python scripts/figures $(FOLDER) --readme

# With the oldest Python supported, so that newer ones find what they need in it too: make requirements PYTHON=python3.11
requirements: $(BIN)/python
	$(BIN)/python -m pip install --quiet "pip-tools>=7.5"
	CUSTOM_COMPILE_COMMAND="make requirements" $(COMPILE) --output-file requirements.txt pyproject.toml
	CUSTOM_COMPILE_COMMAND="make requirements" $(COMPILE) --extra test --constraint requirements.txt \
		--output-file requirements-test.txt pyproject.toml

clean:
	rm -rf $(ENVIRONMENT) build .cache .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(ENVIRONMENT)/.installed-run: requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $<
	@touch $@

$(ENVIRONMENT)/.installed-test: requirements-test.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $<
	@touch $@

$(BIN)/python:
	@PYTHON="$(PYTHON)" scripts/environment $(ENVIRONMENT)
