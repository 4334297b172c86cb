// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/number.h"
#include "base/text.h"
#include "codebook/study.h"
#include "codebook/study_parts.h"

namespace sondeo {
namespace {

// Codes that are whole numbers as TOML writes them are written without quotes.
std::string code_text(const std::string& code) {
  const auto digits = std::string_view(code).substr(code.starts_with('-') ? 1 : 0);
  const bool whole = !digits.empty() && digits.size() <= 18 &&
                     digits.find_first_not_of("0123456789") == std::string_view::npos &&
                     (digits[0] != '0' || code == "0");
  return whole ? code : toml_text(code);
}

std::string texts_text(const Texts& texts) {
  const auto& all = texts.by_language;
  if (all.size() == 1 && all[0].first.empty()) return toml_text(all[0].second);
  std::string out;
  for (const auto& [language, text] : all)
    out += (out.empty() ? "{ " : ", ") + toml_key(language) + " = " + toml_text(text);
  return out + " }";
}

template <typename Item, typename Text>
std::string array_text(const std::vector<Item>& items, const Text& text) {
  std::string out = "[";
  for (const auto& item : items) out += (&item == &items.front() ? "" : ", ") + text(item);
  return out + "]";
}

std::string words_text(const Words& words) { return array_text(words, toml_text); }

// One table: each line, or each entry in braces, where it says something.
class Entries {
 public:
  void add(std::string_view key, const std::string& value) {
    entries_.push_back(std::string(key) + " = " + value);
  }
  void text(std::string_view key, const std::string& value) {
    if (!value.empty()) add(key, toml_text(value));
  }
  void texts(std::string_view key, const Texts& value) {
    if (!value.empty()) add(key, texts_text(value));
  }
  void words(std::string_view key, const Words& value) {
    if (!value.empty()) add(key, words_text(value));
  }
  void number(std::string_view key, const std::optional<double>& value) {
    if (value) add(key, shortest(*value));
  }
  void numbers(std::string_view key, const std::vector<double>& value) {
    if (!value.empty()) add(key, array_text(value, shortest));
  }
  void flag(std::string_view key, bool value) {
    if (value) add(key, "true");
  }
  void expr(std::string_view key, const std::optional<Expr>& value) {
    if (value) add(key, toml_text(print_expr(*value)));
  }
  void missing(std::string_view key, MissingKind kind, MissingKind usual) {
    if (kind != usual) add(key, toml_text(missing_words()[static_cast<std::size_t>(kind) - 1]));
  }
  // Tables in braces, one a line.
  template <typename Part, typename Text>
  void tables(std::string_view key, const std::vector<Part>& parts, const Text& text) {
    if (parts.empty()) return;
    std::string out = "[\n";
    for (const auto& part : parts) out += "  " + text(part) + ",\n";
    add(key, out + "]");
  }

  void pin(Pin pin) {
    if (pin != Pin::none) text("pin", pin == Pin::first ? "first" : "last");
  }

  bool empty() const { return entries_.empty(); }
  std::string in_lines() const {
    std::string out;
    for (const auto& entry : entries_) out += entry + '\n';
    return out;
  }
  std::string in_braces() const {
    std::string out = "{ ";
    for (const auto& entry : entries_) out += (&entry == &entries_.front() ? "" : ", ") + entry;
    return out + " }";
  }

