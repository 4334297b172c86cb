// SPDX-License-Identifier: MIT
#include <algorithm>

#include "base/number.h"
#include "base/text.h"
#include "render/text_layout.h"

namespace sondeo {
namespace {

constexpr int least_column = 5;
constexpr int column_gap = 2;     // one blank would run "18 a 34 35 a 54" or "1 504 2 301" together
constexpr int usual_label = 12;   // labels wrap up to here before a column is widened for them
constexpr int widest_label = 24;  // and no column is widened beyond
constexpr std::size_t tall_label = 4;

int widest_word(std::string_view text) {
  int widest = 0;
  while (!text.empty()) {
    const std::size_t blank = text.find(' ');
    widest = std::max(widest, display_width(text.substr(0, blank)));
    text.remove_prefix(blank == std::string_view::npos ? text.size() : blank + 1);
  }
  return widest;
}

// The narrowest column in which a label has few lines: as few as in twelve columns (two at least),
// or for a long label four, if some width up to `limit` allows that. Words stay whole up to there.
int label_width(std::string_view label, int limit) {
  const int usual = std::min(std::max(usual_label, widest_word(label)), limit);
  std::size_t target = std::max<std::size_t>(wrap(label, usual).size(), 2);
  int last = usual;
  if (target > tall_label) {
    target = tall_label;
    last = limit;
  }
  for (int width = std::clamp(widest_word(label), least_column, usual); width < last; ++width) {
    if (wrap(label, width).size() <= target) return width;
  }
  return last;
}

// One banner column as text, before it has a place.
struct TextColumn {
  std::vector<std::string> names;    // of the header tree from the outside in, without the label
  std::string label;                 // the innermost
  std::vector<std::string> base;     // figures, by base line
  std::vector<std::string> body;     // figures, by body line
  std::vector<std::string> letters;  // what tests found, by body line; "" where there is nothing
  std::string letter;                // its own: "(A)", or ""
  std::string mark;                  // hangs after the last base figure
  int width = least_column;

  int marked_width() const { return base.empty() ? 0 : display_width(base.back()); }
};

// Columns begin .. end side by side; column begin + k takes widths[k] up to right[k].
struct Block {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::vector<int> widths;
  std::vector<int> right;
  int width = 0;
};

class Banner {
 public:
  Banner(const Table& table, const RenderOptions& options)
      : table_(table),
        options_(options),
        base_lines_(base_lines(table)),
        body_lines_(body_lines(table)) {
    for (std::size_t j = 0; j < table.columns.size(); ++j) columns_.push_back(text_column(j));
    stub_ = stub_columns();
    split();
  }

  void append(std::string& out) const {
    int width = 0;
    for (const Block& block : blocks_) width = std::max(width, block.width);
    append_head(out, options_.width > 0 ? options_.width : std::max(width, 100));
    for (const Block& block : blocks_) {
      out += '\n';
      append_names(out, block);
      append_labels(out, block);
      append_letters(out, block);
      append_rule(out, block.width, options_);
      for (std::size_t i = 0; i < base_lines_.size(); ++i) append_base_line(out, block, i);
      if (!base_lines_.empty()) append_rule(out, block.width, options_);
      for (std::size_t i = 0; i < body_lines_.size(); ++i) append_body_line(out, block, i);
      append_rule(out, block.width, options_);
    }
    const int foot_width = running_width(width, options_);
    const std::string missing = missing_text(table_, options_);
    if (!missing.empty()) append_parts(out, {missing}, "", "", foot_width, options_);
    append_notes(out, table_, foot_width, options_);
  }

 private:
  TextColumn text_column(std::size_t j) const {
    const Column& column = table_.columns[j];
    TextColumn text;
    for (std::size_t i = 0; i + 1 < column.path.size(); ++i)
      text.names.push_back(label_text(column.path[i], options_));
    text.label = label_text(column.label, options_);
    text.mark = mark_sign(column.mark);
    for (const SeenLine& line : base_lines_) text.base.push_back(figure(line.values[j], options_));
    for (const SeenLine& line : body_lines_) {
      text.body.push_back(figure(line.values[j], options_));
      text.letters.push_back(
          line.letters.empty() ? "" : marks_text(std::string(line.letters[j]), options_));
    }
    text.letter = letter_heading(column);
    text.width = std::max(text.width, display_width(text.letter));
    for (const auto* figures : {&text.base, &text.body, &text.letters}) {
      for (const std::string& figure : *figures)
        text.width = std::max(text.width, display_width(figure));
    }
    const int limit = options_.width > 0
                          ? std::clamp(options_.width / 3, least_column, widest_label)
                          : widest_label;
    text.width = std::max(text.width, label_width(text.label, limit));
    return text;
  }

