// SPDX-License-Identifier: MIT
// The measures of charts as pictures, and what draws them. Widths of text are estimated by columns
// of a terminal, since no font is asked for.
#pragma once

#include <string>
#include <string_view>

#include "render/render.h"
#include "render/svg.h"
#include "table/chart.h"

namespace sondeo {

inline constexpr double chart_page = 760;
inline constexpr double chart_narrow_page = 312;  // a telephone, upright
inline constexpr double chart_margin = 16;
inline constexpr double chart_sign = 7;  // the width of a sign at 13 px
inline constexpr double chart_line = 17;

// " *" or " **" behind the name of a column with a low base.
std::string_view chart_mark(BaseMark mark);

// The lines of a trend from `y` down, on a page of that width; returns where they end.
double draw_trend(SvgWriter& svg, const Chart& chart, const RenderOptions& options, double page,
                  double y);

// A figure of a row with its unit: "49%", "+52" (points), "2.64".
std::string chart_figure(const Chart& chart, const ChartRow& row,
                         const std::optional<double>& value, const Look& look);

}  // namespace sondeo
