// SPDX-License-Identifier: MIT
#include "tabulate/joint_fold.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "tabulate/joint_codes.h"
#include "tabulate/unit_cells.h"

namespace sondeo {
namespace {

// Few enough rows for their terms and codes to stay in the first cache.
constexpr std::size_t usual_chunk_rows = 512;
// Joint cells of all tables: as many as rows were seen, since summing them up takes as long as
// adding some rows, up to what the second cache holds beside a block.
constexpr std::size_t fewest_joint_cells = 256;
constexpr std::size_t most_joint_cells = 24576;
// Where that is too little for a book of tables, cells are beyond the cache and added to by turns:
// so many rows for one table, then the same for the next.
constexpr std::size_t rows_by_turns = 8192;
constexpr std::size_t most_joint_cells_by_turns = std::size_t{1} << 19;
// Sampling units make tables large; not all of it is at hand, but it is still faster than to find
// the cells one by one.
constexpr std::size_t most_joint_unit_codes = std::size_t{1} << 17;
constexpr std::size_t most_joint_unit_cells = std::size_t{1} << 19;
// With replicate weights cells are larger and flushing takes longer.
constexpr std::size_t joint_bytes_at_hand = std::size_t{1} << 19;
constexpr std::size_t most_joint_bytes = std::size_t{1} << 25;

// Adding four words at once; the compiler makes of it what the processor has.
using Words = std::uint64_t __attribute__((vector_size(32)));

void add_terms(PackedSums* cells, const std::uint32_t* rows, const std::uint32_t* columns,
               std::size_t stride, const PackedSums* terms, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    auto* cell = reinterpret_cast<Words*>(cells + rows[i] * stride + columns[i]);
    *cell += *reinterpret_cast<const Words*>(terms + i);
  }
}

void add_terms(PackedSums* cells, const std::uint32_t* rows, const PackedSums* terms,
               std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    *reinterpret_cast<Words*>(cells + rows[i]) += *reinterpret_cast<const Words*>(terms + i);
  }
}

}  // namespace

JointFold::JointFold(const CountRequest& request, const std::vector<const AnswerCoder*>& coders)
    : request_(request), patterns_(request.questions.size()), chunk_rows_(usual_chunk_rows) {
  for (const auto& axis : request.axes) {
    if (axis.by_unit) unit_ = coders[axis.questions[0]];
  }
  numbers_.resize(request.questions.size());
  summed_.resize(request.questions.size());
  for (std::size_t q = 0; q < coders.size(); ++q) {
    if (coders[q] != nullptr && coders[q]->allows_uncoded()) numbers_[q] = coders[q];
  }
  for (std::size_t t = 0; t < request.tables.size(); ++t) {
    const bool checked = unit_ == nullptr && number_of(t) == nullptr;
    tables_.emplace_back(request.replicates.size(), checked);
  }
  if (request.replicates.size() > 0) {
    replicates_.emplace(request.replicates.size());
    chunk_rows_ = replicates_->chunk_rows();
  }
  for (const auto& axis : request.axes) {
    axes_.push_back(std::make_unique<AxisCoder>(axis, coders));
    for (const auto question : axis.questions) {
      if (patterns_[question]) continue;
      patterns_[question].emplace(*coders[question], coders[question] == unit_
                                                         ? most_joint_unit_codes
                                                         : PatternCoder::most_patterns);
    }
  }
}

