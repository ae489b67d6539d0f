# Every target prepares what it needs: the environment lives in .venv.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: machine setup run test lint types wheel bench lock clean

# What runs the assistant; nothing of its developers.
setup: .venv/.ready

# What the machine must have, asked for by name before anything is fetched.
machine:
	@command -v $(PYTHON) >/dev/null || \
	  { echo "needed: Python 3.11 or newer (Debian, Ubuntu: apt install python3 python3-venv), or PYTHON=…" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit("needed: Python 3.11 or newer, not %d.%d; or PYTHON=…" % sys.version_info[:2] if sys.version_info < (3, 11) else None)'
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "needed: Python's venv (Debian, Ubuntu: apt install python3-venv)" >&2; exit 1; }

.venv/.ready: requirements.lock pyproject.toml | machine
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

.venv/.ready-dev: requirements-dev.lock .venv/.ready
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	touch $@

run: setup
	$(BIN)/danvan run

# Compiled tests are kept between runs, also where the environment says to write no bytecode. A third of
# the suite waits for processes, so that there is work for one more than the machine has cores.
test: .venv/.ready-dev
	PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -q -n $$(($$(nproc) + 1)) --dist worksteal

lint: .venv/.ready-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports

types: .venv/.ready-dev
	$(BIN)/mypy

# The wheel, and a question to it in an environment that holds what the lock names and nothing else.
wheel: setup
	rm -rf build dist .venv/tried
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .
	$(PYTHON) -m venv .venv/tried
	.venv/tried/bin/python -m pip install --quiet --no-compile --require-hashes -r requirements.lock
	.venv/tried/bin/python -m pip install --quiet --no-compile --no-deps dist/*.whl
	cd .venv/tried && DATA_DIR=data bin/danvan ask "Người đứng đầu đối thoại trực tiếp với Nhân dân theo quy định nào?" | tee answer
	grep -q "Chỉ thị số 33-CT/TU" .venv/tried/answer
	rm -rf build .venv/tried

bench: .venv/.ready-dev
	$(BIN)/python -m benchmarks

LOCKED := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' pyproject.toml

lock: .venv/.ready-dev
	$(LOCKED) --extra build -o requirements.lock
	$(LOCKED) --extra dev --constraints requirements.lock -o requirements-dev.lock

clean:
	rm -rf .venv build dist *.egg-info
