// SPDX-License-Identifier: MIT
#include "cli/verbatim_options.h"

#include <algorithm>
#include <array>
#include <memory>

#include "base/text.h"
#include "cli/list_option.h"
#include "cli/process.h"
#include "cli/request_builder.h"
#include "cli/study_input.h"
#include "codebook/bind.h"
#include "codebook/scope.h"
#include "data/answer_listing.h"
#include "table/texts.h"
#include "table/verbatim_words.h"
#include "table/words.h"
#include "tabulate/banner.h"

namespace sondeo {
namespace {

using Render = std::string (*)(const VerbatimLists&, const RenderOptions&);

struct Format {
  const char* name;
  Render render;
};
constexpr std::array formats{
    Format{"text", render_verbatims_text}, Format{"csv", render_verbatims_csv},
    Format{"md", render_verbatims_markdown}, Format{"html", render_verbatims_html},
    Format{"xlsx", render_verbatims_xlsx}};

std::string unquoted(const std::string& name) {
  if (name.size() < 2 || name.front() != '`' || name.back() != '`') return name;
  std::string text;
  for (std::size_t i = 1; i + 1 < name.size(); ++i) {
    text += name[i];
    if (name[i] == '`') ++i;  // the backquote that doubles it
  }
  return text;
}

// A question to list, with the place of its column.
struct Listed {
  std::string name;
  const StudyQuestion* study = nullptr;
  std::size_t column = 0;
};

Listed listed_question(const std::string& argument, const StudyInput& input) {
  const auto name = unquoted(argument);
  const auto* variable = find_variable(input, name);
  if (variable == nullptr) {
    if (input.study && !argument.starts_with("#") && !names_column(input.header, name)) {
      std::vector<std::string> names;
      for (const auto& each : input.variables) names.push_back(each.name);
      const auto near = nearest(name, names);
      std::string texts;
      for (const auto& each : input.variables)
        if (each.kind == StudyKind::text) texts += (texts.empty() ? "" : ", ") + excerpt(each.name);
      throw Error(Place{input.study->file}, "unknown-question",
                  "there is no question '" + excerpt(name) + "'",
                  !near.empty()    ? "did you mean '" + excerpt(near) + "'?"
                  : !texts.empty() ? "its open questions are " + texts
                                   : "");
    }
    const auto column = find_column(input.header, argument);
    return {column_name(input.header, column), nullptr, column};
  }
  if (variable->derived()) {
    throw Error(variable->at, "verbatim-question",
                "'" + excerpt(name) + "' is made from other questions: nobody said it");
  }
  const auto bound = bind(*variable, input.header);
  if (bound.columns.size() != 1) {
    throw Error(variable->at, "verbatim-question",
                "'" + excerpt(name) + "' stands in " + std::to_string(bound.columns.size()) +
                    " columns; answers in words stand in one",
                "name one of its columns, such as " +
                    excerpt(column_name(input.header, bound.columns.at(0))));
  }
  return {variable->name, variable, bound.columns[0]};
}

// How an answer to a question is shown: by its label.
std::string label_of(const Question& question, const std::string& text,
                     const std::string& language) {
  if (question.study == nullptr) return text;
  for (const auto& code : question.study->codes)
    if (code.code == text) return sondeo::label_of(code, language);
  return text;
}

std::string head_of(const Question& question, const std::string& language) {
  return question.study == nullptr ? question.name : sondeo::label_of(*question.study, language);
}

// Listed answers in the order of their study, then others, then none.
bool key_before(const ListingKey& a, const ListingKey& b, const std::vector<const Question*>& of) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] == b[i]) continue;
    if (a[i].empty() != b[i].empty()) return b[i].empty();
    const auto place = [&](const std::string& text) {
      const auto* study = of[i]->study;
      if (study == nullptr) return std::size_t{0};
      const auto& codes = study->codes;
      return static_cast<std::size_t>(
          std::find_if(codes.begin(), codes.end(),
                       [&](const auto& code) { return code.code == text; }) -
          codes.begin());
    };
    const auto x = place(a[i]);
    const auto y = place(b[i]);
    return x != y ? x < y : natural_compare(a[i], b[i]) < 0;
  }
  return false;
}

