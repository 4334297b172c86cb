// SPDX-License-Identifier: MIT
#include "layout/separators.h"

#if defined(__x86_64__)
#include <immintrin.h>

#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,bmi,bmi2,popcnt,pclmul"))), \
                             apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2,bmi,bmi2,popcnt,pclmul")
#endif
#include "layout/separators_kernel.h"

namespace sondeo {
namespace {

struct Avx2 {
  static std::uint64_t equal(__m256i low, __m256i high, char sign) {
    const __m256i all = _mm256_set1_epi8(sign);
    return joined(_mm256_cmpeq_epi8(low, all), _mm256_cmpeq_epi8(high, all));
  }

  static Masks masks(const char* p, char delimiter) {
    const __m256i low = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
    const __m256i high = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p + 32));
    const __m256i zero = _mm256_cmpeq_epi8(_mm256_min_epu8(low, high), _mm256_setzero_si256());
    return {equal(low, high, delimiter), equal(low, high, '\n'), equal(low, high, '\r'),
            equal(low, high, '"'),       joined(low, high),      _mm256_movemask_epi8(zero) != 0};
  }

  static std::uint64_t joined(__m256i low, __m256i high) {
    const auto a = static_cast<std::uint32_t>(_mm256_movemask_epi8(low));
    const auto b = static_cast<std::uint32_t>(_mm256_movemask_epi8(high));
    return a | (static_cast<std::uint64_t>(b) << 32);
  }

  static Leads leads(const char* p) {
    const __m256i low = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
    const __m256i high = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p + 32));
    const auto at_least = [&](char least) {
      const __m256i all = _mm256_set1_epi8(least);
      return joined(_mm256_cmpeq_epi8(_mm256_max_epu8(low, all), low),
                    _mm256_cmpeq_epi8(_mm256_max_epu8(high, all), high));
    };
    const std::uint64_t two_or_more = at_least('\xc0');
    return {two_or_more, at_least('\xe0'),
            (two_or_more & ~at_least('\xc2')) | equal(low, high, '\xe0') |
                equal(low, high, '\xed') | at_least('\xf0')};
  }

  static std::uint64_t prefix_xor(std::uint64_t x) {
    const __m128i product = _mm_clmulepi64_si128(_mm_set_epi64x(0, static_cast<long long>(x)),
                                                 _mm_set1_epi8('\xff'), 0);
    return static_cast<std::uint64_t>(_mm_cvtsi128_si64(product));
  }

  static std::uint32_t* emit(std::uint32_t* out, std::uint32_t base, std::uint64_t mask) {
    const auto count = __builtin_popcountll(mask);
    // Eight at a time without asking which of them exist: `out` has room, and the next word
    // overwrites what is too many.
    for (int done = 0; done < count; done += 8) {
      for (int i = 0; i < 8; ++i) {
        out[done + i] = base + static_cast<std::uint32_t>(_tzcnt_u64(mask));
        mask = _blsr_u64(mask);
      }
    }
    return out + count;
  }
};

}  // namespace

std::uint32_t* scan_separators_avx2(const char* bytes, std::size_t from, std::size_t to,
                                    char delimiter, SeparatorState& state, std::uint32_t* out) {
  return scan_separators<Avx2>(bytes, from, to, delimiter, state, out);
}

}  // namespace sondeo
#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#endif
