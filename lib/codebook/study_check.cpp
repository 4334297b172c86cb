// SPDX-License-Identifier: MIT
// What a question needs by its kind, and what refers from one part of the study to another.
#include <algorithm>
#include <unordered_set>

#include "base/number.h"
#include "base/text.h"
#include "codebook/crossed.h"
#include "codebook/scope.h"
#include "codebook/study_names.h"
#include "codebook/study_parts.h"

namespace sondeo {
namespace {

const TomlNode& value_of(const TomlNode& table, std::string_view key) {
  const auto* value = table.find(key);
  return value == nullptr ? table : *value;
}

// One question, and the table that it was read from.
class QuestionCheck {
 public:
  QuestionCheck(const StudySource& source, const TomlNode& table, const StudyQuestion& question,
                const StudyNames& names)
      : source_(source), table_(table), question_(question), names_(names) {}

  void check() const {
    if (question_.kind == StudyKind::grid || question_.kind == StudyKind::rank ||
        question_.kind == StudyKind::allocation) {
      if (question_.items.empty())
        refuse("kind", "study-key", "no 'items'",
               "items = [ { name = \"...\", column = \"...\" } ]");
    }
    check_tasks();
    check_making();
    check_code_kinds();
    if (!question_.derived()) check_sources();
    if (question_.kind == StudyKind::multiple && !question_.derived()) check_form();
    check_references();
  }

  // Whether answers that expressions compare with are answers of those questions.
  void check_answers(const VariableScope& scope) const {
    if (question_.asked) check_answers(scope, value_of(table_, "asked"), *question_.asked);
    if (question_.value) check_answers(scope, value_of(table_, "value"), *question_.value);
    for (std::size_t i = 0; i < question_.codes.size(); ++i) {
      if (question_.codes[i].when)
        check_answers(scope, value_of(code_node(i), "when"), *question_.codes[i].when);
    }
  }

 private:
  void check_answers(const VariableScope& scope, const TomlNode& text, const Expr& expr) const {
    try {
      scope.resolve(expr, text.text, "");
    } catch (const Error& error) {
      throw Error(source_.inside(text, error.place().column), error.id(),
                  what() + ": " + error.message(), error.hint());
    }
  }

  // What is shown and chosen are answers of the list.
  void check_tasks() const {
    if (question_.kind != StudyKind::maxdiff) return;
    const auto compared =
        std::count_if(question_.codes.begin(), question_.codes.end(),
                      [](const auto& code) { return code.missing == MissingKind::none; });
    if (compared < 2) {
      refuse(has("list")    ? "list"
             : has("codes") ? "codes"
                            : "kind",
             "study-key", "fewer than two codes to compare", "list them: codes, or a 'list'");
    }
    if (question_.tasks.empty()) {
      refuse("kind", "study-key", "no 'tasks'",
             "tasks = [ { best = \"m1_best\", worst = \"m1_worst\", shown = \"m1_1-m1_4\" } ]");
    }
    for (std::size_t i = 0; i < question_.tasks.size(); ++i) {
      for (const auto& code : question_.tasks[i].of) {
        const bool known = std::any_of(question_.codes.begin(), question_.codes.end(),
                                       [&](const auto& each) { return each.code == code; });
        if (known) continue;
        refuse(value_of(value_of(table_, "tasks").items[i], "of"), "study-reference",
               "shows '" + excerpt(code) + "', which is none of its codes");
      }
    }
  }

  // At most one way of making it, and nothing beside that belongs to a column.
  void check_making() const {
    const auto with = static_cast<std::size_t>(
        std::count_if(question_.codes.begin(), question_.codes.end(),
                      [](const auto& code) { return code.when.has_value(); }));
    const bool when = with > 0;
    if (when + question_.bands.has_value() + !question_.cross.empty() > 1)
      refuse(question_.bands ? "bands" : "cross", "study-key", "made in two ways",
             "use one of codes with 'when', 'bands' and 'cross'");
    if (has("cross") && question_.cross.size() < 2)
      refuse("cross", "study-key", "crosses fewer than two questions");
    if (!question_.derived()) return;
    for (const auto* key : {"column", "columns", "separator", "ticked", "unticked", "form", "empty",
                            "open_codes", "items"}) {
      if (has(key))
        refuse(key, "study-key",
               "made from other questions, so without '" + std::string(key) + "'");
    }
    if (when && question_.kind != StudyKind::single && question_.kind != StudyKind::scale &&
        question_.kind != StudyKind::multiple) {
      refuse("kind", "study-key", "codes with 'when'",
             "they make questions of the kinds single, scale and multiple");
    }
    if ((question_.bands || !question_.cross.empty()) && !question_.codes.empty())
      refuse(has("list") ? "list" : "codes", "study-key",
             "its codes come from " + std::string(question_.bands ? "'bands'" : "'cross'") +
                 ", so it lists none");
    if (!when) return;
    for (std::size_t i = 0; i < question_.codes.size(); ++i) {
      const auto& code = question_.codes[i];
      if (!code.when)
        refuse(code_node(i), "study-key",
               "code '" + excerpt(code.code) + "' has no 'when', others have",
               "when = \"true\" on the last code holds for all others");
      for (const auto* key : {"column", "values"}) {
        if (code_node(i).find(key) != nullptr)
          refuse(
              value_of(code_node(i), key), "study-key",
              "code '" + excerpt(code.code) + "' has both 'when' and '" + std::string(key) + "'");
      }
    }
  }

