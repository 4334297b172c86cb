// SPDX-License-Identifier: MIT
// The hot part of the count: one thread's respondents added to the tables of a request.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "data/answers.h"
#include "tabulate/cells.h"
#include "tabulate/fold.h"
#include "tabulate/growing_cells.h"
#include "tabulate/joint_plan.h"
#include "tabulate/joint_replicates.h"
#include "tabulate/packed_sums.h"
#include "tabulate/patterns.h"

namespace sondeo {

// Counts the tables of a request. Rows are added to joint tables of packed sums, planned anew as
// more answers and rows come, which are summed up to the request's exact cells now and then: when
// their fields are full, before a new plan, and at the end. What does not fit (wide questions,
// weights of another size, answers newer than the plan) is added to the exact cells at once. Either
// way gives the same bits.
class JointFold {
 public:
  // `coders` by question, nullptr where no axis needs one; they and the request must outlive this.
  JointFold(const CountRequest& request, const std::vector<const AnswerCoder*>& coders);

  // Adds the rows `kept` (rising) of a block of so many rows, which the coders have coded.
  // `weights` are theirs, in the same order, 0 or from 2^-38 to below 2^50; nullptr if all count
  // one. `read` gives their replicate weights, if the request has any: finite, from 0 to below
  // 2^100.
  void add(std::size_t block_rows, const std::vector<std::uint32_t>& kept, const double* weights,
           const ReadReplicates& read = {});

  // Whether the values of a number are summed by now, so that its coder need not tell them apart.
  bool sums_values(std::size_t question) const { return summed_[question] != 0; }

  // Of the replicate weights of all rows added; nullptr if there are none. After table().
  const ReplicateSketch* sketch() { return replicates_ ? &replicates_->sketch() : nullptr; }

  // The cells of a table of the request, of all rows added.
  Cells table(std::size_t i);

 private:
  using Rows = std::vector<std::uint32_t>;

  void code_patterns(std::size_t block_rows, const Rows& kept);
  bool is_outgrown() const;
  bool plan_is_due() const;
  void plan();
  bool leave_out_outgrown(const Rows& kept, const double* weights);
  void add_outside(std::size_t block_rows, bool weighted);
  void scale_to(const double* weights, std::size_t count);
  void add_jointly(const Rows& kept, const double* weights);
  // Adds the rows that wait to the joint tables.
  void add_waiting();
  // Codes of rows of the block, behind those that wait.
  void code_groups(const std::uint32_t* rows, std::size_t count);
  // Packs the weights of a chunk; those that the scales do not hold are left for later.
  void pack(const Rows& kept, const double* weights, std::size_t from, std::size_t count);
  void add_exactly(std::size_t block_rows, const Rows& rows, const RowWeight* weights,
                   const std::vector<std::size_t>& tables);
  void flush();
  // Before tables of the request grow. Where a number's values take too much room they are summed.
  void check_budget();
  void make_room(std::size_t table);
  void sum_values(std::size_t question);
  // The number that heads the rows of a table, if its values may be summed; and if they are.
  const AnswerCoder* number_of(std::size_t table) const;
  const AnswerCoder* summed_number(std::size_t table) const;
  std::size_t cells_needed() const;
  std::size_t cells_of_numbers() const;
  void add_sums(std::size_t table, std::uint32_t row, std::uint32_t column, const Sums& sums);
  void add_replicates(std::size_t table, std::uint32_t row, std::uint32_t column,
                      const ExactSum* sums);

  const CountRequest& request_;
  std::vector<std::unique_ptr<AxisCoder>> axes_;
  std::vector<std::optional<PatternCoder>> patterns_;  // by question
  std::vector<const AnswerCoder*> numbers_;  // by question: of those whose values may be summed
  std::vector<std::uint8_t> summed_;         // by question
  std::vector<GrowingCells> tables_;
  bool started_ = false;

  JointPlan plan_;
  std::vector<std::size_t> joint_tables_of_request_;
  std::vector<std::size_t> pattern_counts_;  // by question, after the block at hand
  std::size_t rows_seen_ = 0;
  std::size_t planned_at_ = 0;  // rows seen when the plan was made
  PackedScale scale_;
  bool scale_is_due_ = true;
  std::vector<std::vector<PackedSums>> sums_;  // by joint table; unweighted:
  std::vector<std::vector<std::uint32_t>> counts_;
  std::uint64_t rows_in_sums_ = 0;

  const AnswerCoder* unit_ = nullptr;  // of a request by unit
  std::optional<JointReplicates> replicates_;
  const ReadReplicates* read_ = nullptr;  // of the block at hand
  std::size_t chunk_rows_;

  std::vector<Rows> group_codes_;  // by group, of the rows that wait
  std::vector<PackedSums> terms_;
  std::size_t waiting_ = 0;  // rows coded and not added yet
  // Rows of a block that the joint tables do not take: of answers that are newer than the plan, or
  // of weights that the scale does not hold.
  Rows outside_;
  std::vector<RowWeight> outside_weights_;
  std::vector<std::uint8_t> left_out_;  // by position in the rows kept
  Rows inside_;
  std::vector<double> inside_weights_;
};

}  // namespace sondeo
