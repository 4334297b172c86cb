// SPDX-License-Identifier: MIT
// The contract for programs: one line per number, full precision, stable ids.
#include <array>
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
  TableLines(CellWriter& writer, const Table& table) : writer_(writer), table_(table) {
    for (const Column& column : table.columns) paths_.push_back(column_path(column));
  }

  void write() {
    const bool lettered = shows_letters(table_);
    for (const Row& row : table_.rows) {
      const auto of = lettered ? lettered_statistic(row) : "";
      for (std::size_t j = 0; j < row.cells.size(); ++j) {
        for (const Value& value : row.cells[j].values) write_value(row, j, "", value);
        if (!of.empty() && !table_.columns[j].group.empty())
          write_letters(row, j, of, row.cells[j].letters);
      }
    }
    for (const Comparison& comparison : table_.comparisons) write_comparison(comparison);
  }

 private:
  void begin(const Row& row, std::size_t j, std::string_view against) {
    writer_.text(table_.id);
    writer_.text(table_.weight);
    writer_.text(row.id);
    writer_.text(row.label);
    writer_.text(table_.columns[j].id);
    writer_.text(paths_[j]);
    writer_.text(against);
  }

  void write_value(const Row& row, std::size_t j, std::string_view against, const Value& value) {
    begin(row, j, against);
    writer_.plain(value.of);
    writer_.plain(value.statistic);
    writer_.number(value);
    writer_.plain(unit_name(value.unit));
    writer_.plain(value.flag);
    writer_.end_line();
  }

  void write_letters(const Row& row, std::size_t j, std::string_view of, std::string_view letters) {
    begin(row, j, "");
    for (const std::string_view text : {of, std::string_view("letters"), letters})
      writer_.plain(text);
    writer_.plain("");
    writer_.plain("");
    writer_.end_line();
  }

  // One line for the difference, with the reason if it was not tested, and for a test all of it.
  void write_comparison(const Comparison& each) {
    const Row& row = table_.rows[each.row];
    const auto against = against_id(table_, each);
    const char* of = each.mean ? "mean" : "column_percent";
    const Unit unit = each.mean ? Unit::value : Unit::percent;
    const auto write = [&](const char* statistic, std::optional<double> number, Unit in) {
      write_value(row, each.a, against, {statistic, of, number, in, each.reason});
    };
    write("difference", each.difference, unit);
    if (!each.p) return;
    write("se", each.se, unit);
    write("test", each.statistic, Unit::none);
    if (each.df) write("df", each.df, Unit::none);
    write("p", each.p, Unit::none);
    if (each.p_adjusted) write("p_adjusted", each.p_adjusted, Unit::none);
  }

  CellWriter& writer_;
  const Table& table_;
  std::vector<std::string> paths_;
};

std::string render_long(const TableSet& tables, const RenderOptions& options, char delimiter) {
  std::string out = options.bom ? "\xEF\xBB\xBF" : "";
  CellWriter writer(out, delimiter, options.raw);
  for (const std::string_view name : header_words) writer.plain(name);
  writer.end_line();
  for (const Table& table : tables.tables) TableLines(writer, table).write();
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
