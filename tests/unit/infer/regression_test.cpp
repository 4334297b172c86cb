// SPDX-License-Identifier: MIT
// Against svyglm() of R's survey, rows as sampling units; the covariance of the logistic model, of
// which svyglm stops at eight digits, against its formula at the solution, worked in R.
#include "infer/regression.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

namespace sondeo {
namespace {

struct Row {
  std::vector<double> x;
  double y;
  double weight;
};

struct Fitted {
  ModelFit fit;
  std::vector<double> coefficients;
  std::vector<double> covariance;
};

// What a tool does in passes, over rows in memory.
Fitted fitted(const std::vector<Row>& rows, Link link, bool intercept) {
  const std::size_t k = rows.front().x.size();
  std::vector<PredictorRange> ranges;
  for (std::size_t i = intercept ? 1 : 0; i < k; ++i) {
    PredictorRange range{0, rows.front().x[i], rows.front().x[i]};
    double weight = 0;
    for (const auto& row : rows) {
      weight += row.weight;
      range.mean += row.weight * (row.x[i] - rows.front().x[i]);
      range.least = std::min(range.least, row.x[i]);
      range.largest = std::max(range.largest, row.x[i]);
    }
    range.mean = rows.front().x[i] + range.mean / weight;
    ranges.push_back(range);
  }
  const auto scale = model_scale(ranges, intercept);
  const auto scaled = [&](const Row& row) {
    std::vector<double> x;
    for (std::size_t i = 0; i < k; ++i) x.push_back((row.x[i] - scale.centre[i]) / scale.scale[i]);
    return x;
  };
  auto fit = model_start(link, k);
  std::vector<double> total;
  std::vector<double> terms(model_sum_count(k));
  while (!fit.converged && fit.steps < model_steps) {
    total.assign(terms.size(), 0);
    for (const auto& row : rows) {
      model_terms(link, scaled(row), row.y, fit.coefficients, terms);
      for (std::size_t i = 0; i < terms.size(); ++i) total[i] += row.weight * terms[i];
    }
    model_step(fit, total);
  }
  std::vector<double> meat(k * k);
  std::vector<double> score(k);
  for (const auto& row : rows) {
    model_score(link, scaled(row), row.y, fit.coefficients, score);
    for (std::size_t i = 0; i < k; ++i) {
      for (std::size_t j = 0; j < k; ++j) {
        meat[i * k + j] += row.weight * row.weight * score[i] * score[j];
      }
    }
  }
  const auto n = static_cast<double>(rows.size());
  for (auto& each : meat) each *= n / (n - 1);
  return {fit, model_coefficients(fit, scale), model_covariance(fit, total, meat, scale)};
}

const double x[] = {1.5, 2, 3.25, 4, 5.5, 6, 7.75, 8, 9, 10.5, 11, 12};
const double y[] = {3.1, 2.9, 4.2, 5.5, 4.9, 7.1, 6.6, 8.2, 7.9, 9.9, 9.1, 11.3};
const double g[] = {1, 0, 0, 1, 0, 1, 1, 0, 0, 1, 0, 1};
const double w[] = {1, 2, 1.5, .5, 2.5, 1, 1, 3, .75, 1.25, 2, 1};
const double z[] = {0, 1, 1, 0, 1, 1, 0, 0, 1, 1, 1, 1};

void check_all(const std::vector<double>& found, const std::vector<double>& expected,
               double relative) {
  REQUIRE(found.size() == expected.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    CAPTURE(i);
    CHECK(std::abs(found[i] - expected[i]) <= relative * std::abs(expected[i]));
  }
}

const std::vector<double> linear = {1.4941993417585064, 0.7365593065915430, 0.5950701161864268};
const std::vector<double> linear_covariance = {
    0.066658618199864739,  -0.003724202456108988, -0.042492573171039640,
    -0.003724202456108988, 0.001424239680610687,  -0.006260560181055384,
    -0.042492573171039640, -0.006260560181055384, 0.153948115258181056};

TEST_CASE("linear regression") {
  std::vector<Row> rows;
  for (int i = 0; i < 12; ++i) rows.push_back({{1, x[i], g[i]}, y[i], w[i]});
  const auto found = fitted(rows, Link::identity, true);
  CHECK(found.fit.converged);
  check_all(found.coefficients, linear, 1e-13);
  check_all(found.covariance, linear_covariance, 1e-11);
}

TEST_CASE("a common part of 1e6 in a predictor and of 1e9 in the answer changes no slope") {
  std::vector<Row> rows;
  for (int i = 0; i < 12; ++i) rows.push_back({{1, x[i] + 1048576, g[i]}, y[i] + 1e9, w[i]});
  const auto found = fitted(rows, Link::identity, true);
  // y + 1e9 keeps some seven digits after the point.
  CHECK(std::abs(found.coefficients[1] - linear[1]) < 1e-7);
  CHECK(std::abs(found.coefficients[2] - linear[2]) < 2e-7);
  CHECK(std::abs(found.covariance[4] / linear_covariance[4] - 1) < 1e-5);
}

TEST_CASE("linear regression without an intercept") {
  std::vector<Row> rows;
  for (int i = 0; i < 12; ++i) rows.push_back({{x[i], g[i]}, y[i], w[i]});
  const auto found = fitted(rows, Link::identity, false);
  check_all(found.coefficients, {0.9046420757437197, 0.8505725287582403}, 1e-13);
  check_all(
      found.covariance,
      {0.002390065280481199, -0.018785236231670208, -0.018785236231670208, 0.272756861444164500},
      1e-11);
}

TEST_CASE("logistic regression") {
  std::vector<Row> rows;
  for (int i = 0; i < 12; ++i) rows.push_back({{1, x[i], g[i]}, z[i], w[i]});
  const auto found = fitted(rows, Link::logit, true);
  CHECK(found.fit.converged);
  CHECK(found.fit.steps < 12);
  check_all(found.coefficients, {0.68647140347826896, 0.06119880203783247, -0.87217260945374431},
            1e-11);
  check_all(found.covariance,
            {1.35569904523846163, -0.09207587113772496, -0.65499516986074602, -0.09207587113772497,
             0.03202640354321167, -0.14599707087657576, -0.65499516986074502, -0.14599707087657593,
             2.39271131642239787},
            1e-9);
}

TEST_CASE("an intercept alone is the mean, or the logit of the share") {
  std::vector<Row> rows;
  double weight = 0;
  double sum = 0;
  for (int i = 0; i < 12; ++i) {
    rows.push_back({{1}, z[i], w[i]});
    weight += w[i];
    sum += w[i] * z[i];
  }
  const double p = sum / weight;
  check_all(fitted(rows, Link::identity, true).coefficients, {p}, 1e-15);
  check_all(fitted(rows, Link::logit, true).coefficients, {std::log(p / (1 - p))}, 1e-13);
}

TEST_CASE("a column that others explain is aliased, and changes nothing") {
  std::vector<Row> rows;
  for (int i = 0; i < 12; ++i) rows.push_back({{1, x[i], 3 - 2 * x[i], g[i]}, y[i], w[i]});
  const auto found = fitted(rows, Link::identity, true);
  CHECK(found.fit.aliased == std::vector<bool>{false, false, true, false});
  check_all({found.coefficients[0], found.coefficients[1], found.coefficients[3]}, linear, 1e-12);
  CHECK(found.covariance[2 * 4 + 2] == 0);
  // A column without variation next to the intercept is one too.
  for (auto& row : rows) row.x[2] = 7;
  CHECK(fitted(rows, Link::identity, true).fit.aliased[2]);
}

TEST_CASE("answers that a predictor separates never converge, and stay finite") {
  std::vector<Row> rows;
  for (int i = 0; i < 12; ++i) rows.push_back({{1, x[i]}, i < 6 ? 0.0 : 1.0, w[i]});
  const auto found = fitted(rows, Link::logit, true);
  CHECK(!found.fit.converged);
  CHECK(found.fit.steps == model_steps);
  CHECK(std::isfinite(found.coefficients[1]));
}

TEST_CASE("a step that makes the likelihood smaller is halved until it does not") {
  auto fit = model_start(Link::logit, 1);
  // One coefficient: score 2, information .5, log likelihood -8: a step of 4.
  model_step(fit, std::vector<double>{2, .5, -8});
  check_all(fit.coefficients, {4}, 1e-15);
  model_step(fit, std::vector<double>{-9, .1, -20});
  check_all(fit.coefficients, {2}, 1e-15);
  model_step(fit, std::vector<double>{-3, .2, -9});
  check_all(fit.coefficients, {1}, 1e-15);
  CHECK(!fit.converged);
  model_step(fit, std::vector<double>{.25, .5, -7});
  check_all(fit.coefficients, {1.5}, 1e-15);
  CHECK(fit.log_likelihood == -7);
}

}  // namespace
}  // namespace sondeo