void JointFold::add(std::size_t block_rows, const Rows& kept, const double* weights,
                    const ReadReplicates& read) {
  started_ = true;
  read_ = &read;
  rows_seen_ += kept.size();
  for (std::size_t q = 0; q < numbers_.size(); ++q) {
    if (numbers_[q] == nullptr || summed_[q] != 0 || !numbers_[q]->is_uncoded()) continue;
    flush();
    sum_values(q);
  }
  code_patterns(block_rows, kept);
  if (plan_is_due()) plan();
  const auto* rows = &kept;
  const auto* row_weights = weights;
  if (is_outgrown() && leave_out_outgrown(kept, weights)) {
    add_outside(block_rows, weights != nullptr);
    rows = &inside_;
    if (weights != nullptr) row_weights = inside_weights_.data();
  }
  if (weights != nullptr && scale_is_due_) scale_to(weights, kept.size());
  if (replicates_ && replicates_->scale_is_due() && !rows->empty()) {
    flush();
    replicates_->scale_to(read, rows->data(), row_weights, rows->size());
  }
  outside_.clear();
  outside_weights_.clear();
  if (!plan_.tables.empty() || replicates_) add_jointly(*rows, row_weights);
  scale_is_due_ |= outside_.size() > kept.size() / 16;
  if (replicates_ && scale_is_due_) replicates_->make_scale_due();
  add_outside(block_rows, true);
  if (plan_.apart.empty()) return;
  if (weights == nullptr) {
    add_exactly(block_rows, kept, nullptr, plan_.apart);
    return;
  }
  outside_weights_.clear();
  for (std::size_t i = 0; i < kept.size(); ++i)
    outside_weights_.push_back(RowWeight::of(weights[i]));
  add_exactly(block_rows, kept, outside_weights_.data(), plan_.apart);
}

void JointFold::add_outside(std::size_t block_rows, bool weighted) {
  if (outside_.empty()) return;
  if (replicates_) {
    for (std::size_t i = 0; i < outside_.size(); ++i)
      replicates_->sketch().add(
          replicates_->outside(*read_, outside_[i], outside_weights_[i].weight));
  }
  add_exactly(block_rows, outside_, weighted ? outside_weights_.data() : nullptr,
              joint_tables_of_request_);
}

void JointFold::code_patterns(std::size_t block_rows, const Rows& kept) {
  pattern_counts_.assign(patterns_.size(), 0);
  for (std::size_t question = 0; question < patterns_.size(); ++question) {
    auto& patterns = patterns_[question];
    if (!patterns) continue;
    if (summed_[question] != 0) {
      pattern_counts_[question] = wide_question;
      continue;
    }
    patterns->code(block_rows, kept);
    pattern_counts_[question] = patterns->wide() ? wide_question : patterns->size();
  }
}

bool JointFold::is_outgrown() const {
  for (std::size_t question = 0; question < pattern_counts_.size(); ++question) {
    if (pattern_counts_[question] > plan_.capacities[question]) return true;
  }
  return false;
}

bool JointFold::plan_is_due() const {
  if (plan_.capacities.empty()) return true;
  // Four times the rows make larger tables worth while, until they are as large as may be; twice
  // the rows a plan that leaves nobody out.
  if (planned_at_ < most_joint_cells && rows_seen_ >= 4 * planned_at_) return true;
  if (rows_seen_ >= 2 * planned_at_ && is_outgrown()) return true;
  // The patterns of a question that has become wide are not known any more.
  for (std::size_t question = 0; question < pattern_counts_.size(); ++question) {
    const auto count = pattern_counts_[question];
    if (count == wide_question && plan_.capacities[question] != wide_question) return true;
  }
  return false;
}

// Finds the rows whose answers the plan has no room for. Where they are many, makes a new plan
// instead and returns false.
bool JointFold::leave_out_outgrown(const Rows& kept, const double* weights) {
  left_out_.assign(kept.size(), 0);
  for (std::size_t question = 0; question < pattern_counts_.size(); ++question) {
    const auto capacity = plan_.capacities[question];
    if (pattern_counts_[question] <= capacity) continue;
    const auto* codes = patterns_[question]->codes();
    for (std::size_t i = 0; i < kept.size(); ++i) left_out_[i] |= codes[kept[i]] >= capacity;
  }
  inside_.clear();
  inside_weights_.clear();
  outside_.clear();
  outside_weights_.clear();
  for (std::size_t i = 0; i < kept.size(); ++i) {
    (left_out_[i] != 0 ? outside_ : inside_).push_back(kept[i]);
    if (weights == nullptr) continue;
    if (left_out_[i] != 0)
      outside_weights_.push_back(RowWeight::of(weights[i]));
    else
      inside_weights_.push_back(weights[i]);
  }
  if (outside_.size() <= kept.size() / 8) return true;
  plan();
  return false;
}

