#!/bin/sh
# SPDX-License-Identifier: MIT
# sh tests/run.sh: from a fresh clone to tested: installs what is missing, builds, runs every test.
# SONDEO_SHARED (default ../shared) may hold real surveys (data/), reference numbers (golden/) and
# hostile files (corpus/).
set -u
cd "$(dirname "$0")/.." || exit 2
shared=${SONDEO_SHARED:-../shared}
. tests/steps.sh

sh tests/setup.sh || exit 2
step "build (release)" sh tests/build.sh release
if [ "$steps_failed" = 0 ]; then
  step "unit tests and laws" build/release/bin/unit_tests
  step "other ctest entries" ctest --test-dir build/release --output-on-failure -E '^(unit|golden)$'
  step "golden cases" python3 tests/cli/run
  step "workbooks" python3 tests/xlsx/run
  step "installed: programs and library" sh tests/consumer/run
  step "html in a browser" sh tests/browser/run
  step "wide tables in LibreOffice" python3 tests/office/run
  step "Debian packages" sh tests/package/run
  step "random designs, here and in R" python3 tests/differential/run
  step "completions in shells" python3 tests/completion/run
  step "commands of README and docs" python3 tests/docs/run
  if [ -d "$shared/data" ]; then
    step "published surveys" python3 tests/real/run "$shared"/data/*/
  else
    skip "published surveys: $shared/data not found"
  fi
  if [ -d "$shared/data/pew-dec13-excerpt" ]; then
    step "a survey raked to its own targets" python3 tests/weights/run "$shared/data/pew-dec13-excerpt"
  else
    skip "a survey raked to its own targets: $shared/data/pew-dec13-excerpt not found"
  fi
  if [ -f "$shared/golden/cases.json" ]; then
    step "reference numbers" python3 tests/reference/run "$shared/golden"
  else
    skip "reference numbers: $shared/golden not found"
  fi
  if [ -f "$shared/letters/cases.json" ]; then
    step "column tests" env SONDEO_DATA="$shared/data" python3 tests/letters/run "$shared/letters"
  else
    skip "column tests: $shared/letters not found"
  fi
  if [ -f "$shared/corpus/expect.json" ]; then
    step "corpus of awkward files" python3 tests/corpus/run "$shared/corpus"
  else
    skip "corpus of awkward files: $shared/corpus not found"
  fi
fi
finish
