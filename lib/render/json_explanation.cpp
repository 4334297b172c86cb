// SPDX-License-Identifier: MIT
#include <nlohmann/json.hpp>
#include <optional>

#include "render/explanation.h"
#include "render/json_number.h"
#include "table/letter_words.h"
#include "table/letters.h"

namespace sondeo {
namespace {

using Json = nlohmann::ordered_json;

Json side_json(const Table& table, std::size_t place, const std::string& id, const TestSide& side,
               std::optional<double> effective, std::optional<double> value, bool share) {
  Json json = {{"id", id}};
  if (place < table.columns.size()) json["letter"] = table.columns[place].letter;
  json["w"] = number_json(side.w);
  json["q"] = number_json(side.q);
  json["effective_n"] = number_json(effective);
  if (share) {
    json["count"] = number_json(side.r);
  } else {
    json["squares"] = number_json(side.squares);
    json["sample_variance"] = number_json(side.sample_variance);
  }
  json["value"] = number_json(value);
  return json;
}

}  // namespace

std::string explain_json(const Table& table, std::size_t comparison) {
  const auto& each = table.comparisons.at(comparison);
  const auto& [a, b, both, test] = table.traces.at(comparison);
  const auto& testing = *table.testing;
  const bool share = !each.mean && table.rows[each.row].kind != RowKind::statistic;
  const Json json = {
      {"schema", "sondeo.explanation/1"},
      {"table", table.id},
      {"row", table.rows[each.row].id},
      {"of", each.mean ? "mean" : "column_percent"},
      {"dialect", each.mean ? testing.of_means() : testing.dialect},
      {"adjust", adjustment_name(testing.adjustment)},
      {"a", side_json(table, each.a, table.columns[each.a].id, a, test.effective_a, test.a, share)},
      {"b", side_json(table, each.b, against_id(table, each), b, test.effective_b, test.b, share)},
      {"both",
       {{"w", number_json(both.w)},
        {"q", number_json(both.q)},
        {"effective_n", number_json(test.effective_both)}}},
      {"pooled", number_json(test.pooled)},
      {"difference", number_json(each.difference)},
      {"se", number_json(each.se)},
      {"statistic", number_json(each.statistic)},
      {"df", number_json(each.df)},
      {"p", number_json(each.p)},
      {"p_adjusted", number_json(each.p_adjusted)},
      {"level", number_json(each.level)},
      {"reason", each.reason}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace sondeo
