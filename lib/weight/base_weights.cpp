// SPDX-License-Identifier: MIT
#include "weight/base_weights.h"

#include "base/text.h"

namespace sondeo {
namespace {

// Their sums are exact in the scale of ExactSum.
constexpr double least_weight = 0x1p-38;
constexpr double largest_weight = 1e15;

bool fits(double weight) {
  return (weight >= least_weight && weight < largest_weight) || weight == 0;
}

void check_size(double weight, const Place& place) {
  if (fits(weight)) return;
  const bool small = weight < least_weight;
  throw Error(place, small ? "weight-underflow" : "weight-overflow",
              "the weight is " + shortest(weight) + "; weights must be 0, or from 4e-12 to 1e15",
              "divide them all by their mean");
}

// Reads the ids and weights of a weight file.
class TableReader : public BlockWorker {
 public:
  TableReader(const Header& header, const BaseWeightOptions& options, const NumberFormat& numbers,
              WeightTable& table)
      : header_(header),
        numbers_(numbers),
        table_(table),
        id_(find_column(header, options.id)),
        weight_(find_column(header, options.column)) {}

  void take(const Block& block) override {
    auto line = block.first_line;
    auto at = block.begin;
    for (std::size_t row = 0; row < block.rows; ++row) {
      line += count_line_ends(block.bytes + at, block.starts[row] - at);
      at = block.starts[row];
      table_.add(cell_text(block.cell(row, id_)),
                 weight_of_cell(block, row, weight_, numbers_, header_), {header_.file, line});
    }
  }

 private:
  const Header& header_;
  const NumberFormat& numbers_;
  WeightTable& table_;
  std::size_t id_;
  std::size_t weight_;
};

}  // namespace

double weight_of_cell(const Block& block, std::size_t row, std::size_t column,
                      const NumberFormat& numbers, const Header& header) {
  const auto cell = block.cell(row, column);
  double weight = 0;
  const bool plain = read_plain_weight(cell, numbers.decimal, weight);
  if (plain && fits(weight)) return weight;
  // The line is known only if there is something to say about it.
  const auto read = [&](const Place& place) {
    const auto value = plain ? weight : read_weight(cell, numbers, place, header.names[column]);
    check_size(value, place);
    return value;
  };
  try {
    return read({});
  } catch (const Error&) {
    return read({header.file, block.line_of(row)});
  }
}

BaseWeights::BaseWeights(const BaseWeightOptions& options, Header header,
                         const NumberFormat& numbers, Issues& issues)
    : options_(options), header_(std::move(header)), numbers_(numbers) {
  if (!options_.weighted()) return;
  if (!options_.file) {
    column_ = find_column(header_, options_.column);
    return;
  }
  id_ = find_column(header_, options_.id);
  CsvFile file(*options_.file, issues);
  const auto names = file.header();
  TableReader reader(names, options_, numbers_, table_);
  file.read({&reader}, issues);
}

void BaseWeights::read(const Block& block, std::vector<double>& weights) {
  weights.assign(block.rows, 1);
  if (!options_.weighted()) return;
  if (!options_.file) {
    const char decimal = numbers_.decimal;
    const auto column = column_;
    auto* each = weights.data();
    for (std::size_t row = 0; row < block.rows; ++row) {
      const auto cell = block.cell(row, column);
      double weight = 0;
      bool plain = false;
      if (cell.size() <= 8) {
        plain = read_plain_weight(cell, decimal, weight);
      } else {
        // A variable of its own, so that the one above need not be in memory.
        double longer = 0;
        plain = read_longer_weight(cell, decimal, longer);
        weight = longer;
      }
      if (!plain || !fits(weight)) [[unlikely]]
        weight = weight_of_cell(block, row, column, numbers_, header_);
      each[row] = weight;
    }
    return;
  }
  auto line = block.first_line;
  auto at = block.begin;
  for (std::size_t row = 0; row < block.rows; ++row) {
    line += count_line_ends(block.bytes + at, block.starts[row] - at);
    at = block.starts[row];
    weights[row] = table_.take(cell_text(block.cell(row, id_)), {header_.file, line});
  }
}

void BaseWeights::check_all_taken() const {
  if (options_.weighted() && options_.file) table_.check_all_taken();
}

}  // namespace sondeo
