// SPDX-License-Identifier: MIT
// Under a sampling design several routes lead to one number: passes and cells, parts and the whole,
// domains and columns, linearisation and the jackknife.
#include <doctest/doctest.h>

#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "../unit/tabulate/request.h"
#include "base/number.h"
#include "cli/calibrated_count.h"
#include "expr/expr.h"
#include "infer/calibrated.h"
#include "infer/cell_tests.h"
#include "infer/linear.h"
#include "infer/table_tests.h"
#include "layout/csv.h"
#include "tabulate/cell_file.h"

namespace sondeo {
namespace {

using requests::question;

// Columns of the files.
enum Column : std::size_t { weight, number, answer, group, stratum, unit };
constexpr std::size_t unit_count = 24;

struct Respondent {
  double w = 0;
  double y = 0;
  std::string a, g, s;
  std::size_t u = 0;
};

// Answers that lean on the group and on the sampling unit; some are missing, some weights are 0.
std::vector<Respondent> respondents(std::size_t count) {
  std::vector<Respondent> rows;
  std::uint64_t state = 2026;
  const auto draw = [&](std::uint64_t n) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return (state >> 33) % n;
  };
  for (std::size_t i = 0; i < count; ++i) {
    Respondent row;
    row.w = 0.25 * static_cast<double>(draw(9));
    row.u = draw(unit_count);
    row.s = std::string(1, static_cast<char>('p' + row.u % 3));
    row.g = std::string(1, static_cast<char>('A' + draw(4)));
    const auto lean = row.u % 5 + static_cast<std::size_t>(row.g[0] - 'A');
    row.a = draw(11) == 0 ? "" : std::string(1, static_cast<char>('a' + draw(2 + lean) % 4));
    row.y = static_cast<double>(draw(30) + 2 * lean);
    rows.push_back(row);
  }
  return rows;
}

std::string text_of(const std::vector<Respondent>& rows) {
  std::string text = "w,y,a,g,s,u\n";
  for (const auto& row : rows) {
    text += shortest(row.w) + "," + shortest(row.y) + "," + row.a + "," + row.g + "," + row.s +
            ",u" + std::to_string(row.u) + "\n";
  }
  return text;
}

const UnitColumns designs[] = {{}, {{stratum}, {}, {}}, {{}, {unit}, {}}, {{stratum}, {unit}, {}}};

PassPlan plan_of(const CsvOptions& options, const UnitColumns& units) {
  Issues issues;
  PassPlan plan;
  plan.header = CsvFile(options, issues).header();
  plan.context.file = options.file.path;
  plan.questions = {question("a", QuestionKind::single, {answer}),
                    question("g", QuestionKind::single, {group}),
                    question("y", QuestionKind::number, {number})};
  plan.weight_column = weight;
  plan.units = units;
  return plan;
}

void run(const CsvOptions& options, const PassPlan& plan, LinearEstimator& estimator) {
  Issues issues;
  estimate([&] { return std::make_unique<CsvFile>(options, issues); }, plan, {&estimator}, issues);
}

CountRequest table_request(const UnitColumns& units) {
  auto request = requests::table(question("a", QuestionKind::single, {answer}),
                                 {question("g", QuestionKind::single, {group})});
  request.weight.column = "w";
  request.units = units;
  return request;
}

CellTable table_of(const Cells& cells) {
  CellTable table;
  table.weighted = true;
  for (std::size_t i = 0; i < cells.rows.size(); ++i) {
    if (cells.rows[i].kind != AnswerKind::category) continue;
    ++table.rows;
    table.columns = cells.columns.size();
    for (std::size_t j = 0; j < cells.columns.size(); ++j) table.sums.push_back(cells.at(i, j));
  }
  return table;
}

void check_same(const TestResult& found, const TestResult& expected) {
  REQUIRE(found.p);
  REQUIRE(expected.p);
  CHECK(*found.statistic == doctest::Approx(*expected.statistic).epsilon(1e-10));
  CHECK(*found.p == doctest::Approx(*expected.p).epsilon(1e-9));
  CHECK(found.df.has_value() == expected.df.has_value());
}

}  // namespace

