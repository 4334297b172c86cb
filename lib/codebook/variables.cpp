// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/number.h"
#include "base/text.h"
#include "codebook/scope.h"
#include "codebook/study.h"
#include "codebook/study_names.h"

namespace sondeo {
namespace {

constexpr std::size_t most_crossed = 65535;

Expr node(ExprKind kind, std::vector<Expr> args) {
  Expr expr;
  expr.kind = kind;
  expr.args = std::move(args);
  return expr;
}

Expr name_node(const std::string& name) {
  auto expr = node(ExprKind::name, {});
  expr.text = name;
  return expr;
}

Expr text_node(const std::string& text) {
  auto expr = node(ExprKind::text, {});
  expr.text = text;
  return expr;
}

// A number as the grammar has it: a minus is a sign before it.
Expr number_node(double value) {
  auto expr = node(ExprKind::number, {});
  expr.value = std::abs(value);
  return value < 0 ? node(ExprKind::negate, {expr}) : expr;
}

// "18-34" where whole numbers say it; "0.5 to <2" where not.
std::string band_name(double low, double high) {
  const bool whole = std::floor(low) == low && std::floor(high) == high && low >= 0;
  if (!whole) return shortest(low) + " to <" + shortest(high);
  return high - low == 1 ? shortest(low) : shortest(low) + "-" + shortest(high - 1);
}

std::vector<StudyCode> codes_of_bands(const StudyQuestion& question) {
  const auto& bands = *question.bands;
  std::vector<StudyCode> codes;
  for (std::size_t i = 0; i < bands.cuts.size(); ++i) {
    const bool last = i + 1 == bands.cuts.size();
    StudyCode code;
    code.at = question.at;
    code.code = last ? shortest(bands.cuts[i]) + "+" : band_name(bands.cuts[i], bands.cuts[i + 1]);
    const auto of = name_node(bands.of);
    code.when = node(ExprKind::greater_equal, {of, number_node(bands.cuts[i])});
    if (!last) {
      code.when =
          node(ExprKind::logical_and,
               {std::move(*code.when), node(ExprKind::less, {of, number_node(bands.cuts[i + 1])})});
    }
    codes.push_back(std::move(code));
  }
  return codes;
}

bool is_row(const StudyCode& code) { return code.missing == MissingKind::none || code.in_base; }

Texts as_label(const StudyCode& code) {
  if (!code.label.empty()) return code.label;
  Texts texts;
  texts.by_language.emplace_back("", code.code);
  return texts;
}

// "Spain · Women", in every language that either has.
Texts joined(const Texts& a, const Texts& b) {
  std::vector<std::string> languages;
  for (const auto* texts : {&a, &b}) {
    for (const auto& [language, text] : texts->by_language) {
      if (std::find(languages.begin(), languages.end(), language) == languages.end())
        languages.push_back(language);
    }
  }
  // A plain text is in all of them.
  if (languages.size() > 1)
    languages.erase(std::remove(languages.begin(), languages.end(), ""), languages.end());
  Texts texts;
  for (const auto& language : languages)
    texts.by_language.emplace_back(language, a.in(language) + " · " + b.in(language));
  return texts;
}

// One of the crossed questions, as it is needed.
struct Crossed {
  std::string name;
  std::vector<const StudyCode*> rows;
};

std::vector<StudyCode> codes_of_cross(const StudyQuestion& question,
                                      const std::vector<Crossed>& parts) {
  std::vector<StudyCode> codes{{}};
  for (const auto& part : parts) {
    if (codes.size() * part.rows.size() > most_crossed) {
      throw Error(question.at, "study-code",
                  "question " + excerpt(question.name) + " crosses to more than " +
                      std::to_string(most_crossed) + " combinations");
    }
    const bool first = &part == &parts.front();
    std::vector<StudyCode> next;
    for (const auto& left : codes) {
      for (const auto* right : part.rows) {
        StudyCode code = left;
        code.at = question.at;
        code.code += (first ? "" : ":") + right->code;
        code.label = first ? as_label(*right) : joined(left.label, as_label(*right));
        auto holds = node(ExprKind::equal, {name_node(part.name), text_node(right->code)});
        if (first) {
          code.when = std::move(holds);
        } else if (code.when->kind == ExprKind::logical_and) {
          code.when->args.push_back(std::move(holds));
        } else {
          code.when = node(ExprKind::logical_and, {std::move(*code.when), std::move(holds)});
        }
        next.push_back(std::move(code));
      }
    }
    codes = std::move(next);
  }
  std::unordered_set<std::string> ids;
  for (const auto& code : codes) {
    if (ids.insert(code.code).second) continue;
    throw Error(question.at, "study-duplicate",
                "two combinations of question " + excerpt(question.name) + " would be the code '" +
                    excerpt(code.code) + "'",
                "a crossed code is its parts joined by ':', so they should not hold one");
  }
  return codes;
}

Texts place_label(const std::string& place) {
  Texts label;
  label.by_language = {{"en", "Place " + place}, {"es", "Lugar " + place}};
  return label;
}

// Who gave the item one of the first places: the boxes of a rank.
StudyNet places_net(const StudyQuestion& question, std::size_t first) {
  StudyNet net;
  net.name = "top" + std::to_string(first);
  net.at = question.at;
  const auto range = "1-" + std::to_string(first);
  net.label.by_language = {{"en", "Places " + range + " (net)"},
                           {"es", "Lugares " + range + " (neto)"}};
  for (std::size_t i = 1; i <= first; ++i) net.of.push_back(std::to_string(i));
  return net;
}

// How many places the box of a rank of so many items takes: 2 of "top2".
std::size_t first_places(const StudyQuestion& question, const std::string& box, std::size_t items) {
  const auto count =
      box.starts_with("top") ? parse_count(std::string_view(box).substr(3)) : std::nullopt;
  if (!count || *count < 2 || *count >= items) {
    throw Error(
        question.at, "study-code", "'" + excerpt(box) + "' is no box of a rank",
        "top2 are those who gave an item place 1 or 2, and so on, up to one less than there "
        "are items");
  }
  return static_cast<std::size_t>(*count);
}

// The places of a rank: 1 for each item, and the missing codes; nets of the first places.
void make_places(StudyQuestion& variable, std::size_t items) {
  std::vector<std::size_t> firsts;
  for (const auto& box : variable.boxes) firsts.push_back(first_places(variable, box, items));
  if (variable.boxes.empty() && items > 3) firsts.push_back(3);
  for (const auto first : firsts) variable.nets.push_back(places_net(variable, first));
  variable.boxes.clear();
  std::vector<StudyCode> places;
  for (std::size_t i = 1; i <= items; ++i) {
    StudyCode place;
    place.code = std::to_string(i);
    place.at = variable.at;
    place.label = place_label(place.code);
    place.score = static_cast<double>(i);
    places.push_back(std::move(place));
  }
  variable.codes.insert(variable.codes.begin(), std::make_move_iterator(places.begin()),
                        std::make_move_iterator(places.end()));
}

StudyQuestion variable_of_item(const StudyQuestion& question, const StudyItem& item) {
  StudyQuestion variable = question;
  variable.items.clear();
  variable.parent = question.name;
  variable.parent_label = question.label;
  variable.name = item.name;
  variable.label = item.label;
  if (variable.label.empty()) variable.label.by_language.emplace_back("", item.name);
  variable.columns.clear();
  if (!item.column.empty()) variable.columns.push_back(item.column);
  variable.at = item.at;
  if (question.kind == StudyKind::allocation) {
    variable.kind = StudyKind::number;
  } else if (question.kind == StudyKind::rank) {
    variable.kind = StudyKind::scale;
    make_places(variable, question.items.size());
  } else {
    const bool scored = std::any_of(question.codes.begin(), question.codes.end(),
                                    [](const auto& code) { return code.score.has_value(); });
    variable.kind = scored || !question.boxes.empty() ? StudyKind::scale : StudyKind::single;
  }
  return variable;
}

// An answer of a maxdiff question: how often it was best and worst.
StudyQuestion variable_of_code(const StudyQuestion& question, const StudyCode& code) {
  StudyQuestion variable = question;
  variable.parent = question.name;
  variable.parent_label = question.label;
  variable.name = question.name + "." + code.code;
  variable.item = code.code;
  variable.label = as_label(code);
  variable.at = code.at;
  return variable;
}

Texts box_label(bool top, std::size_t count) {
  const auto number = std::to_string(count);
  Texts label;
  if (count == 1) {
    label.by_language = {{"en", top ? "Top box" : "Bottom box"},
                         {"es", top ? "Casilla superior" : "Casilla inferior"}};
  } else {
    label.by_language = {{"en", (top ? "Top " : "Bottom ") + number + " boxes"},
                         {"es", number + (top ? " casillas superiores" : " casillas inferiores")}};
  }
  return label;
}

}  // namespace

void fill_scores(StudyQuestion& question) {
  if (question.kind != StudyKind::scale) return;
  bool numbers = true;
  for (const auto& code : question.codes) {
    if (code.score) return;
    numbers &= code.missing != MissingKind::none || parse_number(code.code).has_value();
  }
  double place = 0;
  for (auto& code : question.codes) {
    if (code.missing == MissingKind::none)
      code.score = numbers ? *parse_number(code.code) : ++place;
  }
}

StudyNet box_of(const StudyQuestion& question, const std::string& box) {
  const bool top = box.starts_with("top");
  const auto digits = std::string_view(box).substr(top ? 3 : box.starts_with("bottom") ? 6 : 0);
  const auto count = parse_count(digits);
  if (!count || *count == 0 || digits.size() == box.size() || digits[0] == '0') {
    throw Error(question.at, "study-code", "'" + excerpt(box) + "' is no box",
                "boxes are called top2 or bottom2, by how many scores they take");
  }
  std::set<double> scores;
  for (const auto& code : question.codes)
    if (code.score) scores.insert(*code.score);
  if (*count > scores.size()) {
    throw Error(
        question.at, "study-code",
        "'" + excerpt(box) + "' takes more scores than there are: " + std::to_string(scores.size()),
        scores.empty() ? "give the codes a score, or say kind = \"scale\"" : "");
  }
  const auto limit = top ? *std::next(scores.rbegin(), static_cast<std::ptrdiff_t>(*count) - 1)
                         : *std::next(scores.begin(), static_cast<std::ptrdiff_t>(*count) - 1);
  StudyNet net;
  net.name = box;
  net.at = question.at;
  net.label = box_label(top, static_cast<std::size_t>(*count));
  for (const auto& code : question.codes) {
    if (code.score && (top ? *code.score >= limit : *code.score <= limit))
      net.of.push_back(code.code);
  }
  return net;
}

std::vector<StudyNet> nets_of(const StudyQuestion& question) {
  auto nets = question.nets;
  for (const auto& box : question.boxes) nets.push_back(box_of(question, box));
  return nets;
}

std::vector<StudyQuestion> expand(const Study& study, const StudyNames& names) {
  // Codes that are made from those of other questions, which come first in the order.
  std::unordered_map<const StudyQuestion*, std::vector<StudyCode>> made;
  std::size_t codes = 0;
  const auto codes_of = [&](const StudyQuestion& question) -> const std::vector<StudyCode>& {
    const auto found = made.find(&question);
    return found == made.end() ? question.codes : found->second;
  };
  for (const auto* question : in_order(study, names)) {
    if (question->bands) made[question] = codes_of_bands(*question);
    if (question->cross.empty()) continue;
    std::vector<Crossed> parts;
    for (const auto& name : question->cross) {
      const auto* part = names.find(name);
      if (part == nullptr) {
        throw Error(question->at, "study-reference",
                    "there is no question '" + excerpt(name) + "' to cross");
      }
      parts.push_back({name, {}});
      for (const auto& code : codes_of(*part->question))
        if (is_row(code)) parts.back().rows.push_back(&code);
    }
    made[question] = codes_of_cross(*question, parts);
    count_codes(*question, made[question].size(), codes);
  }
  std::vector<StudyQuestion> variables;
  for (const auto& question : study.questions) {
    if (question.kind == StudyKind::maxdiff) {
      for (const auto& code : question.codes) {
        if (code.missing != MissingKind::none) continue;
        count_codes(question, question.codes.size(), codes);
        variables.push_back(variable_of_code(question, code));
        const auto& name = variables.back().name;
        if (names.find(name) == nullptr) continue;
        throw Error(code.at, "study-duplicate",
                    "'" + excerpt(name) + "' is a question, and what counts the answer '" +
                        excerpt(code.code) + "' of " + excerpt(question.name));
      }
      continue;
    }
    if (question.items.empty()) {
      variables.push_back(question);
      variables.back().codes = codes_of(question);
      fill_scores(variables.back());
      count_codes(question, variables.back().codes.size(), codes);
      continue;
    }
    const auto places = question.kind == StudyKind::rank ? question.items.size() : 0;
    for (const auto& item : question.items) {
      count_codes(question, question.codes.size() + places, codes);
      variables.push_back(variable_of_item(question, item));
      fill_scores(variables.back());
    }
  }
  return variables;
}

std::vector<StudyQuestion> variables_of(const Study& study) {
  auto variables = expand(study, StudyNames(study));
  const VariableScope scope(variables, {});
  for (auto& variable : variables) {
    const auto resolve = [&](std::optional<Expr>& expr) {
      if (!expr) return;
      try {
        expr = scope.resolve(*expr, "", "");
      } catch (const Error& error) {
        throw Error(variable.at, error.id(),
                    "question " + excerpt(variable.name) + ": " + error.message(), error.hint());
      }
    };
    resolve(variable.asked);
    resolve(variable.value);
    // What bands and crosses compare with are codes, which might be labels of others.
    if (variable.bands || !variable.cross.empty()) continue;
    for (auto& code : variable.codes) resolve(code.when);
  }
  return variables;
}

}  // namespace sondeo
