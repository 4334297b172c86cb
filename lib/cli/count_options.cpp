// SPDX-License-Identifier: MIT
#include "cli/count_options.h"

#include <algorithm>

#include "base/text.h"
#include "cli/banner_advice.h"
#include "cli/design_cells.h"
#include "cli/list_option.h"
#include "cli/process.h"
#include "cli/provenance.h"
#include "cli/request_builder.h"
#include "codebook/scope.h"
#include "expr/expr.h"
#include "tabulate/banner.h"

namespace sondeo {
void CountOptions::declare(Tool& tool) {
  declare_counting(tool);
  tool.option("cells", cells, "FILE",
              "from cells that sondeo-cells has written, - for standard input, not from responses");
  tool.section("Tables");
  tool.option("base", base, "asked|answered|all",
              "who is 100 %; if the study does not say: asked for select-all questions, else "
              "answered");
  tool.option("percent", percent, "LIST", "column, row, total, or several of them");
  tool.option("summary", summary, "ROWS|none",
              "grids as one table: these rows of each item (codes, nets, boxes, mean), such as "
              "top2,mean; none: a table for each item of ranks and allocations, too");
  tool.option("show", show, "LIST",
              "besides: count, thousands, responses (% of all answers), cumulative, index (to the "
              "total)");
  tool.option("level", level, "PERCENT", "of confidence");
  tool.option("interval", interval, "logit|wald", "limits of percentages");
  tool.option("df", df, "domain|design", "degrees of freedom: of the base, or of the whole file");
  tool.flag("sum100", sum100,
            "shown percentages of one answer add up to 100: rounded by largest remainders");
  tool.option("sort", sort, "value|size|COLUMN",
              "rows by their answer, or the largest first: in total, or in a column such as "
              "region=North");
  tool.option("pin", pins, "TEXT",
              "an answer that stays last when rows are sorted; repeat for several");
  tool.flag("hide-empty", hide_empty, "no rows that nobody chose, no columns without a base");
  tool.option("min-base", min_base, "N", "blank the columns whose base is smaller");
  tool.option("min-base-of", min_base_of, "n|weighted|effective", "the base that --min-base means");
  tool.option("min-cell", min_cell, "N",
              "withhold cells about fewer respondents, and those that would give them away");
  tool.option("low-base", low_base, "N,M",
              "mark effective bases below N with * and below M with **");
  language.declare(tool, "; of html several, for the reader to switch: en,es or all");
}

void CountOptions::declare_counting(Tool& tool, bool means) {
  tool.section("Questions");
  tool.option("missing", missing, "TEXT",
              "a cell text that is no answer; repeat for several (empty cells are none anyway)");
  tool.flag("keep-empty", keep_empty, "an empty cell is an answer like any other");
  if (means) tool.flag("mean", mean, "the questions are numbers: mean, standard deviation, median");
  tool.option("multi", multi, "NAME=COLUMNS",
              "a select-all question with one column an option: 'q4=q4_*', 'q4=#7-#12', or the "
              "question's text above its columns ('q4=Which of these*')");
  tool.option("ticked", ticked, "TEXT",
              "the cell text that means chosen; repeat for several (default: anything but an "
              "empty cell, 0, no, false, not selected)");
  tool.option("unticked", unticked, "TEXT",
              "the cell text that means not chosen; '' says that about empty cells");
  tool.option("joined", joined, "COLUMN", "a select-all question whose cells hold several answers");
  tool.option("separator", separator, "SIGN", "between the answers of a joined cell");
  tool.option("option", long_options, "TEXT",
              "an answer of joined cells that contains the separator itself");
  tool.option("spread", spread, "NAME=COLUMNS",
              "a select-all question whose columns hold any answer of one list");
  tool.section("Counting");
  tool.option("weight,w", weight, "COLUMN",
              "what each respondent stands for: a column, a weight of the study (which names its "
              "default), or "
              "none");
  tool.option("weight-file", weight_file, "FILE",
              "take the weight column from there, joined by --id");
  tool.option("id", id, "COLUMN", "the respondent's id, in the data and in the weight file");
  tool.option(
      "where", where, "EXPRESSION",
      "only respondents for whom it is true: \"age >= 18 and region in ('North', 'South')\"");
  tool.option("asked", asked, "EXPRESSION", "who was asked: the base, with --base asked");
  design.declare(tool);
}

TableRules CountOptions::rules() const {
  TableRules rules;
  if (!base.empty()) {
    rules.base = std::vector{Base::asked, Base::answered,
                             Base::all}[word_option("base", base, {"asked", "answered", "all"})];
  }
  if (asked && rules.base == Base::automatic) rules.base = Base::asked;
  if (asked && rules.base != Base::asked) throw UsageError("--asked goes with --base asked");
  rules.percents.clear();
  for (const auto& word : list_parts(percent)) {
    const auto kind =
        static_cast<Percent>(word_option("percent", word, {"column", "row", "total"}));
    if (std::find(rules.percents.begin(), rules.percents.end(), kind) == rules.percents.end()) {
      rules.percents.push_back(kind);
    }
  }
  for (const auto& word : list_parts(show)) {
    const auto figure = static_cast<Figure>(
        word_option("show", word, {"count", "thousands", "responses", "cumulative", "index"}));
    if (std::find(rules.figures.begin(), rules.figures.end(), figure) == rules.figures.end())
      rules.figures.push_back(figure);
  }
  rules.min_cell = number_option("min-cell", min_cell, 0, 1e15);
  rules.inference.level = number_option("level", level, 1, 99.9999);
  rules.inference.interval =
      static_cast<Interval>(word_option("interval", interval, {"logit", "wald"}));
  rules.inference.freedom = static_cast<Freedom>(word_option("df", df, {"domain", "design"}));
  if (sort.find_first_of("=:") != std::string::npos || sort == "_total") {
    rules.sort = SortRows::size;
    rules.sort_column = sort;
  } else {
    rules.sort = static_cast<SortRows>(word_option("sort", sort, {"value", "size"}));
  }
  rules.pins = pins;
  rules.hide_empty = hide_empty;
  rules.sum100 = sum100;
  const auto shares = rules.percents;
  if (sum100 && std::find(shares.begin(), shares.end(), Percent::column) == shares.end())
    throw UsageError("--sum100 is about column percentages, and --percent leaves them out");
  rules.min_base = number_option("min-base", min_base, 0, 1e15);
  rules.min_base_of = static_cast<BaseKind>(
      word_option("min-base-of", min_base_of, {"n", "weighted", "effective"}));
  const auto marks = list_parts(low_base);
  if (marks.size() != 2)
    throw UsageError("--low-base takes two numbers such as 100,30, not '" + excerpt(low_base) +
                     "'");
  rules.low_base = number_option("low-base", marks[0], 0, 1e15);
  rules.very_low_base = number_option("low-base", marks[1], 0, rules.low_base);
  rules.testing = tests.testing(rules.very_low_base);
  rules.empty_columns = tests.over_waves;
  rules.chisq = tests.chisq_kinds();
  return rules;
}

std::vector<Question> CountOptions::defined_questions(const Header& header) const {
  std::vector<Question> questions;
  for (const auto& each : multi)
    questions.push_back(question_of_columns(header, each, QuestionKind::flags));
  for (const auto& each : spread)
    questions.push_back(question_of_columns(header, each, QuestionKind::spread));
  for (const auto& each : joined) {
    if (separator.empty()) throw UsageError("--separator must not be empty");
    Question question;
    question.kind = QuestionKind::joined;
    question.columns = {find_column(header, each)};
    question.name = column_name(header, question.columns[0]);
    question.separator = separator;
    question.long_options = long_options;
    questions.push_back(std::move(question));
  }
  for (std::size_t i = 0; i < questions.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (questions[i].name == questions[j].name) {
        throw UsageError("the question '" + excerpt(questions[i].name) + "' is defined twice");
      }
    }
  }
  return questions;
}

