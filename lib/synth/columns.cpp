// SPDX-License-Identifier: MIT
#include "synth/columns.h"

#include <algorithm>
#include <utility>

#include "base/number.h"
#include "base/text.h"

namespace sondeo {
namespace {

std::size_t digits_before(const std::string& text, std::size_t end) {
  auto start = end;
  while (start > 0 && text[start - 1] >= '0' && text[start - 1] <= '9') --start;
  return end - start;
}

// "q4_1-q4_5" is five names; nothing if it is no such range.
std::vector<std::string> range_of(const std::string& part) {
  const auto dash = part.find('-');
  if (dash == std::string::npos) return {};
  const auto left = part.substr(0, dash);
  const auto right = part.substr(dash + 1);
  const auto left_digits = digits_before(left, left.size());
  const auto right_digits = digits_before(right, right.size());
  const auto stem = left.substr(0, left.size() - left_digits);
  if (left_digits == 0 || right_digits == 0 ||
      stem != right.substr(0, right.size() - right_digits)) {
    return {};
  }
  const auto first = parse_count(left.substr(stem.size()));
  const auto last = parse_count(right.substr(stem.size()));
  constexpr unsigned long long most = 10000;
  if (!first || !last || *first > *last || *last - *first >= most) return {};
  std::vector<std::string> names;
  for (auto i = *first; i <= *last; ++i) {
    auto number = std::to_string(i);
    // "q01-q12" keeps its noughts.
    if (number.size() < left_digits) number.insert(0, left_digits - number.size(), '0');
    names.push_back(stem + number);
  }
  return names;
}

std::string unquoted(const std::string& name) {
  if (name.size() < 2 || name.front() != '`' || name.back() != '`') return name;
  return name.substr(1, name.size() - 2);
}

void add_names(const StudyQuestion& variable, const std::string& list, std::size_t count,
               std::vector<std::string>& names) {
  for (std::size_t at = 0; at <= list.size();) {
    const auto comma =
        list[at] == '`' ? list.find(',', list.find('`', at + 1)) : list.find(',', at);
    const auto end = std::min(comma, list.size());
    const std::string part(trim_blanks(std::string_view(list).substr(at, end - at)));
    at = end + 1;
    if (part.starts_with("#")) {
      throw Error(variable.at, "synth-columns",
                  variable.name + " stands in " + part + ", a column that has no name yet",
                  "name the columns of the question");
    }
    const auto star = part.find('*');
    const auto range = range_of(part);
    if (part.starts_with("`")) {
      names.push_back(unquoted(part));
    } else if (star != std::string::npos) {
      for (std::size_t i = 1; i <= count; ++i) {
        names.push_back(part.substr(0, star) + std::to_string(i) + part.substr(star + 1));
      }
    } else if (!range.empty()) {
      names.insert(names.end(), range.begin(), range.end());
    } else {
      names.push_back(part);
    }
  }
}

}  // namespace

std::vector<std::string> columns_of(const StudyQuestion& variable) {
  const bool flags = variable.kind == StudyKind::multiple && variable.form == MultipleForm::flags;
  std::vector<std::string> names;
  if (flags && variable.columns.empty()) {
    for (const auto& code : variable.codes) names.push_back(unquoted(code.column));
    return names;
  }
  if (variable.columns.empty()) return {variable.name};
  if (variable.kind != StudyKind::multiple || variable.form == MultipleForm::joined) {
    return {unquoted(variable.columns[0])};
  }
  // Several answers of one list need a column each; three are usual where nothing says how many.
  const auto count =
      flags ? variable.codes.size() : std::min<std::size_t>(3, variable.codes.size());
  for (const auto& list : variable.columns) add_names(variable, list, count, names);
  if (flags && names.size() != variable.codes.size()) {
    throw Error(variable.at, "synth-columns",
                variable.name + " has " + std::to_string(variable.codes.size()) + " codes and " +
                    std::to_string(names.size()) + " columns",
                "a column each, in the same order");
  }
  return names;
}

const std::string& cell_text_of(const StudyCode& code) {
  return code.values.empty() ? code.code : code.values[0];
}

ColumnWriter::ColumnWriter(std::string name, std::size_t respondents) {
  column_.name = std::move(name);
  column_.texts.emplace_back();
  column_.cells.assign(respondents, 0);
}

std::uint32_t ColumnWriter::text(std::string text) {
  column_.texts.push_back(std::move(text));
  return static_cast<std::uint32_t>(column_.texts.size() - 1);
}

void write_single(const StudyQuestion& variable, const std::vector<std::size_t>& asked,
                  const std::vector<std::size_t>& answers, Sample& sample) {
  ColumnWriter column(columns_of(variable)[0], sample.size());
  std::vector<std::uint32_t> texts;
  for (const auto& code : variable.codes) texts.push_back(column.text(cell_text_of(code)));
  texts.push_back(0);
  for (std::size_t i = 0; i < asked.size(); ++i) column.set(asked[i], texts[answers[i]]);
  sample.columns.push_back(column.take());
}

void write_several(const StudyQuestion& variable, const std::vector<std::size_t>& asked,
                   const std::vector<std::vector<std::size_t>>& answers, Sample& sample) {
  const auto none = variable.codes.size();
  std::vector<ColumnWriter> columns;
  for (auto& name : columns_of(variable)) columns.emplace_back(std::move(name), sample.size());
  if (variable.form == MultipleForm::joined) {
    for (std::size_t i = 0; i < asked.size(); ++i) {
      std::string text;
      for (const auto answer : answers[i]) {
        if (answer == none) continue;
        if (!text.empty()) text += variable.separator;
        text += cell_text_of(variable.codes[answer]);
      }
      if (!text.empty()) columns[0].set(asked[i], std::move(text));
    }
  } else if (variable.form == MultipleForm::flags) {
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const auto yes = columns[c].text(variable.ticked.empty() ? "1" : variable.ticked[0]);
      const auto no = columns[c].text(variable.unticked.empty() ? "0" : variable.unticked[0]);
      for (std::size_t i = 0; i < asked.size(); ++i) {
        if (!answers[i].empty() && answers[i][0] == none) continue;
        const bool ticked = std::binary_search(answers[i].begin(), answers[i].end(), c);
        columns[c].set(asked[i], ticked ? yes : no);
      }
    }
  } else {
    for (std::size_t c = 0; c < columns.size(); ++c) {
      std::vector<std::uint32_t> texts;
      for (const auto& code : variable.codes) texts.push_back(columns[c].text(cell_text_of(code)));
      texts.push_back(0);
      for (std::size_t i = 0; i < asked.size(); ++i) {
        if (c < answers[i].size()) columns[c].set(asked[i], texts[answers[i][c]]);
      }
    }
  }
  for (auto& column : columns) sample.columns.push_back(column.take());
}

}  // namespace sondeo
