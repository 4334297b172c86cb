// SPDX-License-Identifier: MIT
// The two passes of LinearEstimator, one thread each; nobody else needs this header.
#pragma once

#include <cmath>
#include <cstdint>
#include <functional>
#include <vector>

#include "infer/group_sums.h"
#include "infer/linear.h"
#include "tabulate/replicate_sketch.h"
#include "tabulate/signed_sum.h"

namespace sondeo {

// The codes of an axis in one thread: of what kind each is, looked at once.
class AxisKinds {
 public:
  explicit AxisKinds(const AxisCoder& coder) : coder_(&coder) {}
  void refresh();
  AnswerKind kind(std::uint32_t code) const { return kinds_[code]; }
  std::size_t size() const { return kinds_.size(); }
  Key key(std::uint32_t code) const { return *coder_->key(code); }

 private:
  const AxisCoder* coder_;
  std::vector<AnswerKind> kinds_;
};

// Goes through the rows that a request is about.
class LinearRows {
 public:
  LinearRows(const LinearRequest& request, const RowDecoder& decoder);

  // Calls each(row, by) for every complete row in the domain, and the code of `by` that it is in;
  // several times for those in several.
  template <class Each>
  void visit(const Rows& rows, const Each& each) {
    by_.refresh();
    for (auto& category : categories_) category.refresh();
    const auto& by = rows.axes[request_.by];
    for (std::size_t row = 0; row < rows.size; ++row) {
      if (rows.in_domain[row] == 0 || !is_complete(rows, row)) continue;
      const auto first = by.offsets == nullptr ? row : by.offsets[row];
      const auto last = by.offsets == nullptr ? row + 1 : by.offsets[row + 1];
      for (auto i = first; i < last; ++i) {
        const auto code = by.codes[i];
        if (by_.kind(code) == AnswerKind::category) each(row, code);
      }
    }
  }

  // Calls each(code) for the levels of a category that a row is in.
  template <class Each>
  void levels(const Rows& rows, std::size_t row, std::size_t category, const Each& each) const {
    const auto& axis = rows.axes[request_.categories[category]];
    const auto first = axis.offsets == nullptr ? row : axis.offsets[row];
    const auto last = axis.offsets == nullptr ? row + 1 : axis.offsets[row + 1];
    for (auto i = first; i < last; ++i) {
      const auto kind = categories_[category].kind(axis.codes[i]);
      if (kind == AnswerKind::category || kind == AnswerKind::net) each(axis.codes[i]);
    }
  }

  const AxisKinds& by() const { return by_; }
  const AxisKinds& category(std::size_t i) const { return categories_[i]; }

 private:
  bool is_complete(const Rows& rows, std::size_t row) const {
    for (const auto number : request_.numbers) {
      if (std::isnan(rows.numbers[number][row])) return false;
    }
    for (std::size_t c = 0; c < categories_.size(); ++c) {
      const auto& axis = rows.axes[request_.categories[c]];
      const auto first = axis.offsets == nullptr ? row : axis.offsets[row];
      const auto kind = categories_[c].kind(axis.codes[first]);
      // Of select-all questions the first code says of what kind the respondent is.
      if (axis.offsets == nullptr ? kind != AnswerKind::category
                                  : kind != AnswerKind::answered && kind != AnswerKind::asked) {
        return false;
      }
    }
    return true;
  }

  const LinearRequest& request_;
  AxisKinds by_;
  std::vector<AxisKinds> categories_;
};

// What the first pass knows of a domain.
struct FirstDomain {
  WideSum weights;
  std::vector<WideSum> sums;  // of w y, by number
};

struct LinearEstimator::First : RowWorker {
  First(const LinearRequest& request, std::size_t replicates, const RowDecoder& decoder);
  void take(const Rows& rows) override;

  LinearRequest request;
  std::size_t replicates;
  LinearRows visitor;
  std::vector<std::uint8_t> met_domains;              // by code of `by`
  std::vector<FirstDomain> domains;                   // likewise
  std::vector<std::vector<std::uint8_t>> met_levels;  // by category and code
  std::vector<double> least, most;                    // y, by number
  double largest_weight = 0;
  double largest_replicate = 0;
};

struct LinearEstimator::Second : RowWorker {
  Second(const LinearEstimator& owner, const RowDecoder& decoder);
  void take(const Rows& rows) override;

  const LinearEstimator& owner;
  LinearRequest request;
  LinearRows visitor;
  GroupSums sums;
  // By domain and level of a cross-tabulation; none without replicates.
  std::vector<std::vector<ReplicateSketch>> sketches;

  // Calls each(row, domain, features) for the rows of domains.
  void visit_features(
      const Rows& rows,
      const std::function<void(std::size_t, std::size_t, const std::vector<Feature>&)>& each);

 private:
  static constexpr std::uint32_t none = 0xffffffff;
  void number_domains();
  void number_levels();
  void sketch(std::size_t domain, const double* replicates);
  void make_features(const Rows& rows, std::size_t row, std::size_t domain);

  std::vector<std::uint32_t> domain_of_;                // by code of `by`
  std::vector<std::vector<std::uint32_t>> level_of_;    // by category and code
  std::vector<std::vector<std::uint32_t>> row_levels_;  // of the row at hand, by category
  std::vector<Feature> features_;
};

}  // namespace sondeo
