// SPDX-License-Identifier: MIT
// Lines over waves: dots with whiskers, and between them a solid line where a change was found.
#include <algorithm>
#include <cmath>

#include "base/number.h"
#include "base/text.h"
#include "render/chart.h"
#include "render/chart_page.h"

namespace sondeo {
namespace {

constexpr std::string_view colors[] = {"#3f79b5", "#cf6a2c", "#2f8f6b",
                                       "#9a5fb5", "#8a8f3c", "#b5476a"};
constexpr double plot_height = 260;
constexpr int widest_wave = 20;  // columns: a wave's name may stand at the edge
constexpr double narrow = 500;   // pages below have no room for labels beside the plot
constexpr double widest_label = 240;

// Where an axis begins and ends, and its steps.
struct Scale {
  double low = 0, high = 1, step = 1;

  // The round steps that hold all values: four or five of them, of 1, 2, 2.5 or 5.
  static Scale of(double least, double largest) {
    const double span = std::max(largest - least, 1e-9);
    const double rough = span / 4;
    const double power = std::pow(10, std::floor(std::log10(rough)));
    double step = 10 * power;
    for (const double each : {1.0, 2.0, 2.5, 5.0}) {
      if (each * power >= rough) {
        step = each * power;
        break;
      }
    }
    return {std::floor(least / step + 1e-9) * step, std::ceil(largest / step - 1e-9) * step, step};
  }
};

class Trend {
 public:
  Trend(SvgWriter& svg, const Chart& chart, const RenderOptions& options, double page, double y)
      : svg_(svg),
        chart_(chart),
        options_(options),
        page_(page),
        rows_(drawn_rows(chart)),
        waves_(chart.columns.size()) {
    double label = 60;
    for (const auto i : rows_)
      label = std::max(label, display_width(chart.rows[i].label) * chart_sign);
    const bool beside = page >= narrow;
    label_ = beside ? std::min(label, widest_label) : page - 2 * chart_margin - 66;
    left_ = chart_margin + 44;
    right_ = beside ? page - chart_margin - label_ - 74 : page - chart_margin - 14;
    top_ = y + 10;
    bottom_ = top_ + plot_height;
  }

  double draw() {
    measure();
    draw_axes();
    for (std::size_t place = 0; place < rows_.size(); ++place) draw_line(place);
    return page_ >= narrow ? draw_labels() : draw_legend();
  }

 private:
  const ChartRow& row(std::size_t place) const { return chart_.rows[rows_[place]]; }
  std::string_view color(std::size_t place) const { return colors[place % std::size(colors)]; }

  void measure() {
    std::optional<double> least, largest;
    const auto meet = [&](const std::optional<double>& value) {
      if (!value) return;
      least = std::min(least.value_or(*value), *value);
      largest = std::max(largest.value_or(*value), *value);
    };
    for (std::size_t place = 0; place < rows_.size(); ++place) {
      for (const auto& value : row(place).values) meet(value);
      for (const auto& [low, high] : row(place).limits) {
        meet(low);
        meet(high);
      }
    }
    const bool percent = chart_.unit == Unit::percent;
    if (percent) {
      // Shares are seen from nothing up.
      meet(0);
      meet(10);
    }
    if (!least) least = largest = 0;
    if (!percent && *least == *largest) *largest = *least + 1;
    scale_ = Scale::of(*least, *largest);
    if (!percent) return;
    scale_.high = std::min(scale_.high, 100.0);
    scale_.low = std::max(scale_.low, -100.0);
  }

  double x_of(std::size_t wave) const {
    if (waves_ < 2) return (left_ + right_) / 2;
    const double inner = right_ - left_ - 24;
    return left_ + 12 + inner * static_cast<double>(wave) / static_cast<double>(waves_ - 1);
  }

  double y_of(double value) const {
    return bottom_ - (value - scale_.low) / (scale_.high - scale_.low) * plot_height;
  }

  void draw_axes() {
    int decimals = 0;
    for (double step = scale_.step; decimals < 6 && std::abs(step - std::round(step)) > 1e-6;
         step *= 10)
      ++decimals;
    const auto count = std::lround((scale_.high - scale_.low) / scale_.step);
    for (long i = 0; i <= count; ++i) {
      const double tick = scale_.low + static_cast<double>(i) * scale_.step;
      if (tick > scale_.high + scale_.step / 2) break;
      const bool zero = std::abs(tick) < scale_.step / 1000;
      svg_.line(left_, y_of(tick), right_, y_of(tick), zero ? "rule" : "grid");
      const auto text = rounded(zero ? 0 : tick, decimals, options_.look.decimal, "");
      svg_.text_end(left_ - 6, y_of(tick) + 4, text + (chart_.unit == Unit::percent ? "%" : ""),
                    "d");
    }
    const double room =
        waves_ < 2 ? right_ - left_ : (right_ - left_ - 24) / static_cast<double>(waves_ - 1);
    for (std::size_t j = 0; j < waves_; ++j) {
      const int columns = std::clamp(static_cast<int>(room / chart_sign) - 1, 4, widest_wave);
      svg_.text_middle(
          x_of(j), bottom_ + 18,
          clip(visible(chart_.columns[j]), columns) + std::string(chart_mark(chart_.marks[j])),
          "d");
    }
  }

