// SPDX-License-Identifier: MIT
#include "base/processor.h"

#include <cstdlib>
#include <string_view>

namespace sondeo {
namespace {

Instructions of_processor() {
#if defined(__x86_64__)
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("bmi") ||
      !__builtin_cpu_supports("bmi2") || !__builtin_cpu_supports("pclmul") ||
      !__builtin_cpu_supports("popcnt")) {
    return Instructions::portable;
  }
  const bool avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vbmi2");
  return avx512 ? Instructions::avx512 : Instructions::avx2;
#else
  return Instructions::portable;
#endif
}

Instructions wanted() {
  const auto best = of_processor();
  const char* said = std::getenv("SONDEO_ISA");
  if (said == nullptr) return best;
  if (said == std::string_view("portable")) return Instructions::portable;
  if (said == std::string_view("avx2") && best == Instructions::avx512) return Instructions::avx2;
  return best;
}

}  // namespace

Instructions instructions() {
  static const auto known = wanted();
  return known;
}

}  // namespace sondeo
