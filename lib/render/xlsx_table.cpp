// SPDX-License-Identifier: MIT
#include "render/xlsx_table.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/text.h"
#include "render/rows.h"
#include "render/sentences.h"
#include "table/about_words.h"
#include "table/letters.h"
#include "table/words.h"

namespace sondeo {
namespace {

constexpr double line_height = 15;  // points
constexpr double title_height = 21;
constexpr std::size_t most_lines = 27;     // a row is at most 409 points high
constexpr std::size_t widest_upright = 9;  // more columns are printed across the page

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (const std::string& part : parts) (text += text.empty() ? "" : separator) += part;
  return text;
}

// The Excel format of a number, with the decimals that `display` shows; `mark` stands behind it.
std::string number_format(const Value& value, const Look& look, std::string_view mark) {
  const Value one{value.statistic, value.of, 1.0, value.unit, ""};
  const std::string shown = display(one, {look.digits, ".", ""});
  const std::size_t point = shown.find('.');
  std::string format = value.unit == Unit::percent ? "0" : "#,##0";
  if (point != std::string::npos) format += "." + std::string(shown.size() - point - 1, '0');
  if (value.unit == Unit::percent) format += "%";
  // Changes have their sign.
  if (value.statistic == "change") return "+" + format + ";-" + format + ";" + format;
  if (!mark.empty()) format += "\"" + std::string(mark) + "\"";
  return format;
}

// Writes the sheet of one table from the top down.
class TableSheet {
 public:
  TableSheet(XlsxBook& book, std::size_t sheet, const Table& table, const RenderOptions& options)
      : book_(book), sheet_(sheet), table_(table), options_(options) {
    measure();
  }

  // `contents`: the sheet to lead back to, or nothing.
  void write(std::optional<std::size_t> contents) {
    book_.set_height(sheet_, row_, title_height);
    book_.text(sheet_, row_++, 0, xlsx_heading(table_), xlsx_title_style());
    if (!table_.section.empty()) book_.text(sheet_, row_++, 0, xlsx_line(table_.section), dim());
    book_.text(sheet_, row_++, 0, joined(about_parts(table_), " · "), dim());
    if (contents) {
      const AboutWords& words = about_words_of(table_.language);
      book_.link(sheet_, row_++, 0, *contents, words.back);
    }
    const std::size_t head = row_;
    is_topline(table_) ? write_topline() : write_banner();
    write_foot();
    set_widths();
    book_.set_print(sheet_, columns() > widest_upright, head, std::max(head, first_body_) - 1);
  }

 private:
  static XlsxStyle dim() {
    XlsxStyle style;
    style.grey = true;
    return style;
  }

  static XlsxStyle head_style() {
    XlsxStyle style;
    style.bold = true;
    style.wrap = true;
    style.align = XlsxAlign::right;
    style.at_bottom = true;
    return style;
  }

  // The widths of columns, in characters: what is written must be known to be broken.
  void measure() {
    int label = options_.accessible ? 40 : 14;
    int tag = 0;
    const auto widen = [&](const SeenLine& line, int indent) {
      label = std::max(label, display_width(line.label) + 2 * std::max(0, indent));
      tag = std::max(tag, display_width(line.tag));
    };
    for (const SeenLine& line : base_lines(table_)) widen(line, 0);
    for (const SeenLine& line : body_lines(table_)) widen(line, line.row->indent);
    tags_ = tag > 0 && !is_topline(table_);
    first_ = tags_ ? 2 : 1;
    widths_.push_back(std::min(label, widest_label) + 2);
    if (tags_) widths_.push_back(tag + 2);
    lettered_ = !is_topline(table_) && shows_letters(table_);
    for (std::size_t j = 0; j < columns(); ++j) {
      places_.push_back(widths_.size());
      widths_.push_back(options_.accessible ? roomy_figure : narrowest_figure);
      if (is_topline(table_)) continue;
      for (const std::string& line : wrap(head_text(table_.columns[j]), 1 << 10))
        widths_.back() = std::max(widths_.back(), longest_word(line));
      if (has_letters(j)) widths_.push_back(letters_width(j));
    }
  }

