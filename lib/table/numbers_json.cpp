// SPDX-License-Identifier: MIT
#include "table/numbers_json.h"

#include <nlohmann/json.hpp>

#include "table/json_document.h"
#include "table/table.h"

namespace sondeo {
namespace {

class Reader {
 public:
  explicit Reader(TableNumbers& file) : file_(file) {}

  void read_table(const JsonPlace& table) {
    TableNumber number;
    number.table = kept(table, "id");
    number.weight = kept(table, "weight");
    std::vector<ColumnWords> columns;
    const JsonPlace given = table.list("columns");
    for (std::size_t j = 0; j < given.size(); ++j) columns.push_back(read_column(given.item(j)));
    const JsonPlace rows = table.list("rows");
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const JsonPlace row = rows.item(i);
      number.row_id = kept(row, "id");
      number.row = kept(row, "label");
      const JsonPlace cells = row.list("cells");
      if (cells.size() != columns.size()) {
        cells.refuse("has " + std::to_string(cells.size()) + " cells for " +
                     std::to_string(columns.size()) + " columns");
      }
      for (std::size_t j = 0; j < cells.size(); ++j) {
        number.column_id = columns[j].id;
        number.column = columns[j].path;
        read_cell(cells.item(j), number);
      }
    }
    if (table.has("tests")) read_tests(table.list("tests"), number);
  }

 private:
  struct ColumnWords {
    std::string_view id;
    std::string_view path;
  };

  void read_tests(const JsonPlace& tests, TableNumber number) {
    for (std::size_t i = 0; i < tests.size(); ++i) {
      const JsonPlace test = tests.item(i);
      number.row_id = kept(test, "id");
      number.row = kept(test, "label");
      number.column_id = kept(test, "group");
      number.column = kept(test, "heading");
      read_cell(test.member("values"), number);
    }
  }

  std::string_view kept(const JsonPlace& object, const char* name) {
    return keep(file_, object.text(name));
  }

  ColumnWords read_column(const JsonPlace& given) {
    Column column;
    column.label = given.text("label");
    column.path = given.member("path").texts();
    return {kept(given, "id"), keep(file_, column_path(column))};
  }

  void read_cell(const JsonPlace& cell, TableNumber number) {
    if (!cell.json().is_array()) cell.refuse("must be an array");
    for (std::size_t k = 0; k < cell.size(); ++k) {
      const JsonPlace given = cell.item(k);
      number.statistic = kept(given, "statistic");
      number.of = kept(given, "of");
      number.unit = kept(given, "unit");
      number.flag = kept(given, "flag");
      number.value.reset();
      number.letters = {};
      const JsonPlace value = given.member("value");
      const nlohmann::json& json = value.json();
      if (number.statistic == "letters") {
        if (json.is_string()) number.letters = keep(file_, value.text());
        if (!json.is_string() && !json.is_null()) value.refuse("must be a string");
      } else if (json.is_number()) {
        number.value = json.get<double>();
      } else if (!json.is_null()) {
        value.refuse("must be a number or null");
      }
      file_.numbers.push_back(number);
    }
  }

  TableNumbers& file_;
};

}  // namespace

void read_json_numbers(TableNumbers& file) {
  const nlohmann::json json = parse_json(file.text, file.name);
  const JsonPlace document(file.name, json);
  require_tables_schema(document);
  const JsonPlace tables = document.list("tables");
  Reader reader(file);
  for (std::size_t i = 0; i < tables.size(); ++i) reader.read_table(tables.item(i));
}

}  // namespace sondeo
