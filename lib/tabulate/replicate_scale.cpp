// SPDX-License-Identifier: MIT
#include "tabulate/replicate_scale.h"

#include <algorithm>
#include <cmath>

#include "base/processor.h"

namespace sondeo {
namespace {

// The signed 128-bit integer that GCC and clang have.
__extension__ typedef __int128 Wide;

constexpr int cut = 40;
// The unit stays within the 2^-128 of exact sums, and the largest weight below 2^100.
constexpr int least_exponent = -76;
constexpr int greatest_exponent = 98 - ReplicateScale::span;

// Four at once; the compiler makes of it what the instructions are that a function may use.
using Doubles = double __attribute__((vector_size(32), aligned(8)));
using Words = std::int64_t __attribute__((vector_size(32), aligned(8)));

// Added to a number below 2^51, it leaves its nearest whole number in the lowest bits.
constexpr double to_whole = 0x1.8p52;
constexpr std::int64_t to_whole_bits = 0x4338000000000000;

struct Scaling {
  double per_unit;
  double least;
  double bound;
};

[[gnu::always_inline]] inline bool pack_all(const Scaling& scaling, const double* weights,
                                            std::size_t count, std::int64_t* words) {
  Words strange{};
  for (std::size_t i = 0; i < count; i += ReplicateScale::lanes) {
    const auto weight = *reinterpret_cast<const Doubles*>(weights + i);
    // Every step is exact: products with powers of two, and a difference of two multiples of the
    // weight's last bit that is smaller than the weight.
    const Doubles units = weight * scaling.per_unit;
    const Doubles high = units * 0x1p-40 + to_whole;
    const Doubles low = units - (high - to_whole) * 0x1p40;
    *reinterpret_cast<Words*>(words + i) = reinterpret_cast<Words>(low + to_whole) - to_whole_bits;
    *reinterpret_cast<Words*>(words + count + i) = reinterpret_cast<Words>(high) - to_whole_bits;
    strange |= (weight >= scaling.bound) | ((weight < scaling.least) & (weight != 0));
  }
  return (strange[0] | strange[1] | strange[2] | strange[3]) == 0;
}

[[gnu::always_inline]] inline void add_all(std::int64_t* cell, const std::int64_t* words,
                                           std::size_t count) {
  for (std::size_t i = 0; i < count; i += ReplicateScale::lanes) {
    *reinterpret_cast<Words*>(cell + i) += *reinterpret_cast<const Words*>(words + i);
  }
}

#if defined(__x86_64__)
[[gnu::target("avx2")]] bool pack_avx2(const Scaling& scaling, const double* weights,
                                       std::size_t count, std::int64_t* words) {
  return pack_all(scaling, weights, count, words);
}

[[gnu::target("avx2")]] void add_avx2(std::int64_t* cell, const std::int64_t* words,
                                      std::size_t count) {
  add_all(cell, words, count);
}
#endif

}  // namespace

ReplicateScale::ReplicateScale(int smallest, int largest) {
  const int room = span - (largest - smallest);
  const int least = std::clamp(room >= 0 ? smallest - room / 2 : largest - span, least_exponent,
                               greatest_exponent);
  unit_ = least - 52;
  per_unit_ = std::ldexp(1.0, -unit_);
  least_ = std::ldexp(1.0, least);
  bound_ = std::ldexp(1.0, least + span + 1);
}

bool ReplicateScale::pack(const double* weights, std::size_t count, std::int64_t* words) const {
  const Scaling scaling{per_unit_, least_, bound_};
#if defined(__x86_64__)
  if (instructions() >= Instructions::avx2) return pack_avx2(scaling, weights, count, words);
#endif
  return pack_all(scaling, weights, count, words);
}

void ReplicateScale::unpack(const std::int64_t* words, std::size_t stride, std::size_t count,
                            ExactSum* sums) const {
  for (std::size_t i = 0; i < count; ++i) {
    const auto sum = static_cast<Wide>(words[stride + i]) * (Wide{1} << cut) + words[i];
    if (sum == 0) continue;
    sums[i].add(static_cast<std::uint64_t>(sum), static_cast<std::uint64_t>(sum >> 64), unit_);
  }
}

void add_words(std::int64_t* cell, const std::int64_t* words, std::size_t count) {
#if defined(__x86_64__)
  if (instructions() >= Instructions::avx2) return add_avx2(cell, words, count);
#endif
  add_all(cell, words, count);
}

}  // namespace sondeo
