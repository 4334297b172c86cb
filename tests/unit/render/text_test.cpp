// SPDX-License-Identifier: MIT
#include "base/text.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>

#include "render/render.h"
#include "sample.h"

namespace sondeo {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::string line_with(const std::string& text, std::string_view part) {
  for (const std::string& line : lines_of(text)) {
    if (contains(line, part)) return line;
  }
  return "";
}

// Column just behind the last sign of `part` in the line.
int edge_of(const std::string& line, std::string_view part) {
  return display_width(line.substr(0, line.find(part) + part.size()));
}

std::string render(const Table& table, const RenderOptions& options = {}) {
  TableSet set;
  set.tables = {table};
  return render_text(set, options);
}

RenderOptions with_width(int width) {
  RenderOptions options;
  options.width = width;
  return options;
}

}  // namespace

TEST_CASE("topline: the picture") {
  CHECK(render(sample::topline(), with_width(80)) ==
        "Q3  Overall, do you approve?\n"
        "    Asked of: all adults   Weight: w\n"
        "\n"
        "                             %   ±95%       n\n"
        "───────────────────────────────────────────────────────────────────────────\n"
        "Approve (net)               49    1.9     751  █████████████▋\n"
        "  Strongly approve          17    1.9     259  ████▋\n"
        "  Somewhat approve          32    1.9     492  █████████\n"
        "Don't know                   0    1.9       0\n"
        "───────────────────────────────────────────────────────────────────────────\n"
        "Mean                      2.50   0.05   1,380\n"
        "───────────────────────────────────────────────────────────────────────────\n"
        "Base  n = 1,504   effective n = 1,404   design effect 1.07\n"
        "      MoE ±2.6 (at 50%)   Not in the base: 12\n"
        "Intervals: Wald.\n");
}

TEST_CASE("topline: unweighted, filtered, marked, nobody outside the base") {
  Table table = sample::topline();
  table.weight = "none";
  table.filter = "age >= 18";
  table.base = "all who answered";
  table.columns[0].mark = BaseMark::low;
  table.rows.pop_back();
  const std::string out = render(table);
  CHECK(contains(out, "    Base: all who answered   Unweighted   Filter: age >= 18\n"));
  CHECK(contains(out, "\nBase  n = 1,504*   MoE ±2.6 (at 50%)\n* base < 100\n"));
  CHECK_FALSE(contains(out, "effective"));
  CHECK_FALSE(contains(out, "Not in the base"));
}

TEST_CASE("topline: absent numbers have a dash and no bar; a share above zero has a bar") {
  Table table = sample::topline();
  table.rows[1].cells[0].values[2].number.reset();
  table.rows[2].cells[0].values[2].number = 0.01;
  const std::string out = render(table);
  CHECK(contains(line_with(out, "Approve (net)"), "  –"));
  CHECK_FALSE(contains(line_with(out, "Approve (net)"), "█"));
  CHECK(line_with(out, "Strongly").ends_with("  ▏"));
}

TEST_CASE("topline: a full bar is 28 columns and ends at the rule") {
  Table table = sample::topline();
  table.rows[1].cells[0].values[2].number = 100;
  const std::vector<std::string> lines = lines_of(render(table));
  const std::string full = line_with(render(table), "Approve (net)");
  CHECK(std::count(full.begin(), full.end(), '\x88') == 28);  // the last byte of █
  CHECK(display_width(full) == display_width(lines[4]));
}

TEST_CASE("topline: other shown statistics are further columns") {
  Table table = sample::topline();
  table.shown = {"column_percent", "count"};
  CHECK(contains(render(table), "%   ±95%       n   count\n"));
  CHECK(contains(line_with(render(table), "Strongly"), "259     324"));
}

TEST_CASE("topline: another percentage than the column's takes the first place") {
  Table table = sample::topline();
  table.shown = {"row_percent"};
  const std::string out = render(table);
  CHECK(contains(out, "                          row %   ±95%       n\n"));
  CHECK(contains(out, "Approve (net)                24            751  ██████▊\n"));
}

TEST_CASE("topline: a question of numbers has values and no bars") {
  Table table = sample::topline();
  table.rows.erase(table.rows.begin() + 1, table.rows.begin() + 5);
  table.rows.insert(table.rows.begin() + 2,
                    {"_sd", "Standard deviation", RowKind::statistic, 0, {}});
  table.rows[2].cells = {Cell{{sample::value("sd", 1.1, Unit::value)}}};
  table.shown = {"mean", "sd", "median"};
  CHECK(contains(render(table),
                 "                          value   ±95%       n\n"
                 "──────────────────────────────────────────────\n"
                 "Mean                       2.50   0.05   1,380\n"
                 "Standard deviation         1.10\n"
                 "──────────────────────────────────────────────\n"));
}