// The weight of the tables: where it is read, and what it is called.
struct CountOptions::Weighting {
  std::string name = "none";
  std::string column;
};

CountOptions::Weighting CountOptions::weighting(const StudyInput& input) const {
  auto name = weight.empty() ? design.preset_weight() : weight;
  if (name.empty() && input.study) name = input.study->weight;
  if (name.empty() || name == "none") return {};
  if (input.study) {
    for (const auto& known : input.study->weights) {
      if (known.name != name) continue;
      return {name, known.column.empty() ? known.name : known.column};
    }
  }
  return {name, name};
}

std::optional<Expr> CountOptions::condition(const StudyInput& input) const {
  auto others = input.header.names;
  if (const auto& below = input.header.below; !below.empty())
    others.insert(others.end(), below.back().begin(), below.back().end());
  for (const auto& question : defined_questions(input.header)) others.push_back(question.name);
  const auto parsed = [&](const std::string& source, const std::string& what) {
    const auto expr = parse_expr(source, what);
    if (!input.study) return expr;
    return VariableScope(input.variables, others).resolve(expr, source, what);
  };
  std::optional<Expr> result;
  if (where) result = parsed(*where, "--where");
  if (!asked) return result;
  auto who = parsed(*asked, "--asked");
  // Those who were not asked leave the tables as if the filter had left them out.
  if (!result) return who;
  Expr both;
  both.kind = ExprKind::logical_and;
  both.args = {std::move(*result), std::move(who)};
  return parse_expr(print_expr(both));
}

