// SPDX-License-Identifier: MIT
#include "tabulate/patterns.h"

namespace sondeo {

void PatternCoder::code(std::size_t block_rows, const std::vector<std::uint32_t>& rows) {
  if (!coder_.several() || wide()) return;
  codes_.resize(block_rows);
  // The dictionary reads beyond short lists.
  const auto& codes = lists_of_block_;
  lists_of_block_.assign(coder_.codes().begin(), coder_.codes().end());
  lists_of_block_.resize(codes.size() + 4);
  const auto& offsets = coder_.offsets();
  for (const auto row : rows) {
    codes_[row] = number_of(codes.data() + offsets[row], offsets[row + 1] - offsets[row]);
    if (wide()) return;
  }
}

std::uint32_t PatternCoder::number_of(const std::uint32_t* codes, std::size_t count) {
  std::uint32_t* known = nullptr;
  if (count == 1) {
    if (*codes >= alone_.size()) alone_.resize(*codes + std::size_t{1}, Dictionary::unknown);
    known = &alone_[*codes];
  } else {
    const auto* bytes = reinterpret_cast<const char*>(codes);
    auto list = lists_.find(bytes, count * sizeof(*codes));
    if (list == Dictionary::unknown) {
      list = lists_.add(bytes, count * sizeof(*codes));
      numbers_of_lists_.push_back(Dictionary::unknown);
    }
    known = &numbers_of_lists_[list];
  }
  if (*known == Dictionary::unknown) {
    *known = static_cast<std::uint32_t>(patterns_++);
    answers_.insert(answers_.end(), codes, codes + count);
    starts_.push_back(answers_.size());
  }
  return *known;
}

void PatternCoder::append_answers(std::uint32_t pattern, std::vector<std::uint32_t>& codes) const {
  if (!coder_.several()) {
    codes.push_back(pattern);
    return;
  }
  for (auto i = starts_[pattern]; i < starts_[pattern + 1]; ++i) codes.push_back(answers_[i]);
}

}  // namespace sondeo
