// SPDX-License-Identifier: MIT
// Linear and logistic regression from sums over respondents: a pass sums what model_terms() says at
// the present coefficients, model_step() makes better ones of the sums, until they stand. So no row
// is kept, and the covariance matrix comes from the same engine as every other (Binder, ISR 1983).
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace sondeo {

enum class Link { identity, logit };

// Predictors as the sums see them: (x - centre) / scale, from -1 to 1, so that numbers of any size
// keep their digits. The intercept, if there is one, is column 0 with centre 0 and scale 1; without
// it no column may have a centre.
struct ModelScale {
  std::vector<double> centre;
  std::vector<double> scale;
};

// A predictor among the rows of a model.
struct PredictorRange {
  double mean = 0;  // weighted
  double least = 0;
  double largest = 0;
};

// With an intercept, `ranges` are those of the columns after it, centred at their means. A column
// that does not vary gets scale 1.
ModelScale model_scale(const std::vector<PredictorRange>& ranges, bool intercept);

// How many sums a model of k coefficients needs: score [k], lower triangle of A row by row
// [k (k+1) / 2], log likelihood [1].
std::size_t model_sum_count(std::size_t coefficients);

// What one respondent adds to the sums, apart from his weight: score x (y - mu), A: x x' v, the log
// likelihood (-(y - mu)^2 / 2 for the identity). `x` is scaled; logit wants y in 0..1.
//   identity: mu = x'b, v = 1; logit: mu = 1 / (1 + e^-x'b), v = mu (1 - mu).
void model_terms(Link link, std::span<const double> x, double y,
                 std::span<const double> coefficients, std::span<double> terms);

// x (y - mu) alone: the influence of a respondent before A^-1, for the sums by sampling unit.
void model_score(Link link, std::span<const double> x, double y,
                 std::span<const double> coefficients, std::span<double> score);

struct ModelFit {
  Link link = Link::identity;
  std::vector<double> coefficients;  // of the scaled predictors; 0 where aliased
  std::vector<bool> aliased;         // a linear combination of the columns before it
  double log_likelihood = 0;         // at `coefficients`
  unsigned steps = 0;
  bool converged = false;
  // Newton's step that was taken last, and where from, to be halved if the likelihood falls.
  std::vector<double> from;
  std::vector<double> step;
};

// The start: all coefficients 0, nothing known.
ModelFit model_start(Link link, std::size_t coefficients);

// Moves `fit` on by the weighted sums of model_terms() at fit.coefficients: Newton's step (IRLS),
// or half of the last one if that made the likelihood smaller. A linear model has converged with
// its second step, which takes the rounding out of the first; a logistic one with a step that
// changes no coefficient of a scaled predictor by more than 1e-9. Data that the predictors
// separate never converge: the caller gives up after model_steps steps.
inline constexpr unsigned model_steps = 50;
void model_step(ModelFit& fit, std::span<const double> sums);

// A^-1 M A^-1 in the units of the data, [k * k], 0 in rows of aliased coefficients: `sums` at the
// solution, `meat` the covariance [k * k] of the totals of model_score().
std::vector<double> model_covariance(const ModelFit& fit, std::span<const double> sums,
                                     std::span<const double> meat, const ModelScale& scale);

// The coefficients in the units of the data.
std::vector<double> model_coefficients(const ModelFit& fit, const ModelScale& scale);

}  // namespace sondeo
