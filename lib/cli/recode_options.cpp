// SPDX-License-Identifier: MIT
#include "cli/recode_options.h"

#include <algorithm>
#include <memory>

#include "base/text.h"
#include "cli/output_options.h"
#include "cli/process.h"
#include "cli/request_builder.h"
#include "codebook/scope.h"
#include "codebook/study.h"

namespace sondeo {
namespace {

struct Definition {
  std::string name;
  std::string source;
};

Definition definition_of(const std::string& option, const std::string& text) {
  const auto equals = text.find('=');
  const auto name = std::string(trim(text.substr(0, equals)));
  if (equals == std::string::npos || name.empty()) {
    throw UsageError("--" + option + " takes NAME=EXPRESSION, not '" + excerpt(text) + "'",
                     option == "filter" ? "for example --filter \"young=age < 35\""
                                        : "for example --number \"waited=days(began, ended)\"");
  }
  return {name, text.substr(equals + 1)};
}

// Collects new columns and the questions that they need.
class Planner {
 public:
  explicit Planner(StudyInput& input) : input_(input), builder_(input, {}, false) {}

  void add_question(const std::string& argument) {
    for (const auto position : builder_.questions_of(argument)) {
      const auto& question = builder_.request.questions[position];
      if (question.study == nullptr) {
        throw Error("not-derived",
                    "'" + excerpt(question.name) + "' is a column of the file already",
                    "a study derives variables from columns");
      }
      need(position);
      if (!question.several()) {
        columns_.push_back({question.name, NewColumnKind::answer, position, "", {}});
        continue;
      }
      for (const auto& code : question.study->codes) {
        if (code.missing != MissingKind::none && !code.in_base) continue;
        columns_.push_back(
            {question.name + "_" + code.code, NewColumnKind::option, position, code.code, {}});
      }
    }
  }

  void add_nets(const std::string& argument) {
    for (const auto position : builder_.questions_of(argument)) {
      const auto& question = builder_.request.questions[position];
      const auto nets =
          question.study == nullptr ? std::vector<StudyNet>{} : nets_of(*question.study);
      if (nets.empty()) {
        throw Error("no-nets", "'" + excerpt(question.name) + "' has no nets",
                    "the study names them: nets = [ { name = …, of = […] } ], or boxes");
      }
      need(position);
      for (const auto& net : nets) {
        columns_.push_back(
            {question.name + "_" + net.name, NewColumnKind::net, position, net.name, {}});
      }
    }
  }

  void add_expression(const Definition& definition, NewColumnKind kind, const std::string& option) {
    const auto what = "--" + option + " " + definition.name;
    auto expr = kind == NewColumnKind::filter ? parse_expr(definition.source, what)
                                              : parse_value(definition.source, what);
    if (input_.study) {
      expr = VariableScope(input_.variables, input_.header.names)
                 .resolve(expr, definition.source, what);
    }
    for (const auto position : builder_.add_names_of(expr)) need(position);
    columns_.push_back({definition.name, kind, 0, "", std::move(expr)});
  }

  NewColumnPlan plan() {
    NewColumnPlan plan;
    plan.questions = builder_.request.questions;
    plan.needed = needed_;
    plan.columns = std::move(columns_);
    plan.header = input_.header;
    plan.context.file = input_.header.file;
    plan.context.numbers = input_.numbers;
    plan.context.rules.missing = input_.missing;
    return plan;
  }

 private:
  void need(std::size_t position) {
    if (std::find(needed_.begin(), needed_.end(), position) == needed_.end())
      needed_.push_back(position);
  }

