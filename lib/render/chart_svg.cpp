// SPDX-License-Identifier: MIT
// Charts as one SVG document. Presentation stands in a style that follows the reader's colour
// scheme; widths of text are estimated by columns of a terminal, since no font is asked for.
#include <algorithm>
#include <cmath>

#include "base/number.h"
#include "base/text.h"
#include "render/chart.h"
#include "render/sentences.h"
#include "render/svg.h"
#include "table/chart_words.h"

namespace sondeo {
namespace {

constexpr double page = 760;
constexpr double margin = 16;
constexpr double column_width = 7;  // of a sign at 13 px
constexpr double line_height = 17;
constexpr double row_gap = 9;
constexpr double bar_height = 15;
constexpr double widest_stub = 270;
constexpr int text_columns = 100;
constexpr int widest_wave = 20;  // columns: a wave's name may stand at the edge

constexpr std::string_view style = R"css(
text { font: 13px sans-serif; fill: #1b1d21; }
.h { font-weight: 700; font-size: 15px; } .b { font-weight: 700; }
.d { fill: #575d68; font-size: 12px; }
.paper { fill: #fff; } .track { fill: #edf0f4; } .bar { fill: #3f79b5; }
.rule { stroke: #575d68; stroke-width: 1; } .grid { stroke: #d5dae1; stroke-width: 1; }
.whisker { stroke: #14213a; stroke-width: 1.5; }
.l0 { fill: #b3541e; } .l1 { fill: #cf8455; } .l2 { fill: #e3b08f; }
.h0 { fill: #1f5f9e; } .h1 { fill: #5a93c9; } .h2 { fill: #9dc0e0; } .n { fill: #b6bcc6; }
.s { fill: none; stroke-width: 2.5; stroke-linejoin: round; stroke-linecap: round; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6e8ec; } .d { fill: #a6adb9; } .paper { fill: #15171b; } .track { fill: #262a31; }
  .rule { stroke: #a6adb9; } .grid { stroke: #343a44; } .whisker { stroke: #f0f4fa; }
}
)css";

// Colours and dashes of lines: told apart without colour, too.
struct Stroke {
  std::string_view color;
  std::string_view dashes;
};
constexpr Stroke strokes[] = {{"#3f79b5", "none"}, {"#cf6a2c", "7 4"},      {"#2f8f6b", "2 4"},
                              {"#9a5fb5", "none"}, {"#8a8f3c", "10 3 2 3"}, {"#b5476a", "7 4"}};

class ChartSvg {
 public:
  ChartSvg(SvgWriter& svg, const Chart& chart, const RenderOptions& options)
      : svg_(svg), chart_(chart), options_(options), words_(chart_words_of(chart.head.language)) {
    double wanted = 60;
    for (const ChartRow& row : chart.rows)
      wanted = std::max(wanted, (display_width(row.label) + 2 * row.indent) * column_width);
    stub_ = std::min(wanted, widest_stub) + 12;
  }

  // Draws from `y` down, and gives where it ended.
  double draw(double y) {
    y_ = y;
    const std::string& title = chart_.head.title;
    paragraph(title.empty() ? chart_.head.id : title, "h", 86);
    std::string about;
    for (const std::string& part : about_parts(chart_.head))
      about += (about.empty() ? "" : " · ") + part;
    paragraph(about, "d", text_columns);
    y_ += 8;
    switch (chart_.kind) {
      case ChartKind::bars:
        draw_bars();
        break;
      case ChartKind::likert:
        draw_likert();
        break;
      case ChartKind::trend:
        draw_trend();
        break;
    }
    y_ += 6;
    for (const std::string& note : chart_.head.notes) paragraph(note, "d", text_columns);
    return y_;
  }

 private:
  void paragraph(const std::string& text, std::string_view kind, int columns) {
    for (const std::string& line : wrap(visible(text), columns)) {
      y_ += line_height;
      svg_.text(margin, y_, line, kind);
    }
  }

  std::string percent(const std::optional<double>& value) const {
    const std::string text = chart_percent(value, options_.look);
    return value ? text + "%" : text;
  }

  // The label at the left; gives the middle of the row, which ends below it.
  double begin_row(const ChartRow& row) {
    const double indent = 14.0 * std::clamp(row.indent, 0, 6);
    const auto columns = static_cast<int>((stub_ - 12 - indent) / column_width);
    const auto lines = wrap(visible(row.label), std::max(8, columns));
    const double height = line_height * static_cast<double>(std::max<std::size_t>(1, lines.size()));
    for (std::size_t i = 0; i < lines.size(); ++i) {
      svg_.text(margin + indent, y_ + line_height * static_cast<double>(i) + 12, lines[i],
                row.net ? "b" : "");
    }
    const double middle = y_ + height / 2;
    y_ += height + row_gap;
    return middle;
  }

  void draw_bars() {
    const double left = margin + stub_;
    const auto lanes = static_cast<double>(std::max<std::size_t>(1, chart_.columns.size()));
    const double lane = (page - margin - left) / lanes;
    const double room = std::max(4.0, lane - (chart_.columns.size() > 8 ? 30 : 46));
    double deepest = y_;
    for (std::size_t j = 0; j < chart_.columns.size(); ++j) {
      if (chart_.columns[j].empty()) continue;
      const int columns = std::max(5, static_cast<int>((lane - 4) / column_width));
      double y = y_;
      const std::string mark(mark_of(chart_.marks[j]));
      for (const std::string& line : wrap(visible(chart_.columns[j]) + mark, columns)) {
        y += line_height;
        svg_.text(left + lane * static_cast<double>(j), y, line, "d");
      }
      deepest = std::max(deepest, y);
    }
    y_ = deepest + 8;
    for (const ChartRow& row : chart_.rows) {
      const double middle = begin_row(row);
      for (std::size_t j = 0; j < row.values.size(); ++j) {
        const double x = left + lane * static_cast<double>(j);
        const auto place = [&](double value) {
          return x + std::clamp(value, 0.0, 100.0) / 100 * room;
        };
        svg_.rect(x, middle - bar_height / 2, room, bar_height, "track");
        double end = x;
        if (row.values[j]) {
          end = place(*row.values[j]);
          svg_.rect(x, middle - bar_height / 2, end - x, bar_height, "bar");
        }
        if (row.low && row.high) {
          svg_.line(place(*row.low), middle, place(*row.high), middle, "whisker");
          end = std::max(end, place(*row.high));
        }
        svg_.text(x + room + 5, middle + 4.5, percent(row.values[j]), row.net ? "b" : "");
      }
    }
  }

  static std::string_view mark_of(BaseMark mark) {
    return mark == BaseMark::low ? " *" : mark == BaseMark::very_low ? " **" : "";
  }

  // The class of a step: the further out, the stronger.
  std::string step_class(std::size_t k) const {
    const int side = chart_.steps[k].side;
    if (side == 0) return "n";
    std::size_t outward = 0;  // steps of the side that lie further out
    for (std::size_t i = 0; i < chart_.steps.size(); ++i)
      outward += chart_.steps[i].side == side && (side < 0 ? i < k : i > k) ? 1 : 0;
    return (side < 0 ? "l" : "h") + std::to_string(std::min<std::size_t>(outward, 2));
  }

  void draw_likert() {
    const bool middle_step = std::any_of(chart_.steps.begin(), chart_.steps.end(),
                                         [](const ChartStep& step) { return step.side == 0; });
    const bool aside = chart_.neutral == Neutral::aside && middle_step;
    const bool center = chart_.neutral == Neutral::center;
    double longest = 1;
    for (const ChartRow& row : chart_.rows) {
      const double half = center ? side_sum(chart_, row, 0).value_or(0) / 2 : 0;
      for (const int side : {-1, 1})
        longest = std::max(longest, half + side_sum(chart_, row, side).value_or(0));
    }
    const double numbers = aside ? 120 : 60;
    const double left = margin + stub_ + 38;
    const double right = page - margin - numbers - 38;
    const double zero = (left + right) / 2;
    const double scale = (right - left) / 2 / longest;
    draw_legend(center);
    y_ += line_height;
    if (aside) svg_.text_end(page - margin - 60, y_, words_.neutral, "d");
    svg_.text_end(page - margin, y_, words_.net, "d");
    y_ += 6;
    const double top = y_;
    for (const ChartRow& row : chart_.rows) {
      const double middle = begin_row(row);
      const double half = center ? side_sum(chart_, row, 0).value_or(0) / 2 : 0;
      double low = zero - half * scale;
      double high = zero + half * scale;
      if (half > 0) svg_.rect(low, middle - bar_height / 2, high - low, bar_height, "n");
      for (std::size_t i = 0; i < chart_.steps.size(); ++i) {
        const std::size_t k = chart_.steps.size() - 1 - i;  // low steps from the middle outwards
        if (chart_.steps[k].side >= 0) continue;
        const double width = row.values[k].value_or(0) * scale;
        low -= width;
        svg_.rect(low, middle - bar_height / 2, width, bar_height, step_class(k));
      }
      for (std::size_t k = 0; k < chart_.steps.size(); ++k) {
        if (chart_.steps[k].side <= 0) continue;
        const double width = row.values[k].value_or(0) * scale;
        svg_.rect(high, middle - bar_height / 2, width, bar_height, step_class(k));
        high += width;
      }
      svg_.text_end(low - 5, middle + 4.5, percent(side_sum(chart_, row, -1)), "");
      svg_.text(high + 5, middle + 4.5, percent(side_sum(chart_, row, 1)), "");
      if (aside)
        svg_.text_end(page - margin - 60, middle + 4.5, percent(side_sum(chart_, row, 0)), "");
      svg_.text_end(page - margin, middle + 4.5, chart_net(net_of(chart_, row), options_.look),
                    "b");
    }
    svg_.line(zero, top, zero, y_ - row_gap, "rule");
  }

  void draw_legend(bool center) {
    double x = margin;
    y_ += line_height;
    for (std::size_t k = 0; k < chart_.steps.size(); ++k) {
      if (chart_.steps[k].side == 0 && !center) continue;
      const std::string label = visible(chart_.steps[k].label);
      const double width = 24 + display_width(label) * column_width;
      if (x > margin && x + width > page - margin) {
        x = margin;
        y_ += line_height;
      }
      svg_.rect(x, y_ - 10, 11, 11, step_class(k));
      svg_.text(x + 16, y_, label, "d");
      x += width;
    }
    y_ += 4;
  }

  void draw_trend() {
    double largest = 10;
    for (const ChartRow& row : chart_.rows)
      for (const auto& value : row.values) largest = std::max(largest, value.value_or(0));
    largest = std::min(100.0, std::ceil(largest / 10) * 10);
    const double height = 260;
    const double left = margin + 60;
    const double right = page - margin - stub_ - 48;
    const double top = y_ + 10;
    const double bottom = top + height;
    const auto waves = chart_.columns.size();
    const auto x_of = [&](std::size_t j) {
      return waves < 2
                 ? (left + right) / 2
                 : left + (right - left) * static_cast<double>(j) / static_cast<double>(waves - 1);
    };
    const auto y_of = [&](double value) { return bottom - value / largest * height; };
    const double step = largest > 50 ? 20 : 10;
    for (double tick = 0; tick <= largest; tick += step) {
      svg_.line(left, y_of(tick), right, y_of(tick), tick == 0 ? "rule" : "grid");
      svg_.text_end(left - 6, y_of(tick) + 4, rounded(tick, 0) + "%", "d");
    }
    const double room = waves < 2 ? right - left : (right - left) / static_cast<double>(waves - 1);
    for (std::size_t j = 0; j < waves; ++j) {
      const int columns = std::clamp(static_cast<int>(room / column_width) - 1, 4, widest_wave);
      svg_.text_middle(
          x_of(j), bottom + 18,
          clip(visible(chart_.columns[j]), columns) + std::string(mark_of(chart_.marks[j])), "d");
    }
    std::vector<std::pair<double, std::size_t>> ends;  // where a line's label wants to stand
    for (std::size_t i = 0; i < chart_.rows.size(); ++i) {
      const ChartRow& row = chart_.rows[i];
      const Stroke& stroke = strokes[i % std::size(strokes)];
      std::vector<std::pair<double, double>> points;
      double last = bottom;
      for (std::size_t j = 0; j <= waves; ++j) {
        if (j < waves && row.values[j]) {
          points.emplace_back(x_of(j), y_of(*row.values[j]));
          last = points.back().second;
          svg_.dot(points.back().first, last, stroke.color);
          continue;
        }
        // A wave without a figure breaks the line.
        if (points.size() > 1) svg_.polyline(points, "s", stroke.color, stroke.dashes);
        points.clear();
      }
      ends.emplace_back(last, i);
    }
    std::stable_sort(ends.begin(), ends.end());
    double free = top - 20;
    for (const auto& [wanted, i] : ends) {
      const double y = std::max(wanted, free + line_height);
      free = y;
      const ChartRow& row = chart_.rows[i];
      const auto columns = static_cast<int>(stub_ / column_width) - 2;
      svg_.rect(right + 14, y - 5, 10, 10, "", strokes[i % std::size(strokes)].color);
      const auto figure = row.values.empty() ? std::nullopt : row.values.back();
      svg_.text(right + 30, y + 4.5,
                percent(figure) + "  " + clip(visible(row.label), std::max(6, columns)),
                row.net ? "b" : "");
    }
    y_ = std::max(bottom + 26, free + line_height);
  }

  SvgWriter& svg_;
  const Chart& chart_;
  const RenderOptions& options_;
  const ChartWords& words_;
  double stub_ = 60;
  double y_ = 0;
};

// The picture in words: what it is, and its figures row by row.
std::string description(const Chart& chart, const Look& look) {
  const ChartWords& words = chart_words_of(chart.head.language);
  const std::string_view kind = chart.kind == ChartKind::bars     ? words.bars
                                : chart.kind == ChartKind::likert ? words.likert
                                                                  : words.trend;
  std::string text = visible(chart.head.title.empty() ? chart.head.id : chart.head.title);
  if (!text.ends_with('.') && !text.ends_with('?')) text += '.';
  text += " " + std::string(kind) + ".";
  for (const ChartRow& row : chart.rows) {
    text += " " + visible(row.label) + ":";
    for (std::size_t j = 0; j < row.values.size(); ++j) {
      const std::string& name =
          chart.kind == ChartKind::likert ? chart.steps[j].label : chart.columns[j];
      text += (j > 0 ? ", " : " ") + visible(name) + (name.empty() ? "" : " ") +
              chart_percent(row.values[j], look) + "%";
    }
    text += ".";
  }
  return text;
}

}  // namespace

std::string render_chart_svg(std::span<const Chart> charts, const RenderOptions& options) {
  RenderOptions signs = options;
  signs.ascii = false;
  SvgWriter body;
  double y = 8;
  std::string told;
  for (const Chart& chart : charts) {
    if (y > 8) y += 28;
    y = ChartSvg(body, chart, signs).draw(y);
    told += (told.empty() ? "" : "\n") + description(chart, options.look);
  }
  const std::string title =
      charts.empty() ? ""
                     : (charts[0].head.title.empty() ? charts[0].head.id : charts[0].head.title);
  const std::string language = charts.empty() ? "en" : charts[0].head.language;
  return svg_document(page, y + 14, language, title, told, style, body.bytes());
}

std::string render_svg(const TableSet& tables, const RenderOptions& options) {
  std::vector<Chart> charts;
  for (const Table& table : tables.tables) charts.push_back(bar_chart(table));
  return render_chart_svg(charts, options);
}

}  // namespace sondeo
