// SPDX-License-Identifier: MIT
#include "infer/estimate.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>

#include "infer/distribution.h"

namespace sondeo {
namespace {

Sums sums_of(const std::vector<double>& weights) {
  Sums sums;
  for (const double weight : weights) {
    ++sums.n;
    sums.n_positive += weight > 0;
    sums.w.add(*ExactSum::term(weight));
    sums.w2.add(*ExactSum::term(weight * weight));
  }
  return sums;
}

Sums rows(std::uint64_t n) {
  Sums sums;
  sums.n = n;
  return sums;
}

struct Person {
  double value;
  double weight;
};

std::vector<ValueSums> tabulated(const std::vector<Person>& people) {
  std::map<double, std::vector<double>> weights;
  for (const auto& person : people) weights[person.value].push_back(person.weight);
  std::vector<ValueSums> values;
  for (const auto& [value, each] : weights) values.push_back({value, sums_of(each)});
  return values;
}

std::vector<ValueSums> unweighted(const std::vector<double>& numbers) {
  std::vector<Person> people;
  for (const double number : numbers) people.push_back({number, 1});
  return tabulated(people);
}

doctest::Approx close(double value, double relative = 1e-12) {
  return doctest::Approx(value).epsilon(relative);
}

double expit(double x) { return 1 / (1 + std::exp(-x)); }

const Inference wald{95, Interval::wald, Freedom::domain};

}  // namespace

TEST_CASE("t_quantile: tables of t") {
  CHECK(t_quantile(95, INFINITY) == close(1.959963984540054));
  CHECK(t_quantile(95, 1) == close(12.706204736174694));
  CHECK(t_quantile(95, 10) == close(2.2281388519862735));
  CHECK(t_quantile(99, 5) == close(4.032142983555212));
  CHECK(t_quantile(90, 1e9) == close(1.6448536269514722, 1e-8));
  CHECK(t_quantile(50, 2.5) > t_quantile(50, 3));
}

TEST_CASE("share: one of four, unweighted") {
  // p = 1/4; se^2 = p (1 - p) / (n - 1) = (3/16) / 3 = 1/16; df = 3, t = 3.182446305283706.
  const auto estimate = share(rows(1), rows(4), 4, false, wald);
  CHECK(estimate.value == 0.25);
  CHECK(*estimate.se == close(0.25));
  CHECK(estimate.df == 3);
  CHECK(*estimate.margin == close(3.182446305283706 / 4));
  CHECK(*estimate.low == close(0.25 - 3.182446305283706 / 4));
  CHECK(*estimate.high == close(0.25 + 3.182446305283706 / 4));
  CHECK(estimate.reason.empty());
  // On the logit scale: logit(1/4) = -ln 3, half = t se / (p (1 - p)) = t * (1/4) / (3/16) = t 4/3.
  const auto logit = share(rows(1), rows(4), 4, false, {});
  const double half = 3.182446305283706 * 4 / 3;
  CHECK(*logit.low == close(expit(-std::log(3.0) - half)));
  CHECK(*logit.high == close(expit(-std::log(3.0) + half)));
}

TEST_CASE("share: weighted, in a file with a row outside the base") {
  // Weights 1 2 3 4, the part is the 4: p = 0.4, S_part = 16, S_base = 30, N = 5:
  // V = 5/4 (0.6^2 * 16 + 0.4^2 * 14) / 10^2 = 1.25 * 8 / 100 = 0.1.
  const auto part = sums_of({4});
  const auto base = sums_of({1, 2, 3, 4});
  const auto domain = share(part, base, 5, true, wald);
  CHECK(domain.value == 0.4);
  CHECK(*domain.se == close(std::sqrt(0.1)));
  CHECK(domain.df == 3);
  const auto design = share(part, base, 5, true, {95, Interval::wald, Freedom::design});
  CHECK(design.df == 4);
  CHECK(*design.margin == close(t_quantile(95, 4) * std::sqrt(0.1)));
  // Rows of weight 0 are no degrees of freedom and move nothing else.
  const auto zeros = share(part, sums_of({1, 2, 3, 4, 0, 0}), 5, true, wald);
  CHECK(zeros.df == 3);
  CHECK(*zeros.se == close(std::sqrt(0.1)));
}

TEST_CASE("share: nobody and everybody have Clopper-Pearson limits on the effective base") {
  // Unweighted n = 10: the upper limit u of 0 of 10 solves (1 - u)^10 = 0.025.
  const auto none = share(rows(0), rows(10), 10, false, {});
  CHECK(none.value == 0);
  CHECK(none.se == 0);
  CHECK(none.low == 0);
  CHECK(*none.high == close(1 - std::pow(0.025, 0.1)));
  CHECK(none.reason == "no_variation");
  const auto all = share(rows(10), rows(10), 10, false, {});
  CHECK(all.value == 1);
  CHECK(*all.low == close(std::pow(0.025, 0.1)));
  CHECK(all.high == 1);
  // Weights 1 2 3 4: effective n = 100/30.
  const auto weighted =
      share(sums_of({}), sums_of({1, 2, 3, 4}), 4, true, {90, Interval::logit, Freedom::domain});
  CHECK(*weighted.high == close(1 - std::pow(0.05, 0.3)));
  // 0.1 + 0.2 + 0.3 of themselves are exactly everybody, in any order.
  CHECK(share(sums_of({0.3, 0.1, 0.2}), sums_of({0.1, 0.2, 0.3}), 3, true, {}).value == 1);
  // Rows of weight 0 in the part are nobody.
  CHECK(share(sums_of({0}), sums_of({1, 2, 0}), 3, true, {}).reason == "no_variation");
}

TEST_CASE("estimates: nobody, and one respondent") {
  for (const bool weighted : {false, true}) {
    const auto nobody = weighted ? sums_of({0, 0}) : rows(0);
    const auto none = share(nobody, nobody, 5, weighted, {});
    CHECK_FALSE(none.value.has_value());
    CHECK_FALSE(none.se.has_value());
    CHECK(none.reason == "zero_base");
    const std::vector<ValueSums> values =
        weighted ? std::vector<ValueSums>{{3, sums_of({0})}} : std::vector<ValueSums>{};
    CHECK(mean(values, 5, weighted, {}).reason == "zero_base");
    CHECK(standard_deviation(values, weighted).reason == "zero_base");
    CHECK(median(values, 5, weighted, {}).reason == "zero_base");

    const auto one = weighted ? sums_of({2, 0}) : rows(1);
    const auto single = share(one, one, 5, weighted, {});
    CHECK(single.value == 1);
    CHECK_FALSE(single.se.has_value());
    CHECK_FALSE(single.low.has_value());
    CHECK(single.reason == "one_respondent");
    const std::vector<ValueSums> three{{3, one}};
    const auto average = mean(three, 5, weighted, {});
    CHECK(average.value == 3);
    CHECK_FALSE(average.se.has_value());
    CHECK(average.reason == "one_respondent");
    CHECK(standard_deviation(three, weighted).reason == "one_respondent");
    const auto middle = median(three, 5, weighted, {});
    CHECK(middle.value == 3);
    CHECK_FALSE(middle.low.has_value());
    CHECK(middle.reason == "one_respondent");
  }
  CHECK(share(rows(1), rows(1), 1, false, {}).reason == "one_respondent");
}

TEST_CASE("mean and standard deviation: three people") {
  // Values 1 3 8 with weights 1 2 1: m = 15/4; sum w^2 (y - m)^2 = 7.5625 + 2.25 + 18.0625
  // = 27.875, V = 3/2 * 27.875 / 16; sum w (y - m)^2 = 7.5625 + 1.125 + 18.0625 = 26.75, sd^2 = 3/2
  // * 26.75 / 4.
  const auto values = tabulated({{1, 1}, {3, 2}, {8, 1}});
  const auto estimate = mean(values, 3, true, {});
  CHECK(estimate.value == 3.75);
  CHECK(*estimate.se == close(std::sqrt(1.5 * 27.875 / 16)));
  CHECK(estimate.df == 2);
  CHECK(*estimate.high - *estimate.low == close(2 * t_quantile(95, 2) * *estimate.se));
  CHECK(*standard_deviation(values, true).value == close(std::sqrt(1.5 * 26.75 / 4)));
  // Unweighted 2 4 4 4 5 5 7 9: mean 5, sum of squares 32, sd^2 = 32/7, se^2 = 32/7/8.
  const auto eight = unweighted({2, 4, 4, 4, 5, 5, 7, 9});
  CHECK(mean(eight, 8, false, {}).value == 5);
  CHECK(*mean(eight, 8, false, {}).se == close(std::sqrt(32.0 / 56)));
  CHECK(*standard_deviation(eight, false).value == close(std::sqrt(32.0 / 7)));
  const auto same = mean(unweighted({4, 4, 4}), 3, false, {});
  CHECK(same.se == 0);
  CHECK(same.reason == "no_variation");
}

TEST_CASE("mean: values of 1e9 with a deviation of 10 keep their digits") {
  const auto values = unweighted({1e9 - 10, 1e9, 1e9 + 10});
  CHECK(mean(values, 3, false, {}).value == 1e9);
  CHECK(*mean(values, 3, false, {}).se == close(10 / std::sqrt(3.0)));
  CHECK(*standard_deviation(values, false).value == close(10));
  // The same numbers and the same numbers moved have the same deviation.
  std::mt19937 random(3);
  std::vector<Person> near;
  std::vector<Person> far;
  for (int i = 0; i < 500; ++i) {
    const Person person{static_cast<double>(random() % 41),
                        0.5 + static_cast<double>(random() % 100) / 50};
    near.push_back(person);
    far.push_back({person.value + 1e12, person.weight});
  }
  const auto a = tabulated(near);
  const auto b = tabulated(far);
  CHECK(*mean(b, 500, true, {}).se == close(*mean(a, 500, true, {}).se, 1e-13));
  CHECK(*standard_deviation(b, true).value == close(*standard_deviation(a, true).value, 1e-13));
  CHECK(*mean(b, 500, true, {}).value - 1e12 == close(*mean(a, 500, true, {}).value, 1e-5));
}

TEST_CASE("median: the smallest value that reaches half of the weight") {
  const auto middle = [](const std::vector<ValueSums>& values, bool weighted = false) {
    return *median(values, 1000, weighted, {}).value;
  };
  CHECK(middle(unweighted({1, 2, 3})) == 2);
  CHECK(middle(unweighted({1, 2, 3, 4})) == 2);  // a tie: F(2) = 1/2
  CHECK(middle(unweighted({5})) == 5);
  CHECK(middle(tabulated({{1, 1}, {3, 2}, {8, 1}}), true) == 3);
  CHECK(middle(tabulated({{1, 1}, {2, 0}, {3, 0}, {8, 1}}), true) == 1);
  CHECK(middle(tabulated({{-5, 0}, {1, 1}}), true) == 1);
  // Ten weights of 0.1: the fifth value is at exactly one half, though 0.1 is not a tenth.
  std::vector<Person> tenths;
  for (int i = 1; i <= 10; ++i) tenths.push_back({static_cast<double>(i), 0.1});
  CHECK(middle(tabulated(tenths), true) == 5);
}

TEST_CASE("median: Woodruff's limits") {
  // 1..100: F(50) = 0.5, se = sqrt(0.25 / 99), t(99) = 1.984217: F in 0.5 -+ 0.0997094...:
  // the smallest values with F >= 0.40029 and 0.59971 are 41 and 60.
  std::vector<double> hundred;
  for (int i = 1; i <= 100; ++i) hundred.push_back(i);
  const auto estimate = median(unweighted(hundred), 100, false, {});
  CHECK(estimate.value == 50);
  CHECK(estimate.low == 41);
  CHECK(estimate.high == 60);
  CHECK(estimate.df == 99);
  // With three respondents the upper limit lies beyond the last of them.
  const auto few = median(unweighted({1, 2, 3}), 3, false, {});
  CHECK(few.value == 2);
  CHECK(few.low == 1);
  CHECK_FALSE(few.high.has_value());
}

TEST_CASE("estimates: random weighted samples, against loops over the respondents") {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    std::vector<Person> people;
    const auto n = 3 + random() % 60;
    for (std::size_t i = 0; i < n; ++i) {
      people.push_back({static_cast<double>(random() % 15) - 4,
                        random() % 10 == 0 ? 0 : static_cast<double>(1 + random() % 400) / 100});
    }
    people[0].weight = people[1].weight = 1;
    people[0].value = -7;
    people[1].value = 20;
    const auto units = n + random() % 50;
    long double total = 0, sum = 0, part = 0, squares = 0, effect = 0, spread = 0;
    double positive = 0;
    for (const auto& [y, w] : people) {
      total += w;
      sum += static_cast<long double>(w) * y;
      squares += static_cast<long double>(w) * w;
      part += y > 3 ? w : 0;
      positive += w > 0;
    }
    const long double m = sum / total;
    const long double p = part / total;
    long double p_effect = 0;
    for (const auto& [y, w] : people) {
      effect += static_cast<long double>(w) * w * (y - m) * (y - m);
      spread += static_cast<long double>(w) * (y - m) * (y - m);
      p_effect += static_cast<long double>(w) * w * ((y > 3) - p) * ((y > 3) - p);
    }
    const long double per_unit = static_cast<long double>(units) / (units - 1);
    const auto values = tabulated(people);
    const auto average = mean(values, units, true, {});
    CHECK(*average.value == close(static_cast<double>(m), 1e-11));
    CHECK(*average.se == close(static_cast<double>(std::sqrt(per_unit * effect) / total)));
    CHECK(average.df == positive - 1);
    CHECK(*standard_deviation(values, true).value ==
          close(static_cast<double>(std::sqrt(spread / total * positive / (positive - 1)))));
    Sums above;
    Sums base;
    for (const auto& each : values) {
      base.add(each.sums);
      if (each.value > 3) above.add(each.sums);
    }
    const auto proportion = share(above, base, units, true, {});
    CHECK(*proportion.value == close(static_cast<double>(p)));
    CHECK(*proportion.se == close(static_cast<double>(std::sqrt(per_unit * p_effect) / total)));
    CHECK(*proportion.low > 0);
    CHECK(*proportion.high < 1);
    CHECK(*proportion.low < *proportion.value);
    CHECK(*proportion.high > *proportion.value);
    const auto all = bases(base, true);
    CHECK(*all.effective_n == close(static_cast<double>(total * total / squares)));
    CHECK(*all.deff == close(positive / *all.effective_n));
    // The median, by sorting people.
    std::sort(people.begin(), people.end(),
              [](const auto& a, const auto& b) { return a.value < b.value; });
    long double running = 0;
    double middle = 0;
    for (const auto& [y, w] : people) {
      running += w;
      middle = y;
      if (w > 0 && running >= total / 2 * (1 - 1e-12L)) break;
    }
    CHECK(*median(values, units, true, {}).value == middle);
  }
}

