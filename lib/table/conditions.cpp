// SPDX-License-Identifier: MIT
#include "table/conditions.h"

#include <algorithm>
#include <array>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"

namespace sondeo {
namespace {

constexpr std::array<const char*, 6> names = {"base", "effective_base", "moe",
                                              "deff", "missing",        "weight_ratio"};

std::string name_of(Measure measure) { return names[static_cast<std::size_t>(measure)]; }

const Row* row_with_id(const Table& table, std::string_view id) {
  const auto found = std::find_if(table.rows.begin(), table.rows.end(),
                                  [&](const Row& row) { return row.id == id; });
  return found == table.rows.end() ? nullptr : &*found;
}

// The number that the measure is in column j, or an absent one with its reason; nothing if the
// table has no such thing.
std::optional<Value> measured(const Table& table, std::size_t j, Measure measure) {
  const auto value = [&](const char* row_id, const char* statistic, const char* of) {
    const Row* row = row_with_id(table, row_id);
    const Value* found = row == nullptr ? nullptr : row->cells[j].find(statistic, of);
    return found == nullptr ? std::nullopt : std::optional(*found);
  };
  switch (measure) {
    case Measure::base:
      return value("_base", "n", "");
    case Measure::effective_base: {
      auto effective = value("_base", "effective_n", "");
      if (effective && !effective->number) effective->number = 0;
      return effective;
    }
    case Measure::moe: {
      const auto half = value("_base", "moe", "");
      return half ? half : value("_mean", "moe", "mean");
    }
    case Measure::deff:
      return value("_base", "deff", "");
    case Measure::missing: {
      const auto base = value("_base", "n", "");
      auto missing = value("_missing", "n", "");
      if (!base || !missing || !base->number || !missing->number) return std::nullopt;
      const double all = *base->number + *missing->number;
      if (all <= 0) return std::nullopt;
      missing->number = 100 * *missing->number / all;
      return missing;
    }
    case Measure::weight_ratio:
      break;
  }
  return std::nullopt;
}

// Short, unless that would deny what it is shown for.
std::string number_text(double number, const Condition& condition) {
  const bool ratio =
      condition.measure == Measure::deff || condition.measure == Measure::weight_ratio;
  const std::string text = rounded(number, ratio ? 2 : 1);
  const auto shown = parse_number(text);
  if (!shown || !condition.met_by(*shown) || number == *shown) return shortest(number);
  return text;
}

}  // namespace

bool Condition::met_by(double number) const {
  return (equal && number == limit) || (below ? number < limit : number > limit);
}

Condition parse_condition(const std::string& text) {
  const std::string usage =
      "such as base<100, effective_base<50, moe>4, deff>2, missing>5%, "
      "weight_ratio>8";
  const auto refuse = [&](const std::string& what, const std::string& hint) {
    return Error("condition", "the condition '" + excerpt(text) + "' " + what,
                 hint.empty() ? usage : hint);
  };
  Condition condition;
  condition.text = trim(text);
  const std::size_t sign = text.find_first_of("<>");
  if (sign == std::string::npos) throw refuse("has no < or >", "");
  const std::string name(trim(std::string_view(text).substr(0, sign)));
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) {
    const std::string close = nearest(name, {names.begin(), names.end()});
    throw refuse("asks for '" + excerpt(name) + "', which is nothing that a table has",
                 close.empty() ? "" : "did you mean " + close + "?");
  }
  condition.measure = static_cast<Measure>(found - names.begin());
  condition.below = text[sign] == '<';
  condition.equal = sign + 1 < text.size() && text[sign + 1] == '=';
  std::string_view number = trim(std::string_view(text).substr(sign + (condition.equal ? 2 : 1)));
  const bool percent = condition.measure == Measure::moe || condition.measure == Measure::missing;
  if (percent && number.ends_with('%')) number.remove_suffix(1);
  const auto limit = parse_number(number);
  if (!limit) throw refuse("compares with '" + excerpt(number) + "', which is no number", "");
  condition.limit = *limit;
  return condition;
}

std::vector<MetPlace> places_met(const TableSet& tables, const Condition& condition) {
  std::vector<MetPlace> found;
  const std::string is = name_of(condition.measure) + " is ";
  const std::string unit = condition.measure == Measure::missing ? "%" : "";
  if (condition.measure == Measure::weight_ratio) {
    if (tables.weight_ratio && condition.met_by(*tables.weight_ratio))
      found.push_back({"the weights", is + number_text(*tables.weight_ratio, condition)});
    return found;
  }
  for (const Table& table : tables.tables) {
    for (std::size_t j = 0; j < table.columns.size(); ++j) {
      const auto value = measured(table, j, condition.measure);
      if (!value || (value->number && !condition.met_by(*value->number))) continue;
      std::string where = table.id;
      if (table.columns[j].id != "_total") where += ", " + column_path(table.columns[j]);
      std::string reason = value->flag;
      std::replace(reason.begin(), reason.end(), '_', ' ');
      found.push_back({where, value->number ? is + number_text(*value->number, condition) + unit
                                            : is + "not known (" + reason + ")"});
    }
  }
  return found;
}

}  // namespace sondeo
