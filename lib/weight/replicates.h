// SPDX-License-Identifier: MIT
// Replicate weights: columns of the data, or made from the sampling design.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/number.h"
#include "codebook/question.h"
#include "data/block.h"

namespace sondeo {

// Reads the replicate weights of blocks in one thread.
class ReplicateReader {
 public:
  virtual ~ReplicateReader() = default;
  // bases: for each row its weight (0 stays 0 in every replicate), then its replicate weights.
  virtual void read(const Block& block, const std::vector<double>& weights,
                    std::vector<double>& bases) = 0;
};

class ReplicateSource {
 public:
  virtual ~ReplicateSource() = default;
  virtual std::size_t size() const = 0;
  // What replicate r is called in messages.
  virtual std::string name(std::size_t r) const = 0;
  virtual std::unique_ptr<ReplicateReader> reader() const = 0;
};

// Replicate weights that stand in columns: whole weights, or factors of the weight.
class ReplicateColumns : public ReplicateSource {
 public:
  ReplicateColumns(Header header, std::vector<std::size_t> columns, bool factors,
                   NumberFormat numbers)
      : header_(std::move(header)),
        columns_(std::move(columns)),
        factors_(factors),
        numbers_(std::move(numbers)) {}

  std::size_t size() const override { return columns_.size(); }
  std::string name(std::size_t r) const override { return column_name(header_, columns_[r]); }
  std::unique_ptr<ReplicateReader> reader() const override;

 private:
  class Reader;
  Header header_;
  std::vector<std::size_t> columns_;
  bool factors_;
  NumberFormat numbers_;
};

}  // namespace sondeo
