// SPDX-License-Identifier: MIT
#include "render/svg.h"

#include <initializer_list>

#include "base/number.h"
#include "base/text.h"
#include "base/utf8.h"
#include "render/html_text.h"

namespace sondeo {
namespace {

// Text without what XML cannot hold: controls, and two signs that are none.
std::string content(std::string_view text) {
  std::string out;
  const std::string shown = visible(text);
  for (std::size_t at = 0; at < shown.size();) {
    const Character next = decode_utf8(shown, at);
    const bool held = next.code_point != 0xFFFE && next.code_point != 0xFFFF;
    append_utf8(out, held ? next.code_point : U'\uFFFD');
    at += next.size;
  }
  return html_escaped(out);
}

std::string attribute(std::string_view name, double number) {
  return " " + std::string(name) + "=\"" + rounded(number, 2) + "\"";
}

std::string attribute(std::string_view name, std::string_view value) {
  return value.empty() ? "" : " " + std::string(name) + "=\"" + std::string(value) + "\"";
}

}  // namespace

void SvgWriter::rect(double x, double y, double width, double height, std::string_view kind,
                     std::string_view fill) {
  out_ += "<rect" + attribute("class", kind) + attribute("fill", fill) + attribute("x", x) +
          attribute("y", y) + attribute("width", width) + attribute("height", height) + "/>\n";
}

void SvgWriter::line(double x1, double y1, double x2, double y2, std::string_view kind) {
  out_ += "<line" + attribute("class", kind) + attribute("x1", x1) + attribute("y1", y1) +
          attribute("x2", x2) + attribute("y2", y2) + "/>\n";
}

void SvgWriter::dot(double x, double y, std::string_view fill) {
  out_ += "<circle" + attribute("fill", fill) + attribute("cx", x) + attribute("cy", y) +
          " r=\"3.5\"/>\n";
}

void SvgWriter::marker(double x, double y, std::size_t shape, std::string_view fill) {
  const auto points = [&](std::initializer_list<std::pair<double, double>> places) {
    std::string text;
    for (const auto& [dx, dy] : places)
      text += (text.empty() ? "" : " ") + rounded(x + dx, 2) + "," + rounded(y + dy, 2);
    out_ += "<polygon" + attribute("fill", fill) + attribute("points", text) + "/>\n";
  };
  switch (shape % 4) {
    case 0:
      return dot(x, y, fill);
    case 1:
      return rect(x - 3.5, y - 3.5, 7, 7, "", fill);
    case 2:
      return points({{-5, 0}, {0, -5}, {5, 0}, {0, 5}});
    default:
      return points({{-4.5, 4}, {0, -4.5}, {4.5, 4}});
  }
}

void SvgWriter::polyline(const std::vector<std::pair<double, double>>& points,
                         std::string_view kind, std::string_view stroke, std::string_view dashes) {
  std::string places;
  for (const auto& [x, y] : points)
    places += (places.empty() ? "" : " ") + rounded(x, 2) + "," + rounded(y, 2);
  out_ += "<polyline" + attribute("class", kind) + attribute("stroke", stroke) +
          attribute("stroke-dasharray", dashes) + attribute("points", places) + "/>\n";
}

void SvgWriter::text(double x, double y, std::string_view text, std::string_view kind) {
  place_text(x, y, text, kind, "");
}

void SvgWriter::text_end(double x, double y, std::string_view text, std::string_view kind) {
  place_text(x, y, text, kind, "end");
}

void SvgWriter::text_middle(double x, double y, std::string_view text, std::string_view kind) {
  place_text(x, y, text, kind, "middle");
}

void SvgWriter::place_text(double x, double y, std::string_view text, std::string_view kind,
                           std::string_view anchor) {
  out_ += "<text" + attribute("class", kind) + attribute("text-anchor", anchor) +
          attribute("x", x) + attribute("y", y) + ">" + content(text) + "</text>\n";
}

std::string svg_document(const SvgFrame& frame, std::string_view body) {
  const auto title = content(frame.id) + "title";
  const auto desc = content(frame.id) + "desc";
  std::string out =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart" +
      (frame.kind.empty() ? "" : " " + frame.kind) + "\" role=\"img\" aria-labelledby=\"" + title +
      "\" aria-describedby=\"" + desc + "\"" + attribute("lang", content(frame.language)) +
      attribute("width", frame.width) + attribute("height", frame.height) + " viewBox=\"0 0 " +
      rounded(frame.width, 2) + " " + rounded(frame.height, 2) + "\">\n<title id=\"" + title +
      "\">" + content(frame.title) + "</title>\n<desc id=\"" + desc + "\">" +
      content(frame.description) + "</desc>\n";
  if (!frame.style.empty()) out += "<style>" + frame.style + "</style>\n";
  return out + "<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n" + std::string(body) +
         "</svg>\n";
}

}  // namespace sondeo
