// SPDX-License-Identifier: MIT
#include "codebook/header.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "base/number.h"
#include "base/text.h"

namespace sondeo {
namespace {

std::string in_backquotes(std::string_view text, std::size_t& at) {
  const auto start = at++;
  std::string name;
  while (at < text.size()) {
    if (text[at] != '`') {
      name += text[at++];
    } else if (at + 1 < text.size() && text[at + 1] == '`') {
      name += '`';
      at += 2;
    } else {
      ++at;
      return name;
    }
  }
  throw Error("usage", "a backquote is opened and not closed: " + excerpt(text.substr(start)));
}

// Without the backquotes around the whole of it; other texts as they are.
std::string unquoted(std::string_view text) {
  if (text.empty() || text[0] != '`') return std::string(text);
  std::size_t at = 0;
  auto name = in_backquotes(text, at);
  return at == text.size() ? name : std::string(text);
}

// The parts of a comma list; commas in backquotes do not count.
std::vector<std::string> split_list(std::string_view list) {
  std::vector<std::string> parts{""};
  bool quoted = false;
  for (const char c : list) {
    quoted ^= c == '`';
    if (c == ',' && !quoted) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  for (auto& part : parts) part = std::string(trim(part));
  return parts;
}

std::string positions(const std::vector<std::size_t>& columns) {
  std::string text;
  for (const auto column : columns)
    text += (text.empty() ? "#" : ", #") + std::to_string(column + 1);
  return text;
}

// The columns with that text in one header row.
std::vector<std::size_t> named_in(const std::vector<std::string>& row, std::string_view name) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (row[i] == name) found.push_back(i);
  }
  if (!found.empty()) return found;
  // Blanks around a header text are hard to see and hard to type.
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (trim(row[i]) == trim(name)) found.push_back(i);
  }
  return found;
}

const std::vector<std::string>& last_row(const Header& header) {
  return header.below.empty() ? header.names : header.below.back();
}

// Whether the column belongs to the question of the column to its left: nothing new above it.
bool continues(const Header& header, std::size_t column) {
  if (column == 0 || header.below.empty()) return false;
  if (!trim(header.names[column]).empty()) return header.names[column] == header.names[column - 1];
  return std::any_of(header.below.begin(), header.below.end(),
                     [&](const auto& row) { return !trim(row[column]).empty(); });
}

// By column: the one where its question starts. Columns below no question are their own.
std::vector<std::size_t> question_starts(const Header& header) {
  std::vector<std::size_t> starts(header.names.size());
  for (std::size_t i = 0; i < starts.size(); ++i) {
    const bool same = continues(header, i) && !trim(header.names[starts[i - 1]]).empty();
    starts[i] = same ? starts[i - 1] : i;
  }
  return starts;
}

// One past the last column of the question that starts there.
std::size_t question_end(const Header& header, std::size_t start) {
  auto end = start + 1;
  if (trim(header.names[start]).empty()) return end;
  while (end < header.names.size() && continues(header, end)) ++end;
  return end;
}

// What the second header row says that the column holds of its question: an option; or nothing, if
// it is the answer itself.
std::string option_text(const Header& header, std::size_t column) {
  if (header.below.empty()) return "";
  const auto& text = header.below[0][column];
  return says_answer(text) ? "" : std::string(trim(text));
}

// The columns that a text names.
struct Named {
  std::vector<std::size_t> columns;
  bool question = false;  // one question, written over all these columns, each with its option

  bool unique() const { return columns.size() == 1; }
};

// Whether a column is the first of several of a question, each with its option.
bool heads_question(const Header& header, std::size_t column) {
  return question_end(header, column) > column + 1 && !option_text(header, column).empty();
}

Named named(const Header& header, std::string_view name) {
  Named found{named_in(header.names, name)};
  if (header.below.empty()) return found;
  if (found.columns.empty()) return {named_in(last_row(header), name)};
  const auto start = found.columns[0];
  const auto end = question_end(header, start);
  if (found.columns.back() >= end) return found;
  found.columns.resize(1);
  found.question = heads_question(header, start);
  for (auto i = start + 1; found.question && i < end; ++i) found.columns.push_back(i);
  return found;
}