TEST_CASE("topline: figures too wide for the width go under each other") {
  Table table = sample::topline();
  table.shown = {"column_percent", "row_percent", "total_percent", "count"};
  for (Row& row : table.rows)
    row.cells[0].values.push_back(sample::value("total_percent", 9, Unit::percent));
  CHECK(contains(render(table, with_width(60)), "n   row %   total %   count"));
  CHECK(contains(render(table, with_width(50)), "           total %"));
}

TEST_CASE("topline: an id that is the title is not said twice; a long title hangs") {
  Table table = sample::topline();
  table.title = table.id;
  CHECK(render(table).starts_with("Q3\n    Asked of"));
  table.title = "one two three four five six seven eight nine ten eleven twelve";
  CHECK(render(table, with_width(40))
            .starts_with("Q3  one two three four five six seven\n    eight nine ten"));
}

TEST_CASE("banner: the picture") {
  RenderOptions options;
  options.look = {1, ",", "."};
  CHECK(render(sample::banner(), options) ==
        "Q3  Overall, do you approve?\n"
        "Base: all adults · column % · weight w\n"
        "\n"
        "                           ── Region ───    Sex\n"
        "                     Total  North  South    Men\n"
        "─────────────────────────────────────────────────\n"
        "Unweighted base      1.504  1.504     90     30\n"
        "Weighted base        1.505  1.505     91     31\n"
        "Effective base       1.404  1.404     87*    27**\n"
        "─────────────────────────────────────────────────\n"
        "Approve (net)         48,6   48,6   48,6   48,6\n"
        "  Strongly approve    16,6   16,6   16,6   16,6\n"
        "  Somewhat approve    32,0   32,0   32,0   32,0\n"
        "Don't know             0,0    0,0    0,0    0,0\n"
        "Mean                 2,496  2,496  2,496  2,496\n"
        "─────────────────────────────────────────────────\n"
        "Not in the base: 12\n"
        "* effective base < 100, ** < 30\n"
        "Intervals: Wald.\n");
}

TEST_CASE("banner: unweighted tables have one base, which carries the mark") {
  Table table = sample::banner();
  table.weight = "none";
  table.columns[2].mark = BaseMark::enough;
  const std::string out = render(table);
  CHECK(contains(out, " · unweighted\n"));
  CHECK(line_with(out, "Unweighted base").ends_with(" 30**"));
  CHECK_FALSE(contains(out, "Weighted base"));
  CHECK_FALSE(contains(out, "Effective base"));
  CHECK(contains(out, "\n** base < 30\n"));
}

TEST_CASE("banner: several statistics give one line each, tagged at the figures' side") {
  Table table = sample::banner();
  table.shown = {"column_percent", "row_percent", "count"};
  const std::string out = render(table);
  CHECK(contains(out, "column %, row %, count"));
  CHECK(contains(out, "Approve (net)           49"));
  CHECK(contains(out, "\n             row %      24"));
  CHECK(contains(out, "\n             count     939"));
  CHECK(line_with(out, "Mean").ends_with("2.50"));
}

TEST_CASE("banner: a suppressed column and absent numbers show a dash") {
  Table table = sample::banner();
  table.columns[3].suppressed = true;
  for (std::size_t i = 1; i < table.rows.size(); ++i) {
    for (Value& value : table.rows[i].cells[3].values) value.number.reset();
  }
  const std::string out = render(table);
  CHECK(line_with(out, "Approve (net)").ends_with(" –"));
  CHECK(line_with(out, "Effective").ends_with(" 27**"));
  RenderOptions ascii;
  ascii.ascii = true;
  CHECK(line_with(render(table, ascii), "Approve (net)").ends_with(" -"));
}

TEST_CASE("banner: nested levels stand above each other, each over its columns") {
  Table table = sample::banner();
  table.columns = {{"_total", "Total", {}, BaseMark::enough, false},
                   {"a", "Men", {"Region", "North", "Sex", "Men"}, BaseMark::enough, false},
                   {"b", "Women", {"Region", "North", "Sex", "Women"}, BaseMark::enough, false},
                   {"c", "Men", {"Region", "South", "Sex", "Men"}, BaseMark::enough, false}};
  const std::vector<std::string> lines = lines_of(render(table));
  CHECK(lines[3] == "                           ────── Region ──────");
  CHECK(lines[4] == "                           ─── North ───  South");
  CHECK(lines[5] == "                           ──── Sex ────    Sex");
  CHECK(lines[6] == "                     Total    Men  Women    Men");
}

