// SPDX-License-Identifier: MIT
// The distinct values of a number in each domain, with their weights: what quantiles and ranks are
// made of. Sums are exact, so that threads and the order of rows leave no trace.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "infer/linear_pass.h"
#include "infer/quantile.h"
#include "tabulate/cells.h"
#include "tabulate/exact_sum.h"
#include "tabulate/pass.h"

namespace sondeo {

// Collects the first number of a request among its complete rows of positive weight, and which
// domains and levels of its categories there are.
class ValueWorker : public RowWorker {
 public:
  ValueWorker(const LinearRequest& request, std::size_t replicates, const RowDecoder& decoder);
  void take(const Rows& rows) override;

 private:
  friend class DomainValues;
  struct Record {
    ExactSum weight;
    std::uint64_t rows = 0;
    double heaviest = 0;
    double lightest = 0;
  };
  const LinearRequest& request_;
  std::size_t replicates_;
  LinearRows visitor_;
  std::vector<std::uint8_t> met_;                            // by code of `by`
  std::vector<std::unordered_map<double, Record>> records_;  // likewise
  std::vector<std::vector<std::uint8_t>> levels_;            // by category and code
  double largest_weight_ = 0;
  double largest_replicate_ = 0;
};

class DomainValues {
 public:
  // Unites the workers `job` of all threads. `whole`: there is one domain, of whoever.
  DomainValues(const PassResult& pass, std::size_t job, bool whole, std::size_t categories);

  std::vector<Key> domains;                        // in key_less order
  std::vector<std::vector<WeightedValue>> values;  // by domain, rising; none if nobody has weight
  std::vector<std::vector<Key>> levels;            // by category, in key_less order
  double largest_weight = 0;
  double largest_replicate = 0;
};

// The numbers that positions in a list of keys have by the codes of one thread.
class CodePositions {
 public:
  static constexpr std::uint32_t none = 0xffffffff;
  // The position of the key of a code; `none` if the list lacks it.
  std::uint32_t of(std::uint32_t code, const AxisKinds& kinds, const std::vector<Key>& keys);

 private:
  std::vector<std::uint32_t> positions_;
};

// The file changed between two passes.
[[noreturn]] void throw_file_changed();

}  // namespace sondeo
