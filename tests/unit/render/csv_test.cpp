// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>

#include "base/spreadsheet.h"
#include "delimited.h"
#include "render/cells.h"
#include "render/render.h"
#include "sample.h"

namespace sondeo {
namespace {

using sample::parse_delimited;
using sample::Records;

constexpr std::string_view header_words =
    "table,weight,row_id,row,column_id,column,against_id,of,statistic,value,unit,flag\n";

bool has_cell(const Records& records, const std::string& text) {
  return std::any_of(records.begin(), records.end(), [&](const auto& record) {
    return std::find(record.begin(), record.end(), text) != record.end();
  });
}

}  // namespace

TEST_CASE("guard: formulas are, numbers and words are not") {
  for (const char* text :
       {"=1", "+a",   "-",   "--1",  "@x",   "\t",    "\r",  "\n", "＝1", "＋a",   "－1",
        "＠", "-1-1", "+1e", "-1 x", "-1  ", "-1 %%", "-1,", "=",  "+.",  "-1.2.", "-٣"}) {
    CAPTURE(text);
    CHECK(needs_guard(text));
  }
  for (const char* text : {"", "a", "1", "-1", "+1", "-1.5", "-.5", "+,5", "-1,234.5", "-1e5",
                           "+1E-05", "-5 %", "-5%", " =1", "'=1", "1=1", "–1"}) {
    CAPTURE(text);
    CHECK_FALSE(needs_guard(text));
  }
}

TEST_CASE("cells: quoting is RFC 4180 and no more") {
  std::string out;
  CellWriter writer(out, ';', false);
  for (const char* text : {"plain", "a;b", "a,b", "say \"hi\"", "two\nlines", "=1;2", ""})
    writer.text(text);
  writer.end_line();
  writer.plain("-a");
  writer.end_line();
  CHECK(out == "plain;\"a;b\";a,b;\"say \"\"hi\"\"\";\"two\nlines\";\"'=1;2\";\n-a\n");
}

TEST_CASE("csv: one line per number, in the table's order") {
  TableSet set;
  set.tables = {sample::banner()};
  set.tables[0].columns[1].path = {"Region", "North", "Sex", "Men"};
  const std::string out = render_csv(set, {});
  CHECK(out.starts_with(std::string(header_words) +
                        "Q3,w,_base,Base,_total,Total,,,n,1504,respondents,\n"
                        "Q3,w,_base,Base,_total,Total,,,weighted_n,1504.5,weighted,\n"
                        "Q3,w,_base,Base,_total,Total,,,effective_n,1403.6,weighted,\n"));
  CHECK(out.find("Q3,w,1,Strongly approve,region=1,Region: North > Sex: Men,,column_percent,moe,"
                 "1.94,percent,\n") != std::string::npos);
  CHECK(out.find("Q3,w,_mean,Mean,sex=1,Sex: Men,,,mean,2.4961,value,\n") != std::string::npos);
}

TEST_CASE("csv: an absent number is an empty cell with its reason") {
  TableSet set;
  set.tables = {sample::topline()};
  set.tables[0].rows[1].cells[0].values = {
      sample::absent("column_percent", Unit::percent, "zero_base")};
  CHECK(render_csv(set, {}).find(
            "Q3,w,net:approve,Approve (net),_total,Total,,,column_percent,,percent,zero_base\n") !=
        std::string::npos);
}

TEST_CASE("csv, tsv: rectangular, labels exact, guarded, whatever they contain") {
  const TableSet set = sample::kitchen_sink();
  std::size_t values = 0;
  for (const Table& table : set.tables) {
    for (const Row& row : table.rows) {
      for (const Cell& cell : row.cells) values += cell.values.size();
    }
  }
  for (const bool raw : {false, true}) {
    RenderOptions options;
    options.raw = raw;
    const Records csv = parse_delimited(render_csv(set, options), ',');
    CHECK(csv == parse_delimited(render_tsv(set, options), '\t'));
    CHECK(csv.size() == values + 1);
    for (const auto& record : csv) {
      CHECK(record.size() == 12);
      for (const std::string& cell : record) CHECK((raw || !needs_guard(cell)));
    }
    for (const std::string& label : sample::hostile_labels()) {
      CAPTURE(label);
      CHECK(has_cell(csv, (!raw && needs_guard(label) ? "'" : "") + label));
    }
  }
}

TEST_CASE("csv: the byte order mark comes first when asked for") {
  RenderOptions options;
  options.bom = true;
  for (const auto render : {render_csv, render_tsv, render_wide}) {
    TableSet set;
    set.tables = {sample::topline()};
    CHECK(render(set, options).starts_with("\xEF\xBB\xBFtable"));
    CHECK(render(set, {}).starts_with("table"));
  }
}

}  // namespace sondeo