  // Letters stand in a column of their own behind the figures, so that these stay numbers.
  bool has_letters(std::size_t column) const {
    return lettered_ && !table_.columns[column].group.empty();
  }

  double letters_width(std::size_t column) const {
    int widest = 3;
    for (const Row& row : table_.rows)
      widest = std::max(widest, display_width(row.cells[column].letters));
    return std::min(widest + 2, 20);
  }

  static double longest_word(std::string_view text) {
    double longest = 0;
    while (!text.empty()) {
      const std::string_view word = text.substr(0, text.find(' '));
      longest = std::max(longest, display_width(word) + 2.0);
      text.remove_prefix(std::min(text.size(), word.size() + 1));
    }
    return std::min(longest, widest_figure);
  }

  std::string head_text(const Column& column) const {
    return options_.accessible ? column_path(column) : column.label;
  }

  // A cell of text that may need several lines.
  void wrapped(std::size_t column, std::string_view text, const XlsxStyle& style) {
    book_.text(sheet_, row_, column, text, style);
    lines_ = std::max(lines_, xlsx_lines(text, widths_[column] - 1.5 - 2 * style.indent));
  }

  void end_row() {
    if (lines_ > 1) book_.set_height(sheet_, row_, xlsx_height(lines_));
    lines_ = 1;
    ++row_;
  }

  std::size_t columns() const {
    return is_topline(table_) ? 3 + extra_statistics(table_).size() : table_.columns.size();
  }

  void head_cell(std::size_t column, std::string_view text) {
    XlsxStyle style = head_style();
    style.rule_below = true;
    if (column < first_) style.align = XlsxAlign::left;
    wrapped(column, text, style);
  }

  void write_topline() {
    for (std::size_t j = 0; j < first_; ++j) head_cell(j, "");
    std::vector<std::string> names = {topline_heading(table_), margin_heading(table_, options_),
                                      "n"};
    for (const std::string& statistic : extra_statistics(table_))
      names.push_back(short_name(statistic, table_.language));
    for (std::size_t j = 0; j < names.size(); ++j) head_cell(places_[j], names[j]);
    start_body();
    for (const SeenLine& line : base_lines(table_)) {
      std::vector<const Value*> values(names.size(), nullptr);
      values[2] = line.values.front();
      const bool marked = line.values.front() == marked_base();
      write_label(*line.row, line.label, "", false);
      for (std::size_t j = 0; j < values.size(); ++j) {
        if (j == 2)
          write_figure(j, 0, values[j], *line.row, marked);
        else
          book_.text(sheet_, row_, places_[j], "", row_style(*line.row));
      }
      end_row();
    }
    for (const Row& row : table_.rows) {
      if (row.kind == RowKind::base || row.kind == RowKind::missing) continue;
      const ToplineFigures figures = topline_figures(table_, row);
      std::vector<const Value*> values = {figures.main, figures.moe, figures.n};
      for (const std::string& statistic : extra_statistics(table_))
        values.push_back(row.cells.front().find(statistic));
      write_label(row, row.label, "", false);
      for (std::size_t j = 0; j < values.size(); ++j) write_figure(j, 0, values[j], row, false);
      end_row();
    }
  }

  void write_banner() {
    std::size_t depth = 1;
    for (const Column& column : table_.columns) depth = std::max(depth, column.path.size());
    if (options_.accessible) depth = 1;
    for (std::size_t level = 0; level + 1 < depth; ++level) write_groups(level, row_ + level);
    row_ += depth - 1;
    for (std::size_t j = 0; j < first_; ++j) head_cell(j, "");
    for (std::size_t j = 0; j < table_.columns.size(); ++j) {
      const Column& column = table_.columns[j];
      head_cell(places_[j], head_text(column));
      if (has_letters(j)) head_letters(j);
    }
    start_body();
    for (const SeenLine& line : base_lines(table_)) write_line(line);
    for (const SeenLine& line : body_lines(table_)) write_line(line);
  }

