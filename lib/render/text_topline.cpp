// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cmath>

#include "base/number.h"
#include "base/text.h"
#include "render/text_layout.h"
#include "table/words.h"

namespace sondeo {
namespace {

constexpr int full_bar = 28;    // columns of 100 %
constexpr int least_bar = 8;    // narrower bars say nothing
constexpr int usual_stub = 24;  // so that most toplines of a report line up with each other
constexpr int stub_gap = 2;     // between the stub and the first figures, and before the bar
constexpr int figure_gap = 3;

// One column of figures: texts[i] belongs to the i-th row of the body.
struct Figures {
  std::string header;
  std::vector<std::string> texts;
  int least_width = 3;

  int width() const {
    int widest = std::max(least_width, display_width(header));
    for (const std::string& text : texts) widest = std::max(widest, display_width(text));
    return widest;
  }
};

std::string bar(const Value* percent, int columns, const RenderOptions& options) {
  if (percent == nullptr || !percent->number || !(*percent->number > 0)) return "";
  const double length = std::min(*percent->number / 100, 1.0) * columns;
  std::string text;
  if (options.ascii) return text.append(static_cast<std::size_t>(std::lround(length)), '#');
  constexpr std::array<std::string_view, 8> parts_of_block = {"",  "▏", "▎", "▍",
                                                              "▌", "▋", "▊", "▉"};
  // A share that is not zero is never drawn as nothing.
  const auto eighths = static_cast<std::size_t>(std::max(std::lround(length * 8), 1L));
  for (std::size_t i = 0; i < eighths / 8; ++i) text += "█";
  return text.append(parts_of_block[eighths % 8]);
}

class Topline {
 public:
  Topline(const Table& table, const RenderOptions& options) : table_(table), options_(options) {
    for (const bool statistics : {false, true}) {
      for (const Row& row : table.rows) {
        if (row.kind == RowKind::base || row.kind == RowKind::missing) continue;
        if ((row.kind == RowKind::statistic) == statistics) rows_.push_back(&row);
      }
    }
    collect_figures();
    measure();
  }

  bool fits() const { return options_.width <= 0 || width_ <= options_.width; }

  void append(std::string& out) const {
    const int title_width = options_.width > 0 ? options_.width : std::max(width_, 100);
    append_head(out, title_width);
    out += '\n';
    append_header(out);
    append_rule(out, width_, options_);
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const bool statistic = rows_[i]->kind == RowKind::statistic;
      if (i > 0 && statistic && rows_[i - 1]->kind != RowKind::statistic)
        append_rule(out, width_, options_);
      append_row(out, i);
    }
    append_rule(out, width_, options_);
    append_foot(out);
    append_notes(out, table_, running_width(width_, options_), options_);
  }

 private:
  void collect_figures() {
    Figures main{topline_heading(table_), {}};
    Figures moe{margin_heading(table_, options_), {}};
    Figures n{"n", {}};
    bool any_moe = false;
    bool any_n = false;
    for (const Row* row : rows_) {
      const ToplineFigures figures = topline_figures(table_, *row);
      any_moe = any_moe || figures.moe != nullptr;
      any_n = any_n || figures.n != nullptr;
      main.texts.push_back(figure(figures.main, options_));
      moe.texts.push_back(figures.moe == nullptr ? "" : figure(figures.moe, options_));
      n.texts.push_back(figures.n == nullptr ? "" : figure(figures.n, options_));
    }
    figures_.push_back(std::move(main));
    if (any_moe) figures_.push_back(std::move(moe));
    if (any_n) figures_.push_back(std::move(n));
    for (const std::string& statistic : extra_statistics(table_)) {
      Figures extra{short_name(statistic, table_.language), {}};
      for (const Row* row : rows_) {
        const Value* value = row->cells.front().find(statistic);
        extra.texts.push_back(value == nullptr ? "" : figure(value, options_));
      }
      figures_.push_back(std::move(extra));
    }
  }

