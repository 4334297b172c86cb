// SPDX-License-Identifier: MIT
#include "infer/chi_square_mixture.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <numbers>

namespace sondeo {
namespace {

using Complex = std::complex<double>;

// log of the integrand M(t) e^(-t value) / t, M the moment generating function of the mixture. Real
// t lie between 0 and the first pole 1 / (2 * largest coefficient).
struct Integrand {
  const std::vector<ChiSquareTerm>& terms;
  double value;

  template <class Number>
  Number log_at(Number t) const {
    Number sum = -t * value - std::log(t);
    for (const auto& term : terms) {
      sum -= term.df / 2 * std::log(Number(1) - 2 * term.coefficient * t);
    }
    return sum;
  }

  double slope(double t) const {
    double sum = -value - 1 / t;
    for (const auto& term : terms) {
      sum += term.df * term.coefficient / (1 - 2 * term.coefficient * t);
    }
    return sum;
  }

  double curvature(double t) const {
    double sum = 1 / (t * t);
    for (const auto& term : terms) {
      const double each = term.coefficient / (1 - 2 * term.coefficient * t);
      sum += 2 * term.df * each * each;
    }
    return sum;
  }
};

// The point of (0, pole) where the convex log integrand is smallest; `pole` may be infinite, then
// the slope is known to turn positive.
double saddlepoint(const Integrand& integrand, double pole) {
  double low = 0;
  double high = pole;
  if (std::isinf(pole)) {
    high = 1;
    while (integrand.slope(high) < 0) high *= 2;
    while (integrand.slope(high / 2) > 0) high /= 2;
  }
  for (int i = 0; i < 200; ++i) {
    const double middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    (integrand.slope(middle) < 0 ? low : high) = middle;
  }
  return low > 0 ? low : high;
}

// The upper half of a hyperbola through the saddlepoint. It crosses the real axis nowhere else, so
// that it passes no pole or cut whichever way it bends.
struct Contour {
  double saddle;
  double bend;  // to the right if positive
  double rise;

  Complex at(double u) const { return {saddle + bend * (std::cosh(u) - 1), rise * std::sinh(u)}; }
  Complex step(double u) const { return {bend * std::sinh(u), rise * std::cosh(u)}; }
};

// Bent to the side on which the integrand falls off faster: its turning, which a straight line
// would have to follow, dies there.
Contour contour_through(double saddle, const Integrand& integrand) {
  const double scale = 1 / std::sqrt(integrand.curvature(saddle));
  const double bend = scale * std::cos(std::numbers::pi / 3);
  const double rise = scale * std::sin(std::numbers::pi / 3);
  const Contour right{saddle, bend, rise};
  const Contour left{saddle, -bend, rise};
  const double far = 4;
  return integrand.log_at(right.at(far)).real() < integrand.log_at(left.at(far)).real() ? right
                                                                                        : left;
}

// (1/pi) times the integral of Im(exp(log integrand) dt) along the contour, by the trapezoidal
// rule.
double integrate(const Integrand& integrand, double saddle) {
  const auto contour = contour_through(saddle, integrand);
  const double top = integrand.log_at(saddle);
  const double width = 1.0 / 32;
  // At u = 0 the step is purely imaginary and counts half, since the other half is its mirror.
  double sum = contour.rise / 2;
  int small = 0;
  for (int i = 1; i < 32 * 600 && small < 8; ++i) {
    const double u = i * width;
    const double next =
        std::imag(std::exp(integrand.log_at(contour.at(u)) - top) * contour.step(u));
    sum += next;
    small = std::abs(next) <= 1e-17 * std::abs(sum) ? small + 1 : 0;
  }
  return std::exp(top) * sum * width / std::numbers::pi;
}

double tail(const std::vector<ChiSquareTerm>& terms, double value) {
  double largest = 0;
  for (const auto& term : terms) largest = std::max(largest, term.coefficient);
  if (largest == 0 && value >= 0) return 0;
  const double pole = largest > 0 ? 1 / (2 * largest) : std::numeric_limits<double>::infinity();
  const Integrand integrand{terms, value};
  return std::clamp(integrate(integrand, saddlepoint(integrand, pole)), 0.0, 1.0);
}

}  // namespace

double chi_square_mixture_upper(const std::vector<ChiSquareTerm>& all, double value) {
  std::vector<ChiSquareTerm> terms;
  double largest = 0;
  for (const auto& term : all) {
    if (!std::isfinite(term.coefficient) || !(term.df > 0) || std::isinf(term.df)) {
      return std::numeric_limits<double>::quiet_NaN();
    }
    if (term.coefficient == 0) continue;
    terms.push_back(term);
    largest = std::max(largest, std::abs(term.coefficient));
  }
  if (std::isnan(value)) return value;
  if (terms.empty()) return value < 0 ? 1 : 0;
  if (std::isinf(value)) return value < 0 ? 1 : 0;
  double mean = 0;
  for (auto& term : terms) {
    term.coefficient /= largest;
    mean += term.coefficient * term.df;
  }
  value /= largest;
  // The tail that is the smaller one keeps its digits.
  if (value >= mean) return tail(terms, value);
  for (auto& term : terms) term.coefficient = -term.coefficient;
  return 1 - tail(terms, -value);
}

double chi_square_mixture_ratio_upper(const std::vector<double>& coefficients, double value,
                                      double denominator) {
  std::vector<ChiSquareTerm> terms;
  for (const double each : coefficients) terms.push_back({each, 1});
  if (std::isinf(denominator)) return chi_square_mixture_upper(terms, value);
  if (!(denominator > 0)) return std::numeric_limits<double>::quiet_NaN();
  terms.push_back({-value / denominator, denominator});
  return chi_square_mixture_upper(terms, 0);
}

}  // namespace sondeo
