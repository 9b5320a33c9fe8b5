#!/bin/sh
# Runs one part of the product in the foreground, so that signals reach it.
set -eu
case "${1:-web}" in
  web) export ROLE="${ROLE:-web}" NEXTAUTH_URL="${NEXTAUTH_URL:-${APP_URL:?APP_URL is not set}}"
    exec node .next/standalone/server.js ;;
  worker) export ROLE=worker
    exec node --enable-source-maps .build/worker.mjs ;;
  migrate) exec node scripts/migrate.mjs ;;
  *) echo "valvia: unknown command '$1'; say web, worker or migrate." >&2
    exit 64 ;;
esac