TEST_CASE("laws: cells of one pass test a table as the passes do, in every design") {
  const files::TempFile file(text_of(respondents(3000)));
  const auto options = files::csv(file.path(), 256 << 10);
  for (const auto& units : designs) {
    CAPTURE(units.strata.size());
    CAPTURE(units.clusters.size());
    auto plan = plan_of(options, units);
    LinearRequest request;
    request.kind = LinearKind::crosstab;
    request.categories = {plan.add_axis({{0}}), plan.add_axis({{1}})};
    request.by = plan.add_axis({});
    LinearEstimator crosstab(plan, request, {});
    run(options, plan, crosstab);
    const double df = crosstab.df({0});
    const auto expected = independence(crosstab, 0, {}, df);

    const auto counted = requests::count_file(file.path(), table_request(units)).result;
    SampleDesign design;
    design.units = counted.units;
    const auto table = table_of(counted.tables[0]);
    Inference inference;
    if (!units.empty()) inference.design = &design;
    CHECK(cell_freedom(all_of(table), counted.rows, true, inference) == df);
    const auto found = independence(table, counted.rows, inference.design, df);
    CHECK(found.pearson == doctest::Approx(expected.pearson).epsilon(1e-12));
    REQUIRE(found.deffs.size() == expected.deffs.size());
    for (std::size_t i = 0; i < found.deffs.size(); ++i)
      CHECK(found.deffs[i] == doctest::Approx(expected.deffs[i]).epsilon(1e-11));
    check_same(found.second_order, expected.second_order);
    check_same(found.first_order, expected.first_order);
    check_same(found.mixture, expected.mixture);
    check_same(found.wald, expected.wald);
    check_same(found.adjusted_wald, expected.adjusted_wald);
  }
}

TEST_CASE("laws: many cells in many strata are tested part by part, with the same result") {
  auto rows = respondents(6000);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i].a = std::string(1, static_cast<char>('a' + (i * 7 + rows[i].u) % 6));
    rows[i].g = std::string(1, static_cast<char>('A' + (i * 5 + i / 13) % 7));
  }
  const files::TempFile file(text_of(rows));
  const auto options = files::csv(file.path(), 256 << 10);
  const UnitColumns units{{stratum}, {}, {}};
  auto plan = plan_of(options, units);
  LinearRequest request;
  request.kind = LinearKind::crosstab;
  request.categories = {plan.add_axis({{0}}), plan.add_axis({{1}})};
  request.by = plan.add_axis({});
  LinearEstimator crosstab(plan, request, {});
  run(options, plan, crosstab);
  const auto counted = requests::count_file(file.path(), table_request(units)).result;
  SampleDesign design;
  design.units = counted.units;
  const auto table = table_of(counted.tables[0]);
  CHECK(table.sums.size() == 42);
  const auto expected = independence(crosstab, 0, {}, 100);
  check_same(independence(table, counted.rows, &design, 100).second_order, expected.second_order);
  check_same(independence(table, counted.rows, &design, 100).wald, expected.wald);
}

TEST_CASE("laws: a filter is a domain, the same as the column of its group") {
  const files::TempFile file(text_of(respondents(2000)));
  const auto options = files::csv(file.path(), 256 << 10);
  for (const auto& units : designs) {
    auto plan = plan_of(options, units);
    LinearRequest request;
    request.numbers = {plan.add_number(2)};
    request.categories = {plan.add_axis({{0}})};
    request.by = plan.add_axis({{1}});
    LinearEstimator by_group(plan, request, {});
    run(options, plan, by_group);
    for (std::size_t d = 0; d < by_group.domains().size(); ++d) {
      const auto& name = by_group.domains()[d].path[0];
      CAPTURE(name);
      auto filtered = plan_of(options, units);
      filtered.where = parse_expr("g = '" + name + "'");
      auto of_all = request;
      filtered.add_number(2);
      filtered.add_axis({{0}});
      of_all.by = filtered.add_axis({});
      LinearEstimator alone(filtered, of_all, {});
      run(options, filtered, alone);
      CHECK(alone.df({0}) == by_group.df({d}));
      const auto variances = alone.variances(0);
      const auto expected = by_group.variances(d);
      REQUIRE(variances.size() == expected.size());
      for (std::size_t s = 0; s < variances.size(); ++s) {
        CHECK(alone.value(0, s) == by_group.value(d, s));
        CHECK(variances[s] == doctest::Approx(expected[s]).epsilon(1e-12));
      }
    }
  }
}

