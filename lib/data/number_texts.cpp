// SPDX-License-Identifier: MIT
#include "data/number_texts.h"

#include <algorithm>

#include "data/answers.h"
#include "data/weights.h"

namespace sondeo {

std::optional<std::uint32_t> NumberValues::number(double value) {
  value += 0.0;
  const auto known = numbers_.find(value);
  if (known != numbers_.end()) return known->second;
  if (values_.size() >= most_numbers) return std::nullopt;
  const auto fresh = static_cast<std::uint32_t>(values_.size());
  values_.push_back(value);
  numbers_.emplace(value, fresh);
  return fresh;
}

NumberTexts::NumberTexts(const std::vector<std::string>& special, const NumberFormat& numbers)
    : decimal_(numbers.decimal) {
  for (const auto& text : special) {
    const auto number = parse_number(trim_blanks(text), numbers);
    if (number) special_.push_back(*number);
  }
}

bool NumberTexts::is_special(double number) const {
  return std::find(special_.begin(), special_.end(), number) != special_.end();
}

void NumberTexts::read(const Block& block, std::size_t column, bool uncoded, const Judge& judge,
                       std::vector<std::uint32_t>& codes, std::vector<double>& numbers) {
  codes.resize(block.rows);
  numbers.resize(block.rows);
  // Many texts may be one number, and numbers may be many.
  if (uncoded || texts_.size() > most_numbers) {
    trimmed_ += texts_.trimmed();
    texts_ = {};
  }
  if (!uncoded) {
    texts_.read(
        block, column,
        [&](std::string_view text, const std::string&, std::size_t row) {
          return judge(text, row);
        },
        [&](std::size_t row, std::uint32_t text) {
          const auto& coded = texts_.meaning(text);
          codes[row] = coded.code;
          numbers[row] = coded.number;
        });
    return;
  }
  for (std::size_t row = 0; row < block.rows; ++row) {
    const auto cell = block.cell(row, column);
    double number = 0;
    if (read_plain_weight(cell, decimal_, number) && !is_special(number)) {
      codes[row] = any_number;
      numbers[row] = number;
      continue;
    }
    const auto text = cell_text(cell);
    const auto trimmed = trim_blanks(text);
    trimmed_ += trimmed.size() < text.size() && !trimmed.empty();
    const auto coded = judge(trimmed, row);
    codes[row] = coded.code;
    numbers[row] = coded.number;
  }
}

}  // namespace sondeo
