// SPDX-License-Identifier: MIT
#include "render/render.h"

#include <doctest/doctest.h>

#include <cctype>
#include <limits>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "sample.h"

namespace sondeo {
namespace {

RenderOptions with_width(int width) {
  RenderOptions options;
  options.width = width;
  return options;
}

bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const auto letter = [&](std::size_t i) {
      return i < text.size() && (std::isalnum(static_cast<unsigned char>(text[i])) != 0);
    };
    if (!letter(at - 1) && !letter(at + word.size())) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("registry: names are found, the first is text") {
  REQUIRE(!renderers().empty());
  CHECK(renderers().front().name == "text");
  for (const char* name : {"text", "csv", "wide", "tsv", "json", "md", "html", "xlsx", "svg"}) {
    REQUIRE(find_renderer(name) != nullptr);
    CHECK(find_renderer(name)->name == name);
  }
  CHECK(find_renderer("") == nullptr);
  CHECK(find_renderer("CSV") == nullptr);
  CHECK(find_renderer("xlsb") == nullptr);
}

TEST_CASE("registry: the path's extension chooses") {
  CHECK(renderer_for_path("out.csv")->name == "csv");
  CHECK(renderer_for_path("a.b/OUT.JSON")->name == "json");
  CHECK(renderer_for_path("out.tsv")->name == "tsv");
  CHECK(renderer_for_path("out.txt")->name == "text");
  CHECK(renderer_for_path("out.md")->name == "md");
  CHECK(renderer_for_path("report.HTML")->name == "html");
  CHECK(renderer_for_path("csv") == nullptr);
  CHECK(renderer_for_path("out.csv.bak") == nullptr);
  CHECK(renderer_for_path("") == nullptr);
}

TEST_CASE("every format: an empty set and an empty table are no accident") {
  for (const Renderer& renderer : renderers()) {
    CAPTURE(renderer.name);
    CHECK_NOTHROW(renderer.render({}, {}));
    TableSet set;
    set.tables.emplace_back();
    for (const TableShape shape : {TableShape::banner, TableShape::topline}) {
      set.tables.front().shape = shape;
      CHECK_NOTHROW(renderer.render(set, with_width(40)));
    }
  }
}

TEST_CASE("every format: valid UTF-8, LF at the end, the same bytes twice, no nan, inf or -0") {
  const TableSet set = sample::kitchen_sink();
  for (const Renderer& renderer : renderers()) {
    CAPTURE(renderer.name);
    const std::string out = renderer.render(set, with_width(100));
    CHECK(out == renderer.render(set, with_width(100)));
    if (renderer.binary) continue;
    CHECK(find_invalid_utf8(out) == std::string::npos);
    CHECK(out.ends_with("\n"));
    for (const char* word : {"nan", "NaN", "inf", "Infinity"}) CHECK_FALSE(has_word(out, word));
    for (const char* zero : {",-0,", "\t-0\t", " -0 ", ":-0,"})
      CHECK(out.find(zero) == std::string::npos);
  }
}

TEST_CASE("every format: a number that is not finite is an absent one") {
  TableSet set;
  set.tables = {sample::topline(), sample::banner()};
  for (Table& table : set.tables) {
    for (Row& row : table.rows) {
      for (Value& value : row.cells.front().values) {
        value.number = row.indent == 0 ? std::numeric_limits<double>::quiet_NaN()
                                       : std::numeric_limits<double>::infinity();
      }
    }
  }
  for (const Renderer& renderer : renderers()) {
    CAPTURE(renderer.name);
    const std::string out = renderer.render(set, {});
    if (renderer.binary) continue;
    for (const char* word : {"nan", "NaN", "inf", "Infinity"}) CHECK_FALSE(has_word(out, word));
  }
}

TEST_CASE("every format: all ordinary labels are there") {
  const TableSet set = sample::kitchen_sink();
  for (const Renderer& renderer : renderers()) {
    CAPTURE(renderer.name);
    if (renderer.binary) continue;
    const std::string out = renderer.render(set, {});
    for (const char* label :
         {"Approve (net)", "שלום עולם", "非常に満足している", "매우 만족", "Don't know"}) {
      CAPTURE(label);
      const bool escaped = (renderer.name == "html" || renderer.name == "svg") &&
                           std::string_view(label) == "Don't know";
      CHECK(out.find(escaped ? "Don&#39;t know" : label) != std::string::npos);
    }
  }
}

}  // namespace sondeo
