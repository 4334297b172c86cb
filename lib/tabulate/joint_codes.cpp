// SPDX-License-Identifier: MIT
#include "tabulate/joint_codes.h"

#include "base/processor.h"

namespace sondeo {
namespace {

// Eight at once; the compiler makes of it what the instructions are that a function may use.
using Lanes = std::uint32_t __attribute__((vector_size(32), aligned(4), may_alias));
constexpr std::size_t lanes = 8;

[[gnu::always_inline]] inline void add_all(std::uint32_t* codes, const std::uint32_t* patterns,
                                           std::uint32_t stride, std::size_t count) {
  std::size_t i = 0;
  for (; i + lanes <= count; i += lanes) {
    *reinterpret_cast<Lanes*>(codes + i) += *reinterpret_cast<const Lanes*>(patterns + i) * stride;
  }
  for (; i < count; ++i) codes[i] += patterns[i] * stride;
}

#if defined(__x86_64__)
[[gnu::target("avx2")]] void add_avx2(std::uint32_t* codes, const std::uint32_t* patterns,
                                      std::uint32_t stride, std::size_t count) {
  add_all(codes, patterns, stride, count);
}
#endif

}  // namespace

void add_multiples(std::uint32_t* codes, const std::uint32_t* patterns, std::uint32_t stride,
                   std::size_t count) {
#if defined(__x86_64__)
  if (instructions() >= Instructions::avx2) return add_avx2(codes, patterns, stride, count);
#endif
  add_all(codes, patterns, stride, count);
}

}  // namespace sondeo
