# SPDX-License-Identifier: MIT
# To be read by a shell script: runs steps one after the other, adds up what they say they passed
# and failed, and closes with `N passed, N failed`.
steps_passed=0
steps_failed=0
steps_log=$(mktemp)
trap 'rm -f "$steps_log"' EXIT

# step NAME COMMAND...: its output is shown; its counts are those of its closing line (ours, of
# ctest or of doctest); a command without a closing line, or that fails without a failure, is one.
step() {
  step_name=$1
  shift
  printf '\n== %s\n' "$step_name"
  { step_status=0; "$@" || step_status=$?; echo "$step_status" >"$steps_log.status"; } 2>&1 |
    tee "$steps_log"
  step_status=$(cat "$steps_log.status")
  rm -f "$steps_log.status"
  counts=$(sed -n \
    -e 's/^\([0-9]*\) passed, \([0-9]*\) failed.*/\1 \2/p' \
    -e 's/^\[doctest\] test cases: *[0-9]* *| *\([0-9]*\) passed *| *\([0-9]*\) failed.*/\1 \2/p' \
    -e 's/^[0-9]*% tests passed, \([0-9]*\) tests failed out of \([0-9]*\).*/ctest \2 \1/p' \
    "$steps_log" | tail -n 1)
  case $counts in
    ctest*) set -- $counts; counts="$(($2 - $3)) $3" ;;
  esac
  set -- $counts
  if [ $# = 0 ]; then
    if [ "$step_status" = 0 ]; then set -- 1 0; else set -- 0 1; fi
  elif [ "$step_status" != 0 ] && [ "$2" = 0 ]; then
    set -- "$1" 1
  fi
  [ "$step_status" = 0 ] || echo "-- $step_name: exit status $step_status"
  steps_passed=$((steps_passed + $1))
  steps_failed=$((steps_failed + $2))
}

# skip WHAT: says so.
skip() { printf '\nskipped: %s\n' "$1"; }

# Prints the sum; its status is the status of the script.
finish() {
  printf '\n%d passed, %d failed\n' "$steps_passed" "$steps_failed"
  [ "$steps_failed" = 0 ]
}
