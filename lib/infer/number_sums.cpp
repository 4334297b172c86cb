// SPDX-License-Identifier: MIT
#include "infer/number_sums.h"

#include <algorithm>
#include <map>

namespace sondeo {
namespace {

// Where the powers of what weighs the values stand, and what that is.
std::size_t place_of(Weighing by, bool weighted) {
  if (!weighted || by == Weighing::rows) return powers_of_rows;
  return by == Weighing::weights ? powers_of_w : powers_of_w2;
}

double factor_of(const Sums& sums, Weighing by, bool weighted) {
  if (by == Weighing::rows) return static_cast<double>(sums.n);
  return by == Weighing::weights ? weight_of(sums, weighted) : squares_of(sums, weighted);
}

ExactSum exact_factor_of(const Sums& sums, Weighing by, bool weighted) {
  if (weighted && by == Weighing::weights) return sums.w;
  if (weighted && by == Weighing::squares) return sums.w2;
  ExactSum rows;
  rows.add_ones(sums.n);
  return rows;
}

// sum s, sum s (y - o) and sum s (y - o)^2, each exact until it is rounded to a double: the origin
// is moved before anything is lost.
struct Moments {
  double zeroth = 0;
  double first = 0;
  double second = 0;

  Moments(const ExactSum& s, const PowerSum& sy, const PowerSum& sy2, double origin) {
    zeroth = s.value();
    const auto minus = PowerTerm::of(-origin);
    auto about = sy;
    about.add(s, minus);
    first = about.value();
    auto twice = minus;
    ++twice.exponent;
    auto squares = sy2;
    squares.add_product(sy, twice);
    squares.add(s, PowerTerm::square_of(origin));
    second = squares.value();
  }

  static Moments of(const Sums& sums, const ExactSum& s, std::size_t place, double origin) {
    static const PowerSum none;
    const bool there = place + 1 < sums.powers.size();
    return {s, there ? sums.powers[place] : none, there ? sums.powers[place + 1] : none, origin};
  }
};

// Of a centre as a distance from another origin.
long double offset(const Centre& centre, double origin) {
  return (static_cast<long double>(centre.origin) - origin) + centre.about;
}

}  // namespace

double weight_of(const Sums& sums, bool weighted) {
  return weighted ? sums.w.value() : static_cast<double>(sums.n);
}

double squares_of(const Sums& sums, bool weighted) {
  return weighted ? sums.w2.value() : static_cast<double>(sums.n);
}

NumberSums NumberSums::of_powers(Sums sums) {
  NumberSums result;
  result.summed = std::move(sums);
  return result;
}

Sums total_of(const NumberSums& number) {
  auto total = number.summed;
  for (const auto& each : number.values) total.add(each.sums);
  return total;
}

Sums sum_of_values(const NumberSums& number) {
  auto sums = number.summed;
  for (const auto& each : number.values) add_value(each.sums, ValuePowers::of(each.value), sums);
  return sums;
}

NumberSums without(const NumberSums& whole, const NumberSums& part) {
  if (whole.is_summed() || part.is_summed())
    return NumberSums::of_powers(without(sum_of_values(whole), sum_of_values(part)));
  std::map<double, const Sums*> parts;
  for (const auto& each : part.values) parts[each.value] = &each.sums;
  std::vector<ValueSums> rest;
  for (const auto& each : whole.values) {
    const auto found = parts.find(each.value);
    rest.push_back(
        {each.value, found == parts.end() ? each.sums : without(each.sums, *found->second)});
  }
  std::erase_if(rest, [](const ValueSums& each) { return each.sums.n == 0; });
  return rest;
}

Centre::Centre(const NumberSums& number, Weighing by, bool weighted) {
  const auto base = total_of(number);
  total = factor_of(base, by, weighted);
  if (number.is_summed()) {
    const auto factor = exact_factor_of(base, by, weighted);
    const auto place = place_of(by, weighted);
    origin = Moments::of(base, factor, place, 0).first / total;
    about = static_cast<long double>(Moments::of(base, factor, place, origin).first) / total;
    return;
  }
  if (number.values.empty()) return;
  origin = number.values.front().value;
  long double sum = 0;
  for (const auto& each : number.values) {
    sum += static_cast<long double>(factor_of(each.sums, by, weighted)) * (each.value - origin);
  }
  about = sum / total;
}

long double products_about(const NumberSums& number, const Centre& a, const Centre& b, Weighing by,
                           bool weighted) {
  if (number.is_summed()) {
    const auto& sums = number.summed;
    const auto moments =
        Moments::of(sums, exact_factor_of(sums, by, weighted), place_of(by, weighted), a.origin);
    const auto to_a = offset(a, a.origin);
    const auto to_b = offset(b, a.origin);
    return moments.second - (to_a + to_b) * moments.first + to_a * to_b * moments.zeroth;
  }
  long double sum = 0;
  for (const auto& each : number.values) {
    const long double from_a = (each.value - a.origin) - a.about;
    const long double from_b = (each.value - b.origin) - b.about;
    sum += static_cast<long double>(factor_of(each.sums, by, weighted)) * from_a * from_b;
  }
  return sum;
}

void add_distances(const NumberSums& number, const Centre& a, double divisor, std::size_t from,
                   std::vector<double>& to) {
  if (number.is_summed()) {
    const auto& sums = number.summed;
    for (std::size_t i = 0; i < to.size() && from + i < sums.further.size(); ++i) {
      const auto moments =
          Moments::of(sums, sums.further[from + i], powers_of_further(from + i), a.origin);
      to[i] += static_cast<double>(moments.first - a.about * moments.zeroth) / divisor;
    }
    return;
  }
  for (const auto& each : number.values) {
    const double influence = a.distance(each.value) / divisor;
    const auto& further = each.sums.further;
    for (std::size_t i = 0; i < to.size() && from + i < further.size(); ++i)
      to[i] += further[from + i].value() * influence;
  }
}

void add_products(const NumberSums& number, const Centre& a, double a_divisor, const Centre& b,
                  double b_divisor, std::size_t from, std::vector<double>& to) {
  if (number.is_summed()) {
    const auto& sums = number.summed;
    const auto to_a = offset(a, a.origin);
    const auto to_b = offset(b, a.origin);
    for (std::size_t i = 0; i < to.size() && from + i < sums.further.size(); ++i) {
      const auto moments =
          Moments::of(sums, sums.further[from + i], powers_of_further(from + i), a.origin);
      const auto products =
          moments.second - (to_a + to_b) * moments.first + to_a * to_b * moments.zeroth;
      to[i] += static_cast<double>(products) / a_divisor / b_divisor;
    }
    return;
  }
  for (const auto& each : number.values) {
    const double product =
        (a.distance(each.value) / a_divisor) * (b.distance(each.value) / b_divisor);
    const auto& further = each.sums.further;
    for (std::size_t i = 0; i < to.size() && from + i < further.size(); ++i)
      to[i] += further[from + i].value() * product;
  }
}

}  // namespace sondeo