  // As wide as its widest label; when the width is given, at most 40 % of it and never so wide
  // that no column fits beside it.
  int stub_columns() const {
    constexpr int least_stub = 8;
    int wanted = 0;
    for (const auto* lines : {&base_lines_, &body_lines_}) {
      for (const SeenLine& line : *lines) {
        const int level = line.row->kind == RowKind::base ? 0 : line.row->indent;
        wanted = std::max(wanted, line.continues ? display_width(line.tag)
                                                 : stub_width(line.label, level, options_));
      }
    }
    if (options_.width <= 0) return wanted;
    int widest = 0;
    for (const TextColumn& column : columns_)
      widest = std::max(widest, column.width + display_width(column.mark));
    const int limit = std::min(options_.width * 2 / 5, options_.width - 1 - column_gap - widest);
    return std::min(wanted, std::max(limit, least_stub));
  }

  // Whether two columns stand under the same name at `level` of the header tree.
  bool same_group(std::size_t a, std::size_t b, std::size_t level) const {
    const std::vector<std::string>& one = table_.columns[a].path;
    const std::vector<std::string>& two = table_.columns[b].path;
    return one.size() == two.size() && level + 1 < one.size() &&
           std::equal(one.begin(), one.begin() + static_cast<std::ptrdiff_t>(level) + 1,
                      two.begin());
  }

  Block place(std::size_t begin, std::size_t end) const {
    Block block{begin, end, {}, {}, stub_};
    int edge = stub_ + 1;
    for (std::size_t j = begin; j < end; ++j) {
      const TextColumn& column = columns_[j];
      int width = column.width;
      for (std::size_t level = 0; level < column.names.size(); ++level) {
        const bool alone = (j == begin || !same_group(j - 1, j, level)) &&
                           (j + 1 == end || !same_group(j, j + 1, level));
        if (alone) width = std::max(width, std::min(widest_word(column.names[level]), usual_label));
      }
      int right = edge + column_gap + width;
      // A mark that hangs out of the column before must not touch this column's figure.
      if (j > begin) {
        const int hanging = edge + display_width(columns_[j - 1].mark);
        right = std::max(right, hanging + 1 + column.marked_width());
      }
      block.widths.push_back(width);
      block.right.push_back(right);
      edge = right;
      block.width = right + display_width(column.mark);
    }
    return block;
  }

  // Where to end a block that must end at `end` at the latest: between groups, outer ones first,
  // rather than inside one, when that leaves the block at least half full.
  std::size_t between_groups(std::size_t begin, std::size_t end) const {
    for (std::size_t level = 0; same_group(end - 1, end, level); ++level) {
      std::size_t cut = end - 1;
      while (cut > begin && same_group(cut - 1, cut, level)) --cut;
      if (cut > begin && 2 * place(begin, cut).width >= options_.width) return cut;
    }
    return end;
  }

  // Cuts the banner into blocks that fit.
  void split() {
    const std::size_t n = columns_.size();
    if (options_.width <= 0 || n == 0) {
      blocks_.push_back(place(0, n));
      return;
    }
    for (std::size_t begin = 0; begin < n;) {
      std::size_t end = begin + 1;
      while (end < n && place(begin, end + 1).width <= options_.width) ++end;
      if (end < n) end = between_groups(begin, end);
      blocks_.push_back(place(begin, end));
      begin = end;
    }
  }

  void append_head(std::string& out, int width) const {
    append_title(out, table_.id, table_.title, width, options_);
    append_parts(out, about_parts(table_), options_.ascii ? "; " : " · ", "", width, options_);
  }

  // The outer levels of the header tree, each name centred over a rule that spans its columns.
  void append_names(std::string& out, const Block& block) const {
    std::size_t highest = 0;
    for (std::size_t j = block.begin; j < block.end; ++j)
      highest = std::max(highest, columns_[j].names.size());
    for (std::size_t height = highest; height > 0; --height) append_level(out, block, height);
  }

  struct Group {
    int left = 0;
    int right = 0;
    bool alone = false;
    std::vector<std::string> lines;
  };

  // The names that stand `height` lines above the labels.
  void append_level(std::string& out, const Block& block, std::size_t height) const {
    std::vector<Group> groups;
    std::size_t lines = 0;
    for (std::size_t j = block.begin; j < block.end;) {
      const std::size_t depth = columns_[j].names.size();
      const std::size_t first = j++;
      if (depth < height) continue;
      const std::size_t level = depth - height;
      while (j < block.end && same_group(first, j, level)) ++j;
      const std::size_t k = first - block.begin;
      // The rule reaches into the gap: one blank between two rules is enough.
      Group group{block.right[k] - block.widths[k] - 1,
                  block.right[j - 1 - block.begin],
                  j - first == 1,
                  {}};
      const int span = group.right - group.left;
      const std::string& name = columns_[first].names[level];
      const int ruled = span - 4;  // a blank and at least one ─ on both sides
      group.lines = wrap(name, widest_word(name) <= ruled ? ruled : span - 1);
      lines = std::max(lines, group.lines.size());
      groups.push_back(std::move(group));
    }
    for (std::size_t i = 0; i < lines; ++i) {
      TextLine line(options_);
      for (const Group& group : groups) append_name(line, group, lines - i);
      line.end(out);
    }
  }

