#!/bin/sh
# Starts the web container: `serve`, with options of `webmap serve` or without, waits for the database, fills it when it
# is empty and becomes the server; anything else is run as it is: docker compose run --rm web webmap layers
set -eu

case "${1:-serve}" in
serve) [ $# -eq 0 ] || shift ;;
-*) ;;
*) exec "$@" ;;
esac

python "$(dirname "$0")/wait_for_database.py"
webmap init
exec webmap serve --host "${HOST:-0.0.0.0}" --port "${PORT:-8000}" "$@"
