# The tasks of a developer. What a target needs, it sets up itself: a virtual environment in .venv, and on
# Debian and Ubuntu the system's packages.

VENV := .venv
PYTHON := $(VENV)/bin/python
READY := $(VENV)/.ready
PACKAGING_VENV := build/venv
PACKAGING_READY := $(PACKAGING_VENV)/.ready
SYSTEM_PACKAGES := sh packaging/linux/system-packages.sh
UV := uv==0.13.9
PIP_AUDIT := pip-audit==2.10.1
AUDIT_VENV := build/audit
ICAL_JS := build/ical_js/node_modules/.package-lock.json

.DEFAULT_GOAL := help
.PHONY: help run test journeys sweeps offline lint messages simulate phone crash faults fuzz screenshots bench package package-check prove reproducible audit sbom lock clean

help:  ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(READY)  ## Open the program; where there is no display, try it out on a virtual one
	@$(SYSTEM_PACKAGES) window
	@if $(PYTHON) -m tests.desktop.display; then \
		exec $(VENV)/bin/followup-desktop $(ARGS); \
	else \
		$(SYSTEM_PACKAGES) desktop-tests; \
		exec $(PYTHON) -m tests.desktop.try_out; \
	fi

test: $(READY)  ## Run all tests but the journeys and the sweeps
	@$(SYSTEM_PACKAGES) window
	@$(SYSTEM_PACKAGES) desktop-tests || test "$$CI" != true
	@$(PYTHON) -m pytest -n auto --dist loadgroup -m "not journey and not sweep"

journeys: $(READY)  ## Run the long tests: on a real desktop, with real servers, in each language and size
	@$(SYSTEM_PACKAGES) window
	@$(SYSTEM_PACKAGES) desktop-tests || test "$$CI" != true
	@test "$$CI" != true || $(MAKE) --no-print-directory $(ICAL_JS)
	@$(PYTHON) -m pytest -n auto -m "journey and not sweep"

sweeps: $(READY)  ## Run what goes over every state, zone, seed and example, where the other tests take some
	@$(SYSTEM_PACKAGES) window
	@FOLLOWUP_SWEEP=1 $(PYTHON) -m pytest -n auto --dist loadgroup -m "sweep or hypothesis"

offline: $(READY)  ## Run the tests where nothing but this computer can be reached, in a network namespace
	@$(SYSTEM_PACKAGES) window desktop-tests
	@unshare --net $$(test "$$(id -u)" = 0 || echo --map-current-user --keep-caps) \
		$(PYTHON) -m tests.loopback $(PYTHON) -m pytest -n auto $(ARGS)

lint: $(READY)  ## Check style, format and types
	@$(PYTHON) -m ruff check
	@$(PYTHON) -m ruff format --check
	@$(PYTHON) -m mypy

messages: $(READY)  ## Gather the texts for translators, and bring the translations up to date
	@$(PYTHON) packaging/messages.py

simulate: $(READY)  ## Live through 1,000 searches of ten years each, and judge every reminder
	@$(PYTHON) -m tests.simulation $(ARGS)

phone: $(READY)  ## Live 200 lives of a calendar on two real servers, with a phone that does as it likes
	@$(PYTHON) -m tests.phone_life $(ARGS)

crash: $(READY)  ## Kill the program at each step of a migration and at 1,000 random moments; nothing may be lost
	@test -n "$(ARGS)" || $(PYTHON) -m tests.crash_migrations
	@$(PYTHON) -m tests.crash $(ARGS)

faults: $(READY)  ## Fail every read and write of a session, in each way there is, and look what was lost
	@$(PYTHON) -m tests.faulty_disk $(ARGS)

fuzz: $(READY)  ## Feed the readers of files with what coverage leads to, a minute each
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-build-isolation -e '.[fuzz]'
	@$(PYTHON) -m tests.fuzz $(ARGS)

screenshots: $(READY)  ## Draw every state of every view into build/screenshots; ARGS=--publish updates docs
	@$(SYSTEM_PACKAGES) window desktop-tests
	@$(PYTHON) -m tests.screenshots $(ARGS)

bench: $(PACKAGING_READY)  ## Measure the window, the start, idling, and how soon reminders come
	@$(SYSTEM_PACKAGES) window xvfb x11-utils desktop-tests
	@test -d build/package/bundle || $(MAKE) --no-print-directory package
	@$(PACKAGING_VENV)/bin/python -m tests.benchmarks $(ARGS)
	@$(PACKAGING_VENV)/bin/python -m tests.benchmarks.reminders --seconds 0

package: $(PACKAGING_READY)  ## Make the packages for Linux in dist: .deb, .tar.xz, wheel and sdist
	@$(SYSTEM_PACKAGES) window package
	@$(PACKAGING_VENV)/bin/python packaging/make_package.py

package-check: $(PACKAGING_READY)  ## Check the packages in dist, which are made if there are none
	@$(SYSTEM_PACKAGES) window package
	@test -e dist/SHA256SUMS || $(MAKE) --no-print-directory package
	@sh packaging/linux/check.sh

prove: $(READY)  ## Install the .deb in bare Debian and Ubuntu systems and use it there, as root
	@$(SYSTEM_PACKAGES) window desktop-tests debootstrap
	@test -e dist/SHA256SUMS || $(MAKE) --no-print-directory package
	@$(PYTHON) -m tests.installed.prove dist/*.deb $(ARGS)

reproducible:  ## Make the packages of the last commit twice, in two folders, and compare their bytes
	@sh packaging/linux/reproducible.sh

audit: $(READY)  ## Look up every pinned package among the known vulnerabilities
	@test -d $(AUDIT_VENV) || $(PYTHON) -m venv $(AUDIT_VENV)
	@$(AUDIT_VENV)/bin/python -m pip install --quiet --disable-pip-version-check $(PIP_AUDIT)
	@$(AUDIT_VENV)/bin/python packaging/audit.py

sbom: $(PACKAGING_READY)  ## Write what the program is made of, as CycloneDX, into build/sbom.cdx.json
	@$(PACKAGING_VENV)/bin/python packaging/sbom.py build/sbom.cdx.json $(wildcard build/package/bundle/followup-desktop)

lock: $(READY)  ## Pin the newest packages that pyproject.toml allows
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check $(UV)
	@$(PYTHON) -m uv pip compile --quiet --upgrade --universal --generate-hashes --no-emit-index-url --no-header \
		--extra dev --output-file packaging/requirements.txt pyproject.toml

clean:  ## Remove the virtual environment and everything built
	@rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): packaging/requirements.txt packaging/make-venv.sh pyproject.toml
	@sh packaging/make-venv.sh $(VENV)
	@touch $@

# The calendar reader of Thunderbird and Nextcloud, which reads our calendar file in a test.
$(ICAL_JS): tests/services/transfer/ical_js/package-lock.json
	@command -v npm >/dev/null || $(SYSTEM_PACKAGES) nodejs npm
	@mkdir -p build/ical_js
	@cp tests/services/transfer/ical_js/*.json build/ical_js
	@npm ci --prefix build/ical_js --ignore-scripts --no-audit --no-fund --loglevel error

$(PACKAGING_READY): packaging/requirements.txt packaging/make-venv.sh pyproject.toml
	@sh packaging/make-venv.sh $(PACKAGING_VENV) system
	@touch $@
