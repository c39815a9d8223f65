#!/bin/sh
# Starts the web container: `serve` waits for the database, fills it when it is empty and becomes the server;
# anything else is run as it is, for example: docker compose run --rm web webmap layers
set -eu

if [ "${1:-serve}" != "serve" ]; then
    exec "$@"
fi

python "$(dirname "$0")/wait_for_database.py"
webmap init
exec webmap serve --host "${HOST:-0.0.0.0}" --port "${PORT:-8000}"
