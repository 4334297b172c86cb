// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>

#include "render/render.h"
#include "sample.h"

namespace sondeo {
namespace {

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::string markdown_of(const Table& table) {
  TableSet set;
  set.tables = {table};
  return render_markdown(set, {});
}

// How a label stands in the stub.
std::string inert(const std::string& label) {
  Table table = sample::topline();
  table.rows.resize(2);
  table.rows[1].label = label;
  std::istringstream lines(markdown_of(table));
  std::string line;
  while (std::getline(lines, line) && !line.starts_with("| ---")) continue;
  std::getline(lines, line);
  line = line.substr(2, line.find("  49 |") - 2);  // up to the padded figure
  line = line.substr(0, line.rfind(" |"));
  return line.substr(0, line.find_last_not_of(' ') + 1);
}

// Pipes that end a cell.
std::size_t live_pipes(std::string_view line) {
  std::size_t pipes = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\') {
      ++i;
    } else if (line[i] == '|') {
      ++pipes;
    }
  }
  return pipes;
}

}  // namespace

TEST_CASE("markdown: a topline") {
  CHECK(markdown_of(sample::topline()) ==
        "## Q3  Overall, do you approve?\n"
        "\n"
        "Asked of: all adults · column % · weight w\n"
        "\n"
        "|                              |    % | ±95% |     n |\n"
        "| ---------------------------- | ---: | ---: | ----: |\n"
        "| Approve (net)                |   49 |  1.9 |   751 |\n"
        "| &nbsp;&nbsp;Strongly approve |   17 |  1.9 |   259 |\n"
        "| &nbsp;&nbsp;Somewhat approve |   32 |  1.9 |   492 |\n"
        "| Don't know                   |    0 |  1.9 |     0 |\n"
        "| Mean                         | 2.50 | 0.05 | 1,380 |\n"
        "\n"
        "Base: n = 1,504 · effective n = 1,404 · design effect 1.07 · MoE ±2.6 (at 50%)\\\n"
        "Not in the base: 12\\\n"
        "Intervals: Wald.\n");
}

TEST_CASE("markdown: a banner, its marks escaped") {
  const std::string out = markdown_of(sample::banner());
  CHECK(contains(out,
                 "|                              | Total | Region: North | Region: South | "
                 "Sex: Men |\n"));
  CHECK(contains(out, "| 1,404 |         1,404 |          87\\* |   27\\*\\* |\n"));
  CHECK(contains(out, "\n\\* effective base < 100, \\*\\* < 30\\\n"));
}

TEST_CASE("markdown: what would be mark-up is text") {
  CHECK(inert("a|b") == "a\\|b");
  CHECK(inert("a\\|b") == "a\\\\\\|b");
  CHECK(inert("*a* _b_ snake_case") == "\\*a\\* \\_b\\_ snake_case");
  CHECK(inert("`code` ~~gone~~ $x$") == "\\`code\\` \\~\\~gone\\~\\~ \\$x\\$");
  CHECK(inert("[a](javascript:b)") == "\\[a\\](javascript:b)");
  CHECK(inert("![a](b)") == "!\\[a\\](b)");
  CHECK(inert("<b>bold</b> <!-- --> <?x?> 1 < 2 > 0") ==
        "&lt;b>bold&lt;/b> &lt;!-- --> &lt;?x?> 1 < 2 > 0");
  CHECK(inert("AT&T &lt;b&gt; &#60; & so; on") == "AT&T &amp;lt;b&amp;gt; &amp;\\#60; & so; on");
  CHECK(inert("http://a.example https://b www.c.example") ==
        "http\\://a.example https\\://b www\\.c.example");
}

TEST_CASE("markdown: what begins a block is text, where it would begin one") {
  CHECK(inert("# head") == "\\# head");
  CHECK(inert("> quote") == "\\> quote");
  CHECK(inert("- item") == "\\- item");
  CHECK(inert("+ item") == "\\+ item");
  CHECK(inert("12. item") == "12\\. item");
  CHECK(inert("3) item") == "3\\) item");
  CHECK(inert("1.5 hours - or + more") == "1.5 hours - or + more");
  CHECK(inert("18-34") == "18-34");
}

TEST_CASE("markdown: one row is one line, and controls are shown") {
  CHECK(inert("two\nlines\r\nor\tmore") == "two lines  or more");
  CHECK(inert("a\x1b[31mb\u202e") == "a\\\\x1b\\[31mb\\\\u202e");
  CHECK(inert("  around  ") == "around");
}

TEST_CASE("markdown: all rows of a table have the same cells, whatever the labels") {
  std::istringstream lines(render_markdown(sample::kitchen_sink(), {}));
  std::size_t cells = 0;
  std::size_t rows = 0;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("|")) {
      cells = 0;
      continue;
    }
    if (cells == 0) cells = live_pipes(line);
    CHECK(live_pipes(line) == cells);
    ++rows;
  }
  CHECK(rows > 100);
}

}  // namespace sondeo
