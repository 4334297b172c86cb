// SPDX-License-Identifier: MIT
// Changes as sentences and lines for people: what text, github and junit say alike.
#pragma once

#include <string>
#include <vector>

#include "table/diff.h"

namespace sondeo {

// One change, or all numbers of a row, column or table that is in one file only. All visible().
struct DiffLine {
  std::string table;
  std::string row;        // "" if a whole column or table is meant
  std::string column;     // "" if a whole row or table is meant
  std::string statistic;  // "column %", "ci low of column %"; "" for letters and wholes
  std::string before;     // figures with as many decimals as it takes to see the change
  std::string after;
  std::string change;  // "-1.8", "letters", "appeared", "vanished: 12 numbers"
};

std::vector<DiffLine> diff_lines(const Diff& diff);

// "2 of 1,248 numbers moved by more than 0.5; 1 letter changed", "1,248 numbers compared, none
// moved".
std::string diff_summary(const Diff& diff);

// "Approve (net) × 18-34, column %: 43.1 → 41.3 (-1.8)", "Sales vanished: 24 numbers".
std::string diff_sentence(const DiffLine& line);

}  // namespace sondeo