void CountOptions::check(const StudyInput& input, const std::optional<std::string>& banner) const {
  const auto weighting = this->weighting(input);
  if (banner) parse_banner(*banner);
  if (where) parse_expr(*where, "--where");
  if (asked) parse_expr(*asked, "--asked");
  if (!weight_file.empty() && (id.empty() || weighting.name == "none")) {
    throw UsageError("--weight-file needs --weight and --id");
  }
  if (!id.empty() && weight_file.empty()) throw UsageError("--id goes with --weight-file");
  design.chosen(input);
  if (input.path == "-" && weight_file == "-") {
    throw UsageError("standard input cannot be both the responses and the weight file");
  }
  if (mean && percent != "column") throw UsageError("--percent has no meaning with --mean");
  if (input.study && keep_empty) {
    throw UsageError("--keep-empty is for bare files: the study says what an empty cell means");
  }
  if (!input.study && input.questions.empty() && input.path == "-" && input_is_terminal()) {
    throw UsageError("name a file of responses and at least one question");
  }
}

std::vector<TableSet> CountOptions::tables(StudyInput& input,
                                           const std::optional<std::string>& banner,
                                           Tool& tool) const {
  const auto rules = this->rules();
  const auto languages = language.languages(input.study);
  auto counted = cells.empty() ? count_cells(input, banner, tool) : read_cells(input, banner, tool);
  std::vector<TableSet> tables;
  for (const auto& each : languages) {
    tables.push_back(build(counted, input, !banner, rules, each));
    arrange(tables.back(), input, rules, each);
  }
  auto run = input.wants_provenance ? tables.front().provenance : Provenance{};
  if (input.wants_provenance) tell_run(run, tool.command(), input, cells);
  for (auto& set : tables) set.provenance = run;
  return tables;
}

CellFile CountOptions::count_cells(StudyInput& input, const std::optional<std::string>& banner,
                                   Tool& tool, bool identify) const {
  check(input, banner);
  open_input(input, tool);
  if (input.questions.empty() && !input.study) {
    std::string list;
    for (std::size_t i = 0; i < input.header.names.size() && list.size() < 300; ++i) {
      list += (list.empty() ? "" : ", ") + excerpt(column_name(input.header, i), 24);
    }
    throw UsageError("name at least one question", "the columns are " + list);
  }
  auto job = prepare(input, banner);
  for (const auto& name : input.questions) job.add(name);
  if (input.questions.empty()) job.add_all();
  job.request().identify = identify;
  if (!identify) calibrate(input, job, tool.issues());
  auto counted = count(*input.file, job.requests(), tool.issues());
  input.progress.reset();
  tool.tell(input.file->name() + ": " + grouped(counted.front().rows) + " respondents, " +
            grouped(counted.front().kept.n) + " kept");
  job.check_totals(counted.front(), tool.issues());
  auto result = job.finish(std::move(counted), tool.issues());
  warn_of_numbers(result, input, tool.issues());
  return result;
}

void CountOptions::calibrate(const StudyInput& input, CountJob& job, Issues& issues) const {
  if (design.none) return;
  if (auto rule = calibration_of(input, job.builder(), issues)) job.calibrate(std::move(*rule));
}

CountJob CountOptions::prepare(StudyInput& input, const std::optional<std::string>& banner) const {
  const auto weighting = this->weighting(input);
  CountJob job(input, defined_questions(input.header), mean, missing);
  auto& request = job.request();
  request.rules = {missing, keep_empty, ticked, unticked};
  request.rules.missing.insert(request.rules.missing.end(), input.missing.begin(),
                               input.missing.end());
  request.numbers = input.numbers;
  request.where = condition(input);
  if (request.where) job.builder().add_names_of(*request.where);
  request.weight.column = weighting.column;
  request.weight.id = id;
  if (!weight_file.empty()) {
    request.weight.file = input.csv;
    request.weight.file->file.path = weight_file;
    request.weight.file->file.name.clear();
    request.weight.file->header_rows = 1;
    request.weight.file->read_bytes.reset();
    request.weight.file->hash.reset();
  }
  request.threads = input.threads;
  const auto parts = banner ? parse_banner(*banner) : Banner{};
  job.set_banner(parts);
  job.settings() = {{"weight", weighting.name},
                    {"where", where ? print_expr(parse_expr(*where, "--where")) : ""},
                    {"asked", asked ? print_expr(parse_expr(*asked, "--asked")) : ""},
                    {"ticks", ticked.empty() && unticked.empty() ? "usual" : "told"},
                    {"banner", !banner       ? "none"
                               : parts.total ? "with total"
                                             : "without total"}};
  ask_design(design, input, request, job.settings());
  return job;
}

}  // namespace sondeo