  // Variables and outer categories over the columns that they hold, one level of the header tree.
  void write_groups(std::size_t level, std::size_t row) {
    const auto same = [&](const Column& a, const Column& b) {
      return a.path.size() > level + 1 && b.path.size() > level + 1 &&
             std::equal(a.path.begin(), a.path.begin() + static_cast<std::ptrdiff_t>(level) + 1,
                        b.path.begin());
    };
    XlsxStyle style = head_style();
    style.wrap = false;
    style.align = XlsxAlign::center;
    style.rule_below = true;
    for (std::size_t j = 0; j < table_.columns.size();) {
      const Column& column = table_.columns[j];
      std::size_t last = j;
      while (last + 1 < table_.columns.size() && same(column, table_.columns[last + 1])) ++last;
      if (column.path.size() > level + 1) {
        const std::string text = xlsx_line(column.path[level]);
        last > j || has_letters(j)
            ? book_.merged_text(sheet_, row, places_[j],
                                places_[last] + (has_letters(last) ? 1 : 0), text, style)
            : book_.text(sheet_, row, places_[j], text, style);
      }
      j = last + 1;
    }
  }

  void start_body() {
    end_row();
    first_body_ = row_;
    book_.freeze(sheet_, row_, first_);
  }

  void write_line(const SeenLine& line) {
    const bool marked = line.row->kind == RowKind::base && line.values.front() == marked_base();
    write_label(*line.row, line.label, line.tag, line.continues);
    for (std::size_t j = 0; j < line.values.size(); ++j)
      write_figure(j, j, line.values[j], *line.row, marked);
    for (std::size_t j = 0; lettered_ && j < line.values.size(); ++j) {
      if (!has_letters(j)) continue;
      XlsxStyle style = row_style(*line.row);
      style.rule_above = ruled_;
      style.align = XlsxAlign::left;
      style.wrap = true;
      style.grey = table_.columns[j].mark != BaseMark::enough;
      wrapped(places_[j] + 1, line.letters.empty() ? "" : line.letters[j], style);
    }
    end_row();
  }

  // What stands for the column among letters. Accessible sheets say of which column it is.
  void head_letters(std::size_t column) {
    const Column& of = table_.columns[column];
    std::string text = of.letter.empty() ? "▲▼" : letter_heading(of);
    if (options_.accessible) text = column_path(of) + " " + text;
    XlsxStyle style = head_style();
    style.align = XlsxAlign::left;
    style.rule_below = true;
    wrapped(places_[column] + 1, text, style);
  }

  // The base of the first column that decides whether columns are marked.
  const Value* marked_base() const {
    const Row* base = find_row(table_, RowKind::base);
    return base == nullptr || base->cells.empty()
               ? nullptr
               : base->cells.front().find(is_weighted(table_) ? "effective_n" : "n");
  }

  XlsxStyle row_style(const Row& row) const {
    XlsxStyle style;
    style.bold = row.kind == RowKind::net;
    style.shaded = row.kind == RowKind::base;
    style.rule_above = row_ == first_body_ || (row.kind != RowKind::base && !body_started_);
    return style;
  }

  // The labels of accessible sheets are in every row, also where the one above says the same.
  void write_label(const Row& row, const std::string& label, const std::string& tag,
                   bool continues) {
    XlsxStyle style = row_style(row);
    ruled_ = style.rule_above;
    style.align = XlsxAlign::left;
    style.wrap = true;
    style.indent = row.kind == RowKind::base ? 0 : std::clamp(row.indent, 0, 15);
    const bool shown = !continues || options_.accessible;
    wrapped(0, shown ? label : "", style);
    if (!tags_) return;
    style.indent = 0;
    style.bold = false;
    style.grey = true;
    book_.text(sheet_, row_, 1, tag, style);
  }