// The column of `#12`; nothing for other texts.
bool by_position(const Header& header, std::string_view text, std::size_t& column) {
  if (text.size() < 2 || text[0] != '#') return false;
  const auto number = parse_count(text.substr(1));
  if (!number) return false;
  if (*number < 1 || *number > header.names.size()) {
    throw Error(Place{header.file, header.line}, "unknown-column",
                "there is no column " + std::string(text) + "; the file has " +
                    std::to_string(header.names.size()) + " columns");
  }
  column = static_cast<std::size_t>(*number) - 1;
  return true;
}

// `a-b` or `#7-#31`: from one column to a later one. Names with a dash of their own come first.
bool range_of(const Header& header, std::string_view part, std::vector<std::size_t>& columns) {
  for (auto dash = part.find('-', 1); dash != std::string_view::npos;
       dash = part.find('-', dash + 1)) {
    std::size_t first = 0;
    std::size_t last = 0;
    const auto end_of = [&](std::string_view text, std::size_t& column) {
      if (by_position(header, text, column)) return true;
      const auto found = named(header, text);
      if (!found.unique() && !found.question) return false;
      column = &column == &first ? found.columns.front() : found.columns.back();
      return true;
    };
    if (!end_of(trim(part.substr(0, dash)), first) || !end_of(trim(part.substr(dash + 1)), last))
      continue;
    if (first > last) {
      throw Error("usage", "the columns " + std::string(part) + " are in the wrong order");
    }
    for (auto column = first; column <= last; ++column) columns.push_back(column);
    return true;
  }
  return false;
}

}  // namespace

std::size_t find_column(const Header& header, std::string_view name) {
  const auto text = unquoted(name);
  const bool quoted = text.size() < name.size();
  const auto found = named(header, text);
  const auto& at = found.columns;
  if (found.question) {
    const auto range = "#" + std::to_string(at.front() + 1) + "-#" + std::to_string(at.back() + 1);
    throw Error(Place{header.file, header.line}, "several-columns",
                "the question '" + excerpt(text) + "' stands in " + std::to_string(at.size()) +
                    " columns: " + range,
                "name one of them, '" + excerpt(column_name(header, at[0])) +
                    "' for example; or count them as options: --multi 'NAME=" + range + "'");
  }
  if (found.unique()) return at[0];
  if (!at.empty()) {
    throw Error(Place{header.file, header.line}, "ambiguous-column",
                "the column name '" + excerpt(text) + "' is used " + std::to_string(at.size()) +
                    " times: columns " + positions(at),
                "name one by its position: #" + std::to_string(at[0] + 1));
  }
  std::size_t column = 0;
  if (!quoted && by_position(header, text, column)) return column;
  auto close = nearest(text, header.names);
  if (close.empty()) close = nearest(text, last_row(header));
  std::string hint;
  if (!close.empty()) {
    hint = "did you mean '" + excerpt(close) + "'?";
  } else {
    for (std::size_t i = 0; i < header.names.size() && hint.size() <= 200; ++i) {
      hint += (hint.empty() ? "the columns are " : ", ") + excerpt(column_name(header, i), 24);
    }
    if (hint.size() > 200) hint += ", …";
  }
  throw Error(Place{header.file, header.line}, "unknown-column",
              "there is no column '" + excerpt(text) + "'", hint);
}

std::vector<std::size_t> find_columns(const Header& header, std::string_view list) {
  std::vector<std::size_t> columns;
  const auto add_fitting = [&](std::string_view pattern, const auto& text_of) {
    const auto before = columns.size();
    for (std::size_t i = 0; i < header.names.size(); ++i) {
      if (glob_match(pattern, text_of(i))) columns.push_back(i);
    }
    return columns.size() > before;
  };
  const auto starts = question_starts(header);
  const auto question_of = [&](std::size_t i) { return header.names[starts[i]]; };
  const auto last_of = [&](std::size_t i) { return last_row(header)[i]; };
  const bool whole = !trim(list).empty() && names_column(header, list);
  for (const auto& part : whole ? std::vector{std::string(list)} : split_list(list)) {
    if (part.empty())
      throw Error("usage", "an empty name in the list of columns '" + excerpt(list) + "'");
    const auto found = named(header, unquoted(part));
    if (found.question) {
      columns.insert(columns.end(), found.columns.begin(), found.columns.end());
    } else if (part[0] == '`' || !found.columns.empty()) {
      columns.push_back(find_column(header, part));
    } else if (range_of(header, part, columns)) {
      continue;
    } else if (part.find_first_of("*?") != std::string::npos) {
      if (!add_fitting(part, question_of) && !add_fitting(part, last_of)) {
        throw Error(Place{header.file, header.line}, "no-columns",
                    "no column name fits '" + excerpt(part) + "'");
      }
    } else {
      columns.push_back(find_column(header, part));  // a position, or none at all
    }
  }
  auto sorted = columns;
  std::sort(sorted.begin(), sorted.end());
  const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
  if (twice != sorted.end()) {
    throw Error("usage", "column " + column_name(header, *twice) + " stands twice in '" +
                             excerpt(list) + "'");
  }
  return columns;
}