  // The line of a group's name that is `from_bottom` (1 = the last, with the rule).
  static void append_name(TextLine& line, const Group& group, std::size_t from_bottom) {
    if (from_bottom > group.lines.size()) return;
    const std::string& text = group.lines[group.lines.size() - from_bottom];
    const int span = group.right - group.left;
    const int width = display_width(text);
    const int left_rule = (span - width - 2) / 2;
    if (from_bottom == 1 && span >= width + 4) {
      line.pad_to(group.left);
      line.rule(left_rule);
      line.pad_to(line.width() + 1);
      line.text(text);
      line.pad_to(line.width() + 1);
      line.rule(group.right - line.width());
    } else if (group.alone) {
      line.text_right(text, group.right);
    } else {
      line.pad_to(group.left + (span - width) / 2);
      line.text(text);
    }
  }

  void append_labels(std::string& out, const Block& block) const {
    std::vector<std::vector<std::string>> labels;
    std::size_t lines = 0;
    for (std::size_t k = 0; k < block.widths.size(); ++k) {
      labels.push_back(wrap(columns_[block.begin + k].label, block.widths[k]));
      lines = std::max(lines, labels.back().size());
    }
    for (std::size_t from_bottom = lines; from_bottom > 0; --from_bottom) {
      TextLine line(options_);
      for (std::size_t k = 0; k < labels.size(); ++k) {
        if (from_bottom > labels[k].size()) continue;
        line.text_right(labels[k][labels[k].size() - from_bottom], block.right[k]);
      }
      line.end(out);
    }
  }

  // The letters of the columns, if there are any.
  void append_letters(std::string& out, const Block& block) const {
    TextLine line(options_);
    for (std::size_t k = 0; k < block.right.size(); ++k)
      if (const auto& letter = columns_[block.begin + k].letter; !letter.empty())
        line.text_right(letter, block.right[k]);
    if (line.width() > 0) line.end(out);
  }

  bool has_letters(const Block& block, std::size_t index) const {
    return std::any_of(columns_.begin() + static_cast<std::ptrdiff_t>(block.begin),
                       columns_.begin() + static_cast<std::ptrdiff_t>(block.end),
                       [&](const TextColumn& column) { return !column.letters[index].empty(); });
  }

  void append_base_line(std::string& out, const Block& block, std::size_t index) const {
    const bool marked = index + 1 == base_lines_.size();
    const StubText stub = fit_stub(base_lines_[index].label, 0, stub_, options_);
    for (std::size_t i = 0; i < stub.lines.size(); ++i) {
      TextLine line(options_);
      stub.place(line, i);
      for (std::size_t k = 0; i == 0 && k < block.right.size(); ++k) {
        const TextColumn& column = columns_[block.begin + k];
        line.text_right(column.base[index], block.right[k]);
        if (marked) line.text(column.mark);
      }
      line.end(out);
    }
  }

  void append_body_line(std::string& out, const Block& block, std::size_t index) const {
    const SeenLine& seen = body_lines_[index];
    StubText stub = fit_stub(seen.label, seen.row->indent, stub_, options_);
    // A tag stands at the figures' side of the stub, so that it never looks like a label.
    if (seen.continues) stub = {stub_ - display_width(seen.tag), {seen.tag}, 0};
    // Letters stand under their figures.
    const std::size_t lines =
        std::max<std::size_t>(stub.lines.size(), has_letters(block, index) + 1);
    for (std::size_t i = 0; i < lines; ++i) {
      TextLine line(options_);
      if (i < stub.lines.size()) stub.place(line, i);
      for (std::size_t k = 0; i < 2 && k < block.right.size(); ++k) {
        const TextColumn& column = columns_[block.begin + k];
        const auto& text = i == 0 ? column.body[index] : column.letters[index];
        if (!text.empty()) line.text_right(text, block.right[k]);
      }
      line.end(out);
    }
  }

  const Table& table_;
  const RenderOptions& options_;
  std::vector<SeenLine> base_lines_;
  std::vector<SeenLine> body_lines_;
  std::vector<TextColumn> columns_;
  int stub_ = 0;
  std::vector<Block> blocks_;
};

}  // namespace

void append_banner(std::string& out, const Table& table, const RenderOptions& options) {
  Banner(table, options).append(out);
}

}  // namespace sondeo