  // Figure `place` of the line; `column` is the column of the table that it belongs to.
  void write_figure(std::size_t place, std::size_t column, const Value* value, const Row& row,
                    bool marked) {
    XlsxStyle style = row_style(row);
    if (row.kind != RowKind::base && place + 1 == columns()) body_started_ = true;
    const BaseMark mark = table_.columns[column].mark;
    style.grey = mark != BaseMark::enough;
    style.align = XlsxAlign::right;
    if (!is_xlsx_number(value)) {
      const bool blank = value != nullptr && value->statistic.empty();
      book_.text(sheet_, row_, places_[place], blank ? "" : "–", style);
      return;
    }
    style.number = number_format(*value, options_.look, marked ? mark_sign(mark) : "");
    const double seen = value->shown.value_or(*value->number);
    const double number = value->unit == Unit::percent ? seen / 100 : seen;
    book_.number(sheet_, row_, places_[place], number, style);
  }

  void write_foot() {
    ++row_;
    if (is_topline(table_)) {
      const auto parts = topline_base_parts(table_, options_);
      if (!parts.empty())
        write_note(std::string(words_of(table_.language).base) + ": " + joined(parts, " · "));
    }
    write_note(missing_text(table_, options_));
    write_note(joined(mark_parts(table_), ", "));
    for (const std::string& note : table_.notes) write_note(note);
  }

  // Over the whole table and as high as it takes; in the column of labels if nothing may be merged.
  void write_note(const std::string& text) {
    if (text.empty()) return;
    XlsxStyle style = dim();
    style.wrap = true;
    style.align = XlsxAlign::left;
    if (options_.accessible || widths_.size() == 1) {
      wrapped(0, text, style);
    } else {
      const double room = std::accumulate(widths_.begin(), widths_.end(), -3.0);
      lines_ = xlsx_lines(text, room);
      book_.merged_text(sheet_, row_, 0, widths_.size() - 1, text, style);
    }
    end_row();
  }

  void set_widths() {
    for (std::size_t j = 0; j < widths_.size(); ++j) book_.set_width(sheet_, j, j, widths_[j]);
  }

  static constexpr int widest_label = 52;
  static constexpr double narrowest_figure = 10;
  static constexpr double roomy_figure = 16;  // heads of whole paths
  static constexpr double widest_figure = 18;

  XlsxBook& book_;
  std::size_t sheet_;
  const Table& table_;
  const RenderOptions& options_;
  bool tags_ = false;           // statistics have a column of their own
  std::size_t first_ = 1;       // column of figures
  std::size_t row_ = 0;         // the next to be written
  std::size_t first_body_ = 0;  // row under the head
  bool lettered_ = false;
  bool ruled_ = false;               // the row that is written has a rule above
  std::vector<std::size_t> places_;  // of the figures' columns in the sheet
  bool body_started_ = false;        // a line under the bases is complete
  std::size_t lines_ = 1;            // that the row needs
  std::vector<double> widths_;       // of the sheet's columns
};

}  // namespace

void write_xlsx_table(XlsxBook& book, std::size_t sheet, const Table& table,
                      std::optional<std::size_t> contents, const RenderOptions& options) {
  TableSheet(book, sheet, table, options).write(contents);
}

std::string xlsx_heading(const Table& table) {
  const std::string title(trim(table.title));
  return table.id + (title.empty() || table.title == table.id ? "" : "  " + title);
}

std::string xlsx_line(std::string_view text) {
  std::string line(trim(text));
  std::replace_if(
      line.begin(), line.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return line;
}

XlsxStyle xlsx_title_style() {
  XlsxStyle style;
  style.bold = true;
  style.size = 14;
  return style;
}

std::size_t xlsx_lines(std::string_view text, double width) {
  return std::max<std::size_t>(1, wrap(text, std::max(1, static_cast<int>(width))).size());
}

double xlsx_height(std::size_t lines) {
  return line_height * static_cast<double>(std::clamp<std::size_t>(lines, 1, most_lines));
}

bool is_xlsx_number(const Value* value) {
  return value != nullptr && value->number && std::isfinite(*value->number);
}

}  // namespace sondeo