bool says_answer(std::string_view text) {
  static const std::vector<std::string> words{"response", "open-ended response", "respuesta",
                                              "respuesta abierta"};
  return std::find(words.begin(), words.end(), ascii_lower(trim(text))) != words.end();
}

bool names_column(const Header& header, std::string_view name) {
  return !named(header, name).columns.empty();
}

std::string column_name(const Header& header, std::size_t column) {
  const auto unique = [&](const std::vector<std::string>& row) {
    return !row[column].empty() && std::count(row.begin(), row.end(), row[column]) == 1;
  };
  if (unique(header.names) && !named(header, header.names[column]).question)
    return header.names[column];
  const auto& last = last_row(header);
  const bool by_last =
      !header.below.empty() && unique(last) && named_in(header.names, last[column]).empty();
  return by_last ? last[column] : "#" + std::to_string(column + 1);
}

std::vector<std::string> column_names(const Header& header) {
  using Counts = std::unordered_map<std::string_view, std::size_t>;
  const auto& last = last_row(header);
  Counts in_first;
  Counts in_last;
  std::unordered_set<std::string_view> trimmed;
  for (const auto& name : header.names) {
    ++in_first[name];
    trimmed.insert(trim(name));
  }
  for (const auto& name : last) ++in_last[name];
  const auto unique = [](const Counts& counts, const std::string& name) {
    return !name.empty() && counts.at(name) == 1;
  };
  std::vector<std::string> result;
  for (std::size_t i = 0; i < header.names.size(); ++i) {
    if (unique(in_first, header.names[i]) && !heads_question(header, i))
      result.push_back(header.names[i]);
    else if (!header.below.empty() && unique(in_last, last[i]) && !trimmed.contains(trim(last[i])))
      result.push_back(last[i]);
    else
      result.push_back("#" + std::to_string(i + 1));
  }
  return result;
}

std::vector<std::string> option_labels(const Header& header,
                                       const std::vector<std::size_t>& columns) {
  const auto starts = question_starts(header);
  std::vector<std::string> labels;
  for (const auto column : columns) {
    const bool one = question_end(header, starts[column]) == starts[column] + 1;
    labels.push_back(one ? "" : option_text(header, column));
  }
  return labels;
}

std::vector<std::string> option_names(const Header& header,
                                      const std::vector<std::size_t>& columns) {
  auto names = option_labels(header, columns);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (names[i].empty()) names[i] = column_name(header, columns[i]);
  }
  const auto given = names;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (std::count(given.begin(), given.end(), given[i]) > 1)
      names[i] = "#" + std::to_string(columns[i] + 1);
  }
  return names;
}

std::vector<std::string> one_row_names(const Header& header, std::size_t& left_out) {
  left_out = 0;
  if (header.below.empty()) return header.names;
  const auto starts = question_starts(header);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < header.names.size(); ++i) {
    const auto option = option_text(header, i);
    const bool alone = question_end(header, starts[i]) == starts[i] + 1;
    std::string name = header.names[starts[i]];
    if (!alone && !option.empty()) {
      name = std::string(trim(name)) + ": " + option;
    } else if (trim(name).empty()) {
      name = last_row(header)[i];
    }
    for (const auto& row : header.below) {
      const auto text = trim(row[i]);
      const bool answer = &row == &header.below[0] && option.empty();
      left_out += !text.empty() && !answer && name.find(text) == std::string::npos;
    }
    names.push_back(std::move(name));
  }
  return names;
}

}  // namespace sondeo