class Lister {
 public:
  Lister(const VerbatimOptions& options, StudyInput& input)
      : options_(options), input_(input), builder_(input, {}, false) {}

  void prepare() {
    plan_.header = input_.header;
    plan_.context.file = input_.header.file;
    plan_.context.numbers = input_.numbers;
    plan_.context.rules.missing = options_.missing;
    plan_.context.rules.missing.insert(plan_.context.rules.missing.end(), input_.missing.begin(),
                                       input_.missing.end());
    if (!options_.limit.empty()) plan_.limit = count_option("limit", options_.limit, 1);
    if (!options_.seed.empty()) {
      if (options_.limit.empty())
        throw UsageError("--seed draws answers: how many of each group?", "--limit 20");
      plan_.seed = count_option("seed", options_.seed, 0);
    }
    for (const auto& name : input_.questions) listed_.push_back(listed_question(name, input_));
    for (const auto& each : listed_) {
      ListingPlan::Answers answers{each.column, each.study, {}};
      if (each.study != nullptr && each.study->asked) {
        answers.asked = each.study->asked;
        need(builder_.add_names_of(*answers.asked));
      }
      plan_.answers.push_back(std::move(answers));
    }
    if (!options_.by.empty()) add_groups();
    for (const auto& name : name_list(options_.show)) {
      const auto question = builder_.banner_variable(name);
      need({question});
      plan_.shown.push_back(question);
    }
    if (!options_.id.empty()) plan_.id = find_column(input_.header, options_.id);
    if (options_.where) {
      plan_.where = parse_expr(*options_.where, "--where");
      if (input_.study) {
        plan_.where = VariableScope(input_.variables, input_.header.names)
                          .resolve(*plan_.where, *options_.where, "--where");
      }
      need(builder_.add_names_of(*plan_.where));
    }
    plan_.questions = builder_.request.questions;
  }

  VerbatimLists lists(const std::string& language, Tool& tool) {
    std::vector<std::unique_ptr<AnswerListing>> workers;
    std::vector<BlockWorker*> takers;
    for (unsigned i = 0; i < input_.threads; ++i) {
      workers.push_back(std::make_unique<AnswerListing>(plan_));
      takers.push_back(workers.back().get());
    }
    input_.file->read(takers, tool.issues());
    input_.progress.reset();
    auto found = AnswerListing::united(workers, plan_);
    VerbatimLists lists;
    for (std::size_t i = 0; i < listed_.size(); ++i)
      lists.push_back(list(listed_[i], std::move(found[i]), language));
    return lists;
  }

 private:
  void add_groups() {
    const auto banner = parse_banner(options_.by);
    if (banner.total || banner.parts.size() != 1) {
      throw UsageError("--by of a listing takes one variable, or nested ones",
                       "for example --by region, or --by 'region > sex'");
    }
    for (const auto& name : banner.parts[0]) {
      const auto question = builder_.banner_variable(name);
      need({question});
      plan_.groups.push_back(question);
    }
  }

  void need(const std::vector<std::size_t>& questions) {
    for (const auto question : questions) {
      if (std::find(plan_.needed.begin(), plan_.needed.end(), question) == plan_.needed.end())
        plan_.needed.push_back(question);
    }
  }