  void measure() {
    int figures_width = 0;
    for (const Figures& figures : figures_) {
      figures_width += (figures_width == 0 ? stub_gap : figure_gap) + figures.width();
    }
    int wanted = usual_stub;
    for (const Row* row : rows_)
      wanted = std::max(wanted, stub_width(row->label, row->indent, options_));
    const bool any_bars =
        std::any_of(rows_.begin(), rows_.end(), [](const Row* row) { return is_category(*row); });
    const int full = any_bars ? full_bar : 0;
    stub_ = wanted;
    bar_ = full;
    if (options_.width > 0) {
      const int rest = options_.width - figures_width;
      stub_ = std::min(wanted, std::max(options_.width * 2 / 5, rest - stub_gap - full));
      bar_ = std::min(full, rest - stub_gap - stub_);
      if (bar_ < least_bar) {
        bar_ = 0;
        stub_ = std::min(wanted, std::max(rest, least_bar));
      }
    }
    bar_start_ = stub_ + figures_width + stub_gap;
    width_ = bar_ > 0 ? bar_start_ + bar_ : stub_ + figures_width;
  }

  void append_head(std::string& out, int width) const {
    const int indent = append_title(out, table_.id, table_.title, width, options_);
    const Words& words = words_of(table_.language);
    std::vector<std::string> parts;
    if (!table_.base.empty()) parts.push_back(base_text(table_));
    parts.push_back(is_weighted(table_)
                        ? std::string(words.weight_head) + ": " + weight_text(table_)
                        : std::string(words.unweighted_head));
    if (!table_.filter.empty())
      parts.push_back(std::string(words.filter_head) + ": " + visible(table_.filter));
    append_parts(out, parts, "   ", std::string(static_cast<std::size_t>(indent), ' '), width,
                 options_);
  }

  void append_header(std::string& out) const {
    TextLine line(options_);
    int edge = stub_;
    for (const Figures& figures : figures_) {
      edge += (edge == stub_ ? stub_gap : figure_gap) + figures.width();
      line.text_right(figures.header, edge);
    }
    line.end(out);
  }

  void append_row(std::string& out, std::size_t index) const {
    const Row& row = *rows_[index];
    const StubText stub = fit_stub(row.label, row.indent, stub_, options_);
    for (std::size_t i = 0; i < stub.lines.size(); ++i) {
      TextLine line(options_);
      stub.place(line, i);
      if (i == 0) append_figures(line, row, index);
      line.end(out);
    }
  }

  void append_figures(TextLine& line, const Row& row, std::size_t index) const {
    int edge = stub_;
    for (const Figures& figures : figures_) {
      edge += (edge == stub_ ? stub_gap : figure_gap) + figures.width();
      line.text_right(figures.texts[index], edge);
    }
    if (bar_ == 0 || !is_category(row)) return;
    line.pad_to(bar_start_);
    line.text(bar(topline_figures(table_, row).main, bar_, options_));
  }

  void append_foot(std::string& out) const {
    std::vector<std::string> parts = topline_base_parts(table_, options_);
    const std::string missing = missing_text(table_, options_);
    if (!missing.empty()) parts.push_back(missing);
    append_parts(out, parts, "   ", std::string(words_of(table_.language).base) + "  ",
                 running_width(width_, options_), options_);
  }

  const Table& table_;
  const RenderOptions& options_;
  std::vector<const Row*> rows_;  // of the body: categories and nets, then statistics
  std::vector<Figures> figures_;
  int stub_ = 0;
  int bar_ = 0;
  int bar_start_ = 0;
  int width_ = 0;
};

}  // namespace

void append_topline(std::string& out, const Table& table, const RenderOptions& options) {
  const Topline topline(table, options);
  // Figures too many or too long to stand side by side go under each other.
  topline.fits() ? topline.append(out) : append_banner(out, table, options);
}

}  // namespace sondeo
