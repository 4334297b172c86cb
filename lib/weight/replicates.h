// SPDX-License-Identifier: MIT
// Replicate weights: columns of the data, or made from the sampling design.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/number.h"
#include "codebook/question.h"
#include "data/block.h"
#include "layout/csv.h"
#include "weight/profiles.h"
#include "weight/replicate_design.h"
#include "weight/variables.h"

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

// Replicate weights made from the design: the weight times the factors of the respondent's unit.
// The units are all rows of the file, weighted or not: a unit without a weight counts in the
// variance.
class DesignReplicates : public ReplicateSource {
 public:
  // `stratum` and `psu` are variables of the source; nothing: no strata, every row a unit. Reads
  // the file. Throws Error as make_replicates, and [design-missing] for a row without stratum or
  // psu.
  DesignReplicates(CsvFile& file, const Header& header, const CodingContext& context,
                   const VariableSource& source, std::optional<std::size_t> stratum,
                   std::optional<std::size_t> psu, const ReplicateOptions& options);

  std::size_t size() const override { return factors_.replicates; }
  std::string name(std::size_t r) const override { return std::to_string(r + 1); }
  std::unique_ptr<ReplicateReader> reader() const override;
  const ReplicateFactors& factors() const { return factors_; }

 private:
  class Reader;
  Header header_;
  CodingContext context_;
  const VariableSource& source_;
  std::vector<ProfileVariable> variables_;  // stratum and psu, as far as there are
  bool by_row_;
  std::map<std::vector<std::string>, std::size_t> unit_of_;  // by names, unless by row
  ReplicateFactors factors_;
};

}  // namespace sondeo
