// SPDX-License-Identifier: MIT
#include "synth/synthesis.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "base/text.h"
#include "codebook/dependencies.h"
#include "codebook/scope.h"
#include "synth/columns.h"
#include "synth/dealing.h"
#include "synth/design_columns.h"
#include "synth/open_answers.h"
#include "synth/random.h"
#include "synth/routing.h"

namespace sondeo {
namespace {

using Rows = std::vector<const TargetRow*>;

bool has_list(const StudyQuestion& variable) {
  return !variable.codes.empty() &&
         (variable.kind == StudyKind::single || variable.kind == StudyKind::scale ||
          variable.kind == StudyKind::multiple);
}

class Synthesizer {
 public:
  Synthesizer(const Study& study, const std::vector<TargetRow>& targets,
              const SynthesisOptions& options)
      : study_(study),
        targets_(targets),
        variables_(variables_of(study)),
        routing_(variables_, study.file) {
    resolve_conditions();
    for (const auto& row : targets_) rows_[row.question].push_back(&row);
    check_questions();
    auto& sample = result_.sample;
    sample.seed = options.seed;
    sample.weights =
        draw_weights(Draws(options.seed, "weight " + study.weight), options.respondents);
    result_.weighted = !study.weight.empty();
    if (!result_.weighted) sample.weights.assign(options.respondents, weight_unit);
    const Draws attitude(options.seed, "attitude");
    for (std::size_t i = 0; i < options.respondents; ++i)
      sample.attitude.push_back(attitude.bell(i));
  }

  Synthesis run() {
    for (const auto variable : order()) make(variable);
    sort_columns();
    add_ids();
    add_design_columns(study_, result_.sample);
    std::set<std::string> names;
    for (const auto& column : result_.sample.columns) {
      if (names.insert(column.name).second) continue;
      throw Error({study_.file}, "synth-columns",
                  "two questions stand in the column '" + excerpt(column.name) + "'",
                  "synthetic answers need a column for each question");
    }
    std::stable_sort(result_.unmet.begin(), result_.unmet.end(),
                     [](const Unmet& a, const Unmet& b) {
                       return std::tie(a.at.file, a.at.line) < std::tie(b.at.file, b.at.line);
                     });
    return std::move(result_);
  }

 private:
  // Labels in the conditions of targets become codes.
  void resolve_conditions() {
    const VariableScope scope(variables_, {});
    for (auto& row : targets_) {
      if (!row.where) continue;
      try {
        row.where = scope.resolve(*row.where, row.where_text, "where");
      } catch (const Error& error) {
        throw Error(row.where_at, error.id(), "where: " + error.message(), error.hint());
      }
    }
  }

  void check_questions() {
    std::vector<std::string> names;
    for (const auto& variable : variables_) names.push_back(variable.name);
    for (const auto& [name, rows] : rows_) {
      const auto found = std::find(names.begin(), names.end(), name);
      if (found == names.end()) unknown_question(*rows[0], names);
      const auto& variable = variables_[static_cast<std::size_t>(found - names.begin())];
      for (const auto* row : rows) check_kind(variable, *row);
    }
  }

  [[noreturn]] void unknown_question(const TargetRow& row,
                                     const std::vector<std::string>& names) const {
    for (const auto& question : study_.questions) {
      if (question.name != row.question) continue;
      std::string items;
      for (const auto& item : question.items) items += (items.empty() ? "" : ", ") + item.name;
      throw Error(row.question_at, "target-question", row.question + " has items",
                  "a target is of one of them: " + items);
    }
    const auto close = nearest(row.question, names);
    throw Error(
        row.question_at, "target-question",
        "the study has no question '" + excerpt(row.question) + "'",
        close.empty() ? "questions are named as in " + study_.file : "did you mean " + close + "?");
  }

  void check_kind(const StudyQuestion& variable, const TargetRow& row) {
    if (row.percent) ++result_.targets;
    if (variable.bands) {
      const auto* first = bands_of(variable.bands->of);
      if (first != &variable) {
        throw Error(row.question_at, "target-derived",
                    variable.bands->of + " has targets in the bands of " + first->name + " already",
                    "a number can follow the bands of one question");
      }
      return;
    }
    if (variable.derived()) {
      throw Error(row.question_at, "target-derived",
                  variable.name + " is made from other questions",
                  "give targets of those questions");
    }
    if (has_list(variable) && !is_ranked(variable)) return;
    if (variable.kind == StudyKind::number && !is_ranked(variable)) {
      // No answer at all, and answers that count as none.
      if (row.category == "skipped") return;
      for (const auto& code : variable.codes) {
        if (code.code == row.category) return;
      }
    }
    throw Error(row.question_at, "target-kind",
                variable.name + " has no list of answers to give percentages of",
                variable.kind == StudyKind::number
                    ? "make a question that bands it, and give targets of that"
                    : "");
  }

