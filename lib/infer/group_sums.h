// SPDX-License-Identifier: MIT
// Sums of features by domain and sampling unit: what a pass of an estimator adds up.
//
// A feature is a function of a row's values, 0 for most rows. Sums do not depend on threads or
// blocks: each term is rounded by itself, to a scale that follows from bounds which the pass before
// has found.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "infer/variance.h"
#include "tabulate/pass.h"
#include "tabulate/signed_sum.h"

namespace sondeo {

struct Feature {
  std::uint32_t index = 0;
  double value = 0;
};

// What sums are made of. Feature 0 is 1 for every row of a domain.
struct SumPlan {
  std::size_t features = 1;
  std::vector<double> bounds;    // of |feature|, by feature
  double largest_weight = 1;     // of |weight|
  double largest_replicate = 0;  // of |replicate weight|
  std::size_t replicates = 0;    // then sums by replicate are made, not by unit
  bool rows_are_units = false;   // then products of features are summed as well
};

// Sums of one domain.
struct DomainSums {
  std::uint64_t rows = 0;           // with complete answers, of any weight
  std::uint64_t positive_rows = 0;  // of these, with a positive weight
  std::vector<double> totals;       // sum w f, by feature
  std::vector<double> squares;      // sum w f^2, by feature
  double weight_squares = 0;        // sum w^2
  std::vector<double> replicates;   // [features * replicates]: sum w_r f

  // By leaf, in rising order, for those with rows of the domain.
  std::vector<std::uint32_t> leaves;
  std::vector<std::uint64_t> leaf_rows;  // [leaves * features]: of positive weight, with it
  std::vector<double> leaf_sums;         // [leaves * features]: sum w f
  std::vector<double> leaf_products;     // [leaves * features * features]: sum w^2 f f'
};

class GroupSums {
 public:
  explicit GroupSums(const SumPlan& plan);

  // Adds a row to a domain. `unit` is its local number; features are those that are not 0, the
  // first of them feature 0; `replicates` are its replicate weights. Throws Error [changed] if a
  // value exceeds its bound: the file is no longer what it was.
  void add(std::size_t domain, std::uint32_t unit, double weight, const double* replicates,
           const Feature* features, std::size_t count);

 private:
  friend std::vector<DomainSums> unite_sums(const SumPlan&, std::size_t,
                                            const std::vector<const GroupSums*>&,
                                            const std::vector<PassThread>&);
  std::size_t slot_of(std::size_t domain, std::uint32_t unit);

  struct Domain {
    std::vector<std::uint32_t> slots;  // by unit: slot + 1, 0 for none
    FixedSum weight_squares;
    std::vector<FixedSum> squares;
    std::vector<FixedSum> replicates;
  };
  std::size_t features_;
  std::size_t replicates_;
  bool products_wanted_;
  std::vector<double> bounds_;
  double largest_weight_;
  FixedScale weight_square_scale_;
  std::vector<FixedScale> scales_;          // of w f
  std::vector<FixedScale> square_scales_;   // of w f^2
  std::vector<FixedScale> product_scales_;  // [features * features]: of w^2 f f'
  std::vector<FixedScale> replicate_scales_;
  std::vector<std::uint64_t> rows_;           // by slot
  std::vector<std::uint64_t> positive_rows_;  // [slots * features]
  std::vector<FixedSum> sums_;                // [slots * features]
  std::vector<FixedSum> products_;            // [slots * features * features], below the diagonal
  std::vector<Domain> domains_;
};

// The sums of `domains` domains of all threads together.
std::vector<DomainSums> unite_sums(const SumPlan& plan, std::size_t domains,
                                   const std::vector<const GroupSums*>& parts,
                                   const std::vector<PassThread>& threads);

}  // namespace sondeo
