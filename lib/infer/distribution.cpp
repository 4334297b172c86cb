// SPDX-License-Identifier: MIT
#include "infer/distribution.h"

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

namespace sondeo {

double t_quantile(double level, double df) {
  const double upper = 0.5 + level / 200;
  if (std::isinf(df)) return boost::math::quantile(boost::math::normal(), upper);
  return boost::math::quantile(boost::math::students_t(df), upper);
}

}  // namespace sondeo
