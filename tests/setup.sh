#!/bin/sh
# SPDX-License-Identifier: MIT
# tests/setup.sh [PACKAGE]...: installs what the build needs (and PACKAGEs) where it is missing.
# For Debian 12, Ubuntu 24.04 and their kin; elsewhere it only says what is needed.
set -eu
packages="g++ cmake ninja-build ccache python3 libboost-dev libboost-program-options-dev libfmt-dev
doctest-dev libeigen3-dev nlohmann-json3-dev libtomlplusplus-dev libutf8proc-dev zlib1g-dev
libzstd-dev libfccp-dev libxxhash-dev libxlsxwriter-dev pkg-config zstd $*"

if ! command -v apt-get >/dev/null; then
  echo "setup: no apt-get here; the build needs what Debian calls" $packages >&2
  exit 0
fi
installed=$(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' $packages 2>/dev/null |
            sed -n 's/^ii *//p' || true)
missing=
for package in $packages; do
  echo "$installed" | grep -qxF "$package" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

echo "setup: installing$missing" >&2
as_root=
[ "$(id -u)" = 0 ] || as_root=sudo
export DEBIAN_FRONTEND=noninteractive
{ $as_root apt-get update -q && $as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends $missing; } >&2
