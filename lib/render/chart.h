// SPDX-License-Identifier: MIT
// Charts -> bytes, for a terminal and as SVG.
#pragma once

#include <span>
#include <string>

#include "render/render.h"
#include "table/chart.h"

namespace sondeo {

// Lines of at most options.width columns (80 if it is 0), one chart under the other: bars of
// eighths of a block, scales that diverge from a line, trends as small columns beside their
// figures.
std::string render_chart_text(std::span<const Chart> charts, const RenderOptions& options);

// One HTML file with nothing but the charts, each under what heads it and above its notes; like the
// format html it needs nothing else and runs nothing.
std::string render_chart_html(std::span<const Chart> charts, const RenderOptions& options);

// One SVG document, the charts under each other. It refers to nothing outside: no script, no
// address, generic fonts. Colours follow the reader's light or dark scheme; a title and a
// description in words stand in for the picture.
std::string render_chart_svg(std::span<const Chart> charts, const RenderOptions& options);

// The chart as an element of a page whose style has chart_page_style(): drawn twice, for a wide and
// for a narrow page, of which one is seen. Without what a table beside it says: title, base, notes.
// `id` is the page's own for this chart.
std::string render_chart_figure(const Chart& chart, const RenderOptions& options,
                                const std::string& id);
std::string chart_page_style();

// "49%", "–" for an absent one; with a sign for nets: "+52", "−18".
std::string chart_percent(const std::optional<double>& percent, const Look& look);
std::string chart_net(const std::optional<double>& net, const Look& look);

}  // namespace sondeo
