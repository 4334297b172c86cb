// SPDX-License-Identifier: MIT
// What both shapes of text share: lines whose display width is known, stubs, heads and feet.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "render/render.h"
#include "render/rows.h"
#include "render/sentences.h"

namespace sondeo {

// One line under construction. Widths are terminal columns; escape sequences have none.
class TextLine {
 public:
  explicit TextLine(const RenderOptions& options) : options_(options) {}

  int width() const { return width_; }
  void pad_to(int column);
  // Text that is visible() already. Right-to-left text is fenced with U+200E, or a terminal that
  // reorders would also reverse the figures after it.
  void text(std::string_view visible_text);
  void text_right(std::string_view visible_text, int right_edge);
  void bold(std::string_view visible_text);
  void rule(int columns);
  void end(std::string& out) const;  // without trailing blanks

 private:
  const RenderOptions& options_;
  std::string bytes_;
  int width_ = 0;
};

// A label in the stub: its lines, the first placed at indent, the others further in than the label
// of a row below it would be.
struct StubText {
  int indent = 0;
  std::vector<std::string> lines;
  int hanging = 0;  // columns that the second and later lines are further in

  void place(TextLine& line, std::size_t index) const;
};

// A label safe for a terminal, trimmed, and clipped beyond 200 columns.
std::string label_text(std::string_view label, const RenderOptions& options);

// Columns that the label of a row wants, and the label wrapped into `columns`.
int stub_width(std::string_view label, int level, const RenderOptions& options);
StubText fit_stub(std::string_view label, int level, int columns, const RenderOptions& options);

// Id and title (none: "" or the id), wrapped. Returns how far lines below it are indented to stand
// under the title.
int append_title(std::string& out, std::string_view id, std::string_view title, int width,
                 const RenderOptions& options);

// Parts joined by `separator`, broken between parts where the line would be wider than `width`;
// `lead` goes before the first line and its width is blank before the others.
void append_parts(std::string& out, const std::vector<std::string>& parts,
                  std::string_view separator, std::string_view lead, int width,
                  const RenderOptions& options);

void append_rule(std::string& out, int columns, const RenderOptions& options);

// The heading of a section of a book, between rules as wide as it, and an empty line.
void append_section(std::string& out, std::string_view section, const RenderOptions& options);

// The base marks that occur, explained, and the table's notes, wrapped.
void append_notes(std::string& out, const Table& table, int width, const RenderOptions& options);

// Width for running text around a table of `table_width`, at most the options' width.
int running_width(int table_width, const RenderOptions& options);

// One table, in its shape.
void append_topline(std::string& out, const Table& table, const RenderOptions& options);
void append_banner(std::string& out, const Table& table, const RenderOptions& options);

}  // namespace sondeo
