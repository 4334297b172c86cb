// SPDX-License-Identifier: MIT
#include "layout/utf8_check.h"

#include <cstring>

#include "base/text.h"
#include "layout/separators.h"

#if defined(__x86_64__)
#include <immintrin.h>

#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2")
#endif

namespace sondeo {
namespace {

// What can be wrong with two neighbouring bytes, one bit each. Three lookups (high and low half of
// the first byte, high half of the second) leave a bit standing only if all three allow the fault
// (Keiser & Lemire, Software: Practice and Experience 51, 2021).
enum Fault : unsigned char {
  too_short = 1 << 0,       // a lead byte, and no continuation
  too_long = 1 << 1,        // ASCII, then a continuation
  overlong_3 = 1 << 2,      // E0 80..9F
  too_large = 1 << 3,       // F4 90.. and more
  surrogate = 1 << 4,       // ED A0..BF
  overlong_2 = 1 << 5,      // C0, C1
  overlong_4 = 1 << 6,      // F0 80..8F
  too_large_1000 = 1 << 6,  // F5.. 80..8F
  two_continuations = 1 << 7,
  always = too_short | too_long | two_continuations,
};

struct Utf8Checker {
  __m256i before;
  __m256i error;
  bool open = false;  // the block before may end inside a character

  // Written out: a generated one would not be compiled for the target.
  Utf8Checker() : before(_mm256_setzero_si256()), error(_mm256_setzero_si256()) {}

  static __m256i table(char a, char b, char c, char d, char e, char f, char g, char h, char i,
                       char j, char k, char l, char m, char n, char o, char p) {
    return _mm256_setr_epi8(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, a, b, c, d, e, f, g, h,
                            i, j, k, l, m, n, o, p);
  }

  static __m256i high_half(__m256i bytes) {
    return _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(0x0f));
  }

  void take(__m256i bytes) {
    if (!open && _mm256_movemask_epi8(bytes) == 0) {
      before = bytes;
      return;
    }
    const __m256i joint = _mm256_permute2x128_si256(before, bytes, 0x21);
    const __m256i one_before = _mm256_alignr_epi8(bytes, joint, 15);
    const __m256i two_before = _mm256_alignr_epi8(bytes, joint, 14);
    const __m256i three_before = _mm256_alignr_epi8(bytes, joint, 13);

    constexpr char lead_c = too_short | overlong_2;
    constexpr char lead_e = too_short | overlong_3 | surrogate;
    constexpr char lead_f = too_short | too_large | too_large_1000 | overlong_4;
    constexpr char continuation = static_cast<char>(two_continuations);
    const __m256i by_first_high =
        _mm256_shuffle_epi8(table(too_long, too_long, too_long, too_long, too_long, too_long,
                                  too_long, too_long, continuation, continuation, continuation,
                                  continuation, lead_c, too_short, lead_e, lead_f),
                            high_half(one_before));

    constexpr char any = static_cast<char>(always);
    constexpr char low_0 = static_cast<char>(always | overlong_3 | overlong_2 | overlong_4);
    constexpr char low_1 = static_cast<char>(always | overlong_2);
    constexpr char low_4 = static_cast<char>(always | too_large);
    constexpr char low_5 = static_cast<char>(always | too_large | too_large_1000);
    constexpr char low_d = static_cast<char>(always | too_large | too_large_1000 | surrogate);
    const __m256i by_first_low =
        _mm256_shuffle_epi8(table(low_0, low_1, any, any, low_4, low_5, low_5, low_5, low_5, low_5,
                                  low_5, low_5, low_5, low_d, low_5, low_5),
                            _mm256_and_si256(one_before, _mm256_set1_epi8(0x0f)));

    constexpr char next_8 = static_cast<char>(too_long | overlong_2 | two_continuations |
                                              overlong_3 | too_large_1000 | overlong_4);
    constexpr char next_9 =
        static_cast<char>(too_long | overlong_2 | two_continuations | overlong_3 | too_large);
    constexpr char next_a =
        static_cast<char>(too_long | overlong_2 | two_continuations | surrogate | too_large);
    const __m256i by_second =
        _mm256_shuffle_epi8(table(too_short, too_short, too_short, too_short, too_short, too_short,
                                  too_short, too_short, next_8, next_9, next_a, next_a, too_short,
                                  too_short, too_short, too_short),
                            high_half(bytes));

    const __m256i faults =
        _mm256_and_si256(_mm256_and_si256(by_first_high, by_first_low), by_second);
    // The third and fourth byte of a character must be continuations after a continuation, which
    // the lookups call a fault: exactly there it is none.
    const __m256i third = _mm256_subs_epu8(two_before, _mm256_set1_epi8(static_cast<char>(0xdf)));
    const __m256i fourth =
        _mm256_subs_epu8(three_before, _mm256_set1_epi8(static_cast<char>(0xef)));
    const __m256i inside =
        _mm256_cmpgt_epi8(_mm256_or_si256(third, fourth), _mm256_setzero_si256());
    const __m256i expected = _mm256_and_si256(inside, _mm256_set1_epi8(static_cast<char>(0x80)));
    error = _mm256_or_si256(error, _mm256_xor_si256(faults, expected));
    before = bytes;
    open = (static_cast<unsigned>(_mm256_movemask_epi8(bytes)) >> 29) != 0;
  }
};

bool is_valid_utf8_avx2(const char* bytes, std::size_t size) {
  Utf8Checker checker;
  std::size_t at = 0;
  for (; at + 32 <= size; at += 32) {
    checker.take(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes + at)));
  }
  // The rest, then zeros: a character that is cut by the end is followed by ASCII.
  char rest[64] = {};
  std::memcpy(rest, bytes + at, size - at);
  checker.take(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(rest)));
  checker.take(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(rest + 32)));
  return _mm256_testz_si256(checker.error, checker.error) != 0;
}

}  // namespace
}  // namespace sondeo
#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#endif

namespace sondeo {

bool is_valid_utf8(std::string_view bytes) {
#if defined(__x86_64__)
  static const bool avx2 = find_separator_scan("avx2") != nullptr;
  if (avx2) return is_valid_utf8_avx2(bytes.data(), bytes.size());
#endif
  return find_invalid_utf8(bytes) == std::string_view::npos;
}

}  // namespace sondeo
