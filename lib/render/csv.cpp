// SPDX-License-Identifier: MIT
// The contract for programs: one line per number, full precision, stable ids.
#include <array>

#include "render/cells.h"
#include "render/render.h"
#include "render/rows.h"

namespace sondeo {
namespace {

constexpr std::array<std::string_view, 12> header_words = {
    "table",      "weight", "row_id",    "row",   "column_id", "column",
    "against_id", "of",     "statistic", "value", "unit",      "flag"};

void write_table(CellWriter& writer, const Table& table) {
  std::vector<std::string> paths;
  for (const Column& column : table.columns) paths.push_back(column_path(column));
  for (const Row& row : table.rows) {
    for (std::size_t j = 0; j < row.cells.size(); ++j) {
      for (const Value& value : row.cells[j].values) {
        writer.text(table.id);
        writer.text(table.weight);
        writer.text(row.id);
        writer.text(row.label);
        writer.text(table.columns[j].id);
        writer.text(paths[j]);
        writer.plain("");  // against_id: only comparisons have one
        writer.plain(value.of);
        writer.plain(value.statistic);
        writer.number(value);
        writer.plain(unit_name(value.unit));
        writer.plain(value.flag);
        writer.end_line();
      }
    }
  }
}

std::string render_long(const TableSet& tables, const RenderOptions& options, char delimiter) {
  std::string out = options.bom ? "\xEF\xBB\xBF" : "";
  CellWriter writer(out, delimiter, options.raw);
  for (const std::string_view name : header_words) writer.plain(name);
  writer.end_line();
  for (const Table& table : tables.tables) write_table(writer, table);
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
