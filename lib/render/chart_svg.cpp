// SPDX-License-Identifier: MIT
// Charts as one SVG document. Presentation stands in a style that follows the reader's colour
// scheme.
#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "render/chart.h"
#include "render/chart_page.h"
#include "render/sentences.h"
#include "render/svg.h"
#include "table/chart_words.h"
#include "table/trend.h"
#include "table/words.h"

namespace sondeo {
namespace {

constexpr double row_gap = 9;
constexpr double bar_height = 15;
constexpr double widest_stub = 270;

// The rules of a page or document that has charts; of one on paper, light.
constexpr std::string_view style = R"css(
.chart text { font: 13px sans-serif; fill: #1b1d21; }
.chart .h { font-weight: 700; font-size: 15px; } .chart .b { font-weight: 700; }
.chart .d { fill: #575d68; font-size: 12px; }
.chart .paper { fill: #fff; } .chart .track { fill: #edf0f4; } .chart .v { fill: #3f79b5; }
.chart .rule { stroke: #575d68; stroke-width: 1; } .chart .grid { stroke: #d5dae1; stroke-width: 1; }
.chart .whisker { stroke: #14213a; stroke-width: 1.5; }
.chart .l0 { fill: #b3541e; } .chart .l1 { fill: #cf8455; } .chart .l2 { fill: #e3b08f; }
.chart .h0 { fill: #1f5f9e; } .chart .h1 { fill: #5a93c9; } .chart .h2 { fill: #9dc0e0; }
.chart .n { fill: #b6bcc6; }
.chart .s { fill: none; stroke-width: 2.5; stroke-linejoin: round; stroke-linecap: round; }
.chart .o { stroke-width: 2; } .chart .e { stroke-width: 1.25; opacity: .75; }
@media screen and (prefers-color-scheme: dark) {
  .chart text { fill: #e6e8ec; } .chart .d { fill: #a6adb9; } .chart .paper { fill: #15171b; }
  .chart .track { fill: #262a31; } .chart .rule { stroke: #a6adb9; }
  .chart .grid { stroke: #343a44; } .chart .whisker { stroke: #f0f4fa; }
}
)css";

// Of a page, besides: one of two drawings is seen, as the page is wide.
constexpr std::string_view figure_style = R"css(
figure { margin: .75rem 0 0; }
figure .chart { display: block; max-width: 100%; height: auto; }
figure .slim { display: none; }
@media screen and (max-width: 640px) {
  figure .broad { display: none; } figure .slim { display: block; }
}
)css";

class ChartSvg {
 public:
  ChartSvg(SvgWriter& svg, const Chart& chart, const RenderOptions& options, double page)
      : svg_(svg),
        chart_(chart),
        options_(options),
        words_(chart_words_of(chart.head.language)),
        page_(page),
        stacked_(page < chart_page) {
    double wanted = 60;
    for (const ChartRow& row : chart.rows)
      wanted = std::max(wanted, (display_width(row.label) + 2 * row.indent) * chart_sign);
    stub_ = stacked_ ? 0 : std::min(wanted, widest_stub) + 12;
  }

  // Draws from `y` down, and gives where it ended; what heads it and its notes only if `alone`:
  // elsewhere a table says the same.
  double draw(double y, bool alone) {
    y_ = y;
    if (alone) draw_head();
    switch (chart_.kind) {
      case ChartKind::bars:
        draw_bars();
        break;
      case ChartKind::likert:
        draw_likert();
        break;
      case ChartKind::trend:
        y_ = draw_trend(svg_, chart_, options_, page_, y_);
        break;
    }
    y_ += 6;
    if (chart_.kind == ChartKind::trend) explain_trend();
    if (!alone) return y_;
    for (const std::string& note : chart_.head.notes) paragraph(note, "d", text_columns());
    return y_;
  }

 private:
  int text_columns() const { return static_cast<int>((page_ - 2 * chart_margin) / 6.6) - 6; }

  void draw_head() {
    const std::string& title = chart_.head.title;
    paragraph(title.empty() ? chart_.head.id : title, "h", text_columns() * 6 / 7);
    std::string about;
    for (const std::string& part : about_parts(chart_.head))
      about += (about.empty() ? "" : " · ") + part;
    paragraph(about, "d", text_columns());
    y_ += 8;
  }

  void explain_trend() {
    const Words& words = words_of(chart_.head.language);
    paragraph(std::string(words_.intervals) + number_text(chart_.head.level, words) +
                  std::string(words.percent) + ".",
              "d", text_columns());
    const bool tested = std::any_of(chart_.rows.begin(), chart_.rows.end(),
                                    [](const ChartRow& row) { return !row.changes.empty(); });
    if (tested) paragraph(std::string(words_.changes) + ".", "d", text_columns());
  }

  void paragraph(const std::string& text, std::string_view kind, int columns) {
    for (const std::string& line : wrap(visible(text), columns)) {
      y_ += chart_line;
      svg_.text(chart_margin, y_, line, kind);
    }
  }

  std::string percent(const std::optional<double>& value) const {
    const std::string text = chart_percent(value, options_.look);
    return value ? text + "%" : text;
  }

  // The label at the left, or above on a narrow page; gives the middle of the row, which ends below
  // it.
  double begin_row(const ChartRow& row) {
    const double indent = 14.0 * std::clamp(row.indent, 0, 6);
    const double room = stacked_ ? page_ - 2 * chart_margin - indent : stub_ - 12 - indent;
    const auto lines = wrap(visible(row.label), std::max(8, static_cast<int>(room / chart_sign)));
    const double height = chart_line * static_cast<double>(std::max<std::size_t>(1, lines.size()));
    for (std::size_t i = 0; i < lines.size(); ++i) {
      svg_.text(chart_margin + indent, y_ + chart_line * static_cast<double>(i) + 12, lines[i],
                row.net ? "b" : "");
    }
    const double middle = stacked_ ? y_ + height + chart_line / 2 : y_ + height / 2;
    y_ += height + row_gap + (stacked_ ? chart_line + 2 : 0);
    return middle;
  }

  void draw_bars() {
    const double left = chart_margin + stub_;
    const auto lanes = static_cast<double>(std::max<std::size_t>(1, chart_.columns.size()));
    const double lane = (page_ - chart_margin - left) / lanes;
    const double room = std::max(4.0, lane - (chart_.columns.size() > 8 ? 30 : 46));
    double deepest = y_;
    for (std::size_t j = 0; j < chart_.columns.size(); ++j) {
      if (chart_.columns[j].empty()) continue;
      const int columns = std::max(5, static_cast<int>((lane - 4) / chart_sign));
      double y = y_;
      const std::string mark(chart_mark(chart_.marks[j]));
      for (const std::string& line : wrap(visible(chart_.columns[j]) + mark, columns)) {
        y += chart_line;
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
          svg_.rect(x, middle - bar_height / 2, end - x, bar_height, "v");
        }
        if (row.low && row.high) {
          svg_.line(place(*row.low), middle, place(*row.high), middle, "whisker");
          end = std::max(end, place(*row.high));
        }
        svg_.text(x + room + 5, middle + 4.5, percent(row.values[j]), row.net ? "b" : "");
      }
    }
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
    const bool aside = chart_.neutral == Neutral::aside && middle_step && !stacked_;
    const bool center = chart_.neutral == Neutral::center;
    double longest = 1;
    for (const ChartRow& row : chart_.rows) {
      const double half = center ? side_sum(chart_, row, 0).value_or(0) / 2 : 0;
      for (const int side : {-1, 1})
        longest = std::max(longest, half + side_sum(chart_, row, side).value_or(0));
    }
    const double numbers = aside ? 120 : 60;
    const double left = chart_margin + stub_ + 38;
    const double right = page_ - chart_margin - numbers - 38;
    const double zero = (left + right) / 2;
    const double scale = (right - left) / 2 / longest;
    draw_legend(center);
    y_ += chart_line;
    if (aside) svg_.text_end(page_ - chart_margin - 60, y_, words_.neutral, "d");
    svg_.text_end(page_ - chart_margin, y_, words_.net, "d");
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
        svg_.text_end(page_ - chart_margin - 60, middle + 4.5, percent(side_sum(chart_, row, 0)),
                      "");
      svg_.text_end(page_ - chart_margin, middle + 4.5,
                    chart_net(net_of(chart_, row), options_.look), "b");
    }
    svg_.line(zero, top, zero, y_ - row_gap, "rule");
  }

  void draw_legend(bool center) {
    double x = chart_margin;
    y_ += chart_line;
    for (std::size_t k = 0; k < chart_.steps.size(); ++k) {
      if (chart_.steps[k].side == 0 && !center) continue;
      const std::string label = visible(chart_.steps[k].label);
      const double width = 24 + display_width(label) * chart_sign;
      if (x > chart_margin && x + width > page_ - chart_margin) {
        x = chart_margin;
        y_ += chart_line;
      }
      svg_.rect(x, y_ - 10, 11, 11, step_class(k));
      svg_.text(x + 16, y_, label, "d");
      x += width;
    }
    y_ += 4;
  }

  SvgWriter& svg_;
  const Chart& chart_;
  const RenderOptions& options_;
  const ChartWords& words_;
  double page_;
  bool stacked_;  // labels stand above their bars
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
              (row.values[j] ? chart_figure(chart, row, row.values[j], look)
                             : chart_percent({}, look) + "%");
      if (j < row.changes.size() && !row.changes[j].empty()) text += " " + row.changes[j];
    }
    text += ".";
  }
  return text;
}

std::string title_of(const Chart& chart) {
  return chart.head.title.empty() ? chart.head.id : chart.head.title;
}

}  // namespace

std::string_view chart_mark(BaseMark mark) {
  return mark == BaseMark::low ? " *" : mark == BaseMark::very_low ? " **" : "";
}

std::string chart_figure(const Chart& chart, const ChartRow& row,
                         const std::optional<double>& value, const Look& look) {
  if (!value) return chart_percent(value, look);
  if (row.difference) return chart_net(value, look);
  if (chart.unit == Unit::percent) return chart_percent(value, look) + "%";
  return display({"mean", "", value, chart.unit, ""}, look);
}

std::string render_chart_svg(std::span<const Chart> charts, const RenderOptions& options) {
  RenderOptions signs = options;
  signs.ascii = false;
  SvgWriter body;
  double y = 8;
  std::string told;
  for (const Chart& chart : charts) {
    if (y > 8) y += 28;
    y = ChartSvg(body, chart, signs, chart_page).draw(y, true);
    told += (told.empty() ? "" : "\n") + description(chart, options.look);
  }
  SvgFrame frame;
  frame.width = chart_page;
  frame.height = y + 14;
  frame.language = charts.empty() ? "en" : charts[0].head.language;
  frame.title = charts.empty() ? "" : title_of(charts[0]);
  frame.description = told;
  frame.style = style;
  return svg_document(frame, body.bytes());
}

std::string render_chart_figure(const Chart& chart, const RenderOptions& options,
                                const std::string& id) {
  RenderOptions signs = options;
  signs.ascii = false;
  std::string out = "<figure>\n";
  for (const double page : {chart_page, chart_narrow_page}) {
    const bool wide = page == chart_page;
    SvgWriter body;
    SvgFrame frame;
    frame.height = ChartSvg(body, chart, signs, page).draw(4, false) + 4;
    frame.width = page;
    frame.language = chart.head.language;
    frame.title = title_of(chart);
    frame.description = description(chart, options.look);
    frame.kind = wide ? "broad" : "slim";
    frame.id = id + (wide ? "-" : "-slim-");
    out += svg_document(frame, body.bytes());
  }
  return out + "</figure>\n";
}

std::string chart_page_style() { return std::string(style) + std::string(figure_style); }

std::string render_svg(const TableSet& tables, const RenderOptions& options) {
  std::vector<Chart> charts;
  for (const Table& table : tables.tables)
    charts.push_back(is_trend(table) ? trend_chart(table) : bar_chart(table));
  return render_chart_svg(charts, options);
}

}  // namespace sondeo
