// SPDX-License-Identifier: MIT
// Tables read back, number by number: what csv, tsv and json say alike.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/bytes.h"
#include "base/error.h"

namespace sondeo {

// One number of a table file; the words are those of the csv contract. Views belong to the
// TableNumbers that holds it.
struct TableNumber {
  std::string_view table, weight, row_id, row, column_id, column, of, statistic, unit, flag;
  std::optional<double> value;  // nothing if it is absent, or letters
  std::string_view letters;     // of the statistic "letters"
};

// All numbers of a file in its order, without those of comparisons (difference, test, p): they
// follow from the others, and the letters say what came of them.
struct TableNumbers {
  std::string name;  // of the file, for messages
  std::string text;  // the whole file, as UTF-8
  bool json = false;
  std::vector<TableNumber> numbers;
  std::unordered_set<std::string> words;  // each once; nodes stay where they are
};

// Larger table files are refused: nobody has published such a one.
constexpr std::size_t largest_table_file = std::size_t{1} << 30;

// Reads a table file of any of these formats, told apart by its first sign. Throws Error
// [table-file] for what is none: not the schema sondeo.tables/1 (with the place in the document, or
// for broken JSON line and column), columns of the csv contract missing, a value that is no number
// (with its line); what the reader of delimited text refuses; [open], [read], [table-size].
TableNumbers read_numbers(const InputFile& input, Issues& issues);

}  // namespace sondeo
