// SPDX-License-Identifier: MIT
// Numbers of R's survey package, read from SONDEO_SHARED/golden: those of simple random samples
// whole, of other designs the estimates, which depend on the weights alone.
#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "../tabulate/request.h"
#include "infer/distribution.h"
#include "infer/estimate.h"

namespace sondeo {
namespace {

std::string golden_folder() {
  const char* shared = std::getenv("SONDEO_SHARED");
  const std::filesystem::path root = SONDEO_SOURCE_DIR;
  const auto folder =
      (shared != nullptr && *shared != 0 ? std::filesystem::path(shared) : root / "../shared") /
      "golden";
  return std::filesystem::exists(folder / "cases.json") ? folder.string() : "";
}

struct Asked {
  Cells cells;
  std::uint64_t units = 0;
};

// The question of a column by another, weighted.
Asked ask(const std::string& path, const std::string& column, QuestionKind kind,
          const std::string& weight, const std::vector<std::string>& by) {
  Issues issues;
  CsvFile file(files::csv(path), issues);
  const auto& header = file.header();
  std::vector<Question> columns;
  for (const auto& each : by) {
    columns.push_back(requests::question(each, QuestionKind::single, {find_column(header, each)}));
  }
  auto request =
      requests::table(requests::question(column, kind, {find_column(header, column)}), columns);
  request.weight.column = weight;
  auto counted = count(file, request, issues);
  return {std::move(counted.tables[0]), counted.rows};
}

std::vector<ValueSums> values_of(const Cells& cells, std::size_t column) {
  std::vector<ValueSums> values;
  for (std::size_t row = 0; row < cells.rows.size(); ++row) {
    if (cells.rows[row].kind == AnswerKind::category)
      values.push_back({cells.rows[row].number, cells.at(row, column)});
  }
  return values;
}

void check_number(const nlohmann::json& expected, std::optional<double> found,
                  double relative = 1e-9) {
  REQUIRE(found.has_value());
  CHECK(*found == doctest::Approx(expected.get<double>()).epsilon(relative));
}

// One estimate of a case: a mean, or the share of a level, in everybody or in one column.
Estimate estimate_of(const Asked& asked, const nlohmann::json& expected, std::size_t column,
                     const Inference& inference, const std::string& estimator) {
  if (estimator == "quantile")
    return median(values_of(asked.cells, column), asked.units, true, inference);
  if (!expected.contains("level"))
    return mean(values_of(asked.cells, column), asked.units, true, inference);
  Sums part;
  Sums base;
  for (std::size_t row = 0; row < asked.cells.rows.size(); ++row) {
    const auto& key = asked.cells.rows[row];
    if (key.kind != AnswerKind::category) continue;
    base.add(asked.cells.at(row, column));
    if (key.path[0] == expected["level"].get<std::string>()) part.add(asked.cells.at(row, column));
  }
  return share(part, base, asked.units, true, inference);
}

std::size_t column_of(const Cells& cells, const nlohmann::json& expected,
                      const std::vector<std::string>& by) {
  std::vector<std::string> path;
  for (const auto& variable : by) path.push_back(expected["by"][variable]);
  for (std::size_t column = 0; column < cells.columns.size(); ++column) {
    if (cells.columns[column].path == path) return column;
  }
  FAIL("no such column");
  return 0;
}

}  // namespace

TEST_CASE("golden: estimates of R's survey package") {
  const auto folder = golden_folder();
  if (folder.empty()) {
    MESSAGE("skipped: no SONDEO_SHARED/golden/cases.json");
    return;
  }
  std::ifstream input(folder + "/cases.json");
  const auto all = nlohmann::json::parse(input);
  int compared = 0;
  for (const auto& test : all["cases"]) {
    const auto& design = test["design"];
    const std::string estimator = test["estimator"];
    const bool by = estimator == "by";
    const std::string statistic = by ? test.value("stat", "") : estimator;
    if (design["type"] != "taylor" || !test.value("steps", nlohmann::json::array()).empty())
      continue;
    if (statistic != "mean" && statistic != "quantile") continue;
    if (test.value("expect_error", false) || !test["results"].contains("estimates")) continue;
    // All variables of a listwise case have to be there; missing values that spread are no numbers.
    if (test["vars"].size() > 1 && test.value("na_rm", false)) continue;
    const std::string id = test["id"];
    if (id == "mean_na_propagates") continue;
    CAPTURE(id);
    std::vector<std::string> groups;
    if (by) groups = test["by"].get<std::vector<std::string>>();
    const bool simple = design["ids"].empty() && design["strata"].empty();
    for (const auto& expected : test["results"]["estimates"]) {
      if (statistic == "quantile" && (expected["prob"] != 0.5 || expected["qrule"] != "math"))
        continue;
      const bool share_of_level = expected.contains("level");
      const auto asked = ask(folder + "/" + test["data"].get<std::string>(), expected["var"],
                             share_of_level ? QuestionKind::single : QuestionKind::number,
                             design["weights"], groups);
      const auto column = by ? column_of(asked.cells, expected, groups) : 0;
      const Inference inference{95, Interval::wald, Freedom::domain};
      const auto found = estimate_of(asked, expected, column, inference, statistic);
      check_number(expected["est"], found.value);
      ++compared;
      if (!simple || statistic == "quantile") continue;
      // A simple random sample of n of N: R takes (1 - n/N) of the variance, which a bare file
      // cannot know.
      const double n = static_cast<double>(asked.units);
      const double finite = design.contains("fpc") ? std::sqrt(1 - n / 6194) : 1;
      check_number(expected["se"], *found.se * finite);
      check_number(expected["df"], found.df);
      check_number(expected["ci_low"], *found.value - *found.margin * finite);
      check_number(expected["ci_high"], *found.value + *found.margin * finite);
      compared += 4;
    }
  }
  MESSAGE("compared " << compared << " numbers");
  CHECK(compared > 60);
}

TEST_CASE("golden: variances, Kish's effective size and a logit interval") {
  const auto folder = golden_folder();
  if (folder.empty()) {
    MESSAGE("skipped: no SONDEO_SHARED/golden/cases.json");
    return;
  }
  std::ifstream input(folder + "/cases.json");
  const auto all = nlohmann::json::parse(input);
  int seen = 0;
  for (const auto& test : all["cases"]) {
    const std::string id = test["id"];
    const auto path = folder + "/" + test.value("data", "");
    CAPTURE(id);
    if (id == "var_strat" || id == "var_gen") {
      for (const auto& expected : test["results"]["estimates"]) {
        if (expected["var"] != expected["var2"]) continue;
        const auto asked =
            ask(path, expected["var"], QuestionKind::number, test["design"]["weights"], {});
        const auto found = standard_deviation(values_of(asked.cells, 0), true);
        REQUIRE(found.value.has_value());
        check_number(expected["est"], *found.value * *found.value);
        ++seen;
      }
    } else if (id == "kish_gen" || id == "kish_strat") {
      const auto asked = ask(path, id == "kish_gen" ? "sex" : "stype", QuestionKind::single,
                             test["design"]["weights"], {});
      Sums base;
      for (std::size_t row = 0; row < asked.cells.rows.size(); ++row)
        base.add(asked.cells.at(row, 0));
      const auto found = bases(base, true);
      const auto& expected = test["results"]["summary"];
      check_number(expected["kish_n_eff"], found.effective_n);
      check_number(expected["kish_deff"], found.deff);
      check_number(expected["sum"], found.weighted_n);
      check_number(expected["n_nonzero"], found.n_positive);
      ++seen;
    } else if (id == "ciprop_srs_H") {
      const auto asked = ask(path, "stype", QuestionKind::single, "pw", {});
      const auto found = estimate_of(asked, {{"level", "H"}}, 0, {}, "mean");
      const auto logit = [](double p) { return std::log(p / (1 - p)); };
      const double finite = std::sqrt(1 - 200.0 / 6194);
      for (const auto& expected : test["results"]["estimates"]) {
        if (expected["method"] != "logit") continue;
        const double p = expected["est"];
        const double half = (logit(*found.high) - logit(*found.low)) / 2 * finite;
        check_number(expected["ci_low"], 1 / (1 + std::exp(half - logit(p))));
        check_number(expected["ci_high"], 1 / (1 + std::exp(-half - logit(p))));
        ++seen;
      }
    }
  }
  CHECK(seen == 6);
}

}  // namespace sondeo
