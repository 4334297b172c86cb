#!/bin/sh
# SPDX-License-Identifier: MIT
# tests/build.sh PRESET [TARGET]...: configures and builds; says nothing unless something is wrong.
set -eu
cd "$(dirname "$0")/.."
preset=$1
shift
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if cmake --preset "$preset" >"$log" 2>&1 &&
   cmake --build --preset "$preset" ${1:+--target "$@"} >"$log" 2>&1; then
  grep -i 'warning' "$log" || true
else
  cat "$log" >&2
  exit 1
fi
