# Four commands; all the work is in tools/dev.py, which needs Python >= 3.11 and nothing else.
#   make run [PORT=8765] [DATABASE_URL=postgresql+psycopg://...] [WEBMAP_HOME=...]
#   make test [TEST_DATABASE_URL=postgresql+psycopg://...] [CHROMIUM=/path] [SOFFICE=/path] [VALIDATE_GPKG=/path]
PYTHON ?= python3

.PHONY: run test check lock

run test check lock:
	@$(PYTHON) tools/dev.py $@
