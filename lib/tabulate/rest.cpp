// SPDX-License-Identifier: MIT
#include "tabulate/rest.h"

#include <cstddef>
#include <string>

namespace sondeo {
namespace {

// Sums add modulo 2^256, so that a part is taken away by adding its two's complement, ~part + 1.
ExactSum without(const ExactSum& whole, const ExactSum& part) {
  static constexpr char digits[] = "0123456789abcdef";
  auto text = part.hex();
  text.insert(0, 64 - text.size(), '0');
  for (auto& sign : text) {
    const int digit = sign <= '9' ? sign - '0' : sign - 'a' + 10;
    sign = digits[15 - digit];
  }
  auto rest = whole;
  rest.add(*ExactSum::from_hex(text));
  rest.add(1, 0, -128);
  return rest;
}

}  // namespace

Sums without(const Sums& whole, const Sums& part) {
  auto rest = whole;
  rest.n -= part.n;
  rest.n_positive -= part.n_positive;
  rest.w = without(whole.w, part.w);
  rest.w2 = without(whole.w2, part.w2);
  for (std::size_t i = 0; i < part.further.size() && i < rest.further.size(); ++i)
    rest.further[i] = without(whole.further[i], part.further[i]);
  return rest;
}

}  // namespace sondeo
