// SPDX-License-Identifier: MIT
// What a column of cells knows of a number, and its sums about a centre.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "tabulate/cells.h"

namespace sondeo {

// Values with their sums, rising, each value once; all of one base.
struct ValueSums {
  double value = 0;
  Sums sums;
};

// By value; or, where the values were too many to be told apart, one `summed` with powers and no
// values.
struct NumberSums {
  std::vector<ValueSums> values;
  Sums summed = {};

  NumberSums() = default;
  NumberSums(std::vector<ValueSums> by_value) : values(std::move(by_value)) {}
  NumberSums(std::initializer_list<ValueSums> by_value) : values(by_value) {}
  static NumberSums of_powers(Sums sums);

  bool is_summed() const { return values.empty() && summed.n > 0; }
};

// Of all values together.
Sums total_of(const NumberSums& number);
// Those of a number with the values told apart no more.
Sums sum_of_values(const NumberSums& number);
// The number among those who are in the whole and not in a part of it.
NumberSums without(const NumberSums& whole, const NumberSums& part);

// Sum of weights and of squared weights as doubles.
double weight_of(const Sums& sums, bool weighted);
double squares_of(const Sums& sums, bool weighted);

// Which sums of a cell weigh the values: the rows, or those of the weights or of their squares (the
// rows, where there is no weight).
enum class Weighing { rows, weights, squares };

// A mean as a distance from an origin near it, so that a large common part keeps its digits (values
// of 1e9 with a standard deviation of 10).
struct Centre {
  double total = 0;  // of the weights
  double origin = 0;
  long double about = 0;

  // Of a number with some weight.
  Centre(const NumberSums& number, Weighing by, bool weighted);
  double mean() const { return static_cast<double>(origin + about); }
  double distance(double value) const { return static_cast<double>((value - origin) - about); }
};

// sum s (y - a)(y - b) over the values, s as `by` says.
long double products_about(const NumberSums& number, const Centre& a, const Centre& b, Weighing by,
                           bool weighted);

// Adds to each to[i] the sum of f_(from + i) (y - a) / divisor; or that of
// f_(from + i) (y - a)(y - b) / (a_divisor b_divisor): f are the Sums::further.
void add_distances(const NumberSums& number, const Centre& a, double divisor, std::size_t from,
                   std::vector<double>& to);
void add_products(const NumberSums& number, const Centre& a, double a_divisor, const Centre& b,
                  double b_divisor, std::size_t from, std::vector<double>& to);

}  // namespace sondeo
