# The commands of this project. The environment lives in .venv and is made once; the stamps in it remember for which
# requirements. PYTHON=... picks the interpreter it is made with.

PYTHON ?=
ENVIRONMENT := .venv
BIN := $(ENVIRONMENT)/bin
COMPILE := $(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-emit-options

.PHONY: run test test-thorough check client vendor figures requirements clean
.DELETE_ON_ERROR:

run: $(ENVIRONMENT)/.installed-run
	@exec $(BIN)/python app.py

test: $(ENVIRONMENT)/.installed-client
	@scripts/system-packages
	@scripts/check

# The sweeps, which test leaves out: more cases of what its tests prove.
test-thorough: $(ENVIRONMENT)/.installed-client
	@scripts/system-packages
	@scripts/check thorough

# What needs no running: style, types, layers.
check: $(ENVIRONMENT)/.installed-client
	@scripts/check lint

# The page's own code, from client/ into assets/built/.
client: $(ENVIRONMENT)/.installed-client
	@$(BIN)/node scripts/client.js

# The part of Plotly that the page uses, into assets/vendor/.
vendor: $(ENVIRONMENT)/.installed-client
	@$(BIN)/node scripts/vendor.js

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
	rm -rf $(ENVIRONMENT) node_modules build .cache .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(ENVIRONMENT)/.installed-run: requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $<
	@touch $@

$(ENVIRONMENT)/.installed-test: requirements-test.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $<
	@touch $@

# Node comes with the tests' packages; what it needs to check and build the client comes from package-lock.json.
$(ENVIRONMENT)/.installed-client: package-lock.json $(ENVIRONMENT)/.installed-test
	PATH="$(abspath $(BIN)):$$PATH" npm ci --silent
	@touch $@

$(BIN)/python:
	@PYTHON="$(PYTHON)" scripts/environment $(ENVIRONMENT)
