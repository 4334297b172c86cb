// SPDX-License-Identifier: MIT
#include "cli/chart_options.h"

#include <algorithm>

#include "base/text.h"
#include "cli/output_options.h"
#include "cli/process.h"
#include "cli/study_input.h"
#include "render/chart.h"
#include "table/texts.h"
#include "table/words.h"

namespace sondeo {
namespace {

constexpr int usual_width = 80;

// The steps of a question's scale: its codes with scores that are no missing answers.
std::vector<ChartStep> steps_of(const StudyQuestion& question, const std::string& language) {
  std::vector<std::pair<ChartStep, double>> codes;
  for (const StudyCode& code : question.codes) {
    if (code.score && code.missing == MissingKind::none)
      codes.push_back({{code.code, label_of(code, language), 0}, *code.score});
  }
  if (codes.size() >= 2) return steps_of_scores(std::move(codes));
  throw Error(question.at, "chart-scale",
              "'" + excerpt(question.name) + "' has no scale: fewer than two codes have a score",
              "kind = \"scale\", or scores of its codes, say what is low and what is high");
}

}  // namespace

void ChartOptions::declare(Tool& tool) {
  tool.section("Charts");
  tool.flag("likert", likert,
            "one bar an item, diverging from the middle of the scale that the scores tell; --sort "
            "net puts the items in the order of high less low");
  tool.option("neutral", neutral, "aside|center|omit",
              "the middle of the scale: a figure beside, half to each side, or nowhere");
  tool.option("trend", trend, "QUESTION", "lines over the answers to this question, the waves");
  tool.option("by,b", banner, "BANNER", "bars for each column, such as 'total + region'");
  tool.section("Output");
  declare_output(tool, output, force, "; .svg makes it a picture, .html a page");
  tool.option("format,f", format, "text|svg|html",
              "text is for a terminal, svg a picture, html a page with the charts");
  tool.option("digits", digits, "N", "decimals of percentages");
  tool.option("width", width, "COLUMNS", "of text; default: of the terminal, or 80");
  tool.flag("ascii", ascii, "no signs beyond ASCII in the bars of text");
}

std::size_t ChartOptions::chosen_format() const {
  const std::vector<std::string> formats{"text", "svg", "html"};
  if (!format.empty()) return word_option("format", format, formats);
  const std::string lower = ascii_lower(output);
  if (output.empty() || output == "-" || lower.ends_with(".txt")) return 0;
  if (lower.ends_with(".svg")) return 1;
  if (lower.ends_with(".html") || lower.ends_with(".htm")) return 2;
  throw UsageError("'" + excerpt(output) + "' does not say the format",
                   "-f text, -f svg or -f html does");
}

Chart ChartOptions::likert_of(const TableSet& set, const StudyInput& source) const {
  const std::string language = set.tables.front().language;
  std::vector<const StudyQuestion*> questions;
  std::vector<Table> tables;
  for (const Table& table : set.tables) {
    const StudyQuestion* question = find_variable(source, table.id);
    if (question == nullptr) {
      throw UsageError("--likert needs a study file: the scores of its codes say what is low",
                       "sondeo-book DATA --draft makes one");
    }
    questions.push_back(question);
    tables.push_back(table);
    tables.back().title = label_of(*question, language);
  }
  Chart chart = likert_chart(
      tables, steps_of(*questions.front(), language),
      static_cast<Neutral>(word_option("neutral", neutral, {"aside", "center", "omit"})));
  const std::string& parent = questions.front()->parent;
  const bool grid = !parent.empty() &&
                    std::all_of(questions.begin(), questions.end(),
                                [&](const StudyQuestion* each) { return each->parent == parent; });
  // Items of different questions have no title in common; the study's says what they are about.
  chart.head.id = grid ? parent : "";
  chart.head.title = grid ? questions.front()->parent_label.in(language) : set.title;
  return chart;
}

void ChartOptions::run(const InputOptions& input, CountOptions counting, Tool& tool) const {
  if (!trend.empty() + likert + !banner.empty() > 1)
    throw UsageError("--likert, --trend and --by exclude each other");
  if (neutral != "aside" && !likert) throw UsageError("--neutral is for --likert");
  chosen_format();
  const bool by_net = counting.sort == "net";
  if (by_net) {
    if (!likert) throw UsageError("--sort net is for --likert");
    counting.sort = "value";
  }
  // Lines say whether there is evidence of a change.
  if (!trend.empty()) counting.tests.over_waves = true;
  StudyInput source = counting.find(input);
  for (const std::string& file : source.files()) {
    if (!output.empty()) refuse_existing(output, force, file);
  }
  std::optional<std::string> by;
  if (!banner.empty()) by = banner;
  if (!trend.empty()) by = trend;
  const TableSet set = counting.tables(source, by, tool).front();
  std::vector<Chart> charts;
  if (likert) {
    charts.push_back(likert_of(set, source));
  } else {
    for (const Table& table : set.tables)
      charts.push_back(trend.empty() ? bar_chart(table) : trend_chart(table));
  }
  if (by_net) sort_rows(charts.front());
  std::erase_if(charts, [](const Chart& chart) { return chart.rows.empty(); });
  if (charts.empty()) {
    throw Error("chart-empty", "there is nothing to draw: no answers of a list",
                "numbers are cut into bands first, or shown by sondeo-freq");
  }
  write(charts, set.tables.front().language);
}

void ChartOptions::write(const std::vector<Chart>& charts, const std::string& language) const {
  RenderOptions options;
  options.look.digits = static_cast<int>(std::min(count_option("digits", digits, 0), 12ULL));
  options.look.decimal = words_of(language).decimal;
  options.look.thousands = words_of(language).thousands;
  options.ascii = ascii;
  options.width = usual_width;
  if (!width.empty())
    options.width = static_cast<int>(std::min(count_option("width", width, 40), 10000ULL));
  else if (output.empty() && output_is_terminal() && terminal_width() >= 40)
    options.width = terminal_width();
  constexpr std::string (*renderers[])(std::span<const Chart>, const RenderOptions&) = {
      render_chart_text, render_chart_svg, render_chart_html};
  write_result(output, force, renderers[chosen_format()](charts, options));
}

}  // namespace sondeo
