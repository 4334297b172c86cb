// SPDX-License-Identifier: MIT
#include "table/table.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/number.h"

namespace sondeo {
namespace {

// Beyond this, doubles have no decimals left and grouped digits are no longer readable.
constexpr double largest_written = 1e15;

int decimals(const Value& value, const Look& look) {
  switch (value.unit) {
    case Unit::respondents:
    case Unit::weighted:
      return 0;
    case Unit::percent:
      if (value.statistic == "moe") return 1;
      // Errors are small beside the numbers they are of.
      return std::clamp(look.digits, value.statistic == "se" ? 1 : 0, 6);
    case Unit::value:
      return std::clamp(look.digits + 2, 0, 6);
    case Unit::none:
      if (value.statistic == "p" || value.statistic == "p_adjusted") return 4;
      return value.statistic == "df" || value.statistic == "index" ? 0 : 2;
  }
  return 0;
}

}  // namespace

std::string_view unit_name(Unit unit) {
  switch (unit) {
    case Unit::respondents:
      return "respondents";
    case Unit::weighted:
      return "weighted";
    case Unit::percent:
      return "percent";
    case Unit::value:
      return "value";
    case Unit::none:
      return "";
  }
  return "";
}

std::string column_path(const Column& column) {
  if (column.path.empty()) return column.label;
  std::string text;
  for (std::size_t i = 0; i < column.path.size(); ++i) {
    if (i > 0) text += i % 2 == 1 ? ": " : " > ";
    text += column.path[i];
  }
  return text;
}

void tell_apart(std::vector<Table>& tables) {
  std::map<std::string, std::size_t> met;
  for (auto& table : tables) {
    const auto count = ++met[table.id];
    if (count > 1) table.id += "#" + std::to_string(count);
  }
}

const Value* Cell::find(std::string_view statistic, std::string_view of) const {
  const auto found = std::find_if(values.begin(), values.end(), [&](const Value& value) {
    return value.statistic == statistic && value.of == of;
  });
  return found == values.end() ? nullptr : &*found;
}

std::string display(const Value& value, const Look& look) {
  if (!value.number || !std::isfinite(*value.number)) return "";
  if (std::fabs(*value.number) < largest_written) {
    const auto text = rounded(value.shown.value_or(*value.number), decimals(value, look),
                              look.decimal, look.thousands);
    const bool rises = value.statistic == "change" && *value.number > 0 &&
                       text.find_first_of("123456789") != std::string::npos;
    return rises ? "+" + text : text;
  }
  std::string text = shortest(*value.number);
  const std::size_t point = text.find('.');
  if (point != std::string::npos) text.replace(point, 1, look.decimal);
  return text;
}

}  // namespace sondeo
