// SPDX-License-Identifier: MIT
#include "tabulate/patterns.h"

#include <algorithm>
#include <utility>

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

std::uint32_t& PatternCoder::place_of_set(std::uint64_t set) {
  const auto slot_of = [&](std::uint64_t wanted) -> NumberedSet& {
    // The upper bits of the product depend on all bits of the set.
    auto at = (wanted * 0x9E3779B97F4A7C15ULL) >> 32;
    while (true) {
      auto& slot = sets_[at & (sets_.size() - 1)];
      if (slot.set == wanted || slot.set == 0) return slot;
      ++at;
    }
  };
  if (2 * (sets_taken_ + 1) > sets_.size()) {
    auto before = std::move(sets_);
    sets_.assign(std::max<std::size_t>(64, 2 * before.size()), {});
    for (const auto& each : before) {
      if (each.set != 0) slot_of(each.set) = each;
    }
  }
  auto& slot = slot_of(set);
  if (slot.set == 0) {
    slot.set = set;
    ++sets_taken_;
  }
  return slot.number;
}

std::uint32_t& PatternCoder::place_of(const std::uint32_t* codes, std::size_t count) {
  std::uint64_t set = 0;
  std::uint32_t all = 0;
  for (std::size_t i = 0; i < count; ++i) {
    set |= std::uint64_t{1} << (codes[i] & 63);
    all |= codes[i];
  }
  if (all < 64) return place_of_set(set);
  const auto* bytes = reinterpret_cast<const char*>(codes);
  auto list = lists_.find(bytes, count * sizeof(*codes));
  if (list == Dictionary::unknown) {
    list = lists_.add(bytes, count * sizeof(*codes));
    numbers_of_lists_.push_back(Dictionary::unknown);
  }
  return numbers_of_lists_[list];
}

std::uint32_t PatternCoder::number_of(const std::uint32_t* codes, std::size_t count) {
  auto& known = place_of(codes, count);
  if (known == Dictionary::unknown) {
    known = static_cast<std::uint32_t>(patterns_++);
    answers_.insert(answers_.end(), codes, codes + count);
    starts_.push_back(answers_.size());
  }
  return known;
}

void PatternCoder::append_answers(std::uint32_t pattern, std::vector<std::uint32_t>& codes) const {
  if (!coder_.several()) {
    codes.push_back(pattern);
    return;
  }
  for (auto i = starts_[pattern]; i < starts_[pattern + 1]; ++i) codes.push_back(answers_[i]);
}

}  // namespace sondeo
