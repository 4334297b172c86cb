// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include "base/spreadsheet.h"
#include "delimited.h"
#include "render/cells.h"
#include "render/render.h"
#include "sample.h"

namespace sondeo {

TEST_CASE("wide: a banner as the eye sees it") {
  TableSet set;
  set.tables = {sample::banner()};
  set.tables[0].columns.resize(3);
  for (Row& row : set.tables[0].rows) row.cells.resize(3);
  set.tables[0].rows[1].cells[2].values[2].number.reset();
  CHECK(render_wide(set, {}) ==
        "table,row,Total,Region: North,Region: South\n"
        "Q3,Unweighted base,1504,1504,90\n"
        "Q3,Weighted base,1505,1505,91\n"
        "Q3,Effective base,1404,1404,87\n"
        "Q3,Approve (net),49,49,\n"
        "Q3,Strongly approve,17,17,17\n"
        "Q3,Somewhat approve,32,32,32\n"
        "Q3,Don't know,0,0,0\n"
        "Q3,Mean,2.50,2.50,2.50\n"
        "Q3,Not in the base,12,12,12\n");
}

TEST_CASE("wide: delimiter, decimal mark, several statistics") {
  TableSet set;
  set.tables = {sample::banner()};
  set.tables[0].weight = "none";
  set.tables[0].shown = {"column_percent", "row_percent"};
  RenderOptions options;
  options.delimiter = ';';
  options.decimal = ",";
  options.look.digits = 1;
  const std::string out = render_wide(set, options);
  CHECK(
      out.starts_with("table;row;Total;Region: North;Region: South;Sex: Men\n"
                      "Q3;Unweighted base;1504;1504;90;30\n"
                      "Q3;Approve (net) (column %);48,6;48,6;48,6;48,6\n"
                      "Q3;Approve (net) (row %);24,3;24,3;24,3;24,3\n"));
  options.delimiter = ',';
  CHECK(render_wide(set, options).find("Q3,Approve (net) (column %),\"48,6\",") !=
        std::string::npos);
}

TEST_CASE("wide: a topline has %, ± and n") {
  TableSet set;
  set.tables = {sample::topline()};
  CHECK(render_wide(set, {}) ==
        "table,row,%,±,n\n"
        "Q3,Unweighted base,,,1504\n"
        "Q3,Weighted base,,,1505\n"
        "Q3,Effective base,,,1404\n"
        "Q3,Approve (net),49,1.9,751\n"
        "Q3,Strongly approve,17,1.9,259\n"
        "Q3,Somewhat approve,32,1.9,492\n"
        "Q3,Don't know,0,1.9,0\n"
        "Q3,Mean,2.50,0.05,1380\n"
        "Q3,Not in the base,,,12\n");
}

TEST_CASE("wide: tables with the same columns share a header, others begin a new one") {
  TableSet set;
  set.tables = {sample::topline(), sample::topline(), sample::banner()};
  const std::string out = render_wide(set, {});
  std::size_t headers = 0;
  for (std::size_t at = 0; (at = out.find("table,row,", at)) != std::string::npos; ++at) ++headers;
  CHECK(headers == 2);
  CHECK(out.find("\n\ntable,row,Total") != std::string::npos);
}

TEST_CASE("wide: hostile labels stay in their cells") {
  TableSet set;
  set.tables = {sample::kitchen_sink().tables[1]};
  const sample::Records records = sample::parse_delimited(render_wide(set, {}), ',');
  for (const auto& record : records) {
    CHECK(record.size() == set.tables[0].columns.size() + 2);
    for (const std::string& cell : record) CHECK_FALSE(needs_guard(cell));
  }
}

}  // namespace sondeo
