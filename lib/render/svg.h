// SPDX-License-Identifier: MIT
// Elements of an SVG document, one after the other. Texts are escaped; numbers have two decimals.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sondeo {

class SvgWriter {
 public:
  // `kind` is a class of the document's style, or "".
  void rect(double x, double y, double width, double height, std::string_view kind,
            std::string_view fill = "");
  void line(double x1, double y1, double x2, double y2, std::string_view kind);
  void dot(double x, double y, std::string_view fill);
  // One of four shapes: a circle, a square, a diamond, a triangle.
  void marker(double x, double y, std::size_t shape, std::string_view fill);
  void polyline(const std::vector<std::pair<double, double>>& points, std::string_view kind,
                std::string_view stroke, std::string_view dashes);
  // From, up to, and about a point of the baseline.
  void text(double x, double y, std::string_view text, std::string_view kind);
  void text_end(double x, double y, std::string_view text, std::string_view kind);
  void text_middle(double x, double y, std::string_view text, std::string_view kind);

  const std::string& bytes() const { return out_; }

 private:
  void place_text(double x, double y, std::string_view text, std::string_view kind,
                  std::string_view anchor);

  std::string out_;
};

// A whole document around `body`, in a box of that size with a background of the class "paper". It
// is a picture (role img) called `title` and told by `description`.
struct SvgFrame {
  double width = 0;
  double height = 0;
  std::string language;
  std::string title;
  std::string description;
  std::string style = {};  // "": that of the page which it stands in
  std::string kind = {};   // classes besides "chart"
  std::string id = {};     // before the ids of title and description
};
std::string svg_document(const SvgFrame& frame, std::string_view body);

}  // namespace sondeo
