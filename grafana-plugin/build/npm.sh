#!/bin/sh
# What Maven calls: says in one sentence when Node or npm is missing or too old, then hands over.
set -eu
cd "$(dirname "$0")/.."
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  echo "The page is built with Node 20.19 or newer and its npm, and neither was found on the PATH: install them (Debian: apt install nodejs npm)." >&2
  exit 1
fi
if ! node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'; then
  echo "The page is built with Node 20.19 or newer, and this is Node $(node --version): install a newer one." >&2
  exit 1
fi
exec node build/steps.mjs "$@"
