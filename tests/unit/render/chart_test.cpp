// SPDX-License-Identifier: MIT
#include "render/chart.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "sample.h"

namespace sondeo {
namespace {

// Answers 1 to `percents.size()` in percent, of one column.
Table scale_table(const std::string& title, const std::vector<double>& percents) {
  Table table = sample::topline();
  table.title = title;
  table.rows.resize(1);
  for (std::size_t i = 0; i < percents.size(); ++i) {
    table.rows.push_back({std::to_string(i + 1),
                          "step " + std::to_string(i + 1),
                          RowKind::category,
                          0,
                          {sample::category_cell(10, percents[i])}});
  }
  return table;
}

std::vector<ChartStep> five_steps() {
  std::vector<std::pair<ChartStep, double>> codes;
  for (int i = 1; i <= 5; ++i)
    codes.push_back({{std::to_string(i), "step " + std::to_string(i), 0}, static_cast<double>(i)});
  return steps_of_scores(codes);
}

Chart two_items(Neutral neutral) {
  return likert_chart(
      {scale_table("one", {10, 20, 5, 25, 30}), scale_table("two", {1, 4, 0, 50, 45})},
      five_steps(), neutral);
}

}  // namespace

TEST_CASE("chart: scores tell the sides, the middle of an odd number is neutral") {
  const auto sides = [](const std::vector<double>& scores) {
    std::vector<std::pair<ChartStep, double>> codes;
    for (const double score : scores) codes.push_back({{"", "", 9}, score});
    std::vector<int> result;
    for (const ChartStep& step : steps_of_scores(codes)) result.push_back(step.side);
    return result;
  };
  CHECK(sides({1, 2, 3, 4, 5}) == std::vector{-1, -1, 0, 1, 1});
  CHECK(sides({4, 3, 2, 1}) == std::vector{-1, -1, 1, 1});
  CHECK(sides({-1, 1}) == std::vector{-1, 1});
  CHECK(sides({1, 1, 2, 3}) == std::vector{-1, -1, 0, 1});
}

TEST_CASE("chart: sides and nets are sums of steps, and sort the items") {
  Chart chart = two_items(Neutral::aside);
  CHECK(side_sum(chart, chart.rows[0], -1) == 30);
  CHECK(side_sum(chart, chart.rows[0], 0) == 5);
  CHECK(side_sum(chart, chart.rows[0], 1) == 55);
  CHECK(net_of(chart, chart.rows[0]) == 25);
  CHECK(net_of(chart, chart.rows[1]) == 90);
  sort_rows(chart);
  CHECK(chart.rows[0].label == "two");
  chart.rows[0].values[4].reset();
  CHECK(!net_of(chart, chart.rows[0]));
  sort_rows(chart);
  CHECK(chart.rows[0].label == "one");
  CHECK_THROWS_AS(likert_chart({scale_table("three", {50, 50})}, five_steps(), Neutral::omit),
                  Error);
}

TEST_CASE("chart: a diverging bar in text is as long as its side, whatever its parts") {
  RenderOptions options;
  options.width = 100;
  options.ascii = true;
  for (const Neutral neutral : {Neutral::aside, Neutral::omit}) {
    const std::string text = render_chart_text(std::vector{two_items(neutral)}, options);
    CAPTURE(text);
    const auto line_at = text.find("\ntwo");
    const std::string line = text.substr(line_at + 1, text.find('\n', line_at + 1) - line_at - 1);
    const auto dashes = std::count(line.begin(), line.end(), '-');
    const auto signs = std::count(line.begin(), line.end(), '#');
    // 50 and 45 of high, 4 and 1 of low: the longest side, 95, takes the half line.
    CHECK(line.find(" 95 ") != std::string::npos);
    CHECK(line.find("+90") != std::string::npos);
    CHECK(static_cast<double>(dashes) / static_cast<double>(signs) ==
          doctest::Approx(54.0 / 46).epsilon(0.1));
    CHECK((text.find("neutral") != std::string::npos) == (neutral == Neutral::aside));
  }
}

TEST_CASE("chart: text stays within its width, for any label") {
  const TableSet set = sample::kitchen_sink();
  std::vector<Chart> charts = {two_items(Neutral::center)};
  for (const Table& table : set.tables) {
    charts.push_back(bar_chart(table));
    if (table.columns.size() < 6) charts.push_back(trend_chart(table));
  }
  RenderOptions options;
  options.width = 80;
  const std::string text = render_chart_text(charts, options);
  CHECK(find_invalid_utf8(text) == std::string::npos);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    CHECK(display_width(text.substr(at, end - at)) <= 80);
    at = end + 1;
  }
}