  // Where only missing answers can be listed, and where columns of codes belong.
  void check_code_kinds() const {
    const bool numeric = question_.kind == StudyKind::number || question_.kind == StudyKind::date ||
                         question_.kind == StudyKind::text || question_.kind == StudyKind::rank ||
                         question_.kind == StudyKind::allocation;
    for (std::size_t i = 0; i < question_.codes.size(); ++i) {
      const auto& code = question_.codes[i];
      if (numeric && (code.missing == MissingKind::none || code.in_base)) {
        refuse(code_node(i), "study-code",
               "code '" + excerpt(code.code) +
                   (code.in_base ? "' cannot be in the base" : "' is not said to be missing"),
               code.in_base ? "only answers of a list have rows of their own"
                            : "this kind lists missing answers alone: missing = \"dont_know\"");
      }
      const auto place = question_.kind == StudyKind::rank ? parse_number(code.code) : std::nullopt;
      if (place && *place >= 1 && *place <= static_cast<double>(question_.items.size()))
        refuse(code_node(i), "study-duplicate",
               "code '" + excerpt(code.code) + "' is the place of an item too");
      if (!code.column.empty() && question_.kind != StudyKind::multiple)
        refuse(value_of(code_node(i), "column"), "study-key",
               "code '" + excerpt(code.code) + "' has a column, which is for kind = \"multiple\"");
    }
  }

  // What is not made must be read from somewhere, and its answers known.
  void check_sources() const {
    const bool answers = !question_.codes.empty() || question_.open_codes;
    const bool listed = question_.kind == StudyKind::single || question_.kind == StudyKind::grid;
    if (question_.kind == StudyKind::scale && question_.codes.empty())
      refuse("kind", "study-key", "no codes", "a scale lists its codes, or a 'list'");
    if (listed && !answers)
      refuse("kind", "study-key", "no codes",
             "list them (codes, list), or open_codes = true takes what the data have");
  }

  void check_form() const {
    const auto form = question_.form;
    const bool flags = form == MultipleForm::flags;
    const auto with = std::count_if(question_.codes.begin(), question_.codes.end(),
                                    [](const auto& code) { return !code.column.empty(); });
    for (const auto* key : {"ticked", "unticked"}) {
      if (has(key) && !flags)
        refuse(key, "study-key",
               "'" + std::string(key) + "' is for options with a column each (form = \"flags\")");
    }
    if (has("ticked") && has("unticked"))
      refuse("unticked", "study-key", "'ticked' and 'unticked' exclude each other");
    if (has("separator") && form != MultipleForm::joined)
      refuse("separator", "study-key",
             "'separator' is for answers in one cell (form = \"joined\")");
    if (form == MultipleForm::joined && question_.columns.size() > 1)
      refuse("columns", "study-key", "answers that are joined stand in one column");
    if (!flags && with > 0)
      refuse("form", "study-key", "codes with a column, but not form = \"flags\"");
    if (!flags && question_.codes.empty() && !question_.open_codes)
      refuse("kind", "study-key", "no codes",
             "list them (codes, list), or open_codes = true takes what the data have");
    if (!flags) return;
    if (with == 0 && question_.columns.empty())
      refuse("kind", "study-key", "no columns", "columns = \"q4_*\", or a column for each code");
    if (with > 0 && !question_.columns.empty())
      refuse(has("columns") ? "columns" : "column", "study-key",
             "columns of its own and of its codes");
    if (question_.open_codes)
      refuse("open_codes", "study-key", "its options are columns: no others can occur");
    for (std::size_t i = 0; i < question_.codes.size(); ++i) {
      const auto& code = question_.codes[i];
      if (with > 0 && code.column.empty())
        refuse(code_node(i), "study-key",
               "code '" + excerpt(code.code) + "' has no 'column', others have");
      if (!code.values.empty())
        refuse(code_node(i), "study-key",
               "code '" + excerpt(code.code) + "' has 'values', but its column is ticked or not",
               "say what a ticked cell holds: ticked = \"Yes\"");
    }
  }