  StudyInput& input_;
  RequestBuilder builder_;
  std::vector<std::size_t> needed_;
  std::vector<NewColumn> columns_;
};

void tell(const std::vector<std::unique_ptr<DerivedCells>>& makers, const NewColumnPlan& plan,
          Issues& issues) {
  std::uint64_t not_numbers = 0;
  std::uint64_t not_dates = 0;
  for (const auto& maker : makers) {
    not_numbers += maker->not_numbers();
    not_dates += maker->not_dates();
    for (const auto question : plan.needed) {
      const auto left_out = maker->left_out(question);
      if (left_out.answers == 0) continue;
      issues.add({plan.header.file, left_out.first_line}, "routing",
                 "an answer to " + excerpt(plan.questions[question].name) +
                     " of a respondent who was not asked is left empty",
                 "", left_out.answers);
    }
  }
  if (not_numbers > 0) {
    issues.add({plan.header.file}, "not-a-number",
               "a cell was needed as a number but is not one; what needs it is left empty", "",
               not_numbers);
  }
  if (not_dates > 0) {
    issues.add({plan.header.file}, "not-a-date",
               "a cell was needed as a date but is not one; what needs it is left empty", "",
               not_dates);
  }
}

}  // namespace

void RecodeOptions::declare(Tool& tool) {
  tool.section("New columns");
  tool.option("filter", filters, "NAME=EXPRESSION",
              "a column that is 1 where the condition is true, 0 where it is false, else empty; "
              "repeat for several");
  tool.option("number", numbers, "NAME=EXPRESSION", "a column with the value; repeat for several");
  tool.option("net", nets, "QUESTION",
              "a column of 0 and 1 for each net of the question, QUESTION_NET; repeat for several");
  tool.flag("labels", labels, "labels instead of codes");
  language.declare(tool);
  tool.section("Output");
  tool.option("keep", keep, "COLUMNS",
              "only these columns of the file beside the new ones: 'id,q1-q9' (default: all, every "
              "byte as it is)");
  declare_output(tool, output, force);
  tool.flag("safe-csv", safe,
            "an apostrophe before texts that a spreadsheet would run as formulas");
}

NewColumnPlan RecodeOptions::plan(StudyInput& input) const {
  Planner planner(input);
  for (const auto& name : input.questions) planner.add_question(name);
  for (const auto& name : nets) planner.add_nets(name);
  for (const auto& each : filters)
    planner.add_expression(definition_of("filter", each), NewColumnKind::filter, "filter");
  for (const auto& each : numbers)
    planner.add_expression(definition_of("number", each), NewColumnKind::number, "number");
  const bool nothing =
      input.questions.empty() && nets.empty() && filters.empty() && numbers.empty();
  if (nothing) {
    for (const auto& variable : input.variables) {
      if (variable.derived()) planner.add_question(quote_name(variable.name));
    }
  }
  auto plan = planner.plan();
  if (plan.columns.empty()) {
    throw UsageError(
        "nothing to write: name derived questions of a study, --net, --filter or "
        "--number");
  }
  if (labels) plan.labels = language.language(input.study);
  return plan;
}

void RecodeOptions::run(const InputOptions& options, Tool& tool) const {
  for (const auto& each : filters) definition_of("filter", each);
  for (const auto& each : numbers) definition_of("number", each);
  auto input = find_input(options);
  if (!output.empty()) {
    for (const auto& file : input.files()) refuse_existing(output, force, file);
  }
  open_input(input, tool);
  const auto columns = plan(input);
  AppendOptions append;
  append.guard = safe;
  for (const auto& column : columns.columns) append.names.push_back(column.name);
  if (!keep.empty()) append.keep = find_columns(input.header, keep);
  std::vector<std::unique_ptr<DerivedCells>> makers;
  std::vector<NewCells*> cells;
  for (unsigned i = 0; i < input.threads; ++i) {
    makers.push_back(std::make_unique<DerivedCells>(columns));
    cells.push_back(makers.back().get());
  }
  if (output.empty() || output == "-") {
    append_columns(*input.file, append, cells, write_output, tool.issues());
  } else {
    OutputFile out(output, force);
    append_columns(
        *input.file, append, cells, [&](std::string_view bytes) { out.write(bytes); },
        tool.issues());
    out.commit();
  }
  tell(makers, columns, tool.issues());
}

}  // namespace sondeo