TEST_CASE("banner: figures stand under each other whatever the labels are made of") {
  const TableSet set = sample::kitchen_sink();
  RenderOptions options = with_width(120);
  for (const std::string& line : lines_of(render(set.tables[1], options))) {
    if (!contains(line, "1,234,567")) continue;
    CAPTURE(line);
    const std::string first = line.substr(0, line.find("1,234,567"));
    CHECK(display_width(first) <= 120);
  }
  Table table = sample::banner();
  const std::vector<std::string> labels = sample::hostile_labels();
  for (const std::string& label : labels) {
    table.rows[1].label = label;
    const std::string out = render(table, with_width(80));
    const int edge = edge_of(line_with(out, "Effective"), "1,404");
    // Nothing else in the body shows 49, and it stands in the Total column.
    CHECK(edge_of(line_with(out, " 49 "), " 49") == edge);
  }
}

TEST_CASE("text: no line is wider than the width, has trailing blanks or control bytes") {
  const TableSet set = sample::kitchen_sink();
  for (const bool ascii : {false, true}) {
    for (const int width : {0, 40, 41, 57, 80, 100, 140, 200}) {
      RenderOptions options = with_width(width);
      options.ascii = ascii;
      options.look.digits = width % 4;
      CAPTURE(width);
      for (const std::string& line : lines_of(render_text(set, options))) {
        CAPTURE(line);
        if (width > 0) CHECK(display_width(line) <= width);
        CHECK_FALSE(line.ends_with(' '));
        CHECK(visible(line) == line);
      }
    }
  }
  for (const int width : {1, 2, 7, 20, 39}) CHECK_NOTHROW(render_text(set, with_width(width)));
}

TEST_CASE("text: ascii has no sign of ours beyond ASCII") {
  TableSet set;
  set.tables = {sample::topline(), sample::banner()};
  RenderOptions options;
  options.ascii = true;
  const std::string out = render_text(set, options);
  CHECK(std::all_of(out.begin(), out.end(),
                    [](char c) { return c == '\n' || (c >= ' ' && c < 127); }));
  CHECK(contains(out, "+/-95%"));
  CHECK(contains(out, "  ##############\n"));
  CHECK(contains(out, "Base: all adults; column %; weight w"));
}

TEST_CASE("text: colour is bold titles and dim rules, and nothing else changes") {
  TableSet set;
  set.tables = {sample::topline(), sample::banner()};
  RenderOptions options;
  options.color = true;
  std::string out = render_text(set, options);
  CHECK(out.starts_with("\x1b[1mQ3  Overall, do you approve?\x1b[0m\n"));
  for (const std::string escape : {"\x1b[1m", "\x1b[2m", "\x1b[0m"}) {
    for (std::size_t at; (at = out.find(escape)) != std::string::npos;)
      out.erase(at, escape.size());
  }
  CHECK(out == render_text(set, {}));
}

TEST_CASE("text: labels wrap in the stub, and only beyond 200 columns are they clipped") {
  Table table = sample::topline();
  table.rows[1].label = "First words " + std::string(300, 'x') + " never shown";
  CHECK(contains(render(table), std::string(187, 'x') + "…"));
  CHECK_FALSE(contains(render(table), "never"));
  table.rows[1].label = "A label of some length that wraps in its column";
  const std::string out = render(table, with_width(60));
  CHECK(contains(out, "\n    that wraps in its\n    column\n"));
  CHECK(line_with(out, "A label").find("49") != std::string::npos);
}

TEST_CASE("text: a column is as wide as the longest word of its label, if that is no giant") {
  Table table = sample::banner();
  table.columns[1].label = "Telecomunicaciones y energía";
  table.columns[1].path.back() = table.columns[1].label;
  const std::string out = render(table, with_width(80));
  CHECK(contains(line_with(out, "Telecomunicaciones"), "Telecomunicaciones"));
  CHECK(contains(line_with(out, "y energía"), "y energía"));
  table.columns[1].label = std::string(30, 'x');
  const std::string broken = render(table, with_width(80));
  CHECK(contains(broken, std::string(24, 'x')));
  CHECK_FALSE(contains(broken, std::string(25, 'x')));
}

TEST_CASE("text: right-to-left labels cannot reverse the figures beside them") {
  Table table = sample::topline();
  table.rows[1].label = "שלום";
  const std::string line = line_with(render(table), "שלום");
  CHECK(line.starts_with("\u200eשלום\u200e   "));
  CHECK(edge_of(line, "49") == edge_of(line_with(render(table), "Strongly"), "17"));
}

TEST_CASE("text: one blank line between tables") {
  TableSet set;
  set.tables = {sample::topline(), sample::banner()};
  CHECK(render_text(set, {}) == render(set.tables[0]) + "\n" + render(set.tables[1]));
}

}  // namespace sondeo
