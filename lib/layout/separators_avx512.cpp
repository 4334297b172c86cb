// SPDX-License-Identifier: MIT
#include "layout/separators.h"

#if defined(__x86_64__)
#include <immintrin.h>

// GCC 12 takes the deliberately undefined operands of its own intrinsics for a mistake (PR 105593).
#if !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#if defined(__clang__)
#pragma clang attribute push(                                                                     \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi2,avx2,bmi,bmi2,popcnt,pclmul"))), \
    apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx512f,avx512bw,avx512vl,avx512vbmi2,avx2,bmi,bmi2,popcnt,pclmul")
#endif
#include "layout/separators_kernel.h"

namespace sondeo {
namespace {

struct Avx512 {
  static Masks masks(const char* p, char delimiter) {
    const __m512i bytes = _mm512_loadu_si512(p);
    return {_mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(delimiter)),
            _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\n')),
            _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\r')),
            _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('"')),
            _mm512_movepi8_mask(bytes),
            _mm512_testn_epi8_mask(bytes, bytes) != 0};
  }

  static Leads leads(const char* p) {
    const __m512i bytes = _mm512_loadu_si512(p);
    const auto at_least = [&](char least) -> std::uint64_t {
      return _mm512_cmpge_epu8_mask(bytes, _mm512_set1_epi8(least));
    };
    const std::uint64_t two_or_more = at_least('\xc0');
    return {two_or_more, at_least('\xe0'),
            (two_or_more & ~at_least('\xc2')) |
                _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\xe0')) |
                _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\xed')) | at_least('\xf0')};
  }

  static std::uint64_t prefix_xor(std::uint64_t x) {
    const __m128i product = _mm_clmulepi64_si128(_mm_set_epi64x(0, static_cast<long long>(x)),
                                                 _mm_set1_epi8('\xff'), 0);
    return static_cast<std::uint64_t>(_mm_cvtsi128_si64(product));
  }

  static std::uint32_t* emit(std::uint32_t* out, std::uint32_t base, std::uint64_t mask) {
    alignas(64) static constexpr unsigned char counting[64] = {
        0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
        22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
        44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
    const auto count = __builtin_popcountll(mask);
    const __m512i all = _mm512_load_si512(counting);
    const __m512i places = _mm512_maskz_compress_epi8(mask, all);
    const __m512i start = _mm512_set1_epi32(static_cast<int>(base));
    const auto store = [&](int at, __m128i part) {
      _mm512_storeu_si512(out + at, _mm512_add_epi32(start, _mm512_cvtepu8_epi32(part)));
    };
    // Always thirty-two, without asking how many there are: the next word overwrites what is too
    // many. More in 64 bytes are rare.
    store(0, _mm512_castsi512_si128(places));
    store(16, _mm512_extracti32x4_epi32(places, 1));
    if (count > 32) {
      store(32, _mm512_extracti32x4_epi32(places, 2));
      store(48, _mm512_extracti32x4_epi32(places, 3));
    }
    return out + count;
  }
};

}  // namespace

std::uint32_t* scan_separators_avx512(const char* bytes, std::size_t from, std::size_t to,
                                      char delimiter, SeparatorState& state, std::uint32_t* out) {
  return scan_separators<Avx512>(bytes, from, to, delimiter, state, out);
}

}  // namespace sondeo
#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#endif
