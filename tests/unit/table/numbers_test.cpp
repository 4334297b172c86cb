// SPDX-License-Identifier: MIT
#include "table/numbers.h"

#include <doctest/doctest.h>

#include "../layout/files.h"
#include "../render/sample.h"
#include "render/render.h"

namespace sondeo {
namespace {

TableNumbers read(const std::string& text) {
  const files::TempFile file(text);
  Issues issues;
  return read_numbers({file.path(), ""}, issues);
}

// The error of reading it; message, line and column.
Error refusal(const std::string& text) {
  try {
    read(text);
  } catch (const Error& error) {
    return error;
  }
  FAIL("was read");
  return {"", ""};
}

const std::string header =
    "table,weight,row_id,row,column_id,column,against_id,of,statistic,value,unit,flag\n";

}  // namespace

TEST_CASE("table numbers: json, csv and tsv of any tables say the same") {
  const TableSet set = sample::kitchen_sink();
  const TableNumbers json = read(render_json(set, {}));
  CHECK(json.json);
  for (const auto render : {render_csv, render_tsv}) {
    const TableNumbers csv = read(render(set, {}));
    CHECK(!csv.json);
    REQUIRE(csv.numbers.size() == json.numbers.size());
    for (std::size_t i = 0; i < json.numbers.size(); ++i) {
      const TableNumber& a = json.numbers[i];
      const TableNumber& b = csv.numbers[i];
      CHECK(a.table == b.table);
      CHECK(a.weight == b.weight);
      CHECK(a.row_id == b.row_id);
      CHECK(a.column_id == b.column_id);
      CHECK(a.column == b.column);
      CHECK(a.of == b.of);
      CHECK(a.statistic == b.statistic);
      CHECK(a.unit == b.unit);
      CHECK(a.flag == b.flag);
      CHECK(a.value == b.value);
    }
  }
}

TEST_CASE("table numbers: every number of the tables, in their order") {
  const TableSet set = sample::kitchen_sink();
  const TableNumbers file = read(render_json(set, {}));
  std::size_t next = 0;
  for (const Table& table : set.tables) {
    for (const Row& row : table.rows) {
      for (std::size_t j = 0; j < row.cells.size(); ++j) {
        for (const Value& value : row.cells[j].values) {
          REQUIRE(next < file.numbers.size());
          const TableNumber& number = file.numbers[next++];
          CHECK(number.table == table.id);
          CHECK(number.row == row.label);
          CHECK(number.column_id == table.columns[j].id);
          CHECK(number.value == value.number);
        }
      }
    }
  }
  CHECK(next == file.numbers.size());
}

TEST_CASE("table numbers: letters are texts, comparisons are left out") {
  const TableNumbers csv =
      read(header +
           "q1,none,1,Yes,a=1,a: 1,,column_percent,letters,BC,,\n"
           "q1,none,1,Yes,a=1,a: 1,a=2,column_percent,difference,3.5,percent,\n"
           "q1,none,1,Yes,a=2,a: 2,,column_percent,letters,,,\n");
  REQUIRE(csv.numbers.size() == 2);
  CHECK(csv.numbers[0].letters == "BC");
  CHECK(!csv.numbers[0].value);
  CHECK(csv.numbers[1].letters.empty());
}

TEST_CASE("table numbers: columns in another order, CRLF, semicolons and a byte order mark") {
  const TableNumbers file = read(
      "\xEF\xBB\xBFvalue;table;weight;row_id;row;column_id;column;against_id;of;statistic;unit;flag"
      "\r\n49.5;q;none;1;\"a; b\";_total;Total;;;column_percent;percent;\r\n");
  REQUIRE(file.numbers.size() == 1);
  CHECK(file.numbers[0].value == 49.5);
  CHECK(file.numbers[0].row == "a; b");
}

TEST_CASE("table numbers: what is no table file is refused, with the line where there is one") {
  const Error value = refusal(header + "q,none,1,a,_total,Total,,,n,4,respondents,\n" +
                              "q,none,1,a,_total,Total,,,n,\"4,5\",respondents,\n");
  CHECK(value.id() == "table-file");
  CHECK(value.message() == "the value '4,5' is no number");
  CHECK(value.place().line == 3);
  const Error wide = refusal("table,row,Total\nq,Yes,50\n");
  CHECK(wide.message() == "this is no table file: the column 'weight' is missing");
  CHECK(wide.place().line == 1);
  CHECK(refusal("").id() == "empty-file");
  CHECK(refusal(header + "q,none\n").id() == "short-row");
}

TEST_CASE("table numbers: broken JSON is refused at its line and column") {
  const std::string good = render_json(sample::kitchen_sink(), {});
  const Error cut = refusal(good.substr(0, good.size() / 2));
  CHECK(cut.message() == "the JSON ends here, in the middle");
  const Error wrong = refusal("{\"schema\":\"sondeo.tables/1\",\n \"tables\":[1,]}\n");
  CHECK(wrong.message() == "this is not JSON");
  CHECK(wrong.place().line == 2);
  CHECK(wrong.place().column == 14);
  CHECK(refusal("{\"schema\":\"\xff\"}").id() == "table-file");
  CHECK(refusal("{\"schema\":1e999}").id() == "table-file");
}

TEST_CASE("table numbers: JSON that is something else is refused by its place in the document") {
  const std::string table =
      R"({"schema":"sondeo.tables/1","tables":[{"id":"q","weight":"none","columns":[)"
      R"({"id":"_total","label":"Total","path":[]}],"rows":[{"id":"1","label":"a","cells":[[)"
      R"({"statistic":"n","of":"","value":4,"unit":"respondents","flag":""}]]}]}]})";
  CHECK(read(table).numbers.size() == 1);
  const auto changed = [&](const std::string& from, const std::string& to) {
    std::string text = table;
    text.replace(text.find(from), from.size(), to);
    return refusal(text).message();
  };
  const std::string no = "this is no table file: ";
  CHECK(refusal("[]").message() == no + "it must be an object");
  CHECK(refusal("{}").message() == no + "schema is missing");
  CHECK(changed("tables/1", "tables/2") ==
        no + "schema is 'sondeo.tables/2', not 'sondeo.tables/1'");
  CHECK(changed("\"value\":4", "\"value\":\"4\"") ==
        no + "tables[0].rows[0].cells[0][0].value must be a number or null");
  CHECK(changed("\"statistic\"", "\"static\"") ==
        no + "tables[0].rows[0].cells[0][0].statistic is missing");
  CHECK(changed("\"cells\":[[", "\"cells\":[[],[") ==
        no + "tables[0].rows[0].cells has 2 cells for 1 columns");
  CHECK(changed("\"path\":[]", "\"path\":[1]") ==
        no + "tables[0].columns[0].path must hold strings only");
  CHECK(changed("\"id\":\"1\"", "\"id\":1") == no + "tables[0].rows[0].id must be a string");
}

TEST_CASE("table numbers: any damage to a file is read or refused, never worse") {
  const std::string good = render_json(sample::kitchen_sink(), {}).substr(0, 6000);
  const std::string csv = render_csv(sample::kitchen_sink(), {}).substr(0, 3000);
  for (const std::string* text : {&good, &csv}) {
    for (std::size_t i = 0; i < text->size(); i += 7) {
      for (const char byte : {'"', ',', '\n', '\0', '[', '\xff'}) {
        std::string damaged = *text;
        damaged[i] = byte;
        try {
          read(damaged);
        } catch (const Error&) {
        }
      }
    }
  }
}

}  // namespace sondeo
