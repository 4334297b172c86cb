// SPDX-License-Identifier: MIT
#include "infer/distribution.h"

#include <array>
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <functional>
#include <limits>

namespace sondeo {
namespace {

namespace math = boost::math;

// Results outside the range of a double are infinities or 0, never exceptions.
using Quiet =
    math::policies::policy<math::policies::domain_error<math::policies::ignore_error>,
                           math::policies::overflow_error<math::policies::ignore_error>,
                           math::policies::pole_error<math::policies::ignore_error>,
                           math::policies::evaluation_error<math::policies::ignore_error>>;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

double find_t_quantile(double level, double df) {
  // From the upper tail, whose size keeps its digits at high levels.
  const double tail = (1 - level / 100) / 2;
  if (std::isinf(df))
    return math::quantile(complement(math::normal_distribution<double, Quiet>(), tail));
  return math::quantile(complement(math::students_t_distribution<double, Quiet>(df), tail));
}

}  // namespace

double t_quantile(double level, double df) {
  if (!(level > 0 && level < 100 && df > 0)) return nan;
  // A table asks again and again for the degrees of freedom of its few columns.
  struct Known {
    double level = 0, df = 0, quantile = 0;
  };
  thread_local std::array<Known, 256> known;
  Known& slot = known[std::hash<double>()(df) % known.size()];
  if (slot.level != level || slot.df != df) slot = {level, df, find_t_quantile(level, df)};
  return slot.quantile;
}

double t_two_sided(double t, double df) {
  if (std::isnan(t) || !(df > 0)) return nan;
  if (std::isinf(t)) return 0;
  if (std::isinf(df)) return normal_two_sided(t);
  return 2 * math::cdf(complement(math::students_t_distribution<double, Quiet>(df), std::abs(t)));
}

double f_upper(double value, double numerator, double denominator) {
  if (std::isnan(value) || !(numerator > 0) || !(denominator > 0)) return nan;
  if (value <= 0) return 1;
  if (std::isinf(value)) return 0;
  if (std::isinf(denominator)) return chi_square_upper(value * numerator, numerator);
  return math::cdf(
      complement(math::fisher_f_distribution<double, Quiet>(numerator, denominator), value));
}

double chi_square_upper(double value, double df) {
  if (std::isnan(value) || !(df > 0)) return nan;
  if (value <= 0) return 1;
  if (std::isinf(value)) return 0;
  return math::cdf(complement(math::chi_squared_distribution<double, Quiet>(df), value));
}

double normal_quantile(double probability) {
  if (!(probability > 0 && probability < 1)) return nan;
  return math::quantile(math::normal_distribution<double, Quiet>(), probability);
}

double normal_two_sided(double z) { return std::erfc(std::abs(z) / std::sqrt(2.0)); }

double beta_quantile(double probability, double a, double b) {
  if (!(probability >= 0 && probability <= 1) || !(a >= 0) || !(b >= 0) || a + b == 0) return nan;
  if (a == 0) return 0;
  if (b == 0) return 1;
  return math::quantile(math::beta_distribution<double, Quiet>(a, b), probability);
}

}  // namespace sondeo
