// SPDX-License-Identifier: MIT
#include "codebook/question.h"

#include <algorithm>

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

std::vector<std::size_t> named(const Header& header, std::string_view name) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < header.names.size(); ++i) {
    if (header.names[i] == name) found.push_back(i);
  }
  if (!found.empty()) return found;
  // Blanks around a header text are hard to see and hard to type.
  for (std::size_t i = 0; i < header.names.size(); ++i) {
    if (trim(header.names[i]) == trim(name)) found.push_back(i);
  }
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
    const auto end_of = [&](std::string_view text, std::size_t& column) {
      if (by_position(header, text, column)) return true;
      const auto found = named(header, text);
      if (found.size() == 1) column = found[0];
      return found.size() == 1;
    };
    std::size_t first = 0;
    std::size_t last = 0;
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

const std::vector<std::string>& usual_unticked() {
  static const std::vector<std::string> texts{"0", "no", "false", "not selected",
                                              "no seleccionado"};
  return texts;
}

std::size_t find_column(const Header& header, std::string_view name) {
  std::string text(name);
  bool quoted = false;
  if (!name.empty() && name[0] == '`') {
    std::size_t at = 0;
    text = in_backquotes(name, at);
    quoted = at == name.size();
    if (!quoted) text = name;
  }
  auto found = named(header, text);
  if (found.size() == 1) return found[0];
  if (found.size() > 1) {
    throw Error(Place{header.file, header.line}, "ambiguous-column",
                "the column name '" + excerpt(text) + "' is used " + std::to_string(found.size()) +
                    " times: columns " + positions(found),
                "name one by its position: #" + std::to_string(found[0] + 1));
  }
  std::size_t column = 0;
  if (!quoted && by_position(header, text, column)) return column;
  const auto close = nearest(text, header.names);
  std::string hint;
  if (!close.empty()) {
    hint = "did you mean '" + excerpt(close) + "'?";
  } else {
    for (const auto& each : header.names) {
      if (hint.size() > 200) break;
      hint += (hint.empty() ? "the columns are " : ", ") + excerpt(each, 24);
    }
    if (hint.size() > 200) hint += ", …";
  }
  throw Error(Place{header.file, header.line}, "unknown-column",
              "there is no column '" + excerpt(text) + "'", hint);
}

std::vector<std::size_t> find_columns(const Header& header, std::string_view list) {
  std::vector<std::size_t> columns;
  for (const auto& part : split_list(list)) {
    if (part.empty())
      throw Error("usage", "an empty name in the list of columns '" + excerpt(list) + "'");
    const bool plain = part[0] == '`' || !named(header, part).empty();
    if (plain) {
      columns.push_back(find_column(header, part));
    } else if (part.find_first_of("*?") != std::string::npos) {
      const auto before = columns.size();
      for (std::size_t i = 0; i < header.names.size(); ++i) {
        if (glob_match(part, header.names[i])) columns.push_back(i);
      }
      if (columns.size() == before) {
        throw Error(Place{header.file, header.line}, "no-columns",
                    "no column name fits '" + excerpt(part) + "'");
      }
    } else if (!range_of(header, part, columns)) {
      columns.push_back(find_column(header, part));
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

std::string column_name(const Header& header, std::size_t column) {
  const auto& name = header.names[column];
  const bool unique = std::count(header.names.begin(), header.names.end(), name) == 1;
  return name.empty() || !unique ? "#" + std::to_string(column + 1) : name;
}

Question question_of_columns(const Header& header, std::string_view definition, QuestionKind kind) {
  const auto equals = definition.find('=');
  if (equals == std::string_view::npos || trim(definition.substr(0, equals)).empty()) {
    throw Error("usage", "expected NAME=COLUMNS, found '" + excerpt(definition) + "'",
                "for example 'q4=q4_*' or 'q4=#7-#12'");
  }
  Question question;
  question.name = std::string(trim(definition.substr(0, equals)));
  question.kind = kind;
  question.columns = find_columns(header, definition.substr(equals + 1));
  for (const auto column : question.columns)
    question.option_names.push_back(column_name(header, column));
  return question;
}

}  // namespace sondeo
