// SPDX-License-Identifier: MIT
// Requests for count(), and counting texts.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "../layout/files.h"
#include "tabulate/count.h"

namespace sondeo::requests {

inline Question question(std::string name, QuestionKind kind, std::vector<std::size_t> columns) {
  Question result;
  result.name = std::move(name);
  result.kind = kind;
  result.columns = std::move(columns);
  for (const auto column : result.columns)
    result.option_names.push_back("o" + std::to_string(column));
  if (kind == QuestionKind::joined) result.separator = ";";
  return result;
}

// A request of one table: the questions of its rows (one) and of its columns, outermost first.
inline CountRequest table(const Question& row, const std::vector<Question>& columns = {},
                          bool overlaps = false) {
  CountRequest request;
  request.questions = {row};
  request.axes = {{{0}, false}, {{}, overlaps}};
  for (const auto& each : columns) {
    request.axes[1].questions.push_back(request.questions.size());
    request.questions.push_back(each);
  }
  request.tables = {{0, 1}};
  return request;
}

struct Counted {
  CountResult result;
  std::vector<Issue> issues;
};

inline Counted count_file(const std::string& path, CountRequest request, unsigned threads = 1,
                          std::size_t block_bytes = 256 << 10) {
  request.threads = threads;
  Issues issues;
  CsvFile file(files::csv(path, block_bytes), issues);
  Counted counted;
  counted.result = count(file, request, issues);
  counted.issues = issues.list();
  return counted;
}

inline Counted count_text(std::string_view text, const CountRequest& request, unsigned threads = 1,
                          std::size_t block_bytes = 256 << 10) {
  const files::TempFile file(text);
  return count_file(file.path(), request, threads, block_bytes);
}

inline std::string error_of(std::string_view text, const CountRequest& request,
                            unsigned threads = 1, std::size_t block_bytes = 256 << 10,
                            std::uint64_t* line = nullptr) {
  try {
    count_text(text, request, threads, block_bytes);
  } catch (const Error& error) {
    if (line != nullptr) *line = error.place().line;
    return error.id();
  }
  return "";
}

// The sums of the cell with these keys' paths and kind of row; empty ones if there is none.
inline Sums at(const Cells& cells, const std::vector<std::string>& row,
               const std::vector<std::string>& column = {}, AnswerKind kind = AnswerKind::category,
               bool overlap = false) {
  for (std::size_t i = 0; i < cells.rows.size(); ++i) {
    for (std::size_t j = 0; j < cells.columns.size(); ++j) {
      const auto& key = cells.columns[j];
      if (cells.rows[i].path == row && cells.rows[i].kind == kind && key.path == column &&
          key.kind == AnswerKind::category && key.overlap == overlap) {
        return cells.at(i, j);
      }
    }
  }
  return {};
}

}  // namespace sondeo::requests