TEST_CASE("chart: svg refers to nothing, has no script, and says in words what it shows") {
  std::vector<Chart> charts = {two_items(Neutral::aside), trend_chart(sample::banner())};
  for (const Table& table : sample::kitchen_sink().tables) charts.push_back(bar_chart(table));
  const std::string svg = render_chart_svg(charts, {});
  CHECK(
      svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" role=\"img\" "
                      "aria-labelledby=\"title\" aria-describedby=\"desc\""));
  CHECK(svg.find("<title id=\"title\">one</title>") != std::string::npos);
  CHECK(svg.find("one: step 1 10%, step 2 20%, step 3 5%, step 4 25%, step 5 30%.") !=
        std::string::npos);
  for (const char* word : {"<script", "href", "url(", "@import", "<foreignObject", "\x1b", "nan"})
    CHECK(svg.find(word) == std::string::npos);
  CHECK(svg.find("http", 40) == std::string::npos);
  CHECK(svg.find("&lt;script&gt;") != std::string::npos);
}

TEST_CASE("chart: bars are as long as their percentages") {
  const std::string svg = render_chart_svg(std::vector{bar_chart(scale_table("q", {50, 25}))}, {});
  const auto width_of = [&](std::size_t nth, std::string_view kind) {
    std::size_t at = 0;
    for (std::size_t i = 0; i <= nth; ++i)
      at = svg.find("<rect class=\"" + std::string(kind) + "\"", at) + 1;
    return std::stod(svg.substr(svg.find("width=\"", at) + 7));
  };
  CHECK(width_of(0, "v") / width_of(0, "track") == doctest::Approx(0.5).epsilon(0.001));
  CHECK(width_of(1, "v") / width_of(1, "track") == doctest::Approx(0.25).epsilon(0.001));
}

TEST_CASE("chart: beside the tables of a page, one for the items of a grid") {
  TableSet set;
  const auto item = [](const std::string& id, const std::string& battery, bool scored) {
    Table table = scale_table("wording of " + id, {10, 20, 30, 40});
    table.id = id;
    table.battery = battery;
    table.battery_title = "The grid";
    table.item = "item " + id;
    for (std::size_t i = 1; i < table.rows.size() && scored; ++i)
      table.rows[i].score = static_cast<double>(i);
    return table;
  };
  set.tables = {item("a", "g", true),  item("b", "g", true),  item("c", "h", true),
                item("d", "k", false), item("e", "k", false), sample::banner()};
  const auto charts = charts_of(set);
  REQUIRE(charts.size() == 6);
  REQUIRE(charts[0]);
  CHECK(charts[0]->kind == ChartKind::likert);
  CHECK(charts[0]->head.id == "g");
  CHECK(charts[0]->head.title == "The grid");
  REQUIRE(charts[0]->rows.size() == 2);
  CHECK(charts[0]->rows[1].label == "item b");
  CHECK(side_sum(*charts[0], charts[0]->rows[0], 1) == 70);
  for (const std::size_t i : {1, 2, 3, 4}) CHECK_FALSE(charts[i]);
  CHECK(charts[5].has_value() == (sample::banner().columns.size() <= 6));
}

TEST_CASE("chart: a figure of a page is drawn wide and narrow, each with ids of its own") {
  const Chart chart = two_items(Neutral::aside);
  const std::string figure = render_chart_figure(chart, {}, "t1-chart");
  CHECK(figure.find("class=\"chart broad\" role=\"img\" aria-labelledby=\"t1-chart-title\"") !=
        std::string::npos);
  CHECK(figure.find("aria-labelledby=\"t1-chart-slim-title\"") != std::string::npos);
  CHECK(figure.find("<style") == std::string::npos);
  CHECK(figure.find("style=") == std::string::npos);
  const std::string page = render_chart_html(std::vector{chart}, {});
  CHECK(page.find("default-src 'none'; style-src 'sha256-") != std::string::npos);
  CHECK(page.find("<script") == std::string::npos);
}

}  // namespace sondeo
