// SPDX-License-Identifier: MIT
// The inner part of the count: one thread's codes of an axis.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

#include "data/answers.h"
#include "tabulate/cells.h"
#include "tabulate/count.h"
#include "tabulate/patterns.h"

namespace sondeo {

// Codes an axis from the codes of its questions.
class AxisCoder {
 public:
  AxisCoder(const Axis& axis, const std::vector<const AnswerCoder*>& coders);
  AxisCoder(const Axis& axis, const std::vector<std::unique_ptr<AnswerCoder>>& coders);

  // Codes the rows `which` (rising) of a block of `rows` rows, of which the coders have coded all.
  void code(std::size_t rows, const std::vector<std::uint32_t>& which);
  // The same from the codes of each of the axis's questions, whatever they were made from.
  void code(std::size_t rows, const std::vector<AxisCodes>& questions,
            const std::vector<std::uint32_t>& which);
  const AxisCodes& codes() const { return codes_; }
  // Codes are below this by now; not every number is in use.
  std::size_t size() const;
  std::optional<Key> key(std::uint32_t code) const;

 private:
  void nest(std::size_t rows, const std::vector<AxisCodes>& questions,
            const std::vector<std::uint32_t>& which);
  void overlap(std::size_t rows, const std::vector<std::uint32_t>& which);
  bool with_overlaps() const { return axis_.overlaps && several_; }
  bool is_option(std::uint32_t code);
  Key plain_key(std::uint32_t code) const;

  const Axis& axis_;
  std::vector<const AnswerCoder*> coders_;
  bool several_ = false;
  std::vector<std::uint8_t> options_;  // by plain code: whether it is a category, as far as known
  AxisCodes codes_;
  std::vector<std::uint32_t> list_;
  std::vector<std::uint32_t> offsets_;
  // Pairs of codes (outer and inner of a nested axis, or two overlapping columns) and their number.
  struct Pairs {
    std::unordered_map<std::uint64_t, std::uint32_t> numbers;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
    std::uint32_t number(std::uint32_t a, std::uint32_t b);
  };
  std::vector<Pairs> levels_;  // nested: levels_[i] joins what came before with question i + 1
  // With overlaps, plain codes are doubled and pair number i is 2i + 1: neither moves when more
  // come.
  Pairs overlaps_;
};

}  // namespace sondeo
