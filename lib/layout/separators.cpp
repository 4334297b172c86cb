// SPDX-License-Identifier: MIT
#include "layout/separators.h"

#include <array>
#include <cstring>

namespace sondeo {
namespace {

constexpr std::array scans {
#if defined(__x86_64__)
  NamedScan{"avx512", scan_separators_avx512, Instructions::avx512},
      NamedScan{"avx2", scan_separators_avx2, Instructions::avx2},
#endif
      NamedScan{"portable", scan_separators_portable, Instructions::portable},
};

}  // namespace

const NamedScan* find_separator_scan(const char* name) {
  for (const auto& scan : scans) {
    if (std::strcmp(scan.name, name) == 0 && scan.needs <= instructions()) return &scan;
  }
  return nullptr;
}

const NamedScan& best_separator_scan() {
  for (const auto& scan : scans) {
    if (scan.needs <= instructions()) return scan;
  }
  return scans.back();
}

}  // namespace sondeo
