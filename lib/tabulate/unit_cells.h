// SPDX-License-Identifier: MIT
// Cells by sampling unit: units are counted as if they were the outermost variable of every banner,
// and become sums within the cells when all of them are known.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "data/answers.h"
#include "tabulate/cells.h"
#include "tabulate/count.h"
#include "tabulate/units.h"

namespace sondeo {

// The unit of each row as its answer; every row of the file is one of some unit.
class UnitAnswers : public AnswerCoder {
 public:
  UnitAnswers(const UnitColumns& columns, const Header& header, const CodingContext& context)
      : AnswerCoder(false), units_(columns, header, context) {}

  void code(const Block& block) override {
    units_.code(block);
    codes_ = units_.codes();
  }
  std::size_t size() const override { return units_.size(); }
  Answer answer(std::uint32_t code) const override {
    return {AnswerKind::category, std::to_string(code), "", 0};
  }
  const UnitCoder& units() const { return units_; }

 private:
  UnitCoder units_;
};

// The request with one question more, the unit, which is nested around the columns of every table.
CountRequest with_units(const CountRequest& request);

// The cells of such a request without the unit in their columns: Sums::further has instead the sums
// of w by leaf (see SampleUnits), and after them, where rows are units, those of w2. `leaf_of` are
// the leaves of the units' codes. Where that is more than the limits of a `number`
// are summed. Throws Error [too-many-cells] if it still is.
Cells units_within(const Cells& cells, const std::vector<std::uint32_t>& leaf_of,
                   const SampleUnits& units, bool weighted, const NumberLimits* number = nullptr);

// Throws Error [too-many-cells] with the arithmetic.
void check_unit_cells(std::size_t cells, std::size_t units);

}  // namespace sondeo
