// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "render/render.h"
#include "sample.h"

namespace sondeo {
namespace {

using Json = nlohmann::ordered_json;

std::vector<std::string> keys(const Json& object) {
  std::vector<std::string> names;
  for (const auto& item : object.items()) names.push_back(item.key());
  return names;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("json: the schema, in order") {
  const Json json = Json::parse(render_json(sample::kitchen_sink(), {}));
  CHECK(keys(json) == Names{"schema", "provenance", "tables"});
  CHECK(json["schema"] == "sondeo.tables/1");
  CHECK(keys(json["provenance"]) == Names{"version", "input"});
  CHECK(keys(json["provenance"]["input"]) == Names{"bytes", "rows"});
  const Json& table = json["tables"][0];
  CHECK(keys(table) == Names{"id", "title", "section", "shape", "base", "filter", "weight", "level",
                             "shown", "language", "weight_label", "synthetic", "low_base",
                             "very_low_base", "columns", "rows", "comparisons", "notes"});
  CHECK(keys(table["columns"][0]) == Names{"id", "label", "path", "mark", "suppressed"});
  CHECK(keys(table["rows"][0]) == Names{"id", "label", "kind", "indent", "cells"});
  CHECK(keys(table["rows"][0]["cells"][0][0]) ==
        Names{"statistic", "of", "value", "display", "unit", "flag"});
  CHECK(table["comparisons"].is_array());
}

TEST_CASE("json: everything the table knows comes back exactly") {
  const TableSet set = sample::kitchen_sink();
  const Json json = Json::parse(render_json(set, {}));
  REQUIRE(json["tables"].size() == set.tables.size());
  for (std::size_t t = 0; t < set.tables.size(); ++t) {
    const Table& table = set.tables[t];
    const Json& read = json["tables"][t];
    CHECK(read["id"] == table.id);
    CHECK(read["title"] == table.title);
    CHECK(read["notes"] == Json(table.notes));
    REQUIRE(read["columns"].size() == table.columns.size());
    REQUIRE(read["rows"].size() == table.rows.size());
    for (std::size_t j = 0; j < table.columns.size(); ++j) {
      CHECK(read["columns"][j]["label"] == table.columns[j].label);
      CHECK(read["columns"][j]["path"] == Json(table.columns[j].path));
      CHECK(read["columns"][j]["suppressed"] == table.columns[j].suppressed);
    }
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
      CHECK(read["rows"][i]["label"] == table.rows[i].label);
      REQUIRE(read["rows"][i]["cells"].size() == table.rows[i].cells.size());
      for (std::size_t j = 0; j < table.rows[i].cells.size(); ++j) {
        const std::vector<Value>& values = table.rows[i].cells[j].values;
        REQUIRE(read["rows"][i]["cells"][j].size() == values.size());
        for (std::size_t k = 0; k < values.size(); ++k) {
          const Json& value = read["rows"][i]["cells"][j][k];
          CHECK(value["statistic"] == values[k].statistic);
          CHECK(value["display"] == display(values[k], {}));
          CHECK(value["flag"] == values[k].flag);
          if (values[k].number) {
            CHECK(value["value"].get<double>() == *values[k].number);
          } else {
            CHECK(value["value"].is_null());
          }
        }
      }
    }
  }
}

TEST_CASE("json: whole numbers are whole, others have all their digits, NaN is null") {
  TableSet set;
  set.tables = {sample::topline()};
  std::vector<Value>& values = set.tables[0].rows[1].cells[0].values;
  values.clear();
  for (const double number : {1504.0, -0.0, 0.1, 1.0 / 3, 1e22, -7.0, 9007199254740993.0,
                              std::nan(""), std::numeric_limits<double>::infinity()}) {
    values.push_back(sample::value("count", number, Unit::weighted));
  }
  const std::string out = render_json(set, {});
  for (const char* text :
       {"1504,", "0,", "0.1,", "0.3333333333333333,", "1e+22,", "-7,", "null,"}) {
    CAPTURE(text);
    CHECK(out.find("\"value\":" + std::string(text)) != std::string::npos);
  }
  CHECK(out.find("-0,") == std::string::npos);
  CHECK(out.find("1504.0,") == std::string::npos);
}

TEST_CASE("json: no version, no provenance; nothing at all is still a document") {
  TableSet set;
  CHECK(render_json(set, {}) == "{\"schema\":\"sondeo.tables/1\",\"tables\":[]}\n");
  set.provenance.version = "0.1.0";
  set.provenance.input_name = "w7.csv";
  set.provenance.input_xxh3 = "2d06800538d394c2";
  set.provenance.weight = "w";
  set.provenance.date = "2026-11-24T00:00:00Z";
  set.provenance.command = "sondeo-freq w7.csv q1";
  const Json known = Json::parse(render_json(set, {}))["provenance"];
  CHECK(keys(known) == Names{"version", "date", "command", "input", "weight", "filter"});
  CHECK(keys(known["input"]) == Names{"name", "xxh3", "bytes", "rows"});
  CHECK(known["command"] == "sondeo-freq w7.csv q1");
  CHECK(Json::parse(render_json(set, {}))["provenance"]["input"]["rows"] == 0);
}

TEST_CASE("json: one line per cell") {
  TableSet set;
  set.tables = {sample::banner()};
  const std::string out = render_json(set, {});
  std::size_t cells = 0;
  for (const Row& row : set.tables[0].rows) cells += row.cells.size();
  const auto lines = static_cast<std::size_t>(std::count(out.begin(), out.end(), '\n'));
  CHECK(lines == 2 + set.tables[0].columns.size() + set.tables[0].rows.size() + cells);
}

}  // namespace sondeo