  void check_references() const {
    if (question_.bands) {
      const auto& of = value_of(value_of(table_, "bands"), "of");
      const auto& question = variable(of, question_.bands->of);
      if (question.kind != StudyKind::number && question.kind != StudyKind::allocation)
        refuse(of, "study-reference",
               "bands of '" + excerpt(question_.bands->of) + "', which is no number");
    }
    for (std::size_t i = 0; i < question_.cross.size(); ++i) {
      const auto& nodes = value_of(table_, "cross").items;
      const auto& node = i < nodes.size() ? nodes[i] : value_of(table_, "cross");
      const auto& name = question_.cross[i];
      const auto& question = variable(node, name);
      if (std::count(question_.cross.begin(), question_.cross.end(), name) > 1)
        refuse(node, "study-duplicate", "crosses '" + excerpt(name) + "' with itself");
      if (question.kind != StudyKind::single && question.kind != StudyKind::scale &&
          question.kind != StudyKind::grid) {
        refuse(node, "study-reference",
               "crosses '" + excerpt(name) + "', which is no question of one answer",
               question.kind == StudyKind::number ? "cut the number first: bands" : "");
      }
      if (question.open_codes)
        refuse(node, "study-reference",
               "crosses '" + excerpt(name) + "', whose answers are not all listed (open_codes)");
    }
    if (question_.asked) check_names(value_of(table_, "asked"), *question_.asked);
    if (question_.value) check_names(value_of(table_, "value"), *question_.value);
    for (std::size_t i = 0; i < question_.codes.size(); ++i) {
      if (question_.codes[i].when)
        check_names(value_of(code_node(i), "when"), *question_.codes[i].when);
    }
  }

  void check_names(const TomlNode& text, const Expr& expr) const {
    for (const auto& name : names_of(expr)) {
      if (name.kind != ExprKind::name) continue;
      const auto* found = names_.find(name.text);
      if (found != nullptr && found->is_variable()) continue;
      const auto before = std::string_view(text.text).substr(0, name.at);
      const auto column = 1 + std::count_if(before.begin(), before.end(), [](char c) {
                            return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
                          });
      throw unknown(source_.inside(text, static_cast<std::uint64_t>(column)), name.text, found);
    }
  }

  const StudyQuestion& variable(const TomlNode& node, const std::string& name) const {
    const auto* found = names_.find(name);
    if (found == nullptr || !found->is_variable()) throw unknown(source_.place(node), name, found);
    return *found->question;
  }

  Error unknown(const Place& place, const std::string& name, const StudyName* found) const {
    if (found != nullptr) {
      const auto& first = found->question->items[0].name;
      return {place, "study-reference",
              what() + ": '" + excerpt(name) + "' has several items and no answer of its own",
              "name one of them, such as '" + excerpt(first) + "'"};
    }
    return {place, "study-reference", what() + ": there is no question '" + excerpt(name) + "'",
            did_you_mean(name, names_.variables(), "the questions are")};
  }

  bool has(std::string_view key) const { return table_.find(key) != nullptr; }
  std::string what() const { return "question " + excerpt(question_.name); }

  const TomlNode& code_node(std::size_t at) const {
    const auto* codes = table_.find("codes");
    return codes == nullptr ? table_ : codes->items[at];
  }

  [[noreturn]] void refuse(const TomlNode& node, std::string id, const std::string& message,
                           std::string hint = "") const {
    source_.refuse(node, std::move(id), what() + ": " + message, std::move(hint));
  }
  [[noreturn]] void refuse(std::string_view key, std::string id, const std::string& message,
                           std::string hint = "") const {
    refuse(value_of(table_, key), std::move(id), message, std::move(hint));
  }

