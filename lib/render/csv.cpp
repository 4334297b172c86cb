// SPDX-License-Identifier: MIT
// The contract for programs: one line per number, full precision, stable ids.
#include <array>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "render/cells.h"
#include "render/render.h"
#include "render/rows.h"
#include "table/letters.h"

namespace sondeo {
namespace {

constexpr std::array<std::string_view, 12> header_words = {
    "table",      "weight", "row_id",    "row",   "column_id", "column",
    "against_id", "of",     "statistic", "value", "unit",      "flag"};

class TableLines {
 public:
  TableLines(std::string& out, char delimiter, bool raw, const Table& table)
      : writer_(out, delimiter, raw), delimiter_(delimiter), raw_(raw), table_(table) {
    head_ = shared({table.id, table.weight});
    for (const Row& row : table.rows) rows_.push_back(shared({row.id, row.label}));
    for (const Column& column : table.columns)
      columns_.push_back(shared({column.id, column_path(column)}));
  }

  void write() {
    const bool lettered = shows_letters(table_);
    for (std::size_t i = 0; i < table_.rows.size(); ++i) {
      const Row& row = table_.rows[i];
      const auto of = lettered ? lettered_statistic(row) : "";
      for (std::size_t j = 0; j < row.cells.size(); ++j) {
        for (const Value& value : row.cells[j].values) write_value(i, j, "", value);
        if (!of.empty() && !table_.columns[j].group.empty())
          write_letters(i, j, of, row.cells[j].letters);
      }
    }
    for (const Comparison& comparison : table_.comparisons) write_comparison(comparison);
    for (const TableTest& test : table_.tests) {
      for (const Value& value : test.values) write_test(test, value);
    }
  }

 private:
  // Texts as cells, side by side: what lines share is put down once and copied.
  std::string shared(std::initializer_list<std::string_view> texts) const {
    std::string out;
    CellWriter writer(out, delimiter_, raw_);
    for (const std::string_view text : texts) writer.text(text);
    return out;
  }

  void begin(std::size_t i, std::size_t j, std::string_view against) {
    writer_.written(head_);
    writer_.written(rows_[i]);
    writer_.written(columns_[j]);
    writer_.text(against);
  }

  void write_value(std::size_t i, std::size_t j, std::string_view against, const Value& value) {
    begin(i, j, against);
    finish(value);
  }

  void write_test(const TableTest& test, const Value& value) {
    writer_.written(head_);
    for (const std::string& text : {test.row, test.label, test.group, test.heading})
      writer_.text(text);
    writer_.text("");
    finish(value);
  }

  void finish(const Value& value) {
    writer_.plain(value.of);
    writer_.plain(value.statistic);
    writer_.number(value);
    writer_.plain(unit_name(value.unit));
    writer_.plain(value.flag);
    writer_.end_line();
  }

  void write_letters(std::size_t i, std::size_t j, std::string_view of, std::string_view letters) {
    begin(i, j, "");
    for (const std::string_view text : {of, std::string_view("letters"), letters})
      writer_.plain(text);
    writer_.plain("");
    writer_.plain("");
    writer_.end_line();
  }

  // One line for the difference, with the reason if it was not tested, and for a test all of it.
  void write_comparison(const Comparison& each) {
    const auto against = against_id(table_, each);
    const char* of = each.mean ? "mean" : "column_percent";
    const Unit unit = each.mean ? Unit::value : Unit::percent;
    const auto write = [&](const char* statistic, std::optional<double> number, Unit in) {
      write_value(each.row, each.a, against, {statistic, of, number, in, each.reason});
    };
    write("difference", each.difference, unit);
    if (!each.p) return;
    write("se", each.se, unit);
    write("test", each.statistic, Unit::none);
    if (each.df) write("df", each.df, Unit::none);
    write("p", each.p, Unit::none);
    if (each.p_adjusted) write("p_adjusted", each.p_adjusted, Unit::none);
  }

  CellWriter writer_;
  char delimiter_;
  bool raw_;
  const Table& table_;
  std::string head_;
  std::vector<std::string> rows_;
  std::vector<std::string> columns_;
};

std::string render_long(const TableSet& tables, const RenderOptions& options, char delimiter) {
  std::string out = options.bom ? "\xEF\xBB\xBF" : "";
  CellWriter writer(out, delimiter, options.raw);
  for (const std::string_view name : header_words) writer.plain(name);
  writer.end_line();
  for (const Table& table : tables.tables) TableLines(out, delimiter, options.raw, table).write();
  return out;
}

}  // namespace

std::string render_csv(const TableSet& tables, const RenderOptions& options) {
  return render_long(tables, options, ',');
}

std::string render_tsv(const TableSet& tables, const RenderOptions& options) {
  return render_long(tables, options, '\t');
}

}  // namespace sondeo
