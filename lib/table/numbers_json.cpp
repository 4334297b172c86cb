// SPDX-License-Identifier: MIT
#include "table/numbers_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "table/table.h"

namespace sondeo {
namespace {

using Json = nlohmann::json;

// Reads a document and knows where in it, such as tables[2].rows[0].cells[1][3].value: what is
// wrong is named by that, since a parsed document has no lines.
class Reader {
 public:
  explicit Reader(TableNumbers& file) : file_(file) {}

  void read(const Json& document) {
    if (!document.is_object()) refuse("", "must be an object");
    const std::string& schema = text(document, "", "schema");
    if (schema != "sondeo.tables/1")
      refuse(".schema", "is '" + excerpt(schema) + "', not 'sondeo.tables/1'");
    const Json& tables = list(document, "", "tables");
    for (std::size_t i = 0; i < tables.size(); ++i)
      read_table(tables[i], ".tables[" + std::to_string(i) + "]");
  }

 private:
  [[noreturn]] void refuse(const std::string& where, const std::string& what) const {
    throw Error(Place{file_.name}, "table-file",
                "this is no table file: " + (where.empty() ? "it" : where.substr(1)) + " " + what,
                "tables are compared as json or csv (-f json, -f csv)");
  }

  const Json& member(const Json& object, const std::string& where, const char* name) const {
    if (!object.is_object()) refuse(where, "must be an object");
    const auto found = object.find(name);
    if (found == object.end()) refuse(where + "." + name, "is missing");
    return *found;
  }

  const Json& list(const Json& object, const std::string& where, const char* name) const {
    const Json& value = member(object, where, name);
    if (!value.is_array()) refuse(where + "." + name, "must be an array");
    return value;
  }

  const std::string& text(const Json& object, const std::string& where, const char* name) const {
    const Json& value = member(object, where, name);
    if (!value.is_string()) refuse(where + "." + name, "must be a string");
    return value.get_ref<const std::string&>();
  }

  std::string_view kept(const Json& object, const std::string& where, const char* name) {
    return keep(file_, text(object, where, name));
  }

  struct ColumnWords {
    std::string_view id;
    std::string_view path;
  };

  ColumnWords read_column(const Json& json, const std::string& where) {
    Column column;
    column.label = text(json, where, "label");
    const Json& path = list(json, where, "path");
    for (std::size_t i = 0; i < path.size(); ++i) {
      if (!path[i].is_string()) refuse(where + ".path", "must hold strings only");
      column.path.push_back(path[i].get<std::string>());
    }
    return {kept(json, where, "id"), keep(file_, column_path(column))};
  }

  void read_table(const Json& table, const std::string& where) {
    TableNumber number;
    number.table = kept(table, where, "id");
    number.weight = kept(table, where, "weight");
    std::vector<ColumnWords> columns;
    const Json& given = list(table, where, "columns");
    for (std::size_t j = 0; j < given.size(); ++j)
      columns.push_back(read_column(given[j], where + ".columns[" + std::to_string(j) + "]"));
    const Json& rows = list(table, where, "rows");
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const std::string here = where + ".rows[" + std::to_string(i) + "]";
      number.row_id = kept(rows[i], here, "id");
      number.row = kept(rows[i], here, "label");
      const Json& cells = list(rows[i], here, "cells");
      if (cells.size() != columns.size()) {
        refuse(here + ".cells", "has " + std::to_string(cells.size()) + " cells for " +
                                    std::to_string(columns.size()) + " columns");
      }
      for (std::size_t j = 0; j < cells.size(); ++j) {
        number.column_id = columns[j].id;
        number.column = columns[j].path;
        read_cell(cells[j], here + ".cells[" + std::to_string(j) + "]", number);
      }
    }
  }

  void read_cell(const Json& cell, const std::string& where, TableNumber number) {
    if (!cell.is_array()) refuse(where, "must be an array");
    for (std::size_t k = 0; k < cell.size(); ++k) {
      const std::string here = where + "[" + std::to_string(k) + "]";
      number.statistic = kept(cell[k], here, "statistic");
      number.of = kept(cell[k], here, "of");
      number.unit = kept(cell[k], here, "unit");
      number.flag = kept(cell[k], here, "flag");
      number.value.reset();
      number.letters = {};
      const Json& value = member(cell[k], here, "value");
      if (number.statistic == "letters") {
        if (value.is_string()) number.letters = keep(file_, value.get_ref<const std::string&>());
        if (!value.is_string() && !value.is_null()) refuse(here + ".value", "must be a string");
      } else if (value.is_number()) {
        number.value = value.get<double>();
      } else if (!value.is_null()) {
        refuse(here + ".value", "must be a number or null");
      }
      file_.numbers.push_back(number);
    }
  }

  TableNumbers& file_;
};

// Line and column of a byte, counted from 1.
Place place_of(const TableNumbers& file, std::size_t byte) {
  const std::string_view before = std::string_view(file.text).substr(0, byte > 0 ? byte - 1 : 0);
  const std::size_t line_end = before.rfind('\n');
  const std::size_t start = line_end == std::string_view::npos ? 0 : line_end + 1;
  const auto lines = static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n'));
  return {file.name, lines + 1, before.size() - start + 1};
}

}  // namespace

void read_json_numbers(TableNumbers& file) {
  Json document;
  try {
    document = Json::parse(file.text);
  } catch (const Json::parse_error& error) {
    const bool cut = error.byte > file.text.size();
    throw Error(place_of(file, error.byte), "table-file",
                cut ? "the JSON ends here, in the middle" : "this is not JSON",
                cut ? "was the file written completely?" : "");
  } catch (const Json::exception&) {
    throw Error(Place{file.name}, "table-file",
                "the JSON holds a number beyond the range of doubles");
  }
  Reader(file).read(document);
}

}  // namespace sondeo
