// SPDX-License-Identifier: MIT
#include "tabulate/fold.h"

#include <algorithm>

#include "base/text.h"

namespace sondeo {
std::uint32_t AxisCoder::Pairs::number(std::uint32_t a, std::uint32_t b) {
  const auto key = (static_cast<std::uint64_t>(a) << 32) | b;
  const auto [found, fresh] = numbers.try_emplace(key, static_cast<std::uint32_t>(pairs.size()));
  if (fresh) {
    pairs.emplace_back(a, b);
    if (pairs.size() > most_cells) {
      throw Error("too-many-cells", "more than " + std::to_string(most_cells) +
                                        " combinations of answers in one banner");
    }
  }
  return found->second;
}

AxisCoder::AxisCoder(const Axis& axis, const std::vector<const AnswerCoder*>& coders)
    : axis_(axis) {
  for (const auto question : axis.questions) coders_.push_back(coders[question]);
  if (coders_.size() > 1) levels_.resize(coders_.size() - 1);
  for (const auto* coder : coders_) several_ |= coder->several();
}

AxisCoder::AxisCoder(const Axis& axis, const std::vector<std::unique_ptr<AnswerCoder>>& coders)
    : AxisCoder(axis, [&] {
        std::vector<const AnswerCoder*> all;
        for (const auto& coder : coders) all.push_back(coder.get());
        return all;
      }()) {}

bool AxisCoder::is_option(std::uint32_t code) {
  for (auto known = options_.size(); known <= code; ++known) {
    const auto kind = plain_key(static_cast<std::uint32_t>(known)).kind;
    options_.push_back(kind == AnswerKind::category);
  }
  return options_[code] != 0;
}

void AxisCoder::code(std::size_t rows, const std::vector<std::uint32_t>& which) {
  std::vector<AxisCodes> questions;
  for (const auto* coder : coders_) {
    questions.push_back(
        {coder->codes().data(), coder->several() ? coder->offsets().data() : nullptr});
  }
  code(rows, questions, which);
}

void AxisCoder::code(std::size_t rows, const std::vector<AxisCodes>& questions,
                     const std::vector<std::uint32_t>& which) {
  if (questions.empty()) {
    list_.assign(rows, 0);
    codes_ = {list_.data(), nullptr};
    return;
  }
  codes_ = questions[0];
  if (questions.size() > 1) nest(rows, questions, which);
  if (with_overlaps()) overlap(rows, which);
}

void AxisCoder::nest(std::size_t rows, const std::vector<AxisCodes>& questions,
                     const std::vector<std::uint32_t>& which) {
  std::vector<std::uint32_t> list;
  std::vector<std::uint32_t> offsets(rows + 1);
  std::vector<std::uint32_t> outer;
  std::vector<std::uint32_t> joined;
  auto next = which.begin();
  for (std::size_t row = 0; row < rows; ++row) {
    offsets[row] = static_cast<std::uint32_t>(list.size());
    if (next == which.end() || *next != row) continue;
    ++next;
    outer.clear();
    for (std::size_t level = 0; level < questions.size(); ++level) {
      const auto& codes = questions[level];
      const auto* first = codes.codes + (codes.offsets != nullptr ? codes.offsets[row] : row);
      const auto* last =
          codes.offsets != nullptr ? codes.codes + codes.offsets[row + 1] : first + 1;
      if (level == 0) {
        outer.assign(first, last);
        continue;
      }
      joined.clear();
      for (const auto a : outer) {
        for (const auto* b = first; b != last; ++b)
          joined.push_back(levels_[level - 1].number(a, *b));
      }
      outer.swap(joined);
    }
    list.insert(list.end(), outer.begin(), outer.end());
  }
  offsets[rows] = static_cast<std::uint32_t>(list.size());
  list_ = std::move(list);
  offsets_ = std::move(offsets);
  codes_ = {list_.data(), offsets_.data()};
}

void AxisCoder::overlap(std::size_t rows, const std::vector<std::uint32_t>& which) {
  std::vector<std::uint32_t> list;
  std::vector<std::uint32_t> offsets(rows + 1);
  auto next = which.begin();
  for (std::size_t row = 0; row < rows; ++row) {
    offsets[row] = static_cast<std::uint32_t>(list.size());
    if (next == which.end() || *next != row) continue;
    ++next;
    const auto* first = codes_.codes + codes_.offsets[row];
    const auto* last = codes_.codes + codes_.offsets[row + 1];
    for (const auto* a = first; a != last; ++a) list.push_back(2 * *a);
    if (last - first < 3) continue;  // the code of its kind and at most one option
    for (const auto* a = first; a != last; ++a) {
      if (!is_option(*a)) continue;
      for (const auto* b = a + 1; b != last; ++b) {
        if (is_option(*b))
          list.push_back(2 * overlaps_.number(std::min(*a, *b), std::max(*a, *b)) + 1);
      }
    }
  }
  offsets[rows] = static_cast<std::uint32_t>(list.size());
  list_ = std::move(list);
  offsets_ = std::move(offsets);
  codes_ = {list_.data(), offsets_.data()};
}

std::size_t AxisCoder::size() const {
  if (coders_.empty()) return 1;
  const auto plain = levels_.empty() ? coders_[0]->size() : levels_.back().pairs.size();
  return with_overlaps() ? 2 * std::max(plain, overlaps_.pairs.size()) : plain;
}

std::optional<Key> AxisCoder::key(std::uint32_t code) const {
  if (coders_.empty()) return Key{};
  const auto plain = levels_.empty() ? coders_[0]->size() : levels_.back().pairs.size();
  if (!with_overlaps()) return plain_key(code);
  if (code % 2 == 0) return code / 2 < plain ? std::optional(plain_key(code / 2)) : std::nullopt;
  if (code / 2 >= overlaps_.pairs.size()) return std::nullopt;
  const auto [a, b] = overlaps_.pairs[code / 2];
  auto first = plain_key(a);
  auto second = plain_key(b);
  if (key_less(second, first)) std::swap(first, second);
  first.path.insert(first.path.end(), second.path.begin(), second.path.end());
  first.overlap = true;
  first.label.clear();
  return first;
}

Key AxisCoder::plain_key(std::uint32_t code) const {
  Key key;
  if (levels_.empty()) {
    auto answer = coders_[0]->answer(code);
    key.kind = answer.kind;
    key.path = {std::move(answer.text)};
    key.label = std::move(answer.label);
    key.number = answer.number;
    return key;
  }
  // From the innermost pair outwards; a combination is a category only if every part is one.
  std::vector<std::uint32_t> codes(coders_.size());
  for (auto level = levels_.size(); level > 0; --level) {
    const auto [outer, inner] = levels_[level - 1].pairs[code];
    codes[level] = inner;
    code = outer;
  }
  codes[0] = code;
  for (std::size_t i = 0; i < coders_.size(); ++i) {
    auto answer = coders_[i]->answer(codes[i]);
    if (key.kind == AnswerKind::category) key.kind = answer.kind;
    key.path.push_back(std::move(answer.text));
    // A variable that no more than the unit stands around is not nested for people.
    if (!axis_.by_unit || i != 1 || coders_.size() > 2) continue;
    key.label = std::move(answer.label);
    key.number = answer.number;
  }
  return key;
}

}  // namespace sondeo