  // Lines stand a little beside each other, so that their whiskers do not cover one another.
  double beside(std::size_t place) const {
    return (static_cast<double>(place) - static_cast<double>(rows_.size() - 1) / 2) * 3;
  }

  void draw_line(std::size_t place) {
    const ChartRow& line = row(place);
    const double aside = beside(place);
    for (std::size_t j = 0; j < waves_; ++j) {
      if (!line.values[j]) continue;
      const double x = x_of(j) + aside;
      const double y = y_of(*line.values[j]);
      // A wave without a figure breaks the line.
      if (j > 0 && line.values[j - 1]) {
        const bool tested = !line.changes.empty();
        const bool changed = tested && !line.changes[j].empty();
        svg_.polyline({{x_of(j - 1) + aside, y_of(*line.values[j - 1])}, {x, y}},
                      tested && !changed ? "s o" : "s", color(place),
                      tested && !changed ? "1 5" : "none");
      }
      const auto [low, high] = j < line.limits.size() ? line.limits[j] : decltype(line.limits[j]){};
      if (low && high) svg_.polyline({{x, y_of(*low)}, {x, y_of(*high)}}, "e", color(place), "");
    }
    for (std::size_t j = 0; j < waves_; ++j) {
      if (line.values[j]) svg_.marker(x_of(j) + aside, y_of(*line.values[j]), place, color(place));
    }
  }

  // The last figure that a line has.
  std::optional<double> last(const ChartRow& line) const {
    for (auto value = line.values.rbegin(); value != line.values.rend(); ++value)
      if (*value) return *value;
    return std::nullopt;
  }

  // A label in at most two lines.
  std::vector<std::string> label_lines(std::size_t place) const {
    const int columns = std::max(6, static_cast<int>(label_ / chart_sign));
    auto lines = wrap(visible(row(place).label), columns);
    if (lines.size() > 2) {
      lines[1] = clip(lines[1] + " " + lines[2], columns);
      lines.resize(2);
    }
    return lines;
  }

  double label_height(std::size_t place) const {
    return chart_line * static_cast<double>(std::max<std::size_t>(1, label_lines(place).size()));
  }

  void draw_label(std::size_t place, double x, double y) {
    svg_.marker(x, y, place, color(place));
    svg_.text_end(x + 46, y + 4.5,
                  chart_figure(chart_, row(place), last(row(place)), options_.look), "b");
    for (const std::string& line : label_lines(place)) {
      svg_.text(x + 52, y + 4.5, line, row(place).net ? "b" : "");
      y += chart_line - 2;
    }
  }

  // At the ends of the lines, as near as they can be without covering each other.
  double draw_labels() {
    std::vector<std::pair<double, std::size_t>> ends;
    for (std::size_t place = 0; place < rows_.size(); ++place) {
      const auto value = last(row(place));
      ends.emplace_back(value ? y_of(*value) : bottom_, place);
    }
    std::stable_sort(ends.begin(), ends.end());
    std::vector<double> places(ends.size());
    double free = top_;
    for (std::size_t i = 0; i < ends.size(); ++i) {
      places[i] = std::max(ends[i].first, free);
      free = places[i] + label_height(ends[i].second);
    }
    // What was pushed below the plot pushes back up, where there is room.
    double limit = bottom_ + chart_line;
    for (std::size_t i = ends.size(); i-- > 0;) {
      limit -= label_height(ends[i].second);
      places[i] = std::min(places[i], limit);
      limit = places[i];
    }
    const double too_high = ends.empty() ? 0 : std::max(0.0, top_ - places.front());
    double lowest = bottom_;
    for (std::size_t i = 0; i < ends.size(); ++i) {
      const double y = places[i] + too_high;
      draw_label(ends[i].second, right_ + 12, y);
      lowest = std::max(lowest, y + label_height(ends[i].second) - chart_line);
    }
    return std::max(bottom_ + 26, lowest + chart_line);
  }

  double draw_legend() {
    double y = bottom_ + 40;
    for (std::size_t place = 0; place < rows_.size(); ++place) {
      draw_label(place, chart_margin + 6, y);
      y += label_height(place) + 3;
    }
    return y;
  }

  SvgWriter& svg_;
  const Chart& chart_;
  const RenderOptions& options_;
  double page_;
  std::vector<std::size_t> rows_;
  std::size_t waves_;
  Scale scale_;
  double label_ = 0, left_ = 0, right_ = 0, top_ = 0, bottom_ = 0;
};

}  // namespace

double draw_trend(SvgWriter& svg, const Chart& chart, const RenderOptions& options, double page,
                  double y) {
  return Trend(svg, chart, options, page, y).draw();
}

}  // namespace sondeo