TEST_CASE("laws: the cells of seven parts are those of the whole, with their sampling units") {
  const auto rows = respondents(1400);
  for (const auto& units : designs) {
    const auto cells_of = [&](const std::vector<Respondent>& some, std::uint64_t part,
                              std::uint64_t of) {
      auto request = table_request(units);
      request.identify = true;
      auto counted = requests::count_text(text_of(some), request).result;
      CellFile cells;
      cells.settings = {{"weight", "w"}};
      cells.banner = {{{"g", false}}};
      cells.questions.push_back({"a", QuestionKind::single, false, {}, {counted.tables[0]}});
      if (!units.empty()) cells.units = counted.units;
      cells.parts = {{part, of, counted.identity, counted.rows, counted.bytes, counted.kept}};
      return cells;
    };
    std::vector<CellFile> parts;
    std::vector<std::string> names;
    for (std::size_t part = 0; part < 7; ++part) {
      std::vector<Respondent> some;
      for (std::size_t i = part; i < rows.size(); i += 7) some.push_back(rows[i]);
      parts.push_back(cells_of(some, part + 1, 7));
      names.push_back("part " + std::to_string(part + 1));
    }
    std::swap(parts[1], parts[5]);
    const auto merged = merge_cells(parts, names);
    const auto whole = cells_of(rows, 1, 1);
    CHECK(merged.questions[0].tables[0] == whole.questions[0].tables[0]);
    CHECK(merged.units == whole.units);
  }
}

TEST_CASE("laws: leaving out one unit at a time is linearisation, for a total") {
  const auto rows = respondents(900);
  const files::TempFile file(text_of(rows));
  const auto options = files::csv(file.path(), 256 << 10);
  auto plan = plan_of(options, {{}, {unit}, {}});
  LinearRequest request;
  request.kind = LinearKind::totals;
  request.numbers = {plan.add_number(2)};
  request.categories = {plan.add_axis({{1}})};
  request.by = plan.add_axis({});
  LinearEstimator linear(plan, request, {});
  run(options, plan, linear);

  // w n / (n - 1) for everybody else, 0 for those of the unit: a column of factors each.
  std::string text = "w,y,a,g,s,u";
  for (std::size_t r = 0; r < unit_count; ++r) text += ",r" + std::to_string(r);
  text += "\n";
  const std::string others = shortest(static_cast<double>(unit_count) / (unit_count - 1));
  const auto plain = text_of(rows);
  auto line = plain.find('\n') + 1;
  for (const auto& row : rows) {
    const auto end = plain.find('\n', line);
    text += plain.substr(line, end - line);
    for (std::size_t r = 0; r < unit_count; ++r) text += r == row.u ? ",0" : "," + others;
    text += "\n";
    line = end + 1;
  }
  const files::TempFile replicated(text);
  const auto replicate_options = files::csv(replicated.path(), 256 << 10);
  auto replicate_plan = plan_of(replicate_options, {});
  replicate_plan.replicates.factors = true;
  for (std::size_t r = 0; r < unit_count; ++r) replicate_plan.replicates.columns.push_back(6 + r);
  replicate_plan.add_number(2);
  replicate_plan.add_axis({{1}});
  replicate_plan.add_axis({});
  DesignRules rules;
  auto& rule = rules.replicates.emplace();
  rule.size = unit_count;
  rule.scale = (unit_count - 1.0) / unit_count;
  rule.rscales.assign(unit_count, 1);
  LinearEstimator jackknife(replicate_plan, request, rules);
  run(replicate_options, replicate_plan, jackknife);

  const auto expected = linear.variances(0);
  const auto found = jackknife.variances(0);
  REQUIRE(found.size() == expected.size());
  REQUIRE(found.size() == 5);  // the total of y and the respondents of four groups
  for (std::size_t s = 0; s < found.size(); ++s)
    CHECK(found[s] == doctest::Approx(expected[s]).epsilon(1e-10));
  CHECK(jackknife.df({0}) == linear.df({0}));
}

