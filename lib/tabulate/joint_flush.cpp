// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>
#include <numeric>

#include "tabulate/joint_fold.h"
#include "tabulate/joint_sums.h"

namespace sondeo {
namespace {

using Codes = std::vector<std::uint32_t>;

// An axis in the joint tables: the combinations of its questions' patterns, and which of them
// occur.
struct JointAxis {
  JointGroup group;
  std::vector<std::uint8_t> occurs;
  Codes inhabited;
  Codes places;              // by combination: its place among those
  std::vector<Codes> codes;  // by question of the axis: the answers of those combinations ...
  std::vector<Codes> offsets;

  void meet(std::size_t combination) {
    occurs.resize(group.size);
    occurs[combination] = 1;
  }
};

// Lets the coder code the combinations that occur, in their order.
void code_combinations(const Axis& axis, const std::vector<std::optional<PatternCoder>>& patterns,
                       JointAxis& joint, AxisCoder& coder) {
  joint.places.resize(joint.group.size);
  for (std::uint32_t combination = 0; combination < joint.group.size; ++combination) {
    joint.places[combination] = static_cast<std::uint32_t>(joint.inhabited.size());
    if (joint.occurs[combination] != 0) joint.inhabited.push_back(combination);
  }
  const auto levels = axis.questions.size();
  joint.codes.resize(levels);
  joint.offsets.resize(levels);
  std::vector<AxisCodes> questions(levels);
  for (std::size_t level = 0; level < levels; ++level) {
    const auto& answers = *patterns[axis.questions[level]];
    auto& codes = joint.codes[level];
    auto& offsets = joint.offsets[level];
    for (const auto combination : joint.inhabited) {
      offsets.push_back(static_cast<std::uint32_t>(codes.size()));
      const auto pattern = joint.group.pattern_of(axis.questions[level], combination);
      answers.append_answers(static_cast<std::uint32_t>(pattern), codes);
    }
    offsets.push_back(static_cast<std::uint32_t>(codes.size()));
    questions[level] = {codes.data(), answers.several() ? offsets.data() : nullptr};
  }
  Codes all(joint.inhabited.size());
  std::iota(all.begin(), all.end(), 0);
  coder.code(all.size(), questions, all);
}

// The cells of a joint table that somebody is in.
Codes inhabited_cells(const std::vector<PackedSums>& sums) {
  Codes cells;
  for (std::uint32_t cell = 0; cell < sums.size(); ++cell) {
    if (!sums[cell].empty()) cells.push_back(cell);
  }
  return cells;
}

}  // namespace

// Sums the joint tables up by the combinations of each axis, then gives each combination's sums to
// all the codes that a respondent of that combination has. The axes code combinations as if they
// were the rows of a block.
void JointFold::flush() {
  if (rows_in_sums_ == 0) return;
  add_waiting();
  rows_in_sums_ = 0;
  std::vector<JointAxis> axes(request_.axes.size());
  for (std::size_t i = 0; i < axes.size(); ++i)
    axes[i].group = group_of(request_.axes[i].questions, plan_.capacities);

  std::vector<PackedTable> marginals(request_.tables.size());
  std::vector<Codes> inhabited(replicates_ ? plan_.tables.size() : 0);
  for (std::size_t i = 0; i < plan_.tables.size(); ++i) {
    const auto& joint = plan_.tables[i];
    const auto& row_group = plan_.groups[joint.rows];
    const auto& column_group = plan_.groups[joint.columns];
    auto& sums = sums_[i];
    for (std::size_t k = 0; k < counts_[i].size(); ++k) sums[k] = scale_.pack_count(counts_[i][k]);
    std::map<std::size_t, PackedTable> by_columns;
    for (const auto t : joint.tables) {
      const auto& rows = axes[request_.tables[t].rows].group;
      const auto& columns = axes[request_.tables[t].columns].group;
      auto& joined = by_columns[request_.tables[t].columns];
      if (joined.sums.empty())
        joined = columns_joined(sums, indices_within(column_group, columns), columns.size);
      marginals[t] = rows_joined(joined, indices_within(row_group, rows), rows.size);
    }
    if (replicates_) inhabited[i] = inhabited_cells(sums);
    std::fill(sums.begin(), sums.end(), PackedSums{});
    std::fill(counts_[i].begin(), counts_[i].end(), 0);
  }

  for (const auto t : joint_tables_of_request_) {
    const auto& table = marginals[t];
    for (std::size_t row = 0; row < table.rows; ++row) {
      for (std::size_t column = 0; column < table.columns; ++column) {
        if (table.at(row, column).empty()) continue;
        axes[request_.tables[t].rows].meet(row);
        axes[request_.tables[t].columns].meet(column);
      }
    }
  }
  for (std::size_t i = 0; i < axes.size(); ++i) {
    if (!axes[i].occurs.empty()) code_combinations(request_.axes[i], patterns_, axes[i], *axes_[i]);
  }

  check_budget();
  for (const auto t : joint_tables_of_request_) {
    const auto& asked = request_.tables[t];
    const auto& row_axis = *axes_[asked.rows];
    const auto& column_axis = *axes_[asked.columns];
    make_room(t);
    const auto& rows = axes[asked.rows].inhabited;
    const auto& columns = axes[asked.columns].inhabited;
    // Nobody is twice in a cell, so that sums still fit where combinations are added up.
    PackedTable by_codes{row_axis.size(), column_axis.size(), {}};
    by_codes.sums.resize(by_codes.rows * by_codes.columns);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      for (std::size_t j = 0; j < columns.size(); ++j) {
        const auto& packed = marginals[t].at(rows[i], columns[j]);
        if (packed.empty()) continue;
        each_code(row_axis.codes(), i, [&](auto row) {
          each_code(column_axis.codes(), j, [&](auto column) {
            by_codes.sums[row * by_codes.columns + column].add(packed);
          });
        });
      }
    }
    for (std::size_t row = 0; row < by_codes.rows; ++row) {
      for (std::size_t column = 0; column < by_codes.columns; ++column) {
        const auto& packed = by_codes.at(row, column);
        if (packed.empty()) continue;
        Sums sums;
        scale_.unpack(packed, sums);
        add_sums(t, static_cast<std::uint32_t>(row), static_cast<std::uint32_t>(column), sums);
      }
    }
  }
  if (!replicates_) return;