void JointFold::plan() {
  flush();
  JointBudget budget{std::clamp(rows_seen_, fewest_joint_cells, most_joint_cells)};
  if (unit_ != nullptr) {
    budget.most_codes = most_joint_unit_codes;
    budget.most_of_table = most_joint_unit_cells;
  }
  if (replicates_) {
    const auto bytes = replicates_->cell_bytes();
    budget.at_hand = static_cast<double>(joint_bytes_at_hand) / static_cast<double>(bytes);
    budget.most = std::min(budget.most, 2 * joint_bytes_at_hand / bytes + 1);
    budget.most_of_table = most_joint_bytes / bytes;
  }
  if (unit_ == nullptr && !replicates_) {
    budget.most_by_turns = most_joint_cells_by_turns;
    budget.turn = static_cast<double>(rows_by_turns);
    budget.rows = static_cast<double>(std::max<std::size_t>(rows_seen_, 1));
  }
  plan_ = plan_joint(request_, pattern_counts_, budget);
  planned_at_ = rows_seen_;
  sums_.resize(plan_.tables.size());
  counts_.resize(plan_.tables.size());
  std::vector<std::size_t> sizes;
  for (std::size_t i = 0; i < plan_.tables.size(); ++i) {
    const auto& table = plan_.tables[i];
    const auto size = plan_.groups[table.rows].size * plan_.groups[table.columns].size;
    sums_[i].assign(size, {});
    counts_[i].assign(request_.weight.weighted() ? 0 : size, 0);
    sizes.push_back(size);
  }
  if (replicates_) {
    replicates_->resize(sizes);
  } else {
    const auto cells = std::accumulate(sizes.begin(), sizes.end(), std::size_t{0});
    chunk_rows_ = cells > most_joint_cells ? rows_by_turns : usual_chunk_rows;
  }
  terms_.resize(chunk_rows_);
  group_codes_.assign(plan_.groups.size(), Rows(chunk_rows_));
  joint_tables_of_request_.clear();
  for (const auto& table : plan_.tables) {
    joint_tables_of_request_.insert(joint_tables_of_request_.end(), table.tables.begin(),
                                    table.tables.end());
  }
}

// From the weights of one block, with room on both sides; wider than before, or as it was.
void JointFold::scale_to(const double* weights, std::size_t count) {
  const bool first = rows_in_sums_ == 0 && rows_seen_ == count;
  double least = INFINITY;
  double most = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (weights[i] > 0) least = std::min(least, weights[i]);
    most = std::max(most, weights[i]);
  }
  scale_is_due_ = false;
  if (most == 0) return;
  int smallest = std::ilogb(least) - 1;
  int largest = std::ilogb(most) + 1;
  if (!first) {
    smallest = std::min(smallest, scale_.smallest());
    largest = std::max(largest, scale_.largest());
  }
  const PackedScale scale(smallest, largest);
  if (scale.smallest() == scale_.smallest() && scale.largest() == scale_.largest()) return;
  flush();
  scale_ = scale;
}

void JointFold::add_jointly(const Rows& kept, const double* weights) {
  const auto most_rows =
      replicates_ ? std::min(scale_.most_rows(), ReplicateScale::most_rows) : scale_.most_rows();
  for (std::size_t from = 0; from < kept.size();) {
    if (rows_in_sums_ + chunk_rows_ > most_rows) flush();
    const auto count = std::min(chunk_rows_ - waiting_, kept.size() - from);
    rows_in_sums_ += count;
    code_groups(kept.data() + from, count);
    if (weights != nullptr) pack(kept, weights, from, count);
    waiting_ += count;
    from += count;
    // The words of replicates are read from the block at hand.
    if (waiting_ == chunk_rows_ || replicates_) add_waiting();
  }
}