  std::vector<const StudyQuestion*> bands_over(const std::string& number) const {
    std::vector<const StudyQuestion*> found;
    for (const auto& variable : variables_) {
      if (variable.bands && variable.bands->of == number) found.push_back(&variable);
    }
    return found;
  }

  // The bands of a number that have targets: the first such question.
  const StudyQuestion* bands_of(const std::string& number) const {
    for (const auto* bands : bands_over(number)) {
      if (rows_.count(bands->name) != 0) return bands;
    }
    return nullptr;
  }

  const StudyQuestion* parent_of(const StudyQuestion& variable) const {
    for (const auto& question : study_.questions) {
      if (!question.items.empty() && question.name == variable.parent) return &question;
    }
    return nullptr;
  }

  // A rank or an allocation is one answer of all its items.
  bool is_ranked(const StudyQuestion& variable) const {
    const auto* parent = parent_of(variable);
    return parent != nullptr && parent->kind != StudyKind::grid;
  }

  const Rows& rows_of(const StudyQuestion& question) const {
    static const Rows none;
    const auto found = rows_.find(question.name);
    return found == rows_.end() ? none : found->second;
  }

  // Variables so that each comes after those that say who is asked, or whom a target is of.
  std::vector<std::size_t> order() const {
    std::vector<std::vector<std::size_t>> needs(variables_.size());
    for (std::size_t i = 0; i < variables_.size(); ++i) {
      const auto need = [&](const Expr& condition) {
        for (const auto& name : names_of(condition)) {
          if (name.kind != ExprKind::column) continue;
          throw Error(variables_[i].at, "synth-columns",
                      "the routing of " + variables_[i].name + " names a column by its position",
                      "name the question");
        }
        for (const auto other : routing_.needed(condition)) needs[i].push_back(other);
      };
      if (variables_[i].asked) need(*variables_[i].asked);
      auto rows = rows_of(variables_[i]);
      if (const auto* bands = bands_of(variables_[i].name)) {
        rows.insert(rows.end(), rows_of(*bands).begin(), rows_of(*bands).end());
      }
      for (const auto* row : rows) {
        if (!row->where) continue;
        need(*row->where);
        if (std::find(needs[i].begin(), needs[i].end(), i) != needs[i].end()) {
          throw Error(row->where_at, "target-where",
                      "the condition depends on the answers to " + variables_[i].name +
                          ", which it is a target of");
        }
      }
    }
    const auto found = dependencies_of(needs);
    if (!found.cycle.empty()) {
      const auto& variable = variables_[found.cycle[0]];
      throw Error(variable.at, "target-where",
                  "who is asked " + variable.name + " depends, in a circle, on its own answers");
    }
    return found.order;
  }

  void make(std::size_t at) {
    const auto& variable = variables_[at];
    if (variable.derived() || variable.kind == StudyKind::weight) return;
    if (variable.kind == StudyKind::maxdiff) {
      throw Error(variable.at, "synth-kind",
                  "'" + excerpt(variable.parent) + "' is a maxdiff question, which cannot be made",
                  "leave it out of the study that the respondents are made by");
    }
    const auto* parent = parent_of(variable);
    const bool ranked = is_ranked(variable);
    // All items of a rank at once, with the first.
    if (ranked && parent->items[0].name != variable.name) return;
    auto& sample = result_.sample;
    const auto asked = who_is_asked(variable);
    if (ranked) {
      std::vector<StudyQuestion> items;
      for (const auto& each : variables_) {
        if (each.parent == variable.parent) items.push_back(each);
      }
      write_ranks(items, parent->kind == StudyKind::allocation, asked, sample);
    } else if (has_list(variable)) {
      make_listed(variable, asked);
    } else if (variable.kind == StudyKind::number) {
      make_number(variable, asked);
    } else if (variable.kind == StudyKind::date) {
      write_dates(variable, asked, sample);
    } else if (variable.kind == StudyKind::id) {
      write_ids(columns_of(variable)[0], sample);
    } else if (variable.kind == StudyKind::text || variable.open_codes) {
      write_texts(variable, asked, sample);
    } else {
      throw Error(variable.at, "synth-codes", variable.name + " has no codes to answer with",
                  "list its codes, or say kind = \"text\" or \"number\"");
    }
    made_by_.resize(sample.columns.size(), at);
  }

  std::vector<std::size_t> who_is_asked(const StudyQuestion& variable) const {
    const auto& sample = result_.sample;
    std::vector<std::size_t> asked;
    if (!variable.asked) {
      asked.resize(sample.size());
      std::iota(asked.begin(), asked.end(), std::size_t{0});
      return asked;
    }
    const auto holds = routing_.holds(*variable.asked, sample);
    for (std::size_t i = 0; i < holds.size(); ++i) {
      if (holds[i] != 0) asked.push_back(i);
    }
    return asked;
  }

