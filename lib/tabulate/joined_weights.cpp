// SPDX-License-Identifier: MIT
#include "tabulate/joined_weights.h"

#include <string>

#include "base/text.h"

namespace sondeo {
namespace {

// Reads the ids and weights of a weight file.
class TableWorker : public BlockWorker {
 public:
  TableWorker(const CsvFile& file, const WeightSource& source, const NumberFormat& numbers,
              WeightTable& table)
      : file_(file), source_(source), numbers_(numbers), table_(table) {
    const auto& header = file.header();
    id_ = find_column(header, source.id);
    weight_ = find_column(header, source.column);
  }

  void take(const Block& block) override {
    auto line = block.first_line;
    auto at = block.begin;
    for (std::size_t row = 0; row < block.rows; ++row) {
      line += count_line_ends(block.bytes + at, block.starts[row] - at);
      at = block.starts[row];
      const Place place{file_.name(), line};
      const auto weight = read_weight(block.cell(row, weight_), numbers_, place, source_.column);
      table_.add(cell_text(block.cell(row, id_)), weight, place);
    }
  }

 private:
  const CsvFile& file_;
  const WeightSource& source_;
  const NumberFormat& numbers_;
  WeightTable& table_;
  std::size_t id_ = 0;
  std::size_t weight_ = 0;
};

// Takes the weight of each respondent in the order of the file.
class JoinWorker : public BlockWorker {
 public:
  JoinWorker(const CsvFile& file, const std::string& id, WeightTable& table)
      : file_(file), id_(find_column(file.header(), id)), table_(table) {}

  void take(const Block& block) override {
    auto line = block.first_line;
    auto at = block.begin;
    for (std::size_t row = 0; row < block.rows; ++row) {
      line += count_line_ends(block.bytes + at, block.starts[row] - at);
      at = block.starts[row];
      weights.push_back(table_.take(cell_text(block.cell(row, id_)), {file_.name(), line}));
    }
  }

  std::vector<double> weights;

 private:
  const CsvFile& file_;
  std::size_t id_;
  WeightTable& table_;
};

}  // namespace

void read_weight_table(const WeightSource& source, const NumberFormat& numbers, WeightTable& table,
                       Issues& issues) {
  CsvFile file(*source.file, issues);
  TableWorker worker(file, source, numbers, table);
  file.read({&worker}, issues);
}

std::vector<double> joined_weights(CsvFile& file, const WeightSource& source,
                                   const NumberFormat& numbers, Issues& issues) {
  WeightTable table;
  read_weight_table(source, numbers, table, issues);
  JoinWorker worker(file, source.id, table);
  file.read({&worker}, issues);
  table.check_all_taken();
  return std::move(worker.weights);
}

}  // namespace sondeo
