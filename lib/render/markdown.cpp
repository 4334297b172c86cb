// SPDX-License-Identifier: MIT
// GitHub-flavoured Markdown: a heading, what the table shows, a pipe table, the foot. What stands
// in it is also readable as plain text.
#include <algorithm>

#include "base/number.h"
#include "base/text.h"
#include "render/markdown_text.h"
#include "render/render.h"
#include "render/rows.h"
#include "render/sentences.h"
#include "table/words.h"

namespace sondeo {
namespace {

std::string inert_figure(const Value* value, const RenderOptions& options, std::string_view mark) {
  std::string text = figure(value, options);
  for (const char c : mark) (text += '\\') += c;
  return text;
}

// Indents survive as no-break spaces only: blanks at the start of a cell are dropped.
std::string stub(const SeenLine& line) {
  std::string text;
  const int indent = line.row->kind == RowKind::base ? 0 : std::clamp(line.row->indent, 0, 8);
  for (int i = 0; i < indent; ++i) text += "&nbsp;&nbsp;";
  text += inert(line.label);
  return line.tag.empty() ? text : text + " (" + inert(line.tag) + ")";
}

void append_banner(std::string& out, const Table& table, const RenderOptions& options) {
  PipeTable::Cells header = {""};
  for (const Column& column : table.columns) {
    header.push_back(inert(column_path(column)));
    if (!column.letter.empty()) header.back() += " " + letter_heading(column);
  }
  PipeTable pipes(std::move(header));
  const std::vector<SeenLine> bases = base_lines(table);
  const std::vector<SeenLine> body = body_lines(table);
  for (const auto* lines : {&bases, &body}) {
    for (const SeenLine& line : *lines) {
      PipeTable::Cells cells = {stub(line)};
      const bool marked = lines == &bases && &line == &bases.back();
      for (std::size_t j = 0; j < line.values.size(); ++j) {
        const std::string_view mark = marked ? mark_sign(table.columns[j].mark) : "";
        cells.push_back(inert_figure(line.values[j], options, mark));
        if (!line.letters.empty() && !line.letters[j].empty())
          cells.back() += " **" + std::string(line.letters[j]) + "**";
      }
      pipes.add(std::move(cells));
    }
  }
  pipes.append(out);
}

void append_topline(std::string& out, const Table& table, const RenderOptions& options) {
  const std::vector<std::string> extra = extra_statistics(table);
  PipeTable::Cells header = {"", topline_heading(table), margin_heading(table, options), "n"};
  for (const std::string& statistic : extra)
    header.push_back(short_name(statistic, table.language));
  PipeTable pipes(std::move(header));
  for (const Row& row : table.rows) {
    if (row.kind == RowKind::base || row.kind == RowKind::missing) continue;
    const ToplineFigures figures = topline_figures(table, row);
    PipeTable::Cells cells = {stub({&row, row.label, "", false, {}}),
                              figure(figures.main, options)};
    for (const Value* value : {figures.moe, figures.n})
      cells.push_back(value == nullptr ? "" : figure(value, options));
    for (const std::string& statistic : extra) {
      const Value* value = row.cells.front().find(statistic);
      cells.push_back(value == nullptr ? "" : figure(value, options));
    }
    pipes.add(std::move(cells));
  }
  pipes.append(out);
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (const std::string& part : parts) (text += text.empty() ? "" : separator) += inert(part);
  return text;
}

// A paragraph whose lines stay lines.
void append_lines(std::string& out, const std::vector<std::string>& lines) {
  if (lines.empty()) return;
  out += '\n';
  for (std::size_t i = 0; i < lines.size(); ++i)
    out += lines[i] + (i + 1 < lines.size() ? "\\\n" : "\n");
}

void append_table(std::string& out, const Table& table, const RenderOptions& options) {
  const bool titled = !trim(table.title).empty() && table.title != table.id;
  out += "## " + inert(table.id) + (titled ? "  " + inert(table.title) : "") + "\n\n" +
         joined(about_parts(table), " · ") + "\n\n";
  const bool topline = is_topline(table);
  topline ? append_topline(out, table, options) : append_banner(out, table, options);
  std::vector<std::string> foot;
  std::vector<std::string> base;
  if (topline) base = topline_base_parts(table, options);
  if (!base.empty())
    foot.push_back(std::string(words_of(table.language).base) + ": " + joined(base, " · "));
  const std::string missing = missing_text(table, options);
  if (!missing.empty()) foot.push_back(inert(missing));
  const std::vector<std::string> marks = mark_parts(table);
  if (!marks.empty()) foot.push_back(joined(marks, ", "));
  for (const std::string& note : table.notes) foot.push_back(inert(note));
  append_lines(out, foot);
}

}  // namespace

std::string render_markdown(const TableSet& tables, const RenderOptions& options) {
  RenderOptions signs = options;
  signs.ascii = false;
  std::string out;
  std::string_view section;
  for (const Table& table : tables.tables) {
    if (!out.empty()) out += '\n';
    if (table.section != section) out += "# " + inert(table.section) + "\n\n";
    section = table.section;
    append_table(out, table, signs);
  }
  return out;
}

}  // namespace sondeo