// Base weights are in the column of the number.
TEST_CASE("laws: under calibrated weights cells give the errors of the passes over residuals") {
  const files::TempFile file(text_of(respondents(1500)));
  const auto options = files::csv(file.path(), 256 << 10);
  const std::vector<Question> margins{question("g", QuestionKind::single, {group}),
                                      question("s", QuestionKind::single, {stratum})};
  for (const auto& units : designs) {
    for (const bool raking : {false, true}) {
      for (const std::string filter : {"", "y > 12"}) {
        CAPTURE(units.strata.size());
        CAPTURE(units.clusters.size());
        CAPTURE(raking);
        CAPTURE(filter);
        auto plan = plan_of(options, units);
        plan.questions.push_back(margins[1]);
        plan.base_weight_column = number;
        if (!filter.empty()) plan.where = parse_expr(filter);
        DesignRules rules;
        auto& calibration = rules.calibration.emplace();
        calibration.axes = {plan.add_axis({{1}}), plan.add_axis({{3}})};
        calibration.raking = raking;
        LinearRequest request;
        request.kind = LinearKind::crosstab;
        request.categories = {plan.add_axis({{0}}), plan.add_axis({{1}})};
        request.by = plan.add_axis({});
        LinearEstimator crosstab(plan, request, rules);
        run(options, plan, crosstab);
        const auto variances = crosstab.variances(0);

        auto counting = table_request(units);
        if (!filter.empty()) counting.where = parse_expr(filter);
        counting.questions.push_back(margins[1]);
        CountedCalibration rule;
        rule.margins = {{1}, {2}};
        rule.base.column = "y";
        rule.raking = raking;
        const CalibratedCount calibrated(counting, rule);
        Issues issues;
        CsvFile csv(options, issues);
        auto counted = count(csv, calibrated.requests(), issues);
        const auto sums = calibrated.finish(counted);
        REQUIRE(sums);
        SampleDesign design;
        design.units = counted[0].units;
        design.calibrated =
            std::make_shared<CalibratedWeights>(*sums, design.units->rows_are_units);
        Inference inference;
        inference.design = &design;
        const auto table = table_of(counted[0].tables[0]);
        REQUIRE(counted[0].tables.size() == 1);
        const auto base = all_of(table);
        for (std::size_t s = 0; s < crosstab.statistics().size(); ++s) {
          const auto& statistic = crosstab.statistics()[s];
          const bool cell = statistic.measure == Measure::cell_share;
          if (!cell && statistic.measure != Measure::column_share) continue;
          Sums column;
          for (std::size_t row = 0; row < table.rows; ++row)
            column.add(table.sums[row * table.columns + statistic.b]);
          const auto& part = table.sums[statistic.a * table.columns + statistic.b];
          const auto found = share(part, cell ? base : column, counted[0].rows, true, inference);
          REQUIRE(found.se);
          CHECK(*found.value == doctest::Approx(crosstab.value(0, s)).epsilon(1e-14));
          CHECK(*found.se * *found.se == doctest::Approx(variances[s]).epsilon(1e-10));
        }
        const double df = crosstab.df({0});
        CHECK(cell_freedom(base, counted[0].rows, true, inference) == df);
        const auto expected = independence(crosstab, 0, rules, df);
        const auto found = independence(table, counted[0].rows, &design, df);
        check_same(found.second_order, expected.second_order);
        check_same(found.wald, expected.wald);
      }
    }
  }
}

}  // namespace sondeo