  Dealing dealing_of(const StudyQuestion& variable, const QuestionAims& aims,
                     const std::vector<std::size_t>& asked) {
    return {result_.sample,
            variable,
            aims,
            asked,
            is_margin(variable),
            [this](const TargetRow& row) { return routing_.holds(*row.where, result_.sample); },
            result_.unmet};
  }

  void make_listed(const StudyQuestion& variable, const std::vector<std::size_t>& asked) {
    const auto aims = aims_of(variable, rows_of(variable));
    const auto dealing = dealing_of(variable, aims, asked);
    if (variable.kind != StudyKind::multiple) {
      write_single(variable, asked, deal_single(dealing), result_.sample);
      return;
    }
    SeveralRoom room;
    room.most =
        variable.form == MultipleForm::spread ? columns_of(variable).size() : variable.codes.size();
    room.none_too = variable.form == MultipleForm::flags;
    write_several(variable, asked, deal_several(dealing, room), result_.sample);
  }

  void make_number(const StudyQuestion& variable, const std::vector<std::size_t>& asked) {
    auto& sample = result_.sample;
    const auto aims = aims_of(variable, rows_of(variable));
    if (!aims.groups.empty()) {
      throw Error(aims.groups[0].aims[0].at, "target-kind",
                  aims.groups[0].aims[0].what + " is no answer that the numbers leave out");
    }
    const auto parts = part(dealing_of(variable, aims, asked));
    std::vector<std::string> missing(asked.size());
    for (const auto& [member, answer] : parts.left) {
      if (answer < variable.codes.size()) missing[member] = cell_text_of(variable.codes[answer]);
    }
    std::vector<std::size_t> answering;
    for (const auto& one : parts.parts) {
      for (const auto member : one.members) answering.push_back(asked[member]);
    }
    auto numbers = draw_numbers(variable, answering, sample);
    if (const auto* bands = bands_of(variable.name))
      follow_bands(variable, *bands, answering, numbers);
    write_numbers(variable, answering, numbers, asked, missing, sample);
  }

  // Numbers in the bands that have targets: those who give a number answer with a band first.
  void follow_bands(const StudyQuestion& variable, const StudyQuestion& bands,
                    const std::vector<std::size_t>& answering, std::vector<long long>& numbers) {
    const auto aims = aims_of(bands, rows_of(bands));
    const auto answers = deal_single(dealing_of(bands, aims, answering));
    const Draws draws(result_.sample.seed, variable.name + " in its band");
    for (std::size_t i = 0; i < answering.size(); ++i) {
      const auto range = band_range(variable, bands, answers[i]);
      numbers[i] = range.least +
                   static_cast<long long>(draws.below(
                       answering[i], static_cast<std::uint64_t>(range.most - range.least) + 1));
    }
  }

  // From the order in which they were made to that of the study.
  void sort_columns() {
    std::vector<std::size_t> places(made_by_.size());
    std::iota(places.begin(), places.end(), std::size_t{0});
    std::stable_sort(places.begin(), places.end(),
                     [&](auto a, auto b) { return made_by_[a] < made_by_[b]; });
    std::vector<SampleColumn> sorted;
    for (const auto place : places) sorted.push_back(std::move(result_.sample.columns[place]));
    result_.sample.columns.swap(sorted);
  }

  bool is_margin(const StudyQuestion& variable) const {
    for (const auto& weight : study_.weights) {
      if (weight.name != study_.weight) continue;
      return std::find(weight.margins.begin(), weight.margins.end(), variable.name) !=
             weight.margins.end();
    }
    return false;
  }

  // Without a question that identifies respondents, the mark has a column of its own.
  void add_ids() {
    if (std::any_of(study_.questions.begin(), study_.questions.end(),
                    [](const StudyQuestion& each) { return each.kind == StudyKind::id; })) {
      return;
    }
    auto& columns = result_.sample.columns;
    write_ids("synthetic", result_.sample);
    std::rotate(columns.begin(), columns.end() - 1, columns.end());
  }

  const Study& study_;
  std::vector<TargetRow> targets_;
  std::vector<StudyQuestion> variables_;
  Routing routing_;
  std::map<std::string, Rows> rows_;
  std::vector<std::size_t> made_by_;  // [column] the variable it was made for
  Synthesis result_;
};

}  // namespace

Synthesis synthesize(const Study& study, const std::vector<TargetRow>& targets,
                     const SynthesisOptions& options) {
  if (!study.synthetic) {
    throw Error({study.file}, "not-synthetic", "the study does not say that it is synthetic",
                "under [study], synthetic = true: every table made from it will say so");
  }
  return Synthesizer(study, targets, options).run();
}

double design_effect(const Sample& sample) {
  double squares = 0;
  double sum = 0;
  for (const auto weight : sample.weights) {
    squares += static_cast<double>(weight) * static_cast<double>(weight);
    sum += static_cast<double>(weight);
  }
  return static_cast<double>(sample.size()) * squares / (sum * sum);
}

}  // namespace sondeo
