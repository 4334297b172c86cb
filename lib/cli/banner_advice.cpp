// SPDX-License-Identifier: MIT
#include "cli/banner_advice.h"

#include <algorithm>
#include <set>

#include "base/number.h"
#include "base/text.h"

namespace sondeo {
namespace {

// Scales have up to eleven points (0 to 10), and waves and years of school are numbers as well.
constexpr std::size_t usual_numbers = 12;

// How many answers the variable has in the columns; 0 if any of them is no number.
std::size_t numbers_in(const Cells& cells, std::size_t variable) {
  std::set<std::string_view> texts;
  for (const auto& key : cells.columns) {
    if (key.kind != AnswerKind::category || key.overlap || variable >= key.path.size()) continue;
    const std::string& text = key.path[variable];
    if (!parse_number(text)) return 0;
    texts.insert(text);
  }
  return texts.size();
}

std::string hint_for(const std::string& name, const StudyInput& input) {
  if (!input.study) {
    return "groups of a number are made in a study: sondeo-book FILE --draft writes a first one";
  }
  for (const auto& other : input.variables) {
    if (other.bands && other.bands->of == name)
      return "--by " + excerpt(other.name) + " has groups of it";
  }
  return "make a question of groups in the study: bands = { of = \"" + excerpt(name) +
         "\", cuts = [18, 35, 55] }";
}

}  // namespace

void warn_of_numbers(const CellFile& counted, const StudyInput& input, Issues& issues) {
  if (counted.questions.empty()) return;
  std::set<std::string> told;
  for (std::size_t part = 0; part < counted.banner.size(); ++part) {
    const auto& cells = counted.questions[0].tables[1 + part];
    for (std::size_t i = 0; i < counted.banner[part].size(); ++i) {
      const std::string& name = counted.banner[part][i].name;
      const auto* described = find_variable(input, name);
      // The codes of a list are groups already, however many there are.
      if (described != nullptr && !described->codes.empty()) continue;
      const auto numbers = numbers_in(cells, i);
      if (numbers <= usual_numbers || !told.insert(name).second) continue;
      issues.add(Place{"--by"}, "banner-number",
                 excerpt(name) + " is a number: it heads " + grouped(numbers) +
                     " columns, one for each value",
                 hint_for(name, input));
    }
  }
}

}  // namespace sondeo
