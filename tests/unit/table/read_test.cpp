// SPDX-License-Identifier: MIT
#include "table/read.h"

#include <doctest/doctest.h>

#include <random>

#include "../render/sample.h"
#include "render/render.h"
#include "table/choose.h"

namespace sondeo {
namespace {

// Tables of any shape: what a reader must bring back is what any renderer may ask for.
TableSet random_set(std::mt19937& random) {
  const auto below = [&](std::size_t n) {
    return std::uniform_int_distribution<std::size_t>(0, n - 1)(random);
  };
  const std::vector<std::string> labels = sample::hostile_labels();
  const auto label = [&] { return labels[below(labels.size())]; };
  const std::vector<std::string> shown = {"column_percent", "row_percent", "count", "n"};
  TableSet set;
  set.title = label();
  if (below(2) == 0) set.weight_ratio = 1 + 7.0 / static_cast<double>(1 + below(9));
  if (below(2) == 0) {
    set.provenance = {"0.1.0",
                      below(1 << 20),
                      below(5000),
                      label(),
                      "a087bfde9686e7df",
                      "s.toml",
                      "1e0472a6561d04e8",
                      "w",
                      "",
                      "sondeo-freq 'a b'",
                      "2023-11-14T22:13:20Z"};
  }
  const std::size_t tables = below(4);
  for (std::size_t t = 0; t < tables; ++t) {
    Table table;
    table.id = below(3) == 0 ? label() : "q" + std::to_string(t);
    table.title = label();
    table.section = below(2) == 0 ? label() : "";
    table.shape = below(2) == 0 ? TableShape::topline : TableShape::banner;
    table.base = label();
    table.filter = label();
    table.weight = below(2) == 0 ? "none" : "w";
    table.weight_label = label();
    table.language = below(2) == 0 ? "en" : "es";
    table.synthetic = below(2) == 0;
    table.level = below(2) == 0 ? 95 : 99.9;
    table.low_base = 100 + static_cast<double>(below(3)) / 3;
    table.very_low_base = 30;
    table.shown.assign(shown.begin(), shown.begin() + 1 + static_cast<int>(below(4)));
    table.notes = {label(), label()};
    const std::size_t columns = table.shape == TableShape::topline ? 1 : below(6) + 1;
    for (std::size_t j = 0; j < columns; ++j) {
      Column column{"c" + std::to_string(j), label(), {}, static_cast<BaseMark>(below(3)), false};
      if (j > 0) column.path = {"Region", j > 2 ? label() : "North"};
      column.suppressed = below(5) == 0;
      table.columns.push_back(column);
    }
    const std::size_t rows = 1 + below(6);
    for (std::size_t i = 0; i < rows; ++i) {
      const auto kind = i == 0 ? RowKind::base : static_cast<RowKind>(1 + below(3));
      Row row{i == 0 ? "_base" : std::to_string(i), label(), kind, static_cast<int>(below(4)), {}};
      for (std::size_t j = 0; j < columns; ++j) {
        const double number = std::uniform_real_distribution<double>(0, 100)(random);
        Cell cell = kind == RowKind::base        ? sample::base_cell(1000, number)
                    : kind == RowKind::statistic ? sample::mean_cell(number)
                                                 : sample::category_cell(12, number);
        if (below(6) == 0) cell.values[below(cell.values.size())].number.reset();
        if (below(6) == 0) cell.values[below(cell.values.size())].flag = "min_base";
        row.cells.push_back(cell);
      }
      table.rows.push_back(row);
    }
    set.tables.push_back(table);
  }
  return set;
}

void check_same(const TableSet& set) {
  const TableSet read = parse_tables(render_json(set, {}), "tables.json");
  for (const Renderer& renderer : renderers()) {
    CAPTURE(renderer.name);
    for (const int digits : {0, 2}) {
      RenderOptions options;
      options.look.digits = digits;
      options.width = 90;
      CHECK(renderer.render(read, options) == renderer.render(set, options));
    }
  }
}

}  // namespace

TEST_CASE("tables read back: every format of what was read is that of what was written") {
  check_same(sample::kitchen_sink());
  check_same({});
  std::mt19937 random(20240301);
  for (int i = 0; i < 60; ++i) check_same(random_set(random));
}

TEST_CASE("tables read back: what is no table file is refused by its place") {
  const std::string good = render_json(sample::kitchen_sink(), {});
  const auto refusal = [&](const std::string& from, const std::string& to) -> std::string {
    std::string text = good;
    text.replace(text.find(from), from.size(), to);
    try {
      parse_tables(text, "t.json");
    } catch (const Error& error) {
      CHECK(error.id() == "table-file");
      CHECK(error.place().file == "t.json");
      return error.message();
    }
    return "";
  };
  const std::string no = "this is no table file: tables[0].";
  CHECK(refusal("\"shape\":\"topline\"", "\"shape\":\"round\"") ==
        no + "shape is none of 'topline', 'banner'");
  CHECK(refusal("\"kind\":\"base\"", "\"kind\":\"bass\"") ==
        no + "rows[0].kind is none of 'base', 'category', 'net', 'statistic', 'missing'");
  CHECK(refusal("\"level\":95", "\"level\":\"95\"") == no + "level must be a number");
  CHECK(refusal("\"synthetic\":false", "\"synthetic\":0") ==
        no + "synthetic must be true or false");
  CHECK(refusal("\"rows\":1504", "\"rows\":-1") ==
        "this is no table file: provenance.input.rows must be a whole number");
  CHECK(refusal("\"indent\":0", "\"indent\":1e300").empty());
}

TEST_CASE("tables read back: any damage to a file is refused, or read and rendered") {
  const std::string good = render_json(sample::kitchen_sink(), {}).substr(0, 5000) + "]]}]}]}";
  for (std::size_t i = 0; i < good.size(); i += 11) {
    for (const char byte : {'"', ',', '[', '9', '\xff'}) {
      std::string damaged = good;
      damaged[i] = byte;
      try {
        const TableSet set = parse_tables(damaged, "");
        for (const Renderer& renderer : renderers()) renderer.render(set, {});
      } catch (const Error&) {
      }
    }
  }
}

TEST_CASE("choose tables: by name or pattern, in the order of the file") {
  TableSet set;
  set.tables.resize(3);
  set.tables[0].id = "q1";
  set.tables[1].id = "q2_a";
  set.tables[2].id = "q2_b";
  TableSet some = set;
  choose_tables(some, {"q2_*", "q1"});
  CHECK(some.tables.size() == 3);
  some = set;
  choose_tables(some, {"q2_b"});
  REQUIRE(some.tables.size() == 1);
  CHECK(some.tables[0].id == "q2_b");
  CHECK_THROWS_WITH_AS(choose_tables(some, {"q9"}), "there is no table 'q9'", Error);
}

}  // namespace sondeo
