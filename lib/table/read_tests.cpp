// SPDX-License-Identifier: MIT
#include "table/read_tests.h"

#include <cstddef>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "table/letter_words.h"

namespace sondeo {
namespace {

std::optional<double> number_of(const JsonPlace& given) {
  if (given.json().is_null()) return std::nullopt;
  if (!given.json().is_number()) given.refuse("must be a number or null");
  return given.json().get<double>();
}

Testing read_testing(const JsonPlace& given) {
  Testing testing;
  testing.dialect = given.text("dialect");
  const auto& means = given.text("mean_dialect");
  if (means != testing.dialect) testing.mean_dialect = means;
  testing.levels.clear();
  const JsonPlace levels = given.list("levels");
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const auto level = number_of(levels.item(i));
    if (!level) levels.item(i).refuse("must be a number");
    testing.levels.push_back(*level);
  }
  if (testing.levels.empty()) levels.refuse("is empty");
  const JsonPlace compare = given.member("compare");
  bool known = false;
  for (const auto each :
       {Against::pairs, Against::total, Against::rest, Against::previous, Against::waves}) {
    if (compare.text() != against_name(each)) continue;
    testing.against = each;
    known = true;
  }
  if (!known) compare.refuse("is none of 'pairs', 'total', 'rest', 'previous', 'waves'");
  const auto adjustment = adjustment_named(given.text("adjust"));
  if (!adjustment) given.member("adjust").refuse("is none of 'none', 'bonferroni', 'holm', 'bh'");
  testing.adjustment = *adjustment;
  testing.min_difference = given.number_or("min_difference", 0);
  testing.not_tested_below = given.number_or("not_tested_below", testing.not_tested_below);
  testing.letter_at_lower = given.text_or("letter_at", "higher") == "lower";
  return testing;
}

// Places by id; of ids that occur twice the first.
using Places = std::map<std::string, std::size_t>;

std::size_t place_of(const JsonPlace& given, const Places& places, const char* what) {
  const auto found = places.find(given.text());
  if (found == places.end()) given.refuse("is no " + std::string(what) + " of the table");
  return found->second;
}

}  // namespace

void read_tests(const JsonPlace& given, Table& table) {
  if (!given.has("testing")) return;
  table.testing = read_testing(given.member("testing"));
  Places rows;
  Places columns;
  for (std::size_t i = 0; i < table.rows.size(); ++i) rows.emplace(table.rows[i].id, i);
  for (std::size_t j = 0; j < table.columns.size(); ++j) columns.emplace(table.columns[j].id, j);
  auto others = columns;
  others["_total"] = against_total;
  others["_rest"] = against_rest;
  const JsonPlace list = given.list("comparisons");
  for (std::size_t i = 0; i < list.size(); ++i) {
    const JsonPlace each = list.item(i);
    Comparison comparison;
    comparison.row = place_of(each.member("row"), rows, "row");
    comparison.a = place_of(each.member("a"), columns, "column");
    comparison.b = place_of(each.member("b"), others, "column");
    comparison.mean = each.text("of") == "mean";
    comparison.difference = number_of(each.member("difference"));
    comparison.se = number_of(each.member("se"));
    comparison.statistic = number_of(each.member("statistic"));
    comparison.df = number_of(each.member("df"));
    comparison.p = number_of(each.member("p"));
    comparison.p_adjusted = number_of(each.member("p_adjusted"));
    comparison.level = number_of(each.member("level"));
    comparison.reason = each.text("reason");
    table.comparisons.push_back(std::move(comparison));
  }
}

}  // namespace sondeo
