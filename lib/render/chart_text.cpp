// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>

#include "base/number.h"
#include "base/text.h"
#include "render/chart.h"
#include "render/sentences.h"
#include "render/text_layout.h"
#include "table/chart_words.h"

namespace sondeo {
namespace {

constexpr int usual_width = 80;
constexpr int figure_columns = 6;

std::string times(std::string_view sign, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += sign;
  return text;
}

// A bar of `length` columns, in eighths of one.
std::string bar(double length, bool ascii) {
  if (ascii) return times("#", static_cast<int>(std::lround(length)));
  static constexpr std::string_view parts[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  const auto eighths = std::lround(length * 8);
  return times("█", static_cast<int>(eighths / 8)) + std::string(parts[eighths % 8]);
}

class ChartText {
 public:
  ChartText(std::string& out, const Chart& chart, const RenderOptions& options)
      : out_(out), chart_(chart), options_(options), words_(chart_words_of(chart.head.language)) {
    width_ = options.width > 0 ? options.width : usual_width;
    int wanted = 0;
    for (const ChartRow& row : chart.rows)
      wanted = std::max(wanted, stub_width(row.label, row.indent, options));
    stub_ = std::min(wanted, width_ * 2 / 5);
  }

  void append() {
    append_title(out_, chart_.head.id, chart_.head.title, width_, options_);
    append_parts(out_, about_parts(chart_.head), " · ", "", width_, options_);
    out_ += "\n";
    switch (chart_.kind) {
      case ChartKind::bars:
        append_bars();
        break;
      case ChartKind::likert:
        append_likert();
        break;
      case ChartKind::trend:
        append_trend();
        break;
    }
    out_ += "\n";
    append_notes(out_, chart_.head, width_, options_);
  }

 private:
  // The label in front; `rest` draws behind the first line of it.
  template <typename Draw>
  void append_row(const ChartRow& row, Draw draw) {
    const StubText label = fit_stub(row.label, row.indent, stub_, options_);
    for (std::size_t i = 0; i < label.lines.size(); ++i) {
      TextLine line(options_);
      label.place(line, i);
      if (i == 0) draw(line);
      line.end(out_);
    }
  }

  // One lane under the other: a terminal is too narrow for bars side by side.
  void append_bars() {
    const int room = std::max(8, width_ - stub_ - figure_columns - 3);
    for (std::size_t j = 0; j < chart_.columns.size(); ++j) {
      if (!chart_.columns[j].empty()) {
        if (j > 0) out_ += "\n";
        const std::string name =
            label_text(chart_.columns[j], options_) + std::string(mark_sign(chart_.marks[j]));
        for (const std::string& part : wrap(name, width_)) {
          TextLine head(options_);
          head.bold(part);
          head.end(out_);
        }
      }
      for (const ChartRow& row : chart_.rows) {
        append_row(row, [&](TextLine& line) {
          line.text_right(chart_percent(row.values[j], options_.look), stub_ + figure_columns);
          line.pad_to(stub_ + figure_columns + 2);
          line.text(bar(row.values[j].value_or(0) / 100 * room, options_.ascii));
        });
      }
    }
  }

  // Signs of a side's steps, from the middle outwards: the further out, the darker.
  std::string_view shade(std::size_t outward, std::size_t count) const {
    static constexpr std::string_view blocks[] = {"░", "▒", "▓", "█"};
    static constexpr std::string_view plain[] = {".", "-", "+", "#"};
    const std::size_t last = 3;
    std::size_t level = last;
    if (outward + 1 < count) level = count == 2 ? 1 : last - std::min(last, count - 1 - outward);
    return options_.ascii ? plain[level] : blocks[level];
  }

  // The steps of one side from the middle outwards, in columns.
  std::string side_bar(const ChartRow& row, int side, double scale) const {
    std::vector<double> parts;
    for (std::size_t k = 0; k < chart_.steps.size(); ++k)
      if (chart_.steps[k].side == side) parts.push_back(row.values[k].value_or(0));
    if (side < 0) std::reverse(parts.begin(), parts.end());
    double sum = chart_.neutral == Neutral::center ? side_sum(chart_, row, 0).value_or(0) / 2 : 0;
    std::string text =
        times(options_.ascii ? ":" : "·", static_cast<int>(std::lround(sum * scale)));
    for (std::size_t i = 0; i < parts.size(); ++i) {
      // Ends are rounded, not parts: what is rounded does not add up.
      const auto from = std::lround(sum * scale);
      sum += parts[i];
      const std::string part =
          times(shade(i, parts.size()), static_cast<int>(std::lround(sum * scale) - from));
      text = side < 0 ? part + text : text + part;
    }
    return text;
  }

  double longest_side() const {
    double longest = 1;
    for (const ChartRow& row : chart_.rows) {
      const double middle =
          chart_.neutral == Neutral::center ? side_sum(chart_, row, 0).value_or(0) / 2 : 0;
      for (const int side : {-1, 1})
        longest = std::max(longest, middle + side_sum(chart_, row, side).value_or(0));
    }
    return longest;
  }

  void append_likert() {
    const bool aside = chart_.neutral == Neutral::aside && has_middle();
    const int number = std::max(4, 3 + options_.look.digits + (options_.look.digits > 0 ? 1 : 0));
    const int neutral_width = aside ? display_width(words_.neutral) + 2 : 0;
    const int net_width = std::max(number + 2, display_width(words_.net) + 2);
    const int half = std::max(5, (width_ - stub_ - 2 * number - neutral_width - net_width - 5) / 2);
    const int middle = stub_ + number + half + 2;
    const int end = middle + half + number + 2;
    const double scale = half / longest_side();
    TextLine head(options_);
    const std::string left = std::string(options_.ascii ? "< " : "◂ ") + step_label(-1);
    head.text_right(clip(left, middle - 1, options_.ascii), middle - 1);
    head.pad_to(middle);
    head.text(options_.ascii ? "| " : "│ ");
    head.text(clip(step_label(1) + (options_.ascii ? " >" : " ▸"), half + number, options_.ascii));
    if (aside) head.text_right(words_.neutral, end + neutral_width);
    head.text_right(words_.net, end + neutral_width + net_width);
    head.end(out_);
    for (const ChartRow& row : chart_.rows) {
      append_row(row, [&](TextLine& line) {
        const std::string low = chart_percent(side_sum(chart_, row, -1), options_.look) + " " +
                                side_bar(row, -1, scale);
        line.text_right(low, middle - 1);
        line.pad_to(middle);
        line.text(options_.ascii ? "| " : "│ ");
        line.text(side_bar(row, 1, scale) + " " +
                  chart_percent(side_sum(chart_, row, 1), options_.look));
        if (aside) {
          line.text_right(chart_percent(side_sum(chart_, row, 0), options_.look),
                          end + neutral_width);
        }
        line.text_right(chart_net(net_of(chart_, row), options_.look),
                        end + neutral_width + net_width);
      });
    }
    append_legend();
  }

  bool has_middle() const {
    return std::any_of(chart_.steps.begin(), chart_.steps.end(),
                       [](const ChartStep& step) { return step.side == 0; });
  }

  // The mildest step of a side names it.
  std::string step_label(int side) const {
    std::string label;
    for (const ChartStep& step : chart_.steps) {
      if (step.side != side) continue;
      label = label_text(step.label, options_);
      if (side > 0) break;
    }
    return label;
  }

  void append_legend() {
    std::vector<std::string> parts;
    std::size_t low = 0;
    std::size_t high = 0;
    for (const ChartStep& step : chart_.steps) {
      low += step.side < 0 ? 1 : 0;
      high += step.side > 0 ? 1 : 0;
    }
    std::size_t below = 0;
    std::size_t above = 0;
    for (const ChartStep& step : chart_.steps) {
      std::string_view sign = options_.ascii ? ":" : "·";
      if (step.side < 0) sign = shade(low - 1 - below++, low);
      if (step.side > 0) sign = shade(above++, high);
      if (step.side == 0 && chart_.neutral != Neutral::center) continue;
      parts.push_back(std::string(sign) + " " + label_text(step.label, options_));
    }
    out_ += "\n";
    append_parts(out_, parts, "   ", "", width_, options_);
  }

  std::string trend_figure(const ChartRow& row, const std::optional<double>& value) const {
    if (row.difference) return chart_net(value, options_.look);
    if (!value || chart_.unit == Unit::percent) return chart_percent(value, options_.look);
    return display({"mean", "", value, chart_.unit, ""}, options_.look);
  }

  // Half the width of the last wave's interval, or "".
  std::string last_margin(const ChartRow& row) const {
    const std::string statistic = chart_.unit == Unit::percent ? "moe" : "mean";
    return display({statistic, "", row.margin, chart_.unit, ""}, options_.look);
  }

  // Figures by wave with the marks of what changed behind them, how sure the last is, and small
  // columns.
  void append_trend() {
    std::vector<int> widths;
    int total = 0;
    bool tested = false;
    for (const ChartRow& row : chart_.rows) tested = tested || !row.changes.empty();
    const int mark = tested ? (options_.ascii ? 2 : 1) : 0;
    for (const std::string& wave : chart_.columns) {
      widths.push_back(std::max(figure_columns, std::min(14, display_width(wave) + 2)) + mark);
      total += widths.back();
    }
    const int margin = figure_columns + 1;
    const bool margins = stub_ + total + margin <= width_;
    const bool spark = !options_.ascii && chart_.unit == Unit::percent &&
                       stub_ + total + margin + 3 + static_cast<int>(widths.size()) <= width_;
    TextLine head(options_);
    int at = stub_;
    for (std::size_t j = 0; j < widths.size(); ++j) {
      at += widths[j];
      const int room = widths[j] - mark - 1;
      const std::string name = label_text(chart_.columns[j], options_);
      head.text_right(clip(name, room, options_.ascii), at - mark);
      head.text(mark_sign(chart_.marks[j]).substr(0, static_cast<std::size_t>(mark + 1)));
    }
    if (margins) head.text_right(margin_heading(chart_.head, options_), at + margin);
    head.end(out_);
    for (const ChartRow& row : chart_.rows) {
      append_row(row, [&](TextLine& line) {
        int edge = stub_;
        for (std::size_t j = 0; j < widths.size(); ++j) {
          edge += widths[j];
          line.text_right(trend_figure(row, row.values[j]), edge - mark);
          if (tested) line.text(marks_text(row.changes[j], options_));
        }
        if (margins) line.text_right(last_margin(row), edge + margin);
        if (!spark || row.difference) return;
        line.pad_to(edge + margin + 2);
        line.text(columns_of(row));
      });
    }
    if (!tested) return;
    out_ += "\n";
    append_parts(out_, {std::string(words_.marks) + "."}, "", "", width_, options_);
  }

  // Small columns from 0 to the largest figure of the chart.
  std::string columns_of(const ChartRow& row) const {
    static constexpr std::string_view heights[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    double largest = 1;
    for (const ChartRow& each : chart_.rows)
      for (const auto& value : each.values) largest = std::max(largest, value.value_or(0));
    std::string text;
    for (const auto& value : row.values) {
      const auto step = value ? std::clamp(std::lround(*value / largest * 8) - 1, 0L, 7L) : 0L;
      text += value ? heights[step] : " ";
    }
    return text;
  }

  std::string& out_;
  const Chart& chart_;
  const RenderOptions& options_;
  const ChartWords& words_;
  int width_ = usual_width;
  int stub_ = 0;
};

}  // namespace

std::string render_chart_text(std::span<const Chart> charts, const RenderOptions& options) {
  std::string out;
  for (const Chart& chart : charts) {
    if (!out.empty()) out += "\n";
    ChartText(out, chart, options).append();
  }
  return out;
}

std::string chart_percent(const std::optional<double>& percent, const Look& look) {
  if (!percent) return "–";
  return display({"column_percent", "", percent, Unit::percent, ""}, look);
}

std::string chart_net(const std::optional<double>& net, const Look& look) {
  if (!net) return "–";
  const std::string text = chart_percent(net, look);
  const bool zero = text.find_first_of("123456789") == std::string::npos;
  return zero || text.starts_with('-') ? text : "+" + text;
}

}  // namespace sondeo
