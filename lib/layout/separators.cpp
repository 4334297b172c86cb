// SPDX-License-Identifier: MIT
#include "layout/separators.h"

#include <array>
#include <cstring>

namespace sondeo {
namespace {

bool runs(const char* name) {
#if defined(__x86_64__)
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
                    __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("pclmul") &&
                    __builtin_cpu_supports("popcnt");
  if (std::strcmp(name, "avx2") == 0) return avx2;
  if (std::strcmp(name, "avx512") == 0) {
    return avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vbmi2");
  }
#endif
  return std::strcmp(name, "portable") == 0;
}

constexpr std::array scans {
#if defined(__x86_64__)
  NamedScan{"avx512", scan_separators_avx512}, NamedScan{"avx2", scan_separators_avx2},
#endif
      NamedScan{"portable", scan_separators_portable},
};

}  // namespace

const NamedScan* find_separator_scan(const char* name) {
  for (const auto& scan : scans) {
    if (std::strcmp(scan.name, name) == 0 && runs(name)) return &scan;
  }
  return nullptr;
}

const NamedScan& best_separator_scan() {
  for (const auto& scan : scans) {
    if (runs(scan.name)) return scan;
  }
  return scans.back();
}

}  // namespace sondeo
