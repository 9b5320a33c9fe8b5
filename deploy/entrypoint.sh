#!/bin/sh
# Runs one part of the product in the foreground, so that signals reach it.
set -eu

# A secret may be given as a file: AUTH_SECRET_FILE=/run/secrets/auth.
for name in DATABASE_URL AUTH_SECRET RECORDS_KEY RECORDS_KEY_PREVIOUS STRIPE_SECRET_KEY STRIPE_WEBHOOK_SECRET SMTP_URL; do
  eval "value=\${$name:-} file=\${${name}_FILE:-}"
  if [ -z "$value" ] && [ -n "$file" ]; then
    value=$(cat "$file")
    export "$name=$value"
  fi
done

case "${1:-web}" in
  web) export ROLE="${ROLE:-web}" NEXTAUTH_URL="${NEXTAUTH_URL:-${APP_URL:?APP_URL is not set}}"
    exec node .next/standalone/server.js ;;
  worker) export ROLE=worker
    exec node --enable-source-maps .build/worker.mjs ;;
  records) export ROLE=records
    exec node --enable-source-maps .build/records.mjs 0.0.0.0 ;;
  migrate) exec node scripts/migrate.mjs ;;
  *) echo "valvia: unknown command '$1'; say web, worker, records or migrate." >&2
    exit 64 ;;
esac