  const StudySource& source_;
  const TomlNode& table_;
  const StudyQuestion& question_;
  const StudyNames& names_;
};

template <typename Part>
void check_distinct(const StudySource& source, const TomlNode& root, std::string_view key,
                    const std::vector<Part>& parts, const std::string& what) {
  std::unordered_set<std::string> names;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (names.insert(parts[i].name).second) continue;
    source.refuse(value_of(root.find(key)->items[i], "name"), "study-duplicate",
                  "two " + what + " are called '" + excerpt(parts[i].name) + "'");
  }
}

// A name that divides the respondents: one answer each. Other names may be columns of the data.
void check_dividing(const StudySource& source, const TomlNode& node, const std::string& name,
                    const StudyNames& names, const std::string& use) {
  const auto* found = names.find(name);
  if (found == nullptr) return;
  if (!found->is_variable() || found->question->kind == StudyKind::multiple) {
    source.refuse(node, "study-reference",
                  use + " '" + excerpt(name) + "' has several answers a respondent");
  }
}

void check_head(const StudySource& source, const TomlNode& root, const Study& study,
                const StudyNames& names) {
  check_distinct(source, root, "weight", study.weights, "weights");
  check_distinct(source, root, "list", study.lists, "lists");
  const auto& head = value_of(root, "study");
  if (!study.weight.empty()) {
    Words weights;
    for (const auto& weight : study.weights) weights.push_back(weight.name);
    if (std::find(weights.begin(), weights.end(), study.weight) == weights.end()) {
      auto hint = did_you_mean(study.weight, weights, "the weights are");
      if (weights.empty()) hint = "describe it: [[weight]] name = " + toml_text(study.weight);
      source.refuse(value_of(head, "weight"), "study-reference",
                    "there is no weight '" + excerpt(study.weight) + "'", hint);
    }
  }
  if (!study.wave.empty()) {
    const auto& node = value_of(head, "wave");
    if (names.find(study.wave) == nullptr)
      source.refuse(node, "study-reference", "there is no question '" + excerpt(study.wave) + "'",
                    did_you_mean(study.wave, names.variables(), "the questions are"));
    check_dividing(source, node, study.wave, names, "the wave");
  }
  const auto check_margin = [&](const TomlNode& node, const std::string& margin,
                                const std::string& use) {
    if (names.find(margin) != nullptr) return;
    for (const auto& name : crossed_parts(margin)) {
      if (names.find(name) != nullptr) continue;
      source.refuse(node, "study-reference",
                    "there is no question '" + excerpt(name) + "' for " + use,
                    did_you_mean(name, names.variables(), "the questions are"));
    }
  };
  for (std::size_t i = 0; i < study.weights.size(); ++i) {
    const auto& node = value_of(root.find("weight")->items[i], "margins");
    for (const auto& margin : study.weights[i].margins)
      check_margin(node, margin, "a margin of weight '" + excerpt(study.weights[i].name) + "'");
  }
  for (std::size_t i = 0; i < study.targets.size(); ++i) {
    const auto& variable = study.targets[i].variable;
    if (!variable.empty())
      check_margin(value_of(root.find("target")->items[i], "variable"), variable, "a target");
  }
  const auto& design = value_of(root, "design");
  for (const auto& [key, list] : {std::pair{"strata", &study.design.strata},
                                  {"clusters", &study.design.clusters},
                                  {"fpc", &study.design.fpc}}) {
    for (const auto& name : *list)
      check_dividing(source, value_of(design, key), name, names, std::string("'") + key + "':");
  }
}

}  // namespace

MultipleForm usual_form(const StudyQuestion& question) {
  if (question.kind != StudyKind::multiple) return MultipleForm::flags;
  const bool columns = std::any_of(question.codes.begin(), question.codes.end(),
                                   [](const auto& code) { return !code.column.empty(); });
  if (columns || !question.ticked.empty() || !question.unticked.empty() || question.derived())
    return MultipleForm::flags;
  if (question.columns.empty()) return MultipleForm::joined;
  return question.codes.empty() && !question.open_codes ? MultipleForm::flags
                                                        : MultipleForm::spread;
}

void check_study(const StudySource& source, const TomlNode& root, const Study& study) {
  const StudyNames names(study);
  check_head(source, root, study, names);
  const auto& tables = root.find("question")->items;
  for (std::size_t i = 0; i < study.questions.size(); ++i)
    QuestionCheck(source, tables[i], study.questions[i], names).check();
  const auto variables = expand(study, names);
  std::size_t at = 0;
  for (const auto& variable : variables) {
    const auto& name = variable.parent.empty() ? variable.name : variable.parent;
    const bool first = study.questions[at].name != name || &variable == &variables.front();
    if (study.questions[at].name != name) ++at;
    // The items of a question have the same codes.
    if (!first) continue;
    check_nets(source, tables[at], "question " + excerpt(name), variable);
    check_differences(source, tables[at], "question " + excerpt(name), variable);
  }
  const VariableScope scope(variables, {});
  for (std::size_t i = 0; i < study.questions.size(); ++i)
    QuestionCheck(source, tables[i], study.questions[i], names).check_answers(scope);
}

const Words& kind_words() {
  static const Words words{"single",     "multiple", "scale", "grid", "number", "rank",
                           "allocation", "date",     "text",  "id",   "weight", "maxdiff"};
  return words;
}

const Words& missing_words() {
  static const Words words{"not_asked", "dont_know", "refused", "skipped"};
  return words;
}

const Words& form_words() {
  static const Words words{"flags", "joined", "spread"};
  return words;
}

}  // namespace sondeo
