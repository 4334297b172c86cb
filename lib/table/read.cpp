// SPDX-License-Identifier: MIT
#include "table/read.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "table/json_document.h"
#include "table/numbers.h"
#include "table/read_tests.h"

namespace sondeo {
namespace {

// The place of a word among `words`; refused if it is none of them.
template <std::size_t size>
std::size_t word_of(const JsonPlace& object, const char* name,
                    const std::array<std::string_view, size>& words) {
  const std::string& given = object.text(name);
  const auto found = std::find(words.begin(), words.end(), given);
  if (found == words.end()) {
    std::string known;
    for (const std::string_view word : words)
      known += (known.empty() ? "'" : ", '") + std::string(word) + "'";
    object.member(name).refuse("is none of " + known);
  }
  return static_cast<std::size_t>(found - words.begin());
}

constexpr std::array<std::string_view, 5> units{"respondents", "weighted", "percent", "value", ""};
constexpr std::array<std::string_view, 5> kinds{"base", "category", "net", "statistic", "missing"};
constexpr std::array<std::string_view, 3> marks{"", "*", "**"};
constexpr std::array<std::string_view, 2> shapes{"topline", "banner"};

Value read_value(const JsonPlace& given) {
  Value value{given.text("statistic"), given.text("of"), std::nullopt,
              static_cast<Unit>(word_of(given, "unit", units)), given.text("flag")};
  const JsonPlace number = given.member("value");
  if (number.json().is_number())
    value.number = number.json().get<double>();
  else if (!number.json().is_null())
    number.refuse("must be a number or null");
  return value;
}

Cell read_cell(const JsonPlace& given) {
  if (!given.json().is_array()) given.refuse("must be an array");
  Cell cell;
  for (std::size_t k = 0; k < given.size(); ++k) {
    const JsonPlace value = given.item(k);
    // Letters are no number: a table keeps them apart.
    if (value.text("statistic") == "letters")
      cell.letters = value.text_or("value", "");
    else
      cell.values.push_back(read_value(value));
  }
  return cell;
}

Column read_column(const JsonPlace& given) {
  return {given.text("id"),
          given.text("label"),
          given.member("path").texts(),
          static_cast<BaseMark>(given.has("mark") ? word_of(given, "mark", marks) : 0),
          given.flag_or("suppressed", false),
          given.text_or("group", ""),
          given.text_or("letter", "")};
}

Row read_row(const JsonPlace& given, std::size_t columns) {
  Row row{given.text("id"),
          given.text("label"),
          static_cast<RowKind>(word_of(given, "kind", kinds)),
          0,
          {}};
  row.indent = static_cast<int>(std::clamp(given.number_or("indent", 0), -1000.0, 1000.0));
  if (given.has("members")) row.members = given.member("members").texts();
  const JsonPlace cells = given.list("cells");
  if (cells.size() != columns) {
    cells.refuse("has " + std::to_string(cells.size()) + " cells for " + std::to_string(columns) +
                 " columns");
  }
  for (std::size_t j = 0; j < columns; ++j) row.cells.push_back(read_cell(cells.item(j)));
  return row;
}

TableTest read_test(const JsonPlace& given) {
  return {given.text("id"),
          given.text("label"),
          given.text("group"),
          given.text("heading"),
          given.member("columns").texts(),
          read_cell(given.member("values")).values};
}

Table read_table(const JsonPlace& given) {
  Table table;
  table.id = given.text("id");
  table.title = given.text_or("title", table.id);
  table.section = given.text_or("section", "");
  table.shape = static_cast<TableShape>(word_of(given, "shape", shapes));
  table.base = given.text_or("base", "");
  table.filter = given.text_or("filter", "");
  table.weight = given.text("weight");
  table.weight_label = given.text_or("weight_label", "");
  table.language = given.text_or("language", table.language);
  table.synthetic = given.flag_or("synthetic", false);
  table.level = given.number_or("level", table.level);
  table.low_base = given.number_or("low_base", table.low_base);
  table.very_low_base = given.number_or("very_low_base", table.very_low_base);
  table.sum100 = given.flag_or("sum100", false);
  table.shown = given.member("shown").texts();
  const JsonPlace columns = given.list("columns");
  for (std::size_t j = 0; j < columns.size(); ++j)
    table.columns.push_back(read_column(columns.item(j)));
  const JsonPlace rows = given.list("rows");
  for (std::size_t i = 0; i < rows.size(); ++i)
    table.rows.push_back(read_row(rows.item(i), table.columns.size()));
  read_tests(given, table);
  if (given.has("tests")) {
    const JsonPlace tests = given.list("tests");
    for (std::size_t i = 0; i < tests.size(); ++i) table.tests.push_back(read_test(tests.item(i)));
  }
  if (given.has("notes")) table.notes = given.member("notes").texts();
  // One column is what a topline is: renderers count on it.
  if (table.shape == TableShape::topline && table.columns.empty() && !table.rows.empty())
    columns.refuse("is empty");
  return table;
}

std::uint64_t count_of(const JsonPlace& object, const char* name) {
  const JsonPlace value = object.member(name);
  if (!value.json().is_number_unsigned()) value.refuse("must be a whole number");
  return value.json().get<std::uint64_t>();
}

Provenance read_provenance(const JsonPlace& given) {
  Provenance made;
  made.version = given.text("version");
  made.date = given.text_or("date", "");
  made.command = given.text_or("command", "");
  const JsonPlace input = given.member("input");
  made.input_name = input.text_or("name", "");
  made.input_xxh3 = input.text_or("xxh3", "");
  made.input_bytes = count_of(input, "bytes");
  made.input_rows = count_of(input, "rows");
  if (given.has("study")) {
    made.study_name = given.member("study").text_or("name", "");
    made.study_xxh3 = given.member("study").text_or("xxh3", "");
  }
  made.weight = given.text_or("weight", "");
  made.filter = given.text_or("filter", "");
  return made;
}

}  // namespace

TableSet parse_tables(const std::string& text, const std::string& file) {
  const nlohmann::json json = parse_json(text, file);
  const JsonPlace document(file, json);
  require_tables_schema(document);
  TableSet set;
  set.title = document.text_or("title", "");
  if (document.has("weight_ratio")) set.weight_ratio = document.number_or("weight_ratio", 1);
  if (document.has("provenance")) set.provenance = read_provenance(document.member("provenance"));
  const JsonPlace tables = document.list("tables");
  for (std::size_t i = 0; i < tables.size(); ++i) set.tables.push_back(read_table(tables.item(i)));
  return set;
}

TableSet read_tables(const InputFile& input, Issues& issues) {
  return parse_tables(read_whole(input, issues), input_name(input));
}

std::string read_whole(const InputFile& input, Issues& issues) {
  const auto source = open_input(input, issues);
  std::string text;
  for (std::size_t piece = 1 << 16;; piece = std::min<std::size_t>(piece * 2, 64 << 20)) {
    const std::size_t before = text.size();
    if (before > largest_table_file) {
      throw Error(Place{input_name(input)}, "table-size",
                  "the file is larger than 1 GiB: is this a table file?");
    }
    text.resize(before + piece);
    const std::size_t got = source->read_at(before, text.data() + before, piece);
    text.resize(before + got);
    source->release(text.size());
    if (got < piece) break;
  }
  source->check_unchanged();
  return text;
}

}  // namespace sondeo
