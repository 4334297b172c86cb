// SPDX-License-Identifier: MIT
#include "cli/explain_options.h"

#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/text.h"
#include "render/explanation.h"

namespace sondeo {
namespace {

struct Parts {
  std::string question, row, a, b;
};

// Names of questions have no colon; rows may have some.
Parts parts_of(const std::string& text) {
  const auto first = text.find(':');
  const auto last = text.rfind(':');
  const auto middle = last == std::string::npos || last == 0 ? last : text.rfind(':', last - 1);
  if (first == std::string::npos || middle == std::string::npos || middle <= first) {
    throw UsageError("--explain takes QUESTION:ROW:A:B, not '" + excerpt(text) + "'",
                     "for example q5:1:A:B, with the letters or ids of two columns");
  }
  const auto part = [&](std::size_t from, std::size_t to) {
    return std::string(trim(std::string_view(text).substr(from, to - from)));
  };
  return {part(0, first), part(first + 1, middle), part(middle + 1, last),
          part(last + 1, text.size())};
}

bool writes_json(const OutputOptions& output) {
  if (!output.format.empty()) return output.format == "json";
  return ascii_lower(output.output).ends_with(".json");
}

[[noreturn]] void refuse(const std::string& what, const std::string& name,
                         const std::vector<std::string>& names) {
  std::string list;
  for (const auto& each : names) {
    if (list.size() < 200) list += (list.empty() ? "" : ", ") + excerpt(each, 30);
  }
  throw Error("explain", "the table has no " + what + " '" + excerpt(name) + "'",
              list.empty() ? "" : "there are " + list);
}

std::size_t find_row(const Table& table, const std::string& name) {
  std::vector<std::string> names;
  for (const auto& each : table.comparisons) {
    const auto& row = table.rows[each.row];
    if (row.id == name || row.id == "_" + name || row.label == name) return each.row;
    if (names.empty() || names.back() != row.id) names.push_back(row.id);
  }
  refuse("tested row", name, names);
}

std::size_t find_column(const Table& table, const std::string& name) {
  if (name == "total" || name == "_total") return against_total;
  if (name == "rest" || name == "_rest") return against_rest;
  std::vector<std::string> names;
  for (std::size_t j = 0; j < table.columns.size(); ++j) {
    const auto& column = table.columns[j];
    if (column.group.empty()) continue;
    const bool letter = !column.letter.empty() && ascii_lower(column.letter) == ascii_lower(name);
    if (letter || column.id == name) return j;
    names.push_back(column.letter.empty() ? column.id : column.letter + " (" + column.id + ")");
  }
  refuse("column", name, names);
}

}  // namespace

void ExplainOptions::declare(Tool& tool) {
  tool.option("explain", explain, "Q:ROW:A:B",
              "one test instead of the tables, with all that went into it, as text or json: "
              "question, row, and the letters or ids of two columns (B: also total, rest)");
}

void ExplainOptions::prepare(StudyInput& input, CountOptions& counting,
                             const OutputOptions& output) const {
  const auto parts = parts_of(explain);
  if (!output.format.empty() && output.format != "text" && output.format != "json")
    throw UsageError("--explain writes text or json");
  if (!input.questions.empty()) throw UsageError("--explain names its question: name no other");
  input.questions = {parts.question};
  if (counting.tests.test.empty()) counting.tests.test = "effective";
  if (parts.b == "total" || parts.b == "rest") counting.tests.compare = parts.b;
  counting.tests.keep_traces = true;
}

void ExplainOptions::write(const TableSet& tables, const OutputOptions& output) const {
  const auto parts = parts_of(explain);
  const auto& table = tables.tables.at(0);
  const auto row = find_row(table, parts.row);
  const auto a = find_column(table, parts.a);
  const auto b = find_column(table, parts.b);
  for (std::size_t i = 0; i < table.comparisons.size(); ++i) {
    const auto& each = table.comparisons[i];
    const bool same = (each.a == a && each.b == b) || (each.a == b && each.b == a);
    if (each.row != row || !same) continue;
    write_result(output.output, output.force,
                 writes_json(output) ? explain_json(table, i) : explain_text(table, i));
    return;
  }
  throw Error(
      "explain",
      "'" + excerpt(parts.a) + "' and '" + excerpt(parts.b) + "' are not held against each other",
      "only columns of one banner group are, as --compare says");
}

}  // namespace sondeo
