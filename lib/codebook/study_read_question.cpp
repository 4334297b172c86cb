// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <utility>

#include "base/number.h"
#include "base/text.h"
#include "codebook/study_parts.h"

namespace sondeo {
namespace {

using Kinds = unsigned;

constexpr Kinds one(StudyKind kind) { return 1U << static_cast<unsigned>(kind); }
constexpr Kinds listed = one(StudyKind::single) | one(StudyKind::scale);
constexpr Kinds coded = listed | one(StudyKind::multiple) | one(StudyKind::grid);
constexpr Kinds itemized = one(StudyKind::grid) | one(StudyKind::rank) | one(StudyKind::allocation);
constexpr Kinds numeric = one(StudyKind::number) | one(StudyKind::allocation);
constexpr Kinds unjudged = one(StudyKind::id) | one(StudyKind::weight);
constexpr Kinds ranked = one(StudyKind::rank);
constexpr Kinds chosen = one(StudyKind::maxdiff);
constexpr Kinds every = (1U << 12) - 1;

struct KeyUse {
  const char* key;
  Kinds kinds;
};

// The keys of a question, and the kinds that have them.
constexpr std::array<KeyUse, 30> keys{{{"name", every},
                                       {"kind", every},
                                       {"text", every},
                                       {"label", every},
                                       {"column", every & ~itemized & ~chosen},
                                       {"columns", itemized | one(StudyKind::multiple)},
                                       {"form", one(StudyKind::multiple)},
                                       {"separator", one(StudyKind::multiple)},
                                       {"ticked", one(StudyKind::multiple)},
                                       {"unticked", one(StudyKind::multiple)},
                                       {"codes", every & ~unjudged},
                                       {"list", every & ~unjudged},
                                       {"open_codes", coded},
                                       {"nets", coded},
                                       {"boxes", listed | ranked | one(StudyKind::grid)},
                                       {"differences", listed | one(StudyKind::grid)},
                                       {"items", itemized},
                                       {"tasks", chosen},
                                       {"total", one(StudyKind::allocation)},
                                       {"empty", every & ~unjudged},
                                       {"asked", every},
                                       {"asked_text", every},
                                       {"base", every & ~unjudged},
                                       {"value", one(StudyKind::number)},
                                       {"bands", listed},
                                       {"cross", listed},
                                       {"min", numeric},
                                       {"max", numeric},
                                       {"unit", numeric},
                                       {"format", one(StudyKind::date)}}};

Words key_words() {
  Words words;
  for (const auto& use : keys)
    if (use.key != nullptr) words.emplace_back(use.key);
  return words;
}

std::string name_for_messages(const TomlNode& table) {
  const auto* name = table.find("name");
  return name == nullptr || name->kind != TomlKind::text ? "the question"
                                                         : "question " + excerpt(trim(name->text));
}

StudyKind read_kind(const Fields& fields) {
  const auto word = fields.word("kind", kind_words());
  const auto kind =
      word.empty()
          ? StudyKind::single
          : static_cast<StudyKind>(std::find(kind_words().begin(), kind_words().end(), word) -
                                   kind_words().begin());
  for (const auto& use : keys) {
    if (use.key == nullptr || !fields.has(use.key) || (use.kinds & one(kind)) != 0) continue;
    std::string kinds;
    for (std::size_t i = 0; i < kind_words().size(); ++i) {
      if ((use.kinds >> i & 1U) != 0) kinds += (kinds.empty() ? "" : ", ") + kind_words()[i];
    }
    fields.refuse(use.key, "study-key",
                  "'" + std::string(use.key) + "' is no key of a question of kind " +
                      kind_words()[static_cast<std::size_t>(kind)],
                  "it belongs to the kinds " + kinds);
  }
  return kind;
}

MissingKind read_missing(const Fields& fields, std::string_view key, MissingKind otherwise) {
  const auto word = fields.word(key, missing_words());
  if (word.empty()) return otherwise;
  const auto at = std::find(missing_words().begin(), missing_words().end(), word);
  return static_cast<MissingKind>(at - missing_words().begin() + 1);
}

Expr read_expr(const StudySource& source, const Fields& fields, std::string_view key, bool number) {
  const auto text = fields.text(key);
  try {
    return number ? parse_value(text, std::string(key)) : parse_expr(text, std::string(key));
  } catch (const Error& error) {
    throw Error(source.inside(*fields.find(key), error.place().column), error.id(), error.message(),
                error.hint());
  }
}

Pin read_pin(const Fields& fields) {
  const auto word = fields.word("pin", {"first", "last"});
  return word.empty() ? Pin::none : word == "first" ? Pin::first : Pin::last;
}

enum class CodePlace { list, question };

StudyCode read_code(const StudySource& source, const TomlNode& table, const std::string& of,
                    CodePlace place) {
  const Fields fields(
      source, table, "a code of " + of,
      {"code", "label", "values", "score", "missing", "base", "column", "when", "pin"});
  StudyCode code;
  code.at = fields.place();
  const auto* id = fields.find("code");
  if (id == nullptr) {
    source.refuse(table, "study-key", "a code of " + of + " has no 'code'",
                  "it stands in the data: code = 1");
  }
  code.code = fields.code_of(*id, "code");
  if (code.code.empty() || trim_blanks(code.code).size() != code.code.size()) {
    fields.refuse("code", "study-code",
                  code.code.empty() ? "an empty code"
                                    : "the code '" + excerpt(code.code) + "' has blanks around it",
                  code.code.empty() ? "what an empty cell means is said by empty = \"skipped\""
                                    : "cells are read without the blanks around them");
  }
  code.label = fields.texts("label");
  if (const auto* values = fields.find("values"); values != nullptr) {
    if (values->kind == TomlKind::array) {
      code.values = fields.codes("values");
    } else {
      code.values = {fields.code_of(*values, "values")};
    }
    if (code.values.empty()) fields.refuse("values", "study-code", "'values' is empty");
    for (const auto& value : code.values) {
      if (value.empty() || trim_blanks(value).size() != value.size()) {
        fields.refuse("values", "study-code",
                      value.empty() ? "an empty text among the values"
                                    : "the value '" + excerpt(value) + "' has blanks around it",
                      value.empty() ? "what an empty cell means is said by empty = \"skipped\""
                                    : "cells are read without the blanks around them");
      }
    }
  }
  code.score = fields.number("score");
  code.missing = read_missing(fields, "missing", MissingKind::none);
  code.in_base = fields.flag("base");
  if (code.in_base && code.missing == MissingKind::none) {
    fields.refuse("base", "study-code", "every code that is not missing is in the base",
                  "base = true goes with missing = \"dont_know\"");
  }
  if (code.score && code.missing != MissingKind::none)
    fields.refuse("score", "study-code", "a missing code has no score");
  for (const auto* key : {"column", "when"}) {
    if (place == CodePlace::list && fields.has(key)) {
      fields.refuse(key, "study-key",
                    "'" + std::string(key) + "' belongs to the codes of a question");
    }
  }
  if (fields.has("column")) code.column = fields.name("column");
  if (fields.has("when")) code.when = read_expr(source, fields, "when", false);
  code.pin = read_pin(fields);
  return code;
}

std::vector<StudyCode> read_codes(const StudySource& source, const Fields& fields,
                                  const std::string& what, CodePlace place) {
  std::vector<StudyCode> codes;
  for (const auto* table : fields.tables("codes"))
    codes.push_back(read_code(source, *table, what, place));
  return codes;
}

std::vector<StudyNet> read_nets(const StudySource& source, const Fields& of,
                                const std::string& what) {
  std::vector<StudyNet> nets;
  for (const auto* table : of.tables("nets")) {
    const Fields fields(source, *table, "a net of " + what, {"name", "label", "of", "pin"});
    StudyNet net;
    net.name = fields.name("name");
    net.label = fields.texts("label");
    net.of = fields.codes("of");
    net.pin = read_pin(fields);
    net.at = fields.place();
    if (net.of.empty()) {
      source.refuse(*table, "study-key", "the net '" + excerpt(net.name) + "' has no members",
                    "its codes: of = [4, 5]");
    }
    nets.push_back(std::move(net));
  }
  return nets;
}

std::vector<StudyDifference> read_differences(const StudySource& source, const Fields& of,
                                              const std::string& what) {
  std::vector<StudyDifference> differences;
  for (const auto* table : of.tables("differences")) {
    const Fields fields(source, *table, "a difference of " + what,
                        {"name", "label", "plus", "minus"});
    StudyDifference difference;
    difference.name = fields.name("name");
    difference.label = fields.texts("label");
    difference.plus = fields.codes("plus");
    difference.minus = fields.codes("minus");
    difference.at = fields.place();
    for (const auto& [key, members] :
         {std::pair{"plus", &difference.plus}, {"minus", &difference.minus}}) {
      if (!members->empty()) continue;
      fields.refuse(
          key, "study-key",
          "the difference '" + excerpt(difference.name) + "' has nothing in '" + key + "'",
          "codes, nets or boxes: plus = [9, 10], minus = [\"low\"]");
    }
    differences.push_back(std::move(difference));
  }
  return differences;
}

std::vector<StudyItem> read_items(const StudySource& source, const Fields& of,
                                  const std::string& what) {
  std::vector<StudyItem> items;
  for (const auto* table : of.tables("items")) {
    const Fields fields(source, *table, "an item of " + what, {"name", "column", "label", "pin"});
    StudyItem item;
    item.name = fields.name("name");
    if (fields.has("column")) item.column = fields.name("column");
    item.label = fields.texts("label");
    item.pin = read_pin(fields);
    item.at = fields.place();
    items.push_back(std::move(item));
  }
  // The columns may stand beside the items, one each.
  const auto columns = of.list("columns");
  if (columns.empty()) return items;
  const bool taken = std::any_of(items.begin(), items.end(),
                                 [](const auto& item) { return !item.column.empty(); });
  if (of.find("columns")->kind != TomlKind::array || columns.size() != items.size() || taken) {
    of.refuse("columns", "study-type", "'columns' is an array with the column of each item",
              "or give each item its own: { name = \"...\", column = \"...\" }");
  }
  for (std::size_t i = 0; i < items.size(); ++i) items[i].column = columns[i];
  return items;
}

std::vector<StudyTask> read_tasks(const StudySource& source, const Fields& of,
                                  const std::string& what) {
  std::vector<StudyTask> tasks;
  for (const auto* table : of.tables("tasks")) {
    const Fields fields(source, *table, "a task of " + what, {"best", "worst", "shown", "of"});
    StudyTask task;
    for (const auto* key : {"best", "worst"}) {
      if (!fields.has(key)) {
        source.refuse(
            *table, "study-key", "a task of " + what + " has no '" + key + "'",
            "the column that says which answer is " + std::string(key) + ": " + key + " = \"...\"");
      }
    }
    task.best = fields.name("best");
    task.worst = fields.name("worst");
    task.shown = fields.list("shown");
    if (fields.has("of")) task.of = fields.codes("of");
    task.at = fields.place();
    if (task.shown.empty() == task.of.empty()) {
      source.refuse(
          *table, "study-key",
          "a task of " + what + (task.of.empty() ? " does not say" : " says twice") +
              " which answers are shown",
          "columns that hold them, shown = \"m1_1-m1_4\", or their codes, of = [1, 4, 7]");
    }
    tasks.push_back(std::move(task));
  }
  return tasks;
}

StudyBands read_bands(const StudySource& source, const TomlNode& table, const std::string& what) {
  const Fields fields(source, table, "'bands' of " + what, {"of", "cuts"});
  StudyBands bands;
  bands.of = fields.name("of");
  bands.cuts = fields.numbers("cuts");
  if (bands.cuts.empty())
    source.refuse(table, "study-key", "'bands' of " + what + " has no 'cuts'",
                  "where bands begin: cuts = [18, 35, 55]");
  for (std::size_t i = 1; i < bands.cuts.size(); ++i) {
    if (bands.cuts[i] > bands.cuts[i - 1]) continue;
    source.refuse(fields.find("cuts")->items[i], "study-type",
                  "'cuts' do not rise: " + shortest(bands.cuts[i - 1]) + " comes before " +
                      shortest(bands.cuts[i]));
  }
  return bands;
}

void take_list(const Fields& fields, const std::vector<StudyList>& lists, StudyQuestion& question) {
  question.list = fields.text("list");
  const auto found = std::find_if(lists.begin(), lists.end(),
                                  [&](const auto& list) { return list.name == question.list; });
  if (found == lists.end()) {
    Words names;
    for (const auto& list : lists) names.push_back(list.name);
    fields.refuse("list", "study-reference", "there is no list '" + excerpt(question.list) + "'",
                  did_you_mean(question.list, names, "the lists are"));
  }
  question.codes = found->codes;
  question.nets = found->nets;
  question.boxes = found->boxes;
}

void read_columns(const Fields& fields, StudyQuestion& question) {
  if (fields.has("column") && fields.has("columns"))
    fields.refuse("columns", "study-key", "'column' and 'columns' exclude each other");
  if (fields.has("column")) {
    question.columns = {fields.name("column")};
  } else if (question.kind == StudyKind::multiple) {
    question.columns = fields.list("columns");
    if (fields.has("columns") && question.columns.empty())
      fields.refuse("columns", "study-type", "'columns' is empty");
  }
}

void read_multiple(const Fields& fields, StudyQuestion& question) {
  if (question.kind != StudyKind::multiple) return;
  question.ticked = fields.list("ticked");
  question.unticked = fields.list("unticked");
  question.form = usual_form(question);
  if (fields.has("separator")) question.form = MultipleForm::joined;
  if (fields.has("column")) question.form = MultipleForm::joined;
  if (const auto word = fields.word("form", form_words()); !word.empty()) {
    question.form = static_cast<MultipleForm>(
        std::find(form_words().begin(), form_words().end(), word) - form_words().begin());
  }
  if (fields.has("separator")) {
    question.separator = fields.text("separator");
    if (question.separator.empty())
      fields.refuse("separator", "study-type", "'separator' is empty");
  }
}

}  // namespace

StudyList read_list(const StudySource& source, const TomlNode& table) {
  const Fields fields(source, table, "[[list]]", {"name", "codes", "nets", "boxes"});
  StudyList list;
  list.name = fields.name("name");
  list.at = fields.place();
  const auto what = "list " + excerpt(list.name);
  list.codes = read_codes(source, fields, what, CodePlace::list);
  if (list.codes.empty())
    source.refuse(table, "study-key", what + " has no 'codes'", "codes = [ { code = 1 } ]");
  check_codes(source, table, what, list.codes);
  StudyQuestion holder;
  holder.kind = StudyKind::scale;
  holder.codes = list.codes;
  holder.nets = list.nets = read_nets(source, fields, what);
  holder.boxes = list.boxes = fields.list("boxes");
  check_nets(source, table, what, holder);
  return list;
}

StudyQuestion read_question(const StudySource& source, const TomlNode& table,
                            const std::vector<StudyList>& lists) {
  const auto what = name_for_messages(table);
  const Fields fields(source, table, what, key_words());
  StudyQuestion question;
  question.at = fields.place();
  question.name = fields.name("name");
  if (question.name.size() > 1 && question.name[0] == '#' && parse_count(question.name.substr(1)))
    fields.refuse("name", "study-type", "'" + question.name + "' stands for a column's position");
  question.kind = read_kind(fields);
  question.text = fields.texts("text");
  question.label = fields.texts("label");
  read_columns(fields, question);
  if (fields.has("list")) {
    if (fields.has("codes"))
      fields.refuse("list", "study-key", "'codes' and 'list' exclude each other");
    take_list(fields, lists, question);
  } else {
    question.codes = read_codes(source, fields, what, CodePlace::question);
    check_codes(source, table, what, question.codes);
  }
  question.open_codes = fields.flag("open_codes");
  for (auto& net : read_nets(source, fields, what)) question.nets.push_back(std::move(net));
  for (auto& box : fields.list("boxes")) question.boxes.push_back(std::move(box));
  question.differences = read_differences(source, fields, what);
  if (question.kind != StudyKind::multiple) question.items = read_items(source, fields, what);
  question.tasks = read_tasks(source, fields, what);
  question.total = fields.number("total");
  if (question.total && *question.total <= 0)
    fields.refuse("total", "study-type", "'total' is what the parts add up to: above 0");
  question.empty = read_missing(fields, "empty", MissingKind::skipped);
  if (fields.has("asked")) question.asked = read_expr(source, fields, "asked", false);
  question.asked_text = fields.texts("asked_text");
  question.base = fields.word("base", {"asked", "answered", "all"});
  if (fields.has("value")) question.value = read_expr(source, fields, "value", true);
  if (const auto* bands = fields.find("bands")) question.bands = read_bands(source, *bands, what);
  question.cross = fields.list("cross");
  question.least = fields.number("min");
  question.most = fields.number("max");
  if (question.least && question.most && *question.least > *question.most)
    fields.refuse("min", "study-type", "'min' is above 'max'");
  question.unit = fields.texts("unit");
  question.format = fields.text("format");
  read_multiple(fields, question);
  return question;
}

}  // namespace sondeo
