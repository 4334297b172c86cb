// SPDX-License-Identifier: MIT
// What Markdown formats share: text that stays text, and pipe tables.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sondeo {

// Text that stays text wherever it stands: in one line, no mark-up, no HTML, no link.
std::string inert(std::string_view label);

// A pipe table under construction; the first column is the stub, the others are right-aligned.
class PipeTable {
 public:
  using Cells = std::vector<std::string>;

  // Cells are Markdown already.
  explicit PipeTable(Cells header) { rows_.push_back(std::move(header)); }
  void add(Cells cells) { rows_.push_back(std::move(cells)); }
  // Columns from 1 on that are text: aligned to the left too.
  void set_text_columns(std::size_t count) { text_columns_ = count; }
  void append(std::string& out) const;

 private:
  void append_row(std::string& out, const Cells& cells, const std::vector<int>& widths) const;
  bool is_text(std::size_t column) const { return column <= text_columns_; }

  std::vector<Cells> rows_;
  std::size_t text_columns_ = 0;
};

}  // namespace sondeo