TEST_CASE("bases: three of them") {
  const auto plain = bases(rows(7), false);
  CHECK(plain.n == 7);
  CHECK(plain.n_positive == 7);
  CHECK(plain.weighted_n == 7);
  CHECK(plain.effective_n == 7);
  CHECK(plain.deff == 1);
  const auto weighted = bases(sums_of({1, 2, 3, 4, 0}), true);
  CHECK(weighted.n == 5);
  CHECK(weighted.n_positive == 4);
  CHECK(weighted.weighted_n == 10);
  CHECK(*weighted.effective_n == close(100.0 / 30));
  CHECK(*weighted.deff == close(4 * 30.0 / 100));
  const auto nobody = bases(Sums{}, true);
  CHECK(nobody.n == 0);
  CHECK_FALSE(nobody.effective_n.has_value());
  CHECK_FALSE(nobody.deff.has_value());
}

TEST_CASE("a percentage is one division: ties stay ties") {
  // 57 of 200 are 28.5; 100 * (57 / 200.0) is 28.499999999999996.
  Sums part;
  part.n = 57;
  Sums base;
  base.n = 200;
  const auto estimate = percentage(part, base, 200, false, Inference{});
  CHECK(*estimate.value == 28.5);
  const auto plain = share(part, base, 200, false, Inference{});
  CHECK(*estimate.se == 100 * *plain.se);
  CHECK(*estimate.low == 100 * *plain.low);
}

}  // namespace sondeo
