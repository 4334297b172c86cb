// SPDX-License-Identifier: MIT
#include "data/plain_weights.h"

#include "base/processor.h"

#if defined(__x86_64__)
#include <immintrin.h>

#include <cstring>
#endif

namespace sondeo {
namespace {

#if defined(__x86_64__)
// By the number of signs before the mark, counted from the eighth sign before the end; the last
// is for cells without a mark.
alignas(64) constexpr double powers[] = {1e7, 1e6, 1e5, 1e4, 1e3, 1e2, 1e1, 1e0, 1e0};

[[gnu::target("avx2")]] inline __m128i load_four(const std::uint32_t* numbers) {
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(numbers));
}

inline long long load_eight(const char* bytes) {
  long long text;
  std::memcpy(&text, bytes, 8);
  return text;
}

[[gnu::target("avx2")]] bool four_weights_avx2(const char* bytes, const std::uint32_t* befores,
                                               const std::uint32_t* ends, char decimal,
                                               double* weights) {
  // Of a cell its size less one, which is below eight if there are one to eight signs.
  const __m128i beyond =
      _mm_sub_epi32(_mm_sub_epi32(load_four(ends), load_four(befores)), _mm_set1_epi32(2));
  if (!_mm_testz_si128(beyond, _mm_set1_epi32(~7))) return false;
  const __m256i rest = _mm256_sub_epi64(_mm256_set1_epi64x(7), _mm256_cvtepu32_epi64(beyond));
  // The last sign in the highest byte, less '0'; zeros before the first.
  const auto text = [&](int i) { return load_eight(bytes + std::uint32_t(befores[i] + 1)); };
  __m256i signs = _mm256_set_epi64x(text(3), text(2), text(1), text(0));
  signs =
      _mm256_sllv_epi64(_mm256_xor_si256(signs, _mm256_set1_epi8('0')), _mm256_slli_epi64(rest, 3));
  const __m256i marks =
      _mm256_cmpeq_epi8(signs, _mm256_set1_epi8(static_cast<char>(decimal ^ '0')));
  const __m256i none = _mm256_cmpeq_epi64(marks, _mm256_setzero_si256());
  // All bits before the first mark; all, where there is none.
  const __m256i before =
      _mm256_andnot_si256(marks, _mm256_add_epi64(marks, _mm256_set1_epi64x(-1)));
  // The digits before the mark take its place.
  const __m256i through = _mm256_or_si256(_mm256_slli_epi64(before, 8), _mm256_set1_epi64x(0xff));
  const __m256i moved = _mm256_or_si256(_mm256_andnot_si256(through, signs),
                                        _mm256_slli_epi64(_mm256_and_si256(signs, before), 8));
  signs = _mm256_blendv_epi8(moved, signs, none);
  const __m256i nine = _mm256_set1_epi8(9);
  const __m256i digits = _mm256_cmpeq_epi8(_mm256_max_epu8(signs, nine), nine);
  // A mark alone is no number.
  const __m256i lonely = _mm256_andnot_si256(none, _mm256_cmpeq_epi64(rest, _mm256_set1_epi64x(7)));
  if (_mm256_movemask_epi8(_mm256_andnot_si256(lonely, digits)) != -1) return false;
  // Neighbours joined: digits to pairs, pairs to fours, fours to the number.
  const __m256i pairs = _mm256_maddubs_epi16(signs, _mm256_set1_epi16(0x010a));
  const __m256i fours = _mm256_madd_epi16(pairs, _mm256_set1_epi32(0x00010064));
  const __m256i whole = _mm256_add_epi64(_mm256_mul_epu32(fours, _mm256_set1_epi64x(10000)),
                                         _mm256_srli_epi64(fours, 32));
  // As the low bits of 2^52 a whole number is a double.
  const __m256i magic = _mm256_set1_epi64x(0x4330000000000000);
  const __m256d number =
      _mm256_sub_pd(_mm256_castsi256_pd(_mm256_or_si256(whole, magic)), _mm256_castsi256_pd(magic));
  const __m256i counts =
      _mm256_sad_epu8(_mm256_and_si256(before, _mm256_set1_epi8(1)), _mm256_setzero_si256());
  // Both are exact, so the quotient is the nearest double to the decimal number.
  _mm256_storeu_pd(weights, _mm256_div_pd(number, _mm256_i64gather_pd(powers, counts, 8)));
  return true;
}
#endif

}  // namespace

FourWeights four_weights() {
#if defined(__x86_64__)
  if (instructions() >= Instructions::avx2) return four_weights_avx2;
#endif
  return nullptr;
}

}  // namespace sondeo