 private:
  std::vector<std::string> entries_;
};

std::string print(const StudyCode& code) {
  Entries entries;
  entries.add("code", code_text(code.code));
  entries.text("column", code.column);
  entries.texts("label", code.label);
  if (!code.values.empty()) entries.add("values", array_text(code.values, code_text));
  entries.number("score", code.score);
  entries.missing("missing", code.missing, MissingKind::none);
  entries.flag("base", code.in_base);
  entries.expr("when", code.when);
  entries.pin(code.pin);
  return entries.in_braces();
}

std::string print(const StudyNet& net) {
  Entries entries;
  entries.text("name", net.name);
  entries.texts("label", net.label);
  entries.add("of", array_text(net.of, code_text));
  entries.pin(net.pin);
  return entries.in_braces();
}

std::string print(const StudyDifference& difference) {
  Entries entries;
  entries.text("name", difference.name);
  entries.texts("label", difference.label);
  entries.add("plus", array_text(difference.plus, code_text));
  entries.add("minus", array_text(difference.minus, code_text));
  return entries.in_braces();
}

std::string print(const StudyItem& item) {
  Entries entries;
  entries.text("name", item.name);
  entries.text("column", item.column);
  entries.texts("label", item.label);
  entries.pin(item.pin);
  return entries.in_braces();
}

std::string print(const StudyTask& task) {
  Entries entries;
  entries.text("best", task.best);
  entries.text("worst", task.worst);
  entries.words("shown", task.shown);
  if (!task.of.empty()) entries.add("of", array_text(task.of, code_text));
  return entries.in_braces();
}

constexpr auto printed = [](const auto& part) { return print(part); };

std::string print(const StudyList& list) {
  Entries entries;
  entries.text("name", list.name);
  entries.tables("codes", list.codes, printed);
  entries.tables("nets", list.nets, printed);
  entries.words("boxes", list.boxes);
  return entries.in_lines();
}

std::string print(const StudyWeight& weight) {
  Entries entries;
  for (const auto& [key, value] : weight_entries(weight)) entries.add(key, value);
  return entries.in_lines();
}

std::string print(const StudyTarget& target) {
  Entries entries;
  entries.text("variable", target.variable);
  entries.text("segment", target.segment);
  entries.tables("cells", target.cells, [&](const StudyTarget::Cell& cell) {
    Entries own;
    own.add("category", code_text(cell.category));
    own.number(target.counts ? "count" : "share", cell.target);
    return own.in_braces();
  });
  entries.number("total", target.total);
  return entries.in_lines();
}

void print_columns(const StudyQuestion& question, Entries& entries) {
  const bool joined = question.form == MultipleForm::joined;
  const bool separated = question.separator != ";";
  if (question.kind != StudyKind::multiple || joined) {
    if (!question.columns.empty()) entries.text("column", question.columns[0]);
  } else if (question.columns.size() == 1) {
    entries.text("columns", question.columns[0]);
  } else {
    entries.words("columns", question.columns);
  }
  if (question.kind != StudyKind::multiple) return;
  const bool says_joined = separated || (joined && !question.columns.empty());
  if (question.form != (says_joined ? MultipleForm::joined : usual_form(question)))
    entries.text("form", form_words()[static_cast<std::size_t>(question.form)]);
  if (separated) entries.text("separator", question.separator);
  entries.words("ticked", question.ticked);
  entries.words("unticked", question.unticked);
}

void print_answers(const StudyQuestion& question, const StudyList* list, Entries& entries) {
  entries.flag("open_codes", question.open_codes);
  auto nets = question.nets;
  auto boxes = question.boxes;
  if (list != nullptr) {
    entries.text("list", list->name);
    nets.erase(nets.begin(), nets.begin() + static_cast<std::ptrdiff_t>(
                                                std::min(nets.size(), list->nets.size())));
    boxes.erase(boxes.begin(), boxes.begin() + static_cast<std::ptrdiff_t>(
                                                   std::min(boxes.size(), list->boxes.size())));
  } else {
    entries.tables("codes", question.codes, printed);
  }
  entries.tables("nets", nets, printed);
  entries.words("boxes", boxes);
  entries.tables("differences", question.differences, printed);
}

std::string print(const StudyQuestion& question, const StudyList* list) {
  Entries entries;
  entries.text("name", question.name);
  if (question.kind != StudyKind::single)
    entries.text("kind", kind_words()[static_cast<std::size_t>(question.kind)]);
  print_columns(question, entries);
  entries.texts("text", question.text);
  entries.texts("label", question.label);
  entries.expr("asked", question.asked);
  entries.texts("asked_text", question.asked_text);
  entries.text("base", question.base);
  entries.missing("empty", question.empty, MissingKind::skipped);
  if (question.bands) {
    Entries bands;
    bands.text("of", question.bands->of);
    bands.numbers("cuts", question.bands->cuts);
    entries.add("bands", bands.in_braces());
  }
  entries.words("cross", question.cross);
  entries.expr("value", question.value);
  entries.number("min", question.least);
  entries.number("max", question.most);
  entries.texts("unit", question.unit);
  entries.text("format", question.format);
  print_answers(question, list, entries);
  entries.tables("items", question.items, printed);
  entries.tables("tasks", question.tasks, printed);
  entries.number("total", question.total);
  return entries.in_lines();
}

std::string print_head(const Study& study) {
  Entries entries;
  entries.text("name", study.name);
  entries.texts("title", study.title);
  entries.texts("note", study.note);
  entries.flag("synthetic", study.synthetic);
  entries.words("languages", study.languages);
  entries.text("data", study.data);
  entries.text("weight", study.weight);
  entries.text("wave", study.wave);
  return entries.in_lines();
}

std::string print(const StudyFormat& format) {
  Entries entries;
  entries.text("delimiter", format.delimiter);
  entries.text("encoding", format.encoding);
  entries.text("decimal", format.decimal);
  entries.text("thousands", format.thousands);
  if (format.header_rows != 1) entries.add("header_rows", std::to_string(format.header_rows));
  entries.text("layout", format.layout);
  entries.words("missing", format.missing);
  return entries.in_lines();
}

std::string print(const StudyDesign& design) {
  Entries entries;
  entries.words("strata", design.strata);
  entries.words("clusters", design.clusters);
  entries.words("fpc", design.fpc);
  entries.flag("nest", design.nest);
  entries.text("lonely_psu", design.lonely_psu);
  return entries.in_lines();
}

std::string print(const StudyReplicates& replicates) {
  Entries entries;
  entries.text("columns", replicates.columns);
  entries.text("method", replicates.method);
  entries.number("scale", replicates.scale);
  entries.numbers("rscales", replicates.rscales);
  entries.number("rho", replicates.rho);
  entries.flag("combined", replicates.combined);
  entries.flag("mse", replicates.mse);
  return entries.in_lines();
}

void add_section(std::string& out, const std::string& header, const std::string& lines) {
  if (!lines.empty()) out += (out.empty() ? "" : "\n") + header + '\n' + lines;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> weight_entries(const StudyWeight& weight) {
  std::vector<std::pair<std::string, std::string>> entries{{"name", toml_text(weight.name)}};
  if (!weight.column.empty()) entries.emplace_back("column", toml_text(weight.column));
  if (!weight.label.empty()) entries.emplace_back("label", texts_text(weight.label));
  if (!weight.margins.empty()) entries.emplace_back("margins", words_text(weight.margins));
  if (!weight.calibration.empty())
    entries.emplace_back("calibration", toml_text(weight.calibration));
  if (!weight.design_weight.empty())
    entries.emplace_back("design_weight", toml_text(weight.design_weight));
  return entries;
}

std::string print_study(const Study& study, const std::map<std::string, std::string>& remarks) {
  std::string out;
  add_section(out, "[study]", print_head(study));
  add_section(out, "[format]", print(study.format));
  for (const auto& weight : study.weights) add_section(out, "[[weight]]", print(weight));
  for (const auto& target : study.targets) add_section(out, "[[target]]", print(target));
  add_section(out, "[design]", print(study.design));
  if (study.design.replicates)
    add_section(out, "[design.replicates]", print(*study.design.replicates));
  for (const auto& list : study.lists) add_section(out, "[[list]]", print(list));
  for (const auto& question : study.questions) {
    const auto list = std::find_if(study.lists.begin(), study.lists.end(),
                                   [&](const auto& each) { return each.name == question.list; });
    const bool listed = !question.list.empty() && list != study.lists.end();
    const auto remark = remarks.find(question.name);
    const auto comment = remark == remarks.end() ? "" : "# " + visible(remark->second) + "\n";
    add_section(out, comment + "[[question]]", print(question, listed ? &*list : nullptr));
  }
  return out;
}

}  // namespace sondeo
