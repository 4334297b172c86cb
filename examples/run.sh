#!/bin/sh
# SPDX-License-Identifier: MIT
# sh examples/run.sh: from a fresh clone to tables: installs what is missing, builds, and runs every example.
set -eu
cd "$(dirname "$0")/.."
sh tests/setup.sh
echo "building ..." >&2
sh tests/build.sh release tools
PATH=$PWD/build/release/bin:$PATH
shown=$(mktemp)
trap 'rm -f "$shown"' EXIT
for cmd in examples/*/cmd; do
  printf '\n$ '
  cat "$cmd"
  echo
  sh "$cmd" >"$shown"
  head -n 45 "$shown"
  lines=$(wc -l <"$shown")
  [ "$lines" -le 45 ] || echo "... $((lines - 45)) more lines: ${cmd%cmd}expected"
done
