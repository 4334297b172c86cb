// SPDX-License-Identifier: MIT
// What the eye sees, for spreadsheets: one line per row of figures, one cell per column.
#include <algorithm>
#include <string_view>

#include "render/cells.h"
#include "render/render.h"
#include "render/rows.h"
#include "render/sentences.h"
#include "table/letters.h"

namespace sondeo {
namespace {

std::vector<std::string> header_of(const Table& table) {
  std::vector<std::string> header = {"table", "row"};
  if (is_topline(table)) {
    header.insert(header.end(), {topline_heading(table), "±", "n"});
    for (const std::string& statistic : extra_statistics(table))
      header.push_back(short_name(statistic, table.language));
  } else {
    const bool lettered = shows_letters(table);
    for (const Column& column : table.columns) {
      header.push_back(column_path(column));
      if (!lettered || column.group.empty()) continue;
      header.push_back(column_path(column) +
                       (column.letter.empty() ? " (▲▼)" : " " + letter_heading(column)));
    }
  }
  return header;
}

class WideWriter {
 public:
  WideWriter(std::string& out, const RenderOptions& options)
      : out_(out),
        writer_(out, options.delimiter, options.raw),
        look_{options.look.digits, options.decimal, ""} {}

  void write(const Table& table) {
    std::vector<std::string> header = header_of(table);
    if (header != header_) {
      if (!header_.empty()) out_ += '\n';
      for (const std::string& name : header) writer_.text(name);
      writer_.end_line();
      header_ = std::move(header);
    }
    is_topline(table) ? write_topline(table) : write_banner(table);
  }

 private:
  void write_banner(const Table& table) {
    for (const SeenLine& line : base_lines(table)) write_banner_line(table, line);
    for (const SeenLine& line : body_lines(table)) write_banner_line(table, line);
    const Row* missing = find_row(table, RowKind::missing);
    if (missing != nullptr) {
      std::vector<const Value*> values;
      for (const Cell& cell : missing->cells) values.push_back(cell.find("n"));
      write_banner_line(table, {missing, missing->label, "", false, std::move(values)});
    }
    for (const TableTest& test : table.tests) {
      if (test.group == table.tests.front().group) write_tests(table, test.row, test.label);
    }
  }

  // Tests of one kind, each under the first column of its group: the statistic, then p.
  void write_tests(const Table& table, const std::string& row, const std::string& label) {
    for (const std::string_view statistic : {"test", "p"}) {
      std::vector<const Value*> values(table.columns.size());
      bool any = false;
      for (const TableTest& test : table.tests) {
        const auto found =
            std::find_if(test.values.begin(), test.values.end(),
                         [&](const Value& value) { return value.statistic == statistic; });
        if (test.row != row || found == test.values.end()) continue;
        for (std::size_t j = 0; j < values.size(); ++j) {
          if (!test.columns.empty() && table.columns[j].id == test.columns.front())
            values[j] = &*found;
        }
        any = true;
      }
      if (any)
        write_banner_line(table, {nullptr, label, statistic == "p" ? "p" : "", false, values});
    }
  }

  // Letters stand in columns of their own, so that figures stay numbers.
  void write_banner_line(const Table& table, const SeenLine& line) {
    const bool lettered = shows_letters(table);
    writer_.text(table.id);
    writer_.text(line.label + (line.tag.empty() ? "" : " (" + line.tag + ")"));
    for (std::size_t j = 0; j < line.values.size(); ++j) {
      const Value* value = line.values[j];
      writer_.plain(value == nullptr ? "" : display(*value, look_));
      if (!lettered || table.columns[j].group.empty()) continue;
      writer_.plain(line.letters.empty() ? "" : line.letters[j]);
    }
    writer_.end_line();
  }

  void write_topline(const Table& table) {
    const std::vector<std::string> extra = extra_statistics(table);
    for (const SeenLine& line : base_lines(table)) {
      std::vector<const Value*> values = {nullptr, nullptr, line.values.front()};
      values.resize(3 + extra.size());
      write_line(table, line.label, values);
    }
    for (const Row& row : table.rows) {
      if (row.kind == RowKind::base) continue;
      const Cell& cell = row.cells.front();
      const ToplineFigures figures = topline_figures(table, row);
      std::vector<const Value*> values = {figures.main, figures.moe, figures.n};
      for (const std::string& statistic : extra) values.push_back(cell.find(statistic));
      write_line(table, row.label, values);
    }
  }

  void write_line(const Table& table, const std::string& label,
                  const std::vector<const Value*>& values) {
    writer_.text(table.id);
    writer_.text(label);
    for (const Value* value : values) writer_.plain(value == nullptr ? "" : display(*value, look_));
    writer_.end_line();
  }

  std::string& out_;
  CellWriter writer_;
  Look look_;
  std::vector<std::string> header_;  // of the last table, so that equal ones share it
};

}  // namespace

std::string render_wide(const TableSet& tables, const RenderOptions& options) {
  std::string out = options.bom ? "\xEF\xBB\xBF" : "";
  WideWriter writer(out, options);
  for (const Table& table : tables.tables) writer.write(table);
  return out;
}

}  // namespace sondeo
