// SPDX-License-Identifier: MIT
// A page of charts.
#include "base/sha256.h"
#include "base/text.h"
#include "render/chart.h"
#include "render/html_style.h"
#include "render/html_text.h"
#include "render/sentences.h"

namespace sondeo {
namespace {

std::string title_of(const Chart& chart) {
  return trim(chart.head.title).empty() ? chart.head.id : chart.head.title;
}

void append_chart(std::string& out, const Chart& chart, const RenderOptions& options,
                  const std::string& level, const std::string& id) {
  out += "<section>\n<" + level + ">" + html_content(title_of(chart)) + "</" + level +
         ">\n<p class=\"foot\">";
  std::string about;
  for (const std::string& part : about_parts(chart.head))
    about += (about.empty() ? "" : " · ") + html_escaped(part);
  out += about + "</p>\n" + render_chart_figure(chart, options, id);
  for (const std::string& note : chart.head.notes)
    out += "<p class=\"foot\">" + html_content(note) + "</p>\n";
  out += "</section>\n";
}

}  // namespace

std::string render_chart_html(std::span<const Chart> charts, const RenderOptions& options) {
  RenderOptions signs = options;
  signs.ascii = false;
  const std::string style = std::string(html_style) + chart_page_style();
  const std::string language = charts.empty() ? "en" : charts[0].head.language;
  std::string out = "<!DOCTYPE html>\n<html lang=\"" + html_escaped(language) +
                    "\">\n<head>\n<meta charset=\"utf-8\">\n"
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                    "style-src 'sha256-" +
                    sha256_base64(style) +
                    "'\">\n<meta name=\"viewport\" content=\"width=device-width, "
                    "initial-scale=1\">\n<title>" +
                    (charts.empty() ? "" : html_line(title_of(charts[0]))) + "</title>\n<style>" +
                    style + "</style>\n</head>\n<body>\n<main>\n";
  for (std::size_t i = 0; i < charts.size(); ++i)
    append_chart(out, charts[i], signs, i == 0 ? "h1" : "h2", "c" + std::to_string(i + 1));
  return out + "</main>\n</body>\n</html>\n";
}

}  // namespace sondeo