  VerbatimList list(const Listed& question, Listing found, const std::string& language) const {
    const auto& words = verbatim_words_of(language);
    VerbatimList list;
    list.id = question.name;
    list.title = question.study == nullptr ? question.name : wording_of(*question.study, language);
    if (question.study != nullptr) list.base = asked_of(*question.study, language);
    if (options_.where) list.filter = print_expr(parse_expr(*options_.where, "--where"));
    list.language = language;
    if (plan_.id) list.id_head = column_name(input_.header, *plan_.id);
    for (const auto each : plan_.shown)
      list.shown.push_back(head_of(plan_.questions[each], language));
    std::vector<const Question*> by;
    for (const auto each : plan_.groups) by.push_back(&plan_.questions[each]);
    std::vector<ListingKey> keys;
    for (const auto& [key, group] : found) keys.push_back(key);
    std::sort(keys.begin(), keys.end(),
              [&](const auto& a, const auto& b) { return key_before(a, b, by); });
    for (const auto& key : keys) {
      VerbatimGroup group;
      for (std::size_t i = 0; i < key.size(); ++i) {
        const auto answer = key[i].empty() ? std::string(words_of(language).empty_answer)
                                           : label_of(*by[i], key[i], language);
        group.label += (i == 0 ? "" : " > ") + head_of(*by[i], language) + ": " + answer;
      }
      auto& of = found[key];
      group.answers = of.answers;
      for (auto& answer : of.listed) {
        Verbatim said{answer.line, std::move(answer.id), {}, std::move(answer.text)};
        for (std::size_t i = 0; i < answer.shown.size(); ++i)
          said.shown.push_back(
              label_of(plan_.questions[plan_.shown[i]], answer.shown[i], language));
        group.listed.push_back(std::move(said));
      }
      list.groups.push_back(std::move(group));
    }
    if (plan_.limit > 0) {
      auto note = std::string(plan_.seed ? words.drawn_note : words.first_note) +
                  grouped(plan_.limit, words_of(language).thousands);
      if (plan_.seed) note += std::string(words.by_seed) + std::to_string(*plan_.seed);
      list.notes.push_back(note + ".");
    }
    if (input_.study && input_.study->synthetic)
      list.notes.emplace_back(words_of(language).synthetic);
    return list;
  }

  const VerbatimOptions& options_;
  StudyInput& input_;
  RequestBuilder builder_;
  ListingPlan plan_;
  std::vector<Listed> listed_;
};

Render renderer(const VerbatimOptions& options) {
  if (!options.format.empty()) {
    std::vector<std::string> names;
    for (const auto& each : formats) names.emplace_back(each.name);
    return formats[word_option("format", options.format, names)].render;
  }
  for (const auto& each : formats) {
    if (ascii_lower(options.look.output).ends_with("." + std::string(each.name)))
      return each.render;
  }
  return formats[0].render;
}

}  // namespace

void VerbatimOptions::declare(Tool& tool) {
  tool.section("Listing");
  tool.option("by,b", by, "VARIABLE", "groups of respondents, such as region or 'region > sex'");
  tool.option("id", id, "COLUMN", "the respondent's id, to be shown beside the line");
  tool.option("show", show, "LIST", "what else is told of a respondent: age,region");
  tool.option("where", where, "EXPRESSION", "only respondents for whom it is true");
  tool.option("missing", missing, "TEXT",
              "a cell text that is no answer; repeat for several (empty cells are none anyway)");
  tool.option("limit", limit, "N", "at most so many of each group: the first");
  tool.option("seed", seed, "N", "with --limit: drawn at random, the same ones for the same seed");
  language.declare(tool);
  tool.section("Output");
  declare_output(tool, look.output, look.force, "; the extension chooses the format");
  tool.option("format,f", format, "text|csv|md|html|xlsx", "of the listing");
  tool.option("width", look.width, "COLUMNS", "of text");
  tool.option("color", look.color, "auto|always|never", "of text");
  tool.flag("ascii", look.ascii, "no signs beyond ASCII in text, except in answers and labels");
  tool.option("out-delimiter", look.out_delimiter, "SIGN", "between the cells of csv");
  tool.flag("bom", look.bom, "a byte order mark first, for Excel (csv)");
  tool.flag("raw", look.raw, "no apostrophe before texts that a spreadsheet would run as formulas");
}

void VerbatimOptions::run(const InputOptions& given, Tool& tool) const {
  const auto render = renderer(*this);
  if (where) parse_expr(*where, "--where");
  if (!by.empty()) parse_banner(by);
  auto input = find_input(given);
  if (input.questions.empty())
    throw UsageError("name the question whose answers are listed", "for example why_not");
  const auto lang = language.language(input.study);
  const auto options = look.render_options(lang);
  if (!look.output.empty()) {
    for (const auto& file : input.files()) refuse_existing(look.output, look.force, file);
  }
  if (render == render_verbatims_xlsx && look.output.empty() && output_is_terminal())
    throw UsageError("xlsx is not for a terminal", "-o FILE writes it");
  open_input(input, tool);
  Lister lister(*this, input);
  lister.prepare();
  write_result(look.output, look.force, render(lister.lists(lang, tool), options));
}

}  // namespace sondeo
