// SPDX-License-Identifier: MIT
// Against R's survey (svyciprop) on its published example samples; wilson and likelihood against
// their equations solved in R.
#include "infer/proportion_interval.h"

#include <doctest/doctest.h>

#include <cmath>

#include "infer/distribution.h"

namespace sondeo {
namespace {

using Method = ProportionInterval;

void check_limits(const ProportionSample& sample, Method method, double level, double low,
                  double high, double relative = 2e-11) {
  const auto limits = proportion_limits(sample, method, level);
  REQUIRE(limits.low);
  REQUIRE(limits.high);
  CHECK(limits.reason.empty());
  CHECK(std::abs(*limits.low - low) <= relative * std::abs(low));
  CHECK(std::abs(*limits.high - high) <= relative * std::abs(high));
}

double squared(double value) { return value * value; }

TEST_CASE("a cluster sample with 14 df") {
  const ProportionSample sample{0.87431693989071, squared(0.0203594772446274), 14, 183, 183};
  check_limits(sample, Method::mean, 95, 0.830650204123468, 0.917983675657953);
  check_limits(sample, Method::logit, 95, 0.823798892383002, 0.911900077024393);
  check_limits(sample, Method::asin, 95, 0.827533453321086, 0.914614571848907);
  check_limits(sample, Method::beta, 95, 0.823702210847501, 0.914704492126865);
  check_limits(sample, Method::wilson, 95, 0.824171513661327, 0.911693452638918);
  check_limits(sample, Method::likelihood, 95, 0.826285720228022, 0.913694249052845, 1e-9);
  CHECK(std::abs(*proportion_limits(sample, Method::beta, 95).effective_n - 224.354800518732) <
        1e-8);
  CHECK(std::abs(*proportion_limits(sample, Method::wilson, 95).effective_n - 265.101627363605) <
        1e-8);
}

TEST_CASE("replicates have a variance of the logit of their own") {
  // Balanced repeated replication, 10 df: svyciprop's logit and xlogit.
  ProportionSample sample{0.314291093994581, squared(0.0418886672247523), 10, 196, 196};
  check_limits(sample, Method::logit_replicates, 95, 0.229133147474552, 0.414096808447613);
  const double t = t_quantile(95, 10);
  const double half = (std::log(0.415602085494882 / (1 - 0.415602085494882)) -
                       std::log(0.228039705499893 / (1 - 0.228039705499893))) /
                      2;
  sample.logit_variance = squared(half / t);
  check_limits(sample, Method::logit_replicates, 95, 0.228039705499893, 0.415602085494882);
  check_limits(sample, Method::logit, 95, 0.229133147474552, 0.414096808447613);
}

TEST_CASE("a rare answer at 95 and a stratified sample at 90 percent") {
  const ProportionSample rare{0.0130405195341844, squared(0.00445873624932624), 21, 816, 816};
  check_limits(rare, Method::logit, 95, 0.00638745358382538, 0.0264389167042938);
  check_limits(rare, Method::asin, 95, 0.00540399810143343, 0.0239282567411908);
  check_limits(rare, Method::beta, 95, 0.00546832483678812, 0.0260497863281024);
  check_limits(rare, Method::wilson, 95, 0.00648165887801482, 0.0260622589396856);
  check_limits(rare, Method::likelihood, 95, 0.00580569572012699, 0.0245857854392754, 1e-9);
  const ProportionSample awards{0.361063935949422, squared(0.0344059179972689), 197, 200, 200};
  check_limits(awards, Method::logit, 90, 0.306354000131079, 0.419633463801365);
  check_limits(awards, Method::beta, 90, 0.303787066610408, 0.421541724026905);
  check_limits(awards, Method::likelihood, 90, 0.305552867564558, 0.41917305123128, 1e-9);
}

TEST_CASE("shares of 0 and 1 get the limits of Clopper and Pearson, and the reason") {
  // binom.test(0, 20) and binom.test(20, 20) of R.
  for (const auto method : {Method::logit, Method::mean, Method::asin, Method::beta, Method::wilson,
                            Method::likelihood}) {
    const auto none = proportion_limits({0, 0, 19, 20, 20}, method, 95);
    CHECK(none.reason == "no_variation");
    CHECK(none.low == 0);
    CHECK(std::abs(*none.high - 0.168433470983085365) < 1e-13);
    const auto all = proportion_limits({1, 0, 19, 20, 20}, method, 95);
    CHECK(std::abs(*all.low - 0.831566529016914635) < 1e-13);
    CHECK(all.high == 1);
  }
}

TEST_CASE("a share that is the same in every sampling unit has no interval of width 0") {
  const auto limits = proportion_limits({.15, 0, 19, 20, 20}, Method::logit, 95);
  CHECK(limits.reason == "no_variance");
  // binom.test(3, 20) of R.
  CHECK(std::abs(*limits.low - 0.032070937185463728) < 1e-13);
  CHECK(std::abs(*limits.high - 0.378926826545313955) < 1e-13);
}

TEST_CASE("few df widen the limits at 0, since they count as fewer respondents") {
  const auto limits = proportion_limits({0, 0, 3, 20, 20}, Method::logit, 95);
  const double n = 20 * squared(t_quantile(95, 19) / t_quantile(95, 3));
  CHECK(std::abs(*limits.effective_n - n) < 1e-12);
  CHECK(std::abs(*limits.high - (1 - std::pow(.025, 1 / n))) < 1e-12);
}

TEST_CASE("no df, no limits") {
  for (const double df : {0.0, -1.0}) {
    const auto limits = proportion_limits({.3, .01, df, 20, 20}, Method::logit, 95);
    CHECK(!limits.low);
    CHECK(!limits.high);
    CHECK(limits.reason == "no_df");
  }
}

TEST_CASE("limits of asin stay on the scale of shares, those of mean do not") {
  const ProportionSample sample{.01, .0001, 5, 50, 50};
  CHECK(proportion_limits(sample, Method::asin, 99).low == 0);
  CHECK(*proportion_limits(sample, Method::mean, 99).low < 0);
}

TEST_CASE("names of methods") {
  CHECK(proportion_interval_named("xlogit") == Method::logit);
  CHECK(proportion_interval_named("wald") == Method::mean);
  CHECK(!proportion_interval_named("jeffreys"));
}

}  // namespace
}  // namespace sondeo
