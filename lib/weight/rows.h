// SPDX-License-Identifier: MIT
// What weighting reads of a respondent: profile, base weights, numbers, and whether he takes part.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "data/filter.h"
#include "data/question_coders.h"
#include "expr/expr.h"
#include "weight/base_weights.h"
#include "weight/profiles.h"
#include "weight/replicates.h"
#include "weight/variables.h"

namespace sondeo {

// Who takes part: only those for whom `where` is true have a weight at all; of these, only those
// for whom `respondent` is true keep one, and the others' weight goes to the respondents of their
// class.
struct Participation {
  std::optional<Expr> where;
  std::optional<Expr> respondent;
};

enum class Part : std::uint8_t { none, nonrespondent, respondent };

// What all threads read alike; must outlive the readers.
struct RowPlan {
  Header header;
  CodingContext context;
  const VariableSource* source = nullptr;
  std::vector<ProfileVariable> variables;  // of profiles
  std::vector<std::size_t> numbers;        // variables of the source
  std::vector<std::size_t> named;          // and those that expressions name
  Participation participation;
  const ReplicateSource* replicates = nullptr;  // base weights beside the first, or none

  // The questions that are to be coded.
  std::vector<std::size_t> needed() const;
  std::size_t bases() const { return 1 + (replicates == nullptr ? 0 : replicates->size()); }
};

// Reads blocks in one thread; shares the base weights with the readers of the same pass.
class RowReader {
 public:
  explicit RowReader(const RowPlan& plan);

  // Throws Error with the line for weights that are none, and [margin-missing] for a respondent
  // with a weight and without one of the numbers.
  void take(const Block& block, BaseWeights& weights);

  const ProfileCoder& profiles() const { return profiles_; }
  std::uint32_t profile(std::size_t row) const { return profiles_.profiles()[row]; }
  Part part(std::size_t row) const { return parts_.empty() ? Part::respondent : parts_[row]; }
  // [bases]: the weight, then its replicates; 0 for those who do not take part.
  const double* bases(std::size_t row) const { return bases_.data() + row * plan_.bases(); }
  const double* numbers(std::size_t row) const {
    return numbers_.data() + row * plan_.numbers.size();
  }

 private:
  struct Number {
    const AnswerCoder* coder = nullptr;
    std::vector<double> value_of_code;  // NaN: no answer
  };
  void read_parts(const Block& block);
  void read_numbers(const Block& block);

  const RowPlan& plan_;
  QuestionCoders coders_;
  ProfileCoder profiles_;
  std::vector<Number> number_coders_;
  std::optional<Filter> where_;
  std::optional<Filter> respondent_;
  std::unique_ptr<ReplicateReader> replicates_;
  std::vector<Truth> truths_;
  std::vector<Part> parts_;
  std::vector<double> weights_;
  std::vector<double> bases_;
  std::vector<double> numbers_;
};

}  // namespace sondeo
