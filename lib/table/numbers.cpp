// SPDX-License-Identifier: MIT
#include "table/numbers.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/number.h"
#include "base/spreadsheet.h"
#include "base/text.h"
#include "layout/csv.h"
#include "table/numbers_json.h"
#include "table/read.h"

namespace sondeo {
namespace {

// Text in memory as the reader of delimited text takes it.
class TextSource : public ByteSource {
 public:
  explicit TextSource(std::string_view text) : text_(text) {}
  std::size_t read_at(std::uint64_t at, char* out, std::size_t size) override {
    if (at >= text_.size()) return 0;
    const std::size_t count = std::min<std::size_t>(size, text_.size() - at);
    std::memcpy(out, text_.data() + at, count);
    return count;
  }

 private:
  std::string_view text_;
};

enum Field {
  table,
  weight,
  row_id,
  row,
  column_id,
  column,
  against_id,
  of,
  statistic,
  value,
  unit,
  flag
};
constexpr std::array<std::string_view, 12> fields = {"table",     "weight", "row_id",     "row",
                                                     "column_id", "column", "against_id", "of",
                                                     "statistic", "value",  "unit",       "flag"};

// Lines of the csv contract, whatever the order of their columns.
class LineReader : public BlockWorker {
 public:
  LineReader(const CsvFile& csv, TableNumbers& file) : file_(file) {
    const auto& header = csv.header().names;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const auto found = std::find(header.begin(), header.end(), fields[i]);
      if (found == header.end()) {
        throw Error(Place{csv.name(), csv.header().line}, "table-file",
                    "this is no table file: the column '" + std::string(fields[i]) + "' is missing",
                    "tables are compared as json or csv (-f json, -f csv), which name their rows "
                    "and columns");
      }
      positions_[i] = static_cast<std::size_t>(found - header.begin());
    }
  }

  void take(const Block& block) override {
    for (std::size_t i = 0; i < block.rows; ++i) {
      if (!block.cell(i, positions_[against_id]).empty()) continue;
      TableNumber number;
      number.table = label(block, i, table);
      number.weight = label(block, i, weight);
      number.row_id = label(block, i, row_id);
      number.row = label(block, i, row);
      number.column_id = label(block, i, column_id);
      number.column = label(block, i, column);
      number.of = word(block, i, of);
      number.statistic = word(block, i, statistic);
      number.unit = word(block, i, unit);
      number.flag = word(block, i, flag);
      read_value(block, i, number);
      file_.numbers.push_back(number);
    }
  }

 private:
  std::string_view word(const Block& block, std::size_t i, Field field) {
    return keep(file_, cell_text(block.cell(i, positions_[field])));
  }

  // Without the apostrophe that keeps a spreadsheet from running it.
  std::string_view label(const Block& block, std::size_t i, Field field) {
    const std::string text = cell_text(block.cell(i, positions_[field]));
    const bool guarded = text.starts_with('\'') && needs_guard(std::string_view(text).substr(1));
    return keep(file_, std::string_view(text).substr(guarded ? 1 : 0));
  }

  void read_value(const Block& block, std::size_t i, TableNumber& number) {
    const std::string text = cell_text(block.cell(i, positions_[value]));
    if (number.statistic == "letters") {
      number.letters = keep(file_, text);
      return;
    }
    if (text.empty()) return;
    number.value = parse_number(text);
    if (!number.value) {
      throw Error(Place{file_.name, block.line_of(i)}, "table-file",
                  "the value '" + excerpt(text) + "' is no number",
                  "a table file as sondeo writes it has decimal points and no thousands marks");
    }
  }

  TableNumbers& file_;
  std::array<std::size_t, fields.size()> positions_{};
};

}  // namespace

std::string_view keep(TableNumbers& file, std::string_view word) {
  return *file.words.emplace(word).first;
}

TableNumbers read_numbers(const InputFile& input, Issues& issues) {
  TableNumbers file;
  file.name = input_name(input);
  file.text = read_whole(input, issues);
  const std::size_t first = file.text.find_first_not_of(" \t\r\n");
  const char sign = first == std::string::npos ? ' ' : file.text[first];
  file.json = sign == '{' || sign == '[';
  if (file.json) {
    read_json_numbers(file);
    return file;
  }
  CsvOptions options;
  options.file = input;
  CsvFile csv(std::make_unique<TextSource>(file.text), options, issues);
  LineReader reader(csv, file);
  csv.read({&reader}, issues);
  return file;
}

}  // namespace sondeo