  // Few cells, large ones: each joint cell goes to all tables at once.
  for (std::size_t i = 0; i < plan_.tables.size(); ++i) {
    const auto& joint = plan_.tables[i];
    const auto& column_group = plan_.groups[joint.columns];
    std::vector<Codes> row_indices;
    std::vector<Codes> column_indices;
    for (const auto t : joint.tables) {
      const auto& asked = request_.tables[t];
      row_indices.push_back(indices_within(plan_.groups[joint.rows], axes[asked.rows].group));
      column_indices.push_back(indices_within(column_group, axes[asked.columns].group));
    }
    for (const auto cell : inhabited[i]) {
      const auto* sums = replicates_->sums(i, cell);
      for (std::size_t k = 0; k < joint.tables.size(); ++k) {
        const auto t = joint.tables[k];
        const auto& asked = request_.tables[t];
        const auto row_at = axes[asked.rows].places[row_indices[k][cell / column_group.size]];
        const auto column_at =
            axes[asked.columns].places[column_indices[k][cell % column_group.size]];
        each_code(axes_[asked.rows]->codes(), row_at, [&](auto row) {
          each_code(axes_[asked.columns]->codes(), column_at,
                    [&](auto column) { add_replicates(t, row, column, sums); });
        });
      }
    }
  }
  replicates_->clear();
}

Cells JointFold::table(std::size_t i) {
  Cells cells;
  if (!started_) return cells;
  flush();
  const auto& rows = *axes_[request_.tables[i].rows];
  const auto& columns = *axes_[request_.tables[i].columns];
  make_room(i);
  std::vector<std::uint32_t> row_codes;
  std::vector<std::uint32_t> column_codes;
  const bool summed = summed_number(i) != nullptr;
  const auto keys = [summed](const AxisCoder& axis, std::size_t size, std::vector<Key>& out,
                             Codes& codes) {
    for (std::uint32_t code = 0; code < size; ++code) {
      auto key = axis.key(code);
      if (!key || (key->kind == AnswerKind::number && !summed)) continue;
      out.push_back(std::move(*key));
      codes.push_back(code);
    }
  };
  keys(rows, summed ? summed_number(i)->first_value() : rows.size(), cells.rows, row_codes);
  keys(columns, columns.size(), cells.columns, column_codes);
  cells.sums.reserve(row_codes.size() * column_codes.size());
  for (const auto row : row_codes) {
    for (const auto column : column_codes) cells.sums.push_back(tables_[i].at(row, column));
  }
  return canonical(cells);
}

}  // namespace sondeo
