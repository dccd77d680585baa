#!/bin/sh
# Build what the pages wear: static/gan-dan.css, static/icons.svg and the pictures the style sheet names.
# Only for people who change the look; the result is committed, running the app needs no Node.
set -eu
cd "$(dirname "$0")"
out=../static
[ -d node_modules/bootstrap ] || npm ci --ignore-scripts --no-audit --no-fund
npx --no-install sass -I node_modules scss/gan-dan.scss "$out/gan-dan.css" \
  --style=compressed --no-source-map --quiet-deps --silence-deprecation=import,global-builtin
cp art/*.svg "$out/"
mkdir -p "$out/licences"
cp node_modules/bootstrap/LICENSE "$out/licences/bootstrap.txt"
node icons.mjs icons.json "$out/icons.svg"
node finish.mjs "$out"
