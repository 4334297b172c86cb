// SPDX-License-Identifier: MIT
// The rows of a table's answers: which of them there are, in which order, and whose sums they are.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "codebook/question.h"
#include "table/table.h"
#include "tabulate/cells.h"

namespace sondeo {

// An answer or a net. Its sums are those of its keys, which share no respondent, added.
struct StubRow {
  std::string id;
  std::string label;
  RowKind kind = RowKind::category;
  int indent = 0;
  std::vector<Key> keys;
  std::vector<std::string> codes = {};  // of a net: the answers that it holds
};

// The ids of the rows of answers that a net holds.
std::vector<std::string> members_of(const StubRow& net, const std::vector<StubRow>& rows);

Sums sums_of(const Cells& cells, std::size_t column, const std::vector<Key>& keys);

// How the rows are wanted.
struct StubRules {
  std::string_view language = "en";
  // Missing answers that have a row: those of a kind that is part of the base.
  std::function<bool(AnswerKind)> in_base;
  // If given, rows side by side are ordered by it (of the keys of a row), the largest first. Above
  // all others stay, in the order of the study, those that it pins first; below them those that it
  // pins last, answers that are missing (don't know and the like, unless pinned first), and `pins`.
  std::function<double(const std::vector<Key>&)> size = {};
  std::vector<std::string> pins = {};  // codes, nets or labels
};

// The rows of a question by its cells in total. A bare question: the answers that somebody gave
// (and every flag). A question of a study: its codes and nets as in rows_of(), also those nobody
// chose, then answers that are not listed.
std::vector<StubRow> stub_of(const Question& question, const Cells& total, const StubRules& rules);

// The text of an answer for people, and its id among the rows: ids of special rows are kept free.
std::string shown_text(const std::string& text, std::string_view language);
std::string row_id_of(const std::string& text);

}  // namespace sondeo