void JointFold::add_waiting() {
  const auto count = std::exchange(waiting_, 0);
  for (std::size_t i = 0; i < plan_.tables.size(); ++i) {
    const auto& table = plan_.tables[i];
    const auto columns = plan_.groups[table.columns].size;
    const auto* row_codes = group_codes_[table.rows].data();
    const auto* column_codes = group_codes_[table.columns].data();
    if (!request_.weight.weighted()) {
      auto* counts = counts_[i].data();
      for (std::size_t k = 0; k < count; ++k) ++counts[row_codes[k] * columns + column_codes[k]];
      continue;
    }
    if (columns == 1) {
      add_terms(sums_[i].data(), row_codes, terms_.data(), count);
    } else {
      add_terms(sums_[i].data(), row_codes, column_codes, columns, terms_.data(), count);
    }
    if (!replicates_) continue;
    for (std::size_t k = 0; k < count; ++k) {
      if (!terms_[k].empty()) replicates_->add(i, row_codes[k] * columns + column_codes[k], k);
    }
  }
}

void JointFold::code_groups(const std::uint32_t* rows, std::size_t count) {
  const bool run = rows[count - 1] - rows[0] == count - 1;
  for (std::size_t i = 0; i < plan_.groups.size(); ++i) {
    const auto& group = plan_.groups[i];
    auto* codes = group_codes_[i].data() + waiting_;
    std::fill_n(codes, count, 0);
    for (std::size_t k = 0; k < group.questions.size(); ++k) {
      const auto* patterns = patterns_[group.questions[k]]->codes();
      const auto stride = static_cast<std::uint32_t>(group.strides[k]);
      if (run) {
        add_multiples(codes, patterns + rows[0], stride, count);
      } else {
        for (std::size_t j = 0; j < count; ++j) codes[j] += patterns[rows[j]] * stride;
      }
    }
  }
}

void JointFold::pack(const Rows& kept, const double* weights, std::size_t from, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    const double weight = weights[from + i];
    const auto row = kept[from + i];
    const auto at = waiting_ + i;
    if (scale_.holds(weight) && (!replicates_ || replicates_->take(*read_, row, weight, at))) {
      terms_[at] = scale_.pack(weight);
      continue;
    }
    terms_[at] = {};
    outside_.push_back(row);
    outside_weights_.push_back(RowWeight::of(weight));
  }
}

void JointFold::add_exactly(std::size_t block_rows, const Rows& rows, const RowWeight* weights,
                            const std::vector<std::size_t>& tables) {
  std::vector<std::uint8_t> coded(axes_.size(), 0);
  const auto code = [&](std::size_t axis) -> const AxisCoder& {
    if (coded[axis]++ == 0) axes_[axis]->code(block_rows, rows);
    return *axes_[axis];
  };
  for (const auto i : tables) {
    code(request_.tables[i].rows);
    code(request_.tables[i].columns);
  }
  check_budget();
  for (const auto i : tables) {
    const auto& row_axis = code(request_.tables[i].rows);
    const auto& column_axis = code(request_.tables[i].columns);
    make_room(i);
    if (const auto* number = summed_number(i))
      tables_[i].add_numbers(*number, column_axis.codes(), rows, weights);
    else
      tables_[i].add(row_axis.codes(), column_axis.codes(), rows, weights);
  }
  if (!replicates_) return;
  for (std::size_t k = 0; k < rows.size(); ++k) {
    const auto* replicates = replicates_->outside(*read_, rows[k], weights[k].weight);
    for (const auto i : tables) {
      const auto& columns = axes_[request_.tables[i].columns]->codes();
      const auto* number = summed_number(i);
      const auto answer = number == nullptr ? 0 : number->codes()[rows[k]];
      if (number == nullptr || (answer != any_number && answer < number->first_value())) {
        each_cell(
            axes_[request_.tables[i].rows]->codes(), columns, rows[k],
            [&](auto row, auto column) { tables_[i].add_replicates(row, column, replicates); });
        continue;
      }
      const auto powers = ValuePowers::of(number_in_row(*number, answer, rows[k]));
      each_code(columns, rows[k],
                [&](auto column) { tables_[i].add_value_replicates(column, replicates, powers); });
    }
  }
}

}  // namespace sondeo
