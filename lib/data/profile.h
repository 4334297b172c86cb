// SPDX-License-Identifier: MIT
// What the columns of a bare file hold, as far as a draft of its study needs to know.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/number.h"
#include "data/block.h"
#include "data/dictionary.h"

namespace sondeo {

// How platforms write dates; the first is ISO 8601, as parse_date reads it without a format.
const std::vector<std::string>& usual_date_formats();

// Signs that join several answers in one cell.
constexpr std::array<std::string_view, 3> joining_signs{";", "|", ","};

struct ColumnProfile {
  struct Text {
    std::string text;  // trimmed of blanks
    std::uint64_t count = 0;
  };
  std::uint64_t rows = 0;
  std::uint64_t answered = 0;       // cells with a text
  std::vector<Text> texts;          // the distinct ones, in the order of the file, ...
  bool many = false;                // ... unless there are more than most_profiled
  std::uint64_t numbers = 0;        // cells that are a number
  std::uint64_t whole = 0;          // ... a whole one
  std::uint64_t comma_numbers = 0;  // cells that are a number if the decimal mark is a comma
  double least = 0;                 // of the numbers
  double most = 0;
  std::vector<std::uint64_t> dates;  // by usual_date_formats(): cells that are such a date
  std::uint64_t letters = 0;         // bytes of all texts
  bool blanks = false;               // a text holds a blank
  bool repeats = false;              // two cells hold the same text (known up to most_ids)
};

// More distinct texts than this are not a list of answers.
constexpr std::size_t most_profiled = 2000;
// Repeats are looked for among the first so many distinct texts.
constexpr std::size_t most_ids = std::size_t{1} << 20;

// Looks at all cells of all columns. One worker, blocks in the order of the file.
class Profiler : public BlockWorker {
 public:
  explicit Profiler(std::size_t columns);
  void take(const Block& block) override;
  // After the last block.
  std::vector<ColumnProfile> columns() const;

 private:
  struct Column {
    ColumnProfile profile;
    Dictionary texts;
    std::vector<std::uint64_t> counts;
  };
  void look(Column& column, std::string_view text);
  std::vector<Column> columns_;
};

}  // namespace sondeo
