// SPDX-License-Identifier: MIT
#include "codebook/plan.h"

#include <algorithm>

#include "base/number.h"
#include "codebook/study_fields.h"
#include "codebook/toml.h"

namespace sondeo {
namespace {

// Keys of a file that is a study.
constexpr std::string_view study_keys[] = {"study",  "format", "weight",  "target",
                                           "design", "list",   "question"};

class PlanReader {
 public:
  PlanReader(const StudySource& source, const Words& keys) : source_(source), keys_(keys) {}

  TabPlan read(const TomlNode& table) {
    TabPlan plan;
    const auto book = fields(table, "[book]", {"title", "table", "section"});
    plan.title = book.texts("title");
    plan.settings = settings(book, {});
    add_tables(book, {}, plan.settings, plan);
    for (const auto* node : book.tables("section")) {
      const auto section = fields(*node, "[[book.section]]", {"title", "table"});
      if (!section.has("table")) section.refuse("table", "study-key", "has no 'table'");
      add_tables(section, section.texts("title"), settings(section, plan.settings), plan);
    }
    if (plan.tables.empty()) {
      source_.refuse(table, "plan-empty", "the book has no table",
                     "a table begins with [[book.table]] and questions = [\"...\"]");
    }
    return plan;
  }

 private:
  Fields fields(const TomlNode& node, const std::string& what, Words own) const {
    own.insert(own.end(), keys_.begin(), keys_.end());
    return {source_, node, what, own};
  }

  void add_tables(const Fields& parent, const Texts& section,
                  const std::vector<PlanSetting>& inherited, TabPlan& plan) const {
    for (const auto* node : parent.tables("table")) {
      const auto own = fields(*node, "a table of the book", {"title", "questions", "summary"});
      PlanTable table;
      table.section = section;
      table.title = own.texts("title");
      table.questions = own.list("questions");
      if (table.questions.empty()) {
        own.refuse("questions", "study-key", "has no 'questions'",
                   "such as questions = [\"q1\", \"q5*\"]");
      }
      if (const auto* summary = own.find("summary"); summary != nullptr)
        table.summary = value_of(own, *summary, "summary");
      if (own.has("summary") && table.summary.empty())
        own.refuse("summary", "study-type", "'summary' names a row, such as \"top2\" or \"mean\"");
      table.settings = settings(own, inherited);
      table.at = own.place();
      plan.tables.push_back(std::move(table));
    }
  }

  std::vector<PlanSetting> settings(const Fields& fields,
                                    std::vector<PlanSetting> inherited) const {
    for (const auto& key : keys_) {
      const auto* node = fields.find(key);
      if (node == nullptr) continue;
      const auto same = [&](const PlanSetting& setting) { return setting.key == key; };
      std::erase_if(inherited, same);
      inherited.push_back({key, value_of(fields, *node, key), source_.place(*node)});
    }
    return inherited;
  }

  std::string value_of(const Fields& fields, const TomlNode& node, const std::string& key) const {
    switch (node.kind) {
      case TomlKind::text:
        return node.text;
      case TomlKind::integer:
      case TomlKind::number:
        return shortest(node.number);
      case TomlKind::boolean:
        return node.integer != 0 ? "yes" : "no";
      case TomlKind::array: {
        std::string list;
        for (const auto& item : node.items) {
          if (item.kind == TomlKind::array || item.kind == TomlKind::table)
            fields.refuse_type(item, key, "texts and numbers");
          list += (list.empty() ? "" : ",") + value_of(fields, item, key);
        }
        return list;
      }
      default:
        fields.refuse_type(node, key, "a text, a number, true or false, or a list of them");
    }
  }

  const StudySource& source_;
  const Words& keys_;
};

}  // namespace

const PlanSetting* PlanTable::find(std::string_view key) const {
  const auto found = std::find_if(settings.begin(), settings.end(),
                                  [&](const auto& setting) { return setting.key == key; });
  return found == settings.end() ? nullptr : &*found;
}

bool has_plan(std::string_view text, const std::string& file) {
  return parse_toml(text, file).find("book") != nullptr;
}

TabPlan parse_plan(std::string_view text, const std::string& file,
                   const std::vector<std::string>& keys) {
  const auto root = parse_toml(text, file);
  const StudySource source(text, file);
  const bool study = std::any_of(std::begin(study_keys), std::end(study_keys),
                                 [&](const auto key) { return root.find(key) != nullptr; });
  if (!study) const Fields alone(source, root, "the plan", {"book"});
  const auto* book = root.find("book");
  if (book == nullptr) {
    throw Error(Place{file, 1, 1}, "plan-empty", "the file has no [book]",
                "a plan begins with [book] and [[book.table]]");
  }
  return PlanReader(source, keys).read(*book);
}

}  // namespace sondeo
